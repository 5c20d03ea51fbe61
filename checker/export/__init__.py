"""A report to take away: Word with comments, one self-contained HTML page, JSON in the wire format, the fixes as text.

Nothing is written here: each format is bytes made in memory, so that no text of a draft is left on a disk unasked.
"""

from __future__ import annotations

from checker.errors import InputError
from checker.types import Report

FORMATS = ("text", "fixes", "json", "html", "docx")


def export(report: Report, format: str) -> bytes:
    """A report in one of `FORMATS`; texts are UTF-8.

    Raises:
        InputError: for a format that there is not.
    """
    if format == "docx":
        from checker.export.word import docx_bytes

        return docx_bytes(report)
    return _text(report, format).encode("utf-8", "backslashreplace")


def _text(report: Report, format: str) -> str:
    if format == "json":
        import json

        from checker.wire import dump_line

        return json.dumps(json.loads(dump_line(report.to_dict())), indent=2) + "\n"
    if format == "html":
        from checker.export.page import html_page

        return html_page(report)
    if format == "fixes":
        from checker.render import render_fixes

        return render_fixes(report)
    if format == "text":
        from checker.render import render_text

        return render_text(report)
    raise InputError(f"there is no format {format!r}: give one of {', '.join(FORMATS)}", code="bad_format")
