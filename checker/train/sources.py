"""Readers of the public training sets, one function each, all yielding `Example`.

Every reader takes the folder of its set and reads the authors' published files.
`READERS` names them for the recipe file. Labels are mapped by the tables beside
the readers; nothing else changes what a set says.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from checker.errors import RecipeError
from checker.train.contrast import contrast_pairs
from checker.train.example import Example, is_dev

Reader = Callable[[Path], Iterator[Example]]

FACT_CHECK = {
    "SUPPORT": "supported",
    "SUPPORTS": "supported",
    "CONTRADICT": "contradicted",
    "REFUTE": "contradicted",
    "NOTENOUGHINFO": "not_addressed",
}
CITATION_FINE = {
    "ACCURATE": ("supported", ()),
    "OVERSIMPLIFY": ("overstated", None),
    "CONTRADICT": ("contradicted", None),
    "NOT_SUBSTANTIATE": ("not_addressed", ()),
    "IRRELEVANT": ("not_addressed", ()),
}
CLINIFACT = {
    "1": ("supported", ()),
    "0": ("overstated", ("no_effect",)),
    "2": ("not_addressed", ()),
}
NLI = {"entailment": "supported", "contradiction": "contradicted", "neutral": "not_addressed"}
NONE: tuple[str, ...] = ()
NO_EFFECT: tuple[str, ...] = ("no_effect",)
DIRECTION: tuple[str, ...] = ("direction",)
INFERENCE_TEMPLATES = {
    "significantly increase": "{intervention} increased {outcome} compared with {comparator}.",
    "significantly decrease": "{intervention} reduced {outcome} compared with {comparator}.",
}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with _open(path) as file:
        yield from (json.loads(line) for line in file if line.strip())


def _open(path: Path) -> TextIO:
    if not path.is_file():
        raise RecipeError(f"{path} is missing: put the set's published files there, or drop the source from the recipe")
    return path.open(encoding="utf-8", newline="", errors="replace")


def insciout_statements(folder: Path) -> Iterator[Example]:
    """InSciOut (Sumner 2014, Adams 2017): expert-coded strength of abstract, press and news statements."""
    for row in _lines(folder / "statements.jsonl"):
        if row["text"]:
            yield Example(f"insciout-{row['document']}", row["study"], row["text"], strength=row["strength"])


def insciout_pairs(folder: Path) -> Iterator[Example]:
    """InSciOut pairs: told stronger than its abstract is overstated (causal); same or weaker is supported."""
    for row in _lines(folder / "pairs.jsonl"):
        if row["same_iv_dv"] == 0 or not row["abstract_statement"] or not row["told_statement"]:
            continue
        stronger = row["told_strength"] > row["abstract_strength"]
        causal = stronger and row["abstract_strength"] == 1
        yield Example(
            "insciout-pairs",
            row["study"],
            row["told_statement"],
            (row["abstract_statement"],),
            (0,),
            verdict="overstated" if stronger else "supported",
            kinds=("causal",) if causal else None if stronger else (),
        )


def strength_prior(folder: Path, dev_share: float) -> list[list[float]]:
    """How often a telling of strength a has an abstract statement of strength b in InSciOut's training studies: [a][b], sum 1.

    One is added to every count, so that no pair of strengths is impossible.
    """
    counts = [[1.0] * 4 for _ in range(4)]
    for row in _lines(folder / "pairs.jsonl"):
        if not is_dev(row["study"], dev_share) and row["abstract_statement"] and row["told_statement"]:
            counts[row["told_strength"]][row["abstract_strength"]] += 1
    total = sum(map(sum, counts))
    return [[round(count / total, 6) for count in row] for row in counts]


def claim_strength(folder: Path) -> Iterator[Example]:
    """Yu, Li & Wang 2019/2020: sentences of press releases and of PubMed conclusions, 0-3."""
    for name, source in (("annotated_eureka", "strength-eurekalert"), ("annotated_pubmed", "strength-pubmed")):
        for row in _lines(folder / f"{name}.jsonl"):
            study = str(row.get("pmid") or row.get("sentId", row["sentence"]).rsplit("-", 2)[0])
            yield Example(source, study, row["sentence"], strength=int(row["label"]))


def fact_check(folder: Path, source: str, claims: list[str]) -> Iterator[Example]:
    """Claims against abstracts in the SciFact/MultiVerS form, with rationale sentences."""
    corpus = {row["doc_id"]: tuple(row["abstract"]) for row in _lines(folder / "corpus.jsonl")}
    for name in claims:
        for row in _lines(folder / f"{name}.jsonl"):
            for doc in row.get("doc_ids", row.get("cited_doc_ids", ())):
                sets = row["evidence"].get(str(doc), ())
                label = FACT_CHECK[sets[0]["label"]] if sets else "not_addressed"
                positives = tuple(sorted({index for item in sets for index in item["sentences"]}))
                yield Example(
                    source,
                    f"{source}-{doc}",
                    row["claim"].strip(),
                    corpus[doc],
                    positives,
                    verdict=label,
                    kinds=() if label in {"supported", "not_addressed"} else None,
                )


def scifact(folder: Path) -> Iterator[Example]:
    """SciFact (Wadden et al. 2020), training claims with their cited abstracts."""
    yield from fact_check(folder, "scifact", ["claims_train_cited"])


def healthver(folder: Path) -> Iterator[Example]:
    """HealthVer (Sarrouti et al. 2021), training and dev claims."""
    yield from fact_check(folder, "healthver", ["claims_train", "claims_dev"])


def citation_integrity(folder: Path) -> Iterator[Example]:
    """Citation integrity (Sarol et al. 2024): citing sentence against the cited article's sentences."""
    for example in fact_check(folder, "citation-integrity", ["claims_train", "claims_dev"]):
        claim = example.claim.replace("<|cit|>", "").replace("<|multi_cit|>", "").replace("[]", "")
        yield Example(
            example.source, example.study, claim, example.sentences, example.positives,
            verdict=example.verdict, kinds=example.kinds,
        )  # fmt: skip


