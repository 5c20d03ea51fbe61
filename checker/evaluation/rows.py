"""Rows of a published data file, each with its line number, whatever the file type.

Problems are collected and raised together, each with the line that has it.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

from checker.errors import InputError

Row = Mapping[str, Any]
T = TypeVar("T")
SHOWN = 20


class RowError(ValueError):
    """One row breaks the form; the reader adds the file and the line."""


def read_rows(path: Path) -> Iterator[tuple[int, Row]]:
    """(line number, row) of a JSON Lines, JSON object-of-objects, CSV or TSV file.

    JSON Lines is recognised by its content, since some sets name it `.json`. Rows of
    a JSON object get the key as `id` and the entry's ordinal as line number.

    Raises:
        InputError: when the file cannot be read or a line is not what its type says.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text (byte {error.start})") from error
    if path.suffix in {".csv", ".tsv"}:
        reader = csv.DictReader(text.splitlines(keepends=True), delimiter="\t" if path.suffix == ".tsv" else ",")
        for row in reader:
            yield reader.line_num, row
        return
    if path.suffix == ".json" and (whole := _whole_object(text)) is not None:
        for number, (key, value) in enumerate(whole.items(), 1):
            yield number, {"id": key, **value}
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, _line(path, number, line)


def parse_rows(path: Path, parse: Callable[[Row], Iterable[T]]) -> list[T]:
    """Everything that `parse` makes of every row.

    Raises:
        InputError: naming the file, the line and the problem of the first rows that break the form.
    """
    return parse_all(read_rows(path), parse, str(path))


def parse_all(rows: Iterable[tuple[int, Row]], parse: Callable[[Row], Iterable[T]], where: str) -> list[T]:
    """`parse_rows` for rows that are already read."""
    parsed: list[T] = []
    problems: list[str] = []
    for number, row in rows:
        try:
            parsed.extend(parse(row))
        except RowError as error:
            problems.append(f"{where}:{number}: {error}")
    raise_problems(problems)
    if not parsed:
        raise InputError(f"{where} holds no rows")
    return parsed


def raise_problems(problems: list[str]) -> None:
    """Raise the collected problems, if there are any."""
    if problems:
        more = [f"… and {len(problems) - SHOWN} more"] if len(problems) > SHOWN else []
        raise InputError("\n".join(problems[:SHOWN] + more))


def text_of(row: Row, column: str) -> str:
    """A column that must hold text."""
    value = row.get(column)
    if isinstance(value, int):
        value = str(value)
    if not isinstance(value, str) or not value.strip():
        have = ", ".join(str(key) for key in row)
        raise RowError(f"column {column!r} is missing or empty (this row has {have})")
    return value


def label_of(row: Row, column: str, labels: Iterable[str]) -> str:
    """A column that must hold one of the labels."""
    value = text_of(row, column)
    if value not in labels:
        raise RowError(f"unknown {column} {value!r}; one of {', '.join(labels)}")
    return value


def list_of(row: Row, column: str) -> tuple[Any, ...]:
    """A column that must hold a list."""
    value = row.get(column)
    if not isinstance(value, list):
        raise RowError(f"column {column!r} is missing or not a list")
    return tuple(value)


def _whole_object(text: str) -> dict[str, dict[str, Any]] | None:
    try:
        data = json.loads(text)
    except json.JSONDecodeError:
        return None  # more than one object: JSON Lines
    nested = isinstance(data, dict) and bool(data) and all(isinstance(value, dict) for value in data.values())
    return data if nested else None


def _line(path: Path, number: int, line: str) -> Row:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{number}: not a JSON object: {error.msg} (column {error.colno})") from error
    if not isinstance(row, dict):
        raise InputError(f"{path}:{number}: not a JSON object")
    return row
