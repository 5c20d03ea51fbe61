"""The Batch, Benchmark and About tabs without a browser: what files are taken, what is shown and taken away."""

from __future__ import annotations

import csv
import io
import json
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest

from checker.errors import InputError
from checker.export.archive import summary_of, zip_bytes
from checker.types import Draft, Report, Study
from checker.web import drafts_file
from checker.web.about_tab import about
from checker.web.batch_tab import Batch, _open, _run, _show, _stop
from checker.web.batch_view import batch_table
from checker.web.benchmark_tab import RESULTS, benchmark
from checker.web.drafts_file import read_drafts
from checker.web.loading import BackgroundChecker
from checker.web.markdown import html_of
from checker.web.words import CAVEATS, VERDICTS
from tests.test_web_view import HOSTILE, Reader, text_of
from tests.web_sample import EXAMPLE, bare_report, judged, sample_report

ROW = {"id": "a", "draft": "Tea cures.", "study": "A study of 10 mice."}
LINE = json.dumps(ROW).encode()


def zipped(parts: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def patched(archive: bytes, offset: int, value: bytes) -> bytes:
    """The zip with other bytes in its directory's first entry."""
    at = archive.index(b"PK\x01\x02") + offset
    return archive[:at] + value + archive[at + len(value) :]


class FakeChecker:
    def check(self, draft: Draft, study: Study) -> Report:
        if "break me" in draft.text:
            raise ValueError("secret inner state")
        return bare_report(draft.full, (judged(draft.full, draft.text),), study=study.text)

    def check_many(self, pairs: Sequence[tuple[Draft, Study]]) -> list[Report]:
        return [self.check(*pair) for pair in pairs]


def told(update: object) -> str:
    return text_of(str(update))


def test_a_zip_of_all_kinds_of_files_is_read_and_what_is_broken_becomes_an_error() -> None:
    data = zipped(
        {
            "desk/one.jsonl": LINE + b"\n{broken\n" + b"[" * 100_000 + b"\n",
            "two.csv": "id,headline,draft,study\n=b,Größe,“Tea” cures.,A study\n".encode("cp1252", "replace"),
            "bad.csv": b"name;text\n1;2\n",
            "desk/c.draft.txt": "Tea – cures.\n".encode(),
            "desk/c.study.txt": b"A study.",
            "d.draft.txt": b"Alone.",
            "e.draft.txt": b"\x00\xff\xfe",
            "e.study.txt": b"A study.",
            "__MACOSX/._one.jsonl": b"x",
            "notes.docx": b"x",
        }
    )
    items = read_drafts(data, "Drafts.ZIP")
    assert [(item.id, item.error and item.error.code) for item in items] == [
        ("bad.csv", "no_columns"), ("a", None), ("2", "bad_json"), ("3", "bad_json"), ("=b", None),
        ("d", "no_file"), ("desk/c", None), ("e", "binary"),
    ]  # fmt: skip
    assert items[6].draft == Draft("Tea – cures.")
    assert items[4].draft is not None
    assert items[4].draft.text == "“Tea” cures."


def test_a_row_that_cannot_be_read_as_csv_leaves_the_others() -> None:
    data = f"id,draft,study,year\na,{'x' * 200_000},s,²\nb,Tea cures.,A study,²\n".encode()
    items = read_drafts(data, "x.csv")
    assert [(item.id, item.error and item.error.code) for item in items] == [("1", "bad_csv"), ("b", None)]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("x.jsonl", b" " * (drafts_file.MAX_FILE + 1), "too_long"),
        ("x.docx", b"PK\x03\x04", "bad_type"),
        ("x.jsonl", b"\n\n", "empty_file"),
        ("x.csv", b"\x00\x01\x02\xff", "binary"),
        ("x.jsonl", b"{}\n" * (drafts_file.MOST_DRAFTS + 1), "too_many"),
        ("x.zip", b"PK\x03\x04 torn", "damaged"),
        ("x.zip", zipped({"photo.png": b"x"}), "empty_file"),
        ("bomb.zip", zipped({"x.jsonl": bytes(drafts_file.MAX_UNPACKED + 1)}), "too_long"),
        ("bomb.zip", zipped({f"{n}.txt": b"" for n in range(drafts_file.MAX_ENTRIES + 1)}), "too_long"),
        ("liar.zip", patched(zipped({"x.jsonl": bytes(60_000_000)}), 24, b"\x10\x00\x00\x00"), "damaged"),
        ("locked.zip", patched(zipped({"x.jsonl": LINE}), 8, b"\x01"), "protected"),
        ("lzma.zip", zipped({"x.jsonl": LINE}, ZIP_LZMA), "bad_type"),
        ("torn.zip", zipped({"x.jsonl": LINE * 99}).replace(b"x.jsonl", b"x.jsonl" + b"\xff" * 9, 1), "damaged"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_says_why(name: str, data: bytes, code: str) -> None:
    with pytest.raises(InputError, match=name) as caught:
        read_drafts(data, name)
    assert caught.value.code == code


def test_no_more_is_unpacked_than_the_limit_whatever_the_directory_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts_file, "sum", lambda sizes: 0, raising=False)
    with pytest.raises(InputError, match="unpack to more than 50 MB"):
        read_drafts(zipped({"x.jsonl": bytes(drafts_file.MAX_UNPACKED + 1)}), "x.zip")


def opened(*rows: object, before: Batch | None = None) -> Batch:
    data = "\n".join(json.dumps(row) for row in rows).encode()
    batch, _, _ = _open("x.jsonl", b64encode(data).decode(), before)
    assert isinstance(batch, Batch)
    return batch


def test_a_batch_stops_goes_on_and_gives_way_to_another_file() -> None:
    background = BackgroundChecker(FakeChecker)
    batch = opened(*({"draft": f"Tea {n} cures.", "study": "A study."} for n in range(10)))
    run = _run(background, batch)
    next(run)
    assert told(next(run)[0]) == "Checked 4 of 10 …"
    _stop(batch)
    line, table = list(run)[-1]
    assert told(line) == "Stopped: 4 of 10 are checked and kept; 4 drafts have something to fix. Check all goes on with the rest."
    assert str(table).count("data-open") == 4
    again = _run(background, batch)
    next(again)
    assert told(next(again)[0]) == "Checked 8 of 10 …"
    other = opened(ROW, before=batch)
    assert list(again) == [], "the old file's run says nothing over the new one's"
    assert told(list(_run(background, other))[-1][0]) == "Checked 1 draft: 1 draft has something to fix."


def test_a_draft_on_which_the_checker_fails_stops_no_other() -> None:
    batch = opened(ROW, {"id": "b", "draft": "break me", "study": "A study."}, {"id": "c", "draft": "Tea cures.", "study": "A study."})
    line, table = list(_run(BackgroundChecker(FakeChecker), batch))[-1]
    assert told(line) == "Checked 3 drafts: 2 drafts have something to fix, 1 could not be checked."
    assert "secret" not in str(table)


@pytest.mark.parametrize("index", ["", "-1", "9", "x", "1"])
def test_a_row_that_is_not_there_opens_nothing(index: str) -> None:
    batch = opened(ROW, {"id": "broken"})
    list(_run(BackgroundChecker(FakeChecker), batch))
    assert "Open a file of drafts first" in str(_show(index, batch)[-1])
    assert "Open a file of drafts first" in str(_show("0", None)[-1])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_drafts_stay_text_in_the_table(text: str) -> None:
    report = bare_report(text, (judged(text, text),)).to_dict()
    error = {"code": "bad_line", "message": text}
    source = batch_table([summary_of({"id": text, "report": report}), summary_of({"id": text, "error": error})])
    reader = Reader(source)
    assert {tag for tag, _ in reader.tags} <= {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "button", "span"}
    assert not [name for _, attributes in reader.tags for name in attributes if name.startswith("on") or name in {"src", "href", "style"}]
    assert not set("`{}$") & set(source)


def test_the_table_has_most_findings_first_and_errors_last() -> None:
    flat = bare_report("It rained.")
    lines = [
        {"id": "e", "error": {"code": "x", "message": "No."}},
        {"id": "flat", "report": flat.to_dict()},
        {"id": "t", "report": sample_report().to_dict()},
    ]
    reader = Reader(batch_table([summary_of(line) for line in lines]))
    assert [button["data-open"] for button in reader.find("button", "data-open")] == ["2", "1"]
    assert [head["aria-sort"] for head in reader.find("th", "aria-sort")] == ["none", "descending", "none"]
    words = "".join(reader.text)
    assert words.index(EXAMPLE.draft.headline) < words.index("It rained.") < words.index("Could not be checked: No.")


def test_the_zip_guards_its_cells_and_names() -> None:
    ids = ["=1+1", "../../etc/passwd", "..", "\tCON", "x" * 300, "\ud83d", "-2"]
    report = bare_report("@SUM(A1) cures.", (judged("@SUM(A1) cures.", "@SUM(A1) cures."),)).to_dict()
    lines = [{"id": name, "report": report} for name in ids]
    with ZipFile(io.BytesIO(zip_bytes([*lines, {"id": "+", "error": {"code": "x", "message": "=No"}}]))) as archive:
        rows = list(csv.DictReader(io.StringIO(archive.read("summary.csv").decode("utf-8-sig"))))
        names = archive.namelist()
        assert len(archive.read("reports.jsonl").splitlines()) == 8
    assert not [cell for row in rows for cell in row.values() if cell.lstrip()[:1] in ("=", "+", "-", "@")]
    assert rows[0]["worst_sentence"] == "'@SUM(A1) cures."
    assert (rows[7]["findings"], rows[7]["error"], rows[7]["page"]) == ("", "'=No", "")
    assert names[:4] == ["reports/001-1-1.html", "reports/002-etc-passwd.html", "reports/003-draft.html", "reports/004-CON.html"]
    assert max(map(len, names)) < 80
    assert zip_bytes(lines) == zip_bytes(lines)


def test_keys_of_an_output_line_cannot_be_given_by_its_input() -> None:
    batch = opened({**ROW, "error": "x", "desk": "health"}, {"id": "b", "report": 3})
    list(_run(BackgroundChecker(FakeChecker), batch))
    assert [sorted(line) for line in batch.lines] == [["desk", "id", "report"], ["error", "id"]]


def test_markdown_is_escaped_and_its_tables_are_tables() -> None:
    source = html_of(
        "---\nlanguage: en\n---\n<!-- no -->\n# A `b` <i>\n\nOne\n**two** ${1} `{{x}}`\n\n"
        "| a | b |\n| --- | --- |\n| 1 \\| 2 | <script> |\n\n[x](javascript:y)"
    )
    assert source.startswith("<h2>A <code>b</code> &lt;i&gt;</h2>\n<p>One\n<strong>two</strong>")
    assert "<td>1 | 2</td>\n<td>&lt;script&gt;</td>" in source
    assert not set("${}`") & set(source)
    assert "no" not in source
    assert "href" not in source


def test_the_benchmark_shows_tables_and_pictures_or_how_to_make_them(tmp_path: Path) -> None:
    assert "checker eval report eval/results" in text_of(benchmark(tmp_path))
    (tmp_path / "LEADERBOARD.md").write_text("# Leaderboard\n\n| system |\n| --- |\n| <b> |\n")
    assert "&lt;b&gt;" in benchmark(tmp_path)
    assert "<img" not in benchmark(tmp_path)
    if RESULTS.is_dir():
        shown = benchmark(RESULTS)
        assert shown.count('<img src="data:image/svg+xml;base64,') >= 3
        assert "<svg" not in shown


@pytest.mark.parametrize("local", [True, False])
def test_about_explains_every_word_and_where_texts_go(local: bool) -> None:
    said = text_of(about("owner/name", local=local))
    assert all(words in said for words in [*VERDICTS.values(), *CAVEATS.values(), "Silence is no approval", "owner/name"])
    assert ("stay on this computer" in said) == local
    assert "no model '../x'" in text_of(about("../x", local=local))
    assert "The card of the model compact" in text_of(about("compact", local=local))
