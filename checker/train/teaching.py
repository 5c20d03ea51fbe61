"""Distillation (Hinton et al. 2015): what a teacher said of the labelled cases becomes a target beside the annotators' labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from checker.cases import LabelledCase
from checker.errors import ModelError, RecipeError
from checker.model.store import find
from checker.train.example import Example, Taught
from checker.train.readings import Reading, key, load_readings


def teachings(teacher: str) -> dict[str, Reading]:
    """What a model of this computer said of the labelled cases, by `readings.key`.

    Raises:
        RecipeError: when there is no such model, or it has no readings.
    """
    try:
        folder = find(teacher)
    except ModelError as error:
        raise RecipeError(f"the recipe's teacher: {error}") from error
    if folder is None:
        raise RecipeError(f"the recipe's teacher {teacher!r} is not on this computer: train it first, or take it out of the recipe")
    return load_readings(folder)


def taught(examples: Iterable[Example], labelled: Sequence[LabelledCase], readings: Mapping[str, Reading]) -> Iterator[Example]:
    """The examples of labelled cases, each with what the teacher said of its sentence where it read that case.

    The readings beside a model's weights are by models that had not seen the case they read (`crossfit`), so the
    teacher's doubt is real.
    """
    said: dict[tuple[str, str], Taught] = {}
    for case in labelled:
        if reading := readings.get(key(case)):
            for sentence, verdict, kinds in zip(case.sentences, reading.given.verdict, reading.given.kinds, strict=True):
                said[case.id, sentence.text] = Taught(tuple(map(float, verdict)), tuple(map(float, kinds)))
    for example in examples:
        yield replace(example, taught=said.get((example.study, example.claim)) if example.verdict else None)
