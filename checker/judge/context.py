"""Everything computed about a draft's sentences before anything is decided."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from checker.judge.evidence import content, premise, scores, select
from checker.judge.figures import study_figures
from checker.judge.signals import Context
from checker.model.scorer import Scorer
from checker.segment import plain
from checker.study.summary import study_line
from checker.types import Sentence, StudyFacts


def contexts(scorer: Scorer, drafts: Sequence[tuple[Sequence[Sentence], StudyFacts]]) -> list[list[Context]]:
    """A context for every sentence of every draft, in order.

    All drafts share the model's forward passes: one over the distinct sentences, one
    over the pairs. Text is folded to single spaces before the model reads it.
    """
    tidy = [[_tidy(sentence.text) for sentence in sentences] for sentences, _ in drafts]
    studies = [[_tidy(span.text) for span in facts.sentences] for _, facts in drafts]
    texts = list(dict.fromkeys(text for group in (*tidy, *studies) for text in group))
    place = {text: row for row, text in enumerate(texts)}
    alone = scorer.sentences(texts)
    vectors = alone.embedding

    relevance: list[np.ndarray] = []
    cosines: list[np.ndarray] = []
    chosen: list[list[list[int]]] = []
    for told, study in zip(tidy, studies, strict=True):
        cosine = vectors[[place[t] for t in told]] @ vectors[[place[t] for t in study]].T if told and study else np.zeros((len(told), len(study)))
        cosines.append(cosine)
        relevance.append(scores(told, study, cosine.astype(np.float32)))
        chosen.append([select(row) for row in relevance[-1]])

    premises: list[str] = []
    claims: list[str] = []
    for (_, facts), told, study, picks, rows in zip(drafts, tidy, studies, chosen, relevance, strict=True):
        line = study_line(facts) if scorer.study_line else ""
        for text, pick, row in zip(told, picks, rows, strict=True):
            premises += [premise(study, pick, line), study[int(np.argmax(row))] if len(study) else ""]
            claims += [text, text]
    pairs = scorer.pairs(premises, claims)

    result: list[list[Context]] = []
    cursor = 0
    for number, (sentences, facts) in enumerate(drafts):
        told, study = tidy[number], studies[number]
        figures = study_figures(study)
        words = content(" ".join(study))
        study_strength = alone.strength[[place[t] for t in study]] if study else np.zeros((0, 4))
        group: list[Context] = []
        for index, sentence in enumerate(sentences):
            own = place[told[index]]
            group.append(
                Context(
                    sentence=sentence,
                    index=index,
                    count=len(sentences),
                    facts=facts,
                    figures=figures,
                    abstract_words=words,
                    relevance=relevance[number][index],
                    cosine=cosines[number][index],
                    chosen=tuple(chosen[number][index]),
                    verdict=pairs.verdict[cursor],
                    best_verdict=pairs.verdict[cursor + 1],
                    kinds=pairs.kinds[cursor],
                    strength=alone.strength[own],
                    claim=float(alone.claim[own]),
                    study_strength=study_strength,
                )
            )
            cursor += 2
        result.append(group)
    return result


def _tidy(text: str) -> str:
    return " ".join(plain(text).split())
