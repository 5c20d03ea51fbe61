"""The one typed training example that every reader yields."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

TASKS = ("verdict", "kinds", "strength", "claim", "match")


@dataclass(frozen=True, slots=True)
class Taught:
    """A teacher's probabilities for one pair: of the verdicts in `PAIR_LABELS` order, and of each of `KIND_LABELS`."""

    verdict: tuple[float, ...]
    kinds: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled text or pair.

    `sentences` are the premise's candidate sentences (a whole abstract, or the few
    that a public set gives); `positives` index those that decide the label. The
    trainer selects the premise from them exactly as the checker does.
    `study_line` is `checker.study.summary.study_line` of the study, where there is one.
    `taught` is what a teacher said of the pair, a target beside the labels.
    `study` groups examples that must stay on one side of any split.
    """

    source: str
    study: str
    claim: str
    sentences: tuple[str, ...] = ()
    positives: tuple[int, ...] = ()
    verdict: str | None = None
    kinds: tuple[str, ...] | None = None
    strength: int | None = None
    is_claim: bool | None = None
    study_line: str = ""
    taught: Taught | None = None


def is_dev(study: str, share: float) -> bool:
    """Whether a study falls into the dev split: by hash, so the same in every run and set."""
    digest = hashlib.sha256(study.encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big") / 2**64 < share


def split(examples: Iterable[Example], dev_share: float) -> tuple[list[Example], list[Example]]:
    """(train, dev) grouped by study; texts of dev never stand in train, whatever their source."""
    train: list[Example] = []
    dev: list[Example] = []
    for example in examples:
        (dev if is_dev(example.study, dev_share) else train).append(example)
    held = {normal(example.claim) for example in dev}
    return [example for example in train if normal(example.claim) not in held], dev


def normal(text: str) -> str:
    """Case, space and punctuation folded, to find the same sentence in two sets."""
    return "".join(character for character in text.casefold() if character.isalnum())
