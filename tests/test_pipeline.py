from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import checker
from checker import Checker, Draft, InputError, ModelError, Report, Study
from checker.model import encoding, store
from checker.model.memo import Memo, digest
from checker.model.strength import joint_strengths, most_probable
from checker.pipeline import MAX_SENTENCES
from checker.wire import dump_line, report_schema
from tests.conftest import ABSTRACT, DRAFT

VALIDATOR = Draft202012Validator(report_schema())


def spans_are_exact(report: Report) -> None:
    for judgement in report.judgements:
        sentence = judgement.sentence
        assert report.draft_text[sentence.start : sentence.end] == sentence.text
        for span in judgement.evidence:
            assert report.study_text[span.start : span.end] == span.text
    for fact in report.study.facts:
        assert report.study_text[fact.span.start : fact.span.end] == fact.span.text
    for caveat in report.caveats:
        assert report.study_text[caveat.trigger.start : caveat.trigger.end] == caveat.trigger.text
        if caveat.in_draft:
            assert report.draft_text[caveat.in_draft.start : caveat.in_draft.end] == caveat.in_draft.text
    for cue in report.cues:
        text = report.draft_text if cue.where == "draft" else report.study_text
        assert text[cue.start : cue.end] == cue.text


def unread(folder: Path) -> Checker:
    """A checker that has read nothing yet: models are kept once loaded, with the scores of what they read."""
    store._load.cache_clear()
    return Checker.load(str(folder))


def test_a_report_is_valid_wire_and_comes_back_the_same(tiny_checker: Checker) -> None:
    report = tiny_checker.check(Draft(DRAFT), Study(ABSTRACT))
    data = json.loads(dump_line(report.to_dict()))
    VALIDATOR.validate(data)
    assert Report.from_dict(data) == report
    spans_are_exact(report)


def test_sentences_evidence_and_caveats_are_all_there(tiny_checker: Checker) -> None:
    report = tiny_checker.check(Draft(DRAFT), Study(ABSTRACT))
    assert [j.sentence.role for j in report.judgements] == ["headline", "body", "body", "body"]
    assert report.findings
    assert all(j.evidence and j.kinds and j.why for j in report.findings)
    question = report.judgements[2]
    assert (question.verdict, question.kinds, question.evidence, question.strength) == ("no_claim", (), (), None)
    assert {"small_sample", "not_significant", "funding_or_conflict"} <= {c.name for c in report.missing}


def test_one_pass_over_many_drafts_says_the_same_as_one_by_one(tiny_folder: Path) -> None:
    pairs = [
        (Draft(DRAFT), Study(ABSTRACT)),
        (Draft("Mice may live long. It cut risk."), Study("Mice were fed. " * 20)),
        (Draft("Why?"), Study(ABSTRACT)),
    ]
    together = unread(tiny_folder).check_many(pairs)
    for pair, report in zip(pairs, together, strict=True):
        alone = unread(tiny_folder).check(*pair)
        assert [j.verdict for j in alone.judgements] == [j.verdict for j in report.judgements]
        assert [j.confidence for j in alone.judgements] == pytest.approx([j.confidence for j in report.judgements], abs=2e-3)


def test_the_function_takes_plain_strings(tiny_folder: Path) -> None:
    assert checker.check(DRAFT, ABSTRACT, model=str(tiny_folder)).judgements


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    draft=st.text(alphabet=st.sampled_from("ab 5%.?!\n“”β😀\u202f\x00\ud800<p>may "), min_size=1, max_size=120),
    study=st.text(alphabet=st.sampled_from("ab 5%.=\nβ😀\ud800 n"), min_size=1, max_size=120),
)
def test_any_text_gives_a_valid_report_or_a_plain_refusal(tiny_checker: Checker, draft: str, study: str) -> None:
    try:
        report = tiny_checker.check(Draft(draft), Study(study))
    except InputError as error:
        assert error.code in {"no_draft", "no_abstract"}
        return
    VALIDATOR.validate(json.loads(dump_line(report.to_dict())))
    spans_are_exact(report)


