"""Contrast pairs: real abstract sentences told again with one minimal edit, each edit with its verdict and kind.

The faithful rewrites use the same openings and lay words as the false ones, so that
a model learns what changed and not how an edit looks (Gardner et al. 2020, contrast sets).
Edits are data, `EDITS`; the examples beside each are tested.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from checker.train.example import Example

Change = str | Callable[[re.Match[str], random.Random], str]


@dataclass(frozen=True, slots=True)
class Edit:
    """The first match of `pattern` is replaced; `before` becomes something that holds `after`."""

    id: str
    verdict: str
    kinds: tuple[str, ...]
    pattern: str
    change: Change
    before: str
    after: str


def _other_number(match: re.Match[str], rng: random.Random) -> str:
    """A clearly different figure of the same form: between a third and three times it, never within a fifth of it."""
    value = float(match[1])
    factor = rng.choice((0.4, 0.5, 0.6, 1.5, 1.8, 2.5))
    changed = value * factor
    if match[0].endswith("%") and changed > 97:
        changed = value * 0.5
    digits = len(match[1].partition(".")[2])
    return match[0].replace(match[1], f"{changed:.{digits}f}" if digits else str(max(1, round(changed))), 1)


def _share(match: re.Match[str], _: random.Random) -> str:
    value = float(match[1])
    named = (
        (50, "half"),
        (33.3, "one in three"),
        (25, "one in four"),
        (20, "one in five"),
        (10, "one in ten"),
        (66.7, "two in three"),
        (75, "three in four"),
    )
    nearest, words = min(named, key=lambda pair: abs(pair[0] - value))
    return f"about {words}" if abs(nearest - value) <= 0.06 * nearest else f"around {round(value)}%"


def _swap(match: re.Match[str], _: random.Random) -> str:
    return f"{match[3]}{match[2]}{match[1]}"


def _opposite(match: re.Match[str], _: random.Random) -> str:
    word = match[0].casefold()
    return OPPOSITES.get(word) or next(a for a, b in OPPOSITES.items() if b == word)


OPPOSITES = {
    "increased": "decreased", "higher": "lower", "greater": "smaller", "more likely": "less likely", "improved": "worsened",
    "better": "worse", "longer": "shorter", "reduced": "raised", "increase": "decrease", "reduction": "rise", "positively": "inversely",
    "older": "younger", "rose": "fell", "increases": "decreases", "reduces": "raises",
}  # fmt: skip
_PAIR = "|".join(sorted((w for pair in OPPOSITES.items() for w in pair), key=len, reverse=True))
_FIGURE = r"\d+(?:\.\d+)?%?"

EDITS: tuple[Edit, ...] = (
    Edit("direction.flip", "contradicted", ("direction",), rf"\b(?:{_PAIR})\b", _opposite, "Mortality was higher with drug A.", "lower"),
    Edit("direction.negate", "contradicted", ("direction",), r"\b(was|were|is|are) (?=(?:significantly |strongly )?(?:associated|linked|related|correlated) (?:with|to))", r"\1 not ", "Age was associated with risk.", "was not associated"),
    Edit("number.percent", "contradicted", ("number",), r"(?<![\d.-])(\d+(?:\.\d+)?)%(?! ?(?:CI|confidence))", _other_number, "Pain fell in 40% of patients.", "%"),
    Edit("number.count", "contradicted", ("number",), r"(?<![\d.,=<>-])(\d{2,4})(?= (?:patients|participants|people|women|men|children|adults|infants|cases|deaths|subjects)\b)", _other_number, "We enrolled 310 patients.", "patients"),
    Edit("number.unit", "contradicted", ("number",), r"\b(?:weeks|months|days)\b", lambda m, _: {"weeks": "months", "months": "years", "days": "weeks"}[m[0]], "It lasted 12 weeks.", "12 months"),
    Edit("group.swap", "contradicted", ("group",), rf"({_FIGURE})((?:(?!\d).){{1,60}}?\b(?:vs\.?|versus|compared with|and)\b(?:(?!\d).){{0,40}}?)({_FIGURE})(?=[^\d]{{0,30}}\b(?:group|arm|placebo|control|respectively))", _swap, "It was 12% with drug A versus 20% in the placebo group.", "20% with drug A versus 12%"),
    Edit("design.random", "contradicted", ("design",), r"\b(?:cohort study|observational study|cross-sectional study|case-control study|survey)\b", "randomised trial", "In this cohort study we saw more.", "randomised trial"),
    Edit("null.difference", "overstated", ("no_effect",), r"\b(?:no (?:statistically )?significant (?:difference|differences|change|changes)|no (?:difference|differences)) (in|between|for)\b", r"a significant difference \1", "There was no significant difference in pain.", "a significant difference in"),
    Edit("null.association", "overstated", ("no_effect",), r"\b(was|were|is|are) not (significantly )?(associated|related|linked|correlated)\b", r"\1 \3", "Tea was not associated with stroke.", "was associated"),
    Edit("null.action", "overstated", ("no_effect",), r"\bdid not (?:significantly )?(reduce|improve|increase|lower|prevent|affect|alter|change|differ)\b", lambda m, _: {"lower": "lowered", "prevent": "prevented", "affect": "affected", "alter": "altered", "differ": "differed"}.get(m[1], m[1] + "d"), "Tea did not reduce pain.", "Tea reduced pain"),
    Edit("certainty.modal", "overstated", ("certainty",), r"\b(?:may|might|could) (be|have|increase|reduce|improve|lower|help|play|provide|contribute|explain|lead)\b", lambda m, _: {"be": "is", "have": "has"}.get(m[1], m[1] + "s"), "Tea may reduce pain.", "Tea reduces pain"),
    Edit("certainty.proof", "overstated", ("certainty",), r"\b(?:suggests?|indicates?) that\b", lambda m, rng: rng.choice(("proves that", "leaves no doubt that", "confirms beyond doubt that")), "This suggests that tea helps.", " that tea helps"),
    Edit("certainty.seem", "overstated", ("certainty",), r"\b(?:appears?|seems?) to be\b", "is clearly", "Tea appears to be safe.", "is clearly safe"),
    Edit("causal.risk-up", "overstated", ("causal",), r"\b(?:was|were|is|are) (?:significantly |independently |strongly )*associated with (?:an? )?(?:increased|higher|greater|elevated) (risk|odds|rates?|incidence|likelihood)\b", r"raises the \1", "Tea was associated with an increased risk of falls.", "raises the risk"),
    Edit("causal.risk-down", "overstated", ("causal",), r"\b(?:was|were|is|are) (?:significantly |independently |strongly )*associated with (?:an? )?(?:decreased|lower|reduced) (risk|odds|rates?|incidence|likelihood)\b", r"cuts the \1", "Tea was associated with a lower risk of falls.", "cuts the risk"),
    Edit("causal.association", "overstated", ("causal",), r"\b(?:was|were|is|are) (?:significantly |independently |strongly )*(?:positively )?associated with\b", lambda m, rng: rng.choice(("causes", "leads to", "brings about")), "Tea was associated with poor sleep.", "poor sleep"),
    Edit("population.animals", "overstated", ("population",), r"\b(?:mice|rats|mouse models?|zebrafish)\b", lambda m, rng: rng.choice(("people", "patients")), "Sleep improved in mice.", "in p"),
    Edit("population.women", "overstated", ("population",), r"\b(?:postmenopausal women|pregnant women|older (?:adults|women|men)|women|men|preterm infants|veterans|nurses)\b(?= (?:with|aged|who|in|had|were))", lambda m, rng: rng.choice(("people", "everyone")), "Sleep improved in women with asthma.", "people with"),
)  # fmt: skip
FAITHFUL: tuple[Edit, ...] = (
    Edit("same.link", "supported", (), r"\b(was|were|is|are) (?:significantly |independently )?associated with\b", r"\1 linked to", "Tea was associated with sleep.", "was linked to"),
    Edit("same.share", "supported", (), r"(?<![\d.-])(\d+(?:\.\d+)?)%(?! ?(?:CI|confidence|reduction|increase|higher|lower|decrease|risk))", _share, "Pain fell in 49% of patients.", "about half of"),
    Edit("same.modest", "supported", (), r"\b(?:significantly|substantially|markedly) ", "", "It fell significantly more.", "It fell more"),
    Edit("same.people", "supported", (), r"\b(?:individuals|subjects|participants)\b", "people", "The participants slept.", "people"),
    Edit("same.death", "supported", (), r"\bmortality\b", "the death rate", "All-cause mortality fell.", "death rate"),
    Edit("same.hedge", "supported", (), r"(?<=[a-z] )(reduces|improves|lowers|prevents|protects)\b", lambda m, _: "may " + m[1][:-1], "Tea improves sleep.", "may improve"),
    Edit("same.plain", "supported", (), r"$", "", "Tea improves sleep.", "Tea improves sleep"),
)  # fmt: skip
COMPILED = {edit.id: re.compile(edit.pattern) for edit in EDITS + FAITHFUL}

OPENINGS = ("", "", "", "The study found that ", "Researchers report that ", "According to the team, ", "It turned out that ", "Scientists said ")
_PARENTHESIS = re.compile(r" ?[(\[][^()\[\]]*[)\]]")
_HEADING = re.compile(r"^[A-Z][A-Z &/,]+: ")
_INTERVAL = re.compile(r"[;,]? ?\b(?:P|p) ?[<=>] ?0?\.\d+")


def told(sentence: str, edit: Edit, rng: random.Random) -> str | None:
    """The sentence as a draft might tell it, with the edit made; None where the edit finds nothing."""
    plain = _INTERVAL.sub("", _PARENTHESIS.sub("", _HEADING.sub("", sentence))).strip()
    match = COMPILED[edit.id].search(plain)
    if not match or not plain:
        return None
    new = match.expand(edit.change) if isinstance(edit.change, str) else edit.change(match, rng)
    changed = plain[: match.start()] + new + plain[match.end() :]
    opening = rng.choice(OPENINGS)
    if not opening:
        return changed[0].upper() + changed[1:]
    return opening + (changed if re.match(r"[A-Z]{2}|[A-Z]\w*\d", changed) else changed[0].lower() + changed[1:])


def contrast_pairs(study: str, sentences: Sequence[str], rng: random.Random, *, most: int = 3) -> Iterator[Example]:
    """At most `most` edited tellings of an abstract's sentences, and as many faithful ones of other edits.

    The premise is the sentence with its neighbours, so that the few chosen sentences hold it.
    """
    places = list(range(len(sentences)))
    for edits in (EDITS, FAITHFUL):
        rng.shuffle(places)
        made = 0
        for place in places:
            if made == most or not 40 <= len(sentences[place]) <= 300:
                continue
            found = [(edit, text) for edit in rng.sample(edits, len(edits)) if (text := told(sentences[place], edit, rng)) is not None]
            if not found:
                continue
            # Sentences that can be overstated are rarer than those with a figure or a direction: they go first.
            edit, text = min(found, key=lambda pair: (pair[0].verdict != "overstated", pair[0].id == "direction.flip"))
            window = range(max(0, place - 1), min(len(sentences), place + 2))
            yield Example(
                "contrast", study, text, tuple(sentences[i] for i in window), (list(window).index(place),),
                verdict=edit.verdict, kinds=edit.kinds,
            )  # fmt: skip
            made += 1
