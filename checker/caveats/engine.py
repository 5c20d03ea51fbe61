"""Applying the caveat rules: one gate a caveat decides on the study, one search on the draft."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from checker.caveats.phrases import clause_values
from checker.caveats.rules import HARM, MARKER, RULES, CaveatRule
from checker.judge.evidence import content
from checker.segment import plain
from checker.study.design import PEOPLE
from checker.study.quantities import NUMBER, quantities
from checker.types import Caveat, Judgement, Sentence, Span, Study, StudyFacts

OWN_ONLY = frozenset({"not_significant"})
"""Caveats whose `told` patterns count only under their own condition in `TOLD`."""

SMALL_TRIAL, SMALL_COHORT = 50, 200
"""Guideline: trials under about 50 people in total, cohorts under about 200."""

Gate = Callable[[CaveatRule, Study, StudyFacts], Span | None]


def find_caveats(study: Study, facts: StudyFacts, sentences: Sequence[Sentence], judgements: Sequence[Judgement] = ()) -> tuple[Caveat, ...]:
    """The caveats that apply to the study, each present or missing in the draft, in the guideline's order."""
    del judgements
    found: list[Caveat] = []
    for rule in RULES:
        if rule.designs is not None and facts.design not in rule.designs:
            continue
        if rule.populations is not None and facts.population not in rule.populations:
            continue
        trigger = GATES[rule.gate or "trigger"](rule, study, facts)
        if trigger is None:
            continue
        told = _told(rule, trigger, study, facts, sentences)
        clause = rule.clause.format_map(clause_values(rule.name, study, facts, trigger))
        found.append(Caveat(rule.name, "present" if told else "missing", trigger, told, clause))
    return tuple(found)


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    filled = pattern.replace("{marker}", MARKER).replace("{harm}", HARM).replace("{number}", NUMBER).replace("{{", "{").replace("}}", "}")
    return re.compile(filled, re.IGNORECASE)


def search(patterns: Sequence[str], text: str) -> Span | None:
    """The first hit of the first pattern that hits, trimmed of white space and section headings."""
    for pattern in patterns:
        if match := _pattern(pattern).search(text):
            return _span(text, match.start(), match.end())
    return None


def _span(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip(" \t\r\n.;:,"))
    end = start + len(text[start:end].rstrip())
    return Span(text[start:end], start, end)


def _told(rule: CaveatRule, trigger: Span, study: Study, facts: StudyFacts, sentences: Sequence[Sentence]) -> Span | None:
    special = TOLD.get(rule.name)
    general = () if rule.name in OWN_ONLY else rule.told
    for sentence in sentences:
        text = plain(sentence.text)
        hit = special(text, trigger, study, facts) if special else None
        hit = hit or search(general, text)
        if hit:
            return Span(sentence.text, sentence.start, sentence.end)
    return None


# Gates: does the caveat apply, and which words of the abstract say so?


