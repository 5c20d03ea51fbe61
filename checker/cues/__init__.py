"""Hedges, boosters and negations: where a phrase may be a cue, a small classifier says whether it is one here.

The words are data (`lexicon.py`, and the phrases that the training sets mark more than
once); the classifier (`models/cues`, made by `checker fit cues`) has learnt from this project's
cases and BioScope in which surroundings they count. Cues of one sort never overlap, of
different sorts may.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cache

from checker.cues.candidates import Candidate, Patterns, candidates, for_guideline, patterns
from checker.cues.lexicon import EXCLUSIONS, LEXICON
from checker.labels import CUES
from checker.linear import Linear, load_linear
from checker.segment import plain
from checker.types import Cue

__all__ = ["CUES_OF", "EXCLUSIONS", "LEXICON", "classify", "find_cues"]

MODEL = "cues"
THRESHOLD = 0.5
CUES_OF = {"drafts": CUES, "bioscope": ("hedge", "negation")}
"""The cues that each guideline marks."""


def find_cues(text: str, where: str = "draft", guideline: str = "drafts") -> tuple[Cue, ...]:
    """Every cue of a text, by position; offsets are code points into `text`.

    `guideline` is whose reading of a cue is wanted: "drafts" for this project's, "bioscope" for BioScope's (Vincze et al.
    2008), which marks no boosters and every negation.

    Raises:
        ModelError: when the classifier's file is missing or damaged.
    """
    return tuple(Cue(text[c.start : c.end], c.start, c.end, c.cue, where) for c in classify(plain(text), *_model(), guideline))


def classify(clean: str, model: Linear, known: Patterns, guideline: str) -> list[Candidate]:
    """The cues of a text from `segment.plain` by any classifier and its phrases, by position."""
    possible = (candidate for candidate in candidates(clean, known) if candidate.cue in CUES_OF[guideline])
    return _decide((_probability(candidate, model, guideline), candidate) for candidate in possible)


def _probability(candidate: Candidate, model: Linear, guideline: str) -> float:
    """That a phrase is a cue here. Where the guideline's own set has hardly a case of the phrase, the lexicon decides."""
    if guideline == "drafts" and candidate.phrase not in model.extra["seen"][candidate.cue]:
        return float(candidate.by_lexicon)
    return model.probabilities(for_guideline(candidate.features, guideline))[1]


def _decide(scored: Iterable[tuple[float, Candidate]]) -> list[Candidate]:
    """The cues among scored candidates, by position: of two of one sort that overlap, the more probable, then the longer."""
    chosen: list[Candidate] = []
    taken: dict[str, list[tuple[int, int]]] = {}
    for score, candidate in sorted(scored, key=lambda pair: (-pair[0], pair[1].start - pair[1].end, pair[1].start)):
        if score < THRESHOLD:
            break
        own = taken.setdefault(candidate.cue, [])
        place = bisect_left(own, (candidate.start, 0))
        if (place < len(own) and own[place][0] < candidate.end) or (place and own[place - 1][1] > candidate.start):
            continue
        own.insert(place, (candidate.start, candidate.end))
        chosen.append(candidate)
    return sorted(chosen, key=lambda candidate: (candidate.start, candidate.end))


@cache
def _model() -> tuple[Linear, Patterns]:
    model = load_linear(MODEL)
    return model, patterns(model.extra["phrases"])
