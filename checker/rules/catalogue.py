"""Reading `catalogue.toml`: for every rule, by its id, what it rests on and the rows that it is held to."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """A paper, or an authority and the point of it that a rule rests on; `url` and `point` may be empty."""

    name: str
    url: str
    point: str


@dataclass(frozen=True, slots=True)
class Row:
    """A draft and the name of the abstract that it is held against; a cue needs no abstract, its words stand in brackets."""

    study: str
    draft: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule fires on the rows of `flag` and is silent on those of `leave`; a caveat is told in those of `told`."""

    id: str
    sources: tuple[Source, ...]
    flag: tuple[Row, ...]
    told: tuple[Row, ...]
    leave: tuple[Row, ...]

    @property
    def family(self) -> str:
        """`caveat`, `cue` or `kind`."""
        first = self.id.split(".")[0]
        return first if first in {"caveat", "cue"} else "kind"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every rule in the order of the file, and the abstracts of the rows by name."""

    entries: tuple[Entry, ...]
    studies: Mapping[str, str]


def read_catalogue() -> Catalogue:
    """The package's catalogue; a source that it does not define is a KeyError."""
    data = tomllib.loads(files("checker.rules").joinpath("catalogue.toml").read_text(encoding="utf-8"))
    return Catalogue(tuple(_entry(id, rule, data["sources"]) for id, rule in data["rules"].items()), data["studies"])


def _entry(id: str, rule: Mapping[str, Any], sources: Mapping[str, Any]) -> Entry:
    rows = {outcome: tuple(_row(row) for row in rule.get(outcome, ())) for outcome in ("flag", "told", "leave")}
    return Entry(id, tuple(_source(reference, sources) for reference in rule.get("sources", ())), **rows)


def _row(row: str | list[str]) -> Row:
    return Row("", row) if isinstance(row, str) else Row(*row)


def _source(reference: str, sources: Mapping[str, Any]) -> Source:
    name, _, point = reference.partition(".")
    return Source(sources[name]["name"], sources[name]["url"], sources[name]["points"][point] if point else "")
