"""The page's HTML: nothing lost, nothing doubled, nothing executable, and the right words."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.examples import EXAMPLES, load_example
from checker.labels import CAVEATS, CONTRADICTION_KINDS, DESIGNS, OVERSTATEMENT_KINDS, POPULATIONS, VERDICTS
from checker.types import Caveat, Cue, Fact, Judgement, Part, Report, Sentence, Span, StudyFacts
from checker.web import words
from checker.web.margin import OF_DESIGN, concerned
from checker.web.marks import Layer, marked_abstract, marked_draft, runs
from checker.web.markup import Html, el, escape
from checker.web.study_panel import fact_rows, study_panel
from checker.web.view import SHOWN_FINDINGS, render_report, severity_order, status_line
from tests.web_sample import bare_report, judged, sample_report, span

HOSTILE = (
    "${7*7} and ${alert(1)}",
    "`backticks` {{value}} {% raw %}",
    "<script>window.hacked = 1</script>",
    "<img src=x onerror=\"window.hacked = 1\"> said 'she'",
    '"><mark data-pick="s0">',
    "&lt;already escaped&gt; &amp;",
    "العلاج يشفي \u202eمن المرض\u202c",
    "line one\r\nline two\n\n\n  \nline three\t",
    "👩🏽‍⚕️ cured 🎉 β-blockers e\u0301",
    "\0 nul and \x1b escape",
    "\n\n leading blank lines",
)

OUR_TAGS = {"div", "section", "aside", "h2", "h3", "h4", "p", "span", "mark", "button", "label", "input"}
OUR_TAGS |= {"ul", "ol", "li", "dl", "dt", "dd", "blockquote", "details", "summary", "strong"}


class Reader(HTMLParser):
    """Collects text, tags and attributes of rendered HTML."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag != "input":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, "elements are nested properly"

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def find(self, tag: str, name: str) -> list[dict[str, str]]:
        return [attributes for found, attributes in self.tags if found == tag and name in attributes]


def text_of(source: str) -> str:
    reader = Reader(source)
    assert not reader.open
    return "".join(reader.text)


def shown(text: str) -> str:
    """The text as a page can hold it."""
    return "".join("\ufffd" if character == "\0" or 0xD800 <= ord(character) <= 0xDFFF else character for character in text)


def draft_of(report: Report) -> Html:
    return marked_draft(report, {index: number for number, index in enumerate(sorted(severity_order(report)), 1)})


ALPHABET = st.one_of(st.sampled_from("ab .\n\r\t$`{}<>&\"'\0\u202e👩🏽\u200d⚕β\ud83d"), st.characters())


@st.composite
def reports(draw: st.DrawFn) -> Report:
    text = draw(st.text(ALPHABET, max_size=60))
    offset = st.integers(-3, len(text) + 3)

    def piece() -> tuple[int, int]:
        return draw(offset), draw(offset)

    judgements = []
    for _ in range(draw(st.integers(0, 5))):
        start, end = piece()
        verdict = draw(st.sampled_from(VERDICTS))
        parts = tuple(Part(*piece(), draw(st.sampled_from(OVERSTATEMENT_KINDS))) for _ in range(draw(st.integers(0, 3))))
        role = draw(st.sampled_from(("headline", "body")))
        abstained = draw(st.booleans())
        judgements.append(Judgement(Sentence(text[start:end], start, end, role), verdict, 0.5, abstained, parts=parts))
    cues = tuple(Cue("", *piece(), draw(st.sampled_from(("hedge", "booster", "negation"))), "draft") for _ in range(draw(st.integers(0, 4))))
    return bare_report(text, tuple(judgements), cues)


@given(reports())
@settings(max_examples=300, deadline=None)
def test_marks_never_drop_or_double_a_character(report: Report) -> None:
    assert text_of(draft_of(report)) == shown(report.draft_text)


