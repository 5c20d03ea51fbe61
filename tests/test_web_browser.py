"""The page in a real browser: Chromium, driven as a journalist would use it."""

from __future__ import annotations

import csv
import io
import json
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit
from zipfile import ZipFile

import pytest
from docx import Document

from checker.errors import InputError, ModelError
from checker.export import export
from checker.segment import segment_draft
from checker.types import Cue, Draft, Judgement, Report, Study
from checker.web import batch_tab
from checker.web.page import build_page
from checker.web.server import POLICY, start
from tests.test_documents import pdf, word
from tests.web_sample import EXAMPLE, bare_report, sample_report, span

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this computer; install the package `chromium`")
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed; reinstall with the `dev` extra")
Page, expect = playwright.Page, playwright.expect
expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
HOSTILE = (
    'Take ${7*7} and ${window.hacked=1} `now`.\n\n<script>window.hacked=1</script> <img src=x onerror="window.hacked=1"> it\'s "{{value}}".\n\n'
    "العلاج يشفي المرض. 🎉may👩🏽‍⚕️ help &amp; β-blockers cure."
)

WITHOUT_NOTES = (
    "node => { const copy = node.cloneNode(true); copy.querySelectorAll('.margin').forEach((note) => note.remove()); return copy.textContent; }"
)
WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 360, "height": 740}


class FakeChecker:
    """The sample report for the trial example; anything else has every sentence flagged."""

    def check(self, draft: Draft, study: Study) -> Report:
        if "refuse me" in draft.text:
            raise InputError("This draft is not in English. Paste an English text.")
        if "break me" in draft.text:
            raise RuntimeError(f"secret inner state of {draft.text}")
        if draft.full == EXAMPLE.draft.full:
            return sample_report(draft, study)
        flagged = tuple(Judgement(sentence, "overstated", 0.9, kinds=("causal",), why=sentence.text) for sentence in segment_draft(draft))
        hedge = span(draft.full, "may") if "may" in draft.full else None
        cues = (Cue("may", hedge.start, hedge.end, "hedge", "draft"),) if hedge else ()
        return bare_report(draft.full, flagged, cues, study.text)

    def check_many(self, pairs: Sequence[tuple[Draft, Study]]) -> list[Report]:
        return [self.check(*pair) for pair in pairs]


def fake_fetch(reference: str) -> Study:
    if reference != "31452104":
        raise InputError("Europe PMC cannot be reached from this computer. Paste the abstract instead.", code="offline")
    return Study("Twelve adults took the pill.", title="A pill trial")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    page = build_page(FakeChecker, fetch=fake_fetch)
    yield start(page)
    page.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield launched
        launched.close()


def open_page(browser: playwright.Browser, address: str, *, ready: bool = True, **context: object) -> Page:
    page = browser.new_context(**context).new_page()
    page.set_default_timeout(10_000)
    page.goto(address)
    if ready:
        expect(page.locator("#model-state")).to_contain_text("Ready.")
    return page


@pytest.fixture
def page(browser: playwright.Browser, address: str) -> Iterator[Page]:
    opened = open_page(browser, address, permissions=["clipboard-read", "clipboard-write"])
    yield opened
    opened.context.close()


def check_example(page: Page) -> None:
    page.get_by_role("button", name="Small trial").click()
    expect(page.get_by_label("Headline (optional)")).to_have_value(EXAMPLE.draft.headline)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#status-line")).to_have_text(
        "3 things to fix, 2 caveats missing, 8 sentences supported, 1 not in the abstract, 1 not judged"
    )


def check_text(page: Page, text: str, study: str = "A study of 10 mice.") -> None:
    page.get_by_role("textbox", name="Draft").fill(text)
    page.get_by_label("Abstract of the study").fill(study)
    page.get_by_role("button", name="Check", exact=True).click()


