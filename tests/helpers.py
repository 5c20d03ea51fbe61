"""What several test files build on."""

from __future__ import annotations

import numpy as np

from checker.caveats import find_caveats
from checker.judge.figures import study_figures
from checker.judge.ranking import NAMES, Ranker
from checker.judge.signals import Context, signals
from checker.judge.trees import Trees
from checker.model.network import KIND_LABELS, PAIR_LABELS
from checker.segment import segment_draft
from checker.study.reader import read_study
from checker.types import Draft, Sentence, Span, Study, StudyFacts


def statuses(abstract: str, draft: str) -> dict[str, str]:
    """The caveats that apply, each present or missing."""
    study = Study(abstract)
    return {caveat.name: caveat.status for caveat in find_caveats(study, read_study(study), segment_draft(Draft(draft)))}


def context(text: str = "The drug cut risk.", abstract: tuple[str, ...] = ("Risk was lower.",), **facts: object) -> Context:
    """A context with neutral model scores, for tests of signals and of what follows from them."""
    spans, position = [], 0
    for sentence in abstract:
        spans.append(Span(sentence, position, position + len(sentence)))
        position += len(sentence) + 1
    return Context(
        sentence=Sentence(text, 0, len(text)),
        index=0,
        count=1,
        facts=StudyFacts(sentences=tuple(spans), **facts),  # type: ignore[arg-type]
        figures=study_figures(abstract),
        abstract_words=frozenset(),
        relevance=np.array([1.0 - 0.1 * i for i in range(len(abstract))], dtype=np.float32),
        cosine=np.full(len(abstract), 0.5, dtype=np.float32),
        chosen=tuple(range(min(3, len(abstract)))),
        verdict=np.full(len(PAIR_LABELS), 0.25),
        kinds=np.full(len(KIND_LABELS), 0.1),
        strength=np.full(4, 0.25),
        claim=0.5,
        study_strength=np.full((len(abstract), 4), 0.25),
    )


def signal_names() -> tuple[str, ...]:
    """The signals that this version computes, in order."""
    return tuple(signals(context()))


def no_trees(outputs: int = 5) -> Trees:
    """Trees without an opinion: one leaf, nothing added to any verdict."""
    return Trees((0,), (0.0,), (0,), (0,), (0.0,), ((0,) * outputs,), (0.0,) * outputs, 0)


def by_cosine() -> Ranker:
    """A ranker of one split: the sentence that is nearest by the embeddings, before the others."""
    column = NAMES.index("cosine_rank")
    return Ranker(NAMES, Trees((column, 0, 0), (0.5, 0.0, 0.0), (1, 1, 2), (2, 1, 2), (0.0, 1.0, 0.0), ((0,),), (0.0,), 1))
