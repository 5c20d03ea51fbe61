"""What must be said about the input before it is judged: refusals and warnings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from checker.errors import InputError
from checker.segment import looks_like_html
from checker.types import Draft, Study, Warning

MIN_STUDY_WORDS = 30
MAX_DRAFT_CHARACTERS = 5_000_000
_COMMON = frozenset(
    "the of and to in a is that for it was on are with as be at by from this have has were not or an which their they said who"
    " after more than study researchers people between among been we our had but".split()
)


def refuse(draft: Draft, study: Study) -> None:
    """Raise when there is nothing to judge, or nothing to judge it against.

    Raises:
        InputError: with `code` no_draft, no_abstract or too_long.
    """
    if not any(character.isalnum() for character in draft.full):
        raise InputError("the draft is empty: give the news text to check", code="no_draft")
    if not any(character.isalnum() for character in study.text):
        raise InputError("there is no abstract: give the abstract of the study that the draft reports", code="no_abstract")
    for name, text in (("draft", draft.full), ("abstract", study.text)):
        if len(text) > MAX_DRAFT_CHARACTERS:
            raise InputError(f"the {name} has {len(text):,} characters; the limit is {MAX_DRAFT_CHARACTERS:,}: split it", code="too_long")


def warnings(draft: Draft, study: Study) -> Iterator[Warning]:
    """Everything about the input that makes the check less sure."""
    words = len(re.findall(r"\w+", study.text))
    if words < MIN_STUDY_WORDS:
        yield Warning("too_short", f"The abstract has only {words} words: most of the draft cannot be checked against it. Paste the whole abstract.")
    for name, text in (("draft", draft.full), ("abstract", study.text)):
        if not looks_english(text):
            yield Warning("not_english", f"The {name} does not look like English; this checker knows English only, so its findings are unreliable.")
        if looks_like_html(text):
            yield Warning("html", f"The {name} holds HTML tags; they were skipped. Paste plain text for cleaner findings.")
        if re.search(r"[\ud800-\udfff]", text):
            yield Warning("broken_characters", f"The {name} holds broken characters (lone surrogates); they were read as unknown.")
        elif re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text):
            yield Warning("control_characters", f"The {name} holds control characters; they were read as spaces.")


def looks_english(text: str) -> bool:
    """Whether common English words make up a plausible share; short texts pass."""
    words = re.findall(r"[^\W\d_]+", text[:20_000].casefold())
    if len(words) < 12:
        return True
    return sum(word in _COMMON for word in words) / len(words) >= 0.12
