"""What a journalist is told beside a verdict: the hedge that was lost, and a headline that outgrows its story."""

from __future__ import annotations

import pytest

from checker.judge.explain import why
from checker.judge.figures import study_figures
from checker.judge.headline import headline_warnings
from checker.types import Judgement, Sentence, Span, StudyFacts

HEDGED = "These results suggest that Zorin may prevent attacks of gout."
PLAIN = "Attacks of gout were fewer with Zorin."


def reason(sentence: str, quoted: str) -> str:
    span = Span(quoted, 0, len(quoted))
    return why("overstated", ("certainty",), Sentence(sentence, 0, len(sentence)), StudyFacts(sentences=(span,)), study_figures([quoted]), (span,))


def test_a_hedge_that_the_abstract_has_and_the_draft_lost_is_named() -> None:
    assert reason("Zorin stops gout for good.", HEDGED).endswith("puts more cautiously: its “suggest” and “may” are gone here.")


@pytest.mark.parametrize(("sentence", "quoted"), [("Zorin might stop gout.", HEDGED), ("Zorin stops gout for good.", PLAIN)])
def test_no_hedge_is_called_lost_that_is_still_there_or_never_was(sentence: str, quoted: str) -> None:
    assert reason(sentence, quoted) == "It states as settled what the abstract puts more cautiously."


def judged(role: str, strength: int | None, verdict: str = "overstated") -> Judgement:
    return Judgement(Sentence("Zorin beats gout", 0, 16, role), verdict, 0.9, strength=strength)


@pytest.mark.parametrize(
    ("headline", "body", "told"),
    [
        (3, [1, 1, 0], "a link at most"),
        (3, [2, 1, None, 1], "only with “may” or “could”"),
        (3, [3, 1, 1], None),
        (2, [1, 1, 1], None),
        (None, [1, 1, 1], None),
        (3, [1], None),
    ],
)
def test_a_headline_of_cause_and_effect_over_a_story_without_one_is_told(headline: int | None, body: list[int | None], told: str | None) -> None:
    found = list(headline_warnings([judged("headline", headline), *(judged("body", strength) for strength in body)]))
    assert [warning.code for warning in found] == (["headline_stronger"] if told else [])
    assert all(told is not None and told in warning.message for warning in found)


def test_a_headline_that_the_study_bears_out_is_left_alone() -> None:
    assert not list(headline_warnings([judged("headline", 3, "supported"), *(judged("body", 1) for _ in range(4))]))


def test_a_draft_without_a_headline_has_none_to_be_told_of() -> None:
    assert not list(headline_warnings([judged("body", 3), *(judged("body", 1) for _ in range(4))]))
