"""The few abstract sentences that bear on a claim, chosen without anything learned from this project's cases but a few weights.

The relevance of an abstract sentence is the cosine similarity of the embeddings plus `WEIGHTS`
times what the two share and what part of the abstract the sentence is. The weights are those of
a logistic regression on the evidence of the training cases, divided by that of the cosine.
Training and the public tasks choose by it; the judge has a `ranking.Ranker`, fitted to its model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from checker.study.sections import sections, wording

TOP = 3
WEIGHTS: dict[str, float] = {
    "words": 0.61,
    "numbers": 0.34,
    "background": -0.25,
    "aim": -0.16,
    "conclusion": -0.18,
    "interests": -0.12,
    "states_aim": -0.06,
    "defines_outcome": -0.20,
    "reports_figure": 0.08,
    "states_limit": 0.14,
    "last": 0.06,
    "conclusion, claim without figure": 0.35,
    "conclusion, claim looks ahead": 0.15,
    "limit, claim looks ahead": 0.19,
}
"""Shares of the claim's content words and numbers that the sentence holds; then its section and wording, 1 or 0."""
AHEAD = re.compile(
    r"\b(?:should|ought|must|need to|ask your|talk to|try|avoid|stop|start|switch|make sure|consider|time to|best to|recommend\w*|urge\w*|advis\w+|skip|swap"
    r"|soon|will|could|would|future|ready|available|replace|within reach|hope\w*)\b",
    re.IGNORECASE,
)
"""Words of advice and of what is to come: what bears on them is the conclusion and the limits."""
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d+(?:[.,·]\d+)*")
_STOP = frozenset(
    "the and for with that this from were was are has have had been not but who they their them its our can may will would"
    " could than then also said says study researchers found according which into more most about after over when what there"
    " these those other such some only very just being his her she you your new one two".split()
)


def content(text: str) -> frozenset[str]:
    """Content words, each cut to six letters so that inflections meet."""
    return frozenset(word[:6] for word in (m[0].casefold() for m in _WORD.finditer(text)) if word not in _STOP)


def numbers(text: str) -> frozenset[str]:
    """Figures as written, thousands separators dropped."""
    return frozenset(m[0].replace(",", "").replace("·", ".").rstrip(".") for m in _NUMBER.finditer(text))


def scores(claims: Sequence[str], sentences: Sequence[str], cosine: NDArray[np.float32]) -> NDArray[np.float32]:
    """Relevance of every abstract sentence to every claim, shape (claims, sentences); `cosine` has that shape too."""
    words = [content(sentence) for sentence in sentences]
    figures = [numbers(sentence) for sentence in sentences]
    own_places = places(sentences)
    own = [sum(WEIGHTS.get(name, 0.0) for name in place) for place in own_places]
    result = np.array(cosine, dtype=np.float32, copy=True)
    for row, claim in enumerate(claims):
        claim_words, claim_figures = content(claim), numbers(claim)
        ahead = bool(AHEAD.search(claim))
        for column, place in enumerate(own_places):
            score = own[column]
            if claim_words:
                score += WEIGHTS["words"] * len(claim_words & words[column]) / len(claim_words)
            if claim_figures:
                score += WEIGHTS["numbers"] * len(claim_figures & figures[column]) / len(claim_figures)
            elif "conclusion" in place:
                score += WEIGHTS["conclusion, claim without figure"]
            if ahead:
                score += WEIGHTS["conclusion, claim looks ahead"] * ("conclusion" in place)
                score += WEIGHTS["limit, claim looks ahead"] * ("states_limit" in place)
            result[row, column] += score
    return result


def places(sentences: Sequence[str]) -> list[frozenset[str]]:
    """Section and wording of each sentence, and which is the last."""
    last = len(sentences) - 1
    return [
        wording(sentence) | {section} | ({"last"} if index == last else set())
        for index, (sentence, section) in enumerate(zip(sentences, sections(sentences), strict=True))
    ]


def select(relevance: NDArray[np.float32], top: int = TOP) -> list[int]:
    """Indices of the most relevant sentences, in the order of the abstract."""
    return sorted(int(index) for index in np.argsort(-relevance, kind="stable")[:top])


def premise(sentences: Sequence[str], chosen: Sequence[int], line: str = "") -> str:
    """The chosen sentences as the model reads them, after the line on the study where the model was trained with one."""
    return " ".join(part for part in (line, *(" ".join(sentences[index].split()) for index in chosen)) if part)
