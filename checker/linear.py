"""Linear classifiers over named features: small enough to read, kept as JSON in `models/`.

`weights.json` holds the labels, one bias a label (one alone when there are two labels, of
the second), a row of weights of the same length for each feature, and whatever else the
features need. A feature that the file does not name weighs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import Any

from checker.errors import ModelError
from checker.model.store import model_roots

FILE = "weights.json"


@dataclass(frozen=True, slots=True)
class Linear:
    """Multinomial logistic regression; binary when there are two labels."""

    labels: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, tuple[float, ...]]
    extra: Mapping[str, Any]

    def probabilities(self, features: Mapping[str, float]) -> tuple[float, ...]:
        """One probability a label, in the order of `labels`, of an example's features and their values."""
        sums = list(self.bias)
        for name, value in features.items():
            for column, weight in enumerate(self.weights.get(name, ())):
                sums[column] += weight * value
        if len(sums) == 1:
            sums.insert(0, 0.0)
        highest = max(sums)
        powers = [exp(value - highest) for value in sums]
        total = sum(powers)
        return tuple(power / total for power in powers)

    def save(self, folder: Path) -> None:
        """Write the file, features in alphabetical order, weights to three decimals."""
        folder.mkdir(parents=True, exist_ok=True)
        head = _json({"labels": self.labels, "bias": [round(value, 3) for value in self.bias], **self.extra})
        rows = ",\n".join(f"{_json(name)}:{_json([round(weight, 3) for weight in row])}" for name, row in sorted(self.weights.items()))
        (folder / FILE).write_text(f'{head[:-1]},"weights":{{\n{rows}\n}}}}\n', "utf-8")


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@cache
def load_linear(name: str) -> Linear:
    """The classifier of that name: the working copy's, or the installed package's.

    Raises:
        ModelError: when it is missing or damaged.
    """
    path = next((root / name / FILE for root in model_roots() if (root / name / FILE).is_file()), None)
    if path is None:
        raise ModelError(f"models/{name}/{FILE} is missing: restore it, or install the package again")
    return read_linear(path)


def read_linear(path: Path) -> Linear:
    """The classifier of one file.

    Raises:
        ModelError: when it is damaged.
    """
    try:
        content = json.loads(path.read_text("utf-8"))
        weights = {feature: tuple(row) for feature, row in content.pop("weights").items()}
        return Linear(tuple(content.pop("labels")), tuple(content.pop("bias")), weights, content)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"{path} is damaged ({error!r}): restore it") from error
