"""The pipeline: segment, read the study, judge, mark cues, list caveats, report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from checker.caveats import find_caveats
from checker.cues import find_cues
from checker.judge.combiner import load_combiner
from checker.judge.headline import headline_warnings
from checker.judge.judge import Judge, SignalJudge
from checker.model.scorer import Scorer
from checker.model.store import DEFAULT, combiner_folder, load
from checker.screen import refuse, warnings
from checker.segment import segment_draft
from checker.study.reader import read_study
from checker.types import Draft, Judgement, ModelInfo, Report, Sentence, Study, StudyFacts, Warning

MAX_SENTENCES = 1500
"""Sentences of one draft that are judged, about 30,000 words; the rest is named in a warning."""


@dataclass(frozen=True, slots=True)
class Checker:
    """A loaded model and the judge on it; make one and check many drafts with it."""

    scorer: Scorer
    judge: Judge

    @classmethod
    def load(cls, model: str = DEFAULT, *, revision: str | None = None) -> Checker:
        """A checker on a model given by name, folder or hub id.

        A model without a combiner of its own, such as a public NLI model, is decided
        on by the default model's combiner.

        Raises:
            ModelError: when the model cannot be found or loaded.
        """
        scorer = load(model, revision=revision)
        return cls(scorer, SignalJudge(scorer, load_combiner(combiner_folder(model))))

    def check(self, draft: Draft, study: Study) -> Report:
        """Judge one draft against one study.

        Raises:
            InputError: when the draft or the abstract is empty or far too long.
        """
        return self.check_many([(draft, study)])[0]

    def check_many(self, pairs: Sequence[tuple[Draft, Study]]) -> list[Report]:
        """Judge many drafts in shared forward passes; reports in the same order.

        Raises:
            InputError: for the first pair that cannot be judged; screen with `refuse`.
        """
        for draft, study in pairs:
            refuse(draft, study)
        prepared = [(segment_draft(draft), read_study(study)) for draft, study in pairs]
        judged = self.judge.judge([(sentences[:MAX_SENTENCES], facts) for sentences, facts in prepared])
        return [
            self._report(draft, study, sentences, facts, judgements)
            for (draft, study), (sentences, facts), judgements in zip(pairs, prepared, judged, strict=True)
        ]

    def _report(self, draft: Draft, study: Study, sentences: Sequence[Sentence], facts: StudyFacts, judgements: Sequence[Judgement]) -> Report:
        return Report(
            draft_text=draft.full,
            study_text=study.text,
            model=ModelInfo(self.scorer.name, self.scorer.revision),
            study=facts,
            judgements=(*judgements, *(_unjudged(sentence) for sentence in sentences[len(judgements) :])),
            cues=(*find_cues(draft.full, "draft"), *find_cues(study.text, "study")),
            caveats=find_caveats(study, facts, sentences, judgements),
            warnings=(*warnings(draft, study), *too_many(len(sentences), len(judgements)), *headline_warnings(judgements)),
        )


def too_many(sentences: int, judged: int) -> tuple[Warning, ...]:
    """What to say when a draft has more sentences than are judged."""
    if judged == sentences:
        return ()
    message = f"Only the first {judged:,} of {sentences:,} sentences were judged: split the draft to check the rest."
    return (Warning("truncated", message),)


def _unjudged(sentence: Sentence) -> Judgement:
    return Judgement(sentence, "not_addressed", 0.0, abstained=True, why="This sentence was not judged: the draft is too long.")


def check(draft: Draft | str, study: Study | str, *, model: str = DEFAULT) -> Report:
    """Judge a draft against the abstract of the study it reports.

    The model is loaded once and kept. Plain strings are taken as a draft's text and
    an abstract.

    Raises:
        InputError: when the draft or the abstract is empty or far too long.
        ModelError: when the model cannot be loaded.

    >>> report = check("Coffee cures gout", "In 40 adults, coffee did not lower uric acid.")  # doctest: +SKIP
    >>> [judgement.verdict for judgement in report.judgements]  # doctest: +SKIP
    """
    checker = Checker.load(model)
    return checker.check(Draft(draft) if isinstance(draft, str) else draft, Study(study) if isinstance(study, str) else study)
