from __future__ import annotations

import pytest

from checker import Study
from checker.study.quantities import parse_number, quantities
from checker.study.reader import read_study
from checker.study.sections import sections, wording
from checker.study.summary import study_line
from tests.conftest import ABSTRACT


def test_reads_what_a_trial_is_with_the_span_that_says_so() -> None:
    facts = read_study(Study(ABSTRACT))
    assert (facts.design, facts.population, facts.sample_size) == ("randomised_trial", "humans", 24)
    assert all(ABSTRACT[f.span.start : f.span.end] == f.span.text for f in facts.facts)
    null = facts.get("not_significant")
    assert null is not None
    assert "not" in null.value


@pytest.mark.parametrize(
    ("abstract", "design", "population", "size"),
    [
        ("We followed 41,960 adults in a prospective cohort for nine years. Tea was associated with fewer strokes.", "cohort", "humans", 41960),
        ("Sixty mice were fed inulin or chow. Treated mice lived longer. Mice given chow gained weight.", "animal", "animals", 60),
        ("In a case-control study, 212 women with gout were compared with 424 women without gout.", "case_control", "humans", 636),
        ("A cross-sectional online survey of 4,218 adults in Ireland asked about headaches.", "cross_sectional", "humans", 4218),
        ("We pooled 14 randomised trials (2,037 adults with kidney disease) in a meta-analysis.", "meta_analysis", "humans", 2037),
        ("In this single-arm phase 2 trial, 86 patients with melanoma received two injections.", "non_randomised_trial", "humans", 86),
        ("Human intestinal organoids were cultured in medium. Organoids lacking glucose shrank.", "in_vitro", "cells", None),
        ("Adults with gout were randomly assigned to coaching (n = 77) or to a leaflet (control; n = 77).", "randomised_trial", "humans", 154),
        ("One hundred and twelve nurses were randomly assigned to naps or none.", "randomised_trial", "humans", 112),
        ("Of 1,204 people screened, 310 patients were randomised to placebo or drug.", "randomised_trial", "humans", 310),
    ],
)
def test_reads_design_subjects_and_size(abstract: str, design: str, population: str, size: int | None) -> None:
    facts = read_study(Study(abstract))
    assert (facts.design, facts.population, facts.sample_size) == (design, population, size)


@pytest.mark.parametrize(
    ("abstract", "size", "quote"),
    [
        ("We randomly assigned 84 adults with gout to allopurinol and 79 to dummy pills.", 163, "84 adults with gout to allopurinol and 79 to"),
        ("In all, 41 male and 52 female patients were evaluated.", 93, "41 male and 52 female"),
        ("We identified 210 nurses who had migraine and matched 210 controls by age.", 420, "210 nurses who had migraine and matched 210 controls"),
        ("A total of 140 patients were assigned to each group.", 280, "140 patients"),
        ("Of 1830 veterans included in the analysis, 900 took aspirin.", 1830, "1830 veterans"),
        ("We followed a cohort of 612 carriers of the gene. Deaths were 2.1% (n = 13).", 612, "612 carriers"),
        ("Between 3 March 2018 and 21 June 2019, 318 people were randomised.", 318, "318 people"),
        ("In seven countries, 186 adults were interviewed.", 186, "186 adults"),
    ],
)
def test_groups_told_apart_are_added_up_and_dates_and_parts_are_no_size(abstract: str, size: int, quote: str) -> None:
    found = read_study(Study(abstract)).get("sample_size")
    assert found is not None
    assert (found.value, found.span.text) == (str(size), quote)


@pytest.mark.parametrize(
    ("abstract", "size"),
    [
        ("There were 415 volunteers randomized and treated for 12 weeks.", 415),
        ("We assigned 760 eligible patients to radiation with a drug or a placebo.", 760),
        ("Participants were 50 Latinos with depression who were in treatment.", 50),
        ("Of 294 patients, 152 were assigned to the new pump group and 142 to the old pump group.", 294),
        ("Ratings of 54 English and 52 Swedish patients were compared.", 106),
        ("One hundred males aged 25-35 years and 100 males aged 50 years or older were randomly selected.", 200),
        ("We followed a cohort of 1015 patients (30% women) after a heart attack.", 1015),
        (
            "Patients were randomised to the drug or matching placebo (n = 201 in both). Glucose fell by a tenth with the drug and not at all with placebo after 24 weeks.",
            402,
        ),
        (
            "In a school trial compared with a waiting list, young people (N = 112) were followed. Mood was better after the programme than on the waiting list at 3 and at 6 months.",
            112,
        ),
        ("The national survey (n = 1918) asked every adult about 391 foods.", 1918),
        ("Thirty-one hospitals were randomised to a programme (n = 16) or usual care (n = 15). Participants were 17,046 pairs.", 17046),
        ("We analysed 185,836 participants and identified a total of 2,410 participants with incident psoriasis.", 185836),
    ],
)
def test_the_total_is_read_as_papers_give_it(abstract: str, size: int) -> None:
    assert read_study(Study(abstract)).sample_size == size


