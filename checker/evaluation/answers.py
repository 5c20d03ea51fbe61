"""How a model answers each kind of task. One function a kind, all samples of a batch at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from checker.cases import study_of
from checker.errors import InputError
from checker.evaluation.sample import Json, Sample
from checker.evaluation.tasks import Task
from checker.model.strength import joint_strengths, most_probable
from checker.types import Draft, Report, Study

if TYPE_CHECKING:
    from checker.model.scorer import Scorer
    from checker.pipeline import Checker

Answer = Callable[[Task, "Scorer", Sequence[Sample], str], list[Json]]


def exaggeration(task: Task, scorer: Scorer, samples: Sequence[Sample], mode: str) -> list[Json]:
    """Mode `strength`: the sign of press minus abstract strength (Wright & Augenstein 2021), read together. Mode `pair`: the verdict."""
    press, abstract = [sample.text for sample in samples], [sample.sentences[0] for sample in samples]
    return _exaggeration_pair(scorer, press, abstract) if mode == "pair" else _exaggeration_strength(scorer, press, abstract)


def _exaggeration_strength(scorer: Scorer, press: Sequence[str], abstract: Sequence[str]) -> list[Json]:
    told, found = scorer.sentences(press).strength, scorer.sentences(abstract).strength
    joint = joint_strengths(told, found, scorer.strength_prior)
    told_level, found_level = most_probable(joint)
    sign = np.sign(told_level - found_level)
    levels = np.arange(told.shape[1])
    signs = np.sign(levels[:, None] - levels)
    labels = {1: "exaggerates", 0: "same", -1: "downplays"}
    return [_label(labels[int(s)], joint[row][signs == s].sum()) for row, s in enumerate(sign)]


def _exaggeration_pair(scorer: Scorer, press: Sequence[str], abstract: Sequence[str]) -> list[Json]:
    from checker.model.network import PAIR_LABELS

    verdict = scorer.pairs(abstract, press).verdict
    overstated = PAIR_LABELS.index("overstated")
    return [_label("exaggerates", row[overstated]) if row.argmax() == overstated else _label("same", 1 - row[overstated]) for row in verdict]


def strength(task: Task, scorer: Scorer, samples: Sequence[Sample], mode: str) -> list[Json]:
    """The most probable strength."""
    scores = scorer.sentences([sample.text for sample in samples]).strength
    return [_label(str(int(row.argmax())), row.max()) for row in scores]


def verdict(task: Task, scorer: Scorer, samples: Sequence[Sample], mode: str) -> list[Json]:
    """The verdict on each claim, from evidence selected as the checker selects it, in the set's labels."""
    from checker.judge.evidence import premise
    from checker.model.network import PAIR_LABELS

    chosen = _evidence(scorer, samples)
    premises = [premise(sample.sentences, indices) for sample, indices in zip(samples, chosen, strict=True)]
    scores = scorer.verify(premises, [sample.text for sample in samples])
    labels = list(dict.fromkeys(task.answers.values()))
    mapped = np.zeros((len(samples), len(labels)))
    for column, name in enumerate(PAIR_LABELS):
        if name in task.answers:
            mapped[:, labels.index(task.answers[name])] += scores[:, column]
    mapped /= np.maximum(mapped.sum(1, keepdims=True), 1e-12)
    return [{**_label(labels[int(row.argmax())], row.max()), "evidence": indices} for row, indices in zip(mapped, chosen, strict=True)]


def _evidence(scorer: Scorer, samples: Sequence[Sample]) -> list[list[int]]:
    """Selected abstract sentences of each sample; every distinct text is embedded once."""
    from checker.judge.evidence import scores, select

    texts = list(dict.fromkeys(text for sample in samples for text in (sample.text, *sample.sentences)))
    place = {text: row for row, text in enumerate(texts)}
    vectors = scorer.embed(texts)
    chosen: list[list[int]] = []
    for sample in samples:
        cosine = vectors[[place[sample.text]]] @ vectors[[place[text] for text in sample.sentences]].T
        chosen.append(select(scores([sample.text], sample.sentences, cosine)[0]))
    return chosen


def cues(task: Task, scorer: Scorer | None, samples: Sequence[Sample], mode: str) -> list[Json]:
    """The cue classifier, as BioScope reads cues; no other model is asked."""
    from checker.cues import find_cues

    found = [[cue for cue in find_cues(sample.text, guideline="bioscope") if cue.cue in task.labels] for sample in samples]
    return [{"spans": [{"start": cue.start, "end": cue.end, "cue": cue.cue} for cue in cues]} for cues in found]


def design(task: Task, scorer: Scorer | None, samples: Sequence[Sample], mode: str) -> list[Json]:
    """The study-type classifier; no other model is asked."""
    from checker.study.study_type import read_study_type

    told = [read_study_type(Study(sample.text, title=str(sample.inputs.get("title", "")))) for sample in samples]
    return [_label(task.answers[kind], probability) for kind, probability in told]


def drafts(checker: Checker, samples: Sequence[Sample]) -> list[Json | None]:
    """The checker's reports, cut to what is scored; None for a draft that it refuses."""
    pairs = [draft_of(sample) for sample in samples]
    judged = [pair for pair in pairs if _accepted(*pair)]
    reports = iter(checker.check_many(judged))
    return [trim(next(reports)) if _accepted(*pair) else None for pair in pairs]


def _accepted(draft: Draft, study: Study) -> bool:
    from checker.screen import refuse

    try:
        refuse(draft, study)
    except InputError:
        return False
    return True


def draft_of(sample: Sample) -> tuple[Draft, Study]:
    """A drafts sample as the checker takes it."""
    return Draft(sample.inputs["body"], sample.inputs["headline"]), study_of(sample.inputs["study"])


def trim(report: Report) -> Json:
    """The scored part of a report, in the wire format's names."""
    return {
        "sentences": [
            {
                "start": judged.sentence.start,
                "end": judged.sentence.end,
                "verdict": judged.verdict,
                "confidence": float(judged.confidence),
                "abstained": judged.abstained,
                "kinds": list(judged.kinds),
                "strength": judged.strength,
                "evidence": [{"start": span.start, "end": span.end} for span in judged.evidence],
            }
            for judged in report.judgements
        ],
        "caveats": [{"name": caveat.name, "status": caveat.status} for caveat in report.caveats],
        "cues": [{"start": cue.start, "end": cue.end, "cue": cue.cue} for cue in report.cues if cue.where == "draft"],
    }


def chunks(samples: Sequence[Sample], size: int) -> Iterator[Sequence[Sample]]:
    """The samples in runs of at most `size`."""
    for start in range(0, len(samples), size):
        yield samples[start : start + size]


def _label(label: str, confidence: float) -> dict[str, Any]:
    return {"label": label, "confidence": float(min(1.0, max(0.0, confidence)))}


ANSWERS: dict[str, Answer] = {
    "exaggeration": exaggeration,
    "strength": strength,
    "verdict": verdict,
    "cues": cues,
    "design": design,
}
