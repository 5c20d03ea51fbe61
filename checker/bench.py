"""Time and memory of the checker on this computer, beside the naive way in the same run."""

from __future__ import annotations

import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib.resources import files

import psutil

from checker.pipeline import Checker
from checker.segment import segment_draft, sentences
from checker.types import Draft, Study

DRAFT_SENTENCES, STUDY_WORDS, REPEATS = 25, 300, 5


def run(*, drafts: int, model: str) -> Iterator[str]:
    """Lines of the report; the naive way scores every draft sentence against every abstract sentence, one at a time."""
    draft, study = sample()
    yield f"CPU: {cpu()}, {psutil.cpu_count()} logical cores; Python {platform.python_version()}"
    words, count = len(study.text.split()), len(segment_draft(draft))
    start_up = _seconds(lambda: subprocess.run([sys.executable, "-m", "checker", "--help"], check=True, capture_output=True))
    yield f"start-up, `checker --help`: {start_up:.2f} s"
    load = _seconds(lambda: Checker.load(model))
    checker = Checker.load(model)
    yield f"loading the model {model!r}: {load:.2f} s"
    checker.check(*unseen(draft, study, 0))
    full = _median(lambda turn: checker.check(*unseen(draft, study, turn)))
    yield f"one full check, {count} draft sentences, {words}-word abstract: {full:.2f} s (median of {REPEATS})"
    checker.check(draft, study)
    again = _median(lambda turn: checker.check(Draft(f"{draft.text} Edit number {turn}."), study))
    yield f"the same draft again with one sentence changed: {again:.2f} s (median of {REPEATS})"
    naive = _seconds(lambda: _naive(checker, draft, study))
    yield f"the naive way, every sentence against every abstract sentence, one at a time: {naive:.2f} s, {naive / full:.1f} times as long"
    many = [unseen(draft, study, REPEATS + 1 + number) for number in range(drafts)]
    spent = _seconds(lambda: [checker.check_many(many[start : start + 16]) for start in range(0, drafts, 16)])
    yield f"batch of {drafts} drafts: {spent:.1f} s, {drafts / spent:.1f} drafts a second"
    yield f"peak memory of this process: {_peak_megabytes():.0f} MB"


def sample() -> tuple[Draft, Study]:
    """The bundled examples, joined to the measured size: 25 draft sentences and a 300-word abstract."""
    folders = ("trial", "cohort", "mouse")
    root = files("checker").joinpath("examples")
    drafts = [root.joinpath(name, "draft.txt").read_text(encoding="utf-8") for name in folders]
    studies = [root.joinpath(name, "study.txt").read_text(encoding="utf-8") for name in folders]
    told = [span.text for text in drafts for span in sentences(text)][:DRAFT_SENTENCES]
    return Draft("\n\n".join(told)), Study(" ".join(" ".join(studies).split()[:STUDY_WORDS]))


def unseen(draft: Draft, study: Study, number: int) -> tuple[Draft, Study]:
    """The same texts with every sentence a little different, so that nothing of it is remembered from a check before."""

    def mark(text: str) -> str:
        return re.sub(r"(?<=[a-z])\.(?=\s|$)", f", {number}.", text)

    return Draft(mark(draft.text), draft.headline), Study(mark(study.text))


def _median(action: Callable[[int], object]) -> float:
    return sorted(_seconds(partial(action, turn)) for turn in range(1, REPEATS + 1))[REPEATS // 2]


def _naive(checker: Checker, draft: Draft, study: Study) -> None:
    abstract = sentences(study.text)
    for told in segment_draft(draft):
        checker.scorer.sentences([told.text])
        for span in abstract:
            checker.scorer.pairs([span.text], [told.text])


def _seconds(action: Callable[[], object]) -> float:
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def cpu() -> str:
    """The processor's name as the system gives it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next((line.partition(":")[2].strip() for line in file if line.startswith("model name")), platform.processor())
    except OSError:
        return platform.processor() or platform.machine()


def _peak_megabytes() -> float:
    try:
        import resource
    except ImportError:  # Windows has no resource module
        return float(psutil.Process().memory_info().rss) / 1e6
    peak: float = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)
