"""The training loop: masked multi-task losses, bucketed batches, checkpoints that resume exactly."""

from __future__ import annotations

import json
import logging
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F
from transformers import PreTrainedTokenizerBase, get_linear_schedule_with_warmup

from checker.model.encoding import encode
from checker.model.network import HEADS, KIND_LABELS, PAIR_LABELS, ClaimModel
from checker.model.precision import multiplies
from checker.train.example import Example
from checker.train.recipe import Recipe, Stage

log = logging.getLogger("checker.train")
CHECKPOINT_SECONDS = 120.0
HEAD_RATE = 10.0
"""Heads are new and learn this many times faster than the encoder."""
TEMPERATURE = 0.05
"""Of the similarity softmax in evidence matching, as in SimCSE (Gao et al. 2021)."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An example with the premise that the checker would select for it; a replayed one is seen in one epoch of its stage only."""

    example: Example
    premise: str | None
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """Examples of one form: `pair`, `single` or `match`."""

    form: str
    items: tuple[int, ...]


def plan_epoch(items: Sequence[Prepared], recipe: Recipe, stage: Stage, epoch: int) -> list[Batch]:
    """Every batch of one epoch in order; the same for the same seed."""
    rng = random.Random(f"{recipe.seed}-{stage.name}-{epoch}")
    forms: dict[str, list[int]] = {"pair": [], "single": [], "match": []}
    for index, item in enumerate(items):
        example = item.example
        if item.replayed and index % stage.epochs != epoch:
            continue
        if item.premise is not None and (example.verdict or example.kinds):
            forms["pair"].append(index)
        if example.strength is not None or example.is_claim is not None:
            forms["single"].append(index)
        turn = stage.match_every and index % stage.match_every == epoch % stage.match_every
        if turn and not item.replayed and example.positives and len(example.sentences) > 1:
            forms["match"].append(index)
    batches: list[Batch] = []
    for form, members in forms.items():
        rng.shuffle(members)
        bucket = recipe.batch_size * 40
        for start in range(0, len(members), bucket):
            near = sorted(members[start : start + bucket], key=lambda index: _length(items[index], form))
            batches += [Batch(form, tuple(near[i : i + recipe.batch_size])) for i in range(0, len(near), recipe.batch_size)]
    rng.shuffle(batches)
    return batches


def _length(item: Prepared, form: str) -> int:
    return len(item.example.claim) + (len(item.premise or "") if form == "pair" else 0)


ClassWeights = dict[tuple[str, str], Tensor]
"""Of the classes of each single-label head, by head and source; the source is empty where one set of weights serves all."""


def class_weights(items: Sequence[Prepared], by_source: bool = False) -> ClassWeights:
    """Square-root inverse frequencies of each single-label head's classes, mean 1; of each source on its own where that is asked."""
    groups: dict[str, list[Example]] = {}
    for item in items:
        groups.setdefault(item.example.source if by_source else "", []).append(item.example)
    weights: ClassWeights = {}
    for source, group in groups.items():
        for head, size in HEADS.items():
            if head == "kinds":
                continue
            counts = Counter(label for example in group if (label := target(example, head)) >= 0)
            raw = torch.tensor([(1 / max(counts[label], 1)) ** 0.5 if counts[label] else 0.0 for label in range(size)])
            weights[head, source] = raw / raw.sum().clamp(min=1e-9) * max(1, sum(counts[label] > 0 for label in range(size)))
    return weights


def target(example: Example, head: str) -> int:
    """The class index of a single-label head, -100 where the example says nothing."""
    if head == "verdict":
        return PAIR_LABELS.index(example.verdict) if example.verdict else -100
    if head == "strength":
        return -100 if example.strength is None else example.strength
    return -100 if example.is_claim is None else int(example.is_claim)


def loss(model: ClaimModel, tokenizer: PreTrainedTokenizerBase, batch: Batch, items: Sequence[Prepared], weights: ClassWeights) -> Tensor:
    """The sum of the losses of the heads that the batch's form feeds."""
    chosen = [items[index] for index in batch.items]
    if batch.form == "match":
        return _match_loss(model, tokenizer, chosen)
    pair = batch.form == "pair"
    heads = ("verdict", "kinds") if pair else ("strength", "claim")
    texts = encode(
        tokenizer,
        [item.example.claim for item in chosen],
        [item.premise or "" for item in chosen] if pair else None,
        max_length=model.config.pair_length if pair else model.config.sentence_length,
    )
    logits = model(texts, heads)
    total = torch.zeros(())
    for head in heads:
        if head == "kinds":
            total = total + _kinds_loss(logits[head], chosen)
            continue
        total = total + _class_loss(logits[head], head, chosen, weights)
        if head == "verdict":
            total = total + _taught_loss(logits[head], chosen)
    return total


def _class_loss(logits: Tensor, head: str, chosen: Sequence[Prepared], weights: ClassWeights) -> Tensor:
    """The weighted mean of the cross-entropies of the examples that have a label of the head."""
    labels = [target(item.example, head) for item in chosen]
    rows = [row for row, label in enumerate(labels) if label >= 0]
    if not rows:
        return torch.zeros(())
    losses = F.cross_entropy(logits[rows], torch.tensor([labels[row] for row in rows]), reduction="none")
    shared = (head, "") in weights
    of_rows = torch.stack([weights[head, "" if shared else chosen[row].example.source][labels[row]] for row in rows])
    return (losses * of_rows).sum() / of_rows.sum()


