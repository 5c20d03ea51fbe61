"""Whether a draft sentence tells a caveat, where that depends on what the study says."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from checker.caveats.gates import harm_sentences
from checker.caveats.matching import pattern, search, trimmed
from checker.caveats.rules import RULES
from checker.judge.evidence import content
from checker.judge.figures import spoken_quantities, study_figures
from checker.study.design import PEOPLE
from checker.study.quantities import NUMBER, Quantity, parse_number, quantities
from checker.types import Span, Study, StudyFacts

ARM_SHARE = 0.3
"""A count of at least this share of the study tells its size; a smaller one counts some of its people."""

_TOOK_PART = re.compile(
    r"\b(?:took part|taking part|recruit\w*|enrol\w*|followed|tracked|tested (?:in|on)|volunteers|participants in|sign(?:ed)? up|studied|looked at|involv\w+|included|treated|given to|described)\b",
    re.IGNORECASE,
)

OWN_ONLY = frozenset({"not_significant"})
"""Caveats whose `told` patterns count only under their own condition in `TOLD`."""

Told = Callable[[str, Span, Study, StudyFacts], Span | None]


def _size_told(text: str, trigger: Span, study: Study, facts: StudyFacts) -> Span | None:
    """A number of subjects, right or wrong, counts as telling the size."""
    counted = pattern(rf"(?<![\w.,]){NUMBER}(?!\s?(?:%|per\s?cent))\s+(?:(?!of\b)[\w'’-]+\s+){{0,4}}?(?:{PEOPLE}|of them|subjects)\b")
    for match in counted.finditer(text):
        number = parse_number(re.split(r"\s", match[0].strip())[0]) or 0
        whole = facts.sample_size is None or number >= ARM_SHARE * facts.sample_size
        if whole or _TOOK_PART.search(text):
            return trimmed(text, match.start(), match.end())
    if facts.sample_size is not None and any(q.value == facts.sample_size and not q.unit for q in quantities(text)):
        return Span(text, 0, len(text))
    return None


_GROUP = re.compile(
    r"\b(?:men|women|male|female|boys?|girls?|nurses|veterans|students|pupils|children|teenagers|adolescents|infants|babies|toddlers|soldiers|drivers|workers|teachers|older|elderly|seniors|pensioners|over[- ]?\d\ds?|aged|ages?|past \d\d|sixty|seventy|eighty|between \w+ and \w+|(?:twenties|thirties|forties|fifties|sixties|seventies|eighties)|young\w*|grown-ups|kids|lads|tweens|little ones|tots|newborns?|preemies|\d+[- ]year[- ]olds|single|one (?:\w+ ){0,2}(?:hospital|clinic|school|centre|center|university|city|town|practice|district|region|site)|European ancestry|athletes|firefighters)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:hospital|clinic|school|cent(?:er|re)|university|city|town|county|practice|district|region|municipality|unit|depot|factory|village|nursing home|care home|employer|company)\b",
    re.IGNORECASE,
)
_ONE_PLACE = re.compile(
    r"\b(?:(?-i:[A-Z][\w'’-]+)|one|single|same|an?|the|this|that|our|its) (?:(?!every|any|each|your|all|near)[\w'’-]+,? ){0,3}?"
    rf"{_PLACE.pattern}(?! (?:near|stay|bag|bed|visit|record|note|patient|admission|staff|door|appointment|website|laborator)s?\b)",
    re.IGNORECASE,
)
_ANCESTRY = re.compile(r"\b(?:ancestr\w+|descent|ethnic\w*|heritage|extraction|(?:African|Asian|European)s?)\b", re.IGNORECASE)
_BOTH_SEXES = re.compile(r"\bmen and women\b|\bwomen and men\b|\bboth sexes\b|\bmen, women\b", re.IGNORECASE)
_ONE_SEX = re.compile(r"\b(?:wo)?men\b|\b(?:fe)?males?\b|\bboys\b|\bgirls\b", re.IGNORECASE)


_GENERAL = re.compile(
    r"\b(?:whatever|regardless|no matter|irrespective)\b|\b(?:every|all|any) (?:\w+ )?(?:age|ethnic\w*|background|population|women|men|people|parent|child)s?\b|\b(?:same|holds?|true) (?:is true )?(?:in|for|of)\b|\bmakes? (?:little|no) (?:odds|difference)\b",
    re.IGNORECASE,
)
"""Words that tell a result of everybody, which is the opposite of naming the group."""
_AT_WORK = re.compile(
    r"\b(?:researchers?|scientists?|doctors|team|group|authors?|colleagues|prof(?:essor)?|dr|led|lead\w*|work|study|paper|said|says|chair\w*|from)\b[^.!?]{0,60}\b(?:at|of|from|by) (?:the )?(?:[\w'’-]+ ){0,4}$",
    re.IGNORECASE,
)
"""Before the name of a place: it is where the researchers work."""


def _is_employer(text: str, place: re.Match[str]) -> bool:
    before = text[: place.end()].rpartition(" ")[0] + " "
    return bool(_AT_WORK.search(before)) and not re.search(r"\b(?:one|single|same)\b", place[0], re.IGNORECASE)


def _group_told(text: str, trigger: Span, study: Study, facts: StudyFacts) -> Span | None:
    """The group in the terms of its restriction: its ancestry, the one place where everybody was recruited, its sex or its age."""
    if _GENERAL.search(text):
        return None
    near = study.text[max(0, trigger.start - 60) : trigger.end + 60]
    names = {name for name in re.findall(r"(?<![.] )\b[A-Z][a-z]{3,}\b", near) if name not in _PLACEHOLDER}
    if _ANCESTRY.search(trigger.text):
        told = bool(_ANCESTRY.search(text))
    elif _PLACE.search(trigger.text):
        told = any(not _is_employer(text, place) for place in _ONE_PLACE.finditer(text)) or any(
            re.search(rf"\b{re.escape(name)}\b", text) for name in names
        )
        told = told or bool(_GROUP.search(text) and _GROUP.search(study.title))
    else:
        told = bool(_GROUP.search(text)) and not (_ONE_SEX.search(trigger.text) and _BOTH_SEXES.search(text))
    return Span(text, 0, len(text)) if told else None


_PAID = (
    r"\b(?:fund(?:ed|ing|er|ers|s)\b(?! (?:for|raising))|(?:was |were |been )?paid (?:by|to|the|their|for by)|(?:paid|pays) for (?:the |this )?(?:\w+ )?(?:study|trial|research|work|analysis|data|monitors?|survey|capsules|tests?|fieldwork|it)|money (?:for \w+ \w+ )?came from|sponsor\w*|financed|bankroll\w*|backed by|(?:backing|support|money|grants?|cash) from|supported by|shares in (?!\w+ (?:\w+ )?(?:were|rose|fell|jumped|climbed|closed|dropped|gained|slipped|traded))|stake in|employees? of|employed by|employs (?:\w+ )?of|work(?:s|ed)? (?:for|at) (?:the|its|a) (?:company|maker|makers|firm|manufacturer|sponsor|drug ?maker)|works? there|(?:consult(?:s|ed|ing)?|(?<!your )(?<!hospital )consultants?) (?:for|to)|paid consultants?|advises (?:the|a) (?:company|maker|firm)|paid advis[eo]r|inventors?|(?:holds?|owns?|shares?|filed|applied for|application for|pending) (?:\w+ ){0,3}patents?|patent (?:holders?|applications?|pending)|conflicts? of interest|competing interests?|financial (?:ties|interest|stake)|ties to|(?:speaker|consult\w+|advisory|lecture|speaking) fees|fees from|co-?founde\w+|founders?|picked up the (?:bill|tab)|footed the bill|royalties|honorari\w+|owns (?:the|a) (?:company|patent|stake))\b",
    r"\b(?:which|that|who) (?:also )?(?:makes|make|sells|sell|markets|owns|manufactures) (?:the|it|them|this)\b(?! (?:an?|the|so|more|less|easier|harder|possible|all|one|worth|clear|look|feel|sound)\b)",
    r"\b(?:(?:been |is |are |was |were )?paid for (?:(?:their|his|her) )?(?:advice|talks|lectures|speaking|consult\w+)|(?:owns?|holds?) (?:\w+ ){0,2}(?:stock|shares|a (?:slice|stake|piece|\w+ clinic))|met (?:the|part of the|some of the|all) costs?)\b",
    r"\b(?:makers?|manufacturers?|compan(?:y|ies)|firms?|developers?|sellers?)\b[^.!?]{0,40}\b(?:paid|gave|supplied|provided|donated|lent|handed over|met (?:the|part|some))\b",
    r"\b(?:the )?(?:maker|makers|manufacturer|manufacturers) (?:of (?:the|this)|paid|funded|behind|itself)\b",
)
_PLACEHOLDER = frozenset(
    "Funding Funded Disclosures Disclosure Competing Conflict Conflicts Interests Authors Author This Three Four Five Health University National"
    " Research Council Foundation Study Supported Sponsor Two One The Declaration Declarations Methods Results".split()
)


_MARKET = re.compile(r"\b(?:shares|stock)\b.*\b(?:closed|rose|fell|jumped|climbed|dropped|gained|slipped|traded|ended|up|down)\b", re.IGNORECASE)
"""What a company's shares did that day says nothing of who paid."""


