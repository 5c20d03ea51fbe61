"""How long a journalist waits (`make bench`): from the click on Check to the result on the page, with the real compact model in headless Chromium."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Browser

from checker.bench import sample, unseen
from tests.real_page import real_page
from tests.test_web_browser import CHROMIUM, open_page

CHECKS, PEOPLE = 20, 4


def fill(page: Any, number: int) -> None:
    """Another 25-sentence draft and 300-word abstract, of which nothing is remembered; its own number stands in its text."""
    draft, study = unseen(*sample(), number)
    page.get_by_role("textbox", name="Draft", exact=True).fill(draft.text)
    page.get_by_label("Abstract of the study").fill(study.text)


def click(page: Any, number: int) -> None:
    """Start a check; the page's own clock stops when the number of the draft just checked stands in the marked draft."""
    page.evaluate(
        """number => { window.shown = null; const began = performance.now(); document.querySelector('#check').click();
        const look = () => { const draft = document.querySelector('#marked-draft');
            if (draft && draft.textContent.includes(`, ${number}.`)) window.shown = (performance.now() - began) / 1000;
            else requestAnimationFrame(look); };
        look(); }""",
        number,
    )


def shown(page: Any) -> float:
    """Seconds from the click until the result was on the page."""
    page.wait_for_function("window.shown !== null", timeout=120_000)
    seconds: float = page.evaluate("window.shown")
    return seconds


def run(browser: Browser, address: str) -> Iterator[str]:
    """Lines of the report."""
    page: Any = open_page(browser, address)
    waits = []
    for number in range(1000, 1000 + CHECKS + 1):
        fill(page, number)
        click(page, number)
        waits.append(shown(page))
    waits = sorted(waits[1:])  # the first warms the model
    p95 = waits[round(0.95 * CHECKS) - 1]
    yield f"from click to result on the page, 25 sentences, {CHECKS} checks: median {waits[CHECKS // 2]:.2f} s, 95th percentile {p95:.2f} s"
    people: dict[int, Any] = {2000: page, **{number: open_page(browser, address) for number in range(2001, 2000 + PEOPLE)}}
    for number, person in people.items():
        fill(person, number)
    for number, person in people.items():
        click(person, number)
    began = time.monotonic()
    waits = [shown(person) for person in people.values()]
    own = sum(f", {number}." in person.locator("#marked-draft").inner_text() for number, person in people.items())
    yield f"{PEOPLE} people at once: {own} of {PEOPLE} see their own result, the last after {max(waits):.2f} s ({time.monotonic() - began:.2f} s in all)"


def main() -> None:
    """Print the report, or what is missing to measure it."""
    if CHROMIUM is None:
        print("the page is not measured: no Chromium on this computer; install the package `chromium`")
        return
    with real_page() as (browser, address):
        for line in run(browser, address):
            print(line, flush=True)


if __name__ == "__main__":
    main()
