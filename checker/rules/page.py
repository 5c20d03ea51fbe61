"""docs/rules.md, written from the catalogue; each rule is an anchor there, by its id."""

from __future__ import annotations

from collections.abc import Iterator

from checker.rules.catalogue import Entry, Row, Source, read_catalogue
from checker.web.words import CAVEAT_NOTES, CAVEATS, KINDS

HEAD = """<!-- Written by `checker rules > docs/rules.md` from checker/rules/catalogue.toml; change that file. -->

# The rules

Every rule: what it looks for, whom it rests on, and sentences that it must and must not flag, to which `tests/test_rules.py` holds it.
What the names mean is in the [labelling guideline](GUIDELINE.md). The sentences and the [abstracts](#abstracts) are made up.
"""
SECTIONS = {
    "caveat": (
        "Caveats",
        "A caveat is flagged when the abstract gives cause for it and the draft leaves it out. It is not flagged when the draft tells it,"
        " even with a wrong figure, or when the abstract gives no cause.",
    ),
    "kind": (
        "Kinds of overstatement and contradiction",
        "These rules flag no sentence by themselves: that one fires is a signal among many, from which the trained decision finds verdict and kind."
        " A rule on figures, directions, groups or designs fires where there is something of the sort to compare, right or wrong;"
        " one on advice, certainty or magnitude reads the sentence alone.",
    ),
    "cue": ("Cues", "A cue is marked, not flagged: a hedge is what a reporter must not lose. The words marked are in bold."),
}
CUES = {
    "hedge": ("Hedges", "A word or phrase that makes a claim tentative."),
    "booster": ("Boosters", "A word or phrase that strengthens or hypes a claim."),
    "negation": ("Negations", "A word or phrase that denies a finding."),
}


def render() -> str:
    """The page as Markdown, ending in one newline."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    catalogue = read_catalogue()
    yield HEAD
    for family, (title, note) in SECTIONS.items():
        yield f"## {title}\n\n{note}\n"
        for entry in catalogue.entries:
            if entry.family == family:
                yield from _rule(entry)
    yield "## Abstracts\n"
    yield from (f'- <a id="abstract.{name}"></a>**{name}**: {text}' for name, text in catalogue.studies.items())


def _rule(entry: Entry) -> Iterator[str]:
    title, note = _words(entry)
    yield f'### <a id="{entry.id}"></a>{title}\n'
    yield f"`{entry.id}` – {note}\n"
    yield from (f"- Rests on {_source(source)}." for source in entry.sources)
    yield from (f"- Must flag: {_row(row)}" for row in entry.flag)
    yield from (f"- Must not flag, for it is told: {_row(row)}" for row in entry.told)
    yield from (f"- Must not flag: {_row(row)}" for row in entry.leave)
    yield ""


def _words(entry: Entry) -> tuple[str, str]:
    first, _, second = entry.id.partition(".")
    if entry.family == "caveat":
        return CAVEATS[second], CAVEAT_NOTES[second]
    if entry.family == "cue":
        return CUES[second]
    title, note = KINDS[first]
    return title.capitalize(), note


def _source(source: Source) -> str:
    name = f"[{source.name}]({source.url})" if source.url else source.name
    return f"{name}: {source.point}" if source.point else name


def _row(row: Row) -> str:
    if not row.study:
        return f"“{row.draft.replace('[', '**').replace(']', '**')}”"
    return f"“{row.draft}” beside [{row.study}](#abstract.{row.study})"
