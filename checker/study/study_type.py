"""Which of seven kinds of study an abstract reports, by a linear classifier over its words and over what the rules read.

It knows the kinds that StudyTypeTeller's classes fold into (Doneva et al. 2025), among them texts that report no
study of their own, which the rules in `design.py` have no words for; unlike a rule it points at no span.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import sqrt

from checker.linear import load_linear
from checker.study.design import ANIMAL, CELLS, DESIGN_RULES, PEOPLE, read_design, read_population
from checker.types import Study

MODEL = "study-type"
WORDS, RULE = 3.0, 0.5
"""The length of all word features of a title or an abstract together, and the value of one feature of the rules."""
_WORD = re.compile(r"[a-z][a-z-]+|\d+")
_NAMED = {name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for name, words in (("animal", ANIMAL), ("cells", CELLS), ("people", PEOPLE))}
_STRUCTURED = re.compile(r"\b(?:methods?|results|conclusions?|findings)\s*:", re.IGNORECASE)
SHORT = 600


def read_study_type(study: Study) -> tuple[str, float]:
    """The most probable kind, by the names of the task `study-type`, and its probability.

    Raises:
        ModelError: when the classifier's file is missing or damaged.
    """
    model = load_linear(MODEL)
    probabilities = model.probabilities(features(study))
    best = max(range(len(probabilities)), key=probabilities.__getitem__)
    return model.labels[best], probabilities[best]


def features(study: Study) -> dict[str, float]:
    """Words and pairs of words of title and abstract, each set of length `WORDS`, and what the rules of `design.py` read."""
    named = dict.fromkeys(_rules(study), RULE)
    for place, text in (("title", study.title), ("text", f"{study.title}\n{study.text}")):
        words = _WORD.findall(text.lower())
        grams = {f"{place} {gram}" for gram in (*words, *map(" ".join, pairwise(words)))}
        named |= dict.fromkeys(sorted(grams), WORDS / sqrt(max(len(grams), 1)))
    return named


def _rules(study: Study) -> Iterator[str]:
    population = read_population(study)[0]
    design = read_design(study, population)[0]
    yield from (f"subjects {population}", f"design {design}", f"subjects {population}, design {design}")
    for name, pattern in DESIGN_RULES:
        yield from (
            f"{name} in {place}" for place, text in (("title", study.title), ("abstract", study.text)) if re.search(pattern, text, re.IGNORECASE)
        )
    counts = Counter({name: len(pattern.findall(f"{study.title} {study.text}")) for name, pattern in _NAMED.items()})
    yield from (f"{name} {least} times" for name, count in counts.items() for least in (1, 2, 4, 8) if count >= least)
    if len(study.text) < SHORT:
        yield "short"
    if _STRUCTURED.search(study.text):
        yield "structured"
