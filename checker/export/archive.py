"""Many reports to take away: one zip of the data, a table for spreadsheets, and a page that stands alone for each draft."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from checker.export import export
from checker.render import tidy
from checker.types import Judgement, Report
from checker.web.view import severity_order
from checker.web.words import mark_label
from checker.wire import dump_line

Line = Mapping[str, Any]
"""An output line of a batch: an id with a report or an error."""

_COLUMNS = ("id", "headline", "findings", "missing_caveats", "worst_label", "worst_sentence", "error", "page")
_FORMULA = ("=", "+", "-", "@")
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Summary:
    """One draft of a batch as a table tells it; without a report it says why."""

    id: str
    title: str = ""
    findings: int | None = None
    missing: int | None = None
    worst: Judgement | None = None
    error: str = ""


def summary_of(line: Line) -> Summary:
    """The summary of an output line; the title is the headline, or else how the draft begins."""
    if "report" not in line:
        return Summary(line["id"], error=line["error"]["message"])
    report = Report.from_dict(line["report"])
    order = severity_order(report)
    title = next((judgement.sentence.text for judgement in report.judgements), report.draft_text)
    return Summary(line["id"], tidy(title), len(order), len(report.missing), report.judgements[order[0]] if order else None)


def zip_bytes(lines: Sequence[Line]) -> bytes:
    """A zip with reports.jsonl as `checker batch` writes it, summary.csv, and reports/NUMBER-ID.html."""
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(_COLUMNS)
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        for number, line in enumerate(lines, 1):
            summary, page = summary_of(line), ""
            if "report" in line:
                page = f"reports/{number:03}-{safe_name(summary.id)}.html"
                _add(archive, page, export(Report.from_dict(line["report"]), "html"))
            worst = (mark_label(summary.worst), tidy(summary.worst.sentence.text)) if summary.worst else ("", "")
            cells = (summary.id, summary.title, summary.findings, summary.missing, *worst, summary.error, page)
            writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])
        _add(archive, "reports.jsonl", "".join(dump_line(line) + "\n" for line in lines).encode())
        _add(archive, "summary.csv", table.getvalue().encode("utf-8-sig", "backslashreplace"))
    return buffer.getvalue()


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> guarded("=1+1"), guarded("1 + 1")
    ("'=1+1", '1 + 1')
    """
    return f"'{cell}" if cell.lstrip().startswith(_FORMULA) else cell


def safe_name(id: str) -> str:
    """A file's name from any id, to stand after a number.

    >>> safe_name("../desk/Über 1"), safe_name("…")
    ('desk-ber-1', 'draft')
    """
    return re.sub(r"[^A-Za-z0-9]+", "-", id)[:_LONGEST_NAME].strip("-") or "draft"


def _add(archive: ZipFile, name: str, data: bytes) -> None:
    member = ZipInfo(name)  # its fixed date: the same reports, the same zip
    member.external_attr = 0o644 << 16
    archive.writestr(member, data, ZIP_DEFLATED)
