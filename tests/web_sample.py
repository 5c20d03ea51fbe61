"""A fixed report on the bundled trial example, as a checker might give it; the page's tests render it."""

from __future__ import annotations

from collections.abc import Callable

from checker.examples import load_example
from checker.segment import segment_draft
from checker.segment import sentences as split
from checker.types import Caveat, Cue, Draft, Fact, Judgement, ModelInfo, Part, Report, Sentence, Span, Study, StudyFacts, Warning

EXAMPLE = load_example("trial")


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(words, start, start + len(words))


def bare_report(text: str, judgements: tuple[Judgement, ...] = (), cues: tuple[Cue, ...] = (), study: str = "") -> Report:
    return Report(text, study, ModelInfo("test", "0" * 12), StudyFacts(), judgements, cues)


def judged(text: str, words: str, verdict: str = "overstated", **more: object) -> Judgement:
    found = span(text, words)
    kinds = {"overstated": ("causal",), "contradicted": ("number",)}.get(verdict, ())
    return Judgement(Sentence(found.text, found.start, found.end), verdict, 0.9, **{"kinds": kinds, **more})  # type: ignore[arg-type]


def _part(text: str, words: str, kind: str) -> Part:
    found = span(text, words)
    return Part(found.start, found.end, kind)


def sample_report(draft: Draft = EXAMPLE.draft, study: Study = EXAMPLE.study) -> Report:
    """Three findings, one abstention, two missing caveats; only for the trial example."""
    full, abstract = draft.full, study.text

    def quote(*words: str) -> tuple[Span, ...]:
        return tuple(span(abstract, piece) for piece in words)

    no_difference = "the difference was not statistically significant (−4.1 minutes; 95% CI, −11.6 to 3.4; P = .27)"
    told: dict[str, Callable[[Sentence], Judgement]] = {
        "may soon have access": lambda sentence: Judgement(
            sentence,
            "overstated",
            0.93,
            kinds=("readiness", "population"),
            strength=2,
            strength_shift=1,
            evidence=quote("We conducted a proof-of-concept trial of a fluid-cooled headband worn at home.", "Larger trials are needed"),
            why="The study is a first small test with 32 people and found no significant benefit; nothing in it says that a treatment is near.",
            suggestion="Researchers have tested a cooling headband in 32 people with chronic insomnia; larger trials are needed.",
            parts=(_part(full, "may soon have access to", "readiness"), _part(full, "People who lie awake for hours", "population")),
        ),
        "helps people": lambda sentence: Judgement(
            sentence,
            "overstated",
            0.81,
            kinds=("no_effect",),
            evidence=quote(no_difference),
            why="The abstract reports no significant difference between the cooled headband and the sham.",
            suggestion="A headband that cools the forehead did not help people to fall asleep significantly faster than a sham headband.",
            parts=(_part(full, "helps people with chronic insomnia to fall asleep faster", "no_effect"),),
        ),
        "six weeks": lambda sentence: Judgement(
            sentence,
            "contradicted",
            0.97,
            kinds=("number",),
            evidence=quote("worn every night for 4 weeks"),
            why="The draft says six weeks; the abstract says 4 weeks.",
            suggestion="The headbands were worn every night for four weeks.",
            parts=(_part(full, "six weeks", "number"),),
        ),
        "end the misery": lambda sentence: Judgement(sentence, "overstated", 0.55, abstained=True, kinds=("magnitude",)),
        "one adult in ten": lambda sentence: Judgement(sentence, "not_addressed", 0.88),
        "Would you wear": lambda sentence: Judgement(sentence, "no_claim", 0.99),
    }

    def judge(sentence: Sentence) -> Judgement:
        for words, make in told.items():
            if words in sentence.text:
                return make(sentence)
        return Judgement(sentence, "supported", 0.9, evidence=quote("Neither participants nor assessors knew the assignment."))

    size, design = span(abstract, "Thirty-two adults"), span(abstract, "randomly assigned")
    people = span(abstract, "adults aged 30 to 60 years with chronic insomnia")
    weeks = span(abstract, "worn every night for 4 weeks")
    cue_words = (("could", "hedge"), ("may", "hedge"), ("end the misery", "booster"), ("is thought to", "hedge"))
    return Report(
        draft_text=full,
        study_text=abstract,
        model=ModelInfo("compact", "3f9a0c1d2e4b"),
        study=StudyFacts(
            design="randomised_trial",
            population="humans",
            sample_size=32,
            facts=(
                Fact("design", "randomised_trial", design),
                Fact("population", "humans", people),
                Fact("sample_size", "32", size),
                Fact("duration", "4 weeks", weeks),
                Fact("main_result", "not significant", span(abstract, no_difference)),
            ),
            sentences=tuple(split(abstract)),
        ),
        judgements=tuple(judge(sentence) for sentence in segment_draft(draft)),
        cues=tuple(Cue(words, span(full, words).start, span(full, words).end, cue, "draft") for words, cue in cue_words),
        caveats=(
            Caveat("small_sample", "missing", size, None, "the study followed only 32 people"),
            Caveat("not_significant", "missing", span(abstract, no_difference), None, "the difference from a sham headband was not significant"),
            Caveat("harms", "present", span(abstract, "Mild headache was reported by 5 participants"), span(full, "Mild headaches"), ""),
        ),
        warnings=(Warning("example", "This example is invented."),),
    )
