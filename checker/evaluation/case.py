"""A labelled case as a sample: every quoted label becomes offsets, as the wire format has them."""

from __future__ import annotations

import re
from typing import Any

from checker.cases import LabelledCase, LabelledSentence
from checker.evaluation.sample import Sample


def to_sample(case: LabelledCase) -> Sample:
    """One draft with its study; the study of the case is the bootstrap's unit."""
    abstract = str(case.study["text"])
    cues: list[dict[str, Any]] = []
    for sentence in case.sentences:
        cues += _cues(sentence)
    gold = {
        "sentences": [_sentence(sentence, abstract) for sentence in case.sentences],
        "caveats": dict(case.caveats),
        "cues": cues,
    }
    inputs = {"headline": case.headline, "body": case.body, "study": dict(case.study)}
    study = str(case.study.get("title") or abstract[:200])
    return Sample(case.id, study, case.draft_text, gold, inputs=inputs)


def _sentence(sentence: LabelledSentence, abstract: str) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "start": sentence.start,
        "end": sentence.end,
        "verdict": sentence.verdict,
        "kinds": list(sentence.kinds),
        "strength": sentence.strength,
        "evidence": [{"start": abstract.find(quote), "end": abstract.find(quote) + len(quote)} for quote in sentence.evidence],
    }


def _cues(sentence: LabelledSentence) -> list[dict[str, Any]]:
    """Cue phrases located in the sentence; one that is listed twice stands there twice."""
    found: list[dict[str, Any]] = []
    used: set[tuple[int, str]] = set()
    for text, cue in sentence.cues:
        for match in re.finditer(rf"(?<!\w){re.escape(text)}(?!\w)", sentence.text):
            if (match.start(), cue) not in used:
                used.add((match.start(), cue))
                start = sentence.start + match.start()
                found.append({"start": start, "end": start + len(text), "cue": cue})
                break
    return found
