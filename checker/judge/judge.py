"""The judge: draft sentences, abstract sentences and study facts in, judgements with evidence out.

Its interface is whole drafts, not pairs, so that a later model may read several
sentences and the whole abstract at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from checker.judge.combiner import Combiner
from checker.judge.context import DraftAndFacts, read_contexts
from checker.judge.explain import parts, suggestion, why
from checker.judge.kinds import choose_kinds, fact_for
from checker.judge.signals import Context, matrix
from checker.labels import WITH_EVIDENCE
from checker.model.network import KIND_LABELS
from checker.model.scorer import Scorer
from checker.types import Judgement, Span

QUOTED = 2
"""Sentences of the abstract quoted beside each verdict: one alone misses the deciding span in a quarter of the training cases, two in a seventh."""


class Judge(Protocol):
    """Anything that judges drafts."""

    def judge(self, drafts: Sequence[DraftAndFacts]) -> list[list[Judgement]]:
        """One judgement for every sentence of every draft, in order."""
        ...


@dataclass(frozen=True, slots=True)
class SignalJudge:
    """A transformers model for signals, and a combiner that decides."""

    scorer: Scorer
    combiner: Combiner

    def judge(self, drafts: Sequence[DraftAndFacts]) -> list[list[Judgement]]:
        """See `Judge`."""
        grouped = read_contexts(self.scorer, self.combiner.ranker, drafts)
        flat = [context for group in grouped for context in group]
        if not flat:
            return [[] for _ in grouped]
        names, values = matrix(flat)
        verdicts, kinds = self.combiner.probabilities(names, values), self.combiner.kind_probabilities(names, values)
        flags = self.combiner.flags(verdicts, [number for number, group in enumerate(grouped) for _ in group])
        rows = iter(zip(flat, verdicts, flags, kinds, strict=True))
        return [[judgement(*next(rows), self.combiner) for _ in group] for group in grouped]


def judgement(context: Context, probabilities: np.ndarray, flag: float, kind_probabilities: np.ndarray, combiner: Combiner) -> Judgement:
    """The verdict of one sentence with its kinds, evidence, strength and plain words."""
    decision = combiner.decide(probabilities, flag)
    sentence, facts = context.sentence, context.facts
    kinds = choose_kinds(decision.verdict, dict(zip(KIND_LABELS, map(float, kind_probabilities), strict=True)))
    claims = decision.verdict in WITH_EVIDENCE
    quoted = evidence(context, kinds) if claims else ()
    strength = int(np.argmax(context.strength)) if claims else None
    matched = int(np.argmax(context.study_strength[int(np.argmax(context.relevance))])) if claims and context.relevance.size else None
    return Judgement(
        sentence=sentence,
        verdict=decision.verdict,
        confidence=round(decision.confidence, 4),
        abstained=decision.abstained,
        kinds=kinds,
        strength=strength,
        strength_shift=None if strength is None or matched is None else strength - matched,
        evidence=quoted,
        why=why(decision.verdict, kinds, sentence, facts, context.figures, quoted),
        suggestion=suggestion(decision.verdict, kinds, sentence.text),
        parts=parts(kinds, sentence, context.figures),
    )


def evidence(context: Context, kinds: Sequence[str]) -> tuple[Span, ...]:
    """The two most relevant sentences of the abstract, and the sentence with the fact that a finding rests on, in its order."""
    sentences = context.facts.sentences
    chosen = {int(index) for index in np.argsort(-context.relevance, kind="stable")[:QUOTED]}
    for kind in kinds[:1]:
        fact = fact_for(kind, context.facts)
        chosen |= {index for index, span in enumerate(sentences) if fact and span.start <= fact.span.start < span.end}
    return tuple(sentences[index] for index in sorted(chosen))
