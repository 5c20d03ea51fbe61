"""Where models live and how they are loaded: by name, from a folder, or from the hub."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from checker.errors import ModelError

if TYPE_CHECKING:
    from checker.model.scorer import Scorer

PACKAGE = Path(__file__).resolve().parent.parent
DEFAULT = "compact"
WEIGHTS = "*.safetensors"


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model that is on this computer."""

    name: str
    folder: Path
    megabytes: float


def model_roots() -> tuple[Path, ...]:
    """Folders searched by name: the working copy's `models/`, then the installed package's data."""
    return PACKAGE.parent / "models", PACKAGE / "weights"


def local_models() -> list[ModelEntry]:
    """Every model folder with weights, the working copy's first."""
    found: dict[str, ModelEntry] = {}
    for root in model_roots():
        for folder in sorted({weights.parent for weights in root.glob(f"*/{WEIGHTS}")}):
            size = sum(weights.stat().st_size for weights in folder.glob(WEIGHTS))
            found.setdefault(folder.name, ModelEntry(folder.name, folder, size / 1e6))
    return list(found.values())


def find(name: str) -> Path | None:
    """The folder of a model given by name or by path, None when it must be a hub id.

    Raises:
        ModelError: when a folder exists but holds no model, or nothing of that name can exist.
    """
    for entry in local_models():
        if entry.name == name:
            return entry.folder
    folder = Path(name)
    if folder.is_dir():
        missing = [file for file in ("config.json",) if not (folder / file).is_file()]
        if missing or not any(folder.glob(WEIGHTS)):
            what = missing[0] if missing else "a .safetensors file"
            raise ModelError(f"model folder {name} holds no {what}: give a folder written by save_pretrained")
        return folder
    known = ", ".join(entry.name for entry in local_models()) or "none"
    if name.count("/") != 1 or name.startswith((".", "/", "~")):
        raise ModelError(f"no model {name!r}: give one of the installed models ({known}), a folder, or a hub id such as owner/name")
    return None


def combiner_folder(name: str) -> Path:
    """The folder of a model's combiner; the default model's for a model without one."""
    folder = find(name)
    if folder is not None and (folder / "combiner.json").is_file():
        return folder
    default = find(DEFAULT)
    if default is None:
        raise ModelError(f"the default model {DEFAULT!r} is not installed: restore models/{DEFAULT}")
    return default


def load(name: str = DEFAULT, *, revision: str | None = None) -> Scorer:
    """The scorer of a model: ours by its `model_type`, any NLI classifier otherwise.

    `revision` pins a hub model. No code that a model repository carries is ever run.

    Raises:
        ModelError: when it cannot be found, read, or has no NLI labels.
    """
    return _load(name, revision)


@lru_cache(maxsize=2)
def _load(name: str, revision: str | None) -> Scorer:
    folder = find(name)
    where = str(folder) if folder else name
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import torch
    from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer, logging

    from checker.model.network import ClaimConfig, ClaimModel
    from checker.model.scorer import ClaimScorer, NliScorer
    from checker.model.verifier import load_verifier

    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        ours = folder is not None and json.loads((folder / "config.json").read_text("utf-8")).get("model_type") == ClaimConfig.model_type
        tokenizer = AutoTokenizer.from_pretrained(where, revision=revision or "main", trust_remote_code=False)
        if ours:
            model = ClaimModel.from_pretrained(where, dtype=torch.float32).eval()
            return ClaimScorer(model, tokenizer, Path(where).name, fingerprint(Path(where)), load_verifier(model, Path(where)))
        config = AutoConfig.from_pretrained(where, revision=revision or "main", trust_remote_code=False)
        classifier = AutoModelForSequenceClassification.from_pretrained(
            where, config=config, revision=revision or "main", trust_remote_code=False, dtype=torch.float32, use_safetensors=True
        ).eval()
    except ModelError:
        raise
    except Exception as error:  # transformers, safetensors and tokenizers raise many unrelated types
        hint = "its files are missing or damaged; restore the folder" if folder else "it is not on this computer and the hub did not answer"
        raise ModelError(f"model {name!r} cannot be loaded: {hint} ({type(error).__name__}: {str(error)[:200]})") from error
    sha = fingerprint(Path(where)) if folder else str(getattr(classifier.config, "_commit_hash", None) or revision or "main")[:12]
    return NliScorer(classifier, tokenizer, Path(where).name if folder else name, sha)


def fingerprint(folder: Path) -> str:
    """First 12 hex digits of the sha256 over the folder's weight files."""
    digest = hashlib.sha256()
    for path in sorted(folder.glob(WEIGHTS)):
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()[:12]
