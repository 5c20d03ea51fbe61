"""A model's verifier: the same encoder with an upper part of its own, trained on for claim verification.

The public verification sets ask whether an abstract supports or refutes a claim and leave every other difference to
"not enough information"; this project's guideline draws the lines elsewhere, and a model that was taught more of theirs
was worse at drafts. The two share the lower layers. Only what differs is kept, in `verifier/` of the model's folder: what
fine-tuning changes in a matrix is close to one of low rank (Hu et al. 2022, LoRA), so its best approximation of that rank is stored.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from checker.errors import ModelError
from checker.model.network import ClaimModel

FOLDER = "verifier"
FILE = "changes.safetensors"
RANK = 64
_LEFT, _RIGHT = ".left", ".right"


def save_changes(folder: Path, before: Mapping[str, Tensor], after: Mapping[str, Tensor], *, rank: int = RANK) -> None:
    """Write what training changed, in float16: differences, large ones as two factors of at most `rank` columns and rows."""
    folder.mkdir(parents=True, exist_ok=True)
    kept: dict[str, Tensor] = {}
    for name, value in after.items():
        change = value - before[name]
        if not change.any():
            continue
        if change.ndim == 2 and min(change.shape) > 2 * rank:
            left, size, right = torch.linalg.svd(change, full_matrices=False)
            root = size[:rank].sqrt()
            kept[name + _LEFT], kept[name + _RIGHT] = left[:, :rank] * root, root[:, None] * right[:rank]
        else:
            kept[name] = change
    save_file({name: value.half().contiguous() for name, value in kept.items()}, folder / FILE)


def load_verifier(model: ClaimModel, folder: Path) -> dict[str, Tensor]:
    """The weights that the verifier of a model has of its own, by name; none when the model's folder holds no verifier.

    Raises:
        ModelError: as `read_changes`.
    """
    path = folder / FOLDER / FILE
    return read_changes(model.state_dict(), path) if path.is_file() else {}


def read_changes(own: Mapping[str, Tensor], path: Path) -> dict[str, Tensor]:
    """What `save_changes` wrote, applied to a model's `own` weights.

    Raises:
        ModelError: when the file is damaged or was made from another model.
    """
    try:
        kept = {name: value.float() for name, value in load_file(path).items()}
    except (OSError, SafetensorError) as error:
        raise ModelError(f"{path} is damaged: restore the model folder ({error})") from error
    try:
        changes = {name: value for name, value in kept.items() if not name.endswith((_LEFT, _RIGHT))}
        whole = [name.removesuffix(_LEFT) for name in kept if name.endswith(_LEFT)]
        changes |= {name: kept[name + _LEFT] @ kept[name + _RIGHT] for name in whole}
        return {name: own[name] + change for name, change in changes.items()}
    except (KeyError, RuntimeError) as error:
        raise ModelError(f"{path} belongs to another model: restore the model folder ({error})") from error
