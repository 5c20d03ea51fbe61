"""Study design and subjects, by rules that are data.

The publication type decides where it is given and specific, then what the title calls
the study, then the abstract: the first rule whose pattern is found. Rules stand in order of
precedence: a meta-analysis of trials is a meta-analysis, a randomised trial in
mice is an animal study. Names are those of the wire format; the wording follows
CONSORT, STROBE and PRISMA for abstracts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from checker.types import Fact, Span, Study

PUBLICATION_TYPES = {
    "meta-analysis": "meta_analysis",
    "systematic review": "systematic_review",
    "randomized controlled trial": "randomised_trial",
    "randomised controlled trial": "randomised_trial",
    "case reports": "case_series",
    "case report": "case_series",
}

DESIGN_RULES: tuple[tuple[str, str], ...] = (
    ("meta_analysis", r"meta[- ]?analys[ei]s|meta[- ]regression|pooled (?:analysis|\d+ (?:randomi[sz]ed )?trials)"),
    ("systematic_review", r"systematic(?:ally)? (?:literature )?(?:review|search)|scoping review|umbrella review|cochrane review|searched (?:\w+ )?(?:databases|medline|pubmed)"),
    ("modelling", r"(?:micro)?simulation (?:model|study)|agent-based simulation|virtual (?:population|cohort|people|children|patients)|simulated (?:population|cohort)|mathematical model|modelling study|modeling study|decision[- ]analytic|markov model|(?:microsimulation|compartmental|agent-based|transmission) model|we model(?:l)?ed\b|cost-effectiveness (?:model|analysis)"),
    ("other", r"mendelian randomi[sz]ation|interrupted time[- ]series|time[- ]series (?:analysis|study)|diagnostic accuracy|natural experiment|difference-in-differences|ecological (?:study|analysis|comparison)|receiver operating characteristic|qualitative (?:study|interviews)"),
    ("non_randomised_trial", r"single[- ]arm|non[- ]?randomi[sz]ed|one[- ]arm|dose[- ]escalation|first[- ]in[- ]human|uncontrolled (?:trial|study|pilot)|(?:before[-– ](?:and[- ])?after|pre[-– ]?post(?:test)?) (?:study|design|evaluation|comparison)|quasi[- ]experiment|open[- ]label (?:pilot|phase|extension|study)"),
    ("randomised_trial", r"randomi[sz]ed(?:,| |-)[^.]{0,80}?(?:trial|study|crossover|design|pilot)(?!\w*\b[^.]{0,60}\b(?:needed|warranted|required|should|planned|awaited|justified))|randomly (?:assigned|allocated|divided|split)|were randomi[sz]ed|randomi[sz]ed (?:to|\d|in a)|cluster[- ]randomi[sz]ed|\bRCT\b|we randomi[sz]ed|(?:trial|study)\b[^.]{0,40}\brandomi[sz]ed"),
    ("case_control", r"case[-–/ ]control(?:led)?|case[- ]crossover|matched controls"),
    ("cross_sectional", r"cross[- ]sectional|postal survey|online survey|questionnaire survey|telephone survey|(?:national|population|household|web-based|internet) survey|survey of|surveyed|surveillance data"),
    ("cohort", r"\bcohorts?\b|prospective(?:ly)? (?:study|follow|observational)|(?:were |we )followed (?:up |for )|longitudinal (?:study|analysis|data)|follow(?:ed)?[- ]up (?:study|of)|registry|electronic (?:health |medical )?records|retrospective(?:ly)?|claims data|birth records"),
    ("case_series", r"case series|case report|we report (?:on )?(?:a|an|the|two|three|four|five|six|\d+) (?:case|patient|consecutive)|consecutive (?:patients|children|cases)"),
)  # fmt: skip

ANIMAL = (
    r"mice|mouse|murine|rats?\b|rodents?|zebrafish|pigs?\b|piglets?|porcine|rabbits?|macaques?|marmosets?|monkeys?|primates?|ferrets?|hamsters?"
    r"|guinea pigs?|dogs?\b|canine|(?:client-owned )?(?:labradors?|retrievers?|greyhounds?)|sheep|ewes|lambs|goats?\b|calves|horses|mares|ovine|rat pups|mouse pups|drosophila|fruit flies|c\. elegans|nematodes?|beagles?|chickens?|minipigs?|cynomolgus|rhesus|mosquito(?:es)?"
)
CELLS = r"organoids?|(?:tissue|samples|cells|islets) from (?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve) (?:\w+ ){0,2}donors?|cell lines?|in vitro|cultured (?:\w+ ){0,2}(?:cells|neurons|keratinocytes|fibroblasts|hepatocytes)|(?:primary|human|stem|tumou?r) [\w-]+ cells|ex vivo|fibroblasts|keratinocytes|myotubes|cells were (?:exposed|treated|incubated|grown)|cell culture|spheroids?|biofilms?"
PEOPLE = (
    r"patients?|participants?|adults?|women|men\b|females|males|children|people|persons?|individuals|volunteers|infants|adolescents|teenagers|students|nurses"
    r"|workers|veterans|respondents|residents|girls|boys|mothers|pregnan\w+|babies|newborns|neonates|pupils|households|drivers|employees|soldiers"
    r"|survivors|recipients|couples|older (?:adults|people)|users|players|athletes|runners|physicians|doctors|caregivers|parents|smokers|drinkers|donors|outpatients|inpatients|toddlers|caregivers|carers|pairs|eyes|dyads|clients|crew members|crew|members|officers|teachers|customers|inmates|prisoners|singers|musicians|commuters|cyclists|swimmers|dancers|farmers"
)
_MODEL_ONLY = re.compile(r"simulat|virtual|modell?ed|modell?ing|markov|mathematical", re.IGNORECASE)
_PEOPLE_STUDIED = re.compile(
    rf"(?:\d[\d,]*|\b\w*(?:hundred|thousand|ten|eleven|twelve|teen|ty)(?:[- ]\w+)?)\s+(?:[\w-]+\s+){{0,4}}(?:{PEOPLE})\b|\b(?:{PEOPLE})\b[^.]{{0,60}}\b(?:were|was) (?:randomi|enrol|recruit|includ|assign|followed|surveyed)",
    re.IGNORECASE,
)
_ANIMAL_STUDIED = re.compile(rf"\b(?:{ANIMAL})\b", re.IGNORECASE)
_CELLS_STUDIED = re.compile(rf"\b(?:{CELLS})", re.IGNORECASE)
_ANIMAL_COUNT = re.compile(
    rf"(?:\d|ten|eleven|twelve|teen|ty(?:[- ]\w+)?)\s+(?:[\w/-]+\s+){{0,4}}(?:{ANIMAL})\b|(?:{ANIMAL})\b[^.]{{0,60}}\b(?:were|received|underwent|fed|given|treated|injected)|\bin (?:\w+ )?(?:{ANIMAL})\b",
    re.IGNORECASE,
)

_KEPT = re.compile(r"\b(?:farm(?:s|ers?|ing)?|owners?|owning|ownership|adopt(?:ed|ion)|bites?)\b", re.IGNORECASE)
"""Words of people who live or work with animals: where people are counted beside them, the people were studied."""


def read_population(study: Study) -> tuple[str, Fact | None]:
    """humans, animals, cells, none (a model) or unknown, with the words that say so."""
    text = study.text
    people = _PEOPLE_STUDIED.search(text)
    animal_count = len(_ANIMAL_STUDIED.findall(f"{study.title} {text}"))
    animal = _ANIMAL_COUNT.search(text) or (_ANIMAL_STUDIED.search(text) if animal_count >= 3 else None)
    cells = _CELLS_STUDIED.search(text)
    titled_animal = bool(_ANIMAL_STUDIED.search(study.title))
    if people and _KEPT.search(f"{study.title} {text}"):
        animal = None
    if animal and (animal_count >= 3 or titled_animal) and (titled_animal or not people or animal_count >= 4):
        return "animals", _fact("population", "animals", animal, text)
    if cells and (not people or _cells_come_first(study, cells)):
        return "cells", _fact("population", "cells", cells, text)
    if read_design_rule(study) == "modelling" and (model := _MODEL_ONLY.search(text)):
        return "none", _fact("population", "none", model, text)
    if people:
        return "humans", _fact("population", "humans", people, text)
    if animal := animal or _ANIMAL_STUDIED.search(text):
        return "animals", _fact("population", "animals", animal, text)
    anyone = re.search(rf"\b(?:{PEOPLE})\b", text, re.IGNORECASE)
    if anyone:
        return "humans", _fact("population", "humans", anyone, text)
    return "unknown", None


def _cells_come_first(study: Study, cells: re.Match[str]) -> bool:
    """Of a study that counts people too: named more than once, in the title or as what donors gave."""
    named = len(_CELLS_STUDIED.findall(f"{study.title} {study.text}"))
    return named >= 2 and ("donor" in cells[0].casefold() or bool(_CELLS_STUDIED.search(study.title)))


def read_design(study: Study, population: str) -> tuple[str, Fact | None]:
    """The design's wire name and the span that says so; unknown when nothing does."""
    if population in {"animals", "cells"}:
        name = "animal" if population == "animals" else "in_vitro"
        found = (_ANIMAL_STUDIED if population == "animals" else _CELLS_STUDIED).search(study.text)
        return name, _fact("design", name, found, study.text) if found else None
    published = PUBLICATION_TYPES.get(study.publication_type.casefold())
    titled = _first_rule(study.title)
    if titled and not published:
        own = _first_rule(study.text, [rule for rule in DESIGN_RULES if rule[0] == titled[0]])
        return titled[0], _fact("design", titled[0], own[1], study.text) if own else None
    told = _first_rule(study.text)
    name = published or (told[0] if told else "unknown")
    return name, _fact("design", name, told[1], study.text) if told else None


def read_design_rule(study: Study) -> str | None:
    """The first design whose pattern the title holds, or else the abstract."""
    found = _first_rule(study.title) or _first_rule(study.text)
    return found[0] if found else None


def _first_rule(text: str, rules: Sequence[tuple[str, str]] = DESIGN_RULES) -> tuple[str, re.Match[str]] | None:
    return next(((name, match) for name, pattern in rules if (match := re.search(pattern, text, re.IGNORECASE))), None)


def _fact(name: str, value: str, match: re.Match[str], text: str) -> Fact:
    return Fact(name, value, Span(text[match.start() : match.end()], match.start(), match.end()))
