"""The bundled examples: three invented drafts with the invented abstracts they report on."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from checker.types import Draft, Study

_TITLES = {
    "trial": "Small trial, overstated",
    "cohort": "Cohort study, told with care",
    "mouse": "Mouse study, told as human",
}
EXAMPLES = tuple(_TITLES)
"""Names of the examples, the one that `make demo` prints first."""


@dataclass(frozen=True, slots=True)
class Example:
    """A draft and its study; `title` is what the button says."""

    name: str
    title: str
    draft: Draft
    study: Study


def load_example(name: str = EXAMPLES[0]) -> Example:
    """The example of that name, from the package's `examples` folder."""
    folder = files("checker") / "examples" / name
    headline, _, body = (folder / "draft.txt").read_text(encoding="utf-8").strip().partition("\n\n")
    abstract = (folder / "study.txt").read_text(encoding="utf-8").strip()
    return Example(name, _TITLES[name], Draft(body, headline), Study(abstract))
