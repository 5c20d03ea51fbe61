"""The two small controls that the panels share; `script.js` makes them work."""

from __future__ import annotations

from checker.web.markup import Html, el


def quote_button(words: str, reference: str) -> Html:
    """The abstract's own words; a press shows them there."""
    return el("button", f"“{words}”", type="button", class_="quote", data_show=reference, dir="auto", title="Show it in the abstract")


def copyable(title: str, words: str) -> Html:
    """Words to take over, with a Copy button."""
    return el(
        "div",
        el("p", el("span", f"{title}: ", class_="label"), el("span", words, class_="paste", dir="auto")),
        el("button", "Copy", type="button", class_="copy", data_copy=words, aria_label=f"Copy: {words}"),
        class_="copyable",
    )
