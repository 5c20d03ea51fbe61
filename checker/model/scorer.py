"""What the judge asks of a model, and the two kinds of model that answer.

`Scorer` is the whole interface. `ClaimScorer` wraps this project's multi-task
model; `NliScorer` wraps any Hugging Face sequence classifier with NLI labels, which
knows entailment, neutral and contradiction, and neither strength nor kinds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import PreTrainedModel, PreTrainedTokenizerBase

from checker.errors import ModelError
from checker.model.encoding import encode, length_sorted
from checker.model.memo import Memo, digest
from checker.model.network import HEADS, PAIR_LABELS, ClaimModel
from checker.model.precision import multiplies

Array = NDArray[np.float32]
BATCH = 8
"""Of one forward pass: of 8, 12, 16 and 32 texts, 8 wastes the least on padding and is as fast as any on 2 cores."""
T = TypeVar("T")
NLI_LABELS = {
    "entailment": "supported",
    "entailed": "supported",
    "support": "supported",
    "supports": "supported",
    "supported": "supported",
    "neutral": "not_addressed",
    "not_entailment": "not_addressed",
    "nei": "not_addressed",
    "notenoughinfo": "not_addressed",
    "not_enough_info": "not_addressed",
    "contradiction": "contradicted",
    "contradict": "contradicted",
    "contradicts": "contradicted",
    "refute": "contradicted",
    "refutes": "contradicted",
    "contradicted": "contradicted",
}
"""Label names of public NLI and fact-checking models, and the verdict that each means."""


@dataclass(frozen=True, slots=True)
class PairScores:
    """Probabilities for (premise, claim) pairs: verdict (n, 4) in `PAIR_LABELS` order, kinds (n, 11)."""

    verdict: Array
    kinds: Array


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """Of single sentences: strength probabilities (n, 4), that it claims something (n,), unit-length embeddings (n, width)."""

    strength: Array
    claim: Array
    embedding: Array


class Scorer(Protocol):
    """A model as the judge sees it; every method takes any number of texts at once."""

    name: str
    revision: str

    @property
    def study_line(self) -> bool:
        """Whether the model was trained to read a line on the study before the chosen sentences."""
        ...

    @property
    def strength_prior(self) -> Array | None:
        """How often a telling and its finding have each pair of strengths, shape (4, 4), where the model was given it."""
        ...

    def embed(self, texts: Sequence[str]) -> Array:
        """Unit-length sentence embeddings, shape (n, width)."""
        ...

    def pairs(self, premises: Sequence[str], claims: Sequence[str]) -> PairScores:
        """Verdict and kind probabilities of each claim given its premise."""
        ...

    def verify(self, premises: Sequence[str], claims: Sequence[str]) -> Array:
        """Verdict probabilities as the public verification sets understand verdicts, shape (n, labels)."""
        ...

    def sentences(self, texts: Sequence[str]) -> SentenceScores:
        """Strength and claim probabilities and the embedding of each sentence, in one pass."""
        ...


@dataclass(slots=True)
class ClaimScorer:
    """This project's model. Forward passes are batched by length; the scores of texts seen lately are kept, the texts are not.

    `changes` are the weights in which its verifier differs (`model.verifier`).
    """

    model: ClaimModel
    tokenizer: PreTrainedTokenizerBase
    name: str
    revision: str
    changes: Mapping[str, torch.Tensor] = field(default_factory=dict)
    memo: Memo = field(default_factory=Memo)

    @property
    def study_line(self) -> bool:
        """See `Scorer`."""
        return bool(self.model.config.study_line)

    @property
    def strength_prior(self) -> Array | None:
        """See `Scorer`."""
        prior = self.model.config.strength_prior
        return None if prior is None else np.array(prior, dtype=np.float32)

    def embed(self, texts: Sequence[str]) -> Array:
        """See `Scorer`."""
        return self.sentences(texts).embedding

    def pairs(self, premises: Sequence[str], claims: Sequence[str]) -> PairScores:
        """See `Scorer`."""
        sizes = HEADS["verdict"], HEADS["kinds"]
        both = _batched(list(zip(premises, claims, strict=True)), sum(sizes), self._pairs, self.memo)
        return PairScores(both[:, : sizes[0]], both[:, sizes[0] :])

    def verify(self, premises: Sequence[str], claims: Sequence[str]) -> Array:
        """See `Scorer`; a model without a verifier answers as it does of drafts. Nothing is kept."""
        if not self.changes:
            return self.pairs(premises, claims).verdict
        return _batched(list(zip(premises, claims, strict=True)), HEADS["verdict"], self._verify, Memo())

    def sentences(self, texts: Sequence[str]) -> SentenceScores:
        """See `Scorer`."""
        levels = HEADS["strength"]
        found = _batched(texts, levels + 1 + self._width, self._sentences, self.memo)
        return SentenceScores(found[:, :levels], found[:, levels], found[:, levels + 1 :])

    @property
    def _width(self) -> int:
        return int(self.model.config.encoder["hidden_size"])

    def _pairs(self, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
        with multiplies(self.model.config.bfloat16):
            logits = self.model(self._encoded(pairs), ("verdict", "kinds"))
        return torch.cat([logits["verdict"].softmax(-1), logits["kinds"].sigmoid()], dim=-1)

    def _verify(self, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
        with multiplies(self.model.config.bfloat16):
            logits = torch.func.functional_call(self.model, dict(self.changes), (self._encoded(pairs), ("verdict",)))
        verdict: torch.Tensor = logits["verdict"].softmax(-1)
        return verdict

    def _encoded(self, pairs: Sequence[tuple[str, str]]) -> dict[str, torch.Tensor]:
        return encode(self.tokenizer, [claim for _, claim in pairs], [p for p, _ in pairs], max_length=self.model.config.pair_length)

    def _sentences(self, texts: Sequence[str]) -> torch.Tensor:
        batch = encode(self.tokenizer, texts, max_length=self.model.config.sentence_length)
        with multiplies(self.model.config.bfloat16):
            embedding, logits = self.model.read(batch)
        return torch.cat([logits["strength"].softmax(-1), logits["claim"].softmax(-1)[:, 1:], embedding], dim=-1)


@dataclass(slots=True)
class NliScorer:
    """Any sequence classifier whose label names mean entailment, neutral and contradiction."""

    model: PreTrainedModel
    tokenizer: PreTrainedTokenizerBase
    name: str
    revision: str

    memo: Memo = field(default_factory=Memo)
    columns: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.columns = nli_columns({int(key): str(value) for key, value in (self.model.config.id2label or {}).items()}, self.name)

    @property
    def study_line(self) -> bool:
        """A public model has not seen our line."""
        return False

    @property
    def strength_prior(self) -> Array | None:
        """A public model knows no strengths."""
        return None

    def embed(self, texts: Sequence[str]) -> Array:
        """Mean-pooled states of the classifier's encoder: no trained similarity, but one that ranks."""
        return _batched(texts, int(self.model.config.hidden_size), self._embed, self.memo)

    def pairs(self, premises: Sequence[str], claims: Sequence[str]) -> PairScores:
        """Verdicts mapped from the NLI labels; kinds are unknown, all zero."""
        verdict = _batched(list(zip(premises, claims, strict=True)), HEADS["verdict"], self._pairs, self.memo)
        return PairScores(verdict, np.zeros((len(claims), HEADS["kinds"]), dtype=np.float32))

    def verify(self, premises: Sequence[str], claims: Sequence[str]) -> Array:
        """The same verdicts."""
        return self.pairs(premises, claims).verdict

    def sentences(self, texts: Sequence[str]) -> SentenceScores:
        """An NLI model knows neither strength nor claims: uniform strength, every sentence a claim."""
        uniform = np.full((len(texts), HEADS["strength"]), 0.25, dtype=np.float32)
        return SentenceScores(uniform, np.ones(len(texts), dtype=np.float32), self.embed(texts))

    @property
    def _limit(self) -> int:
        return min(512, int(getattr(self.model.config, "max_position_embeddings", 512)) - 2)

    def _embed(self, texts: Sequence[str]) -> torch.Tensor:
        batch = encode(self.tokenizer, texts, max_length=min(96, self._limit))
        states = self.model.base_model(**batch).last_hidden_state
        weights = batch["attention_mask"].unsqueeze(-1).to(states.dtype)
        return torch.nn.functional.normalize((states * weights).sum(1) / weights.sum(1), dim=-1)

    def _pairs(self, pairs: Sequence[tuple[str, str]]) -> torch.Tensor:
        batch = encode(self.tokenizer, [claim for _, claim in pairs], [p for p, _ in pairs], max_length=self._limit)
        probabilities = self.model(**batch).logits.softmax(-1)
        verdict = torch.zeros(len(pairs), len(PAIR_LABELS))
        for label, column in enumerate(self.columns):
            verdict[:, column] += probabilities[:, label]
        return verdict


