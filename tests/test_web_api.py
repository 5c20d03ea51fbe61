"""The page's endpoints for programs, called as a program would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from checker.errors import InputError
from checker.types import Draft, Report, Study
from checker.web import api
from checker.web.page import build_page
from checker.web.server import start
from tests.web_sample import EXAMPLE, sample_report

PAIR = {"draft": {"headline": EXAMPLE.draft.headline, "text": EXAMPLE.draft.text}, "study": EXAMPLE.study.text}


class FakeChecker:
    def check(self, draft: Draft, study: Study) -> Report:
        if "Bonjour" in draft.text:
            raise InputError("This draft is not in English. Paste an English text.", code="not_english")
        return sample_report(draft, study)

    def check_many(self, pairs: Sequence[tuple[Draft, Study]]) -> list[Report]:
        return [self.check(*pair) for pair in pairs]


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    page = build_page(FakeChecker)
    yield Client(start(page), verbose=False)
    page.close()


def test_check_answers_with_the_command_lines_json(client: Client) -> None:
    report = client.predict(EXAMPLE.draft.text, EXAMPLE.study.text, EXAMPLE.draft.headline, api_name="/check")
    assert report == sample_report().to_dict()


@pytest.mark.parametrize(("draft", "words"), [("", "draft"), ("Bonjour tout le monde.", "not in English")])
def test_what_cannot_be_checked_says_why(client: Client, draft: str, words: str) -> None:
    with pytest.raises(AppError, match=words):
        client.predict(draft, EXAMPLE.study.text, api_name="/check")


def test_batch_answers_item_by_item(client: Client) -> None:
    lines = client.predict([{"id": "a", "desk": "health", **PAIR}, {"id": "b", "draft": 3}, PAIR], api_name="/batch")
    assert [(line["id"], line.get("desk"), "report" in line, line.get("error", {}).get("code")) for line in lines] == [
        ("a", "health", True, None),
        ("b", None, False, "bad_line"),
        ("3", None, True, None),
    ]
    with pytest.raises(AppError, match="checker batch"):
        client.predict([PAIR] * (api.MOST_ITEMS + 1), api_name="/batch")


def test_only_the_two_endpoints_are_offered_and_described(client: Client) -> None:
    offered = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert set(offered) == {"/check", "/batch"}
    assert [p["parameter_name"] for p in offered["/check"]["parameters"]] == ["draft", "study", "headline"]
