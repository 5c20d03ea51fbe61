"""The closed vocabularies of the labelling guideline, in one place.

Every module, the wire format, the training data and the evaluation set use
these names and no others.
"""

from __future__ import annotations

VERDICTS = ("supported", "overstated", "contradicted", "not_addressed", "no_claim")
FLAGGED = frozenset({"overstated", "contradicted"})
"""Verdicts that ask the journalist to change something."""

WITH_EVIDENCE = frozenset({"supported", "overstated", "contradicted"})
"""Verdicts that must quote the abstract."""

OVERSTATEMENT_KINDS = (
    "causal",
    "certainty",
    "population",
    "magnitude",
    "readiness",
    "no_effect",
    "advice",
)
CONTRADICTION_KINDS = ("number", "direction", "group", "design")
KINDS = {
    "overstated": frozenset(OVERSTATEMENT_KINDS),
    "contradicted": frozenset(CONTRADICTION_KINDS),
}

CUES = ("hedge", "booster", "negation")

CAVEATS = (
    "small_sample",
    "animal_or_cells",
    "observational",
    "no_control_group",
    "not_significant",
    "short_follow_up",
    "surrogate_outcome",
    "self_reported",
    "narrow_population",
    "early_phase",
    "not_peer_reviewed",
    "funding_or_conflict",
    "relative_risk_only",
    "harms",
    "subgroup_or_secondary",
)
CAVEAT_STATUSES = ("missing", "present")

DESIGNS = (
    "randomised_trial",
    "non_randomised_trial",
    "cohort",
    "case_control",
    "cross_sectional",
    "case_series",
    "systematic_review",
    "meta_analysis",
    "animal",
    "in_vitro",
    "modelling",
    "other",
    "unknown",
)
POPULATIONS = ("humans", "animals", "cells", "none", "unknown")

STRENGTHS = (0, 1, 2, 3)
"""0 none, 1 correlational, 2 conditional causal, 3 direct causal (Adams et al. 2017)."""
