"""Hedges, boosters and negations as whole words or phrases, with the guideline's exclusions.

The lexicon is data; one function applies it. A phrase matches on word borders, in
any case, with any white space between its words. Longer phrases win over words
inside them of the same cue; cues of different sorts may overlap and are all kept.
What it finds is one feature of the classifier that decides (`cues/__init__.py`).

Sources, and rows to hold each cue to: `rules/catalogue.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LEXICON: dict[str, tuple[str, ...]] = {
    "hedge": (
        # modals and adverbs of possibility
        "may", "might", "could", "possibly", "perhaps", "maybe", "potentially", "probably", "presumably", "seemingly", "apparently",
        "conceivably", "arguably", "plausibly", "tentatively", "likely", "unlikely", "possible", "it is possible", "it's possible",
        # verbs of tentative report
        "suggest", "suggests", "suggested", "suggesting", "appear to", "appears to", "appeared to", "appear", "appears", "appeared",
        "seem to", "seems to", "seemed to", "seem", "seems", "seemed", "hint", "hints", "hinted", "hint at", "hints at", "hinted at",
        "hinting", "indicate that", "indicates that",
        # states of the evidence
        "preliminary", "tentative", "inconclusive", "early evidence", "early signs", "early sign", "exploratory",
        "more research is needed", "further research is needed", "more studies are needed", "further studies are needed",
        "larger studies are needed", "larger trials are needed", "more work is needed", "more study is needed",
        "further trials are needed", "more trials are needed", "needs to be confirmed", "need to be confirmed",
        "remains to be seen", "remain to be seen", "not yet clear", "unclear", "remains unclear", "not clear", "uncertain", "uncertainty",
        "not certain", "cautious", "cautiously", "caution", "cautioned", "yet to be confirmed", "too early to say", "too soon to say",
        "not proof", "in theory", "to some extent",
    ),
    "booster": (
        "prove", "proves", "proved", "proven", "proving", "proof", "definitive", "definitively", "conclusive", "conclusively", "undeniable",
        "undeniably", "unquestionably", "indisputable", "indisputably", "irrefutable", "beyond doubt", "beyond question", "beyond any doubt",
        "without doubt", "without a doubt", "no doubt", "undoubtedly", "certainly", "clearly", "categorically", "once and for all",
        "breakthrough", "breakthroughs", "cure", "cures", "cured", "curing", "miracle", "miraculous", "miraculously", "wonder drug",
        "wonder", "magic bullet", "silver bullet", "holy grail", "game changer", "game-changer", "game changing", "game-changing",
        "revolution", "revolutionary", "revolutionise", "revolutionises", "revolutionised", "revolutionising", "revolutionize", "revolutionizes",
        "revolutionized", "revolutionizing", "groundbreaking", "ground-breaking", "landmark", "milestone", "first-ever",
        "first ever", "unprecedented", "historic", "transformative", "transformational", "transform", "transforms", "transformed",
        "dramatic", "dramatically", "drastic", "drastically", "striking", "strikingly", "remarkable", "remarkably", "spectacular",
        "spectacularly", "stunning", "stunningly", "astonishing", "astonishingly", "amazing", "amazingly", "incredible", "incredibly",
        "extraordinary", "extraordinarily", "staggering", "massive", "massively", "huge", "hugely", "enormous", "enormously", "vastly",
        "powerful", "powerfully", "potent", "sensational", "phenomenal", "profound", "profoundly", "slashes", "slashed",
        "slash", "slashing", "skyrocket", "soaring", "soared", "plummeted", "plummets", "plunged", "guarantee", "guarantees", "guaranteed", "guaranteeing",
        "life-saving", "lifesaving", "life-changing", "cutting-edge", "state-of-the-art", "jaw-dropping", "mind-blowing", "eye-popping",
        "superfood", "elixir", "fountain of youth", "total", "wipes out", "wiped out", "wipe out", "banish", "banishes",
        "banished", "never before", "foolproof", "fail-safe", "wonder drugs", "definitive proof", "whopping", "flawless", "lifeline", "for certain", "sharply", "through the roof", "sweeping", "establishes",
    ),
    "negation": (
        "no", "no longer", "not", "can't", "couldn't", "didn't", "doesn't", "don't", "isn't", "wasn't", "weren't", "won't", "hasn't", "haven't", "hadn't", "aren't", "cannot", "can not", "without", "failed to", "fails to", "fail to", "failing to", "neither", "nor", "never", "none",
        "lack of", "absence of", "unable to", "nothing",
    ),
}  # fmt: skip

EXCLUSIONS: dict[str, tuple[str, ...]] = {
    "hedge": (
        r"(?:\d{1,2}(?:st|nd|rd|th)?\s+|(?:in|since|until|from|by|last|next|this|early|late|mid|of|on)[ -])may\b(?![ ](?:have|be|help|not|also|reduce|lower))(?-i:(?<=May))",
        r"(?-i:\bMay)\s+(?:\d|19|20)",
        r"\b(?:could|may|might)\s+not\b(?=\s+(?:find|say|tell|detect|show|rule|be\s+(?:reached|explained|measured|ruled)))",
        r"\bcould\s+(?:not|n[o']t|neither)\b",
        r"\b(?:more|less|equally|as|times|% |percent|twice|least|most)\s+(?:\w+\s+)?(?:un)?likely\b",
        r"\blikely\s+(?:as|than)\b",
        r"\bas\s+(?:\w+\s+)?possible\b",
        r"\bpossible\s+(?:scores?|points?|range|total|maximum)\b",
        r"\b(?:has|have|had|also|first|newly)\s+appeared\s+(?:in|online|on)\b",
        r"\bappears?\s+(?:in|online|on)\b",
        r"\bpublished\b.{0,30}\bappeared\b",
    ),
    "booster": (
        r"\b(?:not|no|cannot|never|without|hardly)\s+(?:\w+\s+){0,2}(?:prov\w+|proof|conclusive\w*|definitive\w*|certain\w*|clear(?:ly)?|guarantee\w*|cure\w*|confirm\w*)",
        r"n['’]t\s+(?:\w+\s+){0,2}(?:prov\w+|proof|conclusive\w*|definitive\w*|certain\w*|clear(?:ly)?|guarantee\w*|cure\w*)",
        r"\b(?:total|proof)\s+of\b",
        r"\bproof[- ]of[- ](?:concept|principle)\b",
        r"\bfuture[- ]proof\b",
        r"\b(?:in|a|the|of)\s+total\b",
        r"\btotal\s+\w+",
        r"\bwonder(?:ed|ing)?\s+(?:if|whether|why|how|what)\b",
        r"\bdry[- ]cured\b",
        r"\bsuper\s?(?:market|vis|seded)\w*",
    ),
    "negation": (
        r"\bnot\s+(?:only|just|merely|simply|least|unlike)\b",
        r"\bwhether\s+or\s+not\b",
        r"\bor\s+not\b",
        r"\b(?:no|without(?:\s+a)?)\s+doubt\b",
        r"\bno\s+(?:matter|wonder|stranger|sooner|fewer\s+than|less\s+than|more\s+than|one\s+knows)\b",
        r"\b(?:did|do|does|was|were)n['’]t\b(?=\s+(?:involved|part))",
        r"\bnot[- ]for[- ]profit\b",
        r"\bwho\s+(?:was|were)\s+not\s+(?:involved|part)\b",
        r"\bnot\s+(?:involved|part\s+of|take\s+part|connected|affiliated)\b",
        r"\b(?:why|if)\s+not\b",
        r"\bno\.\s*\d",
    ),
}  # fmt: skip


FINDING = re.compile(
    r"\b(?:differ\w*|effects?|benefits?|significan\w*|reduc\w*|improv\w*|lower\w*|higher|prov(?:e|ed|es|ing|en)|proof|show\w*|establish\w*|caus\w*|link\w*|associat\w*"
    r"|relat\w*|chang\w*|better|worse|more|less|fewer|longer|shorter|risk|evidence|help\w*|increas\w*|prevent\w*|protect\w*|find|found|signs?|safe\w*|harms?"
    r"|serious|severe|gains?|affect\w*|rul(?:e|ed) out|confirm\w*|determin\w*|conclu\w*|demonstrat\w*|reach\w*|detect\w*|advantage|drop\w*|fall\w*|fell|rise|rose|declin\w*|surviv\w*|deaths?|cure[sd]?"
    r"|replac\w*|drops?|worked|work|likely|frequent|common|rare|clear\w*|tell|know whether|say (?:whether|why|if|that|which)|explain\w*|superior|match\w*|predict\w*|grow|grew|extend\w*|slow\w*|eas(?:e|ed)|last(?:ed)?|gap|budge\w*|shift\w*|apply|hold|carry|generali[sz]e\w*|side[- ]effects?|comparison group|control group)\b",
    re.IGNORECASE,
)
"""What a negation must stand near to deny a finding."""
NEAR_BEFORE, NEAR_AFTER = 40, 60
_WHO_NOT = re.compile(
    r"(?:\b(?:those|who|which|that|if|when|people|families|women|men|patients|children|anyone|or|and|with)\s+(?:(?:do|did|does|had|have|has|were|was|would|could|can|is|are|there)(?:\s+|(?=n['’]t)))?(?:is|are)?$)",
    re.IGNORECASE,
)


def denies_finding(text: str, start: int, end: int) -> bool:
    """Whether a negation at these offsets stands near a word of finding, and not in a clause about who took part."""
    if _WHO_NOT.search(text[max(0, start - 30) : start]):
        return False
    before = re.split(r"[.;:]", text[max(0, start - NEAR_BEFORE) : start])[-1]
    after = re.split(r"[.;:!?](?:\s|$)", text[end : end + NEAR_AFTER])[0]
    return bool(FINDING.search(after) or FINDING.search(before))


def compile_phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Whole words and phrases in any case, with any white space and either apostrophe; the longest wins."""
    ordered = sorted(phrases, key=len, reverse=True)
    parts = [re.escape(phrase).replace(r"\ ", r"\s+").replace("'", "['’]") for phrase in ordered]
    return re.compile(rf"(?<![\w'’-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)


_CUES = {cue: compile_phrases(phrases) for cue, phrases in LEXICON.items()}
_EXCLUDED = {cue: re.compile("|".join(patterns), re.IGNORECASE) for cue, patterns in EXCLUSIONS.items()}


def lexicon_cues(clean: str) -> set[tuple[int, int, str]]:
    """Start, end and cue of every phrase of the lexicon that no exclusion covers; `clean` is text from `segment.plain`."""
    found: set[tuple[int, int, str]] = set()
    for cue, pattern in _CUES.items():
        excluded = [match.span() for match in _EXCLUDED[cue].finditer(clean)]
        for match in pattern.finditer(clean):
            if any(start <= match.start() and match.end() <= end for start, end in excluded):
                continue
            if cue != "negation" or denies_finding(clean, match.start(), match.end()):
                found.add((match.start(), match.end(), cue))
    return found
