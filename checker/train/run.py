"""`checker train`: from a recipe and the data to a model folder with its combiner and its card."""

from __future__ import annotations

import logging
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import torch
from rich.console import Console

from checker.cases import LabelledCase, read_cases
from checker.errors import RecipeError
from checker.model.store import PACKAGE, fingerprint, load
from checker.model.verifier import FILE, FOLDER, read_changes, save_changes
from checker.train.card import write_card, write_verifier_card
from checker.train.crossfit import case_examples, cross_fit, fold_checkpoint, mean_weights, run_cases
from checker.train.decide import decide
from checker.train.example import Example
from checker.train.figures import public_figures
from checker.train.fit import Fit
from checker.train.loop import Prepared, finished, run_stage, write_json
from checker.train.prepare import prepare, read_sources, split_sources
from checker.train.progress import ProgressLine
from checker.train.readings import load_readings, save_readings
from checker.train.recipe import CASES, Recipe, Stage, is_cases, read_recipe
from checker.train.sources import PAIRS, PARTS, strength_prior
from checker.train.teaching import teachings
from checker.train.trained import Trained, new_model

log = logging.getLogger("checker.train")
DEV_EXAMPLES = 300
"""Held-out examples of one source that the card's figures rest on."""
SHARD = "90MB"
"""Of one file of weights, so that every host of repositories takes it."""


def train(recipe_path: Path, *, data: Path, cases: Path, output: Path | None, runs: Path) -> Path:
    """Train everything that the recipe describes; returns the model folder.

    Raises:
        RecipeError: when the recipe, a public set or the labelled cases are missing or wrong.
    """
    recipe = read_recipe(recipe_path)
    runs.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(filename=runs / f"{recipe.name}.log", level=logging.INFO, format="%(asctime)s %(message)s")
    if recipe.base_model:
        return train_verifier(recipe, data, output, runs)
    labelled = read_labelled(cases)
    teacher = teachings(recipe.teacher) if recipe.teacher else {}  # refused now, not after an hour of training
    began = time.monotonic()
    console = Console(stderr=True)

    trained = new_model(recipe, runs)
    replay, dev = train_public(trained, data, runs, console)
    if pairs := next((source for source in recipe.sources.values() if source.reader == PAIRS), None):
        trained.model.config.strength_prior = strength_prior(data / pairs.folder, recipe.dev_share)
    public = trained.weights()
    readings = cross_fit(trained, labelled, cases, public, replay, teacher, runs, console)
    folder = output or PACKAGE.parent / "models" / recipe.name
    save_readings(folder, readings)
    fit, own = decide(recipe, labelled, load_readings(folder))  # as `refit` will read them
    if recipe.soup:
        trained.model.load_state_dict(mean_weights([fold_checkpoint(recipe, runs, fold) for fold in range(recipe.folds)]))
    else:
        trained.model.load_state_dict(public)
        run_cases(trained, case_examples(cases, labelled, teacher), replay, runs / f"{recipe.name}-final.pt", console, "all cases")
    console.print("measuring on the dev splits")
    figures = {"cases": own, **public_figures(trained.scorer(), prepare(trained.scorer(), dev))}
    save(folder, trained, fit)
    spent = round(time.monotonic() - began)
    details = {"recipe": recipe.name, "seconds": spent, "cases": len(labelled), "weights": fingerprint(folder), "dev": figures}
    write_json(folder / "training.json", details)
    write_card(folder, recipe, details)
    for source, row in figures.items():
        console.print(source, {key: round(value, 3) for key, value in row.items()})
    console.print(f"saved in {folder}")
    return folder