def _taught_loss(logits: Tensor, chosen: Sequence[Prepared]) -> Tensor:
    """Cross-entropy of the verdicts against the teacher's, over the pairs that it judged."""
    rows = [row for row, item in enumerate(chosen) if item.example.taught]
    if not rows:
        return torch.zeros(())
    wanted = torch.tensor([taught.verdict for item in chosen if (taught := item.example.taught)])
    return F.cross_entropy(logits[rows], wanted) * len(rows) / len(chosen)


def _kinds_loss(logits: Tensor, chosen: Sequence[Prepared]) -> Tensor:
    rows = [row for row, item in enumerate(chosen) if item.example.kinds is not None]
    if not rows:
        return torch.zeros(())
    wanted = torch.tensor([_kinds(chosen[row].example) for row in rows])
    return 3 * F.binary_cross_entropy_with_logits(logits[rows], wanted)


def _kinds(example: Example) -> list[float]:
    """1 for each kind that it has, 0 for the others; the mean of that and the teacher's probabilities where it has a teacher."""
    labels = [float(kind in (example.kinds or ())) for kind in KIND_LABELS]
    return [(label + taught) / 2 for label, taught in zip(labels, example.taught.kinds, strict=True)] if example.taught else labels


def _match_loss(model: ClaimModel, tokenizer: PreTrainedTokenizerBase, chosen: Sequence[Prepared]) -> Tensor:
    """InfoNCE: each claim against its evidence, one other sentence of its abstract, and the other claims' sentences."""
    claims, keys = [], []
    for item in chosen:
        example = item.example
        claims.append(example.claim)
        keys.append(example.sentences[example.positives[0]])
    for item in chosen:
        example = item.example
        others = [i for i in range(len(example.sentences)) if i not in example.positives]
        if others:
            keys.append(example.sentences[others[len(example.claim) % len(others)]])
    length = model.config.sentence_length
    queries = model.embed(encode(tokenizer, claims, max_length=length))
    similarity = queries @ model.embed(encode(tokenizer, keys, max_length=length)).T / TEMPERATURE
    return F.cross_entropy(similarity, torch.arange(len(claims)))


def run_stage(
    model: ClaimModel,
    tokenizer: PreTrainedTokenizerBase,
    items: Sequence[Prepared],
    recipe: Recipe,
    stage: Stage,
    *,
    checkpoint: Path,
    progress: Callable[[int, int, float], None],
) -> None:
    """Train in place; a checkpoint every two minutes, from which a killed run goes on exactly."""
    epochs = [plan_epoch(items, recipe, stage, epoch) for epoch in range(stage.epochs)]
    planned = [batch for epoch in epochs for batch in epoch]
    batches = planned[: stage.steps]
    weights = class_weights(items, recipe.weigh_by_source)
    frozen = _freeze(model, recipe, stage)
    encoder = [p for p in model.encoder.parameters() if p.requires_grad]
    encoding = {id(p) for p in model.encoder.parameters()}
    rest = [p for p in model.parameters() if id(p) not in encoding]
    groups = [
        {"params": encoder, "lr": stage.learning_rate},
        {"params": rest, "lr": stage.learning_rate * HEAD_RATE},
    ]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    schedule = get_linear_schedule_with_warmup(optimizer, len(planned) // 10, len(planned))
    first = _resume(checkpoint, model, optimizer, schedule)
    saved = time.monotonic()
    model.train()
    for layer in frozen:
        layer.eval()  # no dropout in what is not trained
    for step in range(first, len(batches)):
        torch.manual_seed(recipe.seed * 1_000_003 + step)  # dropout is the same after a resume
        with multiplies(recipe.bfloat16):
            value = loss(model, tokenizer, batches[step], items, weights)
        value.backward()
        torch.nn.utils.clip_grad_norm_([*encoder, *rest], 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad(set_to_none=True)
        progress(step + 1, len(batches), float(value.detach()))
        if time.monotonic() - saved > CHECKPOINT_SECONDS:
            _save(checkpoint, step + 1, len(batches), model, optimizer, schedule)
            saved = time.monotonic()
    _save(checkpoint, len(batches), len(batches), model, optimizer, schedule)
    model.eval()


def _freeze(model: ClaimModel, recipe: Recipe, stage: Stage) -> list[torch.nn.Module]:
    """Let the stage's layers of the encoder be trained and no others; returns the frozen ones.

    What all layers share (MPNet's position bias) is trained only where all of them are: else the gradient would go down through the frozen ones.
    """
    model.encoder.requires_grad_(stage.frozen_layers == 0)
    model.encoder.embeddings.requires_grad_(not recipe.freeze_embeddings)
    layers = list(model.encoder.get_submodule("encoder.layer").children())
    for index, layer in enumerate(layers):
        layer.requires_grad_(index >= stage.frozen_layers)
    return layers[: stage.frozen_layers]


def _save(
    path: Path, step: int, total: int, model: ClaimModel, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LambdaLR
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    state = {
        "step": step,
        "finished": step == total,
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "schedule": schedule.state_dict(),
    }
    unfinished = path.with_suffix(".part")
    torch.save(state, unfinished)
    os.replace(unfinished, path)


def finished(path: Path) -> bool:
    """Whether a checkpoint stands at the end of its stage."""
    return path.is_file() and bool(torch.load(path, weights_only=True).get("finished"))


def _resume(path: Path, model: ClaimModel, optimizer: torch.optim.Optimizer, schedule: torch.optim.lr_scheduler.LambdaLR) -> int:
    if not path.is_file():
        return 0
    state = torch.load(path, weights_only=True)
    model.load_state_dict(state["model"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    log.info("resumed %s at step %d", path.name, state["step"])
    return int(state["step"])


def write_json(path: Path, data: object) -> None:
    """Readable JSON with a final newline."""
    path.write_text(json.dumps(data, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
