from __future__ import annotations

import json
from pathlib import Path

import pytest

from checker import Checker, OutputError
from checker.batch import CHUNK, Tally, read_items, run_batch
from tests.conftest import ABSTRACT, DRAFT


def write(path: Path, *lines: object) -> Path:
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n", encoding="utf-8")
    return path


def run(checker: Checker, source: Path, output: Path, fingerprint: str = "f") -> tuple[Tally, list[dict]]:
    tally = run_batch(checker, read_items(source), output, fingerprint=fingerprint, progress=lambda _: None)
    return tally, [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


GOOD = {"id": "a", "draft": {"headline": "Copper cut pain", "text": "It eased pain 😀."}, "study": {"text": ABSTRACT, "year": 2024}, "desk": "health"}


def test_one_line_out_for_each_line_in_whatever_it_holds(tiny_checker: Checker, tmp_path: Path) -> None:
    source = write(
        tmp_path / "in.jsonl", GOOD, "{broken", {"id": "b", "draft": "", "study": ABSTRACT}, {"id": "a", "draft": DRAFT, "study": ABSTRACT},
        {"id": "c", "draft": DRAFT}, [1], {"id": "d", "draft": DRAFT, "study": ABSTRACT},
    )  # fmt: skip
    tally, lines = run(tiny_checker, source, tmp_path / "out.jsonl")
    assert [line["id"] for line in lines] == ["a", "2", "b", "a", "c", "6", "d"]
    assert [line.get("error", {}).get("code") for line in lines] == [None, "bad_json", "no_draft", "duplicate_id", "bad_line", "bad_line", None]
    assert all(("report" in line) != ("error" in line) for line in lines)
    assert lines[0]["desk"] == "health"
    assert lines[0]["report"]["sentences"][0]["role"] == "headline"
    assert "line 4" in lines[3]["error"]["message"]
    assert (tally.done, tally.failed) == (7, 5)


def test_a_killed_run_goes_on_and_ends_the_same(tiny_checker: Checker, tmp_path: Path) -> None:
    rows = [{"id": str(n), "draft": f"The drug cut pain by {n} percent.", "study": ABSTRACT} for n in range(2 * CHUNK + 3)]
    source = write(tmp_path / "in.jsonl", *rows)
    _, whole = run(tiny_checker, source, tmp_path / "whole.jsonl")

    class Killed(BaseException):
        pass

    def kill(tally: Tally) -> None:
        raise Killed

    output = tmp_path / "out.jsonl"
    with pytest.raises(Killed):
        run_batch(tiny_checker, read_items(source), output, fingerprint="f", progress=kill)
    with output.open("a") as file:
        file.write('{"id": "torn')
    tally, lines = run(tiny_checker, source, output)
    assert tally.resumed == CHUNK
    assert lines == whole


def test_an_unfinished_run_of_other_input_is_not_mixed_in(tiny_checker: Checker, tmp_path: Path) -> None:
    source, output = write(tmp_path / "in.jsonl", GOOD), tmp_path / "out.jsonl"
    output.write_text("{}\n")
    (tmp_path / "out.jsonl.run").write_text("another run")
    with pytest.raises(OutputError, match="--fresh"):
        run(tiny_checker, source, output)


def test_csv_parquet_and_folders_say_the_same(tiny_checker: Checker, tmp_path: Path) -> None:
    import csv

    from datasets import Dataset

    row = {"id": "a", "headline": "Copper cut pain", "draft": "It eased pain.", "study": ABSTRACT}
    with (tmp_path / "in.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)
    Dataset.from_list([row]).to_parquet(str(tmp_path / "in.parquet"))
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a.draft.txt").write_text("Copper cut pain\n\nIt eased pain.")
    (folder / "a.study.txt").write_text(ABSTRACT)
    (folder / "b.draft.txt").write_text("No study beside me.")
    found = [run(tiny_checker, source, tmp_path / f"{source.name}.out")[1] for source in (tmp_path / "in.csv", tmp_path / "in.parquet", folder)]
    verdicts = [[s["verdict"] for s in lines[0]["report"]["sentences"]] for lines in found]
    assert verdicts[0] == verdicts[1] == verdicts[2]
    assert found[2][1]["error"]["code"] == "no_file"
