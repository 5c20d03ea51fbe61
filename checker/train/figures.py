"""Dev figures of the public sets, one row a source: how the heads do on studies held out from training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sklearn.metrics import accuracy_score, f1_score

from checker.model.network import PAIR_LABELS
from checker.model.scorer import ClaimScorer
from checker.model.strength import joint_strengths, most_probable
from checker.train.loop import Prepared

EXAGGERATION = "insciout-pairs"


def public_figures(scorer: ClaimScorer, items: Sequence[Prepared]) -> dict[str, dict[str, float]]:
    """Macro-F1 of the verdict and strength heads for each source; on the InSciOut pairs also of compared strengths."""
    figures: dict[str, dict[str, float]] = {}
    for source in dict.fromkeys(item.example.source for item in items):
        group = [item for item in items if item.example.source == source]
        row = {"n": float(len(group))}
        row |= _verdicts(scorer, [item for item in group if item.example.verdict]) | _strengths(
            scorer, [i for i in group if i.example.strength is not None]
        )
        if source == EXAGGERATION:
            row |= exaggeration(scorer, group)
        figures[source] = row
    return figures


def _verdicts(scorer: ClaimScorer, group: Sequence[Prepared]) -> dict[str, float]:
    if not group:
        return {}
    guess = scorer.pairs([item.premise or "" for item in group], [item.example.claim for item in group]).verdict
    gold = [PAIR_LABELS.index(item.example.verdict or "") for item in group]
    present = sorted(set(gold))
    told = [present[int(np.argmax(row[present]))] for row in guess]
    return {"verdict_macro_f1": float(f1_score(gold, told, average="macro")), "verdict_accuracy": float(accuracy_score(gold, told))}


def _strengths(scorer: ClaimScorer, group: Sequence[Prepared]) -> dict[str, float]:
    if not group:
        return {}
    told = scorer.sentences([item.example.claim for item in group]).strength.argmax(1)
    return {"strength_macro_f1": float(f1_score([item.example.strength for item in group], told, average="macro"))}


def exaggeration(scorer: ClaimScorer, group: Sequence[Prepared]) -> dict[str, float]:
    """Overstated or not by the sign of told minus abstract strength (Wright & Augenstein 2021, strength then compare)."""
    told = scorer.sentences([item.example.claim for item in group]).strength
    abstract = scorer.sentences([item.example.sentences[0] for item in group]).strength
    told_level, abstract_level = most_probable(joint_strengths(told, abstract, scorer.strength_prior))
    gold = [item.example.verdict == "overstated" for item in group]
    return {"exaggerates_f1": float(f1_score(gold, told_level > abstract_level))}
