"""Fits the cue classifier (`models/cues`) on this project's cases and BioScope's abstracts together."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from checker.cases import LabelledCase
from checker.cues import CUES_OF, LEXICON, classify
from checker.cues.candidates import candidates, for_guideline, normal, patterns
from checker.evaluation import forms
from checker.evaluation.case import to_sample
from checker.evaluation.sample import Sample
from checker.labels import CUES
from checker.linear import Linear
from checker.rules.catalogue import read_catalogue
from checker.segment import plain
from checker.train.linear_fit import published, short_indices, write_linear_card

BIOSCOPE = Path("bioscope") / "abstracts.xml"
WHAT = """Says of a word or phrase that may hedge, boost or deny whether it does so here, from the words around it and from what the
lexicon (`checker/cues/lexicon.py`) makes of it: logistic regression, each feature once for all and once for its annotation guideline,
this project's or BioScope's (Daumé 2007)."""
SOURCES = (
    "this project's labelled training cases (`models/data`), those with a cue",
    "the rows of `checker/rules/catalogue.toml` about cues",
    "`bioscope`: BioScope, abstracts (Vincze et al. 2008), CC BY 2.0 by a hub card",
)
LIMITS = "English only. Phrases that neither the lexicon nor the training sets hold are not found."
FOLDS = 5
SEEN = 3
"""The lexicon alone decides on a phrase that this project's cases hold less often."""
MARKED = 2
"""A phrase that is marked less often is no candidate."""
ROW, ROW_COPIES = "row of", 3
LEAST_WEIGHT = 0.05
REGULARISATION = 1.0

Items = set[tuple[int, int, str]]


@dataclass(frozen=True, slots=True)
class Text:
    """One labelled text: its guideline, its study (never in two folds), and the start, end and sort of the cues in it."""

    guideline: str
    study: str
    clean: str
    gold: frozenset[tuple[int, int, str]]


def read(cases: Sequence[LabelledCase], bioscope: Path) -> list[Text]:
    """Both sets, and the rows that the rules of cues are held to."""
    texts = [_text("drafts", to_sample(case), "cues") for case in cases]
    return texts + rule_rows() + [_text("bioscope", sample, "spans") for sample in forms.hedges(bioscope)]


def run(cases: Sequence[LabelledCase], data: Path, folder: Path) -> dict[str, dict[str, float]]:
    """Fit, write the folder and its card, and return the out-of-fold figures.

    Raises:
        RecipeError: when BioScope is not in `data`.
    """
    texts = read(cases, published(data / BIOSCOPE, "BioScope"))
    model = fit(texts)
    model.save(folder)
    held = [text for text in texts if not text.study.startswith(ROW)]
    rows = [text for text in texts if text.study.startswith(ROW)]
    found = figures(held, out_of_fold(held, always=rows))
    write_linear_card(folder, WHAT, SOURCES, found, len(model.weights), LIMITS)
    return found


def fit(texts: Sequence[Text]) -> Linear:
    """The classifier: L2-regularised logistic regression, features that occur once left out, the smallest weights dropped."""
    phrases = _phrases(texts)
    known = patterns(phrases)
    rows = [(text, candidate) for text in texts for candidate in candidates(text.clean, known) if candidate.cue in CUES_OF[text.guideline]]
    named = [for_guideline(candidate.features, text.guideline) for text, candidate in rows]
    counts = Counter(name for features in named for name in features)
    vectoriser = DictVectorizer()
    matrix = short_indices(vectoriser.fit_transform([{name: 1.0 for name in features if counts[name] > 1} for features in named]))
    labels = np.array([(candidate.start, candidate.end, candidate.cue) in text.gold for text, candidate in rows])
    regression = LogisticRegression(C=REGULARISATION, solver="liblinear", max_iter=500).fit(matrix, labels)
    weights = zip(vectoriser.get_feature_names_out(), regression.coef_[0], strict=True)
    kept = {str(name): (float(weight),) for name, weight in weights if abs(weight) >= LEAST_WEIGHT}
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for text, candidate in rows:
        seen[candidate.cue][candidate.phrase] += text.guideline == "drafts"
    often = {cue: sorted(phrase for phrase, count in seen[cue].items() if count >= SEEN) for cue in CUES}
    return Linear(("none", "cue"), (float(regression.intercept_[0]),), kept, {"phrases": phrases, "seen": often})