@given(st.text(ALPHABET, max_size=60), st.lists(st.tuples(st.integers(-3, 63), st.integers(-3, 63)), max_size=6))
@settings(deadline=None)
def test_the_abstract_stays_whole_under_any_quotes(text: str, spans: list[tuple[int, int]]) -> None:
    layers = [Layer(start, end, "quote", f"s{index}") for index, (start, end) in enumerate(spans)]
    assert text_of(marked_abstract(text, layers)) == shown(text)
    cut = list(runs(len(text), layers))
    assert all(before.end == after.start for before, after in pairwise(cut))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text_everywhere(text: str) -> None:
    judgement = Judgement(Sentence(text, 0, len(text)), "overstated", 0.9, kinds=("causal",), why=text, suggestion=text, evidence=(span(text, text),))
    facts = StudyFacts("cohort", "humans", 3, (Fact("duration", text, span(text, text)),))
    report = Report(text, text, sample_report().model, facts, (judgement,))
    source = render_report(report)
    reader = Reader(source)
    assert {tag for tag, _ in reader.tags} <= OUR_TAGS
    assert not [name for _, attributes in reader.tags for name in attributes if name.startswith("on") or name in {"src", "href", "style"}]
    assert not re.search(r"[`{}$]", source), "nothing that a template engine could take for its own"
    assert reader.find("button", "data-copy")[0]["data-copy"] == shown(text)
    assert len(reader.find("mark", "tabindex")) == 1


def test_plain_strings_are_escaped_and_markup_is_not() -> None:
    assert el("p", "a < b", el("b", "c")) == "<p>a &lt; b<b>c</b></p>"
    assert el("p", title='"x"', hidden=True, id=None, tabindex=0) == '<p title="&quot;x&quot;" hidden tabindex="0"></p>'
    assert escape("\ud83d") == "\ufffd"


def test_a_hedge_inside_a_finding_and_overlapping_parts_share_their_runs() -> None:
    text = "It may cure everyone."
    parts = (Part(3, 11, "certainty"), Part(7, 20, "magnitude"))
    cue = span(text, "may")
    report = bare_report(text, (judged(text, text, parts=parts),), (Cue("may", cue.start, cue.end, "hedge", "draft"),))
    source = draft_of(report)
    assert '<span class="cue hedge part" title="hedge">may</span>' in source
    assert '<span class="part lanes-2">cure</span>' in source
    assert text_of(source) == text


def test_a_finding_across_paragraphs_has_one_number_one_label_one_stop() -> None:
    text = "First half\n\nsecond half."
    marks = Reader(draft_of(bare_report(text, (judged(text, text),)))).find("mark", "class")
    assert len(marks) == 2
    assert "data-number" in marks[0]
    assert "tabindex" in marks[0]
    assert "data-label" not in marks[0]
    assert "data-label" in marks[1]
    assert "tabindex" not in marks[1]


def test_findings_are_numbered_in_draft_order_and_listed_by_severity() -> None:
    report = sample_report()
    reader = Reader(render_report(report))
    assert [mark["data-number"] for mark in reader.find("mark", "data-number")] == ["1", "2", "3"]
    assert [item["value"] for item in reader.find("li", "value")] == ["3", "1", "2"]
    assert reader.find("aside", "data-first")[0]["data-first"] == f"s{severity_order(report)[0]}"


def test_abstentions_are_no_findings_and_show_no_guess() -> None:
    text = "A cure for everyone."
    source = render_report(bare_report(text, (judged(text, text, abstained=True),)))
    assert "<mark" not in source
    assert "Overstated" not in source
    assert "Not judged" in source


def test_the_panel_quotes_and_lights_the_evidence() -> None:
    report = sample_report()
    source = render_report(report)
    index = severity_order(report)[0]
    lit = re.findall(rf'<span class="quotable" data-refs="[^"]*\bs{index}\b[^"]*">([^<]*)</span>', source)
    assert "".join(lit) == "worn every night for 4 weeks"
    detail = source[source.index(f'id="detail-s{index}"') :].split("</section>")[0]
    for expected in ("Finding 3: contradicted", "Your sentence", "The abstract says", "Corrected wording", "Different figure", "Very sure"):
        assert expected in text_of(f"<section {detail}</section>")


def test_missing_caveats_have_a_clause_to_copy_and_told_ones_have_not() -> None:
    reader = Reader(render_report(sample_report()))
    copied = [button["data-copy"] for button in reader.find("button", "data-copy")]
    clauses = [caveat.suggestion for caveat in sample_report().missing]
    assert [words for words in copied if words in clauses] == clauses
    assert "Already told: side effects were reported." in "".join(reader.text)


STUDY = "Twelve adults took the pill. Pain fell by 3 points. Pillco paid."
STORY = "A pill for pain\n\nPain is common.\n\nThe pill was a small one. Pain fell by 3 points, a study found.\n\nTwelve people took it."
ADULTS, FELL = ("Twelve adults took the pill.", "Pain fell by 3 points.")


