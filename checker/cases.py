"""Labelled cases: one study, one draft, every label of the guideline.

The evaluation set and the training cases share this form (one JSON object a
line). Reading is strict: a case that breaks a rule is refused with the rule.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.labels import CAVEAT_STATUSES, CAVEATS, CUES, KINDS, STRENGTHS, VERDICTS, WITH_EVIDENCE
from checker.types import Span, Study


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """One draft sentence with its labels; offsets index `LabelledCase.draft_text`."""

    text: str
    start: int
    end: int
    role: str
    verdict: str
    kinds: tuple[str, ...]
    evidence: tuple[str, ...]
    strength: int | None
    why: str
    cues: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class LabelledCase:
    """One labelled draft; `caveats` names only those that apply."""

    id: str
    study: Mapping[str, Any]
    headline: str
    body: str
    sentences: tuple[LabelledSentence, ...]
    caveats: Mapping[str, str]

    @property
    def draft_text(self) -> str:
        """The string that sentence offsets index: headline, a blank line, body."""
        return join_draft(self.headline, self.body)


STUDY_FIELDS = ("title", "publication_type", "year", "journal", "funding", "registration")


def study_of(given: Mapping[str, Any]) -> Study:
    """The study object of a case as the pipeline takes it; keys that it does not know are left out."""
    return Study(given["text"], **{name: given[name] for name in STUDY_FIELDS if given.get(name)})


def join_draft(headline: str, body: str) -> str:
    """Headline, a blank line, body; the body alone when there is no headline."""
    return f"{headline}\n\n{body}" if headline else body


def quoted_sentences(text: str, quotes: Sequence[str], sentences: Sequence[Span]) -> tuple[int, ...]:
    """Indices of the sentences of `text` that a quote of it touches, in order."""
    places = [(text.find(quote), len(quote)) for quote in quotes]
    return tuple(index for index, span in enumerate(sentences) if any(start < span.end and span.start < start + length for start, length in places))


class CaseError(ValueError):
    """A labelled case breaks the form; the message lists every problem."""


def read_cases(path: Path) -> list[LabelledCase]:
    """All cases of a JSON Lines file.

    Raises:
        CaseError: with the line number and every problem found in the file.
    """
    cases: list[LabelledCase] = []
    problems: list[str] = []
    seen: dict[str, int] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            case = parse_case(json.loads(line))
        except (CaseError, json.JSONDecodeError) as error:
            problems.append(f"{path}:{number}: {error}")
            continue
        if case.id in seen:
            problems.append(f"{path}:{number}: id {case.id!r} stands on line {seen[case.id]} too")
        seen[case.id] = number
        cases.append(case)
    if problems:
        raise CaseError("\n".join(problems))
    return cases


def parse_case(data: Mapping[str, Any]) -> LabelledCase:
    """One validated case from its JSON object.

    Raises:
        CaseError: naming every rule that the object breaks.
    """
    problems = [*_shape_problems(data)]
    if problems:
        raise CaseError("; ".join(problems))
    draft = data["draft"]
    case_cues = _cues_by_sentence(data.get("cues", ()))
    text = join_draft(draft.get("headline") or "", draft["text"])
    sentences: list[LabelledSentence] = []
    position = 0
    for index, raw in enumerate(data["sentences"]):
        start = text.find(raw["text"], position)
        if start < 0:
            problems.append(f"sentence {index} is not in the draft, or out of order: {raw['text'][:60]!r}")
            continue
        if text[position:start].strip():
            problems.append(f"no sentence covers {text[position:start].strip()[:60]!r}")
        position = start + len(raw["text"])
        sentence = LabelledSentence(
            text=raw["text"],
            start=start,
            end=position,
            role=raw["role"],
            verdict=raw["verdict"],
            kinds=tuple(raw.get("kinds", ())),
            evidence=tuple(raw.get("evidence", ())),
            strength=raw.get("strength"),
            why=raw.get("why", ""),
            cues=tuple(case_cues.get(index, ())),
        )
        problems += [f"sentence {index}: {p}" for p in _sentence_problems(sentence, data["study"]["text"])]
        sentences.append(sentence)
    if text[position:].strip():
        problems.append(f"no sentence covers {text[position:].strip()[:60]!r}")
    problems += [f"cue of sentence {i}, but there are {len(data['sentences'])}" for i in case_cues if i >= len(data["sentences"])]
    problems += _caveat_problems(data["caveats"])
    problems += _number_problems(data["study"]["text"])
    if problems:
        raise CaseError(f"case {data['id']}: " + "; ".join(problems))
    return LabelledCase(
        id=data["id"],
        study=data["study"],
        headline=draft.get("headline") or "",
        body=draft["text"],
        sentences=tuple(sentences),
        caveats=dict(data["caveats"]),
    )


def _shape_problems(data: Mapping[str, Any]) -> Iterator[str]:
    if not isinstance(data, Mapping):
        yield "a case is a JSON object"
        return
    for key in ("id", "study", "draft", "sentences", "caveats"):
        if key not in data:
            yield f"key {key!r} is missing"
    if not isinstance(data.get("study"), Mapping) or not data["study"].get("text"):
        yield "study.text is missing"
    if not isinstance(data.get("draft"), Mapping) or not data["draft"].get("text"):
        yield "draft.text is missing"
    for index, raw in enumerate(data.get("sentences") or ()):
        for key in ("text", "role", "verdict"):
            if not raw.get(key):
                yield f"sentence {index}: {key!r} is missing"


def _cues_by_sentence(cues: Iterable[Mapping[str, Any]]) -> dict[int, list[tuple[str, str]]]:
    grouped: dict[int, list[tuple[str, str]]] = {}
    for cue in cues:
        grouped.setdefault(int(cue["sentence"]), []).append((cue["text"], cue["cue"]))
    return grouped


def _sentence_problems(sentence: LabelledSentence, abstract: str) -> Iterator[str]:
    if sentence.verdict not in VERDICTS:
        yield f"unknown verdict {sentence.verdict!r}; one of {', '.join(VERDICTS)}"
        return
    allowed = KINDS.get(sentence.verdict, frozenset())
    for kind in sentence.kinds:
        if kind not in allowed:
            yield f"kind {kind!r} does not go with {sentence.verdict}"
    if allowed and not sentence.kinds:
        yield f"{sentence.verdict} needs one kind or more"
    if sentence.verdict in WITH_EVIDENCE and not sentence.evidence:
        yield f"{sentence.verdict} needs evidence"
    if sentence.verdict not in WITH_EVIDENCE and sentence.evidence:
        yield f"{sentence.verdict} has no evidence"
    for span in sentence.evidence:
        if span not in abstract:
            yield f"evidence is not verbatim in the abstract: {span[:60]!r}"
    if sentence.strength is not None and sentence.strength not in STRENGTHS:
        yield f"strength {sentence.strength!r} is not null or 0 to 3"
    for text, cue in sentence.cues:
        if cue not in CUES:
            yield f"unknown cue {cue!r}"
        if not re.search(rf"(?<!\w){re.escape(text)}(?!\w)", sentence.text):
            yield f"cue {text!r} is not a whole phrase of the sentence"


def _caveat_problems(caveats: Mapping[str, str]) -> Iterator[str]:
    for name, status in caveats.items():
        if name not in CAVEATS:
            yield f"unknown caveat {name!r}"
        if status not in CAVEAT_STATUSES:
            yield f"caveat {name}: {status!r} is not missing or present"


_SHARE = re.compile(r"(?P<part>\d[\d,]*)\s*(?:/|of|out of)\s*(?P<whole>\d[\d,]*)[^().;\d]{0,40}[(\[;,]\s*(?P<percent>\d+(?:\.\d+)?)\s?%")


def _number_problems(abstract: str) -> Iterator[str]:
    """A share printed with its percentage must agree with it to one unit of the last digit."""
    for match in _SHARE.finditer(abstract):
        part, whole = (int(match[name].replace(",", "")) for name in ("part", "whole"))
        percent = match["percent"]
        unit = 10.0 ** -len(percent.partition(".")[2])
        if whole and abs(100 * part / whole - float(percent)) > unit:
            yield f"{match[0]!r} does not add up: {100 * part / whole:.2f} %"
