"""From readings of the labelled cases to a combiner and its out-of-fold figures."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from checker.cases import LabelledCase
from checker.errors import RecipeError
from checker.judge.context import contexts
from checker.judge.signals import Context, matrix
from checker.labels import FLAGGED
from checker.train.card import write_card
from checker.train.crossfit import drafts_of
from checker.train.fit import Fit, dev_figures, fit_combiner
from checker.train.loop import write_json
from checker.train.ranking import Ranking, fit_ranking
from checker.train.readings import Reading, key, load_readings
from checker.train.recipe import Recipe


def decide(recipe: Recipe, labelled: Sequence[LabelledCase], readings: Mapping[str, Reading]) -> tuple[Fit, dict[str, float]]:
    """The combiner of the labelled cases that have a reading, and its out-of-fold figures.

    Raises:
        RecipeError: when no case has one, or a verdict has no sentence.
    """
    known, seen, ranking = contexts_of(labelled, readings)
    names, values = matrix(seen)
    verdicts = [sentence.verdict for case in known for sentence in case.sentences]
    kinds = [sentence.kinds for case in known for sentence in case.sentences]
    groups = [case.id for case in known for _ in case.sentences]
    careful = [not any(s.verdict in FLAGGED for s in case.sentences) for case in known for _ in case.sentences]
    fit = fit_combiner(names, values, verdicts, kinds, groups, ranker=ranking.ranker, precision=recipe.flag_precision)
    return fit, dev_figures(fit, verdicts, kinds, groups, careful) | {"evidence_hit": ranking.hit}


def contexts_of(labelled: Sequence[LabelledCase], readings: Mapping[str, Reading]) -> tuple[list[LabelledCase], list[Context], Ranking]:
    """The labelled cases that have a reading, a context for every sentence of them, in order, and the ranking of their evidence.

    Raises:
        RecipeError: when no case has one.
    """
    known = [case for case in labelled if key(case) in readings]
    if not known:
        raise RecipeError("none of the labelled cases was read by this model's folds: train it again")
    drafts, read = drafts_of(known), [readings[key(case)] for case in known]
    alone, given = [reading.alone for reading in read], [reading.given for reading in read]
    ranking = fit_ranking(known, drafts, alone)
    grouped = contexts(drafts, alone, ranking.held_out, given)
    return known, [context for group in grouped for context in group], ranking


def refit(recipe: Recipe, labelled: Sequence[LabelledCase], folder: Path) -> dict[str, float]:
    """Fit the combiner of a model folder again from its readings, as the rules now are; returns its out-of-fold figures.

    Raises:
        RecipeError: when the folder has no readings or no details of its training.
    """
    fit, figures = decide(recipe, labelled, load_readings(folder))
    try:
        details = json.loads((folder / "training.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RecipeError(f"{folder / 'training.json'} is missing or damaged: restore it ({error})") from error
    details["dev"]["cases"] = figures
    fit.combiner.save(folder)
    write_json(folder / "training.json", details)
    write_card(folder, recipe, details)
    return figures
