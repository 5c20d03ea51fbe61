"""Which sentence of the abstract is quoted beside a sentence of the draft."""

from __future__ import annotations

import numpy as np
import pytest

from checker.judge.evidence import scores

ABSTRACT = (
    "Background: Poor sleep is common, and herbal teas are thought to improve sleep.",
    "Aim: To test whether valerian tea improves sleep in adults with insomnia.",
    "Methods: The primary outcome was the time to fall asleep at 12 weeks.",
    "Results: Adults given valerian tea fell asleep in 31 minutes versus 33 minutes with placebo (p=0.41).",
    "Conclusions: Valerian tea did not improve sleep; larger trials are needed before it can be recommended.",
    "Funding: The tea was paid for by its maker.",
)


@pytest.mark.parametrize(
    ("claim", "best"),
    [
        ("Valerian tea improves sleep in adults with insomnia.", 4),  # not the aim, in whose words it is
        ("Adults took 31 minutes to fall asleep with the tea, and 33 with a dummy.", 3),
        ("Anyone with insomnia should switch to valerian tea.", 4),
        ("The maker of the tea paid for the study.", 5),
    ],
)
def test_results_and_conclusions_come_before_aims_and_background(claim: str, best: int) -> None:
    """By words and place alone: the model's similarity is the same for all."""
    relevance = scores([claim], ABSTRACT, np.zeros((1, len(ABSTRACT)), dtype=np.float32))[0]
    assert int(relevance.argmax()) == best