def _funding_told(text: str, trigger: Span, study: Study, facts: StudyFacts) -> Span | None:
    """Who paid in plain words, or a sponsor that the abstract names only for that."""
    elsewhere = f"{study.title} {study.text[: trigger.start]} {study.text[trigger.end :]}"
    names = [name for name in re.findall(r"\b[A-Z][A-Za-z-]{3,}\b", trigger.text) if name not in _PLACEHOLDER and name not in elsewhere]
    if (
        any(re.search(rf"\b{re.escape(name)}\b", text) for name in names)
        and not _MARKET.search(text)
        and re.search(r"\b(?:compan\w+|firm|maker|paid|fund\w*|sponsor\w*|backed|shares?|stake|makes|sells|support\w*)\b", text)
    ):
        return Span(text, 0, len(text))
    return search(_PAID, text)


_RELATIVE_WORDS = re.compile(
    r"\s*(?:lower|higher|less|more|fewer|greater|reduction|increase|drop|cut|fall|rise|decline|better|improvement|smaller|larger|bigger|boost|jump|above|below|off)\b"
    r"|\s*(?:the )?(?:risk|rate|chance|odds)\b",
    re.IGNORECASE,
)
_RATIO_WORDS = re.compile(
    r"\b(?:halv\w+|doubl\w+|tripl\w+|trebl\w+|twice|times|fold)\b|\bby (?:\w+ ){0,3}(?:half|(?:a|one|two) (?:third|quarter|fifth|tenth)s?)\b"
    r"|\b(?:half|third|quarter|fifth)s? (?:as|less|more|lower|higher|fewer)\b",
    re.IGNORECASE,
)


