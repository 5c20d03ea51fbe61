from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import Draft
from checker.segment import segment_draft, sentences


def split(text: str) -> list[str]:
    return [span.text for span in sentences(text)]


@pytest.mark.parametrize(
    "expected",
    [
        ["The effect was weak (p = 0.03. n = 12).", "It faded."],
        ["Smith et al. found no effect.", "Dr. Jones agreed."],
        ["The risk fell by 3.5 %.", "12 people died."],
        ["“We were surprised by the size of it,” said Prof. A. B. Lee.", "“Nobody had expected that.”"],
        ["He takes vitamin D.", "It did not help."],
        ["Levels were below 0.4 mIU/L.", "Fractures were more common."],
        ["She lives in the U.S.", "The team followed her."],
        ["The U.S. government paid.", "Was it worth it?", "Perhaps."],
        ["E. coli grew in every dish.", "Cells were 37 °C vs. 35 °C."],
        ["Background: It is common.", "Methods: We asked 12 people.", "Results: None answered."],
        ["β-blockers helped 😀.", "α was 0.05."],
        ["The trial (see Fig. 2) ended early.", "No. 10 declined to comment."],
    ],
)
def test_hard_cases_split_where_a_reader_would(expected: list[str]) -> None:
    assert split(" ".join(expected)) == expected


def test_list_items_and_paragraphs_are_sentences_of_their_own() -> None:
    assert split("What it found:\n- less pain\n- more sleep\n\nNext steps follow.") == [
        "What it found:",
        "- less pain",
        "- more sleep",
        "Next steps follow.",
    ]


def test_a_hard_wrapped_paragraph_is_not_cut_at_line_ends() -> None:
    text = "The researchers followed more than two thousand nurses for\nfour years and counted every infection that they had. It rose."
    assert len(split(text)) == 2


def test_headline_comes_first_and_offsets_index_the_whole_draft() -> None:
    draft = Draft("It works. It may not.", "Pill cures all")
    found = segment_draft(draft)
    assert [(s.role, s.text) for s in found] == [("headline", "Pill cures all"), ("body", "It works."), ("body", "It may not.")]
    assert all(draft.full[s.start : s.end] == s.text for s in found)


def test_a_headline_is_recognised_in_plain_text() -> None:
    assert [s.role for s in segment_draft(Draft("Pill cures all\n\nIt works. It may not."))] == ["headline", "body", "body"]


@given(st.text(alphabet=st.sampled_from('ab .?!\n"“”()0.5βé😀\u202f\u0000\ud800<p>/-A'), max_size=200))
def test_nothing_is_dropped_and_offsets_are_exact(text: str) -> None:
    position = 0
    for span in sentences(text):
        assert text[span.start : span.end] == span.text
        assert not any(character.isalnum() and character not in "p" for character in text[position : span.start]) or "<" in text
        assert span.start >= position
        position = span.end


def test_html_tags_are_skipped_but_offsets_stay() -> None:
    text = "<p>It <b>cures</b> pain.</p><p>Maybe.</p>"
    found = sentences(text)
    assert [text[s.start : s.end] for s in found] == ["It <b>cures</b> pain.", "Maybe."]