def out_of_fold(texts: Sequence[Text], always: Sequence[Text] = ()) -> list[Items]:
    """What a classifier that saw no text of the same study marks in each text; all of them see those of `always`."""
    told: list[Items] = [set() for _ in texts]
    folds = _folds(texts)
    for fold in range(FOLDS):
        model = fit([text for text, own in zip(texts, folds, strict=True) if own != fold] + list(always))
        known = patterns(model.extra["phrases"])
        for place in map(int, np.flatnonzero(folds == fold)):
            text = texts[place]
            told[place] = {(c.start, c.end, c.cue) for c in classify(text.clean, model, known, text.guideline)}
    return told


def figures(texts: Sequence[Text], told: Sequence[Items]) -> dict[str, dict[str, float]]:
    """For each guideline: precision, recall and F1 of exact spans by cue and over all, and of whole sentences with a hedge."""
    table: dict[str, dict[str, float]] = {}
    for guideline in CUES_OF:
        pairs = [(text.gold, found) for text, found in zip(texts, told, strict=True) if text.guideline == guideline]
        for cue in (*CUES, None):
            table[f"{guideline}: {cue or 'all cues'}"] = _scores([(_of(gold, cue), _of(found, cue)) for gold, found in pairs])
        if guideline == "bioscope":  # its texts are sentences
            hedged = [({0} if _of(gold, "hedge") else set(), {0} if _of(found, "hedge") else set()) for gold, found in pairs]
            table[f"{guideline}: sentences with a hedge"] = _scores(hedged)
    return {name: row for name, row in table.items() if row["items"]}


def _scores(pairs: Sequence[tuple[Collection[object], Collection[object]]]) -> dict[str, float]:
    hits = sum(len(set(gold) & set(found)) for gold, found in pairs)
    wanted, given = (sum(map(len, side)) for side in zip(*pairs, strict=True))
    return {"items": wanted, "precision": hits / max(given, 1), "recall": hits / max(wanted, 1), "f1": 2 * hits / max(wanted + given, 1)}


def _of(items: Collection[tuple[int, int, str]], cue: str | None) -> Items:
    return {item for item in items if cue in (None, item[2])}


def rule_rows() -> list[Text]:
    """The rows of the rules' catalogue about cues, each `ROW_COPIES` times: few, short, and the rule's own measure."""
    entries = [entry for entry in read_catalogue().entries if entry.family == "cue"]
    return [_row(entry.id, row.draft) for entry in entries for row in (*entry.flag, *entry.leave) for _ in range(ROW_COPIES)]


def _row(rule: str, marked: str) -> Text:
    """A row whose cues stand in brackets."""
    pieces = re.split(r"[\[\]]", marked)
    ends = list(accumulate(map(len, pieces)))
    gold = {(ends[i - 1], ends[i], rule.partition(".")[2]) for i in range(1, len(pieces), 2)}
    return Text("drafts", f"{ROW} {rule}", plain("".join(pieces)), frozenset(gold))


def _text(guideline: str, sample: Sample, key: str) -> Text:
    marked = frozenset((item["start"], item["end"], item["cue"]) for item in sample.gold[key])
    return Text(guideline, sample.study, plain(sample.text), marked)


def _phrases(texts: Sequence[Text]) -> dict[str, list[str]]:
    """The lexicon's phrases and those that a guideline marks more than once, in alphabetical order."""
    marked = Counter((text.guideline, cue, normal(text.clean[start:end])) for text in texts for start, end, cue in text.gold)
    often = {(cue, phrase) for (_, cue, phrase), count in marked.items() if count >= MARKED}
    return {cue: sorted({*LEXICON[cue], *(phrase for own, phrase in often if own == cue)}) for cue in CUES}


def _folds(texts: Sequence[Text]) -> NDArray[np.int64]:
    return np.array([int(sha256(text.study.encode()).hexdigest(), 16) % FOLDS for text in texts])
