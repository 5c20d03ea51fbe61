"""Which figures of a draft sentence an abstract bears out: rows to find there and rows to miss."""

from __future__ import annotations

import pytest

from checker.judge.figures import match_figures, study_figures

ABSTRACT = (
    "We randomised 612 dogs to a drug (n = 304) or a dummy (n = 308) for 12 weeks.",
    "Itching stopped in 61 of 304 dogs (20.1%) on the drug and 86 of 308 (27.9%) on the dummy.",
    "The rash was 8.0 cm wide with the drug and 6.0 cm with the dummy, and it took 30 min to fade at day 28.",
    "Hazard ratio 0.73; 231 per 100,000 died. Owners of 81,306 cats were asked as well. Mean score was 4.2 (SD 1.1).",
)
BORNE_OUT = (
    "Itching stopped in 20 per cent of dogs, against 28.",
    "About one dog in five stopped itching.",
    "Some 28 dogs in every hundred stopped on the dummy.",
    "The rash faded within half an hour.",
    "After four weeks it had gone.",
    "The risk was 27 per cent lower.",
    "They asked the owners of 81,000 cats.",
    "Every year 231 in every 100,000 died.",
    "Dogs scored 4.2 out of ten.",
    "In all, 612 dogs took part.",
    "On the drug the rash was a third wider.",
)
NOT_BORNE_OUT = (
    ("Itching stopped in 35 per cent of dogs.", ["35 per cent"]),
    ("About one dog in 40 stopped itching.", ["one dog in 40"]),
    ("The rash faded within two hours.", ["two hours"]),
    ("It had gone after six months.", ["six months"]),
    ("They asked the owners of 83,000 cats.", ["83,000"]),
    ("On the day 640 dogs took part.", ["640"]),
)
NO_FIGURE = (
    "LYON, Feb 11 - Dogs itch less.",
    "The clinic opens at 10pm for people in their 60s.",
    "By 2040 all that may change.",
    "On 4 November they met.",
)


@pytest.mark.parametrize("sentence", BORNE_OUT)
def test_a_figure_that_the_abstract_gives_or_that_follows_from_it_is_found(sentence: str) -> None:
    found = match_figures(sentence, study_figures(ABSTRACT))
    assert found.total > 0
    assert found.unmatched == ()


@pytest.mark.parametrize(("sentence", "missed"), NOT_BORNE_OUT)
def test_a_figure_that_the_abstract_does_not_give_is_named(sentence: str, missed: list[str]) -> None:
    found = match_figures(sentence, study_figures(ABSTRACT))
    assert [sentence[quantity.start : quantity.end] for quantity in found.unmatched] == missed


@pytest.mark.parametrize("sentence", NO_FIGURE)
def test_dates_hours_and_decades_of_life_are_no_figures(sentence: str) -> None:
    assert match_figures(sentence, study_figures(ABSTRACT)).total == 0
