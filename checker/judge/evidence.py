"""The few abstract sentences that bear on a draft sentence.

Score of an abstract sentence = cosine similarity of the embeddings
+ 0.4 x the share of the claim's content words that it holds
+ 0.3 x the share of the claim's numbers that it holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

TOP = 3
WORD_WEIGHT, NUMBER_WEIGHT = 0.4, 0.3
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
    result = np.array(cosine, dtype=np.float32, copy=True)
    for row, claim in enumerate(claims):
        claim_words, claim_figures = content(claim), numbers(claim)
        for column in range(len(sentences)):
            if claim_words:
                result[row, column] += WORD_WEIGHT * len(claim_words & words[column]) / len(claim_words)
            if claim_figures:
                result[row, column] += NUMBER_WEIGHT * len(claim_figures & figures[column]) / len(claim_figures)
    return result


def select(relevance: NDArray[np.float32], top: int = TOP) -> list[int]:
    """Indices of the most relevant sentences, in the order of the abstract."""
    return sorted(int(index) for index in np.argsort(-relevance, kind="stable")[:top])


def premise(sentences: Sequence[str], chosen: Sequence[int], line: str = "") -> str:
    """The chosen sentences as the model reads them, after the line on the study where the model was trained with one."""
    return " ".join(part for part in (line, *(" ".join(sentences[index].split()) for index in chosen)) if part)
