"""`checker eval` as a researcher meets it: every task, saved results, resuming, bad input."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from checker.errors import OutputError
from checker.evaluation import run as runs
from checker.evaluation.answers import ANSWERS
from checker.evaluation.cli import app
from checker.evaluation.evaluate import Settings, evaluate
from checker.evaluation.results import read_run
from checker.evaluation.tasks import TASKS
from tests.evaluation_fixtures import sets

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sets.with_combiner(sets.tiny_model(tmp_path_factory.mktemp("models") / "tiny-nli"))


def call(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def results_of(outcome: Any) -> dict[str, Any]:
    assert outcome.exit_code == 0, outcome.output
    loaded: dict[str, Any] = json.loads(Path(outcome.stdout.splitlines()[-1]).read_text())
    return loaded


@pytest.mark.parametrize("task", TASKS)
def test_a_model_that_nobody_here_trained_runs_through_every_task(task: str, model: Path, tmp_path: Path) -> None:
    sets.FORMS[task](tmp_path / "data")
    results = results_of(call(task, "--model", model, "--data", tmp_path / "data", "-o", tmp_path / "out"))
    schema = json.loads((resources.files("checker") / "schema" / "results.schema.json").read_text())
    jsonschema.validate(results, schema, format_checker=jsonschema.FormatChecker())
    assert results["system"] == {"name": "tiny-nli", "revision": results["system"]["revision"], "kind": "model"}
    assert len(results["system"]["revision"]) == 12
    assert results["scored"] == results["n"] > 0
    assert set(results["metrics"]) >= set(TASKS[task].metrics[:2])
    assert all(m["low"] <= m["value"] + 1e-9 and m["value"] <= m["high"] + 1e-9 for m in results["metrics"].values())
    assert "majority" in results["baselines"]
    if task == "drafts":
        assert set(results["baselines"]) == {"majority", "always-flag", "cue-words", "rules-only", "model-only"}


def test_the_majority_baseline_of_the_public_exaggeration_test(tmp_path: Path) -> None:
    labels = ["same"] * 345 + ["exaggerates"] * 122 + ["downplays"] * 96
    data = sets.exaggeration(tmp_path, labels)
    told = sets.jsonl(tmp_path / "p.jsonl", [{"id": f"{n:02}-001", "label": "same"} for n in range(563)])
    results = results_of(call("exaggeration", "--data", data, "--predictions", told, "-o", tmp_path / "out"))
    assert round(results["metrics"]["macro_f1"]["value"], 3) == 0.253
    assert results["n"] == results["scored"] == 563
    assert results["per_class"]["exaggerates"] == {"precision": 0, "recall": 0, "f1": 0, "n": 122}
    assert results["baselines"]["majority"]["macro_f1"] == results["metrics"]["macro_f1"]


def test_rows_without_ids_are_counted_from_zero(tmp_path: Path) -> None:
    data = sets.exaggeration(tmp_path)
    rows = [{**json.loads(line), "original_file_id": "same-study"} for line in data.read_text().splitlines()]
    told = sets.jsonl(tmp_path / "p.jsonl", [{"id": n, "label": row["exaggeration_label"]} for n, row in enumerate(rows)])
    results = results_of(call("exaggeration", "--data", sets.jsonl(data, rows), "--predictions", told, "-o", tmp_path / "out"))
    assert results["metrics"]["macro_f1"]["value"] == 1
    assert results["studies"] == 1


def test_exaggeration_compares_strengths_or_asks_for_the_pair(model: Path, tmp_path: Path) -> None:
    """An untrained NLI model knows no strength, so it says `same` in either mode, with its mode on record."""
    data = sets.exaggeration(tmp_path / "data")
    for mode in ("strength", "pair"):
        results = results_of(call("exaggeration", "--data", data, "--model", model, "--mode", mode, "-o", tmp_path / "out"))
        assert results["config"]["mode"] == mode
        assert results["per_class"]["same"]["recall"] == 1


def test_predictions_for_half_of_the_samples_lower_recall_and_are_counted(tmp_path: Path) -> None:
    data = sets.exaggeration(tmp_path, ["same", "same", "exaggerates", "exaggerates"])
    told = sets.jsonl(tmp_path / "p.jsonl", [{"id": "00-001", "label": "same"}, {"id": "02-001", "label": "exaggerates"}])
    outcome = call("exaggeration", "--data", data, "--predictions", told, "-o", tmp_path / "out")
    assert "2 of 4 scored, 2 unscored" in outcome.output
    results = results_of(outcome)
    assert results["metrics"]["flag_precision"]["value"] == 1
    assert results["metrics"]["flag_recall"]["value"] == 0.5
    assert results["metrics"]["accuracy"]["value"] == 0.5


def test_a_limit_marks_the_results_as_partial(model: Path, tmp_path: Path) -> None:
    data = sets.exaggeration(tmp_path / "data")
    part = results_of(call("exaggeration", "--data", data, "--baseline", "majority", "--limit", 2, "-o", tmp_path / "out"))
    whole = results_of(call("exaggeration", "--data", data, "--baseline", "majority", "--limit", 99, "-o", tmp_path / "out"))
    assert (part["partial"], part["n"], whole["partial"], whole["n"]) == (True, 2, False, 4)
    assert part["data"]["fingerprint"] == whole["data"]["fingerprint"]


def test_runs_are_never_overwritten_and_each_says_what_it_ran(tmp_path: Path) -> None:
    settings = Settings(task="exaggeration", data=sets.exaggeration(tmp_path / "data"), baseline="majority", out=tmp_path / "out", seed=7)
    first, second = (evaluate(settings, now=NOW) for _ in range(2))
    assert first.parent.name == "20260102T030405Z"
    assert first != second
    one, two = read_run(first), read_run(second)
    assert one.records == two.records
    assert {**one.results, "date": ""} == {**two.results, "date": ""}
    assert one.results["seed"] == 7
    assert len(one.results["data"]["fingerprint"]) == 64
    assert "numpy" in one.results["versions"]


def test_a_label_that_changes_changes_the_fingerprint(tmp_path: Path) -> None:
    settings = [
        Settings(task="exaggeration", data=sets.exaggeration(tmp_path / str(n), labels), baseline="majority", out=tmp_path / "out")
        for n, labels in enumerate((["same", "same"], ["same", "downplays"], ["same", "same"]))
    ]
    prints = [read_run(evaluate(s, now=NOW)).results["data"]["fingerprint"] for s in settings]
    assert prints[0] == prints[2] != prints[1]


def test_a_run_that_was_cut_short_is_taken_up_where_it_stopped(model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut off after two of four samples; the next run asks the model for the other two and scores as an unbroken run does."""
    monkeypatch.setattr(runs, "CHUNK", 2)
    asked: list[int] = []
    answer = ANSWERS["strength"]
    monkeypatch.setitem(ANSWERS, "strength", lambda task, scorer, samples, mode: asked.append(len(samples)) or answer(task, scorer, samples, mode))
    settings = Settings(task="strength", model=str(model), data=sets.strength(tmp_path / "data"), out=tmp_path / "out")

    def pull_the_plug(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate(settings, now=NOW, progress=pull_the_plug)
    resumed = read_run(evaluate(settings, now=NOW))
    assert asked == [2, 2]
    fresh = read_run(evaluate(replace(settings, out=tmp_path / "other"), now=NOW))
    assert asked == [2, 2, 2, 2]
    assert resumed.records == fresh.records
    assert resumed.results["metrics"] == fresh.results["metrics"]


def test_results_that_cannot_be_saved_stop_the_run_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file where a folder should be")
    settings = Settings(task="exaggeration", data=sets.exaggeration(tmp_path / "data"), baseline="majority", out=tmp_path / "out")
    with pytest.raises(OutputError, match="cannot be saved in"):
        evaluate(settings, now=NOW)
    outcome = call("exaggeration", "--data", settings.data, "--baseline", "majority", "-o", tmp_path / "out")
    assert outcome.exit_code == 2
    assert "error: results cannot be saved" in outcome.output


BAD_PREDICTIONS = [
    ("exaggeration", {"id": "00-001", "label": "overblown"}, "p.jsonl:1: unknown label 'overblown'; one of same, exaggerates, downplays"),
    ("exaggeration", {"label": "same"}, "p.jsonl:1: 'id' is missing"),
    ("exaggeration", {"id": "zz", "label": "same"}, "p.jsonl:1: id 'zz' is not in the data; ids look like '00-001'"),
    ("exaggeration", {"id": "00-001", "label": "same", "confidence": 3}, "p.jsonl:1: confidence 3 is not a number from 0 to 1"),
    ("scifact", {"id": "1-7", "label": "SUPPORT", "evidence": [9]}, "p.jsonl:1: evidence must list sentence numbers from 0 to 2"),
    ("hedges", {"id": "S1.1", "spans": [{"start": 5, "end": 900, "cue": "hedge"}]}, "p.jsonl:1: spans span 5 to 900 is out of range"),
    ("drafts", {"id": "c0"}, "p.jsonl:1: 'sentences' is missing"),
    ("drafts", {"id": "c0", "sentences": [{"start": 9, "end": 9, "verdict": "supported"}]}, "sentence span 9 to 9 is out of range"),
    ("drafts", {"id": "c0", "sentences": [{"start": 0, "end": 9, "verdict": "fine"}]}, "unknown verdict 'fine'"),
    ("drafts", {"id": "c0", "sentences": [], "caveats": [{"name": "tiny", "status": "missing"}]}, "unknown name 'tiny'"),
]


@pytest.mark.parametrize(("task", "line", "told"), BAD_PREDICTIONS)
def test_a_bad_prediction_is_told_with_its_line(task: str, line: dict[str, Any], told: str, tmp_path: Path) -> None:
    data = sets.FORMS[task](tmp_path / "data")
    outcome = call(task, "--data", data, "--predictions", sets.jsonl(tmp_path / "p.jsonl", [line]), "-o", tmp_path / "out")
    assert outcome.exit_code == 2
    assert told in outcome.output
    assert not (tmp_path / "out").exists()


def test_every_bad_line_is_told_at_once(tmp_path: Path) -> None:
    data = sets.exaggeration(tmp_path)
    lines = [{"id": "00-001", "label": "same"}, {"id": "00-001", "label": "same"}, {"id": "01-001"}]
    outcome = call("exaggeration", "--data", data, "--predictions", sets.jsonl(tmp_path / "p.jsonl", lines), "-o", tmp_path / "out")
    assert "p.jsonl:2: id '00-001' stands on line 1 too" in outcome.output
    assert "p.jsonl:3: column 'label' is missing" in outcome.output


def test_wrong_data_is_told_with_its_line(tmp_path: Path) -> None:
    path = sets.jsonl(tmp_path / "d.jsonl", [{"press": "x"}])
    assert f"{path}:1: unknown" not in call("exaggeration", "--data", path).output
    assert f"{path}:1: column 'exaggeration_label' is missing or empty (this row has press)" in call("exaggeration", "--data", path).output
    path.write_text('{"sentence": "a", "label": "7"}\n{"sentence": \n')
    outcome = call("strength", "--data", path)
    assert f"{path}:2: not a JSON object" in outcome.output
    assert outcome.exit_code == 2
    claims = sets.multivers(tmp_path / "m")
    (tmp_path / "m" / "corpus.jsonl").unlink()
    assert "corpus.jsonl is missing" in call("scifact", "--data", claims).output
    bad = sets.hedges(tmp_path / "h")
    bad.write_text("<Annotation><oops></Annotation>")
    assert f"{bad}:1: not well-formed XML" in call("hedges", "--data", bad).output


@pytest.mark.parametrize("task", [name for name in TASKS if name not in {"drafts", "exaggeration"}])
def test_a_missing_set_says_how_to_get_it(task: str) -> None:
    outcome = call(task, "--baseline", "majority")
    assert outcome.exit_code == 2
    assert f"Download the set from {TASKS[task].source}" in outcome.output
    assert TASKS[task].licence in outcome.output


def test_an_unreachable_hub_says_how_to_get_the_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import datasets

    def refuse(*_: Any, **__: Any) -> None:
        raise ConnectionError("no network")

    monkeypatch.setattr(datasets, "load_dataset", refuse)
    outcome = call("exaggeration", "--baseline", "majority", "-o", tmp_path)
    assert outcome.exit_code == 2
    assert "the hub did not answer (ConnectionError). Download the set from https://github.com/copenlu" in outcome.output


def test_the_hub_form_is_the_file_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import datasets

    rows = [json.loads(line) for line in sets.exaggeration(tmp_path).read_text().splitlines()]
    asked: dict[str, Any] = {}
    monkeypatch.setattr(datasets, "load_dataset", lambda name, split: asked.update({name: split}) or datasets.Dataset.from_list(rows))
    results = results_of(call("exaggeration", "--baseline", "majority", "--split", "dev", "-o", tmp_path / "out"))
    local = results_of(call("exaggeration", "--baseline", "majority", "--data", tmp_path, "-o", tmp_path / "out"))
    assert asked == {"copenlu/scientific-exaggeration-detection": "train"}
    assert results["data"]["fingerprint"] == local["data"]["fingerprint"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nonsense"], "no task 'nonsense'; one of drafts, exaggeration"),
        (["exaggeration", "--split", "train"], "no split 'train'; one of dev, test"),
        (["strength", "--mode", "pair"], "no mode 'pair': strength has no modes"),
        (["strength", "--baseline", "luck"], "no baseline 'luck'; one of majority, always-flag, cue-words"),
        (["strength", "scifact", "--data", "x"], "go with one task at a time"),
        (["strength", "--data", "nowhere"], "nowhere does not exist"),
    ],
)
def test_wrong_options_say_what_is_right(arguments: list[str], told: str) -> None:
    outcome = call(*arguments)
    assert outcome.exit_code == 2
    assert told in outcome.output


def test_an_unreadable_model_is_told(tmp_path: Path) -> None:
    data = sets.exaggeration(tmp_path / "data")
    outcome = call("exaggeration", "--data", data, "--model", tmp_path / "data", "-o", tmp_path / "out")
    assert outcome.exit_code == 2
    assert "holds no config.json" in outcome.output


def test_the_tasks_command_shows_source_licence_and_label_table() -> None:
    shown = call("tasks").output
    for task in TASKS.values():
        assert task.source in shown
        assert task.licence in shown
    assert "overstated -> CONTRADICT" in shown


def test_help_loads_nothing_heavy() -> None:
    heavy = "{'torch', 'numpy', 'sklearn', 'datasets', 'matplotlib'}"
    code = f"import sys; from checker.evaluation.cli import app; print(sorted({heavy} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
    for command in ([], ["run"], ["compare"], ["report"], ["gate"], ["tasks"]):
        assert call(*command, "--help").exit_code == 0
