"""The evaluation set's own description: the counts on its card and its Croissant metadata, made from its files.

A folder holds `dev.jsonl`, `test.jsonl`, `README.md` (the dataset card) and `agreement/`. The
card's front matter carries name, licence and version; the blocks between marks are generated.
Croissant 1.0: Akhtar et al. 2024, Croissant: A Metadata Format for ML-Ready Datasets.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from huggingface_hub import DatasetCard

from checker.cases import LabelledCase, read_cases
from checker.errors import InputError
from checker.evaluation.agreement import agreement
from checker.evaluation.case import to_sample
from checker.evaluation.results import saving
from checker.evaluation.sample import fingerprint
from checker.evaluation.tasks import SPLITS
from checker.labels import CAVEATS, CONTRADICTION_KINDS, CUES, FLAGGED, OVERSTATEMENT_KINDS, VERDICTS

CARD, CROISSANT = "README.md", "croissant.json"
ANNOTATORS = ("writer", "second")
"""`agreement/NAME-SPLIT.jsonl` holds what each of the two annotators labelled before anything was settled."""

_OWN = (
    "citeAs column equivalentProperty extract field fileProperty fileObject fileSet format includes isLiveDataset jsonPath key md5 parentField path"
    " recordSet references regex repeated replace samplingRate separator source subField transform"
)
CONTEXT: dict[str, Any] = {
    "@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/", "dct": "http://purl.org/dc/terms/", "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"}, "examples": {"@id": "cr:examples", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, **{name: f"cr:{name}" for name in _OWN.split()},
}  # fmt: skip
"""The context that the specification gives."""
FIELDS: dict[str, tuple[str, str, str]] = {
    "id": ("id", "", "Name of the case"),
    "title": ("study", "$.title", "Title of the study"),
    "abstract": ("study", "$.text", "Abstract of the study, which evidence quotes"),
    "headline": ("draft", "$.headline", "Headline of the draft"),
    "body": ("draft", "$.text", "Body of the draft, paragraphs separated by a blank line"),
    "sentences": ("sentences", "$[*].text", "Every sentence of the draft, the headline first"),
    "verdicts": ("sentences", "$[*].verdict", "The verdict on each sentence"),
    "plan": ("plan", "", "The cell of the writing plan that the case fills"),
}
"""Croissant field: column, path in it, description. Kinds, evidence, strength, caveats and cues stand in the same files."""


def describe(folder: Path) -> list[Path]:
    """Write the generated blocks of the card and `croissant.json`; returns both paths.

    Raises:
        InputError: when a file is missing, the annotators' cases differ or the card lacks a block.
        CaseError: when a case breaks the form.
        OutputError: when a file cannot be written.
    """
    card = _card(folder)
    splits = {split: read_cases(folder / f"{split}.jsonl") for split in SPLITS}
    card.content = _filled(str(card.content), "counts", counts(splits), folder / CARD)
    card.content = _filled(card.content, "agreement", agreements(folder / "agreement"), folder / CARD)
    described = json.dumps(croissant(folder, card.data.to_dict()), indent=2, ensure_ascii=False) + "\n"
    for name, text in ((CARD, card.content), (CROISSANT, described)):
        with saving(folder / name):
            (folder / name).write_text(text, encoding="utf-8")
    return [folder / CARD, folder / CROISSANT]


def _card(folder: Path) -> Any:
    missing = [name for name in (CARD, *(f"{split}.jsonl" for split in SPLITS)) if not (folder / name).is_file()]
    if missing:
        raise InputError(f"{folder} holds no {' and no '.join(missing)}: give the folder of a labelled set with its card")
    card: Any = DatasetCard.load(folder / CARD)  # its methods are not annotated
    return card


def _filled(text: str, name: str, made: str, path: Path) -> str:
    begin, end = f"<!-- {name}: made by `checker eval card` -->", f"<!-- end of {name} -->"
    head, _, rest = text.partition(begin)
    _, found, tail = rest.partition(end)
    if not found:
        raise InputError(f"{path} needs a line {begin!r} and, after it, a line {end!r}: the {name} go between them")
    return f"{head}{begin}\n\n{made}\n{end}{tail}"


def agreements(folder: Path) -> str:
    """Agreement of the two annotators on each split, as a Markdown table with intervals."""
    found = {split: agreement(*(_labelled(folder / f"{name}-{split}.jsonl") for name in ANNOTATORS)) for split in SPLITS}
    lines = [f"| | {' | '.join(found)} |", f"| --- |{' ---: |' * len(found)}"]
    lines.append(f"| cases, sentences | {' | '.join(f'{split.cases}, {split.sentences}' for split in found.values())} |")
    for name in next(iter(found.values())).figures:
        cells = [split.figures[name] for split in found.values()]
        lines.append(f"| {name.replace('_', ' ')} | {' | '.join(f'{cell.value:.3f} [{cell.low:.3f}, {cell.high:.3f}]' for cell in cells)} |")
    return "\n".join(lines) + "\n"


def _labelled(path: Path) -> list[LabelledCase]:
    if not path.is_file():
        raise InputError(f"{path} is missing: it holds one annotator's labels as they were before anything was settled")
    return read_cases(path)


def counts(splits: Mapping[str, Sequence[LabelledCase]]) -> str:
    """What each split holds, as a Markdown table with one column a split."""
    columns = [_column(cases) for cases in splits.values()]
    lines = [f"| | {' | '.join(splits)} |", f"| --- |{' ---: |' * len(splits)}"]
    lines += [f"| {name} | {' | '.join(str(column[name]) for column in columns)} |" for name in columns[0]]
    return "\n".join(lines) + "\n"


def _column(cases: Sequence[LabelledCase]) -> dict[str, str]:
    sentences = [sentence for case in cases for sentence in case.sentences]
    verdicts = Counter(sentence.verdict for sentence in sentences)
    kinds = Counter(kind for sentence in sentences for kind in sentence.kinds)
    cues = Counter(cue for sentence in sentences for _, cue in sentence.cues)
    careful = sum(not any(s.verdict in FLAGGED for s in case.sentences) for case in cases)
    found = {"cases": str(len(cases)), "careful drafts (nothing to flag)": str(careful), "sentences": str(len(sentences))}
    found |= {f"`{name}`": f"{verdicts[name]} ({100 * verdicts[name] / max(len(sentences), 1):.0f} %)" for name in VERDICTS}
    found |= {f"kind `{name}`": str(kinds[name]) for name in OVERSTATEMENT_KINDS + CONTRADICTION_KINDS}
    found |= {f"cue `{name}`": str(cues[name]) for name in CUES}
    for name in CAVEATS:
        told = Counter(case.caveats[name] for case in cases if name in case.caveats)
        found[f"caveat `{name}`, applies (missing)"] = f"{told.total()} ({told['missing']})"
    return found | {"fingerprint": f"`{fingerprint(to_sample(case) for case in cases)[:12]}`"}


def croissant(folder: Path, card: dict[str, Any]) -> dict[str, Any]:
    """Croissant 1.0 metadata of the folder's two files, with their sha256."""
    files = [_file(folder / f"{split}.jsonl") for split in SPLITS]
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": card["name"],
        "description": card["description"],
        "license": card["license_link"],
        "url": card["homepage"],
        "version": card["version"],
        "datePublished": str(card["date"]),
        "citeAs": card["citation"],
        "keywords": card["tags"],
        "distribution": files,
        "recordSet": [_records(split) for split in SPLITS],
    }


def _file(path: Path) -> dict[str, Any]:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return {
        "@type": "cr:FileObject", "@id": path.name, "name": path.name, "contentUrl": path.name,
        "encodingFormat": "application/jsonlines", "sha256": digest,
    }  # fmt: skip


def _records(split: str) -> dict[str, Any]:
    return {"@type": "cr:RecordSet", "@id": split, "name": split, "field": [_field(split, name) for name in FIELDS]}


def _field(split: str, name: str) -> dict[str, Any]:
    column, path, told = FIELDS[name]
    source: dict[str, Any] = {"fileObject": {"@id": f"{split}.jsonl"}, "extract": {"column": column}}
    if path:
        source["transform"] = {"jsonPath": path}
    field = {"@type": "cr:Field", "@id": f"{split}/{name}", "name": name, "description": told, "dataType": "sc:Text", "source": source}
    return field | ({"repeated": True} if "[*]" in path else {})
