"""What the fold models said of the labelled cases, kept beside the weights.

No model saw the cases that it read, so a combiner can be fitted on these readings. They do not
depend on the rules: after a change of a rule, `checker refit` fits the combiner again in minutes,
without training. Only the premise's line on the study may by then differ from the one that was read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from checker.cases import LabelledCase
from checker.errors import RecipeError
from checker.judge.context import Alone, Given

FILE = "readings.npz"
T = TypeVar("T", Alone, Given)
OF_STUDY = ("study_strength",)
"""Fields with a row for each sentence of the abstract, not of the draft."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a model says of one draft and its study."""

    alone: Alone
    given: Given


def key(case: LabelledCase) -> str:
    """The case's id and a digest of its texts: an edited case has no reading."""
    texts = repr((case.study["text"], [sentence.text for sentence in case.sentences]))
    return f"{case.id} {hashlib.sha256(texts.encode()).hexdigest()[:12]}"


def save_readings(folder: Path, readings: Mapping[str, Reading]) -> None:
    """Write `readings.npz`: every field's rows end to end as float16, and how many rows each case has."""
    folder.mkdir(parents=True, exist_ok=True)
    told, study = zip(*(reading.alone.cosine.shape for reading in readings.values()), strict=True)
    packed: dict[str, Any] = {}
    for part, field in _fields():
        blocks = [getattr(getattr(reading, part), field) for reading in readings.values()]
        packed[field] = np.concatenate([block.ravel() if field == "cosine" else block for block in blocks]).astype(np.float16)
    np.savez_compressed(folder / FILE, keys=np.array(list(readings)), told=np.array(told), study=np.array(study), **packed)


def load_readings(folder: Path) -> dict[str, Reading]:
    """The readings of a model folder, by `key`.

    Raises:
        RecipeError: when the file is missing or damaged.
    """
    try:
        with np.load(folder / FILE) as data:
            told, study, keys = data["told"], data["study"], data["keys"]
            rows = {field: data[field].astype(np.float32) for _, field in _fields()}
    except (OSError, ValueError, KeyError) as error:
        raise RecipeError(f"{folder / FILE} is missing or damaged: restore it, or train the model again ({error})") from error
    cut = {field: _cut(values, study if field in OF_STUDY else told) for field, values in rows.items() if field != "cosine"}
    cut["cosine"] = [block.reshape(shape) for block, shape in zip(_cut(rows["cosine"], told * study), zip(told, study, strict=True), strict=True)]
    return {str(name): Reading(_one(Alone, cut, row), _one(Given, cut, row)) for row, name in enumerate(keys)}


def _one(form: type[T], cut: Mapping[str, list[np.ndarray]], row: int) -> T:
    return form(**{field.name: cut[field.name][row] for field in fields(form)})


def _cut(values: np.ndarray, counts: Sequence[int] | np.ndarray) -> list[np.ndarray]:
    return np.split(values, np.cumsum(counts)[:-1])


def _fields() -> list[tuple[str, str]]:
    return [(part, field.name) for part, form in (("alone", Alone), ("given", Given)) for field in fields(form)]
