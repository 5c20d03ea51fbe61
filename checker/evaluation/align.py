"""Gold sentences of a draft matched with a system's own sentences by their offsets.

A system may split a draft differently. A gold sentence takes the predicted sentence that
overlaps it most, if that covers at least half of it; otherwise it is unscored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.evaluation.sample import Json, Record
from checker.labels import FLAGGED

COVER = 0.5


@dataclass(frozen=True, slots=True)
class Pair:
    """One gold sentence of one draft and the prediction for it, None when there is none."""

    draft: int
    gold: Json
    predicted: Json | None


def is_flagged(sentence: Json) -> bool:
    """Whether the sentence would be shown as a finding."""
    return sentence["verdict"] in FLAGGED and not sentence.get("abstained", False)


def align(records: Sequence[Record]) -> tuple[list[Pair], list[Pair]]:
    """(every gold sentence with its prediction, predicted sentences that no gold sentence took)."""
    pairs: list[Pair] = []
    spare: list[Pair] = []
    for draft, record in enumerate(records):
        candidates = record.prediction["sentences"] if record.prediction else []
        used: set[int] = set()
        for gold in record.gold["sentences"]:
            best = max(range(len(candidates)), key=lambda index: _overlap(gold, candidates[index]), default=None)
            if best is None or _overlap(gold, candidates[best]) < COVER * (gold["end"] - gold["start"]):
                pairs.append(Pair(draft, gold, None))
                continue
            used.add(best)
            pairs.append(Pair(draft, gold, candidates[best]))
        spare += [Pair(draft, {}, sentence) for index, sentence in enumerate(candidates) if index not in used]
    return pairs, spare


def touches(spans: Sequence[Json], others: Sequence[Json]) -> bool:
    """Whether any span of one side overlaps any of the other."""
    return any(_overlap(a, b) > 0 for a in spans for b in others)


def _overlap(a: Json, b: Json) -> int:
    return max(0, min(int(a["end"]), int(b["end"])) - max(int(a["start"]), int(b["start"])))
