"""The bundled examples: three invented drafts with the invented abstracts that they report on."""

from __future__ import annotations

from importlib.resources import files
from typing import NamedTuple

from checker.types import Draft, Study

EXAMPLES = ("trial", "cohort", "mouse")
"""An overstated small trial, a careful cohort story, an animal study told partly as human."""


class Example(NamedTuple):
    """A draft and its study."""

    draft: Draft
    study: Study


def load_example(name: str = EXAMPLES[0]) -> Example:
    """The example of that name.

    >>> draft, study = load_example("cohort")
    >>> draft.headline
    'Older people who wear hearing aids had somewhat fewer falls'
    """
    folder = files(__package__) / name
    headline, _, body = (folder / "draft.txt").read_text(encoding="utf-8").strip().partition("\n\n")
    return Example(Draft(body, headline), Study((folder / "study.txt").read_text(encoding="utf-8").strip()))
