"""The checker with one half of its judge switched off: what do the rules add, what does the model?

Both stand in for `checker.judge.judge.SignalJudge` in an otherwise whole pipeline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from checker.judge.context import DraftAndFacts, read_contexts
from checker.judge.evidence import scores, select
from checker.judge.figures import match_figures, only_dates_or_money, study_figures
from checker.judge.kinds import fired
from checker.labels import KINDS, WITH_EVIDENCE
from checker.model.network import KIND_LABELS, PAIR_LABELS
from checker.types import Judgement, Sentence, StudyFacts

if TYPE_CHECKING:
    from checker.judge.signals import Context
    from checker.model.scorer import Scorer

HALF = 0.5


@dataclass(frozen=True, slots=True)
class RulesJudge:
    """No model: a figure that the abstract does not bear out contradicts, a kind rule that fires overstates."""

    def judge(self, drafts: Sequence[DraftAndFacts]) -> list[list[Judgement]]:
        """One judgement for every sentence of every draft, in order."""
        return [self._draft(sentences, facts) for sentences, facts in drafts]

    def _draft(self, sentences: Sequence[Sentence], facts: StudyFacts) -> list[Judgement]:
        abstract = [span.text for span in facts.sentences]
        figures = study_figures(abstract)
        told = [sentence.text for sentence in sentences]
        relevance = scores(told, abstract, np.zeros((len(told), len(abstract)), dtype=np.float32))
        judged = []
        for sentence, row in zip(sentences, relevance, strict=True):
            kinds = fired(sentence.text, facts) & KINDS["overstated"]
            verdict = "overstated" if kinds else "supported"
            if match_figures(sentence.text, figures).unmatched and not only_dates_or_money(sentence.text):
                verdict, kinds = "contradicted", frozenset({"number"})
            evidence = tuple(facts.sentences[index] for index in select(row))
            judged.append(Judgement(sentence, verdict, 1.0, kinds=tuple(sorted(kinds)), evidence=evidence))
        return judged


@dataclass(frozen=True, slots=True)
class ModelJudge:
    """No rules and no combiner: the claim head, then the most probable verdict of the pair."""

    scorer: Scorer

    def judge(self, drafts: Sequence[DraftAndFacts]) -> list[list[Judgement]]:
        """One judgement for every sentence of every draft, in order."""
        return [[_judged(context) for context in group] for group in read_contexts(self.scorer, None, drafts)]


def _judged(context: Context) -> Judgement:
    if context.claim < HALF:
        return Judgement(context.sentence, "no_claim", 1 - context.claim)
    best = int(np.argmax(context.verdict))
    verdict = PAIR_LABELS[best]
    scored = {kind: float(p) for kind, p in zip(KIND_LABELS, context.kinds, strict=True) if kind in KINDS.get(verdict, ())}
    kinds = tuple(kind for kind, p in scored.items() if p >= HALF or p == max(scored.values()))
    return Judgement(
        context.sentence,
        verdict,
        context.claim * float(context.verdict[best]),
        kinds=kinds,
        strength=int(np.argmax(context.strength)) if verdict in WITH_EVIDENCE else None,
        evidence=tuple(context.facts.sentences[index] for index in context.chosen) if verdict in WITH_EVIDENCE else (),
    )
