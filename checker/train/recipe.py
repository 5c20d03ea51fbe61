"""A recipe file (TOML): the base encoder, the sources and the stages of one training run."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from checker.errors import RecipeError
from checker.train.sources import READERS

CASES = "cases"
"""The source that stands for this project's labelled cases."""


@dataclass(frozen=True, slots=True)
class Source:
    """One public set: its reader, its folder below the data root, and at most `limit` training examples."""

    reader: str
    folder: str
    title: str
    licence: str
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """Some epochs over some sources, ended after `steps` batches where that is set.

    `match_every` takes one example in so many for evidence matching, 0 none. A stage on labelled cases
    may name public sources too: `replay` of their examples, `replay_pairs` of their pairs and `replay_sentences`
    of their single sentences, drawn once, are spread over its epochs, so that what the public stages taught is not
    unlearned. The lowest `frozen_layers` of the encoders stay as they are.
    """

    name: str
    sources: tuple[str, ...]
    epochs: int
    learning_rate: float
    match_every: int = 0
    steps: int | None = None
    replay: int = 0
    replay_pairs: int = 0
    replay_sentences: int = 0
    frozen_layers: int = 0


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides a training run but the data itself."""

    name: str
    base_package: str
    base_folder: str
    base_sha256: str
    sources: dict[str, Source]
    stages: tuple[Stage, ...]
    seed: int = 0
    dev_share: float = 0.1
    batch_size: int = 32
    pair_length: int = 192
    sentence_length: int = 96
    study_line: bool = False
    two_encoders: bool = False
    freeze_embeddings: bool = True
    folds: int = 2
    flag_precision: float = 0.85
    text: str = field(default="", repr=False)


def read_recipe(path: Path) -> Recipe:
    """The recipe of a TOML file.

    Raises:
        RecipeError: when the file is missing, a key is unknown or a source has no reader.
    """
    try:
        text = path.read_text(encoding="utf-8")
        raw: dict[str, Any] = tomllib.loads(text)
    except FileNotFoundError as error:
        raise RecipeError(f"recipe {path} does not exist; models/recipes/ holds the project's own") from error
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"recipe {path} is not valid TOML: {error}") from error
    try:
        sources = {name: Source(**options) for name, options in raw.pop("sources").items()}
        stages = tuple(Stage(**{**stage, "sources": tuple(stage["sources"])}) for stage in raw.pop("stages"))
        recipe = Recipe(sources=sources, stages=stages, text=text, **raw)
    except (KeyError, TypeError) as error:
        raise RecipeError(f"recipe {path}: {error}") from error
    for source in sources.values():
        if source.reader not in READERS:
            raise RecipeError(f"recipe {path}: no reader {source.reader!r}; there are {', '.join(READERS)}")
    for stage in stages:
        for name in stage.sources:
            if name not in sources:
                raise RecipeError(f"recipe {path}: stage {stage.name!r} names the source {name!r}, which is not described")
    return recipe


def is_cases(stage: Stage) -> bool:
    """Whether a stage trains on this project's labelled cases, on which the combiner is cross-fitted."""
    return CASES in stage.sources


def base_encoder(recipe: Recipe) -> Path:
    """The folder of the base encoder, its weights checked against the recipe's hash.

    Raises:
        RecipeError: when its package is not installed or its weights differ.
    """
    spec = find_spec(recipe.base_package)
    if spec is None or not spec.submodule_search_locations:
        raise RecipeError(f"package {recipe.base_package!r} is not installed: pip install 'health-claim-checker[train]'")
    folder = Path(spec.submodule_search_locations[0]) / recipe.base_folder
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != recipe.base_sha256:
        raise RecipeError(f"{folder} holds other weights than the recipe names: sha256 {digest}")
    return folder
