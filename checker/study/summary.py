"""One line that says what kind of study this is, for a model that reads it before the chosen sentences."""

from __future__ import annotations

from checker.types import StudyFacts

DESIGNS = {
    "randomised_trial": "randomised trial", "non_randomised_trial": "trial without randomisation", "cohort": "cohort study",
    "case_control": "case-control study", "cross_sectional": "cross-sectional survey", "case_series": "case series",
    "systematic_review": "systematic review", "meta_analysis": "meta-analysis", "animal": "animal study", "in_vitro": "laboratory study",
    "modelling": "modelling study",
}  # fmt: skip
SUBJECTS = {"humans": "people", "animals": "animals", "cells": "cells"}
TOLD = {
    "uncontrolled": "no comparison group",
    "not_significant": "main result not significant",
    "phase": "early phase",
    "association": "association only",
}


def study_line(facts: StudyFacts) -> str:
    """Such as "Randomised trial of 10 people, main result not significant, early phase."; only what was read for sure."""
    subjects = SUBJECTS.get(facts.population, "")
    counted = f"{facts.sample_size} {subjects or 'subjects'}" if facts.sample_size else subjects
    kind = DESIGNS.get(facts.design, "study")
    parts = [f"{kind} of {counted}" if counted else kind, *(words for name, words in TOLD.items() if facts.get(name))]
    line = ", ".join(parts)
    return f"{line[0].upper()}{line[1:]}."
