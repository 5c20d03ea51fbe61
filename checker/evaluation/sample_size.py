"""How often the study reader's sample size is the one that a person read in the abstract.

`eval/facts/sample-size.csv` has PMIDs and figures only; the abstracts come from the published files of CliniFact and
of the press-covered abstracts of Wallace et al. 2015. A figure counts as exact when it is the label or another
reading that the annotator allowed; where the annotator read no total, any answer is wrong.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from checker.errors import InputError
from checker.evaluation.bootstrap import Interval, Table, intervals
from checker.evaluation.counts import ratio
from checker.evaluation.rows import read_rows
from checker.evaluation.tasks import EVAL_DATA, SPLITS
from checker.study.size import read_size

LABELS = EVAL_DATA.parent / "facts" / "sample-size.csv"
CLINIFACT = Path("clinifact") / "claims.jsonl"
COVERED = (Path("jama") / "jama_article_info.csv", Path("reuters") / "all_reuters_article_info.csv")
COVERED_FOLDER = "w3phi-covered-abstracts"
PMID, ABSTRACT = 0, 5
"""Columns of the press-covered abstracts, which have no header."""


@dataclass(frozen=True, slots=True)
class Label:
    """The total sample size of one abstract, None where it states none; `also` are readings as good."""

    pmid: str
    split: str
    size: int | None
    also: tuple[int, ...]


def measure(data: Path, split: str, *, seed: int = 0, labels: Path = LABELS) -> dict[str, Interval]:
    """`exact` of the sizes told, `answered` of those stated, with bootstrap intervals over abstracts.

    Raises:
        InputError: for a split that there is not, a missing file, or one that lacks a labelled abstract.
    """
    if split not in ("all", *SPLITS):
        raise InputError(f"no split {split!r}: one of {', '.join(SPLITS)} or all")
    wanted = [label for label in read_labels(labels) if split in ("all", label.split)]
    abstracts = read_abstracts(data)
    missing = [label.pmid for label in wanted if label.pmid not in abstracts]
    if missing:
        raise InputError(f"{data} lacks {len(missing)} of {len(wanted)} labelled abstracts (PMID {', '.join(missing[:3])}): give the published sets")
    counts = np.array([_counts(label, abstracts[label.pmid]) for label in wanted], dtype=np.float64)

    metrics = {"exact": lambda sums: ratio(sums[..., 0], sums[..., 1]), "answered": lambda sums: ratio(sums[..., 2], sums[..., 3])}
    return intervals([Table(counts, metrics)], seed=seed)


def _counts(label: Label, abstract: str) -> tuple[bool, bool, bool, bool]:
    """Told exactly, told at all; told where one is stated, stated."""
    fact = read_size(abstract)
    told = int(fact.value) if fact else None
    exact = told is not None and told in {label.size, *label.also}
    return exact, told is not None, told is not None and label.size is not None, label.size is not None


def read_labels(path: Path) -> list[Label]:
    """The labels of every split.

    Raises:
        InputError: when the file is missing or breaks its form.
    """
    if not path.is_file():
        raise InputError(f"{path} is missing: run from a copy of the repository")
    try:
        return [_label(row) for _, row in read_rows(path)]
    except (ValueError, KeyError, AttributeError) as error:
        raise InputError(f"{path} cannot be read ({error!r}): run from a copy of the repository") from error


def _label(row: Mapping[str, str]) -> Label:
    size = int(row["sample_size"]) if row["sample_size"] else None
    return Label(row["pmid"], row["split"], size, tuple(map(int, row["alternatives"].split())))


def read_abstracts(data: Path) -> Mapping[str, str]:
    """Abstract by PMID from the published files in a folder.

    Raises:
        InputError: when one of them is missing.
    """
    found = {str(row["PMID"]): row["article_abstract"] or "" for _, row in read_rows(_published(data / CLINIFACT))}
    for name in COVERED:
        path = _published(data / COVERED_FOLDER / name)
        with path.open(encoding="utf-8", errors="replace", newline="") as file:
            found |= {row[PMID].strip(): row[ABSTRACT] for row in csv.reader(file) if len(row) > ABSTRACT}
    return found


def _published(path: Path) -> Path:
    if not path.is_file():
        raise InputError(f"{path} is missing: put the set's published files there")
    return path
