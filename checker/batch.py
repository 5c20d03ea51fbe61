"""Many drafts: one output line for each input line, in order; nothing is lost.

A broken line becomes an error line. Drafts are judged in chunks that share forward
passes, and each chunk is on disk before the next begins, so that a killed run
resumes where it stopped.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from checker.errors import CheckerError, InputError, OutputError
from checker.labels import FLAGGED
from checker.screen import refuse
from checker.types import CheckerLike, Draft, Report, Study
from checker.wire import dump_line

CHUNK = 16
KNOWN = frozenset({"id", "draft", "study", "report", "error"})
"""Keys that an output line sets itself; any other is carried through."""


@dataclass(frozen=True, slots=True)
class Item:
    """One input line: a pair to judge, or the error that it is; `extra` is carried through."""

    id: str
    draft: Draft | None
    study: Study | None
    extra: dict[str, Any]
    error: InputError | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How a batch went, in lines."""

    done: int = 0
    flagged: int = 0
    failed: int = 0
    resumed: int = 0


def read_items(path: Path) -> Iterator[Item]:
    """Items of a JSON Lines, CSV or Parquet file, or of a folder of such files or of `NAME.draft.txt` and `NAME.study.txt`.

    Raises:
        InputError: when the path itself cannot be read; a bad line yields an error item.
    """
    if path.is_dir():
        yield from _folder(path)
        return
    if not path.is_file():
        raise InputError(f"{path} does not exist: give a .jsonl, .csv or .parquet file, or a folder", code="no_file")
    yield from items_of(_rows(path))


def items_of(rows: Iterable[Any]) -> Iterator[Item]:
    """The items of one file's rows, in order; an id that was there before becomes an error item."""
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        item = read_item(row, number)
        if item.error is None and item.id in seen:
            message = f"line {number}: id {item.id!r} stands on line {seen[item.id]} too; ids must differ"
            item = Item(item.id, None, None, item.extra, InputError(message, code="duplicate_id"))
        seen.setdefault(item.id, number)
        yield item


def _rows(path: Path) -> Iterator[Any]:
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv_rows(file)
    elif path.suffix == ".parquet":
        from datasets import Dataset

        yield from (_unflatten(row) for row in Dataset.from_parquet(str(path)))
    else:
        with path.open("rb") as file:
            yield from json_rows(file)


def json_rows(lines: Iterable[bytes]) -> Iterator[Any]:
    """What stands on each line of a JSON Lines file; a line that is no JSON becomes an InputError."""
    for line in lines:
        if not line.strip():
            continue
        try:
            yield json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            yield InputError(f"not valid JSON: {error}", code="bad_json")


def csv_rows(lines: Iterable[str]) -> Iterator[Any]:
    """The rows of a CSV file in the nested form; a row that cannot be read becomes an InputError."""
    reader = csv.DictReader(lines)
    while True:
        try:
            yield _unflatten(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            yield InputError(f"not valid CSV: {error}", code="bad_csv")


def _unflatten(row: dict[str, Any]) -> dict[str, Any]:
    """Columns `draft`, `headline`, `study`, `title`, `publication_type`, `year` as the nested form."""
    if isinstance(row.get("draft"), dict) or isinstance(row.get("study"), dict):
        return row
    result = {key: value for key, value in row.items() if key not in {"headline", "title", "publication_type", "year"}}
    result["draft"] = {"headline": row.get("headline") or "", "text": row.get("draft") or row.get("text") or ""}
    year = row.get("year")
    result["study"] = {
        "title": row.get("title") or "",
        "text": row.get("study") or row.get("abstract") or "",
        "publication_type": row.get("publication_type") or "",
        "year": int(str(year)) if re.fullmatch("[0-9]{1,4}", str(year)) else None,
    }
    return result


def _folder(path: Path) -> Iterator[Item]:
    drafts = sorted(path.glob("*.draft.txt"))
    files = sorted(p for p in path.iterdir() if p.suffix in {".jsonl", ".csv", ".parquet"})
    if not drafts and not files:
        raise InputError(f"{path} holds no .jsonl, .csv or .parquet file and no NAME.draft.txt with NAME.study.txt", code="no_file")
    for file in files:
        yield from read_items(file)
    for draft in drafts:
        name = draft.name.removesuffix(".draft.txt")
        from checker.files import draft_of, read_text

        try:
            study = Study(read_text(str(draft.with_name(f"{name}.study.txt")), "abstract"))
            yield Item(name, draft_of(read_text(str(draft), "draft")), study, {})
        except InputError as error:
            yield Item(name, None, None, {}, error)


def read_item(row: Any, number: int) -> Item:
    """The item of one line, `number` counted from 1; whatever is wrong with it becomes its error."""
    name = str(number)
    extra: dict[str, Any] = {}
    try:
        if isinstance(row, InputError):
            raise InputError(f"line {number}: {row}", code=row.code)
        if not isinstance(row, dict):
            raise InputError(f"line {number}: expected a JSON object with draft and study", code="bad_line")
        extra = {key: value for key, value in row.items() if key not in KNOWN}
        if row.get("id") not in (None, ""):
            name = str(row["id"])
        draft, study = parse_draft(row.get("draft"), number), parse_study(row.get("study"), number)
        refuse(draft, study)
        return Item(name, draft, study, extra)
    except InputError as error:
        return Item(name, None, None, extra, error)


def parse_draft(value: Any, number: int) -> Draft:
    """A draft from a string or an object with text and headline.

    Raises:
        InputError: for any other value.
    """
    if isinstance(value, str):
        return Draft(value)
    if isinstance(value, dict) and isinstance(value.get("text"), str) and isinstance(value.get("headline") or "", str):
        return Draft(value["text"], value.get("headline") or "")
    raise InputError(f'line {number}: "draft" must be a text, or an object with "text" and "headline"', code="bad_line")


def parse_study(value: Any, number: int) -> Study:
    """A study from a string or an object with text and the record's fields.

    Raises:
        InputError: for any other value.
    """
    if isinstance(value, str):
        return Study(value)
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        texts = {key: str(value.get(key) or "") for key in ("title", "publication_type", "journal", "funding", "registration")}
        year = value.get("year")
        return Study(value["text"], year=year if isinstance(year, int) else None, **texts)
    raise InputError(f'line {number}: "study" must be an abstract, or an object with "text"', code="bad_line")


def run_batch(
    checker: CheckerLike, items: Iterable[Item], output: Path, *, fingerprint: str, progress: Callable[[Tally], None], fresh: bool = False
) -> Tally:
    """Judge every item and append its line; lines of an earlier, killed run of the same input are kept.

    `fingerprint` names input and model: a different one refuses to append to the old output.

    Raises:
        OutputError: when the output cannot be written, or belongs to another run.
    """
    mark = output.with_name(output.name + ".run")
    tally = Tally() if fresh else _resumable(output, mark, fingerprint)
    done = tally.resumed
    try:
        mark.write_text(fingerprint, encoding="utf-8")
        with output.open("ab" if done else "wb") as file:
            chunk: list[Item] = []
            for number, item in enumerate(items):
                if number < done:
                    continue
                chunk.append(item)
                if len(chunk) == CHUNK:
                    tally = _write(file, judge_items(checker, chunk), tally)
                    progress(tally)
                    chunk = []
            tally = _write(file, judge_items(checker, chunk), tally)
            progress(tally)
        mark.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{output} cannot be written: {error.strerror}; free space or choose another path with -o, then run the same command again"
        ) from error
    return tally


