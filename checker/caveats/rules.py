"""Caveat rules as data: what in an abstract makes a caveat apply, and what in a draft tells it.

`trigger` patterns are searched in the abstract (the first hit is the quoted
trigger); `told` patterns in the draft. `designs` and `populations` limit where a
rule can apply; `gate` names a further condition, a function of `gates.GATES`.
Editorial sources and rows to hold each rule to: `rules/catalogue.toml`.
"""

from __future__ import annotations

from dataclasses import dataclass

HUMANS = frozenset({"humans"})
OBSERVATIONAL = frozenset({"cohort", "case_control", "cross_sectional", "other", "systematic_review", "meta_analysis", "unknown"})
HARMS = "harms"
INTERVENTIONS = frozenset({"non_randomised_trial", "case_series", "unknown", "cohort", "other"})


@dataclass(frozen=True, slots=True)
class CaveatRule:
    """One caveat; `clause` is the text to paste, with {size} and {quote} filled in where known."""

    name: str
    trigger: tuple[str, ...]
    told: tuple[str, ...]
    clause: str
    gate: str
    designs: frozenset[str] | None = None
    populations: frozenset[str] | None = None

    @property
    def id(self) -> str:
        """Its name in the catalogue of rules."""
        return f"caveat.{self.name}"


RULES: tuple[CaveatRule, ...] = (
    CaveatRule(
        "small_sample",
        (),
        (
            r"\b(?:small|tiny|modest|preliminary|pilot|proof[- ]of[- ]concept|early[- ]stage|feasibility|handful|only (?:a )?few)\b[^.]{0,40}\b(?:study|trial|group|sample|test|research|experiment|numbers?|series|project|finding|results?|pilot|people|patients|men|women)\b",
            r"\b(?:pilot|proof[- ]of[- ]concept)\b|\b(?:half a|a|one|two|three|four) dozen\b",
            r"\b(?:study|trial|sample|group|numbers?|series) (?:was|is|were|are)(?: also| very| quite| too| still)? (?:small|tiny|preliminary|limited)\b",
        ),
        "the study followed only {size}",
        populations=HUMANS,
        gate="small",
    ),
    CaveatRule(
        "animal_or_cells",
        (),
        (
            r"\b(?:mice|mouse|rats?(?! race)|rodents?|zebrafish|pigs?|piglets?|rabbits?|monkeys?|macaques?|marmosets?|primates?|ferrets?|hamsters?|dogs?|sheep|fl(?:y|ies)|worms?|animals?|beagles?|chickens?|mosquito(?:es)?)\b",
            r"\b(?:cells?|organoids?|mini[- ](?:guts?|brains?|organs?)|dish(?:es)?|lab[- ]grown|laborator(?:y|ies)|test[- ]tubes?|in vitro|tissue)\b",
            r"\b(?:(?:computer|mathematical|simulation|statistical) (?:model|simulation)\w*|model(?:l?ing|l?ed|s)?|simulat\w+|projections?|estimat\w+|inside a computer|imaginary|virtual)\b",
        ),
        "the work was done in {subjects}, not in people",
        populations=frozenset({"animals", "cells", "none"}),
        gate="not_people",
    ),
    CaveatRule(
        "observational",
        (
            r"[^.]*\b(?:associated with|association between|associations? of|linked (?:to|with)|correlated with|related to|more likely|less likely|odds ratio|hazard ratio|risk ratio|relative risk|more (?:common|frequent)|less (?:common|frequent))\b[^.]*",
        ),
        (
            r"\b(?:cannot|can't|can’t|could not|couldn't|couldn’t|does not|doesn't|doesn’t|do not|don't|don’t|did not|didn't|didn’t|not|no|unable to|nor|neither|never|hard to|difficult to)\b[^.!?]{0,60}\b(?:prove|proof|show|establish|say|tell|determine|mean|demonstrate|know|pin down|settle|confirm|work out|sort out|separate|untangle|reveal|answer|explain|conclude|be sure)\b[^.!?]{0,80}\b(?:caus\w*|effect|whether|why|because|which|responsible|to blame|behind|due|leads?|brings?|makes?|itself|reason|direct\w*|what|if|comes? first|account\w*)\b",
            r"\b(?:only|merely|just|simply) (?:an? |found |shows? |showed )*(?:an? )?(?:association|link|correlation|pattern)\b",
            r"\b(?:association|correlation|link)\b[^.!?]{0,40}\b(?:not|rather than|does not|doesn't|doesn’t|isn't|isn’t)\b[^.!?]{0,30}\b(?:caus\w*|proof|prove|effect)\b",
            r"\bcause[- ]and[- ]effect\b",
            r"\breverse caus\w+|\bcausal\w*\b|\bcausation\b",
            r"\bobservational\b",
            r"\b(?:other (?:factors|things|differences|explanations?|habits|reasons?)|confound\w*|something else|some other)\b[^.!?]{0,60}\b(?:explain|account|behind|play|may|might|could|responsible|differ|at work|contribut)",
            r"\b(?:may|might|could)\b[^.!?]{0,40}\b(?:be explained by|reflect|be down to|be due to|run the other way|work the other way|stem from|have to do with)\b",
            r"\bwhether\b[^.!?]{0,80}\b(?:causes?|caused|responsible|to blame|is behind|makes the difference|itself)\b[^.!?]{0,60}\b(?:not|unclear|unknown|cannot|open|remains|another|no)\b",
            r"\b(?:stud(?:y|ies)|trial|research|data|figures|numbers|records?|regist(?:ry|ries|ers)|surveys?|work|analysis|findings?|results?)\b[^.!?]{0,30}\b(?:cannot|can't|can’t|could not|couldn't|couldn’t|does not|doesn't|doesn’t|do not|don't|don’t|will not|won't|won’t)\b[^.!?]{0,25}\b(?:tell (?:you|us|anyone)|say|prove|swear|bear|pin)\b|\bnothing\b[^.!?]{0,40}\bcan (?:tell|say|prove|show)\b",
            r"\b(?:may|might|could)\b[^.!?]{0,30}\b(?:account for|explain|lie behind|be behind)\b[^.!?]{0,30}\b(?:some|part|all|much|most|everything|the (?:link|pattern|difference|gap|finding|association|connection|result|excess)|this)\b",
            r"\b(?:may|might|could)(?: just| very)?(?: as| equally)?(?: well)? (?:simply|merely|just as well|come down to)\b|\bit (?:may|might|could)(?: \w+)? be that\b|\b(?:even|also|quite|equally) possible\b[^.!?]{0,30}\bthat\b",
            r"\bnone of (?:which|this|that|it) (?:proves|shows|means|settles)\b|\bno (?:proof|saying|telling) (?:that|whether|which|what)\b|\bnot (?:to )?(?:the |be the )?(?:culprit|cause)\b|\bproof of (?:nothing|cause)\b",
            r"\b(?:pin|lay|put|lays?|place) (?:all )?the blame\b|\bverdict on (?:the )?cause\b|\ball (?:of )?the credit\b|\b(?:deserve|take|share) (?:some|part|much) of the (?:credit|blame)\b",
            r"\b(?:not (?:a )?(?:randomi[sz]ed|an? experiment)|no experiment|were not (?:assigned|randomi[sz]ed)|nobody was (?:assigned|told))\b",
            r"\b(?:brings? about|pushing|pushes|drives|driving) the other\b|\bcan(?:not)? (?:never|not)? ?(?:ever )?(?:settle|untangle)\b|\b(?:true|real|actual) culprit\b|\bstop(?:s|ped)? short\b[^.!?]{0,30}\b(?:accus|blam|claim|say)\w*|\b(?:turn up|travel\w*|go|occur|appear)\b[^.!?]{0,15}\b(?:together|hand in hand|in the same)\b[^.!?]{0,60}\bnot\b",
            r"\bchicken[- ]and[- ]egg|which (?:comes?|came) first|the other way (?:round|around)\b",
        ),
        "the study found a link and cannot show that one causes the other",
        designs=OBSERVATIONAL,
        populations=HUMANS,
        gate="observational",
    ),
    CaveatRule(
        "no_control_group",
        (
            r"[^.]*\b(?:single[- ]arm|one[- ]arm|uncontrolled|no control(?:s| group)?|without (?:a )?(?:control|comparison|comparator)(?: group)?|absence of (?:a )?(?:control|comparison)(?: group)?|no (?:comparison|comparator)(?: \w+)?|lack(?:ed|s|ing)? (?:of )?(?:a )?(?:control|comparison)(?: group)?)\b[^.]*",
            r"[^.]*\b(?:before[-– ](?:and[- ])?after|pre[-– ]?post)\b[^.]*",
            r"[^.]*\b(?:case series|first[- ]in[- ]human)\b[^.]*",
        ),
        (
            r"\b(?:no|without|lack\w*|absen\w+|not|nobody|there was no|did not have|didn't have|didn’t have|nor)\b[^.!?]{0,60}\b(?:control|comparison|comparator|placebo|compar\w+|untreated|dummy|sham|waiting list|other clinics?|(?:second|another|other) (?:group|bunch|lot|set)|alongside)\b",
            r"\b(?:none|nobody|no one) (?:was|were) (?:kept|left|held|given nothing|asked to wait)\b",
            r"\b(?:uncontrolled|single[- ]arm|one[- ]arm)\b",
            r"\b(?:everyone|everybody|all (?:the |of the |of them |\w+ )?(?:\w+ )?(?:patients|participants|volunteers|people|men|women|children)?)\s?(?:got|had|were given|was given|received|took|knew|on the)\b",
            r"\bcompared (?:only )?with (?:their|its|his|her) own\b",
            r"\b(?:simply|only|just) compared\b",
            r"\bno (?:second|other) \w+ to\b|\b(?:nothing|nobody|no one|no \w+) to (?:compare|set|hold|measure) (?:\w+ ){0,3}(?:against|with|to)\b|\bnobody (?:was|were|got|had|went)\b[^.!?]{0,40}\b(?:skip|without|left out|untreated|dummy)\b",
        ),
        "there was no comparison group",
        designs=INTERVENTIONS,
        populations=HUMANS,
        gate="uncontrolled",
    ),
    CaveatRule(
        "not_significant",
        (),
        (
            r"\b(?:not|n't|n’t|no|nor|neither|failed|fell short|miss\w*|never|without)\b[^.!?]{0,60}\b(?:statistical\w*|significan\w*|differ\w*|effect|better|benefit|improve\w*|reach\w*|met|meet|goal|target|main (?:measure|goal|aim|outcome|test)|primary|reduce|lower|fewer|change|help|work|clear|gap|advantage|distinguish|tell apart|budge|shift|more|less|longer|faster|matter|move)\b",
            r"\b(?:down to|due to|explained by|be|by|put down to|blamed on|a matter of|consistent with|ruled? out|product of) (?:pure |mere |simple )?(?:chance|luck|a fluke|coincidence)\b|\bchance (?:finding|alone|could|can|may|cannot|is allowed)\b|\b(?:play|range|bounds?|reach|work) of chance\b|\bluck (?:might|may|could|can|alone)\b|\b(?:too (?:close|small|little|few|near|slight|narrow)\b[^.!?]{{0,30}}\bto (?:call|tell|be sure|count|mean)|dead heat)\b",
            r"\b(?:about the same|much the same|no different|just as (?:many|often|likely|well|much)|as (?:likely|often|many) (?:as|to|in)|similar(?:ly)?|identical|level[- ]pegging|made (?:no|little) difference|little difference|non[- ]?significant|inconclusive|statistical noise|margin of error|equally|evenly|no clear|neck and neck|as many (?:\w+ ){1,3}as|toss(?:ed|ing)? (?:of )?a coin|coin[- ]toss|nothing (?:you could|to) tell|for nothing|no better|too slender|tell(?:ing)? (?:one|them|the two|either) (?:from|apart)|(?:call(?:s|ed)? )?(?:it )?a draw|drew a blank|did nothing|barely (?:moved|changed|differed))\b",
            r"\b(?:compared (?:only )?with (?:their|its|his|her) own|before and after|(?:their|the) own (?:earlier|starting|baseline)|from the start of the study|no (?:control|comparison))\b",
        ),
        "the main result was not statistically significant",
        gate="null",
    ),
    CaveatRule(
        "short_follow_up",
        (),
        (r"\b(?:{number})[\s-]+(?:(?:day|week|fortnight|month|night|hour|session)s?)\b|\b(?:fortnight|overnight|one[- ]off|(?:a|single|one|each|every|per) (?:day|week|month|night)|for (?:a|one|just a) (?:day|week|month)|weeks? later|months? (?:later|on))\b|\bshort(?:-lived|-term| term| trial| study)\b",),
        "people were followed for only {duration}",
        populations=HUMANS,
        gate="short",
    ),
    CaveatRule(
        "surrogate_outcome",
        (
            r"[^.]*\b(?:primary|main|principal|co-primary) (?:outcomes?|end ?points?|measures?|objectives?|efficacy)\b[^.]{{0,120}}\b(?:{marker})\b[^.]*",
            r"[^.]*\b(?:{marker})\b[^.]*\b(?:was|were) (?:the )?(?:primary|main)\b[^.]*",
            r"[^.]*\b(?:fell|rose|reduc\w+|lower\w*|improv\w+|increas\w+|decreas\w+|higher|chang\w+|declin\w+)\b[^.]{{0,60}}\b(?:{marker})\b[^.]*",
            r"[^.]*\b(?:{marker})\b[^.]{{0,60}}\b(?:fell|rose|reduc\w+|lower\w*|improv\w+|increas\w+|decreas\w+|higher|chang\w+|declin\w+)\b[^.]*",
        ),
        (r"\b(?:{marker}|scans?|blood tests?|readings?|levels?|markers?|X-rays?|images?|imaging|scores?|measure[ds]?|hormone|cholesterol|sugar|pressure|grip|memory tests?|bacteria|antibod(?:y|ies)|virus|tumou?rs? shrank|shrank|shrunk|response|cent(?:imet|re)|density)\b",),
        "the study measured {marker}, not how people felt or how long they lived",
        populations=HUMANS,
        gate="surrogate",
    ),
    CaveatRule(
        "self_reported",
        (
            r"[^.;]*\b(?:self[- ]report\w*|self[- ]rated|self[- ]complet\w+|self[- ]assess\w+|questionnaires?|diar(?:y|ies)|recall(?:ed)?|survey(?:ed)?s?|respondents?|interview(?:s|ed)?|(?:patient|participant|parent|child|caregiver|teacher|mother|carer|partner)s?[- ]reported|reported (?:by|how|their|whether)|(?:participants|patients|women|men|parents|children|mothers|pupils|students|volunteers|adults|users|nurses|staff|carers|cadets) (?:also )?(?:reported|rated|recorded|were asked|logged|completed (?:\w+ ){0,4}(?:questionnaires?|surveys?|diar|scales?|forms?))|rated (?:their|itch|pain)|logbooks?|visual analogue scale|(?:numeric|numerical) rating scale|asked (?:about|to|how|whether)|\binventory\b|\bPHQ-9\b|\bGAD-7\b|Insomnia Severity Index)\b[^.;]*",
        ),
        (
            r"\b(?:self[- ]?report\w*|self[- ]?rat\w+|self[- ]?assess\w*|self[- ]?complet\w*|questionnaires?|diar(?:y|ies)|survey(?:ed)?s?|polled|quizzed|recall\w*|recollect\w*|interviewed|logged|(?:filled|filling|fill) (?:in|out)|kept (?:a )?(?:log|record|diary)|respondents?|form that they|on a form)\b",
            r"\b(?:participants?|people|women|men|patients|parents|children|pupils|students|volunteers|adults|users|nurses|staff|carers|teachers|teenagers|residents|workers|mothers|fathers|veterans|they|who|each|everyone|many|most|some|\d+%?|per cent|percent) (?:also |had |each )?(?:said|reported|rated|described|answered|recorded|noted|scored themselves|ranked)\b(?! (?:on|in|by) (?:\w+day|January|February|March|April|May|June|July|August|September|October|November|December|the journal))",
            r"\b(?:told (?:the )?(?:researchers|team|scientists|investigators)|asked (?:people|them|participants|women|men|patients|parents|volunteers|adults|how|about|whether|to (?:rate|report|say|score|rank)))\b",
            r"\b(?:own|parents?['’]s?|mothers['’]|people['’]s|patients['’]|participants['’]) (?:word|reports?|accounts?|answers|ratings?|scor(?:es?|ing)|reckoning|counts?|judg\w+|memor\w+|say-so|estimates?)\b",
            r"\basked\b[^.!?]{0,80}\b(?:how|what (?:they|she|he)|whether they|to (?:note|rate|keep|recall|say|name|describe|remember|report|score))\b|\b(?:put|posed) (?:\w+ )?questions? to\b|\b(?:could|can) remember\b|\bremembered\b|\bpoll(?:ed)? of\b|\bgave answers\b"
            r"|\b(?:replies|answers) (?:to|came|from|given)\b|\banswer(?:ed|ing) (?:a|an|the|\d+) (?:\w+ )?(?:form|question\w*)\b|\btick(?:ed|ing)? (?:a |the )?box\b|\b(?:daily|own) (?:tally|logs?|notes)\b"
            r"|\b(?:taken?|took|taking) (?:\w+ ){0,3}at (?:their|his|her) word\b|\b(?:clearer|better) memor\w+\b|\b(?:patients|people|women|men|parents|participants) (?:marked|scored)\b|\brating their\b",
            r"\b(?:third|half|quarter|fifth|tenth|those|ones|\d+ (?:per cent|percent)|\d+%)\b[^.!?]{0,30}\b(?:said|told|reckoned?|remembered)\b|\b(?:take|took|taking) (?:\w+ )?(?:word|say-so)\b|\btold (?:a|an|the) (?:caller|interviewer|nurse)\b|\bthey (?:also )?reckon(?:ed)?\b",
            r"\brated\b|\breport(?:ing)? (?:less|more|fewer|better|worse|lower|higher|feeling|poor|frequent|having|being)\b",
        ),
        "it rests on what people reported themselves",
        populations=HUMANS,
        gate="self_reported",
    ),
    CaveatRule(
        "narrow_population",
        (),
        (),
        "the study included only {group}",
        populations=HUMANS,
        gate="narrow",
    ),
    CaveatRule(
        "early_phase",
        (
            r"[^.]*\b(?:phase (?:1|2|I|II|1/2|I/II|1b|2a|2b|Ib|IIa|IIb|one|two)\b|first[- ]in[- ]human|first[- ]time[- ]in[- ]human|feasibility|proof[- ]of[- ](?:concept|principle)|pilot|dose[- ]escalation|dose[- ]finding)(?![^.]*\b(?:phase (?:3|III)|is planned|are planned|needed)\b)[^.]*",
        ),
        (
            r"\b(?:phase (?:1|2|I|II|1/2|one|two|1b|2a|2b)\b|phase-(?:1|2|I|II|one|two)|early[- ](?:stage|phase|days|trials?|stud(?:y|ies)|tests?|testing|results?|research|safety|work|data|findings?|evidence|look|glimpse|signs?|human|clinical)|mid[- ]?stage|mid-phase|first[- ]in[- ]human|first (?:time(?! in (?:years|months|decades|ages))|test|trial|people|humans)|first of (?:the |its )?(?:two|three|four|several|many) (?:hurdles|steps|stages|rounds)|(?:first|opening|second) (?:round|lap|hurdle|rung|leg)|only (?:people|person|patients|ones?) (?:on earth|in the world|ever)|(?:run|done|carried out) at all|in people for the first time|feasibility|proof[- ]of[- ](?:concept|principle)|pilot|preliminary|exploratory|first step|experimental stage|safety (?:study|trial|test))\b",
        ),
        "this was {phase}",
        populations=HUMANS,
        gate="early",
    ),
    CaveatRule(
        "not_peer_reviewed",
        (
            r"[^.]*\b(?:preprint|medrxiv|biorxiv|not (?:yet )?(?:been )?(?:peer[- ]reviewed|published|certified by peer review)|(?:conference|congress|meeting) abstract|(?:abstract|poster|presented) (?:\w+ ){0,3}(?:at|to) (?:the|an?)\b|late[- ]breaking|oral presentation)\b[^.]*",
        ),
        (
            r"\b(?:pre-?prints?|medrxiv|biorxiv|(?<!in a )(?<!leading )(?<!respected )(?<!major )peer[- ]review\w*|checked by (?:other|outside|independent)|vetted by|scrutini[sz]ed by|reviewed by (?:other|outside|independent)|(?:other|outside|independent|fellow) (?:\w+ )?(?:scientists|experts|researchers|reviewers?|specialists|doctors)\b[^.!?]{0,40}\b(?:yet|not|n't|haven['’]t|before|chance|pick\w*|vet\w*|gone through)|no (?:\w+ )?(?:referees?|reviewers?)|referees|assessors|with a journal|conference(?! calls?)|congress|annual meeting|(?:at|to) (?:a|the|this year['’]s) (?:\w+ ){0,4}meeting|poster|(?:not|n't|n’t|yet to|been) (?:yet )?(?:be |been )?published|unpublished|journal has yet|yet to appear in a journal|presented (?:at|to|in|on))\b",
        ),
        "it has not been peer reviewed yet",
        gate="unreviewed",
    ),
    CaveatRule(
        "funding_or_conflict",
        (),
        (),
        "{quote}",
        gate="conflict",
    ),
    CaveatRule(
        "relative_risk_only",
        (),
        (),
        "in absolute terms, {absolute}",
        gate="absolute",
    ),
    CaveatRule(
        HARMS,
        (
            r"[^.]*\b(?:(?:serious )?adverse (?:events?|effects?|reactions?)|side[- ]effects?|toxicit(?:y|ies)|complications?|tolerab\w+|well tolerated|poorly tolerated|overdiagnos\w+)\b[^.]*",
            r"[^.]*\b(?:{harm})\b[^.]{0,80}\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|more (?:common|frequent|often)|increased|higher)\b[^.]*",
            r"[^.]*\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|some) (?:\(\d+(?:\.\d+)? ?%\) )?(?:\w+[- ]?){0,4}(?:had|reported|developed|experienced|lost) (?:\w+ ){0,4}(?:{harm})\b[^.]*",
            r"[^.]*\b(?:discontinued|withdrew|withdrawn|stopped (?:early|treatment|taking)) [^.]{0,30}\b(?:because|due|owing|after|for)\b[^.]*",
        ),
        (
            r"\b(?:adverse|side[- ]effects?|harms?|harmful|toxic\w*|complication\w*|unwanted|tolerat\w+|tolerab\w+|bad reactions?|(?:stopped|quit|dropped out|withdrew|pulled out)\b[^.]{0,30}\bbecause|safe(?:ty|ly)?\b(?! way)|downsides?|drawbacks?|price to pay|trouble-free)\b",
        ),
        "the study also reported harms: {quote}",
        gate="harms",
    ),
    CaveatRule(
        "subgroup_or_secondary",
        (
            r"[^.]*\b(?:subgroups?|secondary (?:outcomes?|end ?points?|analys[ei]s|measures?)|post[- ]hoc|exploratory|sub-?set|prespecified|pre-specified)\b[^.]*",
        ),
        (
            r"\b(?:subgroups?|sub-?set|secondary|post[- ]hoc|after[- ]the[- ]fact|exploratory|one of (?:\w+ )?(?:\w+ )?(?:measures|outcomes|yardsticks|tests|questions)|side (?:measure|question|finding)|not the main|wasn['’]t the main|bright spot|glimmer|consolation prize|zoom(?:s|ed|ing)? in|also-rans?|(?:not|wasn['’]t|was not) (?:the thing|what)\b[^.!?]{{0,30}}\b(?:test\w*|built|designed|set out)|only thought to|second on|only (?:in|among|when|for|those)|(?:was|were) (?:confined|limited|restricted) to|one group|slice|unplanned|looked (?:again|back)|closer look|smaller group)\b",
        ),
        "the benefit was seen only in a secondary or subgroup analysis",
        gate="secondary",
    ),
)  # fmt: skip

