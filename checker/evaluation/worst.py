"""The worst errors of a run on whole drafts, to be read one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from checker.errors import InputError
from checker.evaluation.align import Pair, align, is_flagged
from checker.evaluation.results import Run
from checker.evaluation.sample import Json
from checker.labels import FLAGGED

DRAFTS = "drafts"


def worst(run: Run, count: int) -> Iterator[str]:
    """Markdown: how often each verdict was taken for each other, then the `count` worst sentences.

    False alarms come first, since they cost most, then wrong verdicts that were shown, then those that were withheld;
    within each the surest first.

    Raises:
        InputError: when the run is of another task.
    """
    if run.results["task"] != DRAFTS:
        raise InputError(f"{run.folder} ran {run.results['task']}: only runs of the task {DRAFTS} have sentences to read")
    pairs, _ = align(run.records)
    wrong = [pair for pair in pairs if pair.predicted and pair.predicted["verdict"] != pair.gold["verdict"]]
    yield f"{run.title}, {run.results['split']} split: {len(wrong)} of {len(pairs)} sentences have another verdict than the annotators'."
    yield ""
    yield "| annotators | the checker | shown | withheld |"
    yield "| --- | --- | --- | --- |"
    withheld = Counter(_verdicts(pair) for pair in wrong if _withheld(pair))
    for verdicts, total in Counter(map(_verdicts, wrong)).most_common():
        yield f"| {' | '.join(verdicts)} | {total - withheld[verdicts]} | {withheld[verdicts]} |"
    yield ""
    for number, pair in enumerate(sorted(wrong, key=_badness)[:count], 1):
        gold, told = map(_label, (pair.gold, _told(pair)))
        note = ", withheld" if _withheld(pair) else ""
        yield f"{number}. {run.records[pair.draft].id}: annotators {gold}; checker {told}, {_told(pair).get('confidence', 1.0):.2f}{note}"
        yield f"   > {' '.join(pair.gold['text'].split())}"


def _told(pair: Pair) -> Json:
    return pair.predicted or {}


def _verdicts(pair: Pair) -> tuple[str, str]:
    return pair.gold["verdict"], _told(pair)["verdict"]


def _label(sentence: Json) -> str:
    kinds = ", ".join(sentence.get("kinds", ()))
    return f"{sentence['verdict']} ({kinds})" if kinds else str(sentence["verdict"])


def _withheld(pair: Pair) -> bool:
    return bool(_told(pair).get("abstained", False))


def _badness(pair: Pair) -> tuple[bool, bool, float]:
    false_alarm = pair.predicted is not None and is_flagged(pair.predicted) and pair.gold["verdict"] not in FLAGGED
    return not false_alarm, _withheld(pair), -float(_told(pair).get("confidence", 1.0))
