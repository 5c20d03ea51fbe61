"""The report's figures as inline SVG. Text is drawn as outlines, so no label can carry markup."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

INK, ACCENT = "#1f2933", "#0b6e99"


def confusion(data: Mapping[str, Any]) -> str:
    """The confusion matrix, shaded by share of its row; empty without one."""
    if not data["labels"]:
        return ""
    import numpy as np

    matrix = np.array(data["matrix"], dtype=float)
    labels = data["labels"]
    figure, axes = _figure(1.4 + 0.8 * len(labels), 1.0 + 0.6 * len(labels))
    share = matrix / np.maximum(matrix.sum(1, keepdims=True), 1)
    axes.imshow(share, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    for row, column in np.ndindex(*matrix.shape):
        dark = share[row, column] > 0.5
        axes.text(column, row, f"{int(matrix[row, column])}", ha="center", va="center", color="white" if dark else INK)
    axes.set_xticks(range(len(labels)), labels, rotation=30, ha="right")
    axes.set_yticks(range(len(labels) - 1), labels[:-1])
    return _svg(figure)


def reliability(points: Sequence[Mapping[str, float]]) -> str:
    """Accuracy against confidence, the diagonal being honest; empty without confidences."""
    if not points:
        return ""
    figure, axes = _figure(4, 4)
    axes.plot([0, 1], [0, 1], color=INK, linewidth=0.8, linestyle="--")
    axes.bar([p["confidence"] for p in points], [p["accuracy"] for p in points], width=1 / 18, color=ACCENT, alpha=0.8)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="confidence", ylabel="accuracy")
    return _svg(figure)


def abstention(points: Sequence[Mapping[str, float]]) -> str:
    """Risk against coverage; empty without confidences."""
    if not points:
        return ""
    figure, axes = _figure(4, 4)
    axes.plot([p["coverage"] for p in points], [p["risk"] for p in points], color=ACCENT, marker="." if len(points) < 20 else "")
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="share answered", ylabel="share of those wrong")
    return _svg(figure)


def _figure(width: float, height: float) -> tuple[Any, Any]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots()


def _svg(figure: Any) -> str:
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    return text[text.index("<svg") :]
