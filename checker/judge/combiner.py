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
    """Weights over standardised signals: `weights[verdict][signal]` in `VERDICTS` order, `kind_weights[kind][signal]` in `KIND_LABELS` order."""

    names: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    kind_weights: tuple[tuple[float, ...], ...]
    kind_bias: tuple[float, ...]
    temperature: float
    threshold: float

    def probabilities(self, names: Sequence[str], signals: np.ndarray) -> np.ndarray:
        """Calibrated probabilities, shape (sentences, verdicts), for signals of shape (sentences, signals).

        Raises:
            ModelError: when the signals are not those that the combiner was trained on.
        """
        standard = self._standard(names, signals)
        return softmax((standard @ np.array(self.weights).T + np.array(self.bias)) / self.temperature)

    def kind_probabilities(self, names: Sequence[str], signals: np.ndarray) -> np.ndarray:
        """Probabilities of each kind were the sentence flagged, shape (sentences, kinds).

        Raises:
            ModelError: as `probabilities`.
        """
        logits = self._standard(names, signals) @ np.array(self.kind_weights).T + np.array(self.kind_bias)
        result: np.ndarray = 1 / (1 + np.exp(-logits))
        return result

    def _standard(self, names: Sequence[str], signals: np.ndarray) -> np.ndarray:
        if tuple(names) != self.names:
            raise ModelError("the combiner was trained on other signals than this version computes; run `checker train` again")
        return standardise(signals, np.array(self.mean), np.array(self.scale))

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


def standardise(signals: np.ndarray, mean: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Signals in standard deviations from their training mean, clipped so that one outlier cannot decide."""
    result: np.ndarray = np.clip((signals - mean) / scale, -8, 8)
    return result


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
