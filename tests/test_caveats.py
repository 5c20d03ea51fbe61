from __future__ import annotations

import pytest

from checker import Draft, Study
from checker.caveats import find_caveats
from checker.caveats.rules import RULES
from checker.labels import CAVEATS
from checker.segment import segment_draft
from checker.study.reader import read_study
from checker.types import Judgement, Span
from tests.conftest import ABSTRACT

COHORT = (
    "In a prospective cohort we followed 9,640 children for seven years. Late bedtimes were associated with obesity"
    " (12% versus 8%; hazard ratio 1.51, 95% CI 1.2 to 1.9). Bedtimes were reported by parents in questionnaires."
)
MOUSE = "Forty mice were fed broccoli or chow. Mice fed broccoli had smaller tumours. Broccoli extract slowed growth in mice."
PHASE_1 = "In this first-in-human phase 1 study, 18 patients with myeloma received NX-1. Nausea occurred in 9 patients. This preprint has not been peer reviewed."
SINGLE = "In this single-arm study 31 veterans had acupuncture weekly for 6 weeks. Pain scores fell from 7.1 at baseline to 4.2 at week 6."
SECONDARY = "In this randomised trial of 400 adults, the primary outcome, death, did not differ (P = 0.4). In a prespecified subgroup of men, deaths were fewer (P = 0.03)."
SURROGATE = "In this randomised trial, 300 adults took beet juice or placebo for 1 year. The primary outcome was systolic blood pressure. It fell by 4 mmHg (P = 0.01)."

# (caveat, abstract, a draft that leaves it out, a draft that tells it)
ROWS = [
    ("small_sample", ABSTRACT, "Copper eases pain.", "Only 24 adults took part."),
    ("animal_or_cells", MOUSE, "Broccoli shrinks tumours.", "In mice, broccoli shrinks tumours."),
    ("observational", COHORT, "Late nights make children fat.", "The study cannot prove that late nights cause obesity."),
    ("no_control_group", SINGLE, "Needles ease pain.", "There was no comparison group."),
    ("not_significant", ABSTRACT, "Copper eases pain.", "The gap was not statistically significant."),
    ("short_follow_up", SINGLE, "Needles ease pain.", "Treatment lasted six weeks."),
    ("surrogate_outcome", SURROGATE, "Beet juice saves hearts.", "Their blood pressure fell a little."),
    ("self_reported", COHORT, "Late nights make children fat.", "Parents filled in questionnaires."),
    ("narrow_population", SINGLE, "Needles ease pain.", "All were veterans."),
    ("early_phase", PHASE_1, "Cancer drug arrives.", "It is an early-stage safety trial."),
    ("not_peer_reviewed", PHASE_1, "Cancer drug arrives.", "The work has not been peer reviewed."),
    ("funding_or_conflict", ABSTRACT, "Copper eases pain.", "The study was paid for by Cuprex."),
    ("relative_risk_only", COHORT, "Late nights raise the risk by half.", "It was 12 per cent among late sleepers, 8 per cent among others."),
    ("harms", PHASE_1, "Cancer drug arrives.", "Half of them felt nauseous."),
    ("subgroup_or_secondary", SECONDARY, "The pill saves lives.", "It helped only in a subgroup."),
]


def statuses(abstract: str, draft: str) -> dict[str, str]:
    study = Study(abstract)
    return {c.name: c.status for c in find_caveats(study, read_study(study), segment_draft(Draft(draft)))}


@pytest.mark.parametrize(("name", "abstract", "silent", "told"), ROWS)
def test_a_caveat_that_applies_is_missing_until_the_draft_tells_it(name: str, abstract: str, silent: str, told: str) -> None:
    assert statuses(abstract, silent).get(name) == "missing"
    assert statuses(abstract, told).get(name) == "present"


def test_every_caveat_of_the_guideline_has_a_rule_and_a_row() -> None:
    assert [rule.name for rule in RULES] == list(CAVEATS)
    assert {row[0] for row in ROWS} == set(CAVEATS)


LARGE = "In this double-blind randomised trial, 8,400 adults took Xanol or placebo for four years. Deaths were fewer with Xanol (hazard ratio 0.8, 95% CI 0.7 to 0.9)."


@pytest.mark.parametrize(
    "name", ["small_sample", "animal_or_cells", "observational", "no_control_group", "not_significant", "early_phase", "not_peer_reviewed"]
)
def test_a_large_positive_trial_is_not_nagged(name: str) -> None:
    assert name not in statuses(LARGE, "Xanol saves lives.")


def test_clauses_carry_the_studys_own_figure() -> None:
    study = Study(ABSTRACT)
    found = {c.name: c for c in find_caveats(study, read_study(study), segment_draft(Draft("Copper eases pain.")))}
    assert found["small_sample"].suggestion == "the study followed only 24 adults"
    assert "Cuprex" in found["funding_or_conflict"].suggestion
    assert all(ABSTRACT[c.trigger.start : c.trigger.end] == c.trigger.text for c in found.values())


