"""`checker train`: from a recipe and the data to a model folder with its combiner and its card."""

from __future__ import annotations

import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerBase

from checker.cases import LabelledCase, read_cases, study_of
from checker.errors import RecipeError
from checker.judge.context import contexts
from checker.judge.signals import matrix
from checker.labels import FLAGGED
from checker.model.network import ClaimConfig, ClaimModel
from checker.model.scorer import ClaimScorer
from checker.model.store import PACKAGE, fingerprint
from checker.study.reader import read_study
from checker.train.card import write_card
from checker.train.example import Example
from checker.train.figures import public_figures
from checker.train.fit import Fit, dev_figures, fit_combiner
from checker.train.loop import Prepared, finished, run_stage, write_json
from checker.train.prepare import prepare, read_sources, split_sources
from checker.train.recipe import CASES, Recipe, Stage, base_encoder, is_cases, read_recipe
from checker.train.sources import PAIRS, PARTS, strength_prior
from checker.train.sources import cases as read_case_examples
from checker.types import Sentence

log = logging.getLogger("checker.train")
DEV_EXAMPLES = 300
"""Held-out examples of one source that the card's figures rest on."""
Trained = tuple[ClaimModel, PreTrainedTokenizerBase]


def train(recipe_path: Path, *, data: Path, cases: Path, output: Path | None, runs: Path) -> Path:
    """Train everything that the recipe describes; returns the model folder.

    Raises:
        RecipeError: when the recipe, a public set or the labelled cases are missing or wrong.
    """
    recipe = read_recipe(recipe_path)
    runs.mkdir(parents=True, exist_ok=True)
    logging.basicConfig(filename=runs / f"{recipe.name}.log", level=logging.INFO, format="%(asctime)s %(message)s")
    labelled = [case for path in sorted(cases.glob("*.jsonl")) for case in read_cases(path)]
    if not labelled:
        raise RecipeError(f"{cases} holds no labelled cases (*.jsonl): give their folder with --cases")
    began = time.monotonic()
    console = Console(stderr=True)

    (model, tokenizer), replay, dev = train_public(recipe, data, runs, console)
    if pairs := next((source for source in recipe.sources.values() if source.reader == PAIRS), None):
        model.config.strength_prior = strength_prior(data / pairs.folder, recipe.dev_share)
    public = {key: value.clone() for key, value in model.state_dict().items()}
    names, values = cross_fit(recipe, labelled, cases, (model, tokenizer), public, replay, runs, console)
    np.savez_compressed(runs / f"{recipe.name}-signals.npz", names=np.array(names), values=values)  # to look at, never read back
    verdicts = [sentence.verdict for case in labelled for sentence in case.sentences]
    kinds = [sentence.kinds for case in labelled for sentence in case.sentences]
    groups = [case.id for case in labelled for _ in case.sentences]
    fit = fit_combiner(names, values, verdicts, kinds, groups, precision=recipe.flag_precision)
    careful = [not any(s.verdict in FLAGGED for s in case.sentences) for case in labelled for _ in case.sentences]
    model.load_state_dict(public)
    run_cases(recipe, case_examples(cases, labelled), replay, (model, tokenizer), runs / f"{recipe.name}-final.pt", console, "all cases")
    console.print("measuring on the dev splits")
    scorer = ClaimScorer(model, tokenizer, recipe.name, "")
    figures = {"cases": dev_figures(fit, verdicts, kinds, groups, careful), **public_figures(scorer, some_of_each(dev, recipe.seed))}
    folder = output or PACKAGE.parent / "models" / recipe.name
    save(folder, model, tokenizer, fit)
    spent = round(time.monotonic() - began)
    details = {"recipe": recipe.name, "seconds": spent, "cases": len(labelled), "weights": fingerprint(folder), "dev": figures}
    write_json(folder / "training.json", details)
    write_card(folder, recipe, details)
    for source, row in figures.items():
        console.print(source, {key: round(value, 3) for key, value in row.items()})
    console.print(f"saved in {folder}")
    return folder


def train_public(recipe: Recipe, data: Path, runs: Path, console: Console) -> tuple[Trained, list[Prepared], list[Prepared]]:
    """The model after all stages on public sets; the public examples to replay and those held out, with their premises."""
    model, tokenizer = new_model(recipe)
    model.eval()
    train_set, dev = split_sources(recipe, read_sources(recipe, [name for name in recipe.sources if name != CASES], data, data))
    used = [example for example in train_set if any(of_stage(example, stage) for stage in recipe.stages)]
    console.print(f"selecting premises for {len(used):,} public examples")
    # The base encoder selects for every stage, so that a resumed run selects the same and the work is done once.
    items = prepare(model, tokenizer, used, cache=runs / f"{recipe.name}-premises.json")
    for stage in recipe.stages:
        if is_cases(stage):
            continue
        path = runs / f"{recipe.name}-{stage.name}.pt"
        if finished(path):
            model.load_state_dict(torch.load(path, weights_only=True)["model"])
            console.print(f"{stage.name}: taken from its finished checkpoint")
            continue
        with ProgressLine(console, stage.name) as progress:
            chosen = [item for item in items if of_stage(item.example, stage)]
            run_stage(model, tokenizer, chosen, recipe, stage, checkpoint=path, progress=progress)
    return (model, tokenizer), replayed(recipe, items), prepare(model.eval(), tokenizer, dev)


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
            pairs = [item for item in pool if item.premise is not None]
            single = [item for item in pool if item.premise is None]
            for group, number in ((pool, stage.replay), (pairs, stage.replay_pairs), (single, stage.replay_sentences)):
                drawn += rng.sample(group, min(number, len(group)))
    return [replace(item, replayed=True) for item in drawn]


