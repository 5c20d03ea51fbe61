"""What a draft tells of a design, held against the abstract: each row with a telling that it bears out and one that it does not."""

from __future__ import annotations

import pytest

from checker.judge.designs import TELLINGS, tellings
from checker.study.reader import read_study
from checker.types import Study

OPEN = "In this open-label randomised trial, 120 adults with gout took Zorin or usual care. Attacks were counted in a diary for a year."
BLIND = "In this double-blind randomised trial, 120 adults with gout took Zorin or placebo for a year. Urate was measured in blood."
RECORDS = "In a cross-sectional study of 4,310 adults, we used hospital records. Gout was more common in smokers (odds ratio 1.4)."
SINGLE = "In this single-arm study, 31 adults had acupuncture weekly. Pain scores fell from 7.1 to 4.2 at week 6."
EACH = "In this trial, 120 adults with gout were individually randomised to Zorin or usual care. Attacks were fewer with Zorin."
CLUSTER = "In this cluster randomised trial, clinics were allocated to reminders or not. Patients at reminder clinics came more often."
REVIEW = "We pooled 14 cohort studies with 4,310 adults. Gout was more common in smokers."
EFFECTS = "We pooled 14 cohort studies with 4,310 adults in a random-effects model. Gout was more common in smokers."
POOLED = "We pooled 14 randomised trials with 4,310 adults. Zorin prevented attacks of gout."
MICE = "Forty mice were fed broccoli or chow. Mice fed broccoli had smaller tumours."
CROSSED = "In this crossover trial, 24 adults took Zorin and placebo in random order. Pain was less on Zorin."
PARALLEL = "In this parallel-group trial, 24 adults took Zorin or placebo. Pain was less on Zorin."
SURVEY = "We surveyed 900 nurses by questionnaire. Those on night shifts reported more headaches."
CHOSEN = "In a cohort, 300 women chose either bottle. Colic was as common with both."

ROWS = (
    ("random", "Who got the pill was decided by lot.", OPEN, RECORDS),
    ("random", "The studies were randomised.", POOLED, EFFECTS),
    ("individually_random", "A computer assigned each of the patients at random.", EACH, CLUSTER),
    ("blinded", "Neither the patients nor their doctors knew who was on the drug.", BLIND, OPEN),
    ("open", "Everyone knew who was on the drug.", OPEN, BLIND),
    ("dummy", "Half of them swallowed a dummy pill.", BLIND, OPEN),
    ("comparison", "The other half served as the yardstick.", OPEN, SINGLE),
    ("followed", "They were followed for years to see who fell ill.", OPEN, RECORDS),
    ("own_choice", "The women chose for themselves which to take.", CHOSEN, BLIND),
    ("measured", "Blood samples showed it.", BLIND, SURVEY),
    ("asked", "They filled in questionnaires about it.", SURVEY, RECORDS),
    ("trials_pooled", "The team pooled fourteen trials.", POOLED, REVIEW),
    ("people_took_part", "Forty volunteers took part.", BLIND, MICE),
    ("crossover", "Halfway through they swapped over.", CROSSED, PARALLEL),
)


@pytest.mark.parametrize(("name", "told", "borne_out", "not_borne_out"), ROWS, ids=[row[0] for row in ROWS])
def test_a_telling_counts_against_the_draft_only_where_the_abstract_does_not_bear_it_out(
    name: str, told: str, borne_out: str, not_borne_out: str
) -> None:
    assert tellings(told, read_study(Study(borne_out)))[name] == -1
    assert tellings(told, read_study(Study(not_borne_out)))[name] == 1


def test_every_telling_has_a_row_and_plain_sentences_tell_none() -> None:
    assert {row[0] for row in ROWS} == {row.name for row in TELLINGS}
    for sentence in ("Pain eased by 8 points with the drug.", "It costs about £2 at the chemist.", "Gout runs in families."):
        assert not any(tellings(sentence, read_study(Study(OPEN))).values())
