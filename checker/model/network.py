"""A small multi-task claim model: one shared encoder, one head for each question.

Heads: the verdict of a (premise, claim) pair, the kinds of its error, the claim
strength of a single sentence (0-3, Sumner et al. 2014; Yu et al. 2019), and
whether a single sentence claims anything. Sentence embeddings for evidence
selection come from the same encoder.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel, PretrainedConfig, PreTrainedModel

from checker.labels import CONTRADICTION_KINDS, OVERSTATEMENT_KINDS, STRENGTHS

PAIR_LABELS = ("supported", "overstated", "contradicted", "not_addressed")
KIND_LABELS = OVERSTATEMENT_KINDS + CONTRADICTION_KINDS
HEADS = {"verdict": len(PAIR_LABELS), "kinds": len(KIND_LABELS), "strength": len(STRENGTHS), "claim": 2}
PAIR_HEADS = frozenset({"verdict", "kinds"})


class ClaimConfig(PretrainedConfig):
    """Configuration: the encoder's own, how texts are cut, whether premises begin with a line on the study.

    `bfloat16` says that the model is used as it was trained: multiplied in that precision where the processor can.
    `strength_prior[a][b]` is how often a telling of strength a has a finding of strength b; see `model.strength`.
    """

    model_type = "health_claim_checker"

    def __init__(
        self,
        encoder: dict[str, Any] | None = None,
        pair_length: int = 192,
        sentence_length: int = 96,
        study_line: bool = False,
        bfloat16: bool = False,
        strength_prior: list[list[float]] | None = None,
        **options: Any,
    ) -> None:
        self.encoder = encoder or {}
        self.pair_length = pair_length
        self.sentence_length = sentence_length
        self.study_line = study_line
        self.bfloat16 = bfloat16
        self.strength_prior = strength_prior
        super().__init__(**options)


class ClaimModel(PreTrainedModel):
    """The encoder and the heads."""

    config_class = ClaimConfig
    base_model_prefix = "encoder"
    config: ClaimConfig

    def __init__(self, config: ClaimConfig) -> None:
        super().__init__(config)
        options = dict(config.encoder)
        encoder_config = AutoConfig.for_model(options.pop("model_type"), **options)
        self.encoder = AutoModel.from_config(encoder_config, add_pooling_layer=False)
        width = encoder_config.hidden_size
        self.dropout = nn.Dropout(0.1)
        self.pair = nn.Linear(2 * width, width)
        self.heads = nn.ModuleDict({name: nn.Linear(width, size) for name, size in HEADS.items()})
        self.post_init()

    def _init_weights(self, module: nn.Module) -> None:
        if isinstance(module, nn.Linear):
            nn.init.normal_(module.weight, std=0.02)
            nn.init.zeros_(module.bias)

    def embed(self, batch: dict[str, Tensor]) -> Tensor:
        """Unit-length sentence embeddings, shape (batch, width)."""
        return nn.functional.normalize(_mean(self._states(batch), batch["attention_mask"]), dim=-1)

    def read(self, batch: dict[str, Tensor]) -> tuple[Tensor, dict[str, Tensor]]:
        """Embeddings and the single-sentence heads' logits from one pass of the encoder."""
        features = _mean(self._states(batch), batch["attention_mask"])
        single = {name: head(features).float() for name, head in self.heads.items() if name not in PAIR_HEADS}
        return nn.functional.normalize(features, dim=-1), single

    def forward(self, batch: dict[str, Tensor], heads: tuple[str, ...]) -> dict[str, Tensor]:
        """Logits of the named heads, each of shape (batch, classes of the head).

        Pair heads need (premise, claim) encodings, the others single sentences.
        """
        mask = batch["attention_mask"]
        if PAIR_HEADS.issuperset(heads):
            states = self._states(batch)
            claim = mask * batch["token_type_ids"]
            both = torch.cat([_mean(states, claim), _mean(states, mask - claim)], dim=-1)
            features = torch.tanh(self.pair(self.dropout(both)))
        else:
            features = _mean(self._states(batch), mask)
        features = self.dropout(features)
        return {name: self.heads[name](features).float() for name in heads}

    def _states(self, batch: dict[str, Tensor]) -> Tensor:
        """Float32 states; an encoder that knows no segments (MPNet) is not given any."""
        known = (
            batch if getattr(self.encoder.config, "type_vocab_size", 0) else {key: value for key, value in batch.items() if key != "token_type_ids"}
        )
        states: Tensor = self.encoder(**known).last_hidden_state
        return states.float()


def _mean(states: Tensor, mask: Tensor) -> Tensor:
    weights = mask.unsqueeze(-1).to(states.dtype)
    return (states * weights).sum(1) / weights.sum(1).clamp(min=1)
