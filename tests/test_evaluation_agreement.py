"""Two annotators: what a maintainer of a set sees of how far they agree."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sklearn.metrics import cohen_kappa_score
from typer.testing import CliRunner

from checker.cases import read_cases
from checker.cli import app
from checker.evaluation.agreement import agreement
from tests.evaluation_fixtures.sets import case as draft_case

VERDICTS = ["supported", "no_claim", "not_addressed", "supported"]


def write(path: Path, changed: dict[int, str] | None = None, *, caveats: dict[str, str] | None = None, n: int = 4) -> Path:
    rows = []
    for number in range(n):
        row = draft_case(f"c{number}")
        if changed and number in changed:
            row["sentences"][-1] |= {"verdict": changed[number], "kinds": [], "evidence": []}
        if caveats is not None:
            row["caveats"] = caveats
        rows.append(json.dumps(row))
    path.write_text("\n".join(rows) + "\n")
    return path


def test_an_annotator_agrees_with_himself_wholly(tmp_path: Path) -> None:
    cases = read_cases(write(tmp_path / "a.jsonl"))
    found = agreement(cases, cases)
    assert {name: round(value.value, 9) for name, value in found.figures.items()} == dict.fromkeys(found.figures, 1.0)
    assert not found.disagreements


def test_kappa_is_that_of_scikit_learn_and_disagreements_are_named(tmp_path: Path) -> None:
    first, second = read_cases(write(tmp_path / "a.jsonl")), read_cases(write(tmp_path / "b.jsonl", {1: "no_claim", 2: "not_addressed"}))
    found = agreement(first, second)
    labels = [[s.verdict for case in side for s in case.sentences] for side in (first, second)]
    assert found.figures["verdict_kappa"].value == pytest.approx(cohen_kappa_score(*labels), abs=1e-9)
    assert [item.case for item in found.disagreements] == ["c1", "c2"]


def test_a_caveat_that_only_one_saw_lowers_agreement(tmp_path: Path) -> None:
    first = read_cases(write(tmp_path / "a.jsonl", caveats={"small_sample": "missing", "harms": "present"}))
    second = read_cases(write(tmp_path / "b.jsonl", caveats={"small_sample": "missing"}))
    found = agreement(first, second)
    assert found.figures["caveats_applies_f1"].value == pytest.approx(2 / 3)
    assert found.figures["caveats_missing_f1"].value == 1.0


def test_other_cases_or_other_sentences_are_refused_by_name(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["eval", "agreement", str(write(tmp_path / "a.jsonl", n=3)), str(write(tmp_path / "b.jsonl", n=2))])
    assert result.exit_code == 2
    assert "c2" in result.output
