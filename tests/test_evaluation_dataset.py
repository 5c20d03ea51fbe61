"""The evaluation set as somebody who downloads it meets it: card, metadata, loading, and nothing leaked from training."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from checker.cases import LabelledCase, read_cases
from checker.evaluation.cli import app
from checker.evaluation.dataset import CARD, CROISSANT
from checker.evaluation.tasks import EVAL_DATA, SPLITS
from checker.labels import CONTRADICTION_KINDS, FLAGGED, OVERSTATEMENT_KINDS
from checker.train.example import normal

TRAINING = EVAL_DATA.parents[1] / "models" / "data"


@pytest.fixture(scope="module")
def splits() -> dict[str, list[LabelledCase]]:
    return {split: read_cases(EVAL_DATA / f"{split}.jsonl") for split in SPLITS}


def test_card_and_metadata_say_what_the_files_hold(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EVAL_DATA, tmp_path / "data"))
    outcome = CliRunner().invoke(app, ["card", str(folder)])
    assert outcome.exit_code == 0, outcome.output
    for name in (CARD, CROISSANT):
        assert (folder / name).read_text() == (EVAL_DATA / name).read_text(), f"run `checker eval card` to make {name} anew"


def test_load_dataset_reads_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from datasets import load_dataset

    loaded = load_dataset(str(EVAL_DATA), cache_dir=str(tmp_path))
    assert {split: len(loaded[split]) for split in loaded} == {"dev": 60, "test": 60}
    for row, line in zip(loaded["dev"], (EVAL_DATA / "dev.jsonl").read_text().splitlines(), strict=True):
        case = json.loads(line)
        assert row["sentences"] == case["sentences"]
        assert {name: status for name, status in row["caveats"].items() if status} == case["caveats"]


def test_the_set_holds_enough_of_everything(splits: dict[str, list[LabelledCase]]) -> None:
    every = [case for cases in splits.values() for case in cases]
    careful = [case for case in every if not any(s.verdict in FLAGGED for s in case.sentences)]
    kinds = [kind for case in every for sentence in case.sentences for kind in sentence.kinds]
    assert [len(cases) for cases in splits.values()] == [60, 60]
    assert len(careful) >= 20
    assert all(kinds.count(kind) >= 15 for kind in OVERSTATEMENT_KINDS + CONTRADICTION_KINDS)


def test_no_study_or_sentence_stands_in_both_splits_or_in_the_training_cases(splits: dict[str, list[LabelledCase]]) -> None:
    trained = [case for path in sorted(TRAINING.rglob("*.jsonl")) for case in read_cases(path)]
    groups = [splits["dev"], splits["test"], trained]
    for index, group in enumerate(groups):
        for other in groups[index + 1 :]:
            assert not _texts(group) & _texts(other)


def _texts(cases: list[LabelledCase]) -> set[str]:
    """Abstract sentences, titles and draft sentences; the short ones ("Talk to your doctor.") may well recur."""
    texts = [part for case in cases for part in (case.study["title"], *case.study["text"].split(". "), *(s.text for s in case.sentences))]
    return {normal(text) for text in texts if len(text) > 60}


@pytest.mark.parametrize(("remove", "said"), [("test.jsonl", "test.jsonl"), (CARD, CARD), ("agreement/second-dev.jsonl", "second-dev.jsonl")])
def test_a_missing_file_is_named(remove: str, said: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(EVAL_DATA, tmp_path / "data"))
    (folder / remove).unlink()
    outcome = CliRunner().invoke(app, ["card", str(folder)])
    assert outcome.exit_code == 2
    assert said in outcome.output