def test_the_whole_journey_stays_on_this_computer(browser: playwright.Browser, address: str, tmp_path: Path) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    requests: list[str] = []
    problems: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    answer = page.goto(address)
    assert answer is not None
    assert answer.headers["content-security-policy"] == POLICY
    expect(page.locator("#model-state")).to_contain_text("Ready.")
    check_example(page)

    assert page.locator("#marked-draft").evaluate(WITHOUT_NOTES) == EXAMPLE.draft.full
    assert page.locator("#marked-abstract").evaluate("node => node.textContent") == EXAMPLE.study.text
    panel = page.get_by_role("complementary", name="Finding and abstract")
    expect(panel.get_by_role("heading", name="Finding 3: contradicted")).to_be_visible()
    expect(page.locator(".lit")).to_have_text("worn every night for 4 weeks")
    expect(page.locator(".lit")).to_be_in_viewport()

    page.get_by_role("button", name="helps people with chronic").first.click()
    expect(panel.get_by_role("heading", name="Finding 2: overstated")).to_be_visible()
    expect(panel).to_contain_text("The abstract reports no significant difference")
    expect(panel.get_by_text("Finding 3", exact=False)).to_be_hidden()
    expect(page.locator(".lit")).to_contain_text("not statistically significant")
    panel.get_by_role("button", name="Copy: A headband").click()
    assert page.evaluate("navigator.clipboard.readText()").startswith("A headband that cools the forehead did not")

    page.locator("#marked-draft").get_by_text("No serious side effects").click()
    expect(panel.get_by_role("heading", name="Supported")).to_be_visible()
    page.get_by_role("button", name="Copy: the study followed").click()
    assert page.evaluate("navigator.clipboard.readText()") == "the study followed only 32 people"
    page.get_by_role("button", name="“Thirty-two adults”").first.click()
    assert "".join(page.locator(".lit").all_inner_texts()) == "Thirty-two adults"

    page.get_by_label("Show cautious words and strong words").uncheck()
    assert page.locator("#marked-draft .cue").first.evaluate("node => getComputedStyle(node).borderBottomWidth") == "0px"
    for button, format in (("Word", "docx"), ("HTML", "html"), ("JSON", "json")):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=button).click()
        saved = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(saved)
        if format == "docx":
            assert len(list(Document(saved).comments)) == len(sample_report().findings)
        else:
            assert saved.read_bytes() == export(sample_report(), format)
    page.get_by_role("button", name="Copy the fixes").click()
    assert page.evaluate("navigator.clipboard.readText()") == export(sample_report(), "fixes").decode()

    kept = page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")
    assert "insomnia" not in kept
    own = urlsplit(address).netloc
    assert {urlsplit(url).netloc for url in requests if not url.startswith(("data:", "blob:"))} == {own}
    assert not problems
    context.close()


def test_keyboard_alone_in_under_twenty_actions(page: Page) -> None:
    actions = 0

    def press(*keys: str) -> None:
        nonlocal actions
        for key in keys:
            page.keyboard.press(key)
            actions += 1

    def focused() -> str:
        return str(page.evaluate("document.activeElement.innerText || document.activeElement.tagName"))

    press("Tab", "Tab", "Enter")  # the tabs are one stop
    expect(page.get_by_label("Headline (optional)")).to_have_value(EXAMPLE.draft.headline)
    press("Tab", "Tab", "Tab", "Tab", "Control+Enter")
    expect(page.locator("#status-line")).to_contain_text("3 things to fix")
    expect(page.locator("#draft-title")).to_be_focused()
    while "People who lie awake" not in focused():
        press("Tab")
        assert actions < 20, f"stuck at {focused()!r}"
    press("Enter")
    assert focused() == "Finding 1: overstated"
    while focused() != "Copy":
        press("Tab")
    press("Enter")
    assert page.evaluate("navigator.clipboard.readText()").startswith("Researchers have tested a cooling headband")
    press("Escape")
    assert "People who lie awake" in focused()
    assert actions < 20


