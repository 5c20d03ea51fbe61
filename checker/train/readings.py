"""What the fold models said of the labelled cases, kept beside the weights.

No model saw the cases that it read, so a combiner can be fitted on these readings. They do not
depend on the rules: after a change of a rule, `checker refit` fits the combiner again in minutes,
without training. Only the premise's line on the study may by then differ from the one that was read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from checker.cases import LabelledCase
from checker.errors import RecipeError
from checker.judge.context import Reading

FILE = "readings.npz"
OF_STUDY = ("study_strength",)
"""Fields with a row for each sentence of the abstract, not of the draft."""


def key(case: LabelledCase) -> str:
    """The case's id and a digest of its texts: an edited case has no reading."""
    texts = repr((case.study["text"], [sentence.text for sentence in case.sentences]))
    return f"{case.id} {hashlib.sha256(texts.encode()).hexdigest()[:12]}"


def save_readings(folder: Path, readings: Mapping[str, Reading]) -> None:
    """Write `readings.npz`: every field's rows end to end as float16, and how many rows each case has."""
    told, study = zip(*(reading.cosine.shape for reading in readings.values()), strict=True)
    rows = {name: np.concatenate([getattr(reading, name) for reading in readings.values()]) for name in _fields() if name != "cosine"}
    rows["cosine"] = np.concatenate([reading.cosine.ravel() for reading in readings.values()])
    packed: dict[str, Any] = {name: values.astype(np.float16) for name, values in rows.items()}
    np.savez_compressed(folder / FILE, keys=np.array(list(readings)), told=np.array(told), study=np.array(study), **packed)


def load_readings(folder: Path) -> dict[str, Reading]:
    """The readings of a model folder, by `key`.

    Raises:
        RecipeError: when the file is missing or damaged.
    """
    try:
        with np.load(folder / FILE) as data:
            told, study, keys = data["told"], data["study"], data["keys"]
            rows = {name: data[name].astype(np.float32) for name in _fields()}
    except (OSError, ValueError, KeyError) as error:
        raise RecipeError(f"{folder / FILE} is missing or damaged: restore it, or train the model again ({error})") from error
    shapes = list(zip(told, study, strict=True))
    cut = {name: _cut(values, study if name in OF_STUDY else told) for name, values in rows.items() if name != "cosine"}
    cut["cosine"] = [block.reshape(shape) for block, shape in zip(_cut(rows["cosine"], told * study), shapes, strict=True)]
    return {str(name): Reading(**{part: cut[part][row] for part in cut}) for row, name in enumerate(keys)}


def _cut(values: np.ndarray, counts: Sequence[int] | np.ndarray) -> list[np.ndarray]:
    return np.split(values, np.cumsum(counts)[:-1])


def _fields() -> list[str]:
    return [field.name for field in fields(Reading)]
