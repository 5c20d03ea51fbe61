"""The page with the real compact model in headless Chromium, for pictures and for measuring."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from checker.pipeline import Checker
from checker.web.page import build_page
from checker.web.server import start
from tests.test_web_browser import CHROMIUM, FLAGS


@contextmanager
def real_page() -> Iterator[tuple[Browser, str]]:
    """A browser, and the address of the page."""
    checker = Checker.load("compact")
    page = build_page(lambda: checker)
    address = start(page)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser, address
        browser.close()
    page.close()
