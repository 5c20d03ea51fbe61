"""A predictions file of any other system: read, checked against the set, every problem with its line.

One JSON object a line. `id` is the sample's; the rest depends on the task:

    labels   {"id": "7", "label": "same", "confidence": 0.8, "evidence": [2]}
    hedges   {"id": "S1.4", "spans": [{"start": 14, "end": 17, "cue": "hedge"}]}
    drafts   {"id": "dev-001", "sentences": [{"start": 0, "end": 61, "verdict": "overstated", ...}], "caveats": [...], "cues": [...]}

What `checker batch` writes ({"id", "report"} or {"id", "error"}) is a drafts file too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, TypeGuard

from checker.evaluation.rows import Row, RowError, label_of, raise_problems, read_rows
from checker.evaluation.sample import Json, Sample
from checker.evaluation.tasks import Task
from checker.labels import CAVEAT_STATUSES, CAVEATS, CUES, KINDS, STRENGTHS, VERDICTS

ALL_KINDS = tuple(sorted(KINDS["overstated"] | KINDS["contradicted"]))


def read_predictions(path: Path, task: Task, samples: Sequence[Sample]) -> dict[str, Json]:
    """Prediction by sample id; samples that the file leaves out are simply not in it.

    Raises:
        InputError: naming every line with a missing, repeated or unknown id, an unknown label,
            or a span out of range.
    """
    by_id = {sample.id: sample for sample in samples}
    seen: dict[str, int] = {}
    found: dict[str, Json] = {}
    problems: list[str] = []
    for number, row in read_rows(path):
        try:
            name = str(row.get("id", ""))
            if not name:
                raise RowError("'id' is missing")
            if name in seen:
                raise RowError(f"id {name!r} stands on line {seen[name]} too")
            seen[name] = number
            if name not in by_id:
                raise RowError(f"id {name!r} is not in the data; ids look like {next(iter(by_id))!r}")
            prediction = parse_prediction(row, task, by_id[name])
        except RowError as error:
            problems.append(f"{path}:{number}: {error}")
            continue
        if prediction is not None:
            found[name] = prediction
    if not seen:
        problems.append(f"{path} holds no predictions")
    raise_problems(problems)
    return found


def parse_prediction(row: Row, task: Task, sample: Sample) -> Json | None:
    """One checked prediction; None for a line that reports an error instead.

    Raises:
        RowError: with the first rule that the line breaks.
    """
    if task.kind == "cues":
        return {"spans": [_cue(item, "spans", len(sample.text), task.labels) for item in _objects(row, "spans")]}
    if task.kind == "drafts":
        return _draft(row, sample)
    parsed: dict[str, Any] = {"label": label_of(row, "label", task.labels)}
    if "confidence" in row:
        parsed["confidence"] = _confidence(row)
    if "evidence" in row:
        indices = row["evidence"]
        if not isinstance(indices, list) or not all(_is_index(index, len(sample.sentences)) for index in indices):
            raise RowError(f"evidence must list sentence numbers from 0 to {len(sample.sentences) - 1}")
        parsed["evidence"] = indices
    return parsed


def _draft(row: Row, sample: Sample) -> Json | None:
    if "error" in row:
        return None
    report = row.get("report", row)
    if not isinstance(report, dict):
        raise RowError("'report' is not an object")
    abstract = str(sample.inputs["study"]["text"])
    parsed: dict[str, Any] = {"sentences": [_sentence(item, sample.text, abstract) for item in _objects(report, "sentences")]}
    if "caveats" in report:
        parsed["caveats"] = [
            {"name": label_of(item, "name", CAVEATS), "status": label_of(item, "status", CAVEAT_STATUSES)} for item in _objects(report, "caveats")
        ]
    if "cues" in report:
        cues = [item for item in _objects(report, "cues") if item.get("in", "draft") == "draft"]
        parsed["cues"] = [_cue(item, "cues", len(sample.text), CUES) for item in cues]
    return parsed


def _sentence(item: Row, draft: str, abstract: str) -> dict[str, Any]:
    parsed: dict[str, Any] = {**_span(item, "sentence", len(draft)), "verdict": label_of(item, "verdict", VERDICTS)}
    if "confidence" in item:
        parsed["confidence"] = _confidence(item)
    if "abstained" in item:
        parsed["abstained"] = bool(item["abstained"])
    if "kinds" in item:
        parsed["kinds"] = [label_of({"kind": kind}, "kind", ALL_KINDS) for kind in item["kinds"]]
    if "evidence" in item:
        parsed["evidence"] = [_span(span, "evidence", len(abstract)) for span in _objects(item, "evidence")]
    if "strength" in item:
        if item["strength"] not in (None, *STRENGTHS):
            raise RowError(f"strength {item['strength']!r} is not null or 0 to 3")
        parsed["strength"] = item["strength"]
    return parsed


def _objects(row: Row, key: str) -> Iterator[Row]:
    items = row.get(key)
    if not isinstance(items, list):
        raise RowError(f"{key!r} is missing or not a list")
    for item in items:
        if not isinstance(item, dict):
            raise RowError(f"{key!r} holds something that is not an object")
        yield item


def _cue(item: Row, what: str, length: int, labels: Sequence[str]) -> dict[str, Any]:
    return {**_span(item, what, length), "cue": label_of(item, "cue", labels)}


def _span(item: Row, what: str, length: int) -> dict[str, Any]:
    start, end = item.get("start"), item.get("end")
    if not (_is_index(start, length) and _is_index(end, length + 1) and start < end):
        raise RowError(f"{what} span {start!r} to {end!r} is out of range: the text has {length} characters, and start is before end")
    return {"start": start, "end": end}


def _confidence(item: Row) -> float:
    value = item["confidence"]
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise RowError(f"confidence {value!r} is not a number from 0 to 1")
    return float(value)


def _is_index(value: Any, length: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < length
