"""The wire format, version 1: reports to JSON objects and back, and its JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from checker.errors import InputError
from checker.types import Caveat, Cue, Fact, Judgement, ModelInfo, Part, Report, Sentence, Span, StudyFacts, Warning

SCHEMA_VERSION = "1"


def report_to_dict(report: Report) -> dict[str, Any]:
    """A report as the wire format's JSON object."""
    study = report.study
    return {
        "schema_version": SCHEMA_VERSION,
        "model": {"name": report.model.name, "revision": report.model.revision},
        "draft_text": report.draft_text,
        "study_text": report.study_text,
        "study": {
            "design": study.design,
            "sample_size": study.sample_size,
            "population": study.population,
            "facts": [{"name": fact.name, "value": fact.value, **_span(fact.span)} for fact in study.facts],
            "sentences": [[span.start, span.end] for span in study.sentences],
        },
        "sentences": [_judgement(judgement) for judgement in report.judgements],
        "cues": [{"text": cue.text, "start": cue.start, "end": cue.end, "cue": cue.cue, "in": cue.where} for cue in report.cues],
        "caveats": [
            {
                "name": caveat.name,
                "status": caveat.status,
                "trigger": _span(caveat.trigger),
                "in_draft": _span(caveat.in_draft) if caveat.in_draft else None,
                "suggestion": caveat.suggestion,
            }
            for caveat in report.caveats
        ],
        "warnings": [{"code": warning.code, "message": warning.message} for warning in report.warnings],
    }


def report_from_dict(data: Mapping[str, Any]) -> Report:
    """The report of a wire object.

    Raises:
        InputError: when the version is not this one or a field is missing.
    """
    if data.get("schema_version") != SCHEMA_VERSION:
        raise InputError(f"this report has schema_version {data.get('schema_version')!r}; this checker reads {SCHEMA_VERSION!r}")
    try:
        return _report(data)
    except (KeyError, TypeError) as error:
        raise InputError(f"this is not a report in the wire format: {error!r}") from error


def _report(data: Mapping[str, Any]) -> Report:
    study, text = data["study"], data["study_text"]
    return Report(
        draft_text=data["draft_text"],
        study_text=text,
        model=ModelInfo(data["model"]["name"], data["model"]["revision"]),
        study=StudyFacts(
            design=study["design"],
            population=study["population"],
            sample_size=study["sample_size"],
            facts=tuple(Fact(fact["name"], fact["value"], _to_span(fact)) for fact in study["facts"]),
            sentences=tuple(Span(text[start:end], start, end) for start, end in study.get("sentences", ())),
        ),
        judgements=tuple(_to_judgement(item) for item in data["sentences"]),
        cues=tuple(Cue(cue["text"], cue["start"], cue["end"], cue["cue"], cue["in"]) for cue in data["cues"]),
        caveats=tuple(
            Caveat(
                item["name"], item["status"], _to_span(item["trigger"]), _to_span(item["in_draft"]) if item["in_draft"] else None, item["suggestion"]
            )
            for item in data["caveats"]
        ),
        warnings=tuple(Warning(item["code"], item["message"]) for item in data["warnings"]),
    )


def _span(span: Span) -> dict[str, Any]:
    return {"text": span.text, "start": span.start, "end": span.end}


def _to_span(data: Mapping[str, Any]) -> Span:
    return Span(data["text"], data["start"], data["end"])


def _judgement(judgement: Judgement) -> dict[str, Any]:
    sentence = judgement.sentence
    return {
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "role": sentence.role,
        "verdict": judgement.verdict,
        "confidence": judgement.confidence,
        "abstained": judgement.abstained,
        "kinds": list(judgement.kinds),
        "strength": judgement.strength,
        "strength_shift": judgement.strength_shift,
        "evidence": [_span(span) for span in judgement.evidence],
        "why": judgement.why,
        "suggestion": judgement.suggestion,
        "parts": [{"start": part.start, "end": part.end, "kind": part.kind} for part in judgement.parts],
    }


def _to_judgement(item: Mapping[str, Any]) -> Judgement:
    return Judgement(
        sentence=Sentence(item["text"], item["start"], item["end"], item["role"]),
        verdict=item["verdict"],
        confidence=item["confidence"],
        abstained=item["abstained"],
        kinds=tuple(item["kinds"]),
        strength=item["strength"],
        strength_shift=item["strength_shift"],
        evidence=tuple(_to_span(span) for span in item["evidence"]),
        why=item["why"],
        suggestion=item["suggestion"],
        parts=tuple(Part(part["start"], part["end"], part["kind"]) for part in item["parts"]),
    )


@lru_cache(maxsize=1)
def report_schema() -> dict[str, Any]:
    """The JSON Schema of a report (draft 2020-12)."""
    schema: dict[str, Any] = json.loads(files("checker").joinpath("schema/report.schema.json").read_text(encoding="utf-8"))
    return schema


def dump_line(data: object) -> str:
    """One line of JSON; lone surrogates, which UTF-8 cannot hold, are written as escapes."""
    line = json.dumps(data, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(data, ensure_ascii=True)
    return line
