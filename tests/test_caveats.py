from __future__ import annotations

import pytest

from checker import Draft, Study
from checker.caveats import find_caveats
from checker.segment import segment_draft
from checker.study.reader import read_study
from checker.types import Judgement, Span
from tests.conftest import ABSTRACT
from tests.helpers import statuses


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