MARKER = (
    r"(?:blood|systolic|diastolic|intraocular) pressure|cholesterol|LDL|HbA1c|glucose|insulin|CRP|C-reactive protein|interleukin\S*|IL-\d+|cytokines?"
    r"|biomarkers?|markers?|serum \w+|plasma \w+|antibod(?:y|ies)|titres?|titers?|viral load|bone (?:mineral )?density|MRI|PET|imaging|scan|tumou?r (?:response|size|volume)"
    r"|objective response|response rate|pathological (?:complete )?response|progression[- ]free|ejection fraction|eGFR|grey matter|gray matter|white matter|brain volume|cortical thickness"
    r"|carotid|plaque|arterial stiffness|microbio\w+|diversity|neurofilament\S*|amyloid|tau|cortisol|melatonin|testosterone|oestr\w+|estr\w+|ferritin|haemoglobin|hemoglobin"
    r"|bacteri\w+|colony|viral clearance|clearance|seroconversion|immunogenicity|axial length|FEV1|VO2|grip strength|heart rate(?: variability)?|radiograph\w*|X-ray|wrinkle\w*|sperm (?:count|concentration|motility)|embryo\w*|fat mass|liver fat|visceral fat|reaction time|EEG|connectivity|cell counts?|telomere\w*|methylation|lactate|creatinine|albuminuria|uric acid|urate|vitamin D (?:level|status|concentration)\w*|25-hydroxyvitamin D|concentrations?|retinal|score on a (?:cognitive|memory)"
)

