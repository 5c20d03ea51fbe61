"""What is measured of each task's records: count tables, the confusion matrix, the curves.

`measure` is the only place that knows which metric goes with which shape of record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from checker.evaluation import counts as c
from checker.evaluation.align import Pair, align, is_flagged, touches
from checker.evaluation.bootstrap import Counts, Table
from checker.evaluation.sample import Json, Record
from checker.evaluation.tasks import Task
from checker.labels import CAVEATS, CONTRADICTION_KINDS, CUES, FLAGGED, OVERSTATEMENT_KINDS, STRENGTHS, VERDICTS, WITH_EVIDENCE

KINDS = OVERSTATEMENT_KINDS + CONTRADICTION_KINDS


@dataclass(frozen=True, slots=True)
class Unit:
    """One scored decision: what compare and report quote."""

    key: str
    text: str
    gold: str
    predicted: str | None
    confidence: float | None


@dataclass(frozen=True, slots=True)
class Measured:
    """Everything that is computed from the records of one run.

    Rows of every table are studies in sorted order, so two runs on the same data line up.
    """

    tables: list[Table]
    labels: tuple[str, ...] = ()
    matrix: Counts | None = None
    units: list[Unit] = field(default_factory=list)

    @property
    def scored(self) -> int:
        """Decisions that have a prediction."""
        return sum(unit.predicted is not None for unit in self.units)


def measure(task: Task, records: Sequence[Record]) -> Measured:
    """Count tables and units of a task's records."""
    if task.kind == "drafts":
        return _drafts(records)
    return _spans(task, records) if task.kind == "cues" else _labels(task, records)


def _labels(task: Task, records: Sequence[Record]) -> Measured:
    studies, n = _studies(records)
    units = [_label_unit(record) for record in records]
    gold = [unit.gold for unit in units]
    told = [unit.predicted for unit in units]
    matrix = c.confusion(studies, n, _codes(gold, task.labels), _codes(told, task.labels), len(task.labels))
    flagged = [task.labels.index(label) for label in task.labels if label in task.flagged]
    tables = [c.confusion_table(matrix, len(task.labels), flagged), *_confidence_tables(studies, n, units)]
    quoted = [(row, record) for row, record in enumerate(records) if record.gold.get("evidence")]
    if any("evidence" in (record.prediction or {}) for _, record in quoted):
        hits = [bool(set(record.gold["evidence"]) & set((record.prediction or {}).get("evidence", ()))) for _, record in quoted]
        tables.append(c.share_table(studies[[row for row, _ in quoted]], n, np.array(hits), "evidence_hit"))
    return Measured(tables, task.labels, _square(matrix, len(task.labels)), units)


def _spans(task: Task, records: Sequence[Record]) -> Measured:
    studies, n = _studies(records)
    gold = [_cue_items(record.gold["spans"]) for record in records]
    told = [_cue_items((record.prediction or {}).get("spans", ())) for record in records]
    tables = [c.sets_table(studies, n, gold, told, task.labels, "cues_", by_label=True)]
    hedged = [[{item[:1] for item in items if item[0] == "hedge"} for items in side] for side in (gold, told)]
    sentence = c.sets_table(studies, n, hedged[0], hedged[1], ("hedge",), "hedge_sentence_")
    tables.append(Table(sentence.counts, {"hedge_sentence_f1": sentence.metrics["hedge_sentence_micro_f1"]}))
    units = [
        Unit(record.id, record.text, _cue_text(record.text, wanted), None if record.prediction is None else _cue_text(record.text, found), None)
        for record, wanted, found in zip(records, gold, told, strict=True)
    ]
    return Measured(tables, units=units)


