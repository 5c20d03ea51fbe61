"""The marked draft and the marked abstract: the text as given, cut into runs.

Spans overlap all the time (a hedge inside a finding, a fact inside a quote), so
the text is cut at every border and each run is written once, with all that
covers it. Labels and numbers are attributes that the style sheet prints: the
text content of a marked text is the text itself, character for character, but
for the notes between its paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from checker.types import Judgement, Report
from checker.web.markup import Html, el, escape, join
from checker.web.words import mark_label

_PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*\n))*")


@dataclass(frozen=True, slots=True)
class Layer:
    """Something said about `text[start:end]`: a paragraph, a sentence, a cue, a quote."""

    start: int
    end: int
    role: str
    name: str = ""
    index: int = -1


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with the same layers throughout."""

    start: int
    end: int
    layers: tuple[Layer, ...]

    def first(self, role: str) -> Layer | None:
        """The layer of that role that began first, or None."""
        return next((layer for layer in self.layers if layer.role == role), None)


def runs(length: int, layers: Iterable[Layer]) -> Iterator[Run]:
    """The whole of a text of that length, in order, cut at every border of a layer.

    Layers outside the text are clipped, empty ones ignored.
    """
    opening: dict[int, list[Layer]] = {}
    edges = {0, length}
    for layer in layers:
        start, end = max(layer.start, 0), min(layer.end, length)
        if start < end:
            opening.setdefault(start, []).append(layer)
            edges |= {start, end}
    active: list[Layer] = []
    ordered = sorted(edges)
    for start, end in pairwise(ordered):
        active = [layer for layer in active if layer.end > start] + opening.get(start, [])
        yield Run(start, end, tuple(active))


def paragraphs(text: str) -> Iterator[Layer]:
    """Stretches of text between blank lines."""
    for index, match in enumerate(_PARAGRAPH.finditer(text)):
        yield Layer(match.start(), match.end(), "paragraph", index=index)


def marked_draft(report: Report, numbers: dict[int, int], *, live: bool = True, notes: Mapping[int, Sequence[Html]] | None = None) -> Html:
    """The draft as prose; `numbers` gives the findings, by sentence, their number.

    Marks can be picked by mouse and keyboard where they are `live`, which needs the page's script. `notes`, list items by
    sentence, follow the paragraph in which their sentence begins; a box holds both and the paragraphs up to the next notes.
    """
    text = report.draft_text
    layers = [*paragraphs(text), *_draft_layers(report)]
    headline = next((judgement.sentence for judgement in report.judgements if judgement.sentence.role == "headline"), None)
    boxes: list[list[Html]] = [[]]
    begun: set[int] = set()
    left = dict(notes or {})
    for paragraph, members in groupby(runs(len(text), layers), key=lambda run: run.first("paragraph")):
        if paragraph is None:
            boxes[-1] += [_run(text, run) for run in members]
            continue
        inner = [
            _sentence(text, list(group), report.judgements, layer, numbers, begun, live) if layer else join(*(_run(text, run) for run in group))
            for layer, group in groupby(members, key=lambda run: run.first("sentence"))
        ]
        beside = [note for index in sorted(begun & left.keys()) for note in left.pop(index)]
        if beside:
            boxes.append([])
        if headline is not None and paragraph.start <= headline.start < paragraph.end:
            boxes[-1].append(el("h3", *inner, class_="para headline", dir="auto"))
        else:
            boxes[-1].append(el("p", *inner, class_="para", dir="auto"))
        boxes[-1] += [_margin(beside)] if beside else []
    unplaced = [note for beside in left.values() for note in beside]
    first, *noted = boxes
    boxed = (el("div", *box, class_="noted") for box in noted)
    return el("div", *first, *boxed, _margin(unplaced) if unplaced else None, class_="draft", id="marked-draft")


def _margin(notes: Sequence[Html]) -> Html:
    return el("ul", *notes, class_="margin", role="list", aria_label="Missing here")


def marked_abstract(text: str, layers: Sequence[Layer]) -> Html:
    """The abstract as prose; each run names what quotes it, for the page to light up."""
    pieces: list[Html] = []
    for paragraph, members in groupby(runs(len(text), [*paragraphs(text), *layers]), key=lambda run: run.first("paragraph")):
        inner = [_quoted(text, run) for run in members]
        pieces += inner if paragraph is None else [el("p", *inner, class_="para", dir="auto")]
    return el("div", *pieces, class_="abstract", id="marked-abstract", tabindex=0, role="region", aria_label="The abstract")


def _draft_layers(report: Report) -> Iterator[Layer]:
    for index, judgement in enumerate(report.judgements):
        yield Layer(judgement.sentence.start, judgement.sentence.end, "sentence", index=index)
        if judgement.flagged:
            yield from (Layer(part.start, part.end, "part", part.kind, index) for part in judgement.parts)
    yield from (Layer(cue.start, cue.end, "cue", cue.cue) for cue in report.cues if cue.where == "draft" and cue.cue != "negation")


def _sentence(
    text: str, group: list[Run], judgements: Sequence[Judgement], layer: Layer, numbers: dict[int, int], begun: set[int], live: bool
) -> Html:
    judgement = judgements[layer.index]
    inner = join(*(_run(text, run) for run in group))
    pick = f"s{layer.index}"
    first = layer.index not in begun
    begun.add(layer.index)
    if not judgement.flagged:
        return el("span", inner, class_="sentence", data_pick=pick)
    last = group[-1].end >= min(layer.end, len(text))
    return el(
        "mark",
        inner,
        class_=f"finding {judgement.verdict}",
        id=f"mark-{pick}" if first else None,
        data_pick=pick,
        data_number=numbers[layer.index] if first else None,
        data_label=mark_label(judgement) if last else None,
        role="button" if first and live else None,
        tabindex=0 if first and live else None,
    )


def _run(text: str, run: Run) -> Html:
    words = escape(text[run.start : run.end])
    cues = sorted({layer.name for layer in run.layers if layer.role == "cue"})
    kinds = sorted({layer.name for layer in run.layers if layer.role == "part"})
    if not cues and not kinds:
        return words
    names = [*(f"cue {name}" for name in cues), *(["part"] if kinds else []), *(f"lanes-{len(kinds)}" for _ in kinds[1:2])]
    return el("span", words, class_=" ".join(names), title=", ".join(cues) or None)


def _quoted(text: str, run: Run) -> Html:
    words = escape(text[run.start : run.end])
    references = " ".join(dict.fromkeys(layer.name for layer in run.layers if layer.role == "quote"))
    return el("span", words, class_="quotable", data_refs=references) if references else words
