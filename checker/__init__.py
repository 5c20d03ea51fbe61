"""Reads a health-news draft next to the abstract of its study and says what the study does not support.

>>> from checker import check
>>> report = check(draft, abstract)  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checker.errors import CheckerError, InputError, ModelError, OutputError, RecipeError
from checker.types import Caveat, Cue, Draft, Judgement, Report, Sentence, Span, Study, StudyFacts

if TYPE_CHECKING:
    from checker.pipeline import Checker, check

__version__ = "0.1.0"
__all__ = [
    "Caveat", "Checker", "CheckerError", "Cue", "Draft", "InputError", "Judgement", "ModelError", "OutputError", "RecipeError",
    "Report", "Sentence", "Span", "Study", "StudyFacts", "check",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    """`check` and `Checker` on first use, so that importing the package does not import torch."""
    if name in {"Checker", "check"}:
        from checker import pipeline

        return getattr(pipeline, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
