"""How a model's scores become a set's labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from checker.evaluation.answers import exaggeration, verdict
from checker.evaluation.sample import Sample
from checker.evaluation.tasks import TASKS
from checker.model.scorer import PairScores, SentenceScores


@dataclass
class Fake:
    """A scorer whose answers are written down: strength by sentence, verdict by claim."""

    strength: dict[str, list[float]] = field(default_factory=dict)
    verdict: dict[str, list[float]] = field(default_factory=dict)
    name: str = "fake"
    revision: str = "0"
    strength_prior: None = None

    def embed(self, texts: Sequence[str]) -> Any:
        return np.ones((len(texts), 1), dtype=np.float32)

    def sentences(self, texts: Sequence[str]) -> SentenceScores:
        return SentenceScores(np.array([self.strength[text] for text in texts]), np.ones(len(texts)), np.ones((len(texts), 2)))

    def pairs(self, premises: Sequence[str], claims: Sequence[str]) -> PairScores:
        return PairScores(np.array([self.verdict[claim] for claim in claims]), np.zeros((len(claims), 11)))

    def verify(self, premises: Sequence[str], claims: Sequence[str]) -> Any:
        return self.pairs(premises, claims).verdict


def one(text: str, premise: str = "P") -> Sample:
    return Sample(text, text, text, {"label": "same"}, (premise,))


LINK, MAY, CUTS = [0.1, 0.8, 0.1, 0.0], [0.0, 0.2, 0.7, 0.1], [0.0, 0.1, 0.2, 0.7]


@pytest.mark.parametrize(("press", "abstract", "label"), [(CUTS, LINK, "exaggerates"), (MAY, MAY, "same"), (LINK, CUTS, "downplays")])
def test_exaggeration_is_the_sign_of_the_strength_difference(press: list[float], abstract: list[float], label: str) -> None:
    answer = exaggeration(TASKS["exaggeration"], Fake({"A": press, "P": abstract}), [one("A")], "strength")[0]
    above = sum(
        p * q for i, p in enumerate(press) for j, q in enumerate(abstract) if np.sign(i - j) == np.sign(np.argmax(press) - np.argmax(abstract))
    )
    assert answer == {"label": label, "confidence": pytest.approx(above)}


def test_exaggeration_by_pair_knows_overstated_and_everything_else() -> None:
    fake = Fake(verdict={"A": [0.1, 0.7, 0.1, 0.1], "B": [0.3, 0.2, 0.5, 0.0]})
    answers = exaggeration(TASKS["exaggeration"], fake, [one("A"), one("B")], "pair")
    assert [answer["label"] for answer in answers] == ["exaggerates", "same"]
    assert [answer["confidence"] for answer in answers] == pytest.approx([0.7, 0.8])


@pytest.mark.parametrize(
    ("task", "label", "confidence"),
    [("scifact", "SUPPORT", 0.6), ("citation-integrity", "CONTRADICT", 0.6), ("clinifact", "0", 0.6), ("nli4ct", "Contradiction", 0.7)],
)
def test_an_overstated_claim_becomes_what_the_label_table_says(task: str, label: str, confidence: float) -> None:
    """SciFact has no word for it, so the next most probable verdict counts; the others call it wrong."""
    answer = verdict(TASKS[task], Fake(verdict={"A": [0.3, 0.5, 0.1, 0.1]}), [one("A")], "")[0]
    assert answer["label"] == label
    assert answer["evidence"] == [0]
    assert answer["confidence"] == pytest.approx(confidence)
