"""The README's pictures (`make screenshots`): the bundled example, checked by the real compact model, in headless Chromium."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, expect

from tests.real_page import real_page
from tests.test_web_browser import CHROMIUM, open_page

IMAGES = Path(__file__).parents[1] / "docs" / "images"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1366, "height": 900}}
SHOTS: dict[str, dict[str, Any]] = {
    "desktop-light": {**DESKTOP, "color_scheme": "light"},
    "desktop-dark": {**DESKTOP, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "color_scheme": "light"},
}


def take(browser: Browser, address: str, name: str, **context: Any) -> None:
    """One picture, of what the window shows after a check."""
    page = open_page(browser, address, reduced_motion="reduce", **context)
    page.get_by_role("button", name="Small trial").click()
    expect(page.locator("#status-line")).to_contain_text("Example loaded")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator(".detail:not([hidden])")).to_be_visible(timeout=120_000)
    page.wait_for_timeout(500)  # the page scrolls to the result
    page.screenshot(path=IMAGES / f"{name}.png")
    page.context.close()


def main() -> None:
    """All of them."""
    if CHROMIUM is None:
        raise SystemExit("no Chromium on this computer; install the package `chromium`")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with real_page() as (browser, address):
        for name, context in SHOTS.items():
            take(browser, address, name, **context)


if __name__ == "__main__":
    main()
