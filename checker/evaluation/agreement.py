"""Agreement of two annotators on the same cases: kappa on verdicts and strength, F1 on kinds, spans, caveats and cues.

Both files are labelled cases; which one is called gold does not matter, every figure is
symmetric. Intervals resample whole cases, as everywhere here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from checker.cases import LabelledCase, LabelledSentence
from checker.errors import InputError
from checker.evaluation import counts as c
from checker.evaluation.bootstrap import Counts, Interval, Table, intervals
from checker.labels import CAVEAT_STATUSES, CAVEATS, CONTRADICTION_KINDS, CUES, FLAGGED, OVERSTATEMENT_KINDS, STRENGTHS, VERDICTS

Items = set[tuple[str, ...]]
STRENGTH_LABELS = (*map(str, STRENGTHS), "none")


@dataclass(frozen=True, slots=True)
class Disagreement:
    """One sentence that the annotators judged differently."""

    case: str
    sentence: int
    text: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Every figure with its interval, and the sentences to settle."""

    cases: int
    sentences: int
    figures: dict[str, Interval]
    disagreements: tuple[Disagreement, ...]


def agreement(first: Sequence[LabelledCase], second: Sequence[LabelledCase], *, seed: int = 0) -> Agreement:
    """Cohen's kappa (1960) on verdicts, on flagged or not, and on strength; micro-F1 on what is named or quoted.

    Raises:
        InputError: when the files do not hold the same cases with the same sentences.
    """
    pairs = _paired(first, second)
    n = len(pairs)
    both = [(row, a, b) for row, (x, y) in enumerate(pairs) for a, b in zip(x.sentences, y.sentences, strict=True)]
    studies = np.array([row for row, _, _ in both])
    every = np.arange(n)
    tables = [
        _kappa(studies, n, [(a.verdict, b.verdict) for _, a, b in both], VERDICTS, "verdict"),
        _kappa(studies, n, [(_flag(a), _flag(b)) for _, a, b in both], ("flag", "quiet"), "flag"),
        _kappa(studies, n, [(_strength(a), _strength(b)) for _, a, b in both], STRENGTH_LABELS, "strength"),
        _named(
            studies, n, [({(k,) for k in a.kinds}, {(k,) for k in b.kinds}) for _, a, b in both], OVERSTATEMENT_KINDS + CONTRADICTION_KINDS, "kinds"
        ),
        _named(studies, n, [(_cues(a), _cues(b)) for _, a, b in both], CUES, "cues"),
        _named(every, n, [({(k,) for k in x.caveats}, {(k,) for k in y.caveats}) for x, y in pairs], CAVEATS, "caveats_applies"),
        _named(every, n, [(_missing(x), _missing(y)) for x, y in pairs], CAVEAT_STATUSES, "caveats_missing"),
        _spans(pairs),
    ]
    told = tuple(
        Disagreement(x.id, index, a.text, _told(a), _told(b))
        for x, y in pairs
        for index, (a, b) in enumerate(zip(x.sentences, y.sentences, strict=True))
        if a.verdict != b.verdict
    )
    return Agreement(n, len(both), intervals(tables, seed=seed), told)


def _paired(first: Sequence[LabelledCase], second: Sequence[LabelledCase]) -> list[tuple[LabelledCase, LabelledCase]]:
    others = {case.id: case for case in second}
    alone = {case.id for case in first} ^ others.keys()
    if alone or not first:
        raise InputError(f"both files must hold the same cases; only one has {', '.join(sorted(alone)[:5]) or 'any'}")
    pairs = [(case, others[case.id]) for case in first]
    for a, b in pairs:
        if [s.text for s in a.sentences] != [s.text for s in b.sentences]:
            raise InputError(f"case {a.id}: the sentences differ between the files")
    return pairs


def _kappa(studies: c.Indices, n: int, pairs: Iterable[tuple[str, str]], labels: Sequence[str], name: str) -> Table:
    codes = np.array([[labels.index(a), labels.index(b)] for a, b in pairs])
    counts = c.confusion(studies, n, codes[:, 0], codes[:, 1], len(labels))

    def square(sums: Counts) -> Counts:
        return sums.reshape(*sums.shape[:-1], len(labels), len(labels) + 1)[..., :-1]

    def observed(sums: Counts) -> Counts:
        return c.ratio(np.trace(square(sums), axis1=-2, axis2=-1), sums.sum(-1))

    def kappa(sums: Counts) -> Counts:
        matrix = square(sums)
        chance = c.ratio((matrix.sum(-1) * matrix.sum(-2)).sum(-1), sums.sum(-1) ** 2)
        return c.ratio(observed(sums) - chance, 1 - chance, 1.0)

    return Table(counts, {f"{name}_kappa": kappa, f"{name}_agreement": observed})


def _named(studies: c.Indices, n: int, pairs: Sequence[tuple[Items, Items]], labels: Sequence[str], name: str) -> Table:
    table = c.sets_table(studies, n, [a for a, _ in pairs], [b for _, b in pairs], labels, f"{name}_")
    return _only(table, f"{name}_micro_f1", f"{name}_f1")


def _only(table: Table, metric: str, name: str) -> Table:
    return Table(table.counts, {name: table.metrics[metric]})


def _spans(pairs: Sequence[tuple[LabelledCase, LabelledCase]]) -> Table:
    """F1 of quoted characters of the abstract, over the sentences to which both gave evidence."""
    counts = np.zeros((len(pairs), 3))
    for row, (x, y) in enumerate(pairs):
        for a, b in zip(x.sentences, y.sentences, strict=True):
            if a.evidence and b.evidence:
                one, two = (_characters(str(x.study["text"]), side.evidence) for side in (a, b))
                counts[row] += len(one & two), len(one), len(two)
    return Table(counts, {"evidence_f1": lambda sums: c.f1(sums[..., 0], sums[..., 1], sums[..., 2])})


def _characters(abstract: str, quotes: Iterable[str]) -> set[int]:
    spans = [(abstract.find(quote), len(quote)) for quote in quotes]
    return {place for start, length in spans for place in range(start, start + length)}


def _flag(sentence: LabelledSentence) -> str:
    return "flag" if sentence.verdict in FLAGGED else "quiet"


def _strength(sentence: LabelledSentence) -> str:
    return "none" if sentence.strength is None else str(sentence.strength)


def _cues(sentence: LabelledSentence) -> Items:
    return {(cue, text) for text, cue in sentence.cues}


def _missing(case: LabelledCase) -> Items:
    return {(status, name) for name, status in case.caveats.items() if status == "missing"}


def _told(sentence: LabelledSentence) -> str:
    return f"{sentence.verdict} ({', '.join(sentence.kinds)})" if sentence.kinds else sentence.verdict


def summary(found: Agreement) -> str:
    """The figures as a short table."""
    lines = [f"{found.cases} cases, {found.sentences} sentences; brackets are 95 % intervals over cases"]
    lines += [f"  {name:<22} {value.value:.3f}  [{value.low:.3f}, {value.high:.3f}]" for name, value in found.figures.items()]
    return "\n".join(lines)
