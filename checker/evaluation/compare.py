"""Two runs on the same data: paired differences with intervals, and the decisions that changed."""

from __future__ import annotations

from dataclasses import dataclass

from checker.errors import InputError
from checker.evaluation.bootstrap import Interval, differences
from checker.evaluation.measures import measure
from checker.evaluation.results import Run
from checker.evaluation.tasks import find_task


@dataclass(frozen=True, slots=True)
class Change:
    """A decision on which the two systems differ."""

    key: str
    text: str
    gold: str
    a: str | None
    b: str | None

    @property
    def effect(self) -> str:
        """What B did to it: fixed, broken, or wrong in both."""
        if self.b == self.gold:
            return "fixed"
        return "broken" if self.a == self.gold else "still wrong"


@dataclass(frozen=True, slots=True)
class Comparison:
    """B minus A, metric by metric, and every changed decision."""

    differences: dict[str, Interval]
    changes: list[Change]


def compare(a: Run, b: Run, *, seed: int = 0) -> Comparison:
    """Compare two runs of one task.

    Raises:
        InputError: when the runs are not of the same task on the same samples.
    """
    if a.results["task"] != b.results["task"]:
        raise InputError(f"{a.folder} ran {a.results['task']} and {b.folder} ran {b.results['task']}: compare runs of one task")
    by_hash = {record.hash: record for record in b.records}
    if by_hash.keys() != {record.hash for record in a.records}:
        raise InputError(f"{a.folder} and {b.folder} were not run on the same samples: run both with the same --data, --split and --limit")
    task = find_task(a.results["task"])
    left, right = measure(task, a.records), measure(task, [by_hash[record.hash] for record in a.records])
    changes = [
        Change(one.key, one.text, one.gold, one.predicted, other.predicted)
        for one, other in zip(left.units, right.units, strict=True)
        if one.predicted != other.predicted
    ]
    return Comparison(differences(left.tables, right.tables, seed=seed), changes)
