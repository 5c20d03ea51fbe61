"""`checker eval sizes`: the sample sizes that are read in published abstracts, against those that a person read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from checker.cli import app
from checker.errors import InputError
from checker.evaluation.sample_size import LABELS, measure, read_labels

TRIAL = "We randomly assigned 120 adults with gout to Zorin or placebo. Attacks were fewer."
SURVEY = "We surveyed 900 nurses by questionnaire. Headaches were common."
HEADER = "pmid,source,sample_size,alternatives,unit,split"
COMMENT = "Headaches of nurses deserve attention, as we argue here."


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """The three files as their authors publish them."""
    for name in ("clinifact", "w3phi-covered-abstracts/jama", "w3phi-covered-abstracts/reuters"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "clinifact" / "claims.jsonl").write_text(json.dumps({"PMID": "1", "article_abstract": TRIAL}) + "\n", "utf-8")
    (tmp_path / "w3phi-covered-abstracts/jama/jama_article_info.csv").write_text(f'2,title,journal,authors,place,"{SURVEY}",mesh\n', "utf-8")
    (tmp_path / "w3phi-covered-abstracts/reuters/all_reuters_article_info.csv").write_text(
        f'3,title,journal,authors,place,"{COMMENT}",mesh\n', "utf-8"
    )
    return tmp_path


def labels(folder: Path, *sizes: int | None) -> Path:
    path = folder / "labels.csv"
    rows = [f"{n},x,{'' if size is None else size},900 901,people,dev" for n, size in enumerate(sizes, 1)]
    path.write_text("\n".join([HEADER, *rows]), "utf-8")
    return path


def test_exact_is_a_share_of_what_is_told_and_answered_of_what_is_stated(published: Path) -> None:
    found = measure(published, "dev", labels=labels(published, 121, 4, 7))
    assert found["exact"].value == pytest.approx(1 / 2)  # 120 for 121 is wrong, 900 is allowed
    assert found["answered"].value == pytest.approx(2 / 3)  # nothing is read in the comment


def test_a_size_where_none_is_stated_is_wrong(published: Path) -> None:
    found = measure(published, "all", labels=labels(published, None, 900, None))
    assert found["exact"].value == pytest.approx(1 / 2)
    assert found["answered"].value == 1


def test_missing_abstracts_are_named(published: Path) -> None:
    with pytest.raises(InputError, match="lacks 1 of 4 labelled abstracts"):
        measure(published, "all", labels=labels(published, 1, 2, 3, 4))
    told = CliRunner().invoke(app, ["eval", "sizes", "--data", str(published / "clinifact")])
    assert told.exit_code != 0
    assert "put the set's published files there" in told.output


def test_the_labels_hold_figures_only_each_abstract_once() -> None:
    rows = read_labels(LABELS)
    assert len({row.pmid for row in rows}) == len(rows) >= 200
    assert LABELS.read_text("utf-8").splitlines()[0] == HEADER
