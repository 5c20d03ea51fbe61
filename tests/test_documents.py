"""Drafts and abstracts in the files that newsrooms keep them in."""

from __future__ import annotations

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document

from checker.documents import MAX_UNPACKED, text_of
from checker.errors import InputError
from checker.files import draft_of, read_text
from checker.segment import segment_draft


def word(*paragraphs: str) -> bytes:
    document = Document()
    document.add_heading(paragraphs[0])
    for paragraph in paragraphs[1:]:
        document.add_paragraph(paragraph)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf(*lines: str, password: str = "") -> bytes:
    """A page of lines in the PDF format, as small as it goes."""
    from pypdf import PdfReader, PdfWriter

    drawn = "BT /F1 12 Tf 14 TL 72 720 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = "%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n"
    start = len(made)
    made += "xref\n0 6\n0000000000 65535 f \n" + "".join(f"{place:010d} 00000 n \n" for place in places)
    made += f"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF"
    if not password:
        return made.encode()
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made.encode())))
    writer.encrypt(password, algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_word_keeps_the_headline_and_the_paragraphs() -> None:
    text = text_of(word("Pill helps", "It helped some.", "It was small."), "draft.docx")
    assert text == "Pill helps\n\nIt helped some.\n\nIt was small."
    assert next((s.text, s.role) for s in segment_draft(draft_of(text))) == ("Pill helps", "headline")


def test_html_is_read_without_what_stands_around_the_story() -> None:
    page = (
        "<!doctype html><html><head><title>Site</title><style>p{}</style></head><body><nav>Home Sport</nav><h1>Pill helps</h1>"
        "<p>It <b>helped</b>\n some &amp; hurt none.</p><script>track()</script><p>It was small.</p><footer>Contact</footer></body></html>"
    )
    assert text_of(page.encode(), "story.html") == "Pill helps\n\nIt helped some & hurt none.\n\nIt was small."


def test_a_pdf_has_its_lines_joined_into_sentences() -> None:
    text = text_of(pdf("Cooling may ease insomnia, but the approach has hardly", "been tested in people with chronic in-", "somnia."), "study.pdf")
    assert text == "Cooling may ease insomnia, but the approach has hardly been tested in people with chronic insomnia."


def test_plain_text_and_markdown_come_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "draft.md"
    path.write_bytes("Pill helps\r\n\r\nIt cost £5 – “cheap”.".encode("cp1252"))
    assert read_text(str(path), "draft") == "Pill helps\n\nIt cost £5 – “cheap”."


def bomb() -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as made, made.open("word/document.xml", "w") as part:
        for _ in range(MAX_UNPACKED // 10_000_000 + 1):
            part.write(b"0" * 10_000_000)
    return buffer.getvalue()


def archive(name: str) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as made:
        made.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "password"),
        (archive("notes.txt"), "no Word file"),
        (archive("word/document.xml"), "damaged Word file"),
        (b"PK\x03\x04 cut off", "damaged Word file"),
        (b"%PDF-1.4 cut off", "damaged PDF"),
        (pdf(), "no text"),
        (pdf("secret", password="pw"), "password"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "no document"),
    ],
)
def test_what_holds_no_text_is_refused_with_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as refused:
        text_of(data, "given.file")
    assert "given.file" in str(refused.value)


def test_a_file_that_unpacks_to_gigabytes_is_not_unpacked() -> None:
    with pytest.raises(InputError, match="would unpack to"):
        text_of(bomb(), "bomb.docx")