def judge_items(checker: CheckerLike, items: list[Item]) -> list[dict[str, Any]]:
    """Output objects for items, in order; a draft that fails becomes an error and the others go on."""
    good = [(item.draft, item.study) for item in items if item.draft is not None and item.study is not None]
    try:
        reports = iter(checker.check_many(good))
        judged: dict[int, Any] = {index: next(reports) for index, item in enumerate(items) if item.error is None}
    except Exception:  # no draft may stop the others: each is judged alone, and only the line of the faulty one says so
        judged = {index: _alone(checker, item) for index, item in enumerate(items) if item.error is None}
    lines = []
    for index, item in enumerate(items):
        outcome = item.error or judged[index]
        body = {"error": {"code": outcome.code, "message": str(outcome)}} if isinstance(outcome, CheckerError) else {"report": outcome.to_dict()}
        lines.append({**item.extra, "id": item.id, **body})
    return lines


def _alone(checker: CheckerLike, item: Item) -> Report | CheckerError | None:
    if item.draft is None or item.study is None:
        return item.error
    try:
        return checker.check(item.draft, item.study)
    except CheckerError as error:
        return error
    except Exception as error:  # the words of a fault may hold the draft's
        return CheckerError(f"this draft could not be checked through a fault in the checker ({type(error).__name__})", code="failed")


def _write(file: Any, lines: list[dict[str, Any]], tally: Tally) -> Tally:
    file.write("".join(dump_line(line) + "\n" for line in lines).encode("utf-8"))
    file.flush()
    os.fsync(file.fileno())
    return _count(lines, tally)


def _count(lines: Iterable[dict[str, Any]], tally: Tally) -> Tally:
    done, flagged, failed = tally.done, tally.flagged, tally.failed
    for line in lines:
        done += 1
        failed += "error" in line
        sentences = line["report"]["sentences"] if "report" in line else ()
        flagged += any(s["verdict"] in FLAGGED and not s["abstained"] for s in sentences)
    return Tally(done, flagged, failed, tally.resumed)


def _resumable(output: Path, mark: Path, fingerprint: str) -> Tally:
    """What stands in the output of an unfinished run; a torn last line is cut off."""
    if not mark.is_file() or not output.is_file():
        return Tally()
    if mark.read_text(encoding="utf-8") != fingerprint:
        raise OutputError(f"{output} belongs to an unfinished run on other input or another model: choose another -o, or start over with --fresh")
    data = output.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if len(whole) < len(data):
        output.write_bytes(whole)
    tally = _count((json.loads(line) for line in whole.splitlines()), Tally())
    return replace(tally, resumed=tally.done)


def run_fingerprint(path: Path, model: str) -> str:
    """What an unfinished run must share with the one that resumes it: the input's bytes and the model."""
    digest = hashlib.sha256(model.encode())
    for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if file.is_file():
            digest.update(file.name.encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()
