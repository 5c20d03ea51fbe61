"""Where a cue may stand, and what its surroundings say: the features of the cue classifier.

One classifier serves two annotation guidelines, this project's for news and BioScope's
for papers, in which the same word is marked for other reasons: every feature stands twice,
once for all and once for the guideline (Daumé 2007, Frustratingly Easy Domain Adaptation).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from checker.cues.lexicon import FINDING, NEAR_AFTER, NEAR_BEFORE, compile_phrases, denies_finding, lexicon_cues

AROUND = 6
"""Words on either side whose place does not matter."""
_WORD = re.compile(r"\w[\w'’-]*|[^\w\s]")

Patterns = Mapping[str, Sequence[re.Pattern[str]]]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A phrase that is a cue somewhere: offsets, what it might be, whether the lexicon takes it, its features."""

    start: int
    end: int
    cue: str
    phrase: str
    by_lexicon: bool
    features: tuple[str, ...]


def patterns(phrases: Mapping[str, Iterable[str]]) -> Patterns:
    """For each cue one pattern a length in words, so that "indicate" and "indicate that" are both tried."""
    by_length = {cue: groupby(sorted(of_cue, key=_length), key=_length) for cue, of_cue in phrases.items()}
    return {cue: [compile_phrases(list(same)) for _, same in groups] for cue, groups in by_length.items()}


def normal(phrase: str) -> str:
    """A phrase in lower case, with single spaces and straight apostrophes."""
    return " ".join(phrase.lower().replace("’", "'").split())


def candidates(clean: str, known: Patterns) -> Iterator[Candidate]:
    """Every known phrase of a text from `segment.plain`, overlapping ones too."""
    words = [(match.start(), match[0].lower()) for match in _WORD.finditer(clean)]
    taken = lexicon_cues(clean)
    for cue, of_cue in known.items():
        for pattern in of_cue:
            for match in pattern.finditer(clean):
                by_lexicon = (*match.span(), cue) in taken
                phrase = normal(match[0])
                yield Candidate(*match.span(), cue, phrase, by_lexicon, tuple(_features(clean, words, match, cue, phrase, by_lexicon)))


def for_guideline(features: Iterable[str], guideline: str) -> dict[str, float]:
    """Features as a guideline's: each for all, and each for it alone."""
    return {name: 1.0 for feature in features for name in (feature, f"{guideline}:{feature}")}


def _features(clean: str, words: Sequence[tuple[int, str]], match: re.Match[str], cue: str, phrase: str, by_lexicon: bool) -> Iterator[str]:
    first, after = bisect_left(words, (match.start(),)), bisect_left(words, (match.end(),))

    def word(place: int) -> str:
        return words[place][1] if 0 <= place < len(words) else "^"

    before, before2, behind, behind2 = word(first - 1), word(first - 2), word(after), word(after + 1)
    kind, own = cue[0], f"{cue[0]}:{phrase}"
    yield own
    yield from (f"-1={before}", f"+1={behind}", f"-2={before2}", f"+2={behind2}")
    yield from (f"{kind}-1={before}", f"{kind}+1={behind}", f"{kind}-21={before2} {before}", f"{kind}+12={behind} {behind2}")
    yield from (f"{own}-1={before}", f"{own}+1={behind}", f"{own}+1..{behind[-2:]}", f"{kind}+1..{behind[-3:]}", f"{kind}-1..{before[-3:]}")
    yield from (f"{kind}<{word(place)}" for place in range(first - AROUND, first))
    yield from (f"{kind}>{word(place)}" for place in range(after, after + AROUND))
    if by_lexicon:
        yield from ("lexicon", f"{own} lexicon", f"{kind} lexicon")
    if match[0][0].isupper():
        yield from ("capital", f"{own} capital")
    if " " in phrase:
        yield "words"
    if cue == "negation":
        near = denies_finding(clean, *match.span())
    else:
        near = bool(FINDING.search(clean[max(0, match.start() - NEAR_BEFORE) : match.end() + NEAR_AFTER]))
    yield f"{kind} {'near' if near else 'far from'} finding"


def _length(phrase: str) -> int:
    return len(phrase.split())