def tells_relative(text: str) -> bool:
    """Whether a sentence says by how much a risk changed, as a percentage, a fraction or a multiple of it."""
    return bool(_RATIO_WORDS.search(text)) or any(q.unit == "percent" and _is_relative(text, q) for q in spoken_quantities(text))


def _is_relative(text: str, share: Quantity) -> bool:
    return bool(_RELATIVE_WORDS.match(text, share.end) or re.search(r"\bby (?:[a-z]+ ){0,2}$", text[: share.start], re.IGNORECASE))


_PEOPLE_MORE = (
    rf"percentage points?|\b(?:{NUMBER}) (?:fewer|more|extra|additional)\b|\bper (?:1|10|100)[, ]?0*\b|\b(?:for|in|of) every (?:{NUMBER})\b|\bin (?:a|every) (?:hundred|thousand)\b"
    rf"|\b(?:treat\w*|keep\w*|screen\w*|vaccinat\w*|give\w*|need\w*)\b[^.!?]{{0,20}}\b(?:{NUMBER}) (?:people|patients|women|men|children)\b",
)
NEAR_SHARE = 0.15


def _absolute_told(text: str, trigger: Span, study: Study, facts: StudyFacts) -> Span | None:
    """How many were affected: a share that is about one of the study's, two shares side by side, or people counted."""
    shares = [q for q in spoken_quantities(text) if q.unit == "percent" and not _is_relative(text, q)]
    known = _result_shares(study.text)
    near = any(abs(q.value - share) <= NEAR_SHARE * share for q in shares for share in known)
    if near or len(shares) > 1:
        return trimmed(text, shares[0].start, shares[-1].end)
    return search(_PEOPLE_MORE, text)


@lru_cache(maxsize=64)
def _result_shares(abstract: str) -> tuple[float, ...]:
    return study_figures([abstract]).shares


