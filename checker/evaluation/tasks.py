"""The tasks, as data: where each set comes from, what its labels mean, what is measured.

`answers` is the table that turns the checker's answer into the set's label; an answer that
the set has no label for is left out, and the next most probable one counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checker.errors import InputError
from checker.evaluation import forms
from checker.evaluation.rows import Row
from checker.evaluation.sample import Sample
from checker.labels import STRENGTHS

SPLITS = ("dev", "test")
EVAL_DATA = Path(__file__).resolve().parents[2] / "eval" / "data"


@dataclass(frozen=True, slots=True)
class Task:
    """One benchmark.

    `kind` says how a model answers it (`answers.ANSWERS`). The first of `metrics` ranks
    the leaderboard, the first six stand in its table. `files` are the published names
    of the labelled file of each split. `flagged` are the labels that ask for a change.
    """

    name: str
    title: str
    kind: str
    load: Callable[[Path], list[Sample]]
    source: str
    version: str
    licence: str
    citation: str
    metrics: tuple[str, ...]
    files: Mapping[str, tuple[str, ...]]
    labels: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    flagged: frozenset[str] = frozenset()
    hub: str = ""
    hub_splits: Mapping[str, str] = field(default_factory=dict)
    hub_rows: Callable[[Iterable[tuple[int, Row]], str], list[Sample]] | None = None
    modes: tuple[str, ...] = ("",)
    home: Path | None = None
    note: str = ""


CONFIDENCE_METRICS = ("calibration_error", "abstention_area")
LABEL_METRICS = ("macro_f1", "accuracy", *CONFIDENCE_METRICS)
FLAG_METRICS = ("macro_f1", "accuracy", "flag_precision", "flag_recall", "flag_f1", *CONFIDENCE_METRICS)
CLAIM_METRICS = ("macro_f1", "accuracy", "evidence_hit", "flag_precision", "flag_recall", "flag_f1", *CONFIDENCE_METRICS)
THREE_WAY = ("SUPPORT", "CONTRADICT", forms.NOT_ENOUGH)
THREE_WAY_ANSWERS = {"supported": "SUPPORT", "contradicted": "CONTRADICT", "not_addressed": forms.NOT_ENOUGH}
CLAIMS = {"dev": ("claims_dev_cited.jsonl", "claims_dev.jsonl"), "test": ("claims_test_cited.jsonl", "claims_test.jsonl")}
STRENGTH_FILES = ("annotated_pubmed.jsonl", "annotated_pubmed.csv", "annotated_eureka.jsonl", "annotated_eureka.csv")

TASKS: dict[str, Task] = {
    task.name: task
    for task in (
        Task(
            "drafts",
            "Whole health-news drafts against their abstracts: this project's evaluation set",
            "drafts",
            forms.drafts,
            "eval/data in this repository",
            "1",
            "CC BY 4.0",
            "This project",
            (
                "verdict_macro_f1",
                "flag_precision",
                "flag_recall",
                "flag_precision_at_90_careful",
                "careful_untouched",
                "caveats_missing_f1",
                "verdict_accuracy",
                "flag_f1",
                "flag_recall_at_90_careful",
                "careful_flagged",
                "kinds_micro_f1",
                "kinds_macro_f1",
                "evidence_hit",
                "caveats_applies_f1",
                "cues_micro_f1",
                "strength_macro_f1",
                *CONFIDENCE_METRICS,
            ),
            {split: (f"{split}.jsonl",) for split in SPLITS},
            home=EVAL_DATA,
        ),
        Task(
            "exaggeration",
            "Does the press release exaggerate the abstract's conclusion, downplay it, or say the same?",
            "exaggeration",
            forms.exaggeration,
            "https://github.com/copenlu/scientific-exaggeration-detection",
            "2021, 563 test pairs",
            "none stated (hub card: GPL-3.0)",
            "Wright & Augenstein 2021, Semi-Supervised Exaggeration Detection of Health Science Press Releases",
            FLAG_METRICS,
            {"dev": ("insciout_train.jsonl", "train.jsonl"), "test": ("insciout_test.jsonl", "test.jsonl")},
            labels=forms.EXAGGERATION,
            answers={"press > abstract, or overstated": "exaggerates", "equal, or any other": "same", "press < abstract": "downplays"},
            flagged=frozenset({"exaggerates"}),
            hub="copenlu/scientific-exaggeration-detection",
            hub_splits={"dev": "train", "test": "test"},
            hub_rows=forms.exaggeration_rows,
            modes=("strength", "pair"),
            note="mode strength compares the claim strength of both sentences; mode pair asks for the verdict on the pair; "
            "the models here were trained on InSciOut's other statements, some of studies of the train half",
        ),
        Task(
            "strength",
            "How strong is the claim of a sentence, 0 (none) to 3 (direct causal)?",
            "strength",
            forms.strength,
            "https://github.com/junwang4/correlation-to-causation-exaggeration",
            "2020",
            "GPL-3.0 (press releases), none stated (PubMed)",
            "Yu, Li & Wang 2019, Detecting Causal Language Use in Science Findings; Yu, Wang, Guo & Li 2020",
            LABEL_METRICS,
            dict.fromkeys(SPLITS, STRENGTH_FILES),
            labels=forms.STRENGTH,
            answers={f"strength {level}": str(level) for level in STRENGTHS},
            note="no published test split: give a file that the model was not trained on. The 2019 repository swaps 1 and 3",
        ),
        Task(
            "scifact",
            "Scientific claims against cited abstracts",
            "verdict",
            forms.multivers,
            "https://github.com/allenai/scifact",
            "1.0",
            "claims CC BY 4.0, abstracts ODC-By 1.0",
            "Wadden et al. 2020, Fact or Fiction: Verifying Scientific Claims",
            CLAIM_METRICS,
            CLAIMS,
            labels=THREE_WAY,
            answers=THREE_WAY_ANSWERS,
            flagged=frozenset({"CONTRADICT"}),
            note="the models here were trained on the training claims",
        ),
        Task(
            "healthver",
            "COVID-19 claims from search results against abstracts",
            "verdict",
            forms.multivers,
            "https://github.com/sarrouti/HealthVer, in the form of https://github.com/dwadden/multivers",
            "2021",
            "none stated",
            "Sarrouti et al. 2021, Evidence-based Fact-Checking of Health-related Claims",
            CLAIM_METRICS,
            CLAIMS,
            labels=THREE_WAY,
            answers=THREE_WAY_ANSWERS,
            flagged=frozenset({"CONTRADICT"}),
            note="the models here were trained on the training and dev claims: test is the test split",
        ),
        Task(
            "check-covid",
            "News claims about COVID-19 against CORD-19 abstracts",
            "verdict",
            forms.check_covid,
            "https://github.com/posuer/Check-COVID",
            "2023",
            "MIT",
            "Wang et al. 2023, Check-COVID: Fact-Checking COVID-19 News Claims with Scientific Evidence",
            CLAIM_METRICS,
            {split: (f"covidCheck_{split}_composed+extracted.json", f"{split}/covidCheck_{split}_composed+extracted.json") for split in SPLITS},
            labels=("SUPPORT", "REFUTE", forms.NOT_ENOUGH),
            answers={"supported": "SUPPORT", "contradicted": "REFUTE", "not_addressed": forms.NOT_ENOUGH},
            flagged=frozenset({"REFUTE"}),
            note="the models here were trained on the training and dev claims: test is the test split",
        ),
        Task(
            "nli4ct",
            "Statements against clinical-trial records, many of them numeric",
            "verdict",
            forms.nli4ct,
            "https://github.com/ai-systems/nli4ct",
            "SemEval 2023",
            "none stated",
            "Jullien et al. 2023, NLI4CT: Multi-Evidence Natural Language Inference for Clinical Trial Reports",
            FLAG_METRICS,
            {split: (f"{split}.json",) for split in SPLITS},
            labels=forms.NLI4CT,
            answers={"supported": "Entailment", "overstated": "Contradiction", "contradicted": "Contradiction", "not_addressed": "Contradiction"},
            flagged=frozenset({"Contradiction"}),
            note="the folder 'CT json' with the trial records stands beside the labelled file",
        ),
        Task(
            "clinifact",
            "Superiority claims of registered trials against the abstracts that report them",
            "verdict",
            forms.clinifact,
            "https://github.com/ds4dh/CliniFact",
            "2025",
            "MIT",
            "Zhang et al. 2025, A dataset for evaluating clinical research claims in large language models",
            FLAG_METRICS,
            {split: (f"claims_{split}.jsonl", "claims.jsonl") for split in SPLITS},
            labels=forms.CLINIFACT,
            answers={"supported": "1", "overstated": "0", "contradicted": "0", "not_addressed": "2"},
            flagged=frozenset({"0"}),
            note="1 evidence, 0 inconclusive, 2 no information; the models here were trained on most of claims.jsonl",
        ),
        Task(
            "citation-integrity",
            "Citing sentences against the article that they cite",
            "verdict",
            forms.multivers,
            "https://github.com/ScienceNLP-Lab/Citation-Integrity",
            "2024, coarse labels",
            "MIT",
            "Sarol et al. 2024, Assessing citation integrity in biomedical publications",
            CLAIM_METRICS,
            CLAIMS,
            labels=THREE_WAY,
            answers={"supported": "SUPPORT", "overstated": "CONTRADICT", "contradicted": "CONTRADICT", "not_addressed": forms.NOT_ENOUGH},
            flagged=frozenset({"CONTRADICT"}),
            note="CONTRADICT stands for the set's REFUTE: any inaccurate citation, an oversimplified one too; "
            "the models here were trained on the training and dev claims",
        ),
        Task(
            "hedges",
            "Hedge and negation cues in abstracts",
            "cues",
            forms.hedges,
            "https://rgai.inf.u-szeged.hu/node/105 (BioScope)",
            "1.0, abstracts",
            "CC BY 2.0 (a hub card)",
            "Vincze et al. 2008, The BioScope corpus; Farkas et al. 2010, CoNLL-2010 Shared Task",
            ("hedge_sentence_f1", "cues_micro_f1", "cues_hedge_f1", "cues_negation_f1"),
            dict.fromkeys(SPLITS, ("abstracts.xml",)),
            labels=("hedge", "negation"),
            answers={"hedge": "hedge", "negation": "negation"},
            note="answered by the cue classifier, whichever model is given; it was trained on the abstracts: give the full papers to test it",
        ),
        Task(
            "study-type",
            "What kind of study does an abstract report?",
            "design",
            forms.study_type,
            "https://github.com/Ineichen-Group/StudyTypeTeller",
            "2024, 14 types folded into 7",
            "none stated",
            "Doneva et al. 2025, StudyTypeTeller: Large language models to automatically classify research study types",
            ("macro_f1", "accuracy"),
            {"dev": ("val.csv",), "test": ("test.csv",)},
            labels=tuple(dict.fromkeys(forms.STUDY_TYPES.values())),
            answers={kind: kind for kind in forms.STUDY_TYPES.values()},
            note="answered by the study-type classifier, whichever model is given",
        ),
    )
}


def find_task(name: str) -> Task:
    """The task of that name.

    Raises:
        InputError: naming the tasks that there are.
    """
    if name not in TASKS:
        raise InputError(f"no task {name!r}; one of {', '.join(TASKS)}")
    return TASKS[name]
