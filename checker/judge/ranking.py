"""The abstract sentences that bear on a draft sentence, ranked by boosted trees over what the two share.

Fitted on the evidence of the training cases, each ranked by a model that did not see it
(`checker/train/ranking.py`). A sum of weights cannot say that a result matters more when the claim
holds its figure and the conclusion more when it holds none; trees can (cf. LambdaMART, Burges 2010,
here with the plain log loss of "is quoted as evidence").
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from checker.errors import ModelError
from checker.judge.evidence import AHEAD, content, numbers, places
from checker.judge.trees import Trees

PLACES = (
    "background", "aim", "methods", "results", "conclusion", "interests", "states_aim", "defines_outcome", "reports_figure", "states_limit", "last",
)  # fmt: skip
NAMES = (
    "cosine", "cosine_below_best", "cosine_rank", "cosine_before", "cosine_after", "words_shared", "rare_words_shared", "words_covered",
    "numbers_share", "numbers_shared", "numbers_of_claim", "numbers_of_sentence", "looks_ahead", *PLACES, "position", "sentences",
    "words_of_claim", "words_of_sentence", "claim_strength", "sentence_strength", "strength_shift", *(f"sentence_strength_{level}" for level in range(4)),
)  # fmt: skip
"""Features of a (claim, abstract sentence) pair, in order."""
Array = np.ndarray


@dataclass(frozen=True, slots=True)
class Ranker:
    """Trees over the features `names`, one output: the log-odds that the sentence is evidence for the claim."""

    names: tuple[str, ...]
    trees: Trees

    def relevance(self, values: Array) -> Array:
        """Relevance of every abstract sentence to every claim, shape (claims, sentences), from their `features`.

        Raises:
            ModelError: when the features are not those that the ranker was fitted on.
        """
        if self.names != NAMES:
            raise ModelError("the ranking of evidence was fitted on other features than this version computes; run `checker train` again")
        result: Array = self.trees.logits(values.reshape(-1, len(NAMES))).reshape(values.shape[:2]).astype(np.float32)
        return result


def features(claims: Sequence[str], sentences: Sequence[str], cosine: Array, strength: Array, study_strength: Array) -> Array:
    """Features of every pair, shape (claims, sentences, `NAMES`).

    `cosine` (claims, sentences) of the embeddings; `strength` (claims, 4) and `study_strength` (sentences, 4), probabilities of each level.
    """
    own = _of_sentences(sentences, study_strength)
    words, figures = [content(sentence) for sentence in sentences], [numbers(sentence) for sentence in sentences]
    result = np.zeros((len(claims), len(sentences), len(NAMES)))
    levels = np.arange(4)
    for row, claim in enumerate(claims):
        claim_words, claim_figures, near = content(claim), numbers(claim), cosine[row]
        rarity = {word: math.log(1 + len(sentences) / max(sum(word in others for others in words), 1)) for word in claim_words}
        all_rarity = math.fsum(rarity.values()) or 1.0  # exact sums: a set's order differs from run to run
        length, ahead, best = len(claim.split()), float(bool(AHEAD.search(claim))), near.max(initial=-1.0)
        told = float(strength[row] @ levels)
        ranks = np.argsort(np.argsort(-near, kind="stable"), kind="stable")
        for column in range(len(sentences)):
            shared, same = claim_words & words[column], claim_figures & figures[column]
            theirs = own[column]
            result[row, column] = [
                near[column],
                near[column] - best,
                ranks[column],
                near[column - 1] if column else 0.0,
                near[column + 1] if column + 1 < len(sentences) else 0.0,
                len(shared) / max(len(claim_words), 1),
                math.fsum(rarity[word] for word in shared) / all_rarity,
                len(shared) / max(len(words[column]), 1),
                len(same) / max(len(claim_figures), 1),
                len(same),
                len(claim_figures),
                len(figures[column]),
                ahead,
                *theirs.place,
                column / len(sentences),
                len(sentences),
                length,
                theirs.words,
                told,
                theirs.strength,
                told - theirs.strength,
                *study_strength[column],
            ]
    return result


@dataclass(frozen=True, slots=True)
class _Own:
    place: tuple[float, ...]
    words: int
    strength: float


def _of_sentences(sentences: Sequence[str], study_strength: Array) -> list[_Own]:
    return [
        _Own(tuple(float(name in place) for name in PLACES), len(sentence.split()), float(strength @ np.arange(4)))
        for sentence, place, strength in zip(sentences, places(sentences), study_strength, strict=True)
    ]
