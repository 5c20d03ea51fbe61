"""The model in training: the network on its base encoder, its tokenizer, its recipe."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from transformers import AutoModel, AutoTokenizer, PreTrainedTokenizerBase

from checker.errors import RecipeError
from checker.model.network import ClaimConfig, ClaimModel
from checker.model.scorer import ClaimScorer
from checker.model.store import find, fingerprint
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
    """The recipe's base model, or an untrained claim model on its base encoder; `work` is a folder for what must be unpacked.

    Raises:
        RecipeError: when the base is missing or has other weights than the recipe names.
    """
    if recipe.base_model:
        return _claim_model(recipe)
    folder = base_encoder(recipe, work)
    torch.manual_seed(recipe.seed)
    dropout = _dropout(recipe)
    encoder = AutoModel.from_pretrained(folder, dtype=torch.float32, add_pooling_layer=False, **dropout)
    described = encoder.config.to_diff_dict() | {"model_type": encoder.config.model_type}
    config = ClaimConfig(described, recipe.pair_length, recipe.sentence_length, recipe.study_line, recipe.bfloat16)
    model = ClaimModel(config)
    model.encoder.load_state_dict(encoder.state_dict())
    return Trained(recipe, model.eval(), AutoTokenizer.from_pretrained(folder))


def _claim_model(recipe: Recipe) -> Trained:
    folder = find(recipe.base_model)
    if folder is None or fingerprint(folder) != recipe.base_weights:
        raise RecipeError(f"model {recipe.base_model!r} does not have the weights {recipe.base_weights} that the recipe {recipe.name!r} goes on from")
    config = ClaimConfig.from_pretrained(folder)
    config.encoder |= _dropout(recipe)
    return Trained(recipe, ClaimModel.from_pretrained(folder, config=config, dtype=torch.float32).eval(), AutoTokenizer.from_pretrained(folder))


def _dropout(recipe: Recipe) -> dict[str, float]:
    return {} if recipe.dropout is None else {"hidden_dropout_prob": recipe.dropout, "attention_probs_dropout_prob": recipe.dropout}