def check_covid(folder: Path) -> Iterator[Example]:
    """Check-COVID (Wang et al. 2023): news claims against CORD-19 abstracts."""
    corpus = {row["cord_id"]: tuple(row["abstract"]) for row in _lines(folder / "corpus.json")}
    for part in ("train", "dev"):
        for row in _lines(folder / part / f"covidCheck_{part}_composed+extracted.json"):
            label = FACT_CHECK[row["label"]]
            decided = label != "not_addressed"
            yield Example(
                "check-covid",
                f"check-covid-{row['cord_id']}",
                row["claim"].strip(),
                corpus[row["cord_id"]],
                tuple(item["sent_index"] for item in row["evidence_set"]) if decided else (),
                verdict=label,
                kinds=None if label == "contradicted" else (),
            )


def clinifact(folder: Path) -> Iterator[Example]:
    """CliniFact (Zhang et al. 2025): superiority claims against real trial abstracts."""
    from checker.segment import sentences

    for row in _lines(folder / "claims.jsonl"):
        verdict, kinds = CLINIFACT[row["label"]]
        abstract = row["article_abstract"]
        told = row["claim"].replace(" is superior or other to ", " is superior to ")
        yield Example(
            "clinifact",
            f"pmid-{row['PMID']}",
            told,
            tuple(span.text for span in sentences(abstract)),
            verdict=verdict,
            kinds=kinds,
        )


