"""The tab about the checker: what it can tell, where a text goes, what its words mean, and its model's card."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from checker.errors import ModelError
from checker.model.store import find
from checker.web.markdown import html_of
from checker.web.markup import Html, el, join
from checker.web.parts import fixed
from checker.web.words import CAVEAT_NOTES, CAVEATS, VERDICT_NOTES, VERDICTS

_CAN = (
    "It compares each sentence of a draft with the abstract and marks the ones that say more than the abstract does, or something else.",
    "It quotes the abstract's words beside each mark, and proposes softer or corrected wording.",
    "It names what the abstract says and the draft leaves out, with a clause to paste.",
)
_CANNOT = (
    "Silence is no approval: it misses things, and a sentence without a mark may be wrong.",
    "A mark is a question to the writer, not a verdict on the truth.",
    "It reads the abstract, not the whole paper, and cannot tell whether the study is right.",
    "It reads English only.",
)
_STAYS = "Your texts and files stay on this computer: they are sent nowhere and written to no disk."
_SERVER = "Your texts and files go to the server that you reached this page on, and to nobody else; they are written to no disk there."
_LEAVES = (
    " A batch is let go of after two hours. Only “Get the abstract” asks the internet: it sends the study's number to Europe PMC, nothing of a draft."
)


def about_tab(model: str, *, local: bool) -> None:
    """The tab's contents; `model` is a name, a folder or a hub id."""
    fixed(about(model, local=local), elem_id="about-checker")


def about(model: str, *, local: bool) -> Html:
    """Everything that the tab says."""
    verdicts = {VERDICTS[name]: VERDICT_NOTES[name] for name in VERDICTS}
    caveats = {CAVEATS[name]: CAVEAT_NOTES[name] for name in CAVEATS}
    return el(
        "div",
        el("h2", "What it can tell"),
        el("ul", *(el("li", words) for words in _CAN)),
        el("h2", "What it cannot tell"),
        el("ul", *(el("li", words) for words in _CANNOT)),
        el("h2", "Where your text goes"),
        el("p", _STAYS if local else _SERVER, _LEAVES),
        el("h2", "The verdicts, one for each sentence"),
        _terms({**verdicts, "Not judged": VERDICT_NOTES["unsure"]}),
        el("h2", f"The {len(caveats)} caveats, where the study gives cause for them"),
        _terms(caveats),
        el("h2", "The model"),
        *_card(model),
        class_="manual",
    )


def _terms(notes: Mapping[str, str]) -> Html:
    return el("dl", *(join(el("dt", title), el("dd", note)) for title, note in notes.items()))


def _card(model: str) -> tuple[Html, ...]:
    try:
        folder = find(model)
    except ModelError as error:
        return (el("p", f"{error}."),)
    if folder is None:
        return (el("p", f"The card of the model {model} stands on its page at the Hugging Face hub."),)
    card = Path(folder) / "README.md"
    if not card.is_file():
        return (el("p", f"The folder of the model {folder.name} holds no card (README.md)."),)
    text = html_of(card.read_text(encoding="utf-8", errors="replace"), level=3)
    return (el("details", el("summary", f"The card of the model {folder.name}: its data, figures and limits"), text),)
