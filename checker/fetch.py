"""A study's abstract by PMID, PMCID, DOI or a link that holds one, from Europe PMC.

The reference is all that leaves the computer; nothing of a draft is sent. The service:
https://europepmc.org/RestfulWebService (`resultType=core`, the only one with abstracts).
"""

from __future__ import annotations

import re
import time
from functools import lru_cache
from html import unescape
from typing import Any

import httpx2 as httpx

from checker.errors import InputError
from checker.types import Study

SERVICE = "https://www.ebi.ac.uk/europepmc/webservices/rest/search"
TIMEOUT = httpx.Timeout(10.0, connect=4.0)
LONGEST_WAIT = 5.0
"""Seconds that one "try again later" of the service is waited for."""
_REFERENCES = (
    ("DOI", re.compile(r"\b(10\.\d{4,9}/[^\s\"<>?#]+)", re.IGNORECASE)),
    ("PMCID", re.compile(r"\b(PMC\d{1,9})\b", re.IGNORECASE)),
    ("EXT_ID", re.compile(r"(?:^|\bPMID:?\s*|pubmed(?:\.ncbi\.nlm\.nih\.gov)?/|/article/MED/)(\d{1,8})(?=$|[/?#\s.,;])", re.IGNORECASE)),
)
_HEADING = re.compile(r"<h4>\s*(.*?)\s*:?\s*</h4>\s*", re.IGNORECASE | re.DOTALL)


def query_of(reference: str) -> str:
    """The query that finds one study.

    >>> query_of("https://pubmed.ncbi.nlm.nih.gov/12345678/"), query_of("doi:10.1000/ab.c-1")
    ('EXT_ID:"12345678" AND SRC:"MED"', 'DOI:"10.1000/ab.c-1"')

    Raises:
        InputError: when there is no PMID, PMCID or DOI in it.
    """
    for field, pattern in _REFERENCES:
        if match := pattern.search(reference.strip()):
            value = match[1].rstrip(".,;)")
            return f'{field}:"{value}"' + (' AND SRC:"MED"' if field == "EXT_ID" else "")
    raise InputError(
        "Give a PMID (such as 31452104), a DOI (such as 10.1000/xyz) or a PubMed or Europe PMC link, or paste the abstract.", code="bad_reference"
    )


def fetch_study(reference: str, transport: httpx.BaseTransport | None = None) -> Study:
    """The study of a reference; asked once for each reference while the program runs.

    Raises:
        InputError: code `bad_reference`, `not_found`, `no_abstract`, or `offline` when the service cannot be reached.
    """
    return _fetched(query_of(reference), transport)


@lru_cache(maxsize=256)
def _fetched(query: str, transport: httpx.BaseTransport | None) -> Study:
    answer = _ask({"query": query, "resultType": "core", "format": "json", "pageSize": "1"}, transport)
    found = answer.get("resultList", {}).get("result", [])
    if not found:
        raise InputError("Europe PMC knows no such study. Check the number, or paste the abstract.", code="not_found")
    return study_of_record(found[0])


def study_of_record(record: dict[str, Any]) -> Study:
    """A study from one record of the service, its abstract's headings as "Results: " at the start of a paragraph."""
    raw = _HEADING.sub(lambda match: f"\n\n{match[1]}: ", str(record.get("abstractText") or ""))
    text = unescape(re.sub(r"</?[a-z][^>]*>", "", raw)).strip()
    if not text:
        raise InputError("Europe PMC has no abstract of this study. Paste the abstract.", code="no_abstract")
    kinds = record.get("pubTypeList", {}).get("pubType", [])
    year = str(record.get("pubYear") or "")
    return Study(
        text="\n\n".join(" ".join(block.split()) for block in text.split("\n\n") if block.strip()),
        title=unescape(re.sub(r"</?[a-z][^>]*>", "", str(record.get("title") or ""))).strip(),
        publication_type="; ".join([kinds] if isinstance(kinds, str) else kinds),
        year=int(year) if year.isdigit() else None,
        journal=str(record.get("journalInfo", {}).get("journal", {}).get("title") or record.get("bookOrReportDetails", {}).get("publisher") or ""),
    )


def _ask(parameters: dict[str, str], transport: httpx.BaseTransport | None) -> dict[str, Any]:
    """One answer of the service; a busy one is asked once more, after as long as it says."""
    try:
        with httpx.Client(transport=transport, timeout=TIMEOUT, follow_redirects=False) as client:
            response = client.get(SERVICE, params=parameters)
            if response.status_code in {429, 500, 502, 503, 504}:
                told = response.headers.get("retry-after", "1")
                time.sleep(min(float(told) if told.isdigit() else 1.0, LONGEST_WAIT))
                response = client.get(SERVICE, params=parameters)
            response.raise_for_status()
            answer = response.json()
    except httpx.HTTPStatusError as error:
        message = f"Europe PMC does not answer now ({error.response.status_code}). Try again in a minute, or paste the abstract."
        raise InputError(message, code="offline") from error
    except (httpx.HTTPError, ValueError) as error:
        raise InputError("Europe PMC cannot be reached from this computer. Paste the abstract instead.", code="offline") from error
    return answer if isinstance(answer, dict) else {}
