"""Whole drafts: what is counted, and what compare, report and gate make of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from checker.evaluation.cli import app
from checker.evaluation.forms import drafts
from checker.evaluation.tasks import TASKS
from tests.evaluation_fixtures import sets

Sentence = dict[str, Any]


def call(*arguments: object) -> Any:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def perfect(data: Path, change: Callable[[Sentence], Sentence | None] = lambda sentence: sentence) -> list[dict[str, Any]]:
    """The gold labels as predictions, each sentence changed, or dropped by None."""
    lines = []
    for sample in drafts(data):
        sentences = [change({**gold, "confidence": 0.9}) for gold in sample.gold["sentences"]]
        caveats = [{"name": name, "status": status} for name, status in sample.gold["caveats"].items()]
        lines.append({"id": sample.id, "sentences": [s for s in sentences if s], "caveats": caveats, "cues": list(sample.gold["cues"])})
    return lines


def score(tmp_path: Path, data: Path, lines: list[dict[str, Any]], name: str = "p") -> dict[str, Any]:
    told = sets.jsonl(tmp_path / f"{name}.jsonl", lines)
    outcome = call("drafts", "--data", data, "--predictions", told, "--model", tmp_path / "none", "-o", tmp_path / "out")
    assert outcome.exit_code == 0, outcome.output
    results: dict[str, Any] = json.loads(Path(outcome.stdout.splitlines()[-1]).read_text())
    results["folder"] = Path(outcome.stdout.splitlines()[-1]).parent
    return results


def values(results: dict[str, Any]) -> dict[str, float]:
    return {name: metric["value"] for name, metric in results["metrics"].items()}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return sets.drafts(tmp_path / "data")


def test_gold_labels_as_predictions_are_perfect(tmp_path: Path, data: Path) -> None:
    results = score(tmp_path, data, perfect(data))
    found = values(results)
    assert results["n"] == results["scored"] == 24
    assert found.pop("calibration_error") == pytest.approx(0.1)
    assert found.pop("careful_flagged") == found.pop("abstention_area") == 0
    assert set(found) | {"calibration_error", "careful_flagged", "abstention_area"} >= set(TASKS["drafts"].metrics)
    assert found == dict.fromkeys(found, 1.0)


def test_what_a_system_does_not_say_is_not_scored(tmp_path: Path, data: Path) -> None:
    lines = [
        {"id": line["id"], "sentences": [{key: s[key] for key in ("start", "end", "verdict")} for s in line["sentences"]]} for line in perfect(data)
    ]
    found = values(score(tmp_path, data, lines))
    assert found["verdict_macro_f1"] == 1
    assert not {"calibration_error", "kinds_micro_f1", "evidence_hit", "caveats_missing_f1", "cues_micro_f1", "strength_macro_f1"} & set(found)


def test_drafts_left_out_are_unscored_and_cost_recall(tmp_path: Path, data: Path) -> None:
    results = score(tmp_path, data, perfect(data)[:3])
    found = values(results)
    assert (results["scored"], results["unscored"]) == (12, 12)
    assert found["flag_precision"] == 1
    assert found["flag_recall"] == pytest.approx(1 / 3)  # one bold draft of three


def test_sentences_are_matched_by_half_their_length(tmp_path: Path, data: Path) -> None:
    """A sentence told to 60 % is scored, one told to 40 % is not."""

    def cut(share: float) -> Callable[[Sentence], Sentence]:
        return lambda s: {**s, "end": s["start"] + round(share * (s["end"] - s["start"]))}

    assert score(tmp_path, data, perfect(data, cut(0.6)), "long")["unscored"] == 0
    assert score(tmp_path, data, perfect(data, cut(0.4)), "short")["unscored"] == 24


def test_an_abstention_is_no_flag_but_its_best_guess_counts(tmp_path: Path, data: Path) -> None:
    found = values(score(tmp_path, data, perfect(data, lambda s: {**s, "abstained": True})))
    assert found["verdict_macro_f1"] == 1
    assert found["flag_recall"] == 0


def test_flags_on_careful_drafts_are_counted(tmp_path: Path, data: Path) -> None:
    """Everything flagged: no careful draft is left alone, and precision is that of the bold drafts' share."""
    found = values(score(tmp_path, data, perfect(data, lambda s: {**s, "verdict": "overstated"})))
    assert found["careful_untouched"] == 0
    assert found["careful_flagged"] == 1
    assert found["flag_precision"] == pytest.approx(6 / 24)
    assert "flag_precision_at_90_careful" not in found  # at the only cut that leaves them alone nothing is flagged