def train_verifier(recipe: Recipe, data: Path, output: Path | None, runs: Path) -> Path:
    """Train the verifier of an existing model on the recipe's public sets; returns its folder."""
    began = time.monotonic()
    console = Console(stderr=True)
    trained = new_model(recipe, runs)
    before = trained.weights()
    _, dev = train_public(trained, data, runs, console)
    console.print("measuring on the dev splits")
    folder = output or PACKAGE.parent / "models" / recipe.base_model / FOLDER
    save_changes(folder, before, trained.model.state_dict())
    trained.model.load_state_dict(before)  # the base model chooses the premises, and what is stored is measured
    held = prepare(trained.scorer(), dev)
    trained.model.load_state_dict(before | read_changes(before, folder / FILE))
    figures = public_figures(trained.scorer(), held)
    details = {"recipe": recipe.name, "seconds": round(time.monotonic() - began), "weights": fingerprint(folder), "dev": figures}
    write_json(folder / "training.json", details)
    write_verifier_card(folder, recipe, details)
    console.print(figures)
    return folder


def read_labelled(folder: Path) -> list[LabelledCase]:
    """The labelled cases of a folder.

    Raises:
        RecipeError: when it holds none.
    """
    labelled = [case for path in sorted(folder.glob("*.jsonl")) for case in read_cases(path)]
    if not labelled:
        raise RecipeError(f"{folder} holds no labelled cases (*.jsonl): give their folder with --cases")
    return labelled


def train_public(trained: Trained, data: Path, runs: Path, console: Console) -> tuple[list[Prepared], list[Example]]:
    """All stages on public sets, in place; returns the public examples to replay, and some held out."""
    recipe = trained.recipe
    train_set, dev = split_sources(recipe, read_sources(recipe, [name for name in recipe.sources if name != CASES], data, data))
    used = [example for example in train_set if any(of_stage(example, stage) for stage in recipe.stages)]
    console.print(f"selecting premises for {len(used):,} public examples")
    # The base encoder selects for every stage, so that a resumed run selects the same and the work is done once.
    chooser = load(recipe.premises_by) if recipe.premises_by else trained.scorer()
    items = prepare(chooser, used, cache=runs / f"{recipe.name}-premises.json")
    for stage in recipe.stages:
        if is_cases(stage):
            continue
        path = runs / f"{recipe.name}-{stage.name}.pt"
        if finished(path):
            trained.model.load_state_dict(torch.load(path, weights_only=True)["model"])
            console.print(f"{stage.name}: taken from its finished checkpoint")
            continue
        with ProgressLine(console, stage.name) as progress:
            chosen = [item for item in items if of_stage(item.example, stage)]
            run_stage(trained.model, trained.tokenizer, chosen, recipe, stage, checkpoint=path, progress=progress)
    held = [replace(example, positives=()) for example in some_of_each(dev, recipe.seed)]  # no evidence is given away
    return replayed(recipe, items), held


def of_stage(example: Example, stage: Stage) -> bool:
    """Whether a stage trains on an example's source."""
    return any(example.source == name or example.source in PARTS.get(name, ()) for name in stage.sources)


def replayed(recipe: Recipe, items: Sequence[Prepared]) -> list[Prepared]:
    """The public examples that the stages on labelled cases replay, the same in every fold."""
    rng = random.Random(recipe.seed)
    drawn: list[Prepared] = []
    for stage in recipe.stages:
        if is_cases(stage):
            pool = [item for item in items if of_stage(item.example, stage)]
            drawn += rng.sample(pool, min(stage.replay, len(pool)))
    return [replace(item, replayed=True) for item in drawn]


def some_of_each(examples: Sequence[Example], seed: int) -> list[Example]:
    """At most `DEV_EXAMPLES` of each source, drawn by the seed: enough for a figure on the card, minutes less than all."""
    shuffled = random.Random(seed).sample(examples, len(examples))
    counts: Counter[str] = Counter()
    chosen = []
    for example in shuffled:
        counts[example.source] += 1
        if counts[example.source] <= DEV_EXAMPLES:
            chosen.append(example)
    return chosen


def save(folder: Path, trained: Trained, fit: Fit) -> None:
    """The model folder: float16 weights in files small enough for a repository, configuration, tokenizer, combiner."""
    folder.mkdir(parents=True, exist_ok=True)
    trained.model.half().save_pretrained(folder, max_shard_size=SHARD)
    trained.model.float()
    trained.tokenizer.save_pretrained(folder)
    fit.combiner.save(folder)