def told(words: str, evidence: str | None = None, verdict: str = "supported", **more: Any) -> Judgement:
    """What is said of one sentence of STORY."""
    found, role = span(STORY, words), "headline" if words == "A pill for pain" else "body"
    quoted = (span(STUDY, evidence),) if evidence else ()
    return Judgement(Sentence(words, found.start, found.end, role), verdict, 0.9, evidence=quoted, **more)


def left_out(name: str, trigger: str) -> Caveat:
    return Caveat(name, "missing", span(STUDY, trigger), None, f"a clause about {trigger}")


def story(*caveats: Caveat, headline: str | None = FELL, **finding: Any) -> Report:
    judgements = (
        told("A pill for pain", headline),
        told("Pain is common.", verdict="not_addressed"),
        told("The pill was a small one.", verdict="no_claim"),
        told("Pain fell by 3 points, a study found.", FELL, **finding),
        told("Twelve people took it.", ADULTS),
    )
    return replace(bare_report(STORY, judgements, study=STUDY), caveats=caveats)


@pytest.mark.parametrize(
    ("caveat", "more", "sentence"),
    [
        (left_out("small_sample", "Twelve adults"), {}, "Twelve people took it."),
        (left_out("not_significant", "fell by 3"), {}, "Pain fell by 3 points, a study found."),
        (left_out("not_significant", "fell by 3"), {"verdict": "contradicted"}, "Pain fell by 3 points, a study found."),
        (left_out("early_phase", "Pillco paid."), {}, "Pain fell by 3 points, a study found."),
        (left_out("early_phase", "Pillco paid."), {"verdict": "contradicted"}, "Twelve people took it."),
        (left_out("early_phase", "Pillco paid."), {"abstained": True}, "Twelve people took it."),
        (left_out("not_significant", "fell by 3"), {"abstained": True}, "A pill for pain"),
        (left_out("funding_or_conflict", "Pillco paid."), {}, None),
        (left_out("not_significant", "fell by 3"), {"abstained": True, "headline": None}, None),
        (Caveat("early_phase", "missing", Span("", 0, 0), None, ""), {}, "Pain fell by 3 points, a study found."),
    ],
)
def test_a_missing_caveat_concerns_the_sentence_that_rests_on_its_words(caveat: Caveat, more: dict[str, Any], sentence: str | None) -> None:
    report = story(caveat, **more)
    place = concerned(report)[0]
    assert (None if place is None else report.judgements[place].sentence.text) == sentence


def test_caveats_follow_the_paragraph_concerned_and_the_rest_the_draft() -> None:
    missing = [("funding_or_conflict", "Pillco"), ("small_sample", "Twelve"), ("not_significant", "fell by"), ("early_phase", "3 points")]
    present = Caveat("harms", "present", span(STUDY, "Pain"), span(STORY, "Pain"), "")
    read = text_of(render_report(story(present, *(left_out(*caveat) for caveat in missing))))
    shown_in_order = [
        "Pain fell by 3 points, a study found.",
        words.CAVEATS["not_significant"],
        words.CAVEATS["early_phase"],
        "Twelve people took it.",
        words.CAVEATS["small_sample"],
        "Missing from your draft (4)",
        "3 are noted in your draft above",
        words.CAVEATS["funding_or_conflict"],
    ]
    places = [read.index(piece) for piece in shown_in_order]
    assert places == sorted(places)
    assert "Already told: side effects were reported." in read


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_every_missing_caveat_appears_once_and_the_draft_stays_whole(data: st.DataObject) -> None:
    report = data.draw(reports())
    somewhere = st.builds(lambda start, end: Span("x", start, end), st.integers(0, 9), st.integers(0, 9))
    judgements = tuple(replace(judgement, evidence=(data.draw(somewhere),)) for judgement in report.judgements)
    names = data.draw(st.lists(st.sampled_from(CAVEATS), unique=True))
    statuses = st.sampled_from(("missing", "present"))
    caveats = tuple(Caveat(name, data.draw(statuses), data.draw(somewhere), None, f"clause: {name}") for name in names)
    report = replace(report, judgements=judgements, caveats=caveats)
    source = render_report(report)
    for caveat in caveats:
        assert source.count(f'aria-label="Copy: {caveat.suggestion}"') == (caveat.status == "missing")
    draft = source[source.index('<div class="draft"') : source.index('<aside class="panel"')].removesuffix("</section>")
    assert text_of(re.sub(r'<ul class="margin".*?</ul>', "", draft)) == shown(report.draft_text)