def test_previous_and_next_walk_through_the_findings(page: Page) -> None:
    check_example(page)
    for expected in ("Finding 1", "Finding 2", "Finding 3", "Finding 1"):
        page.get_by_role("button", name="Next finding").click()
        expect(page.locator(".detail:not([hidden]) h3")).to_contain_text(expected)
    page.get_by_role("button", name="Previous finding").click()
    expect(page.locator(".detail:not([hidden]) h3")).to_contain_text("Finding 3")


def test_next_goes_on_from_a_finding_that_was_dismissed(page: Page) -> None:
    check_example(page)
    page.locator("#marked-draft mark[data-number='2']").click()
    page.get_by_role("button", name="Not a problem").click()
    page.get_by_role("button", name="Next finding").click()
    expect(page.locator(".detail:not([hidden]) h3")).to_contain_text("Finding 3")
    page.locator("#marked-draft mark[data-number='2']").click()
    page.get_by_role("button", name="Previous finding").click()
    expect(page.locator(".detail:not([hidden]) h3")).to_contain_text("Finding 1")


def test_a_finding_that_is_no_problem_goes_until_the_next_check_and_can_be_reported(page: Page, tmp_path: Path) -> None:
    check_example(page)
    panel = page.get_by_role("complementary", name="Finding and abstract")
    panel.get_by_role("button", name="Not a problem").click()
    expect(page.locator("#status-line")).to_contain_text("2 things to fix (1 dismissed), 2 caveats missing")
    with page.expect_download() as waiting:
        panel.get_by_role("button", name="Save a false-alarm report").click()
    saved = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    told = json.loads(saved.read_text(encoding="utf-8"))
    assert (told["sentence"]["text"], told["sentence"]["verdict"]) == ("The headbands were worn every night for six weeks.", "contradicted")
    seen = set()
    for _ in range(3):
        panel.get_by_role("button", name="Next finding").click()
        seen.add(panel.get_by_role("heading", level=3).inner_text())
    assert seen == {"Finding 1: overstated", "Finding 2: overstated"}
    page.locator("#marked-draft").get_by_text("six weeks").click()
    panel.get_by_role("button", name="Undo").click()
    expect(page.locator("#status-line")).to_contain_text("3 things to fix, 2 caveats missing")
    panel.get_by_role("button", name="Not a problem").click()
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#status-line")).to_contain_text("3 things to fix, 2 caveats missing")


def test_hostile_text_is_shown_and_not_run(page: Page) -> None:
    check_text(page, HOSTILE, study=HOSTILE)
    expect(page.locator("#status-line")).to_contain_text("things to fix")
    assert page.locator("#marked-draft").evaluate("node => node.textContent") == HOSTILE
    assert page.locator("#marked-abstract").evaluate("node => node.textContent") == HOSTILE
    assert page.locator("#marked-draft .hedge").inner_text() == "may"
    assert page.locator("#report :is(img, script)").count() == 0
    assert page.evaluate("window.hacked") is None
    assert page.locator("#marked-draft p").nth(2).evaluate("node => getComputedStyle(node).direction") == "rtl"


