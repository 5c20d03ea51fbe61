"""Sentences of a draft or an abstract, with exact offsets.

`sentencex` finds the boundaries; this module keeps its spans inside paragraphs,
mends the cases of medical prose that it splits or joins wrongly, and never
changes the text: every span is `text[start:end]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from sentencex import get_sentence_boundaries

from checker.types import Draft, Sentence, Span

_BULLET = re.compile(r"^[ \t]*(?:[-*•‣–—·]|\d{1,2}[.)])[ \t]+")
_NO_BREAK_AFTER = re.compile(
    r"(?:\b(?:et al|vs|cf|ca|approx|resp"
    r"|Dr|Prof|Mr|Mrs|Ms|St|Fig|No|Eq|Ref|i\.e|e\.g|sp|spp|Inc|Ltd|Co|Jr|Sr|a\.m|p\.m|[A-Z]|[A-Z]\.[A-Z])\.)[\"”’)\]]*$"
)
_TITLES = frozenset({"Dr.", "Mr.", "Mrs.", "Ms.", "St.", "No.", "Fig.", "Eq."})
_STARTER = re.compile(
    r"(?:The|A|An|It|Its|In|On|This|These|That|They|We|He|She|But|And|For|At|Of|If|There|Those|Their|Our|No|Not|Both|All|After|However)\b"
)
_LOWER_START = re.compile(r"^[\"“‘'(\[]*[a-z]")
_LETTER_NAME = re.compile(
    r"(?:\b(?:vitamins?|hepatitis|types?|groups?|grades?|class|arms?|plan|streptococcus|influenza|omega|factor|part)\s+[A-Z]|/[A-Z]|\d[A-Z])\.[\"”’)]*$",
    re.IGNORECASE,
)
_INSIDE_BREAK = re.compile(r"(?<=[^\s.][.?!])(?P<close>[\"”’)]*)[ \t]+(?=[\"“‘(]*[A-Z0-9])")
_HEADING = re.compile(
    r"(?:(?<=^)|(?<=[.?!;] )|(?<=\n))(?:(?:BACKGROUND|OBJECTIVES?|AIMS?|PURPOSE|IMPORTANCE|INTRODUCTION|CONTEXT|DESIGN|SETTING"
    r"|PARTICIPANTS|PATIENTS|INTERVENTIONS?|EXPOSURES?|MAIN OUTCOMES?(?: AND MEASURES?)?|MEASUREMENTS|METHODS?|MATERIALS AND METHODS"
    r"|RESULTS?|FINDINGS|CONCLUSIONS?(?: AND RELEVANCE)?|INTERPRETATION|LIMITATIONS?|DISCUSSION|FUNDING|(?:TRIAL )?REGISTRATION"
    r")(?:/[A-Z]+)?):\s*",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """The text as models may see it: same length, so offsets hold.

    Control characters and lone surrogates become spaces or U+FFFD; pasted HTML
    tags become spaces, block tags a paragraph break.
    """
    text = "".join(_plain_character(character) for character in text)
    return _TAG.sub(_blank_tag, text) if looks_like_html(text) else text


_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>|<!--.{0,2000}?-->", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|blockquote)\b", re.IGNORECASE)


def looks_like_html(text: str) -> bool:
    """Whether the text holds a closing tag or a block tag, as pasted web pages do."""
    return bool(re.search(r"</[a-zA-Z][a-zA-Z0-9]*\s*>|<(?:p|br|div)\s*/?>", text))


def _plain_character(character: str) -> str:
    code = ord(character)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if (code < 32 and character not in "\n\r\t") or 0x7F <= code < 0xA0:
        return " "
    return character


def _blank_tag(match: re.Match[str]) -> str:
    tag = match[0]
    return "\n\n" + " " * (len(tag) - 2) if _BLOCK.match(tag) and len(tag) > 2 else " " * len(tag)


def segment_draft(draft: Draft) -> list[Sentence]:
    """Every sentence of the draft in order; the headline, given or recognised, comes first.

    Nothing but white space lies between two sentences.
    """
    offset = 0
    found: list[Sentence] = []
    if draft.headline.strip():
        start = len(draft.headline) - len(draft.headline.lstrip())
        found.append(Sentence(draft.headline.strip(), start, start + len(draft.headline.strip()), "headline"))
    if draft.headline:
        offset = len(draft.headline) + 2
    spans = sentences(draft.text)
    for index, span in enumerate(spans):
        role = "headline" if index == 0 and not draft.headline and _is_headline(draft.text, span) else "body"
        found.append(Sentence(span.text, span.start + offset, span.end + offset, role))
    return found


def headline_and_body(text: str) -> tuple[str, str]:
    """A text's headline, empty where it has none, and the rest.

    >>> headline_and_body("Pill helps some\\n\\nIt helped 4 of 10.")
    ('Pill helps some', 'It helped 4 of 10.')
    """
    text = text.strip()
    first = next(iter(segment_draft(Draft(text))), None)
    if first is None or first.role != "headline":
        return "", text
    return first.text, text[first.end :].strip()


def _is_headline(text: str, first: Span) -> bool:
    """A short first paragraph without a full stop, followed by a blank line and more text."""
    rest = text[first.end :]
    return len(first.text.split()) <= 25 and not first.text.endswith((".", ":", ",", ";")) and bool(re.match(r"[ \t\r]*\n\s*\S", rest))


def sentences(text: str) -> list[Span]:
    """Sentences of any prose, in order, white space trimmed, with `text[start:end] == span.text`."""
    clean = plain(text)
    return [
        Span(text[start:end], start, end)
        for block_start, block_end in _blocks(clean)
        for start, end in _block_sentences(clean, block_start, block_end)
    ]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs; inside one, a list item or a line that ends a sentence starts a new block."""
    for paragraph in re.finditer(r"[^\n\r]+(?:\r?\n[ \t]*[^\s][^\n\r]*)*", text):
        start = paragraph.start()
        lines = list(re.finditer(r"[^\n\r]+", paragraph[0]))
        for before, after in pairwise(lines):
            if _breaks(before[0], after[0]):
                yield start, paragraph.start() + before.end()
                start = paragraph.start() + after.start()
        yield start, paragraph.end()


