"""A recipe file (TOML): the base encoder, the sources and the stages of one training run."""

from __future__ import annotations

import hashlib
import tomllib
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, files
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
    may name public sources too: `replay` of their examples, drawn once, are spread over its epochs, so that what the public stages taught is not
    unlearned. The lowest `frozen_layers` of the encoder stay as they are.
    """

    name: str
    sources: tuple[str, ...]
    epochs: int
    learning_rate: float
    match_every: int = 0
    steps: int | None = None
    replay: int = 0
    frozen_layers: int = 0


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides a training run but the data itself.

    The base encoder is the `base_folder` of the import package `base_package`, or of the zip archive whose parts the
    distributions `base_parts` carry. `bfloat16` multiplies in that precision where the processor can; `dropout` is that
    within the encoder, the base's own where it is not given. With `soup` the model is the mean of the folds' models
    (Wortsman et al. 2022, model soups) instead of one more that is trained on all cases. `teacher` names a model whose
    readings of the labelled cases count as much as the annotators' labels (`checker.train.teaching`).
    With `base_model`, a claim model of this project whose `store.fingerprint` is `base_weights`, the recipe makes that model's
    verifier (`checker.model.verifier`), and texts are cut as that model cuts them. `premises_by` names a model that chooses the
    training premises in place of a slower base. `weigh_by_source` balances the classes within each source instead of over all.
    """

    name: str
    sources: dict[str, Source]
    stages: tuple[Stage, ...]
    base_folder: str = ""
    base_sha256: str = ""
    base_model: str = ""
    base_weights: str = ""
    premises_by: str = ""
    seed: int = 0
    dev_share: float = 0.1
    batch_size: int = 32
    pair_length: int = 192
    sentence_length: int = 96
    study_line: bool = False
    freeze_embeddings: bool = True
    base_package: str = ""
    base_parts: tuple[str, ...] = ()
    bfloat16: bool = False
    dropout: float | None = None
    weigh_by_source: bool = False
    soup: bool = False
    teacher: str = ""
    folds: int = 2
    flag_precision: float = 0.85
    text: str = field(default="", repr=False)

    @property
    def base(self) -> str:
        """The base encoder's name, for the card."""
        return self.base_package or self.base_folder


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
        parts = tuple(raw.pop("base_parts", ()))
        recipe = Recipe(sources=sources, stages=stages, text=text, base_parts=parts, **raw)
    except (KeyError, TypeError) as error:
        raise RecipeError(f"recipe {path}: {error}") from error
    if bool(recipe.base_model) == bool(recipe.base_folder and recipe.base_sha256):
        raise RecipeError(f"recipe {path}: name one base, either base_folder with base_sha256 or base_model with base_weights")
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


def base_encoder(recipe: Recipe, work: Path) -> Path:
    """The folder of the base encoder, its weights checked against the recipe's hash; archives are unpacked below `work`.

    Raises:
        RecipeError: when a package of it is not installed or its weights differ.
    """
    folder = (_unpacked(recipe.base_parts, work / "base") if recipe.base_parts else _package(recipe.base_package)) / recipe.base_folder
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != recipe.base_sha256:
        raise RecipeError(f"{folder} holds other weights than the recipe names: sha256 {digest}")
    return folder


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise RecipeError(f"package {name!r} is not installed: pip install 'health-claim-checker[train]'")
    return Path(spec.submodule_search_locations[0])


def _unpacked(distributions: Sequence[str], folder: Path) -> Path:
    """The contents of a zip archive that several distributions carry in parts (`*.zip.001`, …)."""
    parts: list[Path] = []
    for name in distributions:
        try:
            parts += [Path(str(file.locate())) for file in files(name) or () if ".zip." in file.name]
        except PackageNotFoundError as error:
            raise RecipeError(f"package {name!r} is not installed: pip install 'health-claim-checker[train-accurate]'") from error
    if not folder.is_dir():
        archive = folder.with_suffix(".zip")
        archive.parent.mkdir(parents=True, exist_ok=True)
        archive.write_bytes(b"".join(part.read_bytes() for part in sorted(parts, key=lambda part: part.name)))
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(folder)
        archive.unlink()
    return folder
