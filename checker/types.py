"""The frozen types that every stage, the command line, the page and the evaluation share.

Offsets are Unicode code points, end-exclusive, into the text exactly as given:
`draft.full[start:end]` or `study.text[start:end]` is the quoted span.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Span:
    """A quoted piece of a text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A news text: an optional headline and its body."""

    text: str
    headline: str = ""

    @property
    def full(self) -> str:
        """Headline, a blank line, body: the string that draft offsets index."""
        return f"{self.headline}\n\n{self.text}" if self.headline else self.text


@dataclass(frozen=True, slots=True)
class Study:
    """One abstract, with what its record says of it where that is known."""

    text: str
    title: str = ""
    publication_type: str = ""
    year: int | None = None
    journal: str = ""
    funding: str = ""
    registration: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One unit of judgement; `role` is headline or body."""

    text: str
    start: int
    end: int
    role: str = "body"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something read from the abstract, with the span that says so."""

    name: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """What kind of study this is; `unknown` or None rather than a wrong value.

    `sentences` are the abstract's own sentences in order.
    """

    design: str = "unknown"
    population: str = "unknown"
    sample_size: int | None = None
    facts: tuple[Fact, ...] = ()
    sentences: tuple[Span, ...] = ()

    def get(self, name: str) -> Fact | None:
        """The first fact of that name, or None."""
        return next((fact for fact in self.facts if fact.name == name), None)


@dataclass(frozen=True, slots=True)
class Part:
    """The words of a draft sentence that a finding is about."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on one draft sentence."""

    sentence: Sentence
    verdict: str
    confidence: float
    abstained: bool = False
    kinds: tuple[str, ...] = ()
    strength: int | None = None
    strength_shift: int | None = None
    evidence: tuple[Span, ...] = ()
    why: str = ""
    suggestion: str | None = None
    parts: tuple[Part, ...] = ()

    @property
    def flagged(self) -> bool:
        """Whether the reader is asked to change this sentence."""
        return self.verdict in {"overstated", "contradicted"} and not self.abstained


@dataclass(frozen=True, slots=True)
class Cue:
    """A hedge, booster or negation; `where` is draft or study."""

    text: str
    start: int
    end: int
    cue: str
    where: str


@dataclass(frozen=True, slots=True)
class Caveat:
    """A caveat that applies to the study, and whether the draft tells it."""

    name: str
    status: str
    trigger: Span
    in_draft: Span | None
    suggestion: str


@dataclass(frozen=True, slots=True)
class Warning:
    """Something that the reader must know about the check, or about the draft as a whole."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Name, and the first 12 hex digits of the sha256 of the weights."""

    name: str
    revision: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything said about one draft against one study."""

    draft_text: str
    study_text: str
    model: ModelInfo
    study: StudyFacts
    judgements: tuple[Judgement, ...]
    cues: tuple[Cue, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    warnings: tuple[Warning, ...] = field(default=())

    @property
    def findings(self) -> tuple[Judgement, ...]:
        """The flagged sentences, in draft order."""
        return tuple(judgement for judgement in self.judgements if judgement.flagged)

    @property
    def missing(self) -> tuple[Caveat, ...]:
        """The caveats that the draft left out."""
        return tuple(caveat for caveat in self.caveats if caveat.status == "missing")

    def to_dict(self) -> dict[str, Any]:
        """The wire format, version 1."""
        from checker.wire import report_to_dict

        return report_to_dict(self)

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> Report:
        """The report that `to_dict` wrote; `from_dict(report.to_dict()) == report`."""
        from checker.wire import report_from_dict

        return report_from_dict(data)


class CheckerLike(Protocol):
    """What pages and batches need of a checker; `checker.pipeline.Checker` is the real one."""

    def check(self, draft: Draft, study: Study) -> Report:
        """The report on one draft against one study."""

    def check_many(self, pairs: Sequence[tuple[Draft, Study]]) -> list[Report]:
        """The reports on many, in order."""