def _drafts(records: Sequence[Record]) -> Measured:
    studies, n = _studies(records)
    pairs, spare = align(records)
    of_pair = studies[[pair.draft for pair in pairs]]
    units = [_sentence_unit(records[pair.draft], pair) for pair in pairs]
    gold = [unit.gold for unit in units]
    told = [unit.predicted for unit in units]
    matrix = c.confusion(of_pair, n, _codes(gold, VERDICTS), _codes(told, VERDICTS), len(VERDICTS))
    tables = [c.confusion_table(matrix, len(VERDICTS), (), "verdict_"), *_confidence_tables(of_pair, n, units)]
    tables += _flags(studies, n, len(records), pairs, spare)
    found = [pair.predicted or {} for pair in pairs]
    if any("kinds" in sentence for sentence in found):
        kinds = [[{(kind,) for kind in sentence.get("kinds", ())} for sentence in side] for side in ([p.gold for p in pairs], found)]
        tables.append(c.sets_table(of_pair, n, kinds[0], kinds[1], KINDS, "kinds_", by_label=True))
    if any("evidence" in sentence for sentence in found):
        quoted = [row for row, pair in enumerate(pairs) if pair.gold["verdict"] in WITH_EVIDENCE]
        hits = [touches(pairs[row].gold["evidence"], found[row].get("evidence", ())) for row in quoted]
        tables.append(c.share_table(of_pair[quoted], n, np.array(hits, dtype=bool), "evidence_hit"))
    tables += _strength(of_pair, n, pairs)
    tables += _document_sets(studies, n, records)
    return Measured(tables, VERDICTS, _square(matrix, len(VERDICTS)), units)


def _flags(studies: c.Indices, n: int, drafts: int, pairs: Sequence[Pair], spare: Sequence[Pair]) -> list[Table]:
    """Flag precision and recall, what careful drafts suffer, and precision when they are left alone.

    A flagged sentence that no gold sentence took is a false flag. A careful draft is one
    whose gold labels flag nothing.
    """
    gold = np.array([pair.gold.get("verdict") in FLAGGED for pair in (*pairs, *spare)])
    told = np.array([pair.predicted is not None and is_flagged(pair.predicted) for pair in (*pairs, *spare)])
    draft = np.array([pair.draft for pair in (*pairs, *spare)])
    totals = c.per_study(studies[draft], n, np.stack([gold & told, told, gold], axis=1))
    careful = np.bincount(draft[gold], minlength=drafts) == 0
    calm = careful[draft]
    touched = np.bincount(draft[told], minlength=drafts) > 0
    tables = [
        Table(totals, c.flag_metrics(lambda sums: (sums[..., 0], sums[..., 1], sums[..., 2]))),
        c.share_table(studies[draft[calm]], n, told[calm], "careful_flagged"),
        c.share_table(studies[careful], n, ~touched[careful], "careful_untouched"),
    ]
    sure = np.array([_flag_confidence(pair.predicted) for pair in (*pairs, *spare)])
    if any("confidence" in (pair.predicted or {}) for pair in pairs):
        cuts = np.append(c.thresholds(sure[sure >= 0])[::-1], np.inf)
        flags = (sure[:, None] >= cuts).astype(np.float64)
        hit, flagged = c.per_study(draft, drafts, flags * gold[:, None]), c.per_study(draft, drafts, flags)
        wanted = np.bincount(draft[gold], minlength=drafts).astype(np.float64)
        tables.append(c.careful_table(studies, n, hit, flagged, wanted, careful.astype(np.float64)))
    return tables


def _flag_confidence(sentence: Json | None) -> float:
    """How sure the system is of a flag, -1 where its best guess is none; abstaining is one such threshold."""
    if sentence is None or sentence["verdict"] not in FLAGGED:
        return -1.0
    return float(sentence.get("confidence", 1.0))


def _strength(studies: c.Indices, n: int, pairs: Sequence[Pair]) -> list[Table]:
    rows = [row for row, pair in enumerate(pairs) if pair.gold["strength"] is not None]
    if not rows or not any((pair.predicted or {}).get("strength") is not None for pair in pairs):
        return []
    levels = tuple(str(level) for level in STRENGTHS)
    gold = _codes([str(pairs[row].gold["strength"]) for row in rows], levels)
    told = _codes([str((pairs[row].predicted or {}).get("strength")) for row in rows], levels)
    return [c.confusion_table(c.confusion(studies[rows], n, gold, told, len(levels)), len(levels), (), "strength_")]


