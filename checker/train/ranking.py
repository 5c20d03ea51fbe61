"""Fitting the ranker of evidence on the labelled cases, and ranking each of them by one that did not see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.model_selection import GroupKFold

from checker.cases import LabelledCase, quoted_sentences
from checker.errors import RecipeError
from checker.judge.context import Alone, DraftAndFacts, features_of
from checker.judge.judge import QUOTED
from checker.judge.ranking import NAMES, Ranker
from checker.train.boosting import as_trees, ranking_trees
from checker.types import StudyFacts

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Ranking:
    """A ranker of all cases; the relevance of each case by one that did not see it, (sentences, abstract sentences); its hits.

    `hit` is the share of sentences with evidence of which one of the `QUOTED` most relevant abstract sentences is evidence.
    """

    ranker: Ranker
    held_out: list[np.ndarray]
    hit: float


def fit_ranking(labelled: Sequence[LabelledCase], drafts: Sequence[DraftAndFacts], read: Sequence[Alone]) -> Ranking:
    """The ranker of labelled cases, from what a model that did not see them says of their sentences.

    Raises:
        RecipeError: when no sentence has evidence.
    """
    evidence = [evidence_of(case, facts) for case, (_, facts) in zip(labelled, drafts, strict=True)]
    values = [features_of(draft, alone).reshape(-1, len(NAMES)) for draft, alone in zip(drafts, read, strict=True)]
    quoted = [np.repeat(gold.any(1), gold.shape[1]) for gold in evidence]
    rows, labels, known = np.concatenate(values), np.concatenate([gold.ravel() for gold in evidence]), np.concatenate(quoted)
    if not known.any():
        raise RecipeError("no sentence of the labelled cases has evidence: there is nothing to rank by")
    case = np.repeat(np.arange(len(values)), [len(block) for block in values])
    logits = np.zeros(len(rows))
    for train, test in GroupKFold(min(FOLDS, len(values))).split(rows, labels, case):
        seen = train[known[train]]
        logits[test] = ranking_trees().fit(rows[seen], labels[seen]).decision_function(rows[test])
    cuts = np.split(logits, np.cumsum([len(block) for block in values])[:-1])
    held_out = [block.reshape(gold.shape).astype(np.float32) for block, gold in zip(cuts, evidence, strict=True)]
    return Ranking(Ranker(NAMES, as_trees(ranking_trees().fit(rows[known], labels[known]))), held_out, _hit(held_out, evidence))


def evidence_of(case: LabelledCase, facts: StudyFacts) -> np.ndarray:
    """Whether a quote of the annotators touches the abstract sentence, shape (sentences, abstract sentences)."""
    found = np.zeros((len(case.sentences), len(facts.sentences)), dtype=bool)
    for row, sentence in enumerate(case.sentences):
        found[row, list(quoted_sentences(case.study["text"], sentence.evidence, facts.sentences))] = True
    return found


def _hit(relevance: Sequence[np.ndarray], evidence: Sequence[np.ndarray]) -> float:
    hits = [
        bool(gold[np.argsort(-scored, kind="stable")[:QUOTED]].any())
        for block, golds in zip(relevance, evidence, strict=True)
        for scored, gold in zip(block, golds, strict=True)
        if gold.any()
    ]
    return float(np.mean(hits))
