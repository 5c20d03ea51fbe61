"""Everything computed about a draft's sentences before anything is decided: what the model reads, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from checker.judge.evidence import content, premise, scores, select
from checker.judge.figures import study_figures
from checker.judge.signals import Context
from checker.model.scorer import Array, Scorer
from checker.segment import plain
from checker.study.summary import study_line
from checker.types import Sentence, StudyFacts

DraftAndFacts = tuple[Sequence[Sentence], StudyFacts]


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a model says of one draft and its study; rows are the draft's sentences, in order.

    `cosine` (sentences, abstract sentences); `verdict` and `kinds` given the premise, (sentences, 4) and (sentences, 11);
    `nearest`, the verdict given the one most relevant abstract sentence, (sentences, 4); `strength` (sentences, 4) and
    `claim` (sentences,) of each sentence alone; `study_strength` (abstract sentences, 4).
    """

    cosine: Array
    verdict: Array
    nearest: Array
    kinds: Array
    strength: Array
    claim: Array
    study_strength: Array


def read(scorer: Scorer, drafts: Sequence[DraftAndFacts]) -> list[Reading]:
    """What the model says of every draft, in order.

    All drafts share the model's forward passes: one over the distinct sentences, one
    over the pairs. Text is folded to single spaces before the model reads it.
    """
    told = [_told(sentences) for sentences, _ in drafts]
    studies = [_study(facts) for _, facts in drafts]
    texts = list(dict.fromkeys(text for group in (*told, *studies) for text in group))
    place = {text: row for row, text in enumerate(texts)}
    alone = scorer.sentences(texts)
    own = [[place[text] for text in group] for group in told]
    theirs = [[place[text] for text in group] for group in studies]
    cosines = [alone.embedding[rows] @ alone.embedding[columns].T for rows, columns in zip(own, theirs, strict=True)]

    premises: list[str] = []
    claims: list[str] = []
    for (_, facts), group, study, cosine in zip(drafts, told, studies, cosines, strict=True):
        line = study_line(facts) if scorer.study_line else ""
        for text, relevance in zip(group, scores(group, study, cosine), strict=True):
            premises += [premise(study, select(relevance), line), study[int(np.argmax(relevance))] if study else ""]
            claims += [text, text]
    pairs = scorer.pairs(premises, claims)

    result: list[Reading] = []
    start = 0
    for rows, columns, cosine in zip(own, theirs, cosines, strict=True):
        end = start + 2 * len(rows)
        result.append(
            Reading(
                cosine=cosine,
                verdict=pairs.verdict[start:end:2],
                nearest=pairs.verdict[start + 1 : end : 2],
                kinds=pairs.kinds[start:end:2],
                strength=alone.strength[rows],
                claim=alone.claim[rows],
                study_strength=alone.strength[columns],
            )
        )
        start = end
    return result


def contexts(drafts: Sequence[DraftAndFacts], readings: Sequence[Reading]) -> list[list[Context]]:
    """A context for every sentence of every draft, in order, from what a model said of them."""
    return [_contexts(sentences, facts, reading) for (sentences, facts), reading in zip(drafts, readings, strict=True)]


def _contexts(sentences: Sequence[Sentence], facts: StudyFacts, reading: Reading) -> list[Context]:
    study = _study(facts)
    figures, words = study_figures(study), content(" ".join(study))
    relevance = scores(_told(sentences), study, reading.cosine)
    return [
        Context(
            sentence=sentence,
            index=row,
            count=len(sentences),
            facts=facts,
            figures=figures,
            abstract_words=words,
            relevance=relevance[row],
            cosine=reading.cosine[row],
            chosen=tuple(select(relevance[row])),
            verdict=reading.verdict[row],
            best_verdict=reading.nearest[row],
            kinds=reading.kinds[row],
            strength=reading.strength[row],
            claim=float(reading.claim[row]),
            study_strength=reading.study_strength,
        )
        for row, sentence in enumerate(sentences)
    ]


def _told(sentences: Sequence[Sentence]) -> list[str]:
    return [" ".join(plain(sentence.text).split()) for sentence in sentences]


def _study(facts: StudyFacts) -> list[str]:
    return [" ".join(plain(span.text).split()) for span in facts.sentences]
