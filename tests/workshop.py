"""A workshop to train in: a recipe, a tiny base encoder, tiny public sets and labelled cases (the fixture `workshop`)."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import torch

from tests.conftest import ABSTRACT

RECIPE = """
name = "tiny"
base_package = "tiny_base"
base_folder = "model"
base_sha256 = "{sha}"
seed = 3
dev_share = 0.3
batch_size = 4
pair_length = 48
sentence_length = 32
folds = 2

[sources.claim-strength]
reader = "claim-strength"
folder = "claim-strength"
title = "Strength"
licence = "none stated"

[sources.scifact]
reader = "scifact"
folder = "scifact"
title = "SciFact"
licence = "CC BY 4.0"

[sources.cases]
reader = "cases"
folder = "@cases"
title = "Own cases"
licence = "as this project"

[[stages]]
name = "public"
sources = ["claim-strength", "scifact"]
epochs = 1
learning_rate = 1e-3
match_every = 1

[[stages]]
name = "cases"
sources = ["cases"]
epochs = 1
learning_rate = 1e-3
"""

VERIFIER = """
name = "verifier"
base_model = "{folder}"
base_weights = "{weights}"
seed = 3
dev_share = 0.3
batch_size = 4
weigh_by_source = true

[sources.scifact]
reader = "scifact"
folder = "scifact"
title = "SciFact"
licence = "CC BY 4.0"

[[stages]]
name = "verification"
sources = ["scifact"]
epochs = 3
learning_rate = 1e-2
frozen_layers = 1
"""


def lines(path: Path, rows: Sequence[object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def labelled(number: int) -> dict:
    told = [("The drug cut pain.", "overstated", ["no_effect"]), ("24 adults took part.", "supported", []), ("It costs $5.", "not_addressed", []),
            ("Why not?", "no_claim", []), ("30 adults took part.", "contradicted", ["number"])]  # fmt: skip
    evidence = "24 adults with knee pain were randomly assigned"
    return {
        "id": f"case-{number}", "study": {"text": ABSTRACT}, "draft": {"headline": "", "text": " ".join(text for text, _, _ in told)},
        "sentences": [
            {"text": t, "role": "body", "verdict": v, "kinds": k, "evidence": [evidence] if v in ("overstated", "supported", "contradicted") else [], "strength": None}
            for t, v, k in told
        ],
        "caveats": {"small_sample": "present"}, "cues": [],
    }  # fmt: skip


@pytest.fixture
def workshop(tmp_path: Path, tokenizer_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from transformers import AutoTokenizer, BertConfig, BertModel

    package = tmp_path / "site" / "tiny_base"
    torch.manual_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder)
    config = BertConfig(vocab_size=len(tokenizer), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32)
    BertModel(config).save_pretrained(package / "model")
    tokenizer.save_pretrained(package / "model")
    (package / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(package.parent))
    sys.modules.pop("tiny_base", None)
    sha = hashlib.sha256((package / "model" / "model.safetensors").read_bytes()).hexdigest()
    (tmp_path / "recipe.toml").write_text(RECIPE.format(sha=sha))
    lines(
        tmp_path / "data/claim-strength/annotated_eureka.jsonl",
        [{"sentId": f"s{i}-1-x", "sentence": f"The drug may cut risk {i}", "label": str(i % 4)} for i in range(20)],
    )
    lines(tmp_path / "data/claim-strength/annotated_pubmed.jsonl", [{"sentence": f"Mice had no pain {i}", "label": str(i % 4)} for i in range(20)])
    corpus = [{"doc_id": i, "title": "", "abstract": ["Pain is bad.", "The drug cut pain.", "Mice had risk.", f"Risk was {i}."]} for i in range(12)]
    labels = ["SUPPORT", "CONTRADICT"]
    claims = [
        {
            "id": i,
            "claim": f"The drug cut pain {i}",
            "doc_ids": [i],
            "evidence": {} if i % 3 == 0 else {str(i): [{"sentences": [1], "label": labels[i % 2]}]},
        }
        for i in range(12)
    ]
    lines(tmp_path / "data/scifact/corpus.jsonl", corpus)
    lines(tmp_path / "data/scifact/claims_train_cited.jsonl", claims)
    lines(tmp_path / "cases/train.jsonl", [labelled(number) for number in range(6)])
    return tmp_path


def train(workshop: Path, runs: str = "runs", output: str = "model") -> Path:
    from checker.train.run import train as run

    return run(workshop / "recipe.toml", data=workshop / "data", cases=workshop / "cases", output=workshop / output, runs=workshop / runs)
