"""What is taken away is opened again, by the libraries that others would open it with."""

from __future__ import annotations

import io
import json
from html.parser import HTMLParser
from zipfile import ZipFile

import pytest
from docx import Document

from checker.errors import InputError
from checker.export import export
from checker.types import Report
from tests.web_sample import EXAMPLE, bare_report, judged, sample_report

HOSTILE = 'He said ${7*7} `x` <script>alert(1)</script> <img src=x onerror="alert(2)">.\n\nשלום 🦠 \x00\x0b done.'


def comments(report: Report) -> list[tuple[str, str]]:
    """(the words that a comment is anchored to, the comment)."""
    document = Document(io.BytesIO(export(report, "docx")))
    anchored: dict[int, str] = {}
    body = document.element.body
    open_now: set[int] = set()
    for node in body.iter():
        tag = node.tag.rpartition("}")[2]
        if tag == "commentRangeStart":
            open_now.add(int(node.values()[0]))
        elif tag == "commentRangeEnd":
            open_now.discard(int(node.values()[0]))
        elif tag == "t":
            for number in open_now:
                anchored[number] = anchored.get(number, "") + (node.text or "")
    return [(anchored[comment.comment_id], comment.text) for comment in document.comments]


def test_each_finding_is_a_comment_on_its_own_sentence() -> None:
    report = sample_report()
    found = comments(report)
    assert [words for words, _ in found] == [judgement.sentence.text for judgement in report.findings]
    for (_, said), judgement in zip(found, report.findings, strict=True):
        assert judgement.why in said
        assert all(f"“{span.text}”" in said for span in judgement.evidence)


def test_the_word_file_holds_the_draft_and_what_it_leaves_out_and_is_the_same_each_time() -> None:
    report = sample_report()
    document = Document(io.BytesIO(export(report, "docx")))
    told = [paragraph.text for paragraph in document.paragraphs]
    assert "\n\n".join(told).startswith(EXAMPLE.draft.full.strip())
    assert document.paragraphs[0].style.name == "Heading 1"
    missing = told[told.index("Missing from this draft") :]
    assert all(any(caveat.suggestion in line for line in missing) for caveat in report.missing)
    parts = [ZipFile(io.BytesIO(export(report, "docx"))) for _ in range(2)]
    assert parts[0].read("word/document.xml") == parts[1].read("word/document.xml")


@pytest.mark.parametrize("format", ["docx", "html", "json", "fixes", "text"])
def test_any_text_can_be_taken_away(format: str) -> None:
    report = bare_report(HOSTILE, (judged(HOSTILE, HOSTILE),), study=HOSTILE)
    assert export(report, format)
    if format == "docx":
        assert "🦠" in comments(report)[0][0]


def test_a_word_comment_spans_a_sentence_with_a_paragraph_in_it() -> None:
    text = "One half\n\nand the other."
    assert comments(bare_report(text, (judged(text, text),)))[0][0] == "One halfand the other."


class Page(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"src", "href"}]

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_page_stands_alone_and_quotes_both_sides() -> None:
    report = sample_report()
    source = export(report, "html").decode()
    page = Page(source)
    assert not {"script", "link", "img", "iframe"} & set(page.tags)
    assert not page.links
    assert "url(" not in source
    told = " ".join(" ".join(page.words).split())
    for judgement in report.findings:
        assert " ".join(judgement.sentence.text.split()) in told
        assert all(" ".join(span.text.split()) in told for span in judgement.evidence)
    assert all(caveat.suggestion in told for caveat in report.missing)
    assert page.tags.count("mark") == len(report.findings)
    assert "role=" not in source.partition('id="marked-draft"')[2].partition("</div>")[0], "a mark that does nothing is no button"


def test_hostile_text_is_inert_on_the_page() -> None:
    page = Page(export(bare_report(HOSTILE, (judged(HOSTILE, HOSTILE),), study=HOSTILE), "html").decode())
    assert not {"script", "img"} & set(page.tags)


def test_the_fixes_name_what_to_change_and_what_to_add_and_nothing_else() -> None:
    report = sample_report()
    told = " ".join(export(report, "fixes").decode().split())
    assert all(" ".join(judgement.sentence.text.split()) in told for judgement in report.findings)
    assert all(caveat.suggestion in told for caveat in report.missing)
    assert "Told:" not in told


def test_json_is_the_wire_format_and_another_format_is_refused() -> None:
    report = sample_report()
    assert Report.from_dict(json.loads(export(report, "json"))) == report
    with pytest.raises(InputError, match="docx"):
        export(report, "pdf")
