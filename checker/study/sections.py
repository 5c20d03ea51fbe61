"""Which part of an abstract each of its sentences belongs to: by heading where there are headings, and by wording."""

from __future__ import annotations

import re
from collections.abc import Sequence

HEADINGS: dict[str, str] = {
    "background": r"background|introduction|context|importance|rationale",
    "aim": r"objectives?|aims?|purpose|question",
    "methods": r"(?:materials and )?methods?|design|setting|participants|patients|population|interventions?|exposures?|(?:main )?outcomes?(?: and)?(?: measures?)?"
    r"|measurements",
    "results": r"results?|findings",
    "conclusion": r"conclusions?(?: and relevance)?|interpretation|discussion|limitations?|significance|meaning",
    "interests": r"funding|(?:trial )?registration|competing interests?|conflicts? of interests?|disclosures?|declarations?",
}
"""Headings of structured abstracts (CONSORT, STROBE and the journals' own)."""
_HEADING = {name: re.compile(rf"\W*(?P<word>{words})(?:\s*[:.—–-]|\s+(?=[A-Z“(\d]))", re.IGNORECASE) for name, words in HEADINGS.items()}

WORDING: dict[str, re.Pattern[str]] = {
    "states_aim": re.compile(
        r"\bwe (?:aimed|sought|tested|assessed|examined|investigated|asked|evaluated|studied|compared|estimated|explored|describe)\b(?!.*\d)"
        r"|\b(?:aim|objective|purpose) (?:was|is|of)\b|^to (?:assess|test|examine|determine|evaluate|compare|estimate|investigate|describe)\b|\bwhether\b",
        re.IGNORECASE,
    ),
    "defines_outcome": re.compile(
        r"^(?!.*(?:95 ?% ?CI|\b[Pp] ?[=<>]))(?:.*\b(?:primary|secondary|main|co-primary|key)\b[^.]{0,40}\b(?:outcomes?|end ?points?|measures?)\b[^.]*(?:\bwas\b|\bwere\b|:)"
        r"|(?:primary|secondary)\b)",
        re.IGNORECASE,
    ),
    "reports_figure": re.compile(
        r"^(?=.*\d).*(?:95 ?%|\bCI\b|\b[Pp] ?[=<>]|\bversus\b|\bvs\b|\bcompared with\b|\bdifference\b|\bratio\b)", re.IGNORECASE | re.DOTALL
    ),
    "states_limit": re.compile(
        r"\b(?:warranted|needed|cannot|limitations?|may not|caution|no comparison|no control|preliminary|residual confounding|not (?:been )?(?:tested|studied|shown)"
        r"|remains? to be|unknown|too few|small)\b",
        re.IGNORECASE,
    ),
}


def sections(sentences: Sequence[str]) -> list[str]:
    """The section of each sentence, taken over from the last heading; "" before the first, and where there is none."""
    found: list[str] = []
    current = ""
    for sentence in sentences:
        current = next((name for name, pattern in _HEADING.items() if _is_heading(pattern.match(sentence))), current)
        found.append(current)
    return found


def _is_heading(match: re.Match[str] | None) -> bool:
    """A capitalised word before a mark, or in capitals before a sentence; "Results were mixed" is no heading."""
    return match is not None and match["word"][0].isupper() and (match["word"].isupper() or match[0].rstrip()[-1] in ":.—–-")


def wording(sentence: str) -> frozenset[str]:
    """Which of `WORDING` the sentence shows."""
    return frozenset(name for name, pattern in WORDING.items() if pattern.search(sentence))
