"""A model's verifier: trained from the model, kept beside it, asked by the verification tasks only."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from checker import RecipeError
from checker.errors import ModelError
from checker.evaluation.answers import verdict
from checker.evaluation.sample import Sample
from checker.evaluation.tasks import TASKS
from checker.model import store
from checker.model.store import fingerprint, load
from checker.model.verifier import FILE, load_verifier, save_changes
from checker.train.example import Example
from checker.train.loop import Prepared, class_weights
from checker.train.run import train as run
from tests.workshop import VERIFIER, train

PAIR = ["The drug cut pain."], ["Mice had no pain."]


def make_verifier(workshop: Path, model: Path) -> Path:
    recipe = workshop / "verifier.toml"
    recipe.write_text(VERIFIER.format(folder=model, weights=fingerprint(model)))
    return run(recipe, data=workshop / "data", cases=workshop / "cases", output=model / "verifier", runs=workshop / "verifier-runs")


def test_a_verifier_answers_the_verification_tasks_and_leaves_the_judge_of_drafts_alone(workshop: Path) -> None:
    model = train(workshop)
    before = load(str(model))
    weights = fingerprint(model)
    folder = make_verifier(workshop, model)
    store._load.cache_clear()
    after = load(str(model))
    assert fingerprint(model) == weights
    np.testing.assert_array_equal(after.pairs(*PAIR).verdict, before.pairs(*PAIR).verdict)
    assert np.abs(after.verify(*PAIR) - after.pairs(*PAIR).verdict).max() > 1e-3
    np.testing.assert_array_equal(before.verify(*PAIR), before.pairs(*PAIR).verdict)
    sample = Sample("a", PAIR[1][0], PAIR[1][0], {"label": "SUPPORT"}, tuple(PAIR[0]))
    told = verdict(TASKS["scifact"], after, [sample], "")[0]
    mapped = after.verify(*PAIR)[0][[0, 2, 3]]
    assert told["confidence"] == pytest.approx(float(mapped.max() / mapped.sum()), abs=1e-5)
    changed = load_file(folder / FILE)
    assert not any("layer.0." in name or "embeddings" in name or "strength" in name for name in changed)
    assert any("layer.1." in name for name in changed)


def test_a_verifier_of_another_model_and_a_damaged_one_are_refused(workshop: Path) -> None:
    model = train(workshop)
    recipe = workshop / "verifier.toml"
    recipe.write_text(VERIFIER.format(folder=model, weights="0" * 12))
    with pytest.raises(RecipeError, match="does not have the weights 000000000000"):
        run(recipe, data=workshop / "data", cases=workshop / "cases", output=None, runs=workshop / "verifier-runs")
    folder = make_verifier(workshop, model)
    scorer = load(str(model))
    (folder / FILE).write_bytes(b"gone")
    with pytest.raises(ModelError, match="is damaged"):
        load_verifier(scorer.model, model)


def test_large_changes_are_kept_as_the_best_of_low_rank(tiny_folder: Path, tmp_path: Path) -> None:
    model = load(str(tiny_folder)).model
    before = {name: value.clone() for name, value in model.state_dict().items()}
    torch.manual_seed(1)
    name, single = "encoder.encoder.layer.1.output.dense.weight", "heads.verdict.bias"
    low = torch.randn(16, 2) @ torch.randn(2, 32)
    after = before | {name: before[name] + low, single: before[single] + 1}
    save_changes(tmp_path / "verifier", before, after, rank=2)
    assert {*load_file(tmp_path / "verifier" / FILE)} == {f"{name}.left", f"{name}.right", single}
    loaded = load_verifier(model, tmp_path)
    torch.testing.assert_close(loaded[name], after[name], atol=0.02, rtol=0)
    torch.testing.assert_close(loaded[single], after[single], atol=1e-3, rtol=0)
    save_changes(tmp_path / "verifier", before | {"x": torch.zeros(3)}, before | {"x": torch.ones(3)})
    with pytest.raises(ModelError, match="another model"):
        load_verifier(model, tmp_path)


def test_classes_are_balanced_within_each_source_where_that_is_asked() -> None:
    def of(source: str, label: str, count: int) -> list[Prepared]:
        return [Prepared(Example(source, f"{source}-{i}", "c", ("s",), verdict=label), "s") for i in range(count)]

    items = of("a", "supported", 8) + of("a", "contradicted", 2) + of("b", "contradicted", 8) + of("b", "supported", 2)
    shared = class_weights(items)["verdict", ""]
    assert shared[0] == shared[2]
    own = class_weights(items, by_source=True)
    assert own["verdict", "a"][2] == pytest.approx(2 * own["verdict", "a"][0])
    assert own["verdict", "b"][0] == pytest.approx(2 * own["verdict", "b"][2])