def test_what_batch_writes_can_be_scored(tmp_path: Path, data: Path) -> None:
    lines = [{"id": line["id"], "report": {key: line[key] for key in ("sentences", "caveats")}} for line in perfect(data)]
    lines[0] = {"id": lines[0]["id"], "error": {"code": "no_draft", "message": "the draft is empty"}}
    assert score(tmp_path, data, lines)["unscored"] == 4


def test_evidence_hits_when_it_overlaps_the_gold_span(tmp_path: Path, data: Path) -> None:
    whole = len(" ".join(sets.ABSTRACT))
    near = values(score(tmp_path, data, perfect(data, lambda s: {**s, "evidence": [{"start": 0, "end": whole}]}), "near"))
    far = values(score(tmp_path, data, perfect(data, lambda s: {**s, "evidence": [{"start": len(sets.ABSTRACT[0]) + 1, "end": 60}]}), "far"))
    assert (near["evidence_hit"], far["evidence_hit"]) == (1, 0)


def test_compare_tells_the_difference_and_what_changed(tmp_path: Path, data: Path) -> None:
    worse = score(tmp_path, data, perfect(data, lambda s: {**s, "verdict": "supported"} if s["verdict"] == "overstated" else s), "worse")
    better = score(tmp_path, data, perfect(data), "better")
    shown = call("compare", worse["folder"], better["folder"] / "results.json").output
    assert "3 decisions changed: 3 fixed, 0 broken, 0 still wrong" in shown
    assert "gold overstated, A supported, B overstated: 'Coffee cures gout.'" in shown
    assert "flag_recall                    +0.500  [+0.500, +0.500]  *" in shown
    same = call("compare", better["folder"], better["folder"]).output
    assert "0 decisions changed" in same
    assert "*" not in same


def test_the_worst_errors_are_false_alarms_then_the_surest(tmp_path: Path, data: Path) -> None:
    def told(sentence: Sentence) -> Sentence:
        if sentence["verdict"] == "supported":
            return {**sentence, "verdict": "overstated", "confidence": 0.6, "kinds": ["causal"]}
        if sentence["verdict"] == "overstated":
            return {**sentence, "verdict": "supported", "confidence": 0.99, "kinds": []}
        return sentence

    shown = call("worst", score(tmp_path, data, perfect(data, told))["folder"], "--count", 100).output
    alarms, misses = (shown.index(text) for text in ("checker overstated (causal), 0.60", "checker supported, 0.99"))
    assert shown.rindex("checker overstated (causal), 0.60") < misses
    assert alarms < misses
    assert "| overstated | supported | 3 | 0 |" in shown
    assert "> Coffee cures gout." in shown
    right = call("worst", score(tmp_path, data, perfect(data), "right")["folder"]).output
    assert "0 of 24 sentences have another verdict" in right
    other = call("exaggeration", "--data", sets.exaggeration(tmp_path / "e"), "--baseline", "majority", "-o", tmp_path / "out")
    refused = call("worst", other.stdout.splitlines()[-1])
    assert refused.exit_code == 2
    assert "only runs of the task drafts" in refused.output