HARM = (
    r"nausea|vomiting|stomatitis|mucositis|gallstones?|ha?ematomas?|dissection|dissociation|arthralgia|myalgia|anaphylaxis|thrombos[ie]s|embolism|hoarseness|gastrointestinal (?:events|symptoms)|suicidal thoughts|(?:gastrointestinal|stomach) upset|(?:jaw|tooth|muscle) ache|stumbl\w+|slipped|adhesions?|diarrh\w+|loose stools|constipation|bleeding|ha?emorrhages?|headaches?|dizziness|light-?headed\w*|faint\w*|irritation|irritability|dryness|bloating|hypoglyc\w+|oedema|edema"
    r"|rash(?:es)?|pruritus|itch\w*|drowsiness|sleepiness|somnolence|sedation|soreness|sore (?:arms?|throat|muscles)|stinging|burning|burns?|fever|chills|swelling|redness|injection[- ]site \w+|muscle pain|bruis\w+"
    r"|falls?|fractures?|injur(?:y|ies)|sprains?|nosebleeds?|insomnia|agitation|panic|anxiety attacks?|palpitations?|hypotension|fall in blood pressure|hypothermia|low(?:er)? body temperatures?|body temperature below"
    r"|weight loss|(?:\d+|ten) ?% of (?:their )?body weight|aminotransferase|liver enzymes?|kidney injury|neutropenia|anaemia|anemia|infections?|haze|cough|cramps?|knee pain|pain at the|abdominal pain|discomfort|blisters?|displaced|perforat\w+|ulcer\w*|seizures?|tremor"
    r"|false[- ]positives?|false alarms?|deaths?|died|worsening|urinary frequency|dehydration|exacerbations?|admitted|unnecessary \w+"
)
"""Words for harms that abstracts of trials report without calling them adverse events."""
