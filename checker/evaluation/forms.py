"""Loaders of the public forms: one function a form, from the labelled file to samples.

Each takes the path of the labelled file; a corpus that belongs to it stands beside it or
one folder up, as published. Labels stay in the set's own vocabulary; `tasks` holds the
tables that say which of the checker's answers means which label.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from checker.errors import InputError
from checker.evaluation.rows import Row, RowError, label_of, list_of, parse_all, parse_rows, read_rows, text_of
from checker.evaluation.sample import Sample

EXAGGERATION = ("same", "exaggerates", "downplays")
STRENGTH = ("0", "1", "2", "3")
NOT_ENOUGH = "NOTENOUGHINFO"
CLINIFACT = ("1", "0", "2")
NLI4CT = ("Entailment", "Contradiction")
BIOSCOPE = {"speculation": "hedge", "negation": "negation"}
STUDY_TYPES = {
    "Human-systematic-review": "systematic_review",
    "Human-RCT-drug-intervention": "randomised_trial",
    "Human-RCT-non-drug-intervention": "randomised_trial",
    "Human-RCT-non-intervention": "randomised_trial",
    "Human-non-RCT-drug-intervention": "non_randomised_human",
    "Human-non-RCT-non-drug-intervention": "non_randomised_human",
    "Human-case-report": "case_report",
    "Animal-drug-intervention": "animal",
    "Animal-non-drug-intervention": "animal",
    "Animal-other": "animal",
    "In-vitro-study": "in_vitro",
    "Clinical-study-protocol": "other",
    "Non-systematic-review": "other",
    "Remaining": "other",
}
"""The 14 published study types, folded into those that this project tells apart."""


def exaggeration(path: Path) -> list[Sample]:
    """InSciOut pairs (Wright & Augenstein 2021): a press-release conclusion and its abstract's."""
    return exaggeration_rows(read_rows(path), str(path))


def exaggeration_rows(rows: Iterable[tuple[int, Row]], where: str) -> list[Sample]:
    """The same, from rows that the hub gave."""

    def parse(row: Row) -> Iterator[Sample]:
        study = str(row.get("original_file_id") or "")
        gold = {"label": label_of(row, "exaggeration_label", EXAGGERATION)}
        yield Sample(study, study, text_of(row, "press_release_conclusion"), gold, (text_of(row, "abstract_conclusion"),))

    return _numbered(parse_all(rows, parse, where))


def strength(path: Path) -> list[Sample]:
    """Claim-strength sentences (Yu et al. 2019, 2020): press releases by `sentId`, PubMed conclusions by `pmid`."""

    def parse(row: Row) -> Iterator[Sample]:
        sentence = text_of(row, "sentence")
        name = str(row.get("sentId") or "")
        study = str(row.get("pmid") or name.rsplit("-", 2)[0])
        yield Sample(name, study, sentence, {"label": label_of(row, "label", STRENGTH)})

    return _numbered(parse_rows(path, parse))


def multivers(path: Path) -> list[Sample]:
    """Claims against abstracts in the SciFact/MultiVerS form; one sample for each claim and abstract.

    The id is `claim-abstract`. An abstract without evidence for the claim is `NOTENOUGHINFO`.
    """
    corpus = _corpus(path, "corpus.jsonl", "doc_id")

    def parse(row: Row) -> Iterator[Sample]:
        claim, evidence = text_of(row, "claim").strip(), row.get("evidence")
        if not isinstance(evidence, dict):
            raise RowError("column 'evidence' is missing: an unlabelled split cannot be scored")
        for doc in list_of(row, "doc_ids" if "doc_ids" in row else "cited_doc_ids"):
            sentences = _abstract(corpus, str(doc))
            sets = evidence.get(str(doc)) or ()
            label = label_of(sets[0], "label", ("SUPPORT", "CONTRADICT", "REFUTE")) if sets else NOT_ENOUGH
            label = "CONTRADICT" if label == "REFUTE" else label
            indices = sorted({index for item in sets for index in list_of(item, "sentences")})
            gold = {"label": label, "evidence": _in_range(indices, sentences)}
            yield Sample(f"{text_of(row, 'id')}-{doc}", str(doc), _without_marks(claim), gold, sentences)

    return _numbered(parse_rows(path, parse))


def check_covid(path: Path) -> list[Sample]:
    """Check-COVID (Wang et al. 2023): one claim and one CORD-19 abstract a line."""
    corpus = _corpus(path, "corpus.json", "cord_id")

    def parse(row: Row) -> Iterator[Sample]:
        label = label_of(row, "label", ("SUPPORT", "REFUTE", NOT_ENOUGH))
        doc = text_of(row, "cord_id")
        sentences = _abstract(corpus, doc)
        decided = label != NOT_ENOUGH
        indices = sorted(item["sent_index"] for item in list_of(row, "evidence_set")) if decided else []
        gold = {"label": label, "evidence": _in_range(indices, sentences)}
        yield Sample(text_of(row, "id"), doc, text_of(row, "claim").strip(), gold, sentences)

    return _numbered(parse_rows(path, parse))


