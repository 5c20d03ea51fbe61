"""The small classifiers of named features: what their files say, how they are fitted, what the commands tell."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from checker.cli import app
from checker.errors import ModelError, RecipeError
from checker.linear import Linear, read_linear
from checker.study.study_type import read_study_type
from checker.types import Study

ROOT = Path(__file__).parent.parent
BIOSCOPE = """<?xml version="1.0"?><Annotation><DocumentSet>{documents}</DocumentSet></Annotation>"""
DOCUMENT = (
    '<Document><DocID>{n}</DocID><DocumentPart><sentence id="S{n}.1">Kinase {n} <xcope id="X{n}"><cue type="speculation" ref="X{n}">may</cue>'
    ' bind</xcope>.</sentence><sentence id="S{n}.2">It <xcope id="Y{n}">was <cue type="negation" ref="Y{n}">not</cue> bound</xcope>.</sentence>'
    "</DocumentPart></Document>"
)


def test_probabilities_add_up_and_unknown_features_weigh_nothing() -> None:
    model = Linear(("a", "b"), (0.0,), {"x": (2.0,)}, {})
    assert model.probabilities({"x": 1.0}) == pytest.approx((0.1192, 0.8808), abs=1e-4)
    assert model.probabilities({"never seen": 1.0}) == (0.5, 0.5)


def test_a_classifier_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    model = Linear(("a", "b", "c"), (0.1, 0.2, -0.3), {'say "x"],': (1.0, -2.0, 0.125), "é": (0.0, 0.5, 1.0)}, {"phrases": {"hedge": ["may"]}})
    model.save(tmp_path)
    assert read_linear(tmp_path / "weights.json") == model


@pytest.mark.parametrize("content", ["", "[]", '{"labels": ["a"]}', '{"labels": ["a"], "bias": [0], "weights": 3}'])
def test_a_damaged_file_says_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "weights.json"
    path.write_text(content, "utf-8")
    with pytest.raises(ModelError, match="damaged"):
        read_linear(path)


@pytest.mark.parametrize(
    ("title", "text", "kind"),
    [
        ("A case of scurvy", "We report a 41-year-old man who presented with bleeding gums. He recovered on vitamin C.", "case_report"),
        (
            "Zorin for gout",
            "In this double-blind trial, 120 adults were randomly assigned to Zorin or placebo. Attacks were fewer.",
            "randomised_trial",
        ),
        ("Broccoli and tumours in mice", "Forty mice were fed broccoli or chow. Tumour volume was measured in the mice after 8 weeks.", "animal"),
    ],
)
def test_the_kind_of_a_study_is_read_from_its_words(title: str, text: str, kind: str) -> None:
    assert read_study_type(Study(text, title=title))[0] == kind


def test_the_cue_classifier_is_fitted_from_the_published_file_and_the_cases(tmp_path: Path) -> None:
    (tmp_path / "bioscope").mkdir()
    documents = "".join(DOCUMENT.format(n=n) for n in range(10))
    (tmp_path / "bioscope" / "abstracts.xml").write_text(BIOSCOPE.format(documents=documents), "utf-8")
    folder, cases = tmp_path / "cues", tmp_path / "cases"
    cases.mkdir()
    (cases / "batch.jsonl").write_bytes((ROOT / "models" / "data" / "batch-9.jsonl").read_bytes())
    result = CliRunner().invoke(app, ["fit", "cues", "--data", str(tmp_path), "--cases", str(cases), "-o", str(folder)])
    assert result.exit_code == 0, result.output
    assert "bioscope: negation: precision 1.000, recall 1.000, F1 1.000 (10)" in result.output
    assert f"sha256 `{sha256((folder / 'weights.json').read_bytes()).hexdigest()[:12]}…`" in (folder / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("name", "told"), [("cues", "BioScope's published file"), ("study-type", "train.csv is missing"), ("verse", "cues, study-type")]
)
def test_what_cannot_be_fitted_says_what_to_do(tmp_path: Path, name: str, told: str) -> None:
    result = CliRunner().invoke(app, ["fit", name, "--data", str(tmp_path), "--cases", str(ROOT / "models" / "data"), "-o", str(tmp_path / "out")])
    assert isinstance(result.exception, RecipeError)
    assert told in str(result.exception)
