"""Contrast pairs: every edit does what its row says, and nothing where it must not."""

from __future__ import annotations

import random
import re

import pytest

from checker.labels import KINDS
from checker.train.contrast import EDITS, FAITHFUL, Edit, contrast_pairs, told

ROWS = {edit.id: edit for edit in EDITS + FAITHFUL}
ABSTRACT = (
    "BACKGROUND: Whether tea protects against falls in older adults is not known.",
    "METHODS: We followed 310 participants aged 70 or older for 12 months in a cohort study.",
    "RESULTS: Falls were reported by 21% of tea drinkers and 34% of others (P = .03).",
    "There was no significant difference in fractures between drinkers and non-drinkers.",
    "CONCLUSION: Tea drinking was associated with a lower risk of falls and may be a marker of a quiet life.",
)


@pytest.mark.parametrize("edit", ROWS.values(), ids=list(ROWS))
def test_each_edit_changes_its_example_as_its_row_says(edit: Edit) -> None:
    changed = told(edit.before, edit, random.Random(1))
    assert changed is not None
    assert edit.after.casefold() in changed.casefold()


@pytest.mark.parametrize("edit", ROWS.values(), ids=list(ROWS))
def test_each_edit_has_kinds_that_go_with_its_verdict(edit: Edit) -> None:
    assert set(edit.kinds) <= KINDS.get(edit.verdict, frozenset())
    assert bool(edit.kinds) == (edit.verdict != "supported")


@pytest.mark.parametrize(
    ("edit", "sentence"),
    [
        ("number.percent", "The odds ratio was 1.4 (95% CI 1.1 to 1.9)."),
        ("number.count", "The study ran from 2008 to 2011."),
        ("causal.association", "Tea reduced falls in the trial."),
        ("certainty.modal", "The trial began in May."),
        ("null.action", "Tea reduced pain."),
        ("population.animals", "Women slept better."),
    ],
)
def test_an_edit_leaves_alone_what_it_does_not_mean(edit: str, sentence: str) -> None:
    assert told(sentence, ROWS[edit], random.Random(1)) is None


def test_a_wrong_figure_is_clearly_wrong() -> None:
    for seed in range(50):
        changed = told("Pain fell in 40% of patients.", ROWS["number.percent"], random.Random(seed))
        assert changed is not None
        value = int(re.findall(r"(\d+)%", changed)[0])
        assert abs(value - 40) / 40 > 0.2
        assert value <= 100


def test_false_and_faithful_tellings_come_in_equal_shares_and_keep_their_sentence() -> None:
    pairs = [pair for seed in range(20) for pair in contrast_pairs("s", ABSTRACT, random.Random(seed), most=2)]
    faithful = [pair for pair in pairs if pair.verdict == "supported"]
    assert len(faithful) * 2 == len(pairs)
    assert all(pair.sentences[pair.positives[0]] in ABSTRACT for pair in pairs)
    assert not any(re.search(r"\(P|RESULTS:", pair.claim) for pair in pairs)


def test_openings_do_not_give_the_verdict_away() -> None:
    pairs = [pair for seed in range(300) for pair in contrast_pairs("s", ABSTRACT, random.Random(seed), most=2)]
    for opening in ("The study found", "Researchers report", "According to the team"):
        opened = [pair.verdict == "supported" for pair in pairs if pair.claim.startswith(opening)]
        assert 0.4 < sum(opened) / len(opened) < 0.6
