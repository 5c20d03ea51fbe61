"""From sources to prepared examples: read, limit, split by study, select premises as the checker does."""

from __future__ import annotations

import hashlib
import json
import logging
import random
from collections.abc import Sequence
from pathlib import Path

from checker.judge.evidence import TOP, premise, scores, select
from checker.model.scorer import Scorer
from checker.train.example import Example, split
from checker.train.loop import Prepared
from checker.train.recipe import Recipe
from checker.train.sources import READERS

log = logging.getLogger("checker.train")


def read_sources(recipe: Recipe, names: Sequence[str], data: Path, cases: Path) -> dict[str, list[Example]]:
    """Every example of the named sources; `@cases` in a folder stands for the labelled cases' folder."""
    found: dict[str, list[Example]] = {}
    for name in names:
        source = recipe.sources[name]
        folder = cases if source.folder == "@cases" else data / source.folder
        found[name] = list(READERS[source.reader](folder))
        log.info("%s: %d examples", name, len(found[name]))
    return found


def split_sources(recipe: Recipe, examples: dict[str, list[Example]]) -> tuple[list[Example], list[Example]]:
    """(train, dev): split jointly by study and by text, then each source's training part cut to its limit."""
    train, dev = split([example for group in examples.values() for example in group], recipe.dev_share)
    limits = {example.source: recipe.sources[name].limit for name, group in examples.items() for example in group[:1]}
    rng = random.Random(recipe.seed)
    kept: list[Example] = []
    for source in dict.fromkeys(example.source for example in train):
        group = [example for example in train if example.source == source]
        limit = limits.get(source)
        kept += rng.sample(group, limit) if limit and limit < len(group) else group
    return kept, dev


def prepare(scorer: Scorer, examples: Sequence[Example], *, cache: Path | None = None) -> list[Prepared]:
    """Each example with its premise; a decisive sentence that selection missed replaces the weakest choice.

    Selection takes minutes on large sets: with `cache`, what was selected for an example before is read back.
    """
    known: dict[str, str | None] = json.loads(cache.read_text(encoding="utf-8")) if cache and cache.is_file() else {}
    keys = [_key(example) for example in examples]
    new = {key: example for key, example in zip(keys, examples, strict=True) if key not in known}
    known |= zip(new, _premises(scorer, list(new.values())), strict=True)
    if cache and new:
        cache.write_text(json.dumps(known), encoding="utf-8")
    return [Prepared(example, known[key]) for key, example in zip(keys, examples, strict=True)]


def _key(example: Example) -> str:
    return hashlib.sha256(repr((example.claim, example.sentences, example.positives, example.study_line)).encode()).hexdigest()


def _premises(scorer: Scorer, examples: Sequence[Example]) -> list[str | None]:
    texts = sorted({text for e in examples if len(e.sentences) > TOP for text in (e.claim, *e.sentences)})
    place = {text: row for row, text in enumerate(texts)}
    vectors = scorer.embed(texts)
    premises: list[str | None] = []
    for example in examples:
        if not example.sentences:
            premises.append(None)
            continue
        chosen = list(range(len(example.sentences)))
        if len(example.sentences) > TOP:
            cosine = vectors[[place[example.claim]]] @ vectors[[place[text] for text in example.sentences]].T
            relevance = scores([example.claim], example.sentences, cosine)[0]
            if example.positives and not set(example.positives) & set(select(relevance)):
                relevance = relevance.copy()
                relevance[example.positives[0]] = relevance.max() + 1
            chosen = select(relevance)
        premises.append(premise(example.sentences, chosen, example.study_line if scorer.study_line else ""))
    return premises