def nli_columns(labels: Mapping[int, str], name: str) -> list[int]:
    """For every label of a classifier, the column of `PAIR_LABELS` that it means.

    Raises:
        ModelError: when a label name is not a known NLI label.
    """
    columns: list[int] = []
    for index in range(len(labels)):
        verdict = NLI_LABELS.get(str(labels[index]).strip().lower().replace(" ", "_"))
        if verdict is None:
            known = "entailment, neutral and contradiction"
            raise ModelError(f"model {name!r} has the label {labels[index]!r}: name its labels {known} in id2label of its config.json")
        columns.append(PAIR_LABELS.index(verdict))
    return columns


def _batched(items: Sequence[T], width: int, forward: Callable[[Sequence[T]], torch.Tensor], memo: Memo) -> Array:
    """Run `forward` on length-sorted batches and put the rows back in order; equal items, and those in the memo, run once."""
    keys = [digest(item) for item in items]
    known = {key: row for key in keys if (row := memo.get(key)) is not None}
    new = list({key: item for key, item in zip(keys, items, strict=True) if key not in known}.items())
    with torch.inference_mode():
        for indices in length_sorted([_size(item) for _, item in new], BATCH):
            rows = forward([new[index][1] for index in indices]).numpy().astype(np.float32)
            for index, row in zip(indices, rows, strict=True):
                known[new[index][0]] = row
                memo.put(new[index][0], row)
    return np.stack([known[key] for key in keys]) if items else np.zeros((0, width), dtype=np.float32)


def _size(item: object) -> int:
    return sum(len(part) for part in item) if isinstance(item, tuple) else len(str(item))