def test_a_second_check_leaves_nothing_of_the_first(page: Page) -> None:
    check_example(page)
    check_text(page, "Tea cures everything.")
    expect(page.locator("#status-line")).to_contain_text("2 things to fix")
    expect(page.locator("#report")).not_to_contain_text("six weeks")
    expect(page.locator(".detail:not([hidden])")).to_have_count(1)
    page.get_by_role("button", name="Clear").click()
    expect(page.locator("#report")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Draft")).to_have_value("")


@pytest.mark.parametrize(
    ("draft", "study", "says"),
    [
        ("", "A study.", "Paste your draft first"),
        ("Tea cures.", " ", "Paste the abstract of the study first"),
        ("Please refuse me.", "A study.", "This draft is not in English. Paste an English text."),
        ("Please break me.", "A study.", "The check failed through a fault in the checker. Your text is still in the boxes"),
    ],
)
def test_what_cannot_be_checked_is_said_in_the_status_line(page: Page, draft: str, study: str, says: str) -> None:
    check_text(page, draft, study)
    expect(page.get_by_role("status").first).to_contain_text(says)
    expect(page.locator("body")).not_to_contain_text("secret inner state")
    expect(page.locator("body")).not_to_contain_text("Traceback")
    assert page.get_by_role("textbox", name="Draft").input_value() == draft


def test_the_page_is_usable_while_the_checker_loads(browser: playwright.Browser) -> None:
    go = Event()
    attempts: list[int] = []

    def load() -> FakeChecker:
        attempts.append(1)
        if len(attempts) == 1:
            assert go.wait(20)
            raise ModelError("The model folder has no weights. Run `checker models` to see what is there.")
        return FakeChecker()

    blocks = build_page(load)
    page = open_page(browser, start(blocks), ready=False)
    expect(page.locator("#model-state")).to_contain_text("Loading the checker")
    page.wait_for_function("window.checkerPage !== undefined")
    page.wait_for_timeout(500)
    check_text(page, "Tea cures everything.")
    expect(page.locator("#status-line")).to_contain_text("still loading")
    go.set()
    expect(page.locator("#status-line")).to_contain_text("The model folder has no weights.")
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.locator("#status-line")).to_contain_text("1 thing to fix")
    expect(page.locator("#model-state")).to_contain_text("Ready.")
    page.context.close()
    blocks.close()


def test_clear_stops_a_check_whose_result_nobody_wants_any_more(browser: playwright.Browser) -> None:
    go = Event()

    class Slow(FakeChecker):
        def check(self, draft: Draft, study: Study) -> Report:
            assert go.wait(20)
            return super().check(draft, study)

    blocks = build_page(Slow)
    page = open_page(browser, start(blocks))
    check_text(page, "Tea cures everything.")
    expect(page.locator("#status-line")).to_contain_text("Checking")
    page.get_by_role("button", name="Clear", exact=True).click()
    expect(page.locator("#status-line")).to_have_text("Nothing checked yet.")
    go.set()
    page.wait_for_timeout(700)
    expect(page.locator("#status-line")).to_have_text("Nothing checked yet.")
    check_text(page, "Coffee cures everything.")
    expect(page.locator("#status-line")).to_contain_text("1 thing to fix")
    page.context.close()
    blocks.close()


