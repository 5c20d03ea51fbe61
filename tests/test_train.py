"""`checker train` end to end on tiny files in the public forms, and what it is made of."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from checker import Checker, Draft, RecipeError, Study
from checker.cases import parse_case
from checker.judge.context import Given
from checker.train.example import Example, is_dev, split
from checker.train.fit import flag_threshold
from checker.train.loop import Prepared
from checker.train.readings import load_readings, save_readings
from checker.train.recipe import read_recipe
from checker.train.run import replayed
from checker.train.sources import strength_prior
from tests.conftest import ABSTRACT
from tests.workshop import RECIPE, labelled, lines, train


def test_one_command_makes_a_model_that_checks_with_its_card(workshop: Path) -> None:
    folder = train(workshop)
    report = Checker.load(str(folder)).check(Draft("The drug cut pain."), Study(ABSTRACT))
    assert len(report.judgements) == 1
    card = (folder / "README.md").read_text()
    assert "SciFact" in card
    assert "CC BY 4.0" in card
    assert json.loads((folder / "training.json").read_text())["cases"] == 6
    from safetensors.torch import load_file

    assert {tensor.dtype for tensor in load_file(folder / "model.safetensors").values()} == {torch.float16}


def test_frozen_layers_stay_as_the_base_and_the_line_on_the_study_is_read_in_use(workshop: Path) -> None:
    from transformers import AutoModel

    recipe = workshop / "recipe.toml"
    recipe.write_text(recipe.read_text().replace("folds = 2", "folds = 2\nstudy_line = true").replace("epochs = 1", "epochs = 1\nfrozen_layers = 1"))
    checker = Checker.load(str(train(workshop)))
    assert checker.scorer.study_line
    base = AutoModel.from_pretrained(workshop / "site/tiny_base/model", dtype=torch.float32).encoder.layer
    trained = checker.scorer.model.encoder.encoder.layer
    moved = [
        max(float((new - old).detach().abs().max()) for new, old in zip(trained[layer].parameters(), base[layer].parameters(), strict=True))
        for layer in (0, 1)
    ]
    assert moved[0] < 1e-3 < moved[1]  # float16 in the saved file


def test_a_killed_run_resumes_to_the_same_weights(workshop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.train import loop

    whole = train(workshop, "whole", "whole-model")
    monkeypatch.setattr(loop, "CHECKPOINT_SECONDS", 0.0)
    steps = 0
    real = loop.loss

    def killed(*args: object) -> torch.Tensor:
        nonlocal steps
        steps += 1
        if steps == 8:
            raise KeyboardInterrupt
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(loop, "loss", killed)
    with pytest.raises(KeyboardInterrupt):
        train(workshop, "cut", "cut-model")
    again = train(workshop, "cut", "cut-model")
    assert (again / "model.safetensors").read_bytes() == (whole / "model.safetensors").read_bytes()
    assert (again / "combiner.json").read_text() == (whole / "combiner.json").read_text()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('reader = "scifact"', 'reader = "nope"', "no reader 'nope'"),
        ('"claim-strength", "scifact"]', '"claim-strength", "gone"]', "names the source 'gone'"),
        ("seed = 3", "seed = = 3", "not valid TOML"),
        ("seed = 3", "sead = 3", "sead"),
    ],
)
def test_a_wrong_recipe_is_refused_by_what_is_wrong(workshop: Path, old: str, new: str, says: str) -> None:
    path = workshop / "recipe.toml"
    path.write_text(path.read_text().replace(old, new))
    with pytest.raises(RecipeError, match=says):
        read_recipe(path)


def test_other_base_weights_and_missing_data_are_refused(workshop: Path) -> None:
    (workshop / "data/scifact/corpus.jsonl").unlink()
    with pytest.raises(RecipeError, match="is missing"):
        train(workshop)
    path = workshop / "site/tiny_base/model/model.safetensors"
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(RecipeError, match="other weights"):
        train(workshop)


def test_a_soup_is_the_mean_of_the_folds(workshop: Path) -> None:
    recipe = workshop / "recipe.toml"
    recipe.write_text(recipe.read_text().replace("folds = 2", "folds = 2\nsoup = true"))
    lines(workshop / "cases/train.jsonl", [labelled(number) for number in range(7)])  # four and three
    folder = train(workshop)
    from safetensors.torch import load_file

    folds = [torch.load(workshop / f"runs/tiny-fold{fold}.pt", weights_only=True)["model"]["heads.verdict.weight"] for fold in (0, 1)]
    assert not torch.equal(*folds)
    torch.testing.assert_close(load_file(folder / "model.safetensors")["heads.verdict.weight"].float(), (folds[0] + folds[1]) / 2, atol=1e-3, rtol=0)
    assert not (workshop / "runs/tiny-final.pt").exists()


def test_a_teacher_draws_the_verdicts_and_kinds_of_what_it_read_towards_its_own(workshop: Path) -> None:
    recipe = workshop / "recipe.toml"
    alone = load_readings(train(workshop, output="alone"))
    certain = {
        key: replace(reading, given=Given(np.tile([0.0, 0.0, 1.0, 0.0], (5, 1)), np.tile([1.0] + [0.0] * 10, (5, 1))))
        for key, reading in alone.items()
    }
    shutil.copytree(workshop / "alone", workshop / "teacher")
    save_readings(workshop / "teacher", certain)
    recipe.write_text(recipe.read_text().replace("folds = 2", f'folds = 2\nteacher = "{workshop / "teacher"}"'))
    taught = load_readings(train(workshop, runs="taught-runs", output="taught"))
    for key, reading in taught.items():
        assert reading.given.verdict[:, 2].mean() > alone[key].given.verdict[:, 2].mean()
        assert reading.given.kinds[:, 0].mean() > alone[key].given.kinds[:, 0].mean()
    recipe.write_text(recipe.read_text().replace("/teacher", "/nobody"))
    with pytest.raises(RecipeError, match="teacher"):
        train(workshop, runs="other")


def test_a_base_of_another_architecture_in_the_parts_of_an_archive_is_joined_and_trained(
    workshop: Path, tokenizer_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from transformers import AutoTokenizer, MPNetConfig, MPNetModel

    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder, model_input_names=["input_ids", "attention_mask"])  # as MPNet's own
    config = MPNetConfig(vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32)
    MPNetModel(config).save_pretrained(workshop / "packed/base")
    tokenizer.save_pretrained(workshop / "packed/base")
    archive = Path(shutil.make_archive(str(workshop / "base"), "zip", workshop / "packed")).read_bytes()
    for number, part in enumerate((archive[:1000], archive[1000:]), start=1):
        folder = workshop / "site" / f"tiny-part-{number}"
        folder.mkdir()
        (folder / f"base.zip.00{number}").write_bytes(part)
        described = workshop / "site" / f"tiny_part_{number}-1.dist-info"
        described.mkdir()
        (described / "METADATA").write_text(f"Metadata-Version: 2.1\nName: tiny-part-{number}\nVersion: 1\n")
        (described / "RECORD").write_text(f"tiny-part-{number}/base.zip.00{number},,\n")
    sha = hashlib.sha256((workshop / "packed/base/model.safetensors").read_bytes()).hexdigest()
    recipe = RECIPE.format(sha=sha).replace(
        'base_package = "tiny_base"', 'base_parts = ["tiny-part-1", "tiny-part-2"]\nbfloat16 = true\ndropout = 0.0'
    )
    (workshop / "recipe.toml").write_text(recipe.replace('"model"', '"base"'))
    checker = Checker.load(str(train(workshop)))
    assert checker.scorer.model.config.encoder["model_type"] == "mpnet"
    assert len(checker.check(Draft("The drug cut pain."), Study(ABSTRACT)).judgements) == 1
    (workshop / "recipe.toml").write_text(recipe.replace("tiny-part-2", "tiny-part-3"))
    with pytest.raises(RecipeError, match="'tiny-part-3' is not installed"):
        train(workshop)


def test_no_study_and_no_text_is_on_both_sides_of_the_split() -> None:
    examples = [Example("a", f"study-{i % 40}", f"Claim {i % 60}") for i in range(200)] + [
        Example("b", f"other-{i}", f"claim {i}.") for i in range(60)
    ]
    train_set, dev = split(examples, 0.3)
    assert dev
    assert not {e.study for e in train_set} & {e.study for e in dev}
    assert not {e.claim.casefold().strip(".") for e in train_set} & {e.claim.casefold().strip(".") for e in dev}


def test_what_is_replayed_is_drawn_from_the_stages_sources(workshop: Path) -> None:
    recipe = read_recipe(workshop / "recipe.toml")
    pair = Prepared(Example("scifact", "1", "Tea cures.", ("Tea did.",), (0,), verdict="supported"), "Tea did.")
    single = Prepared(Example("strength-pubmed", "2", "Tea cures.", strength=3), None)
    stage = replace(recipe.stages[-1], sources=("cases", "scifact"), replay=3)
    drawn = replayed(replace(recipe, stages=(stage,)), [pair] * 5 + [single] * 5)
    assert [item.example.source for item in drawn] == ["scifact"] * 3
    assert all(item.replayed for item in drawn)


def test_how_often_strengths_go_together_is_counted_on_training_studies_only(tmp_path: Path) -> None:
    row = {"told_statement": "Tea cures.", "abstract_statement": "Tea was linked to health.", "told_strength": 3, "abstract_strength": 1}
    studies = [str(number) for number in range(40)]
    lines(tmp_path / "pairs.jsonl", [row | {"study": study} for study in studies])
    learned = sum(not is_dev(study, 0.5) for study in studies)
    assert 0 < learned < len(studies)
    prior = np.array(strength_prior(tmp_path, 0.5))
    assert prior.sum() == pytest.approx(1, abs=1e-4)
    assert prior[3, 1] == pytest.approx((learned + 1) / (learned + 16), abs=1e-5)
    assert prior[1, 3] == pytest.approx(1 / (learned + 16), abs=1e-5)


def test_the_threshold_is_the_lowest_that_reaches_the_precision() -> None:
    probabilities = np.array([[0.1, 0.9, 0, 0, 0], [0.2, 0.8, 0, 0, 0], [0.4, 0.6, 0, 0, 0], [0.45, 0.55, 0, 0, 0]])
    labels = np.array([1, 1, 0, 0])
    flags = probabilities[:, 1]
    assert flag_threshold(probabilities, flags, labels, 1.0) == pytest.approx(0.61)
    assert flag_threshold(probabilities, flags, np.array([0, 0, 0, 0]), 0.9) == 1.0


def test_a_case_that_breaks_the_form_is_refused_with_the_rule() -> None:
    good = labelled(1)
    assert len(parse_case(good).sentences) == 5
    good["draft"]["text"] += " One more sentence."
    with pytest.raises(ValueError, match="no sentence covers 'One more sentence.'"):
        parse_case(good)
