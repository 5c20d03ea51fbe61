"""Training on the labelled cases, and reading each of them by a model that was not trained on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import torch
from rich.console import Console

from checker.cases import LabelledCase, study_of
from checker.judge.context import Alone, DraftAndFacts, Given, read_alone, read_given
from checker.study.reader import read_study
from checker.train.example import Example
from checker.train.loop import Prepared, run_stage
from checker.train.prepare import prepare
from checker.train.progress import ProgressLine
from checker.train.ranking import fit_ranking
from checker.train.readings import Reading, key
from checker.train.recipe import Recipe, is_cases
from checker.train.sources import cases as read_case_examples
from checker.train.teaching import taught
from checker.train.trained import Trained
from checker.types import Sentence


def case_examples(folder: Path, labelled: Sequence[LabelledCase], teacher: Mapping[str, Reading]) -> list[Example]:
    """Training examples of some of the labelled cases, with what a teacher's readings say of them."""
    wanted = {case.id for case in labelled}
    return list(taught((example for example in read_case_examples(folder) if example.study in wanted), labelled, teacher))


def run_cases(trained: Trained, examples: Sequence[Example], replay: Sequence[Prepared], checkpoint: Path, console: Console, title: str) -> None:
    """The recipe's stages on labelled cases, in place; premises are chosen by the model as it will be used."""
    for stage in trained.recipe.stages:
        if is_cases(stage):
            items = [*prepare(trained.scorer(), examples), *replay]
            with ProgressLine(console, title) as progress:
                run_stage(trained.model, trained.tokenizer, items, trained.recipe, stage, checkpoint=checkpoint, progress=progress)
    trained.model.eval()


def cross_fit(
    trained: Trained,
    labelled: Sequence[LabelledCase],
    folder: Path,
    public: dict[str, torch.Tensor],
    replay: Sequence[Prepared],
    teacher: Mapping[str, Reading],
    runs: Path,
    console: Console,
) -> dict[str, Reading]:
    """What a model that was not trained on it says of every labelled case, in the cases' order, by `readings.key`.

    The evidence that makes a case's premises is chosen by a ranker that did not see the case either.
    """
    recipe, drafts = trained.recipe, drafts_of(labelled)
    alone: dict[int, Alone] = {}
    for fold in range(recipe.folds):
        held = range(fold, len(labelled), recipe.folds)
        rest = [case for index, case in enumerate(labelled) if index % recipe.folds != fold]
        trained.model.load_state_dict(public)
        title = f"fold {fold + 1} of {recipe.folds}"
        run_cases(trained, case_examples(folder, rest, teacher), replay, fold_checkpoint(recipe, runs, fold), console, title)
        alone |= zip(held, read_alone(trained.scorer(), [drafts[index] for index in held]), strict=True)
    relevance = fit_ranking(labelled, drafts, [alone[index] for index in range(len(labelled))]).held_out
    given: dict[int, Given] = {}
    for fold in range(recipe.folds):
        held = range(fold, len(labelled), recipe.folds)
        trained.model.load_state_dict(torch.load(fold_checkpoint(recipe, runs, fold), weights_only=True)["model"])
        read = read_given(trained.scorer(), [drafts[index] for index in held], [relevance[index] for index in held])
        given |= zip(held, read, strict=True)
    return {key(case): Reading(alone[index], given[index]) for index, case in enumerate(labelled)}


def fold_checkpoint(recipe: Recipe, runs: Path, fold: int) -> Path:
    """Where the model of a fold is kept."""
    return runs / f"{recipe.name}-fold{fold}.pt"


def mean_weights(checkpoints: Sequence[Path]) -> dict[str, torch.Tensor]:
    """The mean of the models of several checkpoints that began from the same weights."""
    states = [torch.load(path, weights_only=True)["model"] for path in checkpoints]
    return {name: torch.stack([state[name] for state in states]).mean(0) if value.is_floating_point() else value for name, value in states[0].items()}


def drafts_of(labelled: Sequence[LabelledCase]) -> list[DraftAndFacts]:
    """The labelled cases as the judge takes drafts, with the annotators' sentences."""
    return [([Sentence(s.text, s.start, s.end, s.role) for s in case.sentences], read_study(study_of(case.study))) for case in labelled]
