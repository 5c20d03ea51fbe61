"""The cards of a model and of its verifier, generated from the runs that made them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checker.model.verifier import FILE
from checker.train.recipe import Recipe

TEMPLATE = """---
language: en
library_name: transformers
tags: [fact-checking, health, natural-language-inference]
---

# {name}

A multi-task claim model for health news: the verdict and kinds of a (premise, claim) pair, the strength of a claim
(0 none, 1 correlational, 2 conditional causal, 3 direct causal) and whether a sentence claims anything, with a small
calibrated combiner (`combiner.json`) that decides from {signals} named signals. Base encoder: `{base}`, weights
sha256 `{sha}`. Stored as float16, to be loaded as float32. Weights: sha256 `{weights}…`.

## How to make it again

`checker train models/recipes/{name}.toml --data FOLDER`, where FOLDER holds the public sets under the names below.
Seed {seed}. The run that wrote this card took {minutes} minutes, not counting the stages taken over from
finished checkpoints; from nothing it takes about two hours on 2 cores{arithmetic}, and a killed run goes on from its checkpoint.

## Data

| source | what | licence stated |
| --- | --- | --- |
{data}

None of this text is in the repository but the project's own cases ({cases} of them).

## Figures

Out of fold on the project's own training cases: no sentence was judged by a model, or decided on by a combiner, that had
seen its case. These are development figures; `eval/` holds the evaluation set.

| figure | value |
| --- | --- |
{own}

Public sets, studies held out by hash (10 %):

| source | n | verdict macro-F1 | strength macro-F1 | exaggerates F1, compared strengths |
| --- | --- | --- | --- | --- |
{public}

## Limits

- English only; one abstract, not the full paper: what the abstract leaves out cannot be checked.
- It marks what the abstract does not support. Silence is no approval, and a flag is a question to the writer, not a verdict on the truth.
- It was trained on cases that were invented and labelled for this project; kinds of writing that they lack are judged less well.
- Figures are compared by value and unit, not by role: a right number given to the wrong group is often missed.
"""


VERIFIER = """# The verifier of {base}

The same encoder with an upper part of its own, trained on for claim verification as the public sets understand it: does this
abstract support the claim, refute it, or neither? `checker eval` asks it for the tasks of that kind; drafts are judged by
`{base}` itself. `{file}` holds only the weights that differ, in float16 (sha256 `{weights}…`); the rest is shared.

## How to make it again

`checker train models/recipes/{name}.toml --data FOLDER`, where FOLDER holds the public sets under the names below. It goes on from
`{base}` with the weights `{of}…`; the lowest {frozen} layers stay as they are. Seed {seed}. The run that wrote this card took
{minutes} minutes, not counting stages taken over from finished checkpoints; from nothing it takes about an hour on 2 cores{arithmetic}, and a
killed run goes on from its checkpoint.

## Data

| source | what | licence stated |
| --- | --- | --- |
{data}

None of this text is in the repository.

## Figures

Studies held out by hash ({share:.0%}), premises chosen as in use. The pairs are few: small differences mean nothing.

| source | n | verdict macro-F1 | accuracy |
| --- | --- | --- | --- |
{public}

## Limits

- It knows the habits of these sets: which differences count as refuting and which as saying nothing is theirs, not the guideline's.
- English only; three chosen sentences of the abstract, not the paper.
"""


def write_verifier_card(folder: Path, recipe: Recipe, details: Mapping[str, Any]) -> None:
    """Write README.md into a verifier's folder."""
    public = "\n".join(
        f"| {source} | {row['n']:.0f} | {_cell(row, 'verdict_macro_f1')} | {_cell(row, 'verdict_accuracy')} |"
        for source, row in details["dev"].items()
    )
    card = VERIFIER.format(
        base=recipe.base_model, file=FILE, weights=details["weights"], name=recipe.name, of=recipe.base_weights,
        frozen=min(stage.frozen_layers for stage in recipe.stages), seed=recipe.seed, minutes=round(details["seconds"] / 60),
        arithmetic=" that multiply in bfloat16" if recipe.bfloat16 else "", data=_sources(recipe), share=recipe.dev_share, public=public,
    )  # fmt: skip
    (folder / "README.md").write_text(card, encoding="utf-8")


def write_card(folder: Path, recipe: Recipe, details: Mapping[str, Any]) -> None:
    """Write README.md into the model folder."""
    import json

    combiner = json.loads((folder / "combiner.json").read_text(encoding="utf-8"))
    dev = details["dev"]
    own = "\n".join(f"| {name.replace('_', ' ')} | {value:.3f} |" for name, value in dev["cases"].items())
    public = "\n".join(
        f"| {source} | {row['n']:.0f} | {_cell(row, 'verdict_macro_f1')} | {_cell(row, 'strength_macro_f1')} | {_cell(row, 'exaggerates_f1')} |"
        for source, row in dev.items()
        if source != "cases"
    )
    card = TEMPLATE.format(
        arithmetic=" that multiply in bfloat16" if recipe.bfloat16 else "",
        name=recipe.name, signals=len(combiner["names"]), base=recipe.base, sha=recipe.base_sha256, weights=details["weights"],
        seed=recipe.seed, minutes=round(details["seconds"] / 60), data=_sources(recipe), cases=details["cases"], own=own, public=public,
    )  # fmt: skip
    (folder / "README.md").write_text(card, encoding="utf-8")


def _sources(recipe: Recipe) -> str:
    return "\n".join(f"| `{source.folder}` | {source.title} | {source.licence} |" for source in recipe.sources.values())


def _cell(row: Mapping[str, float], name: str) -> str:
    return f"{row[name]:.3f}" if name in row else "–"