def clinifact(path: Path) -> list[Sample]:
    """CliniFact (Zhang et al. 2025): superiority claims against trial abstracts."""
    from checker.segment import sentences

    def parse(row: Row) -> Iterator[Sample]:
        abstract = tuple(span.text for span in sentences(text_of(row, "article_abstract")))
        claim = text_of(row, "claim").replace(" is superior or other to ", " is superior to ")
        yield Sample(str(row.get("index", "")), text_of(row, "PMID"), claim, {"label": label_of(row, "label", CLINIFACT)}, abstract)

    return _numbered(parse_rows(path, parse))


def nli4ct(path: Path) -> list[Sample]:
    """NLI4CT (Jullien et al. 2023): a statement against one section of one or two trial records."""
    trials: dict[str, dict[str, Any]] = {}

    def parse(row: Row) -> Iterator[Sample]:
        section, primary = text_of(row, "Section_id"), text_of(row, "Primary_id")
        sentences = _section(path, trials, primary, section)
        if row.get("Secondary_id"):
            lead = ("Primary trial:", *sentences, "Secondary trial:")
            sentences = (*lead, *_section(path, trials, text_of(row, "Secondary_id"), section))
        gold = {"label": label_of(row, "Label", NLI4CT)}
        yield Sample(text_of(row, "id"), primary, text_of(row, "Statement"), gold, sentences)

    return _numbered(parse_rows(path, parse))


def study_type(path: Path) -> list[Sample]:
    """PubMed abstracts by study type (StudyTypeTeller's CSV)."""

    def parse(row: Row) -> Iterator[Sample]:
        label = STUDY_TYPES[label_of(row, "accepted_label", tuple(STUDY_TYPES))]
        pmid = text_of(row, "pmid")
        yield Sample(pmid, pmid, text_of(row, "abstract"), {"label": label}, inputs={"title": row.get("title") or ""})

    return _numbered(parse_rows(path, parse))


def hedges(path: Path) -> list[Sample]:
    """BioScope (Vincze et al. 2008): sentences with speculation and negation cues marked in XML."""
    from xml.etree import ElementTree

    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError as error:
        raise InputError(f"{path}:{error.position[0]}: not well-formed XML: {error}") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error
    samples: list[Sample] = []
    for number, document in enumerate(root.iter("Document")):
        study = (document.findtext("DocID") or str(number)).strip()
        for sentence in document.iter("sentence"):
            text, spans = _marked(sentence, 0)
            samples.append(Sample(str(sentence.get("id", "")), study, text, {"spans": spans}))
    if not samples:
        raise InputError(f"{path} holds no <Document> with <sentence> elements: give BioScope's abstracts.xml")
    return _numbered(samples)


def drafts(path: Path) -> list[Sample]:
    """Labelled cases (this project's evaluation set and any in its form), spans as offsets."""
    from checker.cases import CaseError, read_cases
    from checker.evaluation.case import to_sample

    try:
        return [to_sample(case) for case in read_cases(path)]
    except CaseError as error:
        raise InputError(str(error)) from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from error


def _numbered(samples: list[Sample]) -> list[Sample]:
    """The set's own ids when every row has one and none repeats, else 0-based row numbers."""
    own = len({sample.id for sample in samples if sample.id}) == len(samples)
    return [replace(sample, id=sample.id if own else str(row), study=sample.study or f"row {row}") for row, sample in enumerate(samples)]


def _corpus(path: Path, name: str, key: str) -> dict[str, tuple[str, ...]]:
    file = next((folder / name for folder in path.parents[:2] if (folder / name).is_file()), None)
    if file is None:
        raise InputError(f"{path.parent / name} is missing: the abstracts stand in it; put the published file there")
    return dict(parse_rows(file, lambda row: [(text_of(row, key), list_of(row, "abstract"))]))


def _abstract(corpus: dict[str, tuple[str, ...]], doc: str) -> tuple[str, ...]:
    if doc not in corpus:
        raise RowError(f"abstract {doc!r} is not in the corpus")
    return corpus[doc]


def _in_range(indices: list[int], sentences: tuple[str, ...]) -> list[int]:
    wrong = [index for index in indices if not 0 <= index < len(sentences)]
    if wrong:
        raise RowError(f"evidence sentence {wrong[0]} is out of range: the abstract has {len(sentences)}")
    return indices


def _section(path: Path, trials: dict[str, dict[str, Any]], trial: str, section: str) -> tuple[str, ...]:
    if trial not in trials:
        file = path.parent / "CT json" / f"{trial}.json"
        if not file.is_file():
            raise RowError(f"trial record {file} is missing")
        trials[trial] = json.loads(file.read_text(encoding="utf-8"))
    return tuple(str(line).strip() for line in list_of(trials[trial], section))


def _marked(element: Any, start: int) -> tuple[str, list[dict[str, Any]]]:
    """The plain text of an element and the cue spans in it, offsets from `start`."""
    text, spans = element.text or "", []
    for child in element:
        inner, found = _marked(child, start + len(text))
        if child.tag == "cue" and child.get("type") in BIOSCOPE:
            found.append({"start": start + len(text), "end": start + len(text) + len(inner), "cue": BIOSCOPE[child.get("type")]})
        spans += found
        text += inner + (child.tail or "")
    return text, spans


def _without_marks(claim: str) -> str:
    """The claim without the citation marks of the citation-integrity set."""
    return claim.replace("<|cit|>", "").replace("<|multi_cit|>", "").replace("[]", "")
