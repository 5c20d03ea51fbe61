"""What a task asks and what a system answered: the two types that the harness passes around.

The gold labels and the predictions are plain JSON objects, in one of three shapes:

    labels   {"label": "same", "confidence": 0.8, "evidence": [2]}
    spans    {"spans": [{"start": 0, "end": 3, "cue": "hedge"}]}
    drafts   {"sentences": [...], "caveats": ..., "cues": [...]}   (see `forms.drafts`)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sample:
    """One thing to be judged.

    `text` is the claim, sentence, abstract or draft; `sentences` are those of the abstract
    that it is judged against. Samples of one `study` are never treated as independent.
    """

    id: str
    study: str
    text: str
    gold: Json
    sentences: tuple[str, ...] = ()
    inputs: Json = field(default_factory=dict)

    @property
    def hash(self) -> str:
        """sha256 of everything in the sample, gold labels included."""
        return hashlib.sha256(_canonical(asdict(self))).hexdigest()


@dataclass(frozen=True, slots=True)
class Record:
    """A sample's gold labels beside what a system said; None when it said nothing."""

    id: str
    hash: str
    study: str
    text: str
    gold: Json
    prediction: Json | None

    def to_line(self) -> str:
        """One line of samples.jsonl."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @staticmethod
    def from_line(line: str) -> Record:
        """The record that `to_line` wrote."""
        return Record(**json.loads(line))


def record(sample: Sample, prediction: Json | None) -> Record:
    """The record of one sample."""
    return Record(sample.id, sample.hash, sample.study, sample.text, sample.gold, prediction)


def fingerprint(samples: Iterable[Sample]) -> str:
    """sha256 over the samples' hashes in order: changes with any text, label or order, not with file names."""
    digest = hashlib.sha256()
    for sample in samples:
        digest.update(sample.hash.encode())
    return digest.hexdigest()


def _canonical(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