@pytest.mark.parametrize(
    ("verdict", "quote", "status"),
    [
        ("supported", "Nausea was reported by 11 of 24 men (46%).", "present"),
        ("contradicted", "Nausea was reported by 11 of 24 men (46%).", "present"),
        ("overstated", "Nausea was reported by 11 of 24 men (46%).", "missing"),
        ("supported", "Pain fell by a third.", "missing"),
    ],
)
def test_a_harm_in_lay_words_is_told_by_the_sentence_that_is_about_it(verdict: str, quote: str, status: str) -> None:
    study = Study("In this randomised trial 48 men were given the drug or placebo. Pain fell by a third. Nausea was reported by 11 of 24 men (46%).")
    draft = segment_draft(Draft("Pain fell. Upset tummies troubled nearly half of them."))
    start = study.text.index(quote)
    judged = [Judgement(draft[1], verdict, 0.9, evidence=(Span(quote, start, start + len(quote)),))]
    found = {caveat.name: caveat for caveat in find_caveats(study, read_study(study), draft, judged)}
    assert found["harms"].status == status


TRIAL = "In this randomised trial, 120 adults with migraine had a patch or a sham patch for 12 weeks. "
WITHIN = "This was a single-arm study of 31 children given a drug. "


@pytest.mark.parametrize(
    ("text", "applies"),
    [
        (TRIAL + "Headache days were 4.1 and 4.6 (difference -0.5, 95% CI -1.6 to 0.6).", True),
        (TRIAL + "Relapse was less frequent (hazard ratio 0.81, 95% CI 0.60 to 1.09).", True),
        (TRIAL + "Headache days were 3.1 and 4.6 (difference -1.5, 95% CI -2.6 to -0.4).", False),
        (TRIAL + "Relapse was less frequent (hazard ratio 0.61, 95% CI 0.40 to 0.89).", False),
        (TRIAL + "Relapse was as frequent (difference 0.5, 95% CI -1.6 to 2.6), meeting the criterion for non-inferiority.", False),
        (TRIAL + "Hazard ratios were 0.95 (95% CI 0.78 to 1.16) for low and 0.76 (0.60 to 0.97) for high doses.", False),
        (
            TRIAL
            + "Headache days fell (difference -1.5, 95% CI -2.6 to -0.4). Conclusion: The patch reduced headache days but did not improve sleep.",
            False,
        ),
        (TRIAL + "Recruitment was good. Conclusion: A trial is feasible; this one was not powered to detect an effect on pain.", True),
        (WITHIN + "Mean fat mass changed by −4.1 kg (95% CI −6.0 to −2.2) from baseline.", True),
    ],
)
def test_the_main_comparison_is_null_by_its_words_its_p_value_or_its_interval(text: str, applies: bool) -> None:
    assert ("not_significant" in statuses(text, "A patch for migraine.")) is applies


@pytest.mark.parametrize(
    "told",
    ["The gap in headache days was too close to call.", "The difference is within the play of chance.", "Luck might account for the gap."],
)
def test_a_null_is_told_in_a_newspapers_words(told: str) -> None:
    assert statuses(TRIAL + "Headache days were 4.1 and 4.6 (p = 0.4).", told)["not_significant"] == "present"


def test_a_change_within_one_group_is_told_by_saying_that_there_was_no_other() -> None:
    text = WITHIN + "Mean fat mass changed by −4.1 kg (95% CI −6.0 to −2.2) from baseline."
    assert statuses(text, "There was no comparison group.")["not_significant"] == "present"
    assert statuses(text, "They lost four kilos.")["not_significant"] == "missing"


@pytest.mark.parametrize(
    ("result", "applies"),
    [
        ("Nausea was reported by 11 patients.", True),
        ("No serious adverse events occurred.", False),
        ("No adverse event was serious, but nausea was reported by 11 patients.", True),
    ],
)
def test_nothing_bad_happened_is_no_harm_to_leave_out(result: str, applies: bool) -> None:
    assert ("harms" in statuses(TRIAL + result, "A patch for migraine.")) is applies


def test_a_harm_is_told_by_its_own_figure_and_not_by_one_the_abstract_gives_elsewhere() -> None:
    text = TRIAL + "Somnolence occurred in 17 patients."
    assert statuses(text, "The patch left 17 patients longing for bed.")["harms"] == "present"
    assert statuses(text, "For 12 weeks 120 people wore a patch.")["harms"] == "missing"


@pytest.mark.parametrize(
    ("sentence", "applies"),
    [
        ("The primary outcome was headache days in a patient diary.", True),
        ("Sleep was scored on a questionnaire.", True),
        ("Scores on a sleep questionnaire did not differ (p = 0.48).", False),
        ("Itching was reported by 14 patients.", False),
        ("We asked whether the patch is safe.", False),
        ("Participants completed both periods.", False),
    ],
)
def test_self_report_counts_where_the_study_rests_on_it(sentence: str, applies: bool) -> None:
    assert ("self_reported" in statuses(TRIAL + sentence, "A patch for migraine.")) is applies
