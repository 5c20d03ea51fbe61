"""Tiny files in the public forms, with invented text, and a tiny untrained NLI model."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ABSTRACT = [
    "We enrolled 40 adults with gout in one clinic.",
    "Coffee drinkers had lower uric acid than tea drinkers (5.1 versus 6.0 mg/dL).",
    "Coffee may be associated with lower uric acid, but this study cannot show cause.",
]


def jsonl(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    """Write JSON Lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def exaggeration(folder: Path, labels: Sequence[str] = ("same", "exaggerates", "downplays", "same")) -> Path:
    return jsonl(
        folder / "insciout_test.jsonl",
        [
            {
                "original_file_id": f"{number:02}-001",
                "press_release_conclusion": f"Coffee cuts gout number {number}.",
                "press_release_strength": 3,
                "abstract_conclusion": "Coffee may be associated with less gout.",
                "abstract_strength": 1,
                "exaggeration_label": label,
            }
            for number, label in enumerate(labels)
        ],
    )


def strength(folder: Path) -> Path:
    rows = [
        {"sentId": f"77-x-{n}-title", "sentence": text, "label": str(n)}
        for n, text in enumerate(("It rained.", "A goes with B.", "A may cut B.", "A cuts B."))
    ]
    return jsonl(folder / "annotated_eureka.jsonl", rows)


def multivers(folder: Path) -> Path:
    jsonl(folder / "corpus.jsonl", [{"doc_id": doc, "title": "", "abstract": ABSTRACT} for doc in (7, 8)])
    rows = [
        {"id": 1, "claim": "Coffee goes with lower uric acid.", "doc_ids": [7, 8], "evidence": {"7": [{"sentences": [1, 2], "label": "SUPPORT"}]}},
        {"id": 2, "claim": "Tea drinkers had lower uric acid.", "doc_ids": [7], "evidence": {"7": [{"sentences": [1], "label": "CONTRADICT"}]}},
    ]
    return jsonl(folder / "claims_test.jsonl", rows)


def check_covid(folder: Path) -> Path:
    jsonl(folder / "corpus.json", [{"cord_id": "ab12", "title": "", "abstract": ABSTRACT}])
    rows = [
        {
            "id": f"c_{n}",
            "claim": f"Claim {n}.",
            "cord_id": "ab12",
            "label": label,
            "evidence_set": [{"sent_index": 1, "type": "PRIMARY"}],
            "is_auth": True,
        }
        for n, label in enumerate(("SUPPORT", "REFUTE", "NOTENOUGHINFO"))
    ]
    return jsonl(folder / "test" / "covidCheck_test_composed+extracted.json", rows)


def nli4ct(folder: Path) -> Path:
    trials = folder / "CT json"
    trials.mkdir(parents=True)
    for trial in ("NCT1", "NCT2"):
        (trials / f"{trial}.json").write_text(json.dumps({"Clinical Trial ID": trial, "Results": ["Arm 1: 4 of 9", "  Arm 2: 1 of 9"]}, indent=1))
    one = {"Type": "Single", "Section_id": "Results", "Primary_id": "NCT1", "Statement": "Arm 1 did better.", "Label": "Entailment"}
    two = {**one, "Type": "Comparison", "Secondary_id": "NCT2", "Label": "Contradiction"}
    path = folder / "test.json"
    path.write_text(json.dumps({"u-1": one, "u-2": two}, indent=1))
    return path


def clinifact(folder: Path) -> Path:
    rows = [
        {
            "index": str(n),
            "claim": "Coffee is superior or other to Tea in terms of Gout",
            "PMID": f"9{n}",
            "article_abstract": " ".join(ABSTRACT),
            "label": label,
        }
        for n, label in enumerate("102")
    ]
    return jsonl(folder / "claims.jsonl", rows)


def study_type(folder: Path) -> Path:
    path = folder / "test.csv"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(
        "idx,pmid,journal_name,title,abstract,accepted_label\n"
        '1,11,J,Mice,"We fed 12 mice coffee. The mice were weighed. Mice gained less.",Animal-other\n'
        '2,12,J,Trial,"In this randomised controlled trial, 40 patients were randomly assigned to coffee or tea.",Human-RCT-drug-intervention\n'
    )
    return path


