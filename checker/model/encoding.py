"""One tokenisation for training and for use, so that the two cannot drift apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from transformers import PreTrainedTokenizerBase

CLAIM_ROOM = 0.5
"""A claim may fill at most this share of the window; the premise gets the rest."""


def encode(
    tokenizer: PreTrainedTokenizerBase,
    claims: Sequence[str],
    premises: Sequence[str] | None = None,
    *,
    max_length: int,
) -> dict[str, torch.Tensor]:
    """Token tensors of shape (batch, longest) for claims, or for (premise, claim) pairs.

    The premise is the first segment and is the only one that is cut to fit, so a
    claim is never lost to a long abstract. A claim longer than half the window is
    itself cut there, since `only_first` cannot make room for it. Of a pair, `token_type_ids` are 1 on the
    claim, also for encoders that know no segments: the pooling needs them.
    """
    room = int(max_length * (CLAIM_ROOM if premises is not None else 1)) - 2
    fitted = [_fit(tokenizer, claim, room) for claim in claims]
    options: Any = {"padding": True, "max_length": max_length, "return_tensors": "pt"}
    if premises is None:
        return dict(tokenizer(fitted, truncation=True, **options))
    pairs = tokenizer(list(premises), fitted, truncation="only_first", **options)
    batch = dict(pairs)
    if "token_type_ids" not in tokenizer.model_input_names:
        batch["token_type_ids"] = torch.tensor([[int(part == 1) for part in pairs.sequence_ids(row)] for row in range(len(fitted))])
    return batch


def _fit(tokenizer: PreTrainedTokenizerBase, text: str, room: int) -> str:
    if len(text) <= room:  # a token spans at least one character
        return text
    encoding = tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
    offsets = encoding["offset_mapping"]
    return text if len(offsets) <= room else text[: offsets[room - 1][1]]


def length_sorted(lengths: Sequence[int], batch_size: int) -> Iterator[list[int]]:
    """Indices in batches of like length, so that padding wastes little; longest first."""
    order = sorted(range(len(lengths)), key=lambda index: -lengths[index])
    for start in range(0, len(order), batch_size):
        yield order[start : start + batch_size]
