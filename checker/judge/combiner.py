"""The decision: a calibrated multinomial logistic regression over the named signals.

Plain JSON beside the model's weights, no pickle. The temperature is fitted on
out-of-fold predictions (Guo et al. 2017); `threshold` is the lowest flag
probability at which the dev precision of flags reached the recipe's target.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from checker.errors import ModelError
from checker.labels import FLAGGED, VERDICTS

FILE = "combiner.json"


@dataclass(frozen=True, slots=True)
class Decision:
    """Probabilities over `VERDICTS` for one sentence, and what follows from them."""

    verdict: str
    confidence: float
    abstained: bool


@dataclass(frozen=True, slots=True)
class Combiner:
    """Weights over standardised signals: `weights[class][signal]`, in `VERDICTS` order."""

    names: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    temperature: float
    threshold: float

    def probabilities(self, names: Sequence[str], signals: np.ndarray) -> np.ndarray:
        """Calibrated probabilities, shape (sentences, verdicts), for signals of shape (sentences, signals).

        Raises:
            ModelError: when the signals are not those that the combiner was trained on.
        """
        if tuple(names) != self.names:
            raise ModelError("the combiner was trained on other signals than this version computes; run `checker train` again")
        standard = (signals - np.array(self.mean)) / np.array(self.scale)
        return softmax((np.clip(standard, -8, 8) @ np.array(self.weights).T + np.array(self.bias)) / self.temperature)

    def decide(self, probabilities: np.ndarray) -> Decision:
        """The verdict of one sentence's probabilities.

        A flag needs the two flagged verdicts together to reach the threshold; a best
        guess that is flagged but falls short abstains.
        """
        best = VERDICTS[int(np.argmax(probabilities))]
        flag = float(sum(probabilities[VERDICTS.index(verdict)] for verdict in FLAGGED))
        abstained = best in FLAGGED and flag < self.threshold
        return Decision(best, float(probabilities.max()), abstained)

    def save(self, folder: Path) -> None:
        """Write `combiner.json` into a model folder."""
        (folder / FILE).write_text(json.dumps({"version": 1, **asdict(self)}) + "\n", encoding="utf-8")


def softmax(logits: np.ndarray) -> np.ndarray:
    """Row-wise softmax."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    result: np.ndarray = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


@lru_cache(maxsize=4)
def load_combiner(folder: Path) -> Combiner:
    """The combiner of a model folder.

    Raises:
        ModelError: when the file is missing, damaged or of another version.
    """
    try:
        data: Mapping[str, object] = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if data["version"] != 1:
            raise ModelError(f"{folder / FILE} is of version {data['version']}; this checker reads version 1")
        return Combiner(**{key: _frozen(value) for key, value in data.items() if key != "version"})  # type: ignore[arg-type]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder / FILE} is missing or damaged: restore the model folder ({error})") from error


def _frozen(value: object) -> object:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
