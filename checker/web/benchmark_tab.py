"""The tab of figures: what `checker eval report` wrote of the runs in the working copy's `eval/results/`."""

from __future__ import annotations

import html
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import gradio as gr

from checker.web.markdown import html_of
from checker.web.markup import Html, el, join
from checker.web.parts import PRIVATE, fixed

RESULTS = Path(__file__).resolve().parents[2] / "eval" / "results"
LEADERBOARD, REPORT = "LEADERBOARD.md", "report.html"

_INTRO = "How often the checker is right, measured on texts that it was not trained on. Higher is better."
_MEASURES = {
    "Flag precision": "of the sentences that it marks, how many it should mark",
    "Flag recall": "of the sentences that it should mark, how many it marks",
    "Careful untouched": "of the drafts that say nothing wrong, how many it leaves without a mark",
    "Verdict macro F1": "how well it tells all five verdicts apart",
}
_SECTION = re.compile(r"<h2>(?P<title>[^<]*)</h2>\s*<p>(?P<about>.*?)</p>(?P<rest>.*?)(?=<h2>|</body>)", re.DOTALL)
_FIGURE = re.compile(r'<figure role="img" aria-label="(?P<title>[^"]*)">(?P<picture>.*?)<figcaption>', re.DOTALL)


def benchmark_tab(tab: gr.Tab) -> None:
    """The tab's contents, read when the tab is opened: the pictures are larger than the rest of the page."""
    shown = fixed(Html(""), elem_id="benchmark")
    tab.select(lambda: benchmark(RESULTS), None, shown, **PRIVATE)


def benchmark(results: Path) -> Html:
    """The leaderboard of a folder and the pictures of its report, or how to make them."""
    if not (results / LEADERBOARD).is_file():
        make = (el("code", "checker eval drafts -o eval/results"), " and then ", el("code", "checker eval report eval/results"))
        return el("div", el("h2", "Benchmark"), el("p", "There are no figures on this computer: make them with ", *make, "."), class_="manual")
    measures = [join(el("dt", name), el("dd", note)) for name, note in _MEASURES.items()]
    page = results / REPORT
    return el(
        "div",
        el("h2", "Benchmark"),
        el("p", _INTRO),
        el("dl", *measures),
        html_of((results / LEADERBOARD).read_text(encoding="utf-8"), level=3),
        *(_pictures(page.read_text(encoding="utf-8")) if page.is_file() else ()),
        class_="manual figures",
    )


def _pictures(page: str) -> Iterator[Html]:
    """Each run's pictures; as images, in which nothing can run."""
    for section in _SECTION.finditer(page):
        pictures = [_picture(figure) for figure in _FIGURE.finditer(section["rest"])]
        if pictures:
            about = html.unescape(re.sub(r"<[^>]*>", "", section["about"])).split(", seed")[0]
            yield el("h3", html.unescape(section["title"]))
            yield el("p", about, class_="note")
            yield el("div", *pictures, class_="pictures")


def _picture(figure: re.Match[str]) -> Html:
    title = html.unescape(figure["title"])
    source = f"data:image/svg+xml;base64,{b64encode(figure['picture'].strip().encode()).decode()}"
    return el("figure", el("img", src=source, alt=title), el("figcaption", title))
