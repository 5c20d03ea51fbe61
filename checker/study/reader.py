"""One reading of an abstract: design, subjects, size, results and limits, each with its span."""

from __future__ import annotations

from checker.segment import sentences
from checker.study.design import read_design, read_population
from checker.study.findings import read_findings
from checker.study.size import read_size
from checker.types import Fact, Study, StudyFacts


def read_study(study: Study) -> StudyFacts:
    """Everything the judge and the caveats need to know of a study."""
    population, population_fact = read_population(study)
    design, design_fact = read_design(study, population)
    size_fact = read_size(study.text)
    size = int(size_fact.value) if size_fact else None
    found: list[Fact] = [fact for fact in (design_fact, population_fact, size_fact) if fact]
    spans = tuple(sentences(study.text))
    found += read_findings(study, design, population, spans)
    return StudyFacts(design, population, size, tuple(found), spans)
