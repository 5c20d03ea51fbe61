"""A combiner fitted again from what the folds read, without training."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from checker import RecipeError
from checker.cases import parse_case
from checker.judge.context import Alone, Given
from checker.judge.signals import GROUPS
from checker.train.decide import refit
from checker.train.readings import FILE, Reading, key, load_readings, save_readings
from checker.train.recipe import read_recipe
from checker.train.run import read_labelled
from checker.train.worth import leave_one_out, recall_at, write_table
from tests.workshop import labelled, lines, train


def reading(sentences: int, study: int, seed: int) -> Reading:
    rng = np.random.default_rng(seed)
    alone = [(sentences, study), (sentences, 4), (sentences,), (study, 4)]
    given = [(sentences, 4), (sentences, 11)]
    return Reading(*(form(*(rng.random(size, dtype=np.float32) for size in sizes)) for form, sizes in ((Alone, alone), (Given, given))))


def test_readings_of_drafts_of_any_length_are_read_back(tmp_path: Path) -> None:
    kept = {"a": reading(3, 5, 1), "b": reading(1, 2, 2), "c": reading(4, 0, 3)}
    save_readings(tmp_path, kept)
    again = load_readings(tmp_path)
    assert list(again) == ["a", "b", "c"]
    for name, one in kept.items():
        for part in Reading.__slots__:
            for field in getattr(one, part).__slots__:
                np.testing.assert_allclose(getattr(getattr(again[name], part), field), getattr(getattr(one, part), field), atol=1e-3)


def test_refitting_without_a_change_makes_the_same_decision_again(workshop: Path) -> None:
    folder = train(workshop)
    trained = json.loads((folder / "combiner.json").read_text())
    (folder / "combiner.json").unlink()
    figures = refit(read_recipe(workshop / "recipe.toml"), read_labelled(workshop / "cases"), folder)
    again = json.loads((folder / "combiner.json").read_text())
    assert again["names"] == trained["names"]
    np.testing.assert_allclose(again["weights"], trained["weights"], atol=5e-2)  # readings are kept in float16
    assert figures["sentences"] == 30
    assert json.loads((folder / "training.json").read_text())["dev"]["cases"] == figures


def test_an_edited_case_and_a_new_one_are_left_out_of_a_refit(workshop: Path) -> None:
    folder = train(workshop)
    edited = labelled(0)
    edited["study"]["text"] += " It was a good year."
    lines(workshop / "cases/train.jsonl", [edited, *(labelled(number) for number in range(1, 8))])
    figures = refit(read_recipe(workshop / "recipe.toml"), read_labelled(workshop / "cases"), folder)
    assert figures["sentences"] == 25  # five cases of five sentences


def test_the_worth_of_signals_is_a_table_of_every_group_and_changes_nothing(workshop: Path) -> None:
    folder = train(workshop)
    before = (folder / "combiner.json").read_bytes()
    table = workshop / "worth.md"
    rows = leave_one_out(read_labelled(workshop / "cases"), load_readings(folder))
    write_table(table, "tiny", rows)
    told = [line.split(" | ")[0].strip("| ") for line in table.read_text().splitlines() if line.startswith("| ")][2:]
    assert told[0] == "nothing"
    assert set(told[1:]) == {group.__name__.removesuffix("_signals") for group in GROUPS}
    assert all(row.signals < rows[0].signals for row in rows[1:])
    assert (folder / "combiner.json").read_bytes() == before


def test_recall_is_the_highest_at_which_the_precision_still_holds() -> None:
    scores, right = np.array([0.9, 0.8, 0.7, 0.6, 0.5]), np.array([True, False, True, True, False])
    assert recall_at(0.75, scores, right) == 1.0  # the first four, three of them right
    assert recall_at(0.9, scores, right) == pytest.approx(1 / 3)
    assert recall_at(0.9, scores, ~right) == 0.0


def test_what_cannot_be_refitted_says_what_to_do(workshop: Path) -> None:
    folder = train(workshop)
    recipe = read_recipe(workshop / "recipe.toml")
    stranger = labelled(1)
    stranger["id"] = "stranger"
    with pytest.raises(RecipeError, match="train it again"):
        refit(recipe, [parse_case(stranger)], folder)
    (folder / FILE).write_bytes(b"no archive")
    with pytest.raises(RecipeError, match="missing or damaged"):
        refit(recipe, read_labelled(workshop / "cases"), folder)
    assert key(parse_case(stranger)).startswith("stranger ")
