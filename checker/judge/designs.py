"""What a sentence says of how the study was done, and whether the abstract says so too.

Newspapers tell a design in their own words ("drawn by lot", "nobody knew who had the dummy"), which a small encoder
seldom connects with "randomised" or "open label". Each row of `TELLINGS` has the words of a telling and the words of an
abstract that bear it out, or take it back. The rows come from CONSORT for abstracts (Hopewell et al. 2008: design,
participants, interventions, randomisation, blinding) and STROBE; they are signals for the combiner and flag nothing themselves.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from checker.types import StudyFacts


@dataclass(frozen=True, slots=True)
class Telling:
    """One feature of a design: how drafts tell it, what in an abstract bears it out, and what denies it whatever else is there."""

    name: str
    told: str
    borne_out: str
    denied: str = r"(?!)"


_RANDOM = r"\brandom(?![- ]effects)\w*"
"""Random effects are a sum over studies, not a lot drawn."""
_UNITS = r"(?:clinics|hospitals|practices|schools|wards|villages|districts|clusters|nurseries|homes|centres|centers|municipalities|units|teams|pharmacies|stations)"

TELLINGS: tuple[Telling, ...] = (
    Telling(
        "random",
        r"\brandom\w*|\bby (?:lot|lottery|chance to|the draw)\b|\b(?:drew|cast) lots\b|\ba (?:lottery|draw|computer draw)\b|\b(?:toss|flip) of a\b|\bcomputer (?:draw|assigned|decided|picked|chose)|\bhanded out by lot\b|\bsplit by chance\b|\bout of a hat\b",
        rf"{_RANDOM}|\ballocated\b|\bassigned\b",
        r"\b(?:not|non|un)[- ]?randomi[sz]|\bno random|\bwithout random",
    ),
    Telling(
        "individually_random",
        r"\b(?:each|every|individual\w*)\b[^.;]{0,60}\b(?:random\w*|assigned|by lot|allotted|decided)\b|\b(?:patient|person|child|pupil|woman|man) by (?:patient|person|child|pupil|woman|man)\b",
        r"\bindividually\b|\b(?:patients|participants|people|adults|women|men|children) were (?:randomi|random|allocat|assign)",
        rf"\bcluster\b|\b{_UNITS} (?:were|was) (?:randomi|random|allocat|assign)",
    ),
    Telling(
        "blinded",
        r"\b(?:double|single|triple)[- ]blind|\bblind(?:ed)?\b|\bmasked\b|\b(?:kept|left|were) (?:\w+ )?(?:in the dark|unaware|guessing)\b|\bin the dark\b|\bsecretly\b|\bunaware (?:of|which|who|what|whether)\b|\blook(?:ed|s)? (?:identical|just the same|the same)\b"
        r"|\b(?:neither|nobody|no one|none|not even|nor|never)\b[^.;]{0,50}\b(?:knew|known|aware|told|tell)\b|\bcould (?:not|n['’]t) tell\b|\bcodes? sealed\b|\bonly the pharmacist\b|\bkept from (?:them|everyone)\b",
        r"\bblind|\bmasked|\bmasking|\bunaware|\bconcealed\b",
        r"\bopen[- ]label|\bunblinded|\bunmasked|\bnot (?:be )?(?:blinded|masked)|\bno(?:t any)? (?:\w+ )?(?:was|were)? ?(?:blinded|blinding|masking)|\bnone (?:of \w+ )*(?:was|were) (?:blinded|masked)|\bwithout (?:blinding|masking)|\bnot possible to (?:blind|mask)|\baware of\b|\bknew\b",
    ),
    Telling(
        "open",
        r"\b(?:everybody|everyone|all|both|they|who|patients|surgeons|doctors|staff|nurses|people|boffins|readers|raters|assessors)\b[^.;]{0,30}(?<!nobody )\bknew (?:which|who|whose|what|whether|full well)|\bopen secret\b|\bopen[- ]label\b|\bno secret\b|\b(?:everybody|everyone) knew\b",
        r"\bopen\b|\bunblinded|\bunmasked|\bnot (?:be )?(?:blinded|masked)|\baware\b|\bknew\b|\bknown\b",
        r"\b(?:double|triple)[- ](?:blind|masked)",
    ),
    Telling(
        "dummy",
        r"\bdumm(?:y|ies)\b|\bplacebos?\b|\bsham\b|\bsugar pills?\b|\bfake\b|\b(?:plain )?salt ?water\b|\bsaline\b|\blook-?alikes?\b|\bbland (?:ointment|cream|gel)\b|\bmake-believe\b|\bpretend\b",
        r"\bplacebos?\b|\bsham\b|\bdummy\b|\binactive\b|\bsaline\b|\bvehicle\b|\bsimulated\b|\bmatch(?:ed|ing)\b|\bidentical\b|\bbland\b|\bemollient\b|\bcontrol (?:solution|cream|gel|product|drink|device|lamp|stimulation)",
        r"\bno (?:placebo|sham|dummy)|\bwithout (?:a )?(?:placebo|sham|dummy)",
    ),
    Telling(
        "comparison",
        r"\bcomparison (?:group|arm|homes?|wards?|schools?)\b|\bcontrol (?:group|arm|homes?|wards?|schools?)\b|\byardstick\b|\bother half\b|\bhalf of (?:the|them|whom)\b|\bhalf (?:were|was|got|had|took)\b|\bto be measured against\b|\bfair(?:ly)?\b",
        rf"\bcontrols?\b|\bcompar(?:ed|ison|ator)|\bversus\b|\bplacebo\b|\bsham\b|\busual care\b|\bwait(?:ing)?[- ]list|{_RANDOM}",
        r"\bsingle[- ]arm\b|\bone[- ]arm\b|\buncontrolled\b|\bno (?:control|comparison|comparator)|\bwithout (?:a )?(?:control|comparison|comparator)",
    ),
    Telling(
        "followed",
        r"\b(?:followed|tracked|monitored|watched)\b[^.;]{0,60}\b(?:years?|months?|weeks?|decade|forward|until|to see)\b|\bkept (?:tabs|watch|an eye)\b|\b(?:called|checked|surveyed|weighed|asked)\b[^.;]{0,40}\b(?:every year|each year|once a year|again|back|annually)\b|\bsigned (?:\w+ ){0,3}up\b|\bforward to see\b|\bfor a decade\b",
        rf"\bfollow(?:ed)?[- ]?(?:up|ed)?\b|\bcohort\b|\bprospective|\blongitudinal|\bannual\w*|\bmonthly\b|\bbaseline\b|{_RANDOM}",
        r"\bcross-sectional\b|\bcase[-– ]control\b|\bsimulation\b|\bmicrosimulation\b|\bmodelling study\b|\bmendelian\b|\bno (?:participants|patients|one) (?:was|were) recruited|\bsummary (?:statistics|data)\b",
    ),
    Telling(
        "own_choice",
        r"\b(?:chose|picked|decided|choosing|opted)\b[^.;]{0,25}\b(?:themselves|herself|himself|which|whether)\b|\b(?:their|its|each one['’]s) own (?:choice|choosing)\b",
        r"\bcho(?:se|ice|sen|osing)\b|\bpreferen|\bself-select|\bopted\b|\bdecision\b|\bown \w+",
        rf"{_RANDOM}|\ballocated\b",
    ),
    Telling(
        "measured",
        r"\b(?:meters?|monitors?|sensors?|gauges?|trackers?|swabs?|biops\w+|x-rays?|scans?|skin samples?|blood samples?|blood tests?)\b|\brather than recalled\b|\bnothing hung on memory\b|\bisn['’]t guesswork\b",
        r"\bmeters?\b|\bmonitor\w*|\bsensors?\b|\bgauge|\btracker|\bswab|\bbiops|\bx-?ray|\bradiograph|\bscan|\bimaging\b|\bMRI\b|\bCT\b|\bblood\b|\bserum\b|\bplasma\b|\bactigraph|\bacceleromet|\bmeasured\b|\bechocardio|\bultraso",
        r"\bwas not measured\b|\bwere not measured\b|\bno (?:individual|biopsy|direct)",
    ),
    Telling(
        "asked",
        r"\bquestionnaires?\b|\bquestioned\b|\binterview\w*|\bsurveyed\b|\bpolled\b|\bfilled in\b|\b(?:kept|filled) (?:in )?(?:a )?(?:log|diary)\b|\bwhat (?:they|people|patients|women|men|parents) (?:told|said|remembered|recalled|wrote)\b|\b(?:was|were) asked (?:how|what|about|whether)\b|\b(?:own|from) memory\b",
        r"\bself-?report|\bquestionnaire|\binterview|\bsurvey|\brecall|\bdiar(?:y|ies)\b|\breported\b|\basked\b|\brespon(?:ded|dents?)\b|\binventory\b|\bscales?\b|\brated\b|\bscore[ds]?\b",
        r"\bnot (?:self-)?reported\b|\brather than (?:self-)?report",
    ),
    Telling(
        "trials_pooled",
        r"\b(?:pooled|put together|combined|gathered|review(?:ed)? of|looked across)\b[^.;]{0,60}\btrials\b|\b(?:\w+teen|\w+ty|\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: \w+)? trials\b",
        r"\btrials\b",
        r"\bno(?:ne)? (?:of \w+ )?(?:was|were)? ?(?:a )?randomi[sz]ed (?:controlled )?trial",
    ),
    Telling(
        "people_took_part",
        r"\b(?:volunteers?|recruits?|recruited|enrol\w+|signed up|took part|participants)\b",
        r"\bvolunteers?\b|\brecruit\w*|\benrol\w*|\bparticipants?\b|\bpatients?\b|\badults?\b|\bwomen\b|\bmen\b|\bchildren\b|\bpeople\b",
        r"\bmice\b|\brats\b|\bmacaques?\b|\bpigs\b|\bsheep\b|\bdogs\b|\bmicrosimulation\b|\bno participants were recruited\b|\bcell lines?\b",
    ),
    Telling(
        "crossover",
        r"\b(?:swapped|switched|changed) (?:over|sides|round|places)\b|\b(?:each|everyone|everybody|all)\b[^.;]{0,40}\bboth\b|\bin turn\b|\btook turns\b|\bin (?:whichever|random) order\b|\bthe other way round\b",
        r"\bcross-?over\b|\bin (?:random|both) order\b|\bboth\b|\bsequence\b",
        r"\bparallel[- ]group\b|\bfixed order\b",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Compiled:
    told: re.Pattern[str]
    borne_out: re.Pattern[str]
    denied: re.Pattern[str]


_COMPILED = {row.name: _Compiled(*(re.compile(raw, re.IGNORECASE) for raw in (row.told, row.borne_out, row.denied))) for row in TELLINGS}


def tellings(sentence: str, facts: StudyFacts) -> dict[str, float]:
    """Of each row of `TELLINGS`: 1 where the sentence tells it and the abstract does not bear it out, -1 where it does, 0 where it is not told."""
    borne_out = _borne_out(" ".join(span.text for span in facts.sentences))
    return {name: 0.0 if not row.told.search(sentence) else -1.0 if name in borne_out else 1.0 for name, row in _COMPILED.items()}


@lru_cache(maxsize=64)
def _borne_out(abstract: str) -> frozenset[str]:
    return frozenset(name for name, row in _COMPILED.items() if row.borne_out.search(abstract) and not row.denied.search(abstract))
