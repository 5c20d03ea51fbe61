"""The decision: a logistic regression and boosted trees over the named signals, averaged and calibrated.

The regression generalises from few cases, the trees know which signals matter together
(Friedman 2001; Ke et al. 2017); the mean of their probabilities was better than either on held-out cases.
A draft that overstates once does so again: the probability of a flag is adjusted by how the
other sentences of the draft look. Plain JSON beside the model's weights, no pickle. The temperature is fitted on
out-of-fold predictions (Guo et al. 2017); `threshold` is the lowest flag
probability at which the dev precision of flags reached the recipe's target.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np

from checker.errors import ModelError
from checker.judge.ranking import Ranker
from checker.judge.trees import Trees
from checker.labels import FLAGGED, VERDICTS

FILE = "combiner.json"
VERSION = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """Probabilities over `VERDICTS` for one sentence, and what follows from them."""

    verdict: str
    confidence: float
    abstained: bool


@dataclass(frozen=True, slots=True)
class Combiner:
    """`ranker` chooses the evidence that signals rest on; `draft` is the adjustment of `flags`.

    Weights over standardised signals: `weights[verdict][signal]` in `VERDICTS` order, `kind_weights[kind][signal]` in `KIND_LABELS` order.
    """

    ranker: Ranker
    names: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]
    kind_weights: tuple[tuple[float, ...], ...]
    kind_bias: tuple[float, ...]
    trees: Trees
    draft: tuple[float, float, float]
    temperature: float
    threshold: float

    def probabilities(self, names: Sequence[str], signals: np.ndarray) -> np.ndarray:
        """Calibrated probabilities, shape (sentences, verdicts), for signals of shape (sentences, signals).

        Raises:
            ModelError: when the signals are not those that the combiner was trained on.
        """
        standard = self._standard(names, signals)
        linear = standard @ np.array(self.weights).T + np.array(self.bias)
        return sharpen(blend(linear, self.trees.logits(standard)), self.temperature)

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

    def flags(self, probabilities: np.ndarray, drafts: Sequence[object]) -> np.ndarray:
        """Probability that each sentence is to be flagged, shape (sentences,); `drafts` says which draft each is from."""
        own, weight, bias = self.draft
        logits: np.ndarray = draft_features(probabilities, drafts) @ np.array([own, weight]) + bias
        result: np.ndarray = 1 / (1 + np.exp(-logits))
        return result

    def decide(self, probabilities: np.ndarray, flag: float) -> Decision:
        """The verdict of one sentence's probabilities and its probability of a flag.

        A best guess that is flagged, but whose probability of a flag falls short of the
        threshold, abstains.
        """
        best = VERDICTS[int(np.argmax(probabilities))]
        abstained = best in FLAGGED and float(flag) < self.threshold
        return Decision(best, float(probabilities.max()), abstained)

    def save(self, folder: Path) -> None:
        """Write `combiner.json` into a model folder."""
        (folder / FILE).write_text(json.dumps({"version": VERSION, **asdict(self)}) + "\n", encoding="utf-8")


def standardise(signals: np.ndarray, mean: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """Signals in standard deviations from their training mean, clipped so that one outlier cannot decide."""
    result: np.ndarray = np.clip((signals - mean) / scale, -8, 8)
    return result


def flag_probability(probabilities: np.ndarray) -> np.ndarray:
    """Of the flagged verdicts together, shape (sentences,)."""
    result: np.ndarray = probabilities[:, [VERDICTS.index(verdict) for verdict in sorted(FLAGGED)]].sum(1)
    return result


def draft_features(probabilities: np.ndarray, drafts: Sequence[object]) -> np.ndarray:
    """Log-odds of a flag, and the mean flag probability of the draft's other sentences; shape (sentences, 2)."""
    flag = flag_probability(probabilities)
    clipped = np.clip(flag, 1e-4, 1 - 1e-4)
    _, place = np.unique(np.array([str(draft) for draft in drafts]), return_inverse=True)
    sums, counts = np.bincount(place, flag), np.bincount(place)
    others = (sums[place] - flag) / np.maximum(counts[place] - 1, 1)
    return np.stack([np.log(clipped / (1 - clipped)), others], axis=1)


def blend(linear: np.ndarray, trees: np.ndarray) -> np.ndarray:
    """The mean of the probabilities that two sets of logits give."""
    result: np.ndarray = (softmax(linear) + softmax(trees)) / 2
    return result


def sharpen(probabilities: np.ndarray, temperature: float) -> np.ndarray:
    """Probabilities at a temperature: above 1 less sure, below 1 surer."""
    return softmax(np.log(np.clip(probabilities, 1e-12, None)) / temperature)


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
        data: dict[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))
        if data["version"] != VERSION:
            raise ModelError(f"{folder / FILE} is of version {data['version']}; this checker reads version {VERSION}: run `checker train` again")
        ranker = Ranker(_frozen(data["ranker"]["names"]), _trees(data["ranker"]["trees"]))
        rest = {key: _frozen(value) for key, value in data.items() if key not in {"version", "ranker", "trees"}}
        return Combiner(ranker=ranker, trees=_trees(data["trees"]), **rest)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{folder / FILE} is missing or damaged: restore the model folder ({error})") from error


def _trees(data: dict[str, Any]) -> Trees:
    return Trees(**{key: _frozen(value) for key, value in data.items()})


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
