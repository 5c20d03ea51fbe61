"""The committed weights on the bundled example, end to end."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker import Checker
from checker.examples import load_example
from checker.model.store import find
from checker.render import render_text


@pytest.fixture(scope="module")
def real() -> Checker:
    return Checker.load()


def test_the_overstated_example_is_flagged_with_quotes_and_its_caveats_are_missing(real: Checker) -> None:
    draft, study = load_example("trial")
    report = real.check(draft, study)
    flagged = {judgement.sentence.text: judgement for judgement in report.findings}
    assert any("readiness" in judgement.kinds for judgement in flagged.values())
    assert all(judgement.evidence for judgement in flagged.values())
    missing = {caveat.name: caveat.suggestion for caveat in report.missing}
    assert "32" in missing["small_sample"]
    assert "not_significant" in missing
    text = render_text(report)
    assert "OVERSTATED" in text
    assert "The abstract says: “" in text


def test_the_careful_example_is_left_alone(real: Checker) -> None:
    report = real.check(*load_example("cohort"))
    assert [judgement.sentence.text for judgement in report.findings] == []


def test_the_committed_model_is_small_and_has_a_card() -> None:
    folder = find("compact")
    assert folder is not None
    assert (folder / "model.safetensors").stat().st_size < 95_000_000
    assert "Limits" in (Path(folder) / "README.md").read_text(encoding="utf-8")
