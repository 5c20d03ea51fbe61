"""The gate: the committed weights must not score below pinned floors on the dev split.

`eval/floors.json` pins the floors, the fingerprint of the data they were measured on, and
an epsilon for the last digits that differ between processors. Pinning raises floors and
never lowers one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.errors import InputError
from checker.evaluation.results import saving

FLOORS = Path(__file__).resolve().parents[2] / "eval" / "floors.json"
EPSILON = 0.005
GATED = (
    "verdict_macro_f1",
    "verdict_accuracy",
    "flag_precision",
    "flag_recall",
    "flag_f1",
    "careful_untouched",
    "kinds_micro_f1",
    "evidence_hit",
    "caveats_missing_f1",
    "caveats_applies_f1",
    "cues_micro_f1",
)
"""Metrics with a floor; for all of them more is better."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One metric against its floor."""

    metric: str
    value: float | None
    floor: float
    epsilon: float

    @property
    def passed(self) -> bool:
        """Whether the value reaches the floor, less epsilon; a metric that is gone does not."""
        return self.value is not None and self.value >= self.floor - self.epsilon


def read_floors(path: Path) -> dict[str, Any]:
    """The pinned floors.

    Raises:
        InputError: when there is no such file or it is not one.
    """
    try:
        floors: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): pin the first floors with `checker eval gate --pin`") from error
    except json.JSONDecodeError as error:
        raise InputError(f"{path}:{error.lineno}: not JSON: {error.msg}") from error
    if not {"fingerprint", "epsilon", "floors"} <= floors.keys():
        raise InputError(f"{path} needs the keys fingerprint, epsilon and floors")
    return floors


def judge(results: Mapping[str, Any], floors: Mapping[str, Any]) -> list[Verdict]:
    """Every floor against the results.

    Raises:
        InputError: when the results were measured on other data than the floors, or on a part of it.
    """
    _same_data(results, floors)
    return [Verdict(name, results["metrics"].get(name, {}).get("value"), floor, floors["epsilon"]) for name, floor in floors["floors"].items()]


def pin(results: Mapping[str, Any], path: Path) -> dict[str, Any]:
    """Write the results as the new floors; a value within epsilon below a floor leaves it as it is.

    Raises:
        InputError: when a floor would be lowered, or the data is not that of the floors.
        OutputError: when the file cannot be written.
    """
    values = {name: results["metrics"][name]["value"] for name in GATED if name in results["metrics"]}
    floors: dict[str, Any] = {"epsilon": EPSILON, "floors": {}}
    if path.is_file():
        floors = read_floors(path)
        lowered = [verdict for verdict in judge(results, floors) if not verdict.passed]
        if lowered:
            told = "; ".join(f"{v.metric} {_told(v.value)} is below its floor {v.floor:.4f}" for v in lowered)
            raise InputError(f"floors are never lowered: {told}. To start over, delete {path} in a commit of its own that says why")
    elif results["partial"]:
        raise InputError("floors are pinned on the whole split: run without --limit")
    pinned = {
        "task": results["task"],
        "split": results["split"],
        "fingerprint": results["data"]["fingerprint"],
        "model": results["system"],
        "epsilon": floors["epsilon"],
        "floors": {name: round(max(value, floors["floors"].get(name, 0.0)), 4) for name, value in values.items()},
    }
    with saving(path):
        path.write_text(json.dumps(pinned, indent=2) + "\n", encoding="utf-8")
    return pinned


def _same_data(results: Mapping[str, Any], floors: Mapping[str, Any]) -> None:
    if results["partial"]:
        raise InputError("the gate needs the whole split: run without --limit")
    if results["data"]["fingerprint"] != floors["fingerprint"]:
        raise InputError(
            f"the data has changed since the floors were pinned (fingerprint {results['data']['fingerprint'][:12]}, pinned"
            f" {floors['fingerprint'][:12]}): restore it, or delete the floors in a commit of its own that says why and pin them again"
        )


def _told(value: float | None) -> str:
    return "(no longer measured)" if value is None else f"{value:.4f}"
