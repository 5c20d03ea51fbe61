"""Building HTML from text that nobody has vetted.

Everything that is not already `Html` is escaped, so that a draft can hold any
character at all. `$`, braces and backticks are escaped too: the page's
framework evaluates templates, and a user's text must never look like one.
"""

from __future__ import annotations

import html

_SPECIAL = str.maketrans({"$": "&#36;", "{": "&#123;", "}": "&#125;", "`": "&#96;", "\r": "&#13;", "\0": "\ufffd"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "wbr"})


class Html(str):
    """Markup that is safe to put into the page as it is."""

    __slots__ = ()


def escape(text: str) -> Html:
    """Any text as inert HTML, character for character.

    A lone surrogate and NUL, which no page can hold, become U+FFFD.

    >>> escape('<b> ${1} "x"')
    '&lt;b&gt; &#36;&#123;1&#125; &quot;x&quot;'
    """
    whole = text if text.isascii() else "".join("\ufffd" if 0xD800 <= ord(character) <= 0xDFFF else character for character in text)
    return Html(html.escape(whole, quote=True).translate(_SPECIAL))


def inert(markup: str) -> Html:
    """Markup that a library wrote, its text escaped already, without the characters that the page's framework would evaluate."""
    return Html(markup.translate(_SPECIAL))


def join(*children: str | None) -> Html:
    """Children one after the other; plain strings are escaped, None is left out."""
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children if child is not None))


def el(name: str, /, *children: str | None, **attributes: str | int | bool | None) -> Html:
    """One element; `class_` and `data_pick` become `class` and `data-pick`, None and False leave an attribute out.

    >>> el("p", "a < b", class_="note", hidden=True)
    '<p class="note" hidden>a &lt; b</p>'
    """
    written = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None and value is not False)
    if name in _VOID:
        return Html(f"<{name}{written}>")
    return Html(f"<{name}{written}>{join(*children)}</{name}>")


def _attribute(key: str, value: str | int | bool) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(str(value))}"'