@pytest.mark.parametrize(
    "abstract",
    [
        "Sleep is important.",
        "Pain affects 3 million people worldwide each year.",
        "Rates were 12.5 per 100,000 men and 9.1 per 100,000 women.",
        "There were 52,000 person-years of follow-up.",
        "We screened 900 adults for the trial.",
        "Interviews with adults took place in 2014 at two clinics.",
        "Cancer deaths are estimated to be 84,000 women next year.",
    ],
)
def test_no_size_rather_than_a_wrong_one(abstract: str) -> None:
    assert read_study(Study(abstract)).sample_size is None


@pytest.mark.parametrize(
    ("title", "text", "design"),
    [
        ("Naps and gout: a case-control study", "We saw 216 consecutive patients and 648 others. Randomised trials are needed.", "case_control"),
        ("Acupuncture and knee surgery: a cohort study", "Claims of 4,000 adults were read. Randomised trials are needed.", "cohort"),
        ("Acupuncture and knee surgery", "Adults were randomly assigned to needles or none.", "randomised_trial"),
    ],
)
def test_what_the_title_calls_the_study_comes_before_what_the_abstract_mentions(title: str, text: str, design: str) -> None:
    facts = read_study(Study(text, title=title))
    assert facts.design == design
    named = facts.get("design")
    assert named is None or "randomised trials" not in named.span.text.casefold()


@pytest.mark.parametrize(
    ("title", "text", "uncontrolled"),
    [
        ("NX-1: a first-in-human, open-label study", "Nine adults got one infusion. Copper fell. A controlled trial is planned.", True),
        ("Bathing newborns later: an uncontrolled before-after study", "Records of 640 births before and 655 after the change were read.", True),
        ("NX-1: a first-in-human study", "Nine adults got NX-1 and three got placebo.", False),
        ("A rule in schools: a controlled before-after study", "Absence fell from 4% to 3% in 12 schools and not in 14 others.", False),
    ],
)
def test_a_study_without_a_comparison_is_known_by_its_title_and_by_what_it_does_not_name(title: str, text: str, uncontrolled: bool) -> None:
    assert (read_study(Study(text, title=title)).get("uncontrolled") is not None) is uncontrolled


def test_publication_type_decides_where_it_is_given() -> None:
    assert (
        read_study(Study("Patients improved with time in this cohort.", publication_type="Randomized Controlled Trial")).design == "randomised_trial"
    )


@pytest.mark.parametrize(
    ("text", "value"), [("1,204", 1204), ("forty-six", 46), ("one hundred and twelve", 112), ("0.8", 0.8), ("3·5", 3.5), ("a hundred", 100)]
)
def test_numbers_in_words_and_digits(text: str, value: float) -> None:
    assert parse_number(text) == value


def test_quantities_carry_their_unit() -> None:
    found = [(q.value, q.unit) for q in quantities("In 12 weeks 41.5 % of 310 lost two percentage points")]
    assert found == [(12.0, "week"), (41.5, "percent"), (310.0, ""), (2.0, "points")]


@pytest.mark.parametrize(
    ("abstract", "line"),
    [
        (
            "Ten adults were randomly assigned to the drug or placebo in this phase 2 trial. The primary outcome did not differ significantly.",
            "Randomised trial of 10 people, main result not significant, early phase.",
        ),
        ("The drug was given to mice. Mice slept longer; treated mice also ran more.", "Animal study of animals."),
        ("Sleep is important.", "Study."),
    ],
)
def test_the_line_on_a_study_says_what_was_read_and_no_more(abstract: str, line: str) -> None:
    assert study_line(read_study(Study(abstract))) == line


@pytest.mark.parametrize(
    ("sentences", "named"),
    [
        (["Background: Pain is common.", "It is costly.", "Methods: We asked 40 adults.", "RESULTS Pain fell.", "Conclusion: It may help."],
         ["background", "background", "methods", "results", "conclusion"]),
        (["OBJECTIVE: To test tea.", "Main outcomes and measures: Sleep.", "Funding: The maker paid."], ["aim", "methods", "interests"]),
        (["Results were mixed in earlier trials.", "Methods for this are rare.", "Patients slept better."], ["", "", ""]),
    ],
)  # fmt: skip
def test_sections_follow_headings_and_not_words_that_look_like_them(sentences: list[str], named: list[str]) -> None:
    assert sections(sentences) == named


@pytest.mark.parametrize(
    ("sentence", "shown"),
    [
        ("We tested whether tea improves sleep.", {"states_aim"}),
        ("The primary outcome was sleep at 12 weeks.", {"defines_outcome"}),
        ("The primary outcome was 6.1 versus 6.0 hours (p=0.62).", {"reports_figure"}),
        ("Larger trials are needed.", {"states_limit"}),
        ("Tea improved sleep.", set()),
    ],
)
def test_wording_of_abstract_sentences(sentence: str, shown: set[str]) -> None:
    assert wording(sentence) == shown


def test_a_total_that_was_added_up_from_arms_is_quoted_where_the_abstract_states_it() -> None:
    study = Study("Thirty-two adults with insomnia were assigned to a headband (n = 16) or to an identical one (sham; n = 16).")
    size = read_study(study).get("sample_size")
    assert size is not None
    assert (size.value, size.span.text) == ("32", "Thirty-two adults")