def _breaks(line: str, following: str) -> bool:
    if _BULLET.match(following):
        return True
    wrapped = len(line.rstrip()) >= 45 and not re.search(r"[.!?:;][\"”’)]*\s*$", line)
    return not (wrapped or _LOWER_START.match(following.strip()))


def _block_sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    block = text[start:end]
    cuts = {boundary["end_index"] for boundary in get_sentence_boundaries("en", block)}
    cuts |= {match.end() for match in _INSIDE_BREAK.finditer(block)}
    cuts |= {match.start() for match in _HEADING.finditer(block)}
    cuts = {cut for cut in cuts if not _wrong_cut(block, cut)} | {len(block)}
    position = 0
    for cut in sorted(cuts):
        piece = block[position:cut]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            yield start + position + lead, start + position + len(piece.rstrip())
        position = cut


def _wrong_cut(block: str, cut: int) -> bool:
    before, after = block[:cut].rstrip(), block[cut:].lstrip()
    if not before or not after:
        return True
    if not any(character.isalnum() for character in after):
        return True  # a closing quote or bracket stays with its sentence
    if _LOWER_START.match(after):
        return True
    abbreviation = None if _LETTER_NAME.search(before[-24:]) else _NO_BREAK_AFTER.search(before[-12:])
    if abbreviation and not _HEADING.match(after):
        initials = abbreviation[0][0].isupper() and "." in (abbreviation[0][1], abbreviation[0][-1]) and len(abbreviation[0]) <= 4
        return not (initials and abbreviation[0] not in _TITLES and _STARTER.match(after))
    tail = before[-80:]
    return tail.count("(") > tail.count(")") and ")" in after[:80]
