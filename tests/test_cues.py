from __future__ import annotations

import pytest

from checker.cues import LEXICON, find_cues


def cues(text: str) -> list[tuple[str, str]]:
    return [(cue.text, cue.cue) for cue in find_cues(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Coffee may cut risk.", [("may", "hedge")]),
        ("The pill appears to help.", [("appears to", "hedge")]),
        ("It is likely that sleep matters.", [("likely", "hedge")]),
        ("Scientists hailed a breakthrough.", [("breakthrough", "booster")]),
        ("This proves it works.", [("proves", "booster")]),
        ("The drug did not reduce pain.", [("not", "negation")]),
        ("It failed to help.", [("failed to", "negation")]),
        ("More research is needed.", [("More research is needed", "hedge")]),
        ("The gain was not only large.", []),
        ("The trial ran until May 2024.", []),
        ("Users were more likely to fall.", []),
        ("It could not be measured.", []),
        ("The study can’t prove that.", [("can’t", "negation")]),
        ("Neither the patients nor their doctors knew.", []),
        ("Those who did not drink tea lived on.", []),
        ("The mayor opened the canal.", []),
        ("A proof-of-concept study.", []),
    ],
)
def test_cues_are_whole_words_with_the_guidelines_exclusions(text: str, expected: list[tuple[str, str]]) -> None:
    assert cues(text) == expected


@pytest.mark.parametrize("cue", sorted(LEXICON))
def test_every_phrase_of_the_lexicon_is_found_in_a_plain_sentence(cue: str) -> None:
    carrier = "It {} showed an effect" if cue == "negation" else "Here {} stands alone"
    silent = [phrase for phrase in LEXICON[cue] if phrase != "total" and (phrase, cue) not in cues(carrier.format(phrase))]
    assert not [phrase for phrase in silent if not any(phrase in longer and phrase != longer for longer in LEXICON[cue])]


def test_offsets_are_code_points_into_the_given_text() -> None:
    text = "😀 β may\u202fhelp"
    (cue,) = find_cues(text)
    assert text[cue.start : cue.end] == "may"
