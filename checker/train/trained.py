"""The model in training: the network on its base encoder, its tokenizer, its recipe."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerBase

from checker.model.network import ClaimConfig, ClaimModel
from checker.model.scorer import ClaimScorer
from checker.train.recipe import Recipe, base_encoder


@dataclass(frozen=True, slots=True)
class Trained:
    """A model that stages train in place."""

    recipe: Recipe
    model: ClaimModel
    tokenizer: PreTrainedTokenizerBase

    def scorer(self) -> ClaimScorer:
        """A scorer of the model as it now is, with an empty memo."""
        return ClaimScorer(self.model.eval(), self.tokenizer, self.recipe.name, "")

    def weights(self) -> dict[str, torch.Tensor]:
        """A copy of the weights, to go back to."""
        return {key: value.clone() for key, value in self.model.state_dict().items()}


def new_model(recipe: Recipe, work: Path) -> Trained:
    """An untrained claim model on the recipe's base encoder; `work` is a folder for what must be unpacked."""
    folder = base_encoder(recipe, work)
    torch.manual_seed(recipe.seed)
    dropout = {} if recipe.dropout is None else {"hidden_dropout_prob": recipe.dropout, "attention_probs_dropout_prob": recipe.dropout}
    encoder = AutoModel.from_pretrained(folder, dtype=torch.float32, add_pooling_layer=False, **dropout)
    described = encoder.config.to_diff_dict() | {"model_type": encoder.config.model_type}
    config = ClaimConfig(described, recipe.pair_length, recipe.sentence_length, recipe.study_line, recipe.bfloat16)
    model = ClaimModel(config)
    model.encoder.load_state_dict(encoder.state_dict())
    return Trained(recipe, model.eval(), AutoTokenizer.from_pretrained(folder))
