"""Which sentence of the abstract is quoted beside a sentence of the draft."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from checker.cases import parse_case
from checker.errors import ModelError, RecipeError
from checker.judge.context import Alone, DraftAndFacts, features_of
from checker.judge.evidence import scores
from checker.train.crossfit import drafts_of
from checker.train.ranking import fit_ranking
from tests.helpers import by_cosine
from tests.workshop import labelled

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


def test_a_ranker_learns_which_sentences_annotators_quote_and_ranks_cases_that_it_did_not_see() -> None:
    cases = [parse_case(labelled(number)) for number in range(40)]
    drafts = drafts_of(cases)
    ranking = fit_ranking(cases, drafts, [_alone(draft, seed) for seed, draft in enumerate(drafts)])
    assert ranking.hit == 1.0  # it is always the sentence that says who took part
    quoted = [int(block[0].argmax()) for block in ranking.held_out]
    assert len(set(quoted)) == 1
    again = ranking.ranker.relevance(features_of(drafts[0], _alone(drafts[0], 99)))
    assert int(again[0].argmax()) == quoted[0]


def test_cases_without_evidence_cannot_teach_a_ranker() -> None:
    silent = labelled(0)
    for sentence in silent["sentences"]:
        sentence.update(verdict="no_claim", kinds=[], evidence=[])
    cases = [parse_case(silent), parse_case(silent | {"id": "other"})]
    drafts = drafts_of(cases)
    with pytest.raises(RecipeError, match="evidence"):
        fit_ranking(cases, drafts, [_alone(draft, 1) for draft in drafts])


def test_a_ranker_of_other_features_is_refused() -> None:
    ranker = replace(by_cosine(), names=("cosine",))
    with pytest.raises(ModelError, match="checker train"):
        ranker.relevance(np.zeros((1, 1, 1)))


def _alone(draft: DraftAndFacts, seed: int) -> Alone:
    """A model that knows nothing: similarities by chance."""
    rng = np.random.default_rng(seed)
    told, study = len(draft[0]), len(draft[1].sentences)
    return Alone(rng.random((told, study)), np.full((told, 4), 0.25), np.full(told, 0.5), np.full((study, 4), 0.25))
