"""What the abstract says of its results, limits and interests: facts as data, one search each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from checker.study.null import has_effect, main_null
from checker.study.quantities import NUMBER, parse_number
from checker.types import Fact, Span, Study

SHORT_WEEKS = 16.0
"""Follow-up under about four months is short for a chronic condition (guideline: days to weeks)."""

_UNCONTROLLED = r"\b(?:single[- ]arm|one[- ]arm|uncontrolled|no control group|without (?:a )?(?:control|comparison)(?: group)?|absence of (?:a )?(?:control|comparison)(?: group)?|no (?:comparison|comparator) (?:group|hospital|clinics?|arm|site\w*|schools?|practices|wards?|districts?|participants)|lack(?:ed|s|ing)? (?:of )?(?:a )?(?:control|comparison) group|(?:case series)|(?:before[-– ](?:and[- ])?after|pre[-– ]?post(?:test)?)(?: \w+)? (?:study|design|evaluation|comparison|audit))\b"
_COMPANY = r"Inc|Ltd|LLC|GmbH|AG|AS|AB|BV|plc|Co|Corp\w*|Pharma\w*|Biotech\w*|Biologics|Therapeutics|Labs?|Laborator\w+|Technolog\w+|Devices|Diagnostics|Medical|Health Systems|Nutrition|Foods?|Dairy|Growers|manufactur\w+|makers?|producers?|industry|company|companies|maker|Board|Council of \w+ Producers|Association of \w+ Manufacturers|Bioscience\w*|Sciences|Dermal|Beverage\w*|Drinks|Water Council|Vapour|Brewers|Systems|Robotics|Software|Analytics|Genetics|Genomics|Vaccines"
_INDUSTRY = (
    rf"[^.;]*\b(?:sponsor(?:ed)?|funded|funding|supported|paid for|grant)\b[^.;]*\b(?:{_COMPANY})\b\.?[^.;]*"
    rf"|[^.;]*\b(?:{_COMPANY})\.? (?:\w+ )?(?:funded|sponsored|paid for|supplied|donated|lent)\b[^.;]*"
    r"|[^.;]*\b(?:employees? of|employed by|employs (?:\w+ )?of the authors|(?:authors?|of us) advises?|(?:has|have) consulted for|by (?:the )?developers of|by (?:the|their|its) (?:manufacturer|maker|developer)|on loan from|the manufacturer,|(?:is|are|was|were) (?:an? )?(?:paid )?(?:employees?|consultants?|advis[eo]rs?|shareholders?|inventors?|co-?founders?|founders?)|shares? in|stock|equity|patents?|royalt\w+|(?:speaker|consult\w+|lecture|personal|advisory|speaking)(?:ing)? fees|received (?:\w+ )?(?:fees|honoraria|grants?|payments?)|honorari\w+|competing interests?: (?!none)|conflicts? of interest: (?!none)|manufacturer of|which (?:makes|sells|markets|developed|manufactures|owns))\b[^.;]*"
)
_NO_INTEREST = re.compile(
    r"\b(?:no|none|without) (?:competing|conflicts?|declared|relevant)|\bdeclare no\b|no role in|interests: none|: none\b", re.IGNORECASE
)
_SECONDARY = r"[^.]*\b(?:(?:in|among|within|restricted to|confined to|for) (?:\w+ ){0,4}subgroup|subgroup analys[ei]s|post[- ]hoc|in (?:a|an) (?:\w+ )?exploratory|secondary (?:outcome|end ?point|analys[ei]s|measure)|prespecified subgroup|subgroup)\w*\b[^.]*"
_RESULT = re.compile(r"\d|\b(?:only|fewer|reduc\w+|improv\w+|benefit|differ\w*|lower|higher|significan\w*|greater|seen|better)\b", re.IGNORECASE)
_UNREVIEWED = r"[^.]*\b(?:pre-?print|medrxiv|biorxiv|not (?:yet )?(?:been )?(?:peer[- ]reviewed|published)|(?:conference|congress|meeting) abstract|abstract (?:\w+ )?(?:presented|\d+)|presented (?:\w+ )?(?:at|to) the|full results have not)\b[^.]*"
_NARROW = r"\b(?:men|women|males?|females?|boys|girls) (?:only|aged|with|who|attending)|\b(?:\d+|\w+teen|\w+ty) (?:[\w-]+ ){0,3}(?:men|women|boys|girls|nuns|soldiers|veterans|nurses|teachers|firefighters|pilots|athletes|students)\b|\b(?:male|female) (?:\w+ ){0,3}(?:workers|volunteers|drivers|students|participants|patients|athletes|nurses|adults|recruits|social drinkers|soldiers|smokers)\b|\b(?:male|female) (?:miners|firefighters|officers|cyclists|swimmers|teachers|employees|prisoners|inmates|veterans|farmers)\b|\bhealthy (?:young )?(?:men|women|male|female|volunteers)\b"
_ONE_PLACE = r"\b(?:a |an |one |the )?(?:single|one) (?:[\w-]+ ){0,4}(?:hospital|cent(?:er|re)|clinic|practice|institution|school|fire department|university|city|town|county|site|unit|department|factory|company|employer|district|region|village|laboratory|pharmacy|nursing home|care home|dermatology clinic|programme)\b|\bsingle[- ]cent(?:er|re)\b"
_AGES = rf"\b(?:aged|ages?) (?:between )?(?P<low>{NUMBER})(?: years)?\s?(?:-|–|to|and)\s?(?P<high>{NUMBER})(?: years?| months?)?\b|\baged (?P<over>\d+)(?: years?)? (?:or|and) (?:older|over|above|more)|\b(?:children|adolescents|infants|neonates|teenagers|toddlers|preschool\w*|newborns|older adults|pregnant women|postmenopausal women|pupils)\b"
_DURATION = re.compile(
    rf"\b(?:for|over|after|at|during|follow(?:ed)?[- ]up(?: was| of)?(?: \w+)?|within|lasting|median)\s+(?:up to |a |the |another |about |only )?(?P<n>{NUMBER})[\s-]+(?P<unit>hour|day|week|month|year)s?\b|\b(?P<n2>{NUMBER})-(?P<unit2>hour|day|week|month|year) (?:\w+ ){{0,3}}(?:trial|study|programme|program|intervention|course|follow-up|period|treatment)",
    re.IGNORECASE,
)
_WEEKS = {"hour": 1 / 168, "day": 1 / 7, "week": 1.0, "month": 4.35, "year": 52.2}
_ACUTE = re.compile(
    r"\b(?:acute|cold|influenza|infection|emergency|surgery|surgical|postoperative|anaesth\w+|vaccin\w+|malaria|diarrhoea|labou?r|birth|preterm|neonatal|sepsis|pneumonia|covid|otitis|fracture|first[- ]in[- ]human|pharmacokinetic\w*|single dose|stroke|delirium|overdose|wound|concussion|jet lag|hospital stay|radiotherapy|chemotherapy)\b",
    re.IGNORECASE,
)


def read_findings(study: Study, design: str, population: str, sentences: Sequence[Span]) -> Iterator[Fact]:
    """Facts that the caveats, the signals and the study panel rest on; spans index `study.text`, `sentences` are its sentences."""
    text = study.text
    conclusion = list(_one("conclusion", _conclusion(text), text))
    yield from conclusion
    uncontrolled = _uncontrolled(study, sentences) if design in _WITHOUT_ARMS else None
    yield from _one("uncontrolled", uncontrolled, text)
    one_arm = bool(uncontrolled) and not _SAFETY_FIRST.search(f"{study.title} {text}")
    null = main_null(sentences, conclusion[0].span if conclusion else None, one_arm=one_arm) if population == "humans" else None
    yield from _one("not_significant", null, text)
    yield from _short(text, design, population)
    yield from _narrow(text, design)
    unreviewed = _first(_UNREVIEWED, text)
    if not unreviewed and re.search(
        r"preprint|conference|congress|meeting", f"{study.publication_type} {study.journal} {study.title}", re.IGNORECASE
    ):
        unreviewed = (0, min(len(text), text.find(".") + 1 or len(text)))
    yield from _one("not_peer_reviewed", unreviewed, text)
    yield from _one("conflict", _interest(text), text)
    if design in {"randomised_trial", "meta_analysis", "unknown", "non_randomised_trial"} and null:
        named = list(re.finditer(_SECONDARY, text, re.IGNORECASE))
        found = next((m for m in named if _RESULT.search(m[0])), None)
        if named and found is None and any(has_effect(span.text) for span in sentences):
            found = named[0]  # the plan names the outcomes, and one of them came out
        yield from _one("secondary", found.span() if found else None, text)
    for name, pattern in SIMPLE.items():
        yield from _one(name, _first(pattern, text), text)


SIMPLE = {
    "comparison_before_after": r"\bbefore[-– ](?:and[- ])?after\b|\bpre[-– ]?post\b",
    "blinded": r"\b(?:double|single|triple|assessor|observer)[- ](?:blind\w*|masked)\b|\bopen[- ]label\b|\bunblinded\b",
    "comparator": r"\b(?:placebo|sham|usual care|waiting list|wait-list|standard care|active control|dummy|vehicle)\b",
    "phase": r"\bphase (?:[1-4](?:/[1-4])?[ab]?|I{1,3}V?[ab]?)\b|\bfirst[- ]in[- ]human\b|\bproof[- ]of[- ]concept\b|\bpilot\b|\bfeasibility\b",
    "randomised": r"\brandom(?:ly|i[sz]ed|i[sz]ation)\b",
    "causal_result": r"\b(?:reduced|increased|improved|lowered|prevented|led to|resulted in|raised|shortened|prolonged)\b",
    "association": r"\b(?:associat\w+|correlat\w+|linked)\b",
    "hedged": r"\b(?:may|might|could|suggests?|appears?|preliminary|exploratory)\b",
}


_WITHOUT_ARMS = frozenset({"non_randomised_trial", "case_series", "cohort", "other", "unknown", "cross_sectional"})
_ONE_ARM_WORDS = re.compile(r"\b(?:dose[- ]escalation|first[- ]in[- ]human|open[- ]label)\b", re.IGNORECASE)
_SAFETY_FIRST = re.compile(r"\b(?:dose[- ]escalation|first[- ]in[- ]human|ascending[- ]dose)\b", re.IGNORECASE)
"""Studies whose main question is a dose: a change in their one arm is not their result."""
_COMPARATOR = re.compile(
    r"\b(?:placebo|sham|usual care|controls?\b(?! (?:trial|stud(?:y|ies)) (?:is|are))|compar(?:ison|ator) group|randomi[sz]ed|randomly|waiting list|vehicle|versus)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:before and (?:\w+ ){0,3}after|from baseline|(?:measured|scored|rated|assessed) (?:at baseline|before) and)\b", re.IGNORECASE
)
_COMPARED = re.compile(
    r"\b(?:compared with|compared to|than (?:in|those|among|the)|between[- ]groups?|groups|associated|unexposed|non-?users|others|quartiles?|tertiles?|quintiles?|national trend|expected)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(r"\b(?:needed|planned|required|warranted|under way|recruiting|should|will)\b", re.IGNORECASE)


def _uncontrolled(study: Study, sentences: Sequence[Span]) -> tuple[int, int] | None:
    """By its own words, by those of its title, or as an open-label or first-in-human study that names no comparator but one to come."""
    if re.search(r"\bcontrolled[- ](?:before|pre|interrupted)", f"{study.title} {study.text}", re.IGNORECASE):
        return None
    if where := _first(_UNCONTROLLED, study.text):
        return where
    named = re.search(_UNCONTROLLED, study.title, re.IGNORECASE)
    done = " ".join(span.text for span in sentences if not _TO_COME.search(span.text))
    alone = _ONE_ARM_WORDS.search(f"{study.title} {study.text}") or (_CHANGE.search(done) and not _COMPARED.search(done))
    if not named and not (alone and not _COMPARATOR.search(f"{study.title} {done}")):
        return None
    told = (
        [span for span in sentences if _ONE_ARM_WORDS.search(span.text)]
        or [span for span in sentences if re.search(r"\d", span.text)]
        or list(sentences)
    )
    return (told[0].start, told[0].end) if told else None


def _first(pattern: str, text: str) -> tuple[int, int] | None:
    match = re.search(pattern, text, re.IGNORECASE)
    return (match.start(), match.end()) if match else None


def _one(name: str, where: tuple[int, int] | None, text: str, value: str | None = None) -> Iterator[Fact]:
    if where is None:
        return
    start, end = where
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" \n\t.;:,"))
    quote = text[start:end].rstrip()
    yield Fact(name, value if value is not None else quote, Span(quote, start, start + len(quote)))


_FUNDER = re.compile(
    r"\b(?:fund(?:ing|ed|er)(?: and (?:study )?\w+)?(?: source| statement)?(?: (?:was|were) provided)?(?: by|:)?|supported by|sponsor(?:ed by|:)|support(?:ed)?:)\s+(?:an? (?:unrestricted )?grant from |study capsules were provided by |by )?(?P<who>[^.;()]{3,90})",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"\b(?:universit\w+|council|foundation|institute\w*|ministry|national|charit\w+|trust|society|association|government|agency|NIH|NHS|fund\b|commission|department|academy|none|no (?:external|specific)|hospital|cancer|region\w*|programme|union|public|state|federal|royal|research (?:council|board)|wellcome|philanthrop\w+|centers? for|federation|league|lottery|welfare|office|endowment|family|directorate|(?:health|research|medical) board|board for|fondazione|fondation|stiftung|fundaci[oó]n)\b",
    re.IGNORECASE,
)


_SUPPLIER = re.compile(
    r"[^.;]*\b(?:supplied|donated|provided|made|manufactured)(?: free(?: of charge)?)? by (?:the )?(?P<who>[A-Z][^.;]{2,80})"
    r"|(?P<who2>[A-Z][\w&-]+(?: [A-Z][\w&-]*){0,3}) (?:supplied|donated|provided) (?:the |all )?[^.;]{0,40}\b(?:and|free)\b[^.;]*"
)
_TRADE = re.compile(
    r"\b(?:Water|Dairy|Egg|Beef|Meat|Pork|Sugar|Almond|Walnut|Beverage|Drinks|Wine|Beer|Brewers|Tobacco|Vap\w+|Fruit|Berry|Potato|Soy\w*|Honey|Tea|Coffee|Cocoa|Chocolate|Salt|Seafood|Packaging|Nut)\b(?: \w+)? (?:Council|Board|Association|Institute|Federation|Foundation|Growers)\b"
    r"|\b(?:producers?|growers?|manufacturers?|makers?|farmers?|brewers?)['’]?s? (?:association|federation|board|council|union)\b",
    re.IGNORECASE,
)
_COMMERCE = re.compile(
    r"employ|fees|shares|patent|consult|advis|equity|founder|inventor|manufactur|maker|producer of|developers? of|which (?:makes|sells)",
    re.IGNORECASE,
)


def _interest(text: str) -> tuple[int, int] | None:
    """A named funder that is no public body, a maker that supplied the product, or a declared interest."""
    for match in re.finditer(_INDUSTRY, text, re.IGNORECASE):
        if not _NO_INTEREST.search(match[0]) and not re.search(r"employed by (?:the )?(?:state|hospital|NHS|university)", match[0], re.IGNORECASE):
            if _PUBLIC.search(match[0]) and not _COMMERCE.search(match[0]) and not _TRADE.search(match[0]) and not _beside_public(match[0]):
                continue
            return match.start(), match.end()
    for match in _FUNDER.finditer(text):
        if re.match(r"(?:an? |the )?[A-Z]|an? \w+", match["who"]) and not _PUBLIC.search(match["who"]) and match.start() > len(text) * 0.5:
            return match.start(), match.end()
    for match in _SUPPLIER.finditer(text):
        who = match["who"] or match["who2"]
        if not _PUBLIC.search(who) and match.start() > len(text) * 0.5:
            return match.start(), match.end()
    return None


def _beside_public(funders: str) -> bool:
    """Whether a company pays beside a public body."""
    return any(re.search(rf"\b(?:{_COMPANY})\b", part) and not _PUBLIC.search(part) for part in re.split(r"\band\b|,", funders))


def _conclusion(text: str) -> tuple[int, int] | None:
    marks = list(re.finditer(r"\b(?:conclusions?(?: and relevance)?|interpretation|discussion|in conclusion)\b\s*[:.]?\s*", text, re.IGNORECASE))
    if marks and marks[-1].start() > len(text) * 0.4:
        stop = re.search(
            r"\b(?:funding|trial registration|registration|disclosures?|competing interests?)\b\s*[:.]", text[marks[-1].end() :], re.IGNORECASE
        )
        return marks[-1].end(), marks[-1].end() + stop.start() if stop else len(text)
    return None


def _short(text: str, design: str, population: str) -> Iterator[Fact]:
    if population != "humans" or design not in {"randomised_trial", "non_randomised_trial", "case_series", "unknown"} or _ACUTE.search(text):
        return
    longest: tuple[float, re.Match[str]] | None = None
    for match in _DURATION.finditer(text):
        number = parse_number(match["n"] or match["n2"])
        unit = (match["unit"] or match["unit2"]).casefold()
        before = text[max(0, match.start() - 25) : match.start()].casefold()
        if number is None or re.search(r"aged|age|previous|past|history|recruit", before):
            continue
        weeks = number * _WEEKS[unit]
        if longest is None or weeks > longest[0]:
            longest = weeks, match
    if longest and longest[0] <= SHORT_WEEKS:
        match = longest[1]
        name, unit = match["n"] or match["n2"], (match["unit"] or match["unit2"]).casefold()
        plural = "" if parse_number(name) == 1 else "s"
        yield from _one("short_follow_up", (match.start(), match.end()), text, f"{name} {unit}{plural}")


_ONE_SEX_DISEASE = re.compile(
    r"breast|ovar|cervi|uter|vagin|pregnan|menopaus|prostat|testic|sperm|endometri|birth|labou?r|postnatal|menstru|IVF|contracept", re.IGNORECASE
)


_ANCESTRY = r"\b(?:of )?(?-i:[A-Z][a-z]+ )?(?-i:[A-Z][a-z]+) (?:ancestry|descent)\b|\b(?:European|African|Asian|Chinese|Hispanic) origin\b"
_PART_ONLY = re.compile(
    r"\b(?:subgroup|post[- ]hoc|not (?:seen|found|observed|present) in|no (?:study|trial)s? included|excluded|were not (?:studied|included|eligible)|mean age|median age|years; )\b|;\s*\d+ (?:\(|women|men)",
    re.IGNORECASE,
)


def _narrow(text: str, design: str) -> Iterator[Fact]:
    """Who was studied, where that is one place, one sex, one ancestry or one age band; not who was looked at apart."""
    reviewed = design in {"systematic_review", "meta_analysis"}
    for pattern in (_ONE_PLACE, _NARROW, _ANCESTRY, _AGES):
        if pattern is _NARROW and _ONE_SEX_DISEASE.search(text):
            continue
        for match in re.finditer(pattern, text, re.IGNORECASE):
            sentence = text[text.rfind(". ", 0, match.start()) + 1 : (text.find(". ", match.end()) + 1) or len(text)]
            if _PART_ONLY.search(sentence) or (reviewed and pattern is not _AGES):
                continue
            yield from _one("narrow_population", (match.start(), match.end()), text, " ".join(match[0].split()))
            return