def test_two_people_see_only_their_own_text(browser: playwright.Browser, address: str) -> None:
    one, other = open_page(browser, address), open_page(browser, address)
    check_text(one, "Apples heal all ills.")
    check_text(other, "Pears heal all ills.")
    expect(one.locator("#marked-draft")).to_have_text("Apples heal all ills.")
    expect(other.locator("#marked-draft")).to_have_text("Pears heal all ills.")
    assert "Pears" not in one.content()
    assert "Apples" not in other.content()
    one.context.close()
    other.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phone_width_and_colour_scheme(browser: playwright.Browser, address: str, scheme: str) -> None:
    page = open_page(browser, address, viewport=PHONE, color_scheme=scheme)
    check_example(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    ground = page.locator("#marked-draft").evaluate("node => getComputedStyle(node).backgroundColor")
    assert ground == ("rgb(255, 255, 255)" if scheme == "light" else "rgb(28, 32, 38)")
    page.get_by_role("button", name="six weeks").first.click()
    expect(page.get_by_role("heading", name="Finding 3: contradicted")).to_be_in_viewport()
    page.get_by_role("button", name="Back to the sentence").click()
    expect(page.locator("#marked-draft mark").nth(2)).to_be_focused()
    page.context.close()


def test_files_are_opened_in_the_browser_and_stored_nowhere(browser: playwright.Browser, address: str) -> None:
    page = browser.new_page()
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    page.goto(address)
    expect(page.locator("#model-state")).to_contain_text("Ready.")
    page.set_input_files("#draft-file", {"name": "story.docx", "mimeType": "", "buffer": word("Pill helps", "It helped some.", "It was small.")})
    expect(page.get_by_label("Headline (optional)")).to_have_value("Pill helps")
    expect(page.get_by_role("textbox", name="Draft", exact=True)).to_have_value("It helped some.\n\nIt was small.")
    page.set_input_files("#study-file", {"name": "study.pdf", "mimeType": "", "buffer": pdf("Twelve adults took the pill.")})
    expect(page.get_by_role("textbox", name="Abstract of the study")).to_have_value("Twelve adults took the pill.")
    expect(page.locator("#status-line")).to_have_text("study.pdf is read. Look it over, then press Check.")
    assert not [url for url in posted if "upload" in url]
    page.close()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("photo.png", b"\x89PNG\r\n\x1a\n\x00\x00", "photo.png is no document"),
        ("locked.docx", b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "protected by a password"),
        ("empty.txt", b"  ", "empty.txt holds no text"),
        ("huge.txt", b"a" * 5_000_001, "huge.txt is larger than 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_leaves_the_boxes_as_they_are(page: Page, name: str, data: bytes, says: str) -> None:
    page.get_by_role("textbox", name="Draft", exact=True).fill("My own words.")
    page.set_input_files("#draft-file", {"name": name, "mimeType": "", "buffer": data})
    expect(page.locator("#status-line")).to_contain_text(says)
    expect(page.get_by_role("textbox", name="Draft", exact=True)).to_have_value("My own words.")


def test_a_file_of_200_megabytes_is_refused_unread(page: Page, tmp_path: Path) -> None:
    huge = tmp_path / "huge.zip"
    with huge.open("wb") as file:
        file.truncate(200_000_000)
    page.set_input_files("#draft-file", huge)
    expect(page.locator("#status-line")).to_have_text("huge.zip is larger than 5 MB: paste its text instead.")
    page.get_by_role("tab", name="Batch").click()
    page.set_input_files("#batch-file", huge)
    expect(page.get_by_role("tabpanel").get_by_role("status").first).to_contain_text("huge.zip is larger than 20 MB: check it with")


def test_fifty_thousand_words_are_marked_and_the_page_still_answers(page: Page) -> None:
    told = [f"Tea number {number} cures every one of the ills that people have known since time began, all of them." for number in range(2700)]
    draft = "\n\n".join(" ".join(told[start : start + 4]) for start in range(0, len(told), 4))
    assert len(draft.split()) > 50_000
    page.set_default_timeout(60_000)
    check_text(page, draft)
    expect(page.locator("#status-line")).to_contain_text("2,700 things to fix", timeout=60_000)
    assert page.locator("#marked-draft").evaluate(WITHOUT_NOTES) == draft
    expect(page.get_by_role("heading", name="Finding 1: overstated")).to_be_visible()
    page.get_by_role("button", name="Next").first.click()
    expect(page.get_by_role("heading", name="Finding 2: overstated")).to_be_visible()


def test_a_study_by_its_number_and_what_is_said_offline(page: Page) -> None:
    box = page.get_by_label("Or its PMID, DOI or PubMed link")
    box.fill("31452104")
    page.get_by_role("button", name="Get the abstract").click()
    expect(page.get_by_role("textbox", name="Abstract of the study")).to_have_value("Twelve adults took the pill.")
    expect(page.locator("#status-line")).to_have_text("Got the abstract of “A pill trial”.")
    check_text(page, "The pill may work.", "Twelve adults took the pill.")
    expect(page.locator("#status-line")).to_contain_text("1 thing to fix")
    box.fill("1")
    box.press("Enter")
    expect(page.locator("#status-line")).to_contain_text("Paste the abstract instead")
    expect(page.locator("#marked-draft")).to_contain_text("The pill may work.")
    expect(page.get_by_role("textbox", name="Abstract of the study")).to_have_value("Twelve adults took the pill.")


def test_clear_empties_every_box(page: Page) -> None:
    page.get_by_label("PMID, DOI").fill("31452104")
    page.get_by_role("button", name="Get the abstract").click()
    expect(page.locator("#status-line")).to_contain_text("Got the abstract")
    check_text(page, "The pill may work.", "Twelve adults took the pill.")
    expect(page.locator("#status-line")).to_contain_text("to fix")
    page.get_by_role("button", name="Clear", exact=True).click()
    for box in ("headline", "draft-text", "study-text", "study-number"):
        expect(page.locator(f"#{box}").locator("input, textarea")).to_have_value("")
    expect(page.locator("#status-line")).to_have_text("Nothing checked yet.")


def test_a_port_in_use_is_said_in_plain_words(address: str) -> None:
    taken = urlsplit(address).port
    blocks = build_page(FakeChecker)
    with pytest.raises(InputError, match=f"port {taken}: the port is in use"):
        start(blocks, port=taken)


def open_batch(page: Page, *rows: object) -> None:
    """Opens lines in the Batch tab; a string is a line as it is."""
    page.get_by_role("tab", name="Batch").click()
    data = "\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows).encode()
    page.set_input_files("#batch-file", {"name": "drafts.jsonl", "mimeType": "", "buffer": data})
    expect(page.locator("#batch-status-line")).to_contain_text(f"drafts.jsonl is read: {len(rows)} drafts.")


def test_a_whole_batch_is_checked_sorted_opened_and_taken_away(page: Page, tmp_path: Path) -> None:
    trial = {"id": "trial", "draft": {"headline": EXAMPLE.draft.headline, "text": EXAMPLE.draft.text}, "study": EXAMPLE.study.text}
    open_batch(page, {"id": "tea", "draft": "Tea cures.", "study": "A study of 10 mice."}, "{broken", trial)
    page.get_by_role("button", name="Check all").click()
    expect(page.locator("#batch-status-line")).to_have_text("Checked 3 drafts: 2 drafts have something to fix, 1 could not be checked.")
    rows = page.locator("#batch-table tbody tr")
    expect(rows.nth(0)).to_contain_text("“The headbands were worn every night for six weeks.”")
    expect(rows.nth(2)).to_contain_text("Could not be checked: line 2: not valid JSON")

    heads = page.locator("#batch-table thead th")
    heads.nth(0).get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert [head.get_attribute("aria-sort") for head in heads.all()] == ["ascending", "none", "none", None]
    assert [row.locator("th").inner_text().split("\n")[0] for row in rows.all()] == ["2", EXAMPLE.draft.headline, "Tea cures."]
    page.keyboard.press("Enter")
    assert heads.nth(0).get_attribute("aria-sort") == "descending"
    expect(rows.nth(0)).to_contain_text("Tea cures.")

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download all").click()
    saved = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(saved)
    with ZipFile(saved) as archive:
        assert sorted(archive.namelist()) == ["reports.jsonl", "reports/001-tea.html", "reports/003-trial.html", "summary.csv"]
        lines = [json.loads(line) for line in archive.read("reports.jsonl").splitlines()]
        summary = list(csv.DictReader(io.StringIO(archive.read("summary.csv").decode("utf-8-sig"))))
        assert archive.read("reports/003-trial.html") == export(sample_report(), "html")
    assert [line["id"] for line in lines] == ["tea", "2", "trial"]
    assert lines[2]["report"] == sample_report().to_dict()
    assert [(row["findings"], row["missing_caveats"]) for row in summary] == [("1", "0"), ("", ""), ("3", "2")]

    page.get_by_role("button", name=f"Open in the Check tab: {EXAMPLE.draft.headline}").click()
    expect(page.locator("#status-line")).to_have_text(
        "3 things to fix, 2 caveats missing, 8 sentences supported, 1 not in the abstract, 1 not judged"
    )
    expect(page.get_by_label("Headline (optional)")).to_have_value(EXAMPLE.draft.headline)
    expect(page.get_by_role("textbox", name="Abstract of the study")).to_have_value(EXAMPLE.study.text)
    expect(page.locator("#draft-title")).to_be_focused()
    expect(page.get_by_role("heading", name="Finding 3: contradicted")).to_be_visible()
    assert "headband" not in page.evaluate("JSON.stringify([localStorage, sessionStorage, document.cookie])")


def test_a_batch_stops_and_goes_on(browser: playwright.Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    go, stopped = Event(), Event()
    stop = batch_tab._stop
    monkeypatch.setattr(batch_tab, "_stop", lambda batch: (stop(batch), stopped.set())[0])

    class Slow(FakeChecker):
        def check_many(self, pairs: Sequence[tuple[Draft, Study]]) -> list[Report]:
            assert "wait" not in pairs[0][0].text or go.wait(20)
            return super().check_many(pairs)

    blocks = build_page(Slow)
    page = open_page(browser, start(blocks))
    open_batch(page, *({"draft": f"Tea number {n} cures.{' wait' if n == 5 else ''}", "study": "A study of 10 mice."} for n in range(1, 11)))
    page.get_by_role("button", name="Check all").click()
    line = page.locator("#batch-status-line")
    expect(line).to_have_text("Checked 4 of 10 …")
    page.get_by_role("button", name="Stop").click()
    expect(line).to_contain_text("Stopping")
    assert stopped.wait(20)
    go.set()
    expect(line).to_contain_text("Stopped: 8 of 10 are checked and kept; 8 drafts have something to fix.")
    expect(page.locator("#batch-table tbody tr")).to_have_count(8)
    page.get_by_role("button", name="Check all").click()
    expect(line).to_have_text("Checked 10 drafts: 10 drafts have something to fix.")
    expect(page.locator("#batch-table tbody tr")).to_have_count(10)
    page.context.close()
    blocks.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_hostile_drafts_stay_text_in_the_table_at_phone_width(browser: playwright.Browser, address: str, scheme: str) -> None:
    page = open_page(browser, address, viewport=PHONE, color_scheme=scheme)
    rows = [{"id": HOSTILE, "draft": {"headline": piece, "text": HOSTILE}, "study": HOSTILE} for piece in HOSTILE.split("\n\n")]
    open_batch(page, *({**row, "id": f"{n} {row['id']}"} for n, row in enumerate(rows)))
    page.get_by_role("button", name="Check all").click()
    expect(page.locator("#batch-table tbody tr")).to_have_count(3)
    assert page.locator("#batch-table button.open").all_inner_texts()[0] == "Take ${7*7} and ${window.hacked=1} `now`."
    assert page.locator("#batch-table :is(img, script)").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("#batch-table button.open").nth(1).click()
    expect(page.locator("#marked-draft")).to_contain_text("<script>")
    assert page.evaluate("window.hacked") is None
    page.context.close()


def test_the_tabs_work_by_keyboard_and_the_page_stays_on_this_computer(browser: playwright.Browser, address: str) -> None:
    page = browser.new_page(viewport=PHONE)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(address)
    expect(page.locator("#model-state")).to_contain_text("Ready.")
    page.keyboard.press("Tab")
    expect(page.get_by_role("tab", name="Check")).to_be_focused()
    for name, heading in (("Batch", "Many drafts at once"), ("Benchmark", "Benchmark"), ("About", "What it cannot tell")):
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("tab", name=name, selected=True)).to_be_focused()
        expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.keyboard.press("Home")
    expect(page.get_by_role("tab", name="Check", selected=True)).to_be_focused()
    expect(page.locator("#example-trial")).to_be_visible()  # the panel follows its tab a moment later
    page.keyboard.press("Tab")
    expect(page.locator("#example-trial")).to_be_focused()
    assert {urlsplit(url).netloc for url in requests if not url.startswith(("data:", "blob:"))} == {urlsplit(address).netloc}
    page.close()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [("photo.png", b"\x89PNG", "photo.png is no file of drafts"), ("huge.csv", b"a" * 20_000_001, "huge.csv is larger than 20 MB: check it with")],
)
def test_a_file_that_is_no_batch_is_said_in_plain_words(page: Page, name: str, data: bytes, says: str) -> None:
    page.get_by_role("tab", name="Batch").click()
    page.set_input_files("#batch-file", {"name": name, "mimeType": "", "buffer": data})
    expect(page.locator("#batch-status-line")).to_contain_text(says)
    page.get_by_role("button", name="Check all").click()
    expect(page.locator("#batch-status-line")).to_contain_text("Open a file of drafts first.")


@pytest.mark.parametrize("viewport", [WIDE, PHONE])
def test_missing_caveats_stand_beside_their_paragraph_or_below_it_on_a_phone(
    browser: playwright.Browser, address: str, viewport: dict[str, int]
) -> None:
    page = open_page(browser, address, viewport=viewport)
    check_example(page)
    both = "box => [...box.children].filter(part => part.matches('p, .margin')).slice(0, 2).map(part => part.getBoundingClientRect().toJSON())"
    paragraph, note = page.locator("#marked-draft .noted").first.evaluate(both)  # in one look: the page may be scrolling
    if viewport == WIDE:
        assert note["x"] >= paragraph["x"] + paragraph["width"]
    else:
        assert note["x"] < paragraph["x"] + paragraph["width"]
    assert abs(note["y"] - paragraph["y"] - paragraph["height"]) < 40  # where the paragraph ends, whatever is beside it
    missing = page.get_by_role("list", name="Missing here").get_by_role("listitem")
    expect(missing.get_by_role("heading")).to_have_text(["It was a small study", "The main result was not significant"])
    expect(missing.get_by_role("button", name="Copy")).to_have_count(2)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_barrier(browser: playwright.Browser, address: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed; reinstall with the `dev` extra").Axe()
    page = open_page(browser, address, color_scheme=scheme, reduced_motion="reduce")

    def barriers() -> list[tuple[str, list[str]]]:
        found = axe.run(page).response["violations"]
        return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found if one["impact"] in {"serious", "critical"}]

    assert barriers() == []
    check_example(page)
    expect(page.get_by_role("heading", name="Finding 3: contradicted")).to_be_visible()
    assert barriers() == []
    page.context.close()


SERVER = """
import sys, time
from checker.web.page import build_page
from checker.web.server import start
from tests.test_web_browser import FakeChecker

class Slow(FakeChecker):
    def check(self, draft, study):
        time.sleep(float(sys.argv[2]))
        return super().check(draft, study)

page = build_page(Slow)
print(start(page, port=int(sys.argv[1])), flush=True)
page.block_thread()
"""


@contextmanager
def serving(port: int, *, seconds: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The page in a process of its own that can be killed, each check of which takes that long; and its address."""
    command = [sys.executable, "-c", SERVER, str(port), str(seconds)]
    with subprocess.Popen(command, cwd=Path(__file__).parents[1], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def test_a_server_that_stops_in_mid_check_costs_no_text_and_no_reload(browser: playwright.Browser) -> None:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with serving(port, seconds=600) as (process, address):
        page = open_page(browser, address)
        page.evaluate("window.loadedOnce = true")
        line, check = page.locator("#status-line"), page.get_by_role("button", name="Check", exact=True)
        check_text(page, "Tea cures everything.")
        expect(line).to_have_text("Checking …")
        process.kill()
        expect(line).to_contain_text("The connection to the checker was lost. Your text is still here")
    page.get_by_role("button", name="Small trial").click()
    check.click()
    expect(line).to_contain_text("The connection to the checker was lost.")
    expect(page.get_by_role("textbox", name="Draft", exact=True)).to_have_value("Tea cures everything.")
    with serving(port, seconds=0):
        page.wait_for_timeout(3000)  # Gradio asks every two seconds whether the server is back, and would reload the page
        check.click()
        expect(line).to_have_text("1 thing to fix, no missing caveat found, 0 sentences supported")
        expect(page.locator("#marked-draft")).to_have_text("Tea cures everything.")
        assert page.evaluate("window.loadedOnce")
        expect(page.get_by_text("Connection Lost")).to_have_count(0)
        page.context.close()
