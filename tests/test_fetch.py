"""Studies by reference, against a stand-in for the service: nothing here touches a network."""

from __future__ import annotations

import httpx2 as httpx
import pytest

from checker import fetch
from checker.errors import InputError
from checker.fetch import fetch_study, query_of

RECORD = {
    "title": "Cooling for insomnia: a <i>randomised</i> trial.",
    "abstractText": "<h4>Background</h4>Sleep is good.<h4>Results: </h4>Time fell by 4 min (P &lt; .05).\n<h4>Conclusions</h4> Larger trials are needed.",
    "pubTypeList": {"pubType": ["Randomized Controlled Trial", "Journal Article"]},
    "pubYear": "2024",
    "journalInfo": {"journal": {"title": "Sleep Letters"}},
}


def answering(*answers: httpx.Response) -> tuple[httpx.MockTransport, list[httpx.Request]]:
    asked: list[httpx.Request] = []
    left = list(answers)

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return left.pop(0)

    return httpx.MockTransport(answer), asked


def found(*records: dict) -> httpx.Response:
    return httpx.Response(200, json={"resultList": {"result": list(records)}})


def test_a_study_comes_with_its_headings_and_its_record_and_is_asked_for_once() -> None:
    transport, asked = answering(found(RECORD))
    study = fetch_study("PMID: 31452104", transport)
    assert study.text == "Background: Sleep is good.\n\nResults: Time fell by 4 min (P < .05).\n\nConclusions: Larger trials are needed."
    assert (study.title, study.year, study.journal) == ("Cooling for insomnia: a randomised trial.", 2024, "Sleep Letters")
    assert "Randomized Controlled Trial" in study.publication_type
    assert fetch_study("https://pubmed.ncbi.nlm.nih.gov/31452104/?term=x", transport) == study
    assert len(asked) == 1
    assert asked[0].url.params["query"] == 'EXT_ID:"31452104" AND SRC:"MED"'


@pytest.mark.parametrize(
    ("given", "query"),
    [
        ("31452104", 'EXT_ID:"31452104" AND SRC:"MED"'),
        ("https://europepmc.org/article/MED/31452104", 'EXT_ID:"31452104" AND SRC:"MED"'),
        ("https://europepmc.org/article/PMC/PMC6712345", 'PMCID:"PMC6712345"'),
        ("https://doi.org/10.1136/bmj.l4892.", 'DOI:"10.1136/bmj.l4892"'),
    ],
)
def test_references_in_the_forms_that_people_paste(given: str, query: str) -> None:
    assert query_of(given) == query


@pytest.mark.parametrize("given", ["", "the sleep study", "https://example.org/2024/05/story"])
def test_what_is_no_reference_is_not_sent_anywhere(given: str) -> None:
    transport, asked = answering()
    with pytest.raises(InputError, match="Give a PMID"):
        fetch_study(given, transport)
    assert not asked


def refused(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no route", request=request)


@pytest.mark.parametrize(
    ("transport", "code"),
    [
        (httpx.MockTransport(refused), "offline"),
        (answering(httpx.Response(503), httpx.Response(503))[0], "offline"),
        (answering(httpx.Response(200, text="<html>captive portal"))[0], "offline"),
        (answering(found())[0], "not_found"),
        (answering(found({"title": "A letter"}))[0], "no_abstract"),
    ],
)
def test_a_study_that_cannot_be_had_says_what_to_do(transport: httpx.BaseTransport, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch.time, "sleep", lambda _: None)
    with pytest.raises(InputError, match=r"[Pp]aste the abstract") as refusal:
        fetch_study("10.1000/test", transport)
    assert refusal.value.code == code


def test_a_busy_service_is_asked_again_after_as_long_as_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(fetch.time, "sleep", waited.append)
    transport, asked = answering(httpx.Response(429, headers={"retry-after": "3"}), found(RECORD))
    assert fetch_study("PMC99", transport).year == 2024
    assert (len(asked), waited) == (2, [3.0])