def some_of_each(items: Sequence[Prepared], seed: int) -> list[Prepared]:
    """At most `DEV_EXAMPLES` of each source, drawn by the seed: enough for a figure on the card, minutes less than all."""
    shuffled = random.Random(seed).sample(items, len(items))
    counts: Counter[str] = Counter()
    chosen = []
    for item in shuffled:
        counts[item.example.source] += 1
        if counts[item.example.source] <= DEV_EXAMPLES:
            chosen.append(item)
    return chosen


def new_model(recipe: Recipe) -> Trained:
    """An untrained claim model on the recipe's base encoder."""
    folder = base_encoder(recipe)
    torch.manual_seed(recipe.seed)
    encoder = AutoModel.from_pretrained(folder, dtype=torch.float32, add_pooling_layer=False)
    described = encoder.config.to_diff_dict() | {"model_type": encoder.config.model_type}
    model = ClaimModel(ClaimConfig(described, recipe.pair_length, recipe.sentence_length, recipe.study_line, recipe.two_encoders))
    for part in model.encoders:
        part.load_state_dict(encoder.state_dict())
    return model, AutoTokenizer.from_pretrained(folder)


def case_examples(folder: Path, labelled: Sequence[LabelledCase]) -> list[Example]:
    """Training examples of some of the labelled cases."""
    wanted = {case.id for case in labelled}
    return [example for example in read_case_examples(folder) if example.study in wanted]


def run_cases(
    recipe: Recipe, examples: Sequence[Example], replay: Sequence[Prepared], trained: Trained, checkpoint: Path, console: Console, title: str
) -> None:
    """The recipe's stages on labelled cases, in place; premises are chosen by the model as it will be used."""
    model, tokenizer = trained
    for stage in recipe.stages:
        if is_cases(stage):
            items = [*prepare(model.eval(), tokenizer, examples), *replay]
            with ProgressLine(console, title) as progress:
                run_stage(model, tokenizer, items, recipe, stage, checkpoint=checkpoint, progress=progress)
    model.eval()


def cross_fit(
    recipe: Recipe,
    labelled: Sequence[LabelledCase],
    folder: Path,
    trained: Trained,
    public: dict[str, torch.Tensor],
    replay: Sequence[Prepared],
    runs: Path,
    console: Console,
) -> tuple[list[str], np.ndarray]:
    """Signals of every labelled sentence by a model that was not trained on its case, in the cases' order."""
    model, tokenizer = trained
    rows: dict[str, np.ndarray] = {}
    names: list[str] = []
    for fold in range(recipe.folds):
        held = [case for index, case in enumerate(labelled) if index % recipe.folds == fold]
        rest = [case for index, case in enumerate(labelled) if index % recipe.folds != fold]
        model.load_state_dict(public)
        checkpoint = runs / f"{recipe.name}-fold{fold}.pt"
        run_cases(recipe, case_examples(folder, rest), replay, trained, checkpoint, console, f"fold {fold + 1} of {recipe.folds}")
        names, found = case_signals(ClaimScorer(model, tokenizer, recipe.name, ""), held)
        rows |= found
    return names, np.concatenate([rows[case.id] for case in labelled])


def case_signals(scorer: ClaimScorer, labelled: Sequence[LabelledCase]) -> tuple[list[str], dict[str, np.ndarray]]:
    """Signal names, and for each case an array of shape (sentences, signals)."""
    drafts = []
    for case in labelled:
        drafts.append(([Sentence(s.text, s.start, s.end, s.role) for s in case.sentences], read_study(study_of(case.study))))
    names: list[str] = []
    rows: dict[str, np.ndarray] = {}
    for case, group in zip(labelled, contexts(scorer, drafts), strict=True):
        names, rows[case.id] = matrix(group)
    return names, rows


def save(folder: Path, model: ClaimModel, tokenizer: PreTrainedTokenizerBase, fit: Fit) -> None:
    """The model folder: float16 weights, configuration, tokenizer, combiner."""
    folder.mkdir(parents=True, exist_ok=True)
    model.half().save_pretrained(folder)
    model.float()
    tokenizer.save_pretrained(folder)
    fit.combiner.save(folder)


class ProgressLine:
    """A progress bar with the time left; the log gets a line every 50 steps."""

    def __init__(self, console: Console, title: str) -> None:
        self.title = title
        self.progress = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), console=console)

    def __enter__(self) -> Callable[[int, int, float], None]:
        self.progress.start()
        task = self.progress.add_task(self.title, total=None)
        began = time.monotonic()

        def update(step: int, total: int, value: float) -> None:
            self.progress.update(task, completed=step, total=total)
            if step % 50 == 0 or step == total:
                log.info("%s %d/%d, loss %.3f, %.0f s", self.title, step, total, value, time.monotonic() - began)

        return update

    def __exit__(self, *_: object) -> None:
        self.progress.stop()
