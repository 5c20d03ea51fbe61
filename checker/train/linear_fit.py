"""What the fits of the small classifiers share: the published file, the matrix, and the card generated from the run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from checker.errors import RecipeError
from checker.linear import FILE

TEMPLATE = """---
language: en
---

# {name}

{what}

`{file}`: {features} named features, sha256 `{sha}…`; readable as text.

## How to make it again

`checker fit {name} --data FOLDER`, where FOLDER holds the public sets under the names below; a minute or two,
the same file every time; on another number of threads a weight may differ in its last decimal.

## Data

{data}

None of this text is in the repository but the project's own cases.

## Figures

Five folds by study: nothing was scored by a classifier that had seen the same study. Development figures.

| what | n | precision | recall | F1 |
| --- | --- | --- | --- | --- |
{figures}

## Limits

{limits}
"""


def published(path: Path, name: str) -> Path:
    """The path of the published file of the set of that name.

    Raises:
        RecipeError: when it is missing.
    """
    if not path.is_file():
        raise RecipeError(f"{path} is missing: put {name}'s published file there")
    return path


def short_indices(matrix: csr_matrix) -> csr_matrix:
    """The matrix with 32-bit indices, all that liblinear reads."""
    matrix = csr_matrix(matrix)
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    return matrix


def write_linear_card(folder: Path, what: str, data: Sequence[str], figures: Mapping[str, Mapping[str, float]], features: int, limits: str) -> None:
    """Write README.md beside the weights."""
    rows = "\n".join(
        f"| {name} | {row['items']:.0f} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} |" for name, row in figures.items()
    )
    sha = sha256((folder / FILE).read_bytes()).hexdigest()[:12]
    listed = "\n".join(f"- {source}" for source in data)
    text = TEMPLATE.format(name=folder.name, what=what, file=FILE, features=features, sha=sha, data=listed, figures=rows, limits=limits)
    (folder / "README.md").write_text(text, encoding="utf-8")
