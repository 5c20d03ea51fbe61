"""Which sentence of the draft a missing caveat concerns: the caveat stands in the margin beside it."""

from __future__ import annotations

from checker.types import Caveat, Judgement, Report

OF_DESIGN = frozenset(
    {
        "small_sample",
        "animal_or_cells",
        "observational",
        "no_control_group",
        "short_follow_up",
        "self_reported",
        "narrow_population",
        "early_phase",
    }
)
"""Caveats that limit whatever the study found, so that they concern the first finding that the draft tells."""
_FOUND = frozenset({"supported", "overstated"})


def concerned(report: Report) -> dict[int, int | None]:
    """For each missing caveat, by its place in `report.caveats`, the index of the sentence that it concerns; None for none.

    That is the first sentence that rests on the same words of the abstract as the caveat, or, for a caveat of the study's
    design, the first that tells a finding. A headline is taken only where no other sentence fits.
    """
    return {place: _sentence(caveat, report.judgements) for place, caveat in enumerate(report.caveats) if caveat.status == "missing"}


def _sentence(caveat: Caveat, judgements: tuple[Judgement, ...]) -> int | None:
    fits: list[tuple[bool, bool, int]] = []
    for index, judgement in enumerate(judgements):
        if judgement.abstained or not judgement.evidence:
            continue
        same_words = any(span.start < caveat.trigger.end and caveat.trigger.start < span.end for span in judgement.evidence)
        if same_words or (caveat.name in OF_DESIGN and judgement.verdict in _FOUND):
            fits.append((judgement.sentence.role == "headline", not same_words, index))
    return min(fits)[2] if fits else None