def _trigger(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    return search(rule.trigger, study.text)


_CALLED_SMALL = (
    r"\bsmall (?:sample|study|trial|number|group|pilot|cohort|single)\w*\b|\bsample (?:size )?(?:was|is) (?:small|limited)\b|\b(?:pilot|proof[- ]of[- ](?:concept|principle))\b(?! (?:data|work) (?:from|suggest))|\bpreliminary\b",
)


def _small(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    if facts.design in {"systematic_review", "meta_analysis", "modelling"}:
        return None
    size = facts.get("sample_size")
    if size is not None and facts.sample_size is not None:
        limit = SMALL_TRIAL if facts.design in {"randomised_trial", "non_randomised_trial", "case_series", "unknown"} else SMALL_COHORT
        if facts.get("comparison_before_after"):
            limit = SMALL_COHORT // 2
        if facts.sample_size < limit:
            return size.span
        if facts.sample_size > 4 * limit:
            return None
    return search(_CALLED_SMALL, f"{study.text}")


def _not_people(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    fact = facts.get("population")
    return fact.span if fact else None


_CONTROLLED_POLICY = re.compile(
    r"mendelian randomi[sz]ation|controlled interrupted|difference-in-differences|synthetic control|diagnostic accuracy|sensitivity|randomi[sz]ed (?:controlled )?trials?\b|placebo",
    re.IGNORECASE,
)
_NULL_ASSOCIATION = re.compile(
    r"\b(?:was|were|is|are) not (?:significantly |independently )?(?:associated|linked|related)|no (?:clear |significant |evidence of (?:an? )?)?(?:association|relationship|link|difference)|did not differ|not (?:show|find) (?:any |an )?association",
    re.IGNORECASE,
)


def _observational(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    if _CONTROLLED_POLICY.search(f"{study.title} {study.text}") or facts.get("uncontrolled"):
        return None
    ending = facts.get("conclusion")
    if ending and _NULL_ASSOCIATION.search(ending.value) and not re.search(r"\b(?:is|was|were|are) associated|linked", ending.value):
        return None
    trigger = None
    for pattern in rule.trigger:
        hits = [m for m in _pattern(pattern).finditer(study.text) if not _NULL_ASSOCIATION.search(m[0])]
        if hits:
            trigger = _span(study.text, hits[-1].start(), hits[-1].end())
    design = facts.get("design")
    return design.span if trigger and design else trigger


_TESTED = re.compile(
    r"\b(?:treat\w*|therap\w+|programme|program|intervention|training|drug|dose|received|injection|surgery|device|exercise|diet|supplement|scheme|policy|introduc\w+|baths?|vaccin\w+|capsules?|gel)\b",
    re.IGNORECASE,
)


def _uncontrolled(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    fact = facts.get("uncontrolled")
    tested = facts.design == "non_randomised_trial" or _TESTED.search(study.text)
    return fact.span if fact and tested else None


def _fact_gate(name: str) -> Gate:
    def gate(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
        fact = facts.get(name)
        return fact.span if fact else None

    return gate


def _surrogate(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    if facts.design not in {"randomised_trial", "non_randomised_trial", "case_series", "meta_analysis"}:
        return None
    return search(rule.trigger[:2], study.text) or (search(rule.trigger[2:], study.text) if not _PRIMARY.search(study.text) else None)


_PRIMARY = re.compile(r"\b(?:primary|main|principal|co-primary) (?:outcome|end ?point|measure|objective)", re.IGNORECASE)


def _early(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    if facts.design not in {"randomised_trial", "non_randomised_trial", "case_series", "unknown"}:
        return None
    return search(rule.trigger, study.text)


_ABSOLUTE = re.compile(
    r"\d[\d,\u2009\u00a0 ]*\s?(?:/|of|out of)\s?\d[\d,\u2009\u00a0 ]*|\d+(?:\.\d+)?\s?%\s?(?:\)|versus|v\.?s?\.?|compared|and|of|in|among|with)|per (?:1|10|100)[, \u2009\u00a0]?0*\b|\d+ \(\d+(?:\.\d+)?\s?%\)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:odds|hazard|risk|rate|prevalence|incidence)[- ]?(?:rate )?ratio|\b(?:OR|HR|RR|aOR|aHR|IRR|aRR)\b\s?[,=(:]?\s?\d|relative risk|\d+(?:\.\d+)?\s?% (?:lower|higher|reduction|increase|fewer|more|greater)",
    re.IGNORECASE,
)


def _absolute(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    if facts.population not in {"humans", "none"}:
        return None
    for sentence in facts.sentences:
        comparison = re.search(r"\b(?:versus|vs?\.?|compared with|and \d|than|against|respectively)\b", sentence.text)
        shares = len(re.findall(r"\d\s?%|\bper \d", sentence.text))
        if shares >= 2 and comparison and (_RELATIVE.search(sentence.text) or _EVENT.search(sentence.text)):
            return sentence
    return None


_EVENT = re.compile(
    r"\b(?:occurred|developed|died|reported|had|achieved|responded|diagnosed|relapsed|admitted|remained|were in|underwent|experienced|took|taken|stopped|completed|respon\w+|remission|prevalence|incidence|seen in|present in)\b",
    re.IGNORECASE,
)


def _harms(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    if facts.population not in {"humans", "animals"}:
        return None
    tested = facts.design in {"randomised_trial", "non_randomised_trial", "case_series", "animal", "meta_analysis", "unknown"}
    return search(rule.trigger if tested else rule.trigger[:1], study.text)


_MEASURED_BY_REPORT = re.compile(r"self[- ]|questionnaire|diar(?:y|ies)|inventory|survey|recall", re.IGNORECASE)


def _self_reported(rule: CaveatRule, study: Study, facts: StudyFacts) -> Span | None:
    """Harms that patients mentioned do not make a study rest on self-report."""
    for match in _pattern(rule.trigger[0]).finditer(study.text):
        if _MEASURED_BY_REPORT.search(match[0]) or not _pattern(r"\b(?:{harm}|adverse|interview|serious)\b").search(match[0]):
            return _span(study.text, match.start(), match.end())
    return None


GATES: dict[str, Gate] = {
    "trigger": _trigger,
    "small": _small,
    "not_people": _not_people,
    "observational": _observational,
    "uncontrolled": _uncontrolled,
    "null": _fact_gate("not_significant"),
    "short": _fact_gate("short_follow_up"),
    "surrogate": _surrogate,
    "self_reported": _self_reported,
    "narrow": _fact_gate("narrow_population"),
    "early": _early,
    "unreviewed": _fact_gate("not_peer_reviewed"),
    "conflict": _fact_gate("conflict"),
    "absolute": _absolute,
    "harms": _harms,
    "secondary": _fact_gate("secondary"),
}


# What a draft must say, where that depends on the study.

Told = Callable[[str, Span, Study, StudyFacts], Span | None]


def _size_told(text: str, trigger: Span, study: Study, facts: StudyFacts) -> Span | None:
    """A number of subjects, right or wrong, counts as telling the size."""
    counted = _pattern(rf"(?<![\w.,]){NUMBER}(?!\s?(?:%|per\s?cent))\s+(?:(?!of\b)[\w'’-]+\s+){{0,4}}?(?:{PEOPLE}|of them|subjects)\b")
    for match in counted.finditer(text):
        return _span(text, match.start(), match.end())
    if facts.sample_size is not None and any(q.value == facts.sample_size and not q.unit for q in quantities(text)):
        return Span(text, 0, len(text))
    return None


_GROUP = re.compile(
    r"\b(?:men|women|male|female|boys?|girls?|nurses|veterans|students|pupils|children|teenagers|adolescents|infants|babies|toddlers|soldiers|drivers|workers|teachers|older (?:adults|people|men|women)|pensioners|over-?\d\ds?|aged|between \d+ and \d+|\d+[- ]year[- ]olds|single|one (?:\w+ ){0,2}(?:hospital|clinic|school|centre|center|university|city|town|practice|district|region|site)|European ancestry|athletes|firefighters)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:hospital|clinic|school|cent(?:er|re)|university|city|town|county|practice|district|region|depot|factory|village|nursing home|care home|employer|company)\b",
    re.IGNORECASE,
)


def _group_told(text: str, trigger: Span, study: Study, facts: StudyFacts) -> Span | None:
    """The group, or the place where everybody was recruited, in any words."""
    near = study.text[max(0, trigger.start - 60) : trigger.end + 60]
    names = {name for name in re.findall(r"(?<![.] )\b[A-Z][a-z]{3,}\b", near) if name not in _PLACEHOLDER}
    named = any(re.search(rf"\b{re.escape(name)}\b", text) for name in names)
    place = _PLACE.search(trigger.text)
    told = named or (_PLACE.search(text) if place else _GROUP.search(text))
    return Span(text, 0, len(text)) if told else None


_PAID = (
    r"\b(?:fund(?:ed|ing|er|ers|s)\b(?! (?:for|raising))|(?:was |were |been )?paid (?:for|by|to|the|their)|pays (?:for|the)|sponsor\w*|financed|bankroll\w*|backed by|(?:backing|support|money|grants?|cash) from|supported by|shares in|stake in|employees? of|employed by|employs (?:\w+ )?of|work(?:s|ed)? for|consult(?:ant|s|ed|ing)|advises (?:the|a) (?:company|maker|firm)|paid advis[eo]r|inventors?|patents?|conflicts? of interest|competing interests?|financial (?:ties|interest|stake)|ties to|(?:speaker|consult\w+|advisory|lecture|speaking) fees|fees from|co-?founde\w+|founders?|picked up the (?:bill|tab)|footed the bill|royalties|honorari\w+|owns (?:the|a) (?:company|patent|stake))\b",
    r"\b(?:which|that|who) (?:also )?(?:makes|make|sells|sell|markets|owns|manufactures) (?:the|it|them|this)\b",
    r"\b(?:the )?(?:maker|makers|manufacturer|manufacturers) (?:of (?:the|this)|paid|funded|behind|itself)\b",
)
_PLACEHOLDER = frozenset(
    "Funding Funded Disclosures Disclosure Competing Conflict Conflicts Interests Authors Author This Three Four Five Health University National"
    " Research Council Foundation Study Supported Sponsor Two One The Declaration Declarations Methods Results".split()
)


def _funding_told(text: str, trigger: Span, study: Study, facts: StudyFacts) -> Span | None:
    """Who paid in plain words, or a sponsor that the abstract names only for that."""
    elsewhere = f"{study.title} {study.text[: trigger.start]} {study.text[trigger.end :]}"
    names = [name for name in re.findall(r"\b[A-Z][A-Za-z-]{3,}\b", trigger.text) if name not in _PLACEHOLDER and name not in elsewhere]
    if any(re.search(rf"\b{re.escape(name)}\b", text) for name in names) and re.search(
        r"\b(?:compan\w+|firm|maker|paid|fund\w*|sponsor\w*|backed|shares?|stake|makes|sells|support\w*)\b", text
    ):
        return Span(text, 0, len(text))
    return search(_PAID, text)


def _absolute_told(text: str, trigger: Span, study: Study, facts: StudyFacts) -> Span | None:
    plain_share = _pattern(
        rf"\b(?:{NUMBER})\s?(?:%|per\s?cent|percent)(?! (?:lower|higher|less|more|fewer|greater|reduction|increase|drop|cut|fall|rise|better|improvement|smaller|larger|bigger|boost|jump|decline))|\b(?:{NUMBER}) (?:in|out of|of|per|for every|among) (?:every |the |a )?(?:{NUMBER})|\b(?:one|two|three|four|five|six|seven|eight|nine) in (?:every )?\w+|\bper (?:1|10|100)[, ]?0*\b|\b(?:half|third|quarter|fifth|tenth) of|\bin (?:a hundred|every)\b|\ba (?:third|quarter|fifth|tenth)\b|percentage points?|\b(?:{NUMBER}) (?:fewer|more|extra|additional)\b"
    )
    match = plain_share.search(text)
    return _span(text, match.start(), match.end()) if match else None


_MAIN = re.compile(
    r"\b(?:main|primary|overall|statistical\w*|chance|fluke|luck|own (?:earlier|starting)|before and after|no comparison|no control)\b", re.IGNORECASE
)


def _null_told(text: str, trigger: Span, study: Study, facts: StudyFacts) -> Span | None:
    """A null told of the result in question, not of any other."""
    rule = next(rule for rule in RULES if rule.name == "not_significant")
    hit = search(rule.told, text)
    about = len(content(text) & content(trigger.text)) >= 2 or _MAIN.search(text)
    return hit if hit and about else None


_HARM_WORDS = {"nausea": "sick queasy nauseous", "vomiting": "sick throw threw", "diarrhoea": "runs loose bowel stomach", "somnolence": "sleepy drowsy", "drowsiness": "sleepy drowsy", "sleepiness": "sleepy drowsy tired", "oedema": "swollen puffy swelling fluid", "dizziness": "dizzy giddy", "light-headedness": "dizzy faint light", "pruritus": "itch itchy itching", "haemorrhage": "bleed bleeding bleeds", "bleeding": "bleed bleeds bled", "fracture": "broke broken", "hypoglycaemia": "sugar low", "hypotension": "pressure", "died": "died deaths death killed", "deaths": "died dead", "infection": "infected infections"}  # fmt: skip


def _harm_told(text: str, trigger: Span, study: Study, facts: StudyFacts) -> Span | None:
    """A harm that the abstract names, by its own word or a lay one."""
    named = {m[0].casefold() for m in _pattern(r"\b(?:{harm})\b").finditer(study.text)}
    words = {part for name in named for part in (*name.split(), *_HARM_WORDS.get(name, "").split()) if len(part) > 3}
    words -= {
        "pain",
        "body",
        "more",
        "fall",
        "falls",
        "weight",
        "pressure",
        "lower",
        "below",
        "died",
        "death",
        "deaths",
        "admitted",
        "infections",
        "infection",
        "unnecessary",
    }
    stems = {word[:5] for word in words}
    hit = next((m for m in re.finditer(r"[a-z][a-z-]{3,}", text, re.IGNORECASE) if m[0].casefold()[:5] in stems), None)
    return _span(text, hit.start(), hit.end()) if hit else None


TOLD: dict[str, Told] = {
    "harms": _harm_told,
    "not_significant": _null_told,
    "small_sample": _size_told,
    "narrow_population": _group_told,
    "funding_or_conflict": _funding_told,
    "relative_risk_only": _absolute_told,
}