_WORDS = {rule.name: rule.told for rule in RULES}
_MAIN = re.compile(
    r"\b(?:main|primary|overall|any better|no better|draw|a blank|did nothing|set out to|for nothing|as many|coin|nothing you could|slender|from zero|side by side|statistical\w*|chance|fluke|luck|own (?:earlier|starting)|before and after|no comparison|no control|to call|dead heat)\b",
    re.IGNORECASE,
)


def _null_told(text: str, trigger: Span, study: Study, facts: StudyFacts) -> Span | None:
    """A null told of the result in question, not of any other; of a change within one group, that there was no other."""
    if facts.get("uncontrolled") and (hit := search(_WORDS["no_control_group"], text)):
        return hit
    hit = search(_WORDS["not_significant"], text)
    about = len(content(text) & content(trigger.text)) >= 3 or _MAIN.search(text)
    return hit if hit and about else None


_HARM_WORDS = {"nausea": "sick queasy nauseous", "vomiting": "sick throw threw", "diarrhoea": "loose trots", "abdominal pain": "stomach tummy belly", "gastrointestinal upset": "stomach tummy belly", "stomach upset": "tummy belly", "burning": "sting stung stinging", "stinging": "sting stung smart", "somnolence": "sleepy drowsy", "drowsiness": "sleepy drowsy", "sleepiness": "drowsy tired", "oedema": "swollen puffy swelling fluid", "dizziness": "dizzy giddy", "light-headedness": "dizzy faint light", "pruritus": "itch itchy itching", "haemorrhage": "bleed bleeding bleeds", "bleeding": "bleed bleeds bled", "fracture": "broke broken", "hypoglycaemia": "sugar low", "hypotension": "pressure", "died": "died deaths death killed", "deaths": "died dead", "infection": "infected infections", "redness": "reddened red", "irritation": "irritated sore rubbed itchy", "discomfort": "uncomfortable", "headache": "headaches", "fever": "feverish temperature", "falls": "fell", "soreness": "sore", "bruising": "bruise bruises"}  # fmt: skip


def _harm_told(text: str, trigger: Span, study: Study, facts: StudyFacts) -> Span | None:
    """Any harm that the abstract reports, by its own word, a lay one or its own figure."""
    told = {q.value for q in quantities(text)}
    if any(_own_figures(span, study) & told for span in harm_sentences(study, facts)):
        return Span(text, 0, len(text))
    stems = _harm_stems(study, facts)
    hit = next((m for m in re.finditer(r"[a-z][a-z-]{2,}", text, re.IGNORECASE) if m[0].casefold()[:5] in stems), None)
    return trimmed(text, hit.start(), hit.end()) if hit else None


@lru_cache(maxsize=64)
def _harm_stems(study: Study, facts: StudyFacts) -> frozenset[str]:
    """The first letters of the words for the harms that the study reports, its own and lay ones."""
    named = {m[0].casefold() for span in harm_sentences(study, facts) for m in pattern(r"\b(?:{harm})\b").finditer(span.text)}
    words = {part for name in named for part in (*name.split(), *_HARM_WORDS.get(name, "").split()) if len(part) > 2}
    return frozenset(word[:5] for word in words - _NOT_BY_ITSELF)


_NOT_BY_ITSELF = frozenset(
    "knee aminotransferase pain body more fall falls weight pressure lower below died death deaths admitted infections infection unnecessary sleepiness stomach ache".split()
)
"""Words of harms that mean nothing of the kind in most sentences."""


@lru_cache(maxsize=64)
def _own_figures(trigger: Span, study: Study) -> frozenset[float]:
    """The figures that the abstract gives in the trigger and nowhere else: a draft that gives one is telling of it."""
    elsewhere = {q.value for part in (study.text[: trigger.start], study.text[trigger.end :]) for q in quantities(part)}
    return frozenset(q.value for q in quantities(trigger.text) if q.value > SMALL_COUNT) - elsewhere


SMALL_COUNT = 5
"""Counts up to this are told of many things."""


TOLD: dict[str, Told] = {
    "harms": _harm_told,
    "not_significant": _null_told,
    "small_sample": _size_told,
    "narrow_population": _group_told,
    "funding_or_conflict": _funding_told,
    "relative_risk_only": _absolute_told,
}