def test_caveats_of_the_design_are_caveats() -> None:
    assert set(CAVEATS) > OF_DESIGN


def test_the_download_is_the_wire_format() -> None:
    report = sample_report()
    source = render_report(report)
    packed = re.search(r'<div id="report-json" hidden>(.*?)</div>', source, re.DOTALL)
    assert packed is not None
    assert json.loads(text_of(packed[1])) == json.loads(json.dumps(report.to_dict()))


def test_many_findings_are_folded() -> None:
    text = " ".join(f"Claim {number} cures." for number in range(12))
    judgements = tuple(judged(text, f"Claim {number} cures.") for number in range(12))
    source = render_report(bare_report(text, judgements))
    assert "Show all 12" in source
    assert source.split("Show all 12")[0].count("<li value=") == SHOWN_FINDINGS
    assert source.count("<li value=") == 12


@pytest.mark.parametrize(
    ("report", "line"),
    [
        (sample_report(), "3 things to fix, 2 caveats missing, 8 sentences supported, 1 not in the abstract, 1 not judged"),
        (bare_report("x"), "Nothing found to fix, no missing caveat found, 0 sentences supported"),
        (bare_report("It cures.", (judged("It cures.", "It cures."),)), "1 thing to fix, no missing caveat found, 0 sentences supported"),
    ],
)
def test_status_line(report: Report, line: str) -> None:
    assert status_line(report) == line


def test_silence_is_not_called_approval() -> None:
    assert "not approval" in render_report(bare_report("It rained."))


def test_what_could_not_be_read_says_so() -> None:
    assert text_of(study_panel(StudyFacts())).count(words.UNREAD) == 3
    assert [row.reference for row in fact_rows(sample_report().study)] == ["f-design", "f-population", "f-sample_size", "f3", "f4"]


def test_every_label_has_plain_words() -> None:
    assert set(words.VERDICTS) == set(VERDICTS) == set(words.VERDICT_NOTES) - {"unsure"}
    assert set(words.KINDS) == {*OVERSTATEMENT_KINDS, *CONTRADICTION_KINDS}
    assert set(words.CAVEATS) == set(words.CAVEAT_NOTES) == set(CAVEATS)
    assert set(words.DESIGNS) | {"unknown"} == set(DESIGNS)
    assert set(words.EXAMPLE_TITLES) == set(EXAMPLES)
    assert set(words.POPULATIONS) | {"unknown"} == set(POPULATIONS)


def test_confidence_is_told_in_words() -> None:
    assert [words.confidence_words(value).split(":")[0] for value in (0.95, 0.8, 0.5)] == ["Very sure", "Fairly sure", "Not very sure"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_bundled_examples(name: str) -> None:
    example = load_example(name)
    assert example.draft.headline
    assert not example.draft.headline.endswith(".")
    assert 180 <= len(example.study.text.split()) <= 260
    assert "\r" not in example.draft.full + example.study.text


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def _contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("mode", [":root", ".dark"])
def test_contrast_in_light_and_dark(mode: str) -> None:
    style = files("checker.web").joinpath("style.css").read_text(encoding="utf-8")
    colour = _colours(style[style.index(f"{mode} {{") :].split("}")[0])
    texts = [("ink", ground) for ground in ("page", "sheet", "lit", "over-tint", "over-part", "wrong-tint", "wrong-part")]
    texts += [(text, ground) for text in ("quiet", "action", "over", "wrong") for ground in ("page", "sheet")]
    texts += [("over", "lit"), ("wrong", "lit"), ("quiet", "lit")]
    lines = [("edge", "sheet"), ("edge", "page")]
    lines += [("over-line", "over-tint"), ("over-line", "sheet"), ("wrong-line", "wrong-tint"), ("lit-line", "lit")]
    short = [(a, b, round(_contrast(colour[a], colour[b]), 2)) for a, b in texts if _contrast(colour[a], colour[b]) < 4.5]
    short += [(a, b, round(_contrast(colour[a], colour[b]), 2)) for a, b in lines if _contrast(colour[a], colour[b]) < 3]
    assert not short
