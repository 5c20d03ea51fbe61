"""Everything computed about a draft's sentences before anything is decided: what the model reads, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.judge.evidence import content, premise, scores, select
from checker.judge.figures import study_figures
from checker.judge.ranking import Ranker, features
from checker.judge.signals import Context
from checker.model.scorer import Array, Scorer
from checker.segment import plain
from checker.study.summary import study_line
from checker.types import Sentence, StudyFacts

DraftAndFacts = tuple[Sequence[Sentence], StudyFacts]


@dataclass(frozen=True, slots=True)
class Alone:
    """What a model says of the sentences of one draft and its study, each alone; rows are the draft's sentences, in order.

    `cosine` (sentences, abstract sentences); `strength` (sentences, 4); `claim` (sentences,); `study_strength` (abstract sentences, 4).
    """

    cosine: Array
    strength: Array
    claim: Array
    study_strength: Array


@dataclass(frozen=True, slots=True)
class Given:
    """What a model says of each sentence given its premise: `verdict` (sentences, 4) and `kinds` (sentences, 11)."""

    verdict: Array
    kinds: Array


def read_alone(scorer: Scorer, drafts: Sequence[DraftAndFacts]) -> list[Alone]:
    """What the model says of every sentence alone, one element a draft; all share the model's forward passes.

    Text is folded to single spaces before the model reads it.
    """
    told = [_told(sentences) for sentences, _ in drafts]
    studies = [_study(facts) for _, facts in drafts]
    texts = list(dict.fromkeys(text for group in (*told, *studies) for text in group))
    place = {text: row for row, text in enumerate(texts)}
    found = scorer.sentences(texts)
    result: list[Alone] = []
    for group, study in zip(told, studies, strict=True):
        rows, columns = [place[text] for text in group], [place[text] for text in study]
        cosine = found.embedding[rows] @ found.embedding[columns].T
        result.append(Alone(cosine, found.strength[rows], found.claim[rows], found.strength[columns]))
    return result


def features_of(draft: DraftAndFacts, read: Alone) -> Array:
    """What a ranker sees of a draft, shape (sentences, abstract sentences, features)."""
    sentences, facts = draft
    return features(_told(sentences), _study(facts), read.cosine, read.strength, read.study_strength)


def relevances(ranker: Ranker | None, drafts: Sequence[DraftAndFacts], read: Sequence[Alone]) -> list[Array]:
    """Relevance of every abstract sentence to every draft sentence, (sentences, abstract sentences) a draft; without a ranker by `scores`."""
    result: list[Array] = []
    for draft, alone in zip(drafts, read, strict=True):
        result.append(ranker.relevance(features_of(draft, alone)) if ranker else scores(_told(draft[0]), _study(draft[1]), alone.cosine))
    return result


def read_given(scorer: Scorer, drafts: Sequence[DraftAndFacts], relevance: Sequence[Array]) -> list[Given]:
    """What the model says of every sentence given the line on the study and the most relevant sentences of the abstract."""
    premises: list[str] = []
    claims: list[str] = []
    for (sentences, facts), rows in zip(drafts, relevance, strict=True):
        study, line = _study(facts), study_line(facts) if scorer.study_line else ""
        premises += [premise(study, select(row), line) for row in rows]
        claims += _told(sentences)
    pairs = scorer.pairs(premises, claims)
    result: list[Given] = []
    start = 0
    for sentences, _ in drafts:
        end = start + len(sentences)
        result.append(Given(pairs.verdict[start:end], pairs.kinds[start:end]))
        start = end
    return result


def read_contexts(scorer: Scorer, ranker: Ranker | None, drafts: Sequence[DraftAndFacts]) -> list[list[Context]]:
    """A context for every sentence of every draft, in order: the model reads them alone, then given what the ranker chose."""
    alone = read_alone(scorer, drafts)
    relevance = relevances(ranker, drafts, alone)
    return contexts(drafts, alone, relevance, read_given(scorer, drafts, relevance))


def contexts(drafts: Sequence[DraftAndFacts], read: Sequence[Alone], relevance: Sequence[Array], given: Sequence[Given]) -> list[list[Context]]:
    """A context for every sentence of every draft, in order, from what a model said of them."""
    return [_contexts(*parts) for parts in zip(drafts, read, relevance, given, strict=True)]


def _contexts(draft: DraftAndFacts, read: Alone, relevance: Array, given: Given) -> list[Context]:
    sentences, facts = draft
    study = _study(facts)
    figures, words = study_figures(study), content(" ".join(study))
    return [
        Context(
            sentence=sentence,
            index=row,
            count=len(sentences),
            facts=facts,
            figures=figures,
            abstract_words=words,
            relevance=relevance[row],
            cosine=read.cosine[row],
            chosen=tuple(select(relevance[row])),
            verdict=given.verdict[row],
            kinds=given.kinds[row],
            strength=read.strength[row],
            claim=float(read.claim[row]),
            study_strength=read.study_strength,
        )
        for row, sentence in enumerate(sentences)
    ]


def _told(sentences: Sequence[Sentence]) -> list[str]:
    return [" ".join(plain(sentence.text).split()) for sentence in sentences]


def _study(facts: StudyFacts) -> list[str]:
    return [" ".join(plain(span.text).split()) for span in facts.sentences]