def _document_sets(studies: c.Indices, n: int, records: Sequence[Record]) -> list[Table]:
    """Caveats and cues, where the system gives any."""
    tables: list[Table] = []
    given = [record.prediction or {} for record in records]
    if any("caveats" in prediction for prediction in given):
        gold = [record.gold["caveats"] for record in records]
        told = [{item["name"]: item["status"] for item in prediction.get("caveats", ())} for prediction in given]
        missing = [[{(name,) for name, status in side.items() if status == "missing"} for side in sides] for sides in (gold, told)]
        applies = [[{(name,) for name in side} for side in sides] for sides in (gold, told)]
        for prefix, (wanted, found) in (("caveats_missing_", missing), ("caveats_applies_", applies)):
            table = c.sets_table(studies, n, wanted, found, CAVEATS, prefix)
            tables.append(Table(table.counts, {name.replace("_micro_", "_"): metric for name, metric in table.metrics.items() if "micro" in name}))
    if any("cues" in prediction for prediction in given):
        cues = [[_cue_items(side.get("cues", ())) for side in sides] for sides in ([record.gold for record in records], given)]
        tables.append(c.sets_table(studies, n, cues[0], cues[1], CUES, "cues_", by_label=True))
    return tables


def _confidence_tables(studies: c.Indices, n: int, units: Sequence[Unit]) -> list[Table]:
    """Calibration and abstention, when every prediction says how sure it is."""
    rows = [row for row, unit in enumerate(units) if unit.predicted is not None]
    if not rows or any(units[row].confidence is None for row in rows):
        return []
    confidence, correct = confidences([units[row] for row in rows])
    return [c.calibration_table(studies[rows], n, confidence, correct), c.abstention_table(studies[rows], n, confidence, correct)]


def confidences(units: Sequence[Unit]) -> tuple[Counts, NDArray[np.bool_]]:
    """Confidence and correctness of units that have both."""
    told = [unit for unit in units if unit.predicted is not None and unit.confidence is not None]
    return np.array([unit.confidence for unit in told], dtype=np.float64), np.array([unit.gold == unit.predicted for unit in told], dtype=bool)


def _studies(records: Sequence[Record]) -> tuple[c.Indices, int]:
    names, index = np.unique([record.study for record in records], return_inverse=True)
    return index.astype(np.int64), len(names)


def _codes(values: Sequence[str | None], labels: Sequence[str]) -> c.Indices:
    """Positions in `labels`; what is not among them, None too, becomes the column of missing predictions."""
    position = {label: index for index, label in enumerate(labels)}
    return np.array([position.get(value or "", len(labels)) for value in values], dtype=np.int64)


def _square(counts: Counts, classes: int) -> Counts:
    square: Counts = counts.sum(axis=0).reshape(classes, classes + 1)
    return square


def _label_unit(record: Record) -> Unit:
    told: Json = record.prediction or {}
    return Unit(record.id, record.text, record.gold["label"], told.get("label"), told.get("confidence"))


def _sentence_unit(record: Record, pair: Pair) -> Unit:
    told: Json = pair.predicted or {}
    return Unit(f"{record.id}:{pair.gold['start']}", pair.gold["text"], pair.gold["verdict"], told.get("verdict"), told.get("confidence"))


def _cue_items(spans: Iterable[Json]) -> set[tuple[Any, ...]]:
    return {(span["cue"], span["start"], span["end"]) for span in spans}


def _cue_text(text: str, items: set[tuple[Any, ...]]) -> str:
    return "; ".join(f"{cue}: {text[start:end]}" for cue, start, end in sorted(items, key=lambda item: item[1:])) or "none"