def test_a_draft_checked_again_costs_only_the_sentence_that_changed(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    checker = unread(tiny_folder)
    checker.check(Draft(DRAFT), Study(ABSTRACT))
    read: list[str] = []
    original = encoding.encode

    def watched(tokenizer: Any, claims: Sequence[str], premises: Sequence[str] | None = None, **options: Any) -> Any:
        read.extend(claims)
        return original(tokenizer, claims, premises, **options)

    monkeypatch.setattr("checker.model.scorer.encode", watched)
    edited = DRAFT + " Nobody slept badly."
    report = checker.check(Draft(edited), Study(ABSTRACT))
    assert set(read) == {"Nobody slept badly."}
    fresh = unread(tiny_folder).check(Draft(edited), Study(ABSTRACT))
    assert [j.confidence for j in report.judgements] == pytest.approx([j.confidence for j in fresh.judgements], abs=2e-3)


def test_a_telling_and_its_finding_are_read_together() -> None:
    told, found = np.array([[0, 0.45, 0, 0.55]]), np.array([[0, 0.6, 0, 0.4]])
    mostly_the_same = np.full((4, 4), 0.1 / 12) + np.eye(4) * (0.225 - 0.1 / 12)
    assert [int(level[0]) for level in most_probable(joint_strengths(told, found, None))] == [3, 1]
    assert [int(level[0]) for level in most_probable(joint_strengths(told, found, mostly_the_same))] == [1, 1]


def test_what_was_seen_longest_ago_is_forgotten_and_no_text_is_kept() -> None:
    memo = Memo(rows=2)
    for text in ("first", "second"):
        memo.put(digest(text), np.zeros(1, dtype=np.float32))
    memo.get(digest("first"))
    memo.put(digest("third"), np.zeros(1, dtype=np.float32))
    assert [memo.get(digest(text)) is not None for text in ("first", "second", "third")] == [True, False, True]
    assert b"first" not in digest("first")


@pytest.mark.parametrize(
    ("draft", "study", "code"),
    [
        ("", ABSTRACT, "no_draft"),
        (" \n", ABSTRACT, "no_draft"),
        (DRAFT, "", "no_abstract"),
        (DRAFT, "…", "no_abstract"),
        ("x" * 5_000_001, ABSTRACT, "too_long"),
    ],
)
def test_nothing_to_judge_is_refused_with_what_to_do(tiny_checker: Checker, draft: str, study: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        tiny_checker.check(Draft(draft), Study(study))
    assert caught.value.code == code
    assert ":" in str(caught.value)


@pytest.mark.parametrize(
    ("draft", "study", "code"),
    [
        (DRAFT, "Only five words are here.", "too_short"),
        ("Die Studie zeigt, dass das Medikament den Schmerz lindert und die Leute besser schlafen können.", ABSTRACT, "not_english"),
        ("<p>It works.</p><p>It may not.</p>", ABSTRACT, "html"),
        ("It works.\x07 It may not.", ABSTRACT, "control_characters"),
        ("It works \ud83d well.", ABSTRACT, "broken_characters"),
    ],
)
def test_doubtful_input_is_judged_and_warned_about(tiny_checker: Checker, draft: str, study: str, code: str) -> None:
    report = tiny_checker.check(Draft(draft), Study(study))
    assert code in {warning.code for warning in report.warnings}
    assert report.judgements
    assert all(len(warning.message) > 30 for warning in report.warnings)


def test_what_is_not_judged_of_a_very_long_draft_is_said(tiny_checker: Checker) -> None:
    text = " ".join(f"The drug cut pain by {number} percent." for number in range(MAX_SENTENCES + 9))
    report = tiny_checker.check(Draft(text), Study(ABSTRACT))
    assert len(report.judgements) == MAX_SENTENCES + 9
    assert not any(judgement.flagged for judgement in report.judgements[MAX_SENTENCES:])
    assert [w.message for w in report.warnings if w.code == "truncated"] == [
        "Only the first 1,500 of 1,509 sentences were judged: split the draft to check the rest."
    ]


def test_a_public_nli_model_takes_the_place_of_ours(nli_folder: Path, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from checker.model import store

    monkeypatch.setattr(store, "combiner_folder", lambda name: tiny_folder)
    monkeypatch.setattr("checker.pipeline.combiner_folder", lambda name: tiny_folder)
    report = Checker.load(str(nli_folder)).check(Draft(DRAFT), Study(ABSTRACT))
    assert report.model.name == nli_folder.name
    VALIDATOR.validate(report.to_dict())


def test_a_model_that_is_not_there_or_damaged_says_what_to_do(tmp_path: Path, tiny_folder: Path) -> None:
    with pytest.raises(ModelError, match="give one of the installed models"):
        Checker.load("no-such-model")
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match=r"holds no a \.safetensors|holds no .safetensors|safetensors file"):
        Checker.load(str(tmp_path))
    import shutil

    broken = tmp_path / "broken"
    shutil.copytree(tiny_folder, broken)
    (broken / "model.safetensors").write_bytes(b"not weights")
    with pytest.raises(ModelError, match="restore the folder"):
        Checker.load(str(broken))


def test_labels_that_are_not_nli_are_refused_by_name() -> None:
    from checker.model.scorer import nli_columns

    with pytest.raises(ModelError, match="POSITIVE"):
        nli_columns({0: "POSITIVE", 1: "NEGATIVE"}, "sentiment")
    assert nli_columns({0: "CONTRADICTION", 1: "NEUTRAL", 2: "ENTAILMENT"}, "nli") == [2, 3, 0]


def test_the_claim_is_never_cut_for_a_long_abstract(tokenizer_folder: Path) -> None:
    from transformers import AutoTokenizer

    from checker.model.encoding import encode

    tokenizer = AutoTokenizer.from_pretrained(tokenizer_folder)
    batch = encode(tokenizer, ["mice may cut pain", "pain " * 500], ["risk " * 500, "risk " * 500], max_length=64)
    assert batch["input_ids"].shape == (2, 64)
    first = batch["input_ids"][0][batch["token_type_ids"][0] == 1].tolist()
    assert tokenizer.decode(first, skip_special_tokens=True) == "mice may cut pain"
    assert int((batch["token_type_ids"][1] == 0).sum()) > 20