def hedges(folder: Path) -> Path:
    path = folder / "abstracts.xml"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n<Annotation><DocumentSet><Document type="Biological_abstract"><DocID type="PMID">5</DocID>\n'
        '<DocumentPart type="AbstractText"><sentence id="S1.1">Coffee <xcope id="X1"><cue type="speculation" ref="X1">may</cue> '
        'cut gout</xcope>, and it did <xcope id="X2"><cue type="negation" ref="X2">not</cue> harm</xcope>.</sentence>\n'
        '<sentence id="S1.2">We studied mice.</sentence></DocumentPart></Document></DocumentSet></Annotation>\n'
    )
    return path


def case(name: str, *, careful: bool = False, study: str = "Coffee and gout") -> dict[str, Any]:
    """A labelled case; a careful one has no flagged sentence."""
    bold = {"text": "Coffee cures gout.", "role": "body", "verdict": "overstated", "kinds": ["magnitude"], "evidence": [ABSTRACT[2]], "strength": 3}
    mild = {
        "text": "Coffee may go with less uric acid.",
        "role": "body",
        "verdict": "supported",
        "kinds": [],
        "evidence": [ABSTRACT[2]],
        "strength": 1,
    }
    body = mild if careful else bold
    quiet = {"text": "The weather was fine.", "role": "body", "verdict": "no_claim", "kinds": [], "evidence": [], "strength": None}
    wrong = {
        "text": "The study followed 400 adults.",
        "role": "body",
        "verdict": "contradicted",
        "kinds": ["number"],
        "evidence": [ABSTRACT[0]],
        "strength": None,
    }
    right = {
        "text": "The study followed 40 adults.",
        "role": "body",
        "verdict": "supported",
        "kinds": [],
        "evidence": [ABSTRACT[0]],
        "strength": None,
    }
    head = {
        "text": "Coffee and gout: a small study",
        "role": "headline",
        "verdict": "supported",
        "kinds": [],
        "evidence": [ABSTRACT[0]],
        "strength": None,
    }
    last = right if careful else wrong
    return {
        "id": name,
        "study": {"title": study, "text": " ".join(ABSTRACT), "year": 2026},
        "draft": {"headline": head["text"], "text": f"{body['text']} {quiet['text']}\n\n{last['text']}"},
        "sentences": [head, body, quiet, last],
        "caveats": {"small_sample": "present", "observational": "missing"},
        "cues": [{"sentence": 1, "text": "may", "cue": "hedge"}] if careful else [{"sentence": 1, "text": "cures", "cue": "booster"}],
    }


def drafts(folder: Path, cases: int = 6) -> Path:
    return jsonl(folder / "test.jsonl", [case(f"c{n}", careful=n % 2 == 0, study=f"Study {n}") for n in range(cases)])


FORMS: dict[str, Callable[[Path], Path]] = {
    "drafts": drafts,
    "exaggeration": exaggeration,
    "strength": strength,
    "scifact": multivers,
    "healthver": multivers,
    "check-covid": check_covid,
    "nli4ct": nli4ct,
    "clinifact": clinifact,
    "citation-integrity": multivers,
    "hedges": hedges,
    "study-type": study_type,
}
"""Task name to a writer of its public form."""


def tiny_model(folder: Path) -> Path:
    """A random two-layer BERT classifier with NLI labels and a five-word vocabulary, saved as anyone would save one."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    folder.mkdir(parents=True)
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "coffee", "gout", "the", "may", "cures"]
    (folder / "vocab.txt").write_text("\n".join(words))
    tokenizer = BertTokenizerFast(str(folder / "vocab.txt"))
    torch.manual_seed(5)
    labels = {0: "entailment", 1: "neutral", 2: "contradiction"}
    config = BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=16, max_position_embeddings=128,
        id2label=labels, label2id={name: index for index, name in labels.items()},
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


def with_combiner(folder: Path) -> Path:
    """The model folder with a combiner that has no opinion, so that whole drafts can be judged on it."""
    from checker.judge.combiner import Combiner
    from checker.labels import VERDICTS
    from checker.model.network import KIND_LABELS
    from tests.helpers import by_cosine, no_trees, signal_names

    names = signal_names()
    none = (0.0,) * len(names)
    weights = tuple(none for _ in VERDICTS)
    no_kinds = (none,) * len(KIND_LABELS), (0.0,) * len(KIND_LABELS)
    bias = (0.3, 0.2, 0.1, 0.0, 0.0)
    Combiner(by_cosine(), names, none, (1.0,) * len(names), weights, bias, *no_kinds, no_trees(), (1.0, 0.0, 0.0), 1.0, 0.5).save(folder)
    return folder
