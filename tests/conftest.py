"""Fixtures: a two-layer model with a tiny vocabulary, so that tests need no real weights."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

pytest_plugins = ["tests.workshop"]
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

WORDS = "the a of in and drug cut risk mice people may trial was is not 10 percent study found pain by with no group".split()
ABSTRACT = (
    "Background: Knee pain is common. Methods: In this pilot randomised trial, 24 adults with knee pain were randomly assigned"
    " to a copper bracelet (n = 12) or a plain bracelet (n = 12) for 6 weeks. Results: Pain fell by 8 points with copper and by"
    " 7 points without; the difference was not statistically significant (P = 0.61). Two people had a rash. Conclusions: Copper"
    " bracelets did not significantly reduce knee pain. Funding: Cuprex Ltd."
)
DRAFT = "Copper bracelets cut knee pain\n\nA copper bracelet eases knee pain, a trial has found. Would you wear one? Pain fell by 8 points."


@pytest.fixture(scope="session")
def tokenizer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from transformers import BertTokenizer

    folder = tmp_path_factory.mktemp("tokenizer")
    letters = [*"abcdefghijklmnopqrstuvwxyz0123456789.,%"]
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS, *letters, *(f"##{letter}" for letter in letters)]
    BertTokenizer(vocab={word: index for index, word in enumerate(dict.fromkeys(vocabulary))}, do_lower_case=True).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory, tokenizer_folder: Path) -> Path:
    """A model folder of ours: random two-layer encoder, and a combiner with hand-set weights."""
    import torch
    from transformers import AutoTokenizer, BertConfig

    from checker.judge.combiner import Combiner
    from checker.model.network import ClaimConfig, ClaimModel
    from tests.helpers import by_cosine, no_trees, signal_names

    folder = tmp_path_factory.mktemp("models") / "tiny"
    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder)
    encoder = BertConfig(vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32)
    ClaimModel(ClaimConfig(encoder.to_diff_dict() | {"model_type": "bert"}, 96, 48)).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    names = signal_names()
    # Causal verbs flag and questions are no claim: enough for the pipeline to have something to say.
    weights = {"supported": {}, "overstated": {"causal_verb": 4.0}, "contradicted": {}, "not_addressed": {}, "no_claim": {"question": 9.0}}
    rows = tuple(tuple(row.get(name, 0.0) for name in names) for row in weights.values())
    flat = (0.0,) * len(names), (1.0,) * len(names)
    Combiner(
        by_cosine(), names, *flat, rows, (1.0, 0.0, -2.0, 0.0, 0.0), ((0.0,) * len(names),) * 11, (0.0,) * 11, no_trees(), (1.0, 0.0, 0.0), 1.0, 0.5
    ).save(folder)
    return folder


@pytest.fixture(scope="session")
def nli_folder(tmp_path_factory: pytest.TempPathFactory, tokenizer_folder: Path) -> Path:
    """A random public-style NLI classifier that nobody here trained."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    folder = tmp_path_factory.mktemp("nli")
    torch.manual_seed(1)
    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder)
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        id2label={0: "ENTAILMENT", 1: "NEUTRAL", 2: "CONTRADICTION"},
        label2id={"ENTAILMENT": 0, "NEUTRAL": 1, "CONTRADICTION": 2},
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def tiny_checker(tiny_folder: Path):
    from checker import Checker

    return Checker.load(str(tiny_folder))