def evidence_inference(folder: Path) -> Iterator[Example]:
    """Evidence Inference 2.0 (DeYoung et al. 2020): templates over intervention, comparator, outcome.

    No significant difference told as an effect is `overstated/no_effect`; an effect
    told the other way round is `contradicted/direction`.
    """
    from checker.segment import sentences

    if not (folder / "v2_annotations.csv").is_file():
        raise RecipeError(f"{folder}/v2_annotations.csv is missing: put the published files there")
    with (folder / "prompts_merged.csv").open(encoding="utf-8") as file:
        prompts = {row["PromptID"]: row for row in csv.DictReader(file)}
    seen: set[tuple[str, str]] = set()
    with (folder / "v2_annotations.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            path = folder / "abstracts" / f"PMC{row['PMCID']}.abst"
            key = (row["PromptID"], row["Label"])
            if row["PromptID"] not in prompts or key in seen or not path.is_file():
                continue
            abstract = tuple(span.text for span in sentences(_abstract(path)))
            quoted = " ".join(row["Annotations"].split())[:40]
            positives = tuple(i for i, text in enumerate(abstract) if quoted and quoted in text)
            if not positives:
                continue  # the evidence stands in the article's body only
            seen.add(key)
            prompt = prompts[row["PromptID"]]
            for told, template in INFERENCE_TEMPLATES.items():
                if row["Label"] == "no significant difference":
                    verdict, kinds = "overstated", NO_EFFECT
                else:
                    same = row["Label"].startswith(told)
                    verdict, kinds = ("supported", NONE) if same else ("contradicted", DIRECTION)
                yield Example(
                    "evidence-inference",
                    f"pmc-{row['PMCID']}",
                    template.format(
                        intervention=prompt["Intervention"].strip().capitalize(),
                        comparator=prompt["Comparator"].strip(),
                        outcome=prompt["Outcome"].strip(),
                    ),
                    abstract,
                    positives,
                    verdict=verdict,
                    kinds=kinds,
                )


def _abstract(path: Path) -> str:
    """The abstract without its section marks, white space folded paragraph by paragraph."""
    paragraphs = path.read_text(encoding="utf-8").split("\n\n")
    return "\n\n".join(" ".join(p.partition(":\n")[2].split()) for p in paragraphs if p.strip().startswith("ABSTRACT"))


def snli(folder: Path) -> Iterator[Example]:
    """SNLI dev and test (Bowman et al. 2015): general inference, grouped by premise."""
    for name in ("snli_dev.csv", "snli_test.csv"):
        with (folder / name).open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if row["gold_label"] in NLI:
                    yield Example(
                        "snli", f"snli-{row['sentence1']}", row["sentence2"], (row["sentence1"],),
                        verdict=NLI[row["gold_label"]],
                    )  # fmt: skip


def negation(folder: Path) -> Iterator[Example]:
    """Negation NLI (Hossain et al. 2020): negated premises and hypotheses from SNLI and MNLI, grouped by premise."""
    for name in ("SNLI.txt", "MNLI.txt"):
        with _open(folder / name) as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                yield Example("negation", f"snli-{row['Text']}", row["Hypothesis"], (row["Text"],), verdict=NLI[row["gold_label"]])


def sick(folder: Path) -> Iterator[Example]:
    """SICK (Marelli et al. 2014): captions with meaning-preserving, meaning-altering and negated variants, grouped by the first."""
    for name in ("SICK_train.txt", "SICK_trial.txt", "SICK_test_annotated.txt"):
        with _open(folder / name) as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                label = NLI[row["entailment_judgment"].casefold()]
                yield Example("sick", f"sick-{row['sentence_A']}", row["sentence_B"], (row["sentence_A"],), verdict=label)


def lexical(folder: Path) -> Iterator[Example]:
    """Breaking NLI (Glockner et al. 2018): one word of the premise replaced by a synonym, antonym or sister term."""
    for row in _lines(folder / "dataset.jsonl"):
        if row["gold_label"] in NLI:
            yield Example("lexical", f"snli-{row['sentence1']}", row["sentence2"], (row["sentence1"],), verdict=NLI[row["gold_label"]])


def contrast(folder: Path) -> Iterator[Example]:
    """Contrast pairs made by `contrast_pairs` from abstracts that the press covered (Wallace et al. 2015)."""
    from checker.segment import sentences

    for name in ("jama/jama_article_info.csv", "reuters/all_reuters_article_info.csv"):
        with _open(folder / name) as file:
            for row in csv.reader(file):
                if len(row) > 5 and len(row[5]) > 400:
                    texts = tuple(span.text for span in sentences(row[5]))
                    yield from contrast_pairs(f"pmid-{row[0]}", texts, random.Random(row[0]))


def cases(folder: Path) -> Iterator[Example]:
    """This project's own labelled cases: every label of the guideline on whole drafts."""
    from checker.cases import quoted_sentences, read_cases, study_of
    from checker.segment import sentences
    from checker.study.reader import read_study
    from checker.study.summary import study_line

    for path in sorted(folder.glob("*.jsonl")):
        for case in read_cases(path):
            spans = sentences(case.study["text"])
            texts = tuple(span.text for span in spans)
            line = study_line(read_study(study_of(case.study)))
            for sentence in case.sentences:
                claim = sentence.verdict != "no_claim"
                yield Example(
                    "cases",
                    case.id,
                    sentence.text,
                    texts,
                    quoted_sentences(case.study["text"], sentence.evidence, spans),
                    verdict=sentence.verdict if claim else None,
                    kinds=sentence.kinds if claim else None,
                    strength=sentence.strength,
                    is_claim=claim,
                    study_line=line,
                )


READERS: dict[str, Reader] = {
    "insciout-statements": insciout_statements,
    "insciout-pairs": insciout_pairs,
    "claim-strength": claim_strength,
    "scifact": scifact,
    "healthver": healthver,
    "citation-integrity": citation_integrity,
    "check-covid": check_covid,
    "clinifact": clinifact,
    "evidence-inference": evidence_inference,
    "snli": snli,
    "negation": negation,
    "sick": sick,
    "lexical": lexical,
    "contrast": contrast,
    "cases": cases,
}

PAIRS = "insciout-pairs"
"""The reader of tellings with their findings."""

PARTS = {
    "insciout-statements": ("insciout-abstract", "insciout-press_release", "insciout-news"),
    "claim-strength": ("strength-eurekalert", "strength-pubmed"),
}
"""Sources whose examples name the part they come from."""
