"""The text of a document as newsrooms keep them: plain text, Markdown, HTML, Word, PDF. Bytes in, text out, nothing on disk.

What a file is is told by its first bytes, not by its name. Word files come from the
open: a small archive can unpack to gigabytes, so its size is looked at before it is read.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from zipfile import BadZipFile, ZipFile

from charset_normalizer import from_bytes

from checker.errors import InputError

MAX_UNPACKED = 200_000_000
"""Bytes that the parts of a Word file may come to."""
MAX_PAGES = 60
"""Pages of a PDF that are read: a draft or an abstract is shorter."""
AROUND = ("nav", "footer", "aside", "form", "button", "figure", "noscript", "select", "svg")
"""Parts of a web page that are not its story."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_PARAGRAPH_END = re.compile(r"[.!?:”\"’)]\s*$")


def text_of(data: bytes, name: str) -> str:
    """The text of a document's bytes, paragraphs apart by a blank line, line ends folded to \\n; `name` is for messages.

    Raises:
        InputError: for what holds no text to read, saying what to do instead.
    """
    if data[:4] == b"PK\x03\x04":
        return _word(data, name)
    if b"%PDF" in data[:1024]:
        return _pdf(data, name)
    if data[:4] == _OLD_OFFICE:
        raise InputError(
            f"{name} is protected by a password or is an old .doc: save it as .docx without a password, or paste its text", code="protected"
        )
    text = decode(data, name)
    if re.match(r"\s*(?:<!doctype html|<html\b|<\?xml[^>]*>\s*<html\b)", text, re.IGNORECASE):
        return _html(text)
    return text


def decode(data: bytes, name: str) -> str:
    """Bytes of a plain text, UTF-8 first, then the detected encoding; line ends folded to \\n.

    Raises:
        InputError: for binary files and unknown encodings.
    """
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        if b"\x00" in data[:4096]:
            raise InputError(f"{name} is no document that can be read: give .txt, .md, .html, .docx or .pdf", code="binary") from error
        found = from_bytes(data)
        # English from a newsroom's computer is Windows-1252 far more often than its neighbours, which differ in a few signs.
        best = next((match for match in found if match.encoding == "cp1252"), found.best())
        if best is None:
            raise InputError(f"{name} is in an unknown encoding: save it as UTF-8 and try again", code="encoding") from error
        text = str(best)
    if "\x00" in text:
        raise InputError(f"{name} is no document that can be read: give .txt, .md, .html, .docx or .pdf", code="binary")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _word(data: bytes, name: str) -> str:
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            size = sum(part.file_size for part in archive.infolist())
        if "word/document.xml" not in names:
            raise InputError(f"{name} is an archive and no Word file: give .txt, .md, .html, .docx or .pdf", code="binary")
        if size > MAX_UNPACKED:
            raise InputError(f"{name} would unpack to {size / 1e6:,.0f} MB: paste its text instead", code="too_long")
        from docx import Document

        document = Document(io.BytesIO(data))
    except InputError:
        raise
    except (BadZipFile, KeyError, ValueError, OSError) as error:
        raise InputError(f"{name} is a damaged Word file: save it again, or paste its text", code="damaged") from error
    return "\n\n".join(paragraph.text.strip() for paragraph in document.paragraphs if paragraph.text.strip())


def _html(text: str) -> str:
    from inscriptis import get_text
    from inscriptis.css_profiles import STRICT_CSS_PROFILE
    from inscriptis.model.config import ParserConfig

    unseen = STRICT_CSS_PROFILE["script"]  # what is around a story is no part of it
    told = get_text(text, ParserConfig(css={**STRICT_CSS_PROFILE, **dict.fromkeys(AROUND, unseen)}))
    blocks = re.split(r"\n\s*\n", told)
    return "\n\n".join(" ".join(block.split()) for block in blocks if block.strip())


def _pdf(data: bytes, name: str) -> str:
    from pypdf import PdfReader
    from pypdf.errors import FileNotDecryptedError, PdfReadError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(f"{name} is protected by a password: paste its text instead", code="protected")
        pages = [page.extract_text() for page in reader.pages[:MAX_PAGES]]
    except FileNotDecryptedError as error:
        raise InputError(f"{name} is protected by a password: paste its text instead", code="protected") from error
    except (PdfReadError, ValueError, KeyError, TypeError, OSError, RecursionError) as error:
        raise InputError(f"{name} is a damaged PDF: save it again, or paste its text", code="damaged") from error
    text = "\n\n".join(_unwrapped("\n".join(pages)))
    if not text:
        raise InputError(f"{name} holds pictures of pages and no text: paste the text instead", code="no_text")
    return text


def _unwrapped(text: str) -> Iterator[str]:
    """Paragraphs from the lines of a page: a line that ends a sentence well short of the others ends a paragraph."""
    lines = [line.strip() for line in text.split("\n")]
    usual = sorted(len(line) for line in lines)[int(len(lines) * 0.75)] if lines else 0
    current = ""
    for line in lines:
        if not line:
            if current:
                yield current
            current = ""
            continue
        current = f"{current[:-1]}{line}" if re.search(r"[a-z]-$", current) and line[0].islower() else f"{current} {line}".strip()
        if len(line) < 0.8 * usual and _PARAGRAPH_END.search(line):
            yield current
            current = ""
    if current:
        yield current
