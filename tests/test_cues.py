from __future__ import annotations

import pytest

from checker.cues import LEXICON, find_cues
from checker.cues.lexicon import lexicon_cues


def cues(text: str) -> list[tuple[str, str]]:
    return [(cue.text, cue.cue) for cue in find_cues(text)]


@pytest.mark.parametrize("cue", sorted(LEXICON))
def test_the_lexicon_takes_every_phrase_of_it_in_a_plain_sentence(cue: str) -> None:
    carrier = "It {} showed an effect" if cue == "negation" else "Here {} stands alone"

    def taken(text: str) -> set[tuple[str, str]]:
        return {(text[start:end], found) for start, end, found in lexicon_cues(text)}

    silent = [phrase for phrase in LEXICON[cue] if phrase != "total" and (phrase, cue) not in taken(carrier.format(phrase))]
    assert not [phrase for phrase in silent if not any(phrase in longer and phrase != longer for longer in LEXICON[cue])]


def test_offsets_are_code_points_into_the_given_text() -> None:
    text = "😀 β may\u202fhelp"
    (cue,) = find_cues(text)
    assert text[cue.start : cue.end] == "may"


def test_bioscope_s_reading_marks_every_negation_and_no_booster() -> None:
    text = "Those who did not drink tea had a dramatically lower risk."
    assert [(cue.text, cue.cue) for cue in find_cues(text, guideline="bioscope")] == [("not", "negation")]
    assert [(cue.text, cue.cue) for cue in find_cues(text)] == [("dramatically", "booster")]
