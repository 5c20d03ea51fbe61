"""The headline against its own story: one that claims more than any sentence below it is said to.

Most readers meet the headline alone, and it is where stories of health studies are most often stronger than their body
(Sumner et al. 2014; guideline: strength 0 none, 1 correlational, 2 conditional causal, 3 direct causal).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.types import Judgement, Warning

CAUSE = 3
LEAST = 3
"""A story with fewer claims than this is too short to be compared."""
TELLS = {0: "no relation", 1: "a link at most", 2: "a cause only with “may” or “could”"}


def headline_warnings(judgements: Sequence[Judgement]) -> Iterator[Warning]:
    """One warning where a headline that is flagged tells cause and effect and no sentence of the body does.

    A headline that the study bears out is left alone: strengths of few words are read wrongly too often to warn on them alone.
    """
    claims = [judged for judged in judgements if judged.strength is not None]
    headline = [judged.strength or 0 for judged in claims if judged.sentence.role == "headline" and judged.flagged]
    body = [judged.strength or 0 for judged in claims if judged.sentence.role != "headline"]
    if headline and max(headline) == CAUSE and len(body) >= LEAST and max(body) < CAUSE:
        told = TELLS[max(body)]
        yield Warning(
            "headline_stronger", f"The headline tells cause and effect; the story below it tells {told}. Bring the headline down to its story."
        )
