from __future__ import annotations

import re
from pathlib import Path

import pytest

from checker import Study
from checker.caveats.rules import RULES
from checker.cues import EXCLUSIONS, LEXICON, find_cues
from checker.judge.kinds import KIND_RULES, fires
from checker.labels import CAVEATS, CUES
from checker.rules.catalogue import Entry, Row, read_catalogue
from checker.rules.page import render
from checker.study.reader import read_study
from tests.helpers import statuses

CATALOGUE = read_catalogue()
KINDS = {rule.id: rule for rule in KIND_RULES}
ROWS = [
    pytest.param(entry, row, outcome, id=f"{entry.id}-{outcome}-{number}")
    for entry in CATALOGUE.entries
    for outcome in ("flag", "told", "leave")
    for number, row in enumerate(getattr(entry, outcome))
]


def outcome_of(entry: Entry, row: Row) -> str:
    """What the rule makes of the row; a cue row must yield exactly the words in brackets."""
    if entry.family == "caveat":
        found = statuses(CATALOGUE.studies[row.study], row.draft)
        return {"missing": "flag", "present": "told"}.get(found.get(entry.id.partition(".")[2], ""), "leave")
    if entry.family == "kind":
        facts = read_study(Study(CATALOGUE.studies[row.study]))
        return "flag" if fires(KINDS[entry.id], row.draft, facts) else "leave"
    cues = [(f"cue.{cue.cue}", cue.text) for cue in find_cues(re.sub(r"[\[\]]", "", row.draft))]
    assert cues == [(entry.id, words) for words in re.findall(r"\[(.+?)\]", row.draft)]
    return "flag" if cues else "leave"


def test_every_rule_is_in_the_catalogue_and_nothing_else_is() -> None:
    assert tuple(rule.name for rule in RULES) == CAVEATS
    assert tuple(LEXICON) == tuple(EXCLUSIONS) == CUES
    ids = [*(rule.id for rule in RULES), *(rule.id for rule in KIND_RULES), *(f"cue.{cue}" for cue in CUES)]
    assert len(set(ids)) == len(ids)
    assert [entry.id for entry in CATALOGUE.entries] == ids


@pytest.mark.parametrize("entry", CATALOGUE.entries, ids=lambda entry: entry.id)
def test_every_rule_has_a_source_and_sentences_to_flag_and_to_leave(entry: Entry) -> None:
    assert entry.sources
    assert entry.flag
    assert entry.leave
    assert bool(entry.told) is (entry.family == "caveat")


@pytest.mark.parametrize(("entry", "row", "outcome"), ROWS)
def test_a_rule_flags_what_it_must_and_leaves_the_rest(entry: Entry, row: Row, outcome: str) -> None:
    assert outcome_of(entry, row) == outcome


def test_the_page_of_rules_is_up_to_date() -> None:
    page = (Path(__file__).parents[1] / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == render(), "write it again: checker rules > docs/rules.md"
