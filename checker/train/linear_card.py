"""The card of a small classifier, generated from the run that made it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from checker.linear import FILE

TEMPLATE = """---
language: en
---

# {name}

{what}

`{file}`: {features} named features, sha256 `{sha}…`; readable as text.

## How to make it again

`checker fit {name} --data FOLDER`, where FOLDER holds the public sets under the names below; about a minute, the same file every time.

## Data

{data}

None of this text is in the repository but the project's own cases.

## Figures

Five folds by study: nothing was scored by a classifier that had seen the same study. Development figures; `eval/` holds the
evaluation set.

| what | n | precision | recall | F1 |
| --- | --- | --- | --- | --- |
{figures}

## Limits

{limits}
"""


def write_linear_card(folder: Path, what: str, data: Sequence[str], figures: Mapping[str, Mapping[str, float]], features: int, limits: str) -> None:
    """Write README.md beside the weights."""
    rows = "\n".join(
        f"| {name} | {row['items']:.0f} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} |" for name, row in figures.items()
    )
    sha = sha256((folder / FILE).read_bytes()).hexdigest()[:12]
    listed = "\n".join(f"- {source}" for source in data)
    text = TEMPLATE.format(name=folder.name, what=what, file=FILE, features=features, sha=sha, data=listed, figures=rows, limits=limits)
    (folder / "README.md").write_text(text, encoding="utf-8")
