from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from checker import cli
from tests.conftest import ABSTRACT, DRAFT


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "draft.txt").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "study.txt").write_text(ABSTRACT, encoding="utf-8")
    return tmp_path / "draft.txt", tmp_path / "study.txt"


def call(*arguments: object, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(sys, "argv", ["checker", *map(str, arguments)])
    with pytest.raises(SystemExit) as stop:
        cli.main()
    return int(stop.value.code or 0)


def test_check_prints_what_to_fix_with_both_sides_quoted(files, tiny_folder, monkeypatch, capfdbinary) -> None:
    assert call("check", files[0], "--study", files[1], "--model", tiny_folder, monkeypatch=monkeypatch) == cli.FLAGGED
    out = capfdbinary.readouterr().out.decode()
    assert "OVERSTATED" in out
    assert "The abstract says: “" in out
    assert "the study followed only 24 adults" in out


def test_check_json_goes_to_a_file_and_nothing_flagged_exits_0(files, tiny_folder, tmp_path, monkeypatch) -> None:
    files[0].write_text("Would you wear one?", encoding="utf-8")
    output = tmp_path / "report.json"
    assert (
        call("check", files[0], "--study", files[1], "--format", "json", "-o", output, "--model", tiny_folder, monkeypatch=monkeypatch) == cli.CLEAN
    )
    assert json.loads(output.read_text())["sentences"][0]["verdict"] == "no_claim"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "does not exist"),
        (b"", "is empty"),
        (b"\x00\x01\x02binary\xff", "no document"),
        (b"%PDF-1.7\xff\xfe\x93", "damaged PDF"),
    ],
)
def test_files_that_cannot_be_read_say_what_to_do(content, says, files, monkeypatch, capsys) -> None:
    files[0].unlink() if content is None else files[0].write_bytes(content)
    assert call("check", files[0], "--study", files[1], monkeypatch=monkeypatch) == cli.FAILED
    message = capsys.readouterr().err
    assert says in message
    assert "Traceback" not in message


def test_a_folder_an_empty_abstract_and_an_unwritable_output_are_refused_early(files, tmp_path, monkeypatch, capsys) -> None:
    assert call("check", tmp_path, "--study", files[1], monkeypatch=monkeypatch) == cli.FAILED
    assert "is a folder" in capsys.readouterr().err
    files[1].write_text("…")
    assert call("check", files[0], "--study", files[1], monkeypatch=monkeypatch) == cli.FAILED
    assert "no abstract" in capsys.readouterr().err
    files[1].write_text(ABSTRACT)
    assert call("check", files[0], "--study", files[1], "-o", tmp_path / "no" / "where.txt", monkeypatch=monkeypatch) == cli.FAILED
    assert "does not exist" in capsys.readouterr().err


def test_another_encoding_is_detected(tmp_path: Path) -> None:
    from checker.files import read_text

    path = tmp_path / "draft.txt"
    path.write_bytes("Café owners’ hearts: “fine”, says the study of coffee — so far. ".encode("cp1252") * 5)
    assert "Café owners" in read_text(str(path), "draft")
    path.write_bytes("\ufeffIt works.\r\nReally.".encode())
    assert read_text(str(path), "draft") == "It works.\nReally."


def test_usage_errors_exit_2(files, monkeypatch) -> None:
    assert call("check", files[0], monkeypatch=monkeypatch) == cli.USAGE
    assert call("check", files[0], "--study", files[1], "--format", "xml", monkeypatch=monkeypatch) == cli.USAGE


def test_batch_exit_code_tells_of_lines_that_failed(files, tiny_folder, tmp_path, monkeypatch, capsys) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(json.dumps({"id": 1, "draft": DRAFT, "study": ABSTRACT}) + "\n")
    arguments = ("batch", source, "-o", tmp_path / "out.jsonl", "--model", tiny_folder)
    assert call(*arguments, monkeypatch=monkeypatch) == cli.FLAGGED
    with source.open("a") as file:
        file.write("{}\n")
    assert call(*arguments, monkeypatch=monkeypatch) == cli.FAILED
    assert "1 could not be checked" in capsys.readouterr().err
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2


def test_help_does_not_import_torch() -> None:
    code = (
        "import sys; sys.argv=['checker','--help'];\ntry:\n import checker.cli as c; c.main()\nexcept SystemExit: pass\nprint('torch' in sys.modules)"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip().endswith("False")


def test_validate_names_every_problem_with_its_line(tmp_path, monkeypatch, capsys) -> None:
    case = {
        "id": "x", "study": {"text": "Pain fell in 3 of 10 people (50%)."}, "draft": {"text": "Pain fell."},
        "sentences": [{"text": "Pain fell.", "role": "body", "verdict": "supported", "kinds": ["causal"], "evidence": ["Pain rose"]}],
        "caveats": {"size": "missing"},
    }  # fmt: skip
    (tmp_path / "cases.jsonl").write_text(json.dumps(case) + "\n")
    assert call("validate", tmp_path / "cases.jsonl", monkeypatch=monkeypatch) == cli.FAILED
    message = capsys.readouterr().err
    for problem in ("cases.jsonl:1", "does not go with supported", "not verbatim", "unknown caveat 'size'", "does not add up"):
        assert problem in message
