"""A report as a Word document: the draft as it is, each finding a comment on its sentence, the missing caveats at the end."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from checker.render import tidy
from checker.types import Caveat, Judgement, Report
from checker.web.marks import Layer, paragraphs, runs
from checker.web.words import CAVEATS, confidence_words, mark_label

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

AUTHOR, INITIALS = "Health claim checker", "HCC"
_ILLEGAL = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no character for."""


def docx_bytes(report: Report) -> bytes:
    """The bytes of a .docx file; its text is the draft's, paragraph by paragraph, then what the draft leaves out."""
    from docx import Document as new_document

    document: Document = new_document()
    document.core_properties.author, document.core_properties.title = AUTHOR, "Draft with comments"
    document.core_properties.comments = ""
    document.core_properties.created = document.core_properties.modified = datetime(2000, 1, 1)  # the same report, the same file
    commented: dict[int, list[Run]] = {}
    for index, run in _write_draft(document, report):
        commented.setdefault(index, []).append(run)
    for index, written in commented.items():
        document.add_comment(written, text=_comment(report.judgements[index]), author=AUTHOR, initials=INITIALS)
    _write_caveats(document, report.missing)
    silence = "A sentence without a comment is not approved: the checker reads the abstract only, and misses things."
    document.add_paragraph().add_run(silence).italic = True
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _write_draft(document: Document, report: Report) -> Iterator[tuple[int, Run]]:
    """Writes the paragraphs; yields each run of a flagged sentence with the sentence's index."""
    text = report.draft_text
    headline = next((judgement.sentence for judgement in report.judgements if judgement.sentence.role == "headline"), None)
    sentences = [Layer(j.sentence.start, j.sentence.end, "sentence", index=i) for i, j in enumerate(report.judgements) if j.flagged]
    for block, members in groupby(runs(len(text), [*paragraphs(text), *sentences]), key=lambda run: run.first("paragraph")):
        if block is None:
            continue
        titled = headline is not None and block.start <= headline.start < block.end
        paragraph: Paragraph = document.add_heading(level=1) if titled else document.add_paragraph()
        for piece in members:
            run = paragraph.add_run(_legal(text[piece.start : piece.end]))
            if sentence := piece.first("sentence"):
                run.font.underline = True
                yield sentence.index, run


def _comment(judgement: Judgement) -> str:
    lines = [mark_label(judgement), judgement.why]
    lines += [f"The abstract says: “{tidy(span.text)}”" for span in judgement.evidence]
    if judgement.suggestion:
        lines.append(f"Instead: “{tidy(judgement.suggestion)}”")
    lines.append(f"How sure: {confidence_words(judgement.confidence)[0].lower()}{confidence_words(judgement.confidence)[1:]}.")
    return _legal("\n".join(filter(None, lines)))


def _write_caveats(document: Document, missing: Sequence[Caveat]) -> None:
    if not missing:
        return
    document.add_heading("Missing from this draft", level=2)
    for caveat in missing:
        paragraph = document.add_paragraph(style="List Bullet")
        paragraph.add_run(f"{CAVEATS[caveat.name]}. ").bold = True
        if caveat.suggestion:
            paragraph.add_run(_legal(f"To add: “{tidy(caveat.suggestion)}”. "))
        if caveat.trigger.text.strip():
            paragraph.add_run(_legal(f"The abstract says: “{tidy(caveat.trigger.text)}”"))


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