def test_compare_refuses_runs_on_other_data(tmp_path: Path, data: Path) -> None:
    one = score(tmp_path, data, perfect(data))
    other = sets.drafts(tmp_path / "other", cases=4)
    two = score(tmp_path, other, perfect(other))
    outcome = call("compare", one["folder"], two["folder"])
    assert outcome.exit_code == 2
    assert "were not run on the same samples" in outcome.output
    assert "holds no results.json" in call("compare", tmp_path, one["folder"]).output


def test_the_report_is_one_page_that_quotes_and_escapes(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    hostile = "<script>alert(1)</script> {{ 7 * 7 }}"
    rows = [json.loads(line) for line in sets.exaggeration(tmp_path).read_text().splitlines()]
    data = sets.jsonl(tmp_path / "d.jsonl", [{**row, "press_release_conclusion": f"{hostile} {n}"} for n, row in enumerate(rows)])
    told = sets.jsonl(tmp_path / "my|model.jsonl", [{"id": f"{n:02}-001", "label": "downplays", "confidence": 0.5 + n / 10} for n in range(4)])
    assert call("exaggeration", "--data", data, "--predictions", told, "-o", tmp_path / "out").exit_code == 0
    outcome = call("report", tmp_path / "out")
    assert outcome.exit_code == 0, outcome.output
    page = (tmp_path / "out" / "report.html").read_text()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 * 7 }} 3" in page
    assert page.index("7 * 7 }} 3") < page.index("7 * 7 }} 1") < page.index("7 * 7 }} 0")  # most confident error first
    assert page.count("<svg") == 3
    assert not any(reference in page for reference in ("<link", "src=", "@import", "url(http"))
    board = (tmp_path / "out" / "LEADERBOARD.md").read_text()
    assert board.startswith("<!-- Generated")
    assert "my\\|model" in board
    assert "*majority*" in board
    assert "*always-flag*" in board


def test_a_damaged_run_is_told(tmp_path: Path, data: Path) -> None:
    folder = score(tmp_path, data, perfect(data))["folder"]
    (folder / "samples.jsonl").write_text('{"id": 1}\n')
    outcome = call("report", tmp_path / "out")
    assert outcome.exit_code == 2
    assert "its files are damaged: run it again" in outcome.output


def test_the_report_needs_a_run(tmp_path: Path) -> None:
    outcome = call("report", tmp_path)
    assert outcome.exit_code == 2
    assert "holds no finished run" in outcome.output


def test_the_gate_holds_floors_and_never_lowers_one(tmp_path: Path, data: Path) -> None:
    model = sets.with_combiner(sets.tiny_model(tmp_path / "tiny-nli"))
    options = ("--model", model, "--data", data, "--floors", tmp_path / "floors.json", "-o", tmp_path / "out")
    assert "pin the first floors with" in call("gate", *options).output
    assert call("gate", *options, "--pin").exit_code == 0
    held = call("gate", *options)
    assert held.exit_code == 0, held.output
    assert "ok   verdict_macro_f1" in held.output

    floors = json.loads((tmp_path / "floors.json").read_text())
    floors["floors"]["verdict_macro_f1"] += floors["epsilon"] / 2
    (tmp_path / "floors.json").write_text(json.dumps(floors))
    assert call("gate", *options).exit_code == 0  # within epsilon
    assert call("gate", *options, "--pin").exit_code == 0
    assert json.loads((tmp_path / "floors.json").read_text())["floors"] == pytest.approx(floors["floors"], abs=1e-4)

    floors["floors"]["verdict_macro_f1"] = 0.99
    (tmp_path / "floors.json").write_text(json.dumps(floors))
    missed = call("gate", *options)
    assert missed.exit_code == 1
    assert "FAIL verdict_macro_f1" in missed.output
    refused = call("gate", *options, "--pin")
    assert refused.exit_code == 2
    assert "floors are never lowered" in refused.output
    assert json.loads((tmp_path / "floors.json").read_text()) == floors

    sets.drafts(data.parent, cases=4)
    changed = call("gate", *options)
    assert changed.exit_code == 2
    assert "the data has changed since the floors were pinned" in changed.output
