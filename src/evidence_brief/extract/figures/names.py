"""Numerals that are parts of names, reference marks, years of citations, and ordinals: no figures of the study."""

from __future__ import annotations

import re

from evidence_brief.extract.figures.lexer import LONGEST, Token
from evidence_brief.extract.figures.vocabulary import TIME, UNIT

NAME, MARK, CITATION, ORDINAL = "part of a name", "reference mark", "year of a citation", "ordinal number"
ADDRESS, DESIGN, LABEL = (
    "part of an identifier",
    "names a design or a scale",
    "number of a table, figure, class or version",
)
TOO_LONG, OTHER_MARK = "a sequence of digits", "printed with the other decimal mark"

_LABELS = (
    "figures?|figs?\\.?|tables?|appendix|appendices|supplement|sections?|chapters?|equations?"
    "|eqs?\\.?|refs?\\.?|references?|version|v|ver\\.|release"
    "|phases?|grades?|gleason|stages?|types?|class|classes|groups?|arms?|cohorts?|parts?"
    "|study|studies|experiments?|exp\\.?|trials?|models?|questions?"
    "|items?|level|levels|tertiles?|quartiles?|quintiles?|clusters?|spss|stata|sas|prism"
    "|windows|icd|dsm|meddra|ctcae|pages?|pp\\.?"
    "|volume|vol\\.?|no\\.?|nos\\.?|numbers?|cycles?|visits?|sessions?|waves?|factors?"
    "|dimensions?|tiers?|categories|category|aims?|hypothesis"
    "|hypotheses|steps?|box|panel|additional file|file|periods?|scenario|objective|topic"
    "|domain|task|block|case|patient|subject|participant"
    "|site|center|centre|lane|exon|exons|chromosome|codon|genotypes?|subtypes?|serotypes?"
    "|influenza a|interleukin|omega|vitamin b|factor"
    "|protocol|guideline|grant|registration|approval|licence|license|mds-updrs|updrs|system"
    "|diabetes type|schedule|strategy|method|rule|law|article"
    "|coronavirus|release|edition|angiotensin|apolipoprotein|sars-cov"
)
_LABEL = re.compile(rf"(?:^|[^a-z])(?P<label>{_LABELS})[\s(]{{0,2}}(?:no\.? ?|#)?$")
_PLURAL_LIST = re.compile(r"\s?(?:,|-|–|—|/|\+|to|or|and|&|, and|, or|through|vs\.?|versus)\s?")
_TIME_LABEL = re.compile(r"(?:week|day|month|year|mid|pre|post|hour|wk|age|aged|q|non|minute)s?[-–]$")
_MARKS = re.compile(r"\[\s?[0-9]{1,3}(?:\s?[,;–-]\s?[0-9]{1,3}){0,30}\s?\]")
_AFTER_DOT = re.compile(r"[0-9]{1,3}(?:\s?[,–-]\s?[0-9]{1,3}){0,30}(?=\s+[A-Z“\"(]|\s*$)")
_MARK_LIST = re.compile(r"[a-z)”][.,](?:[0-9]{1,3}[,–-]){1,9}$")
_AFTER_COMMA = re.compile(r"[0-9]{1,3}(?:\s?[,–-][0-9]{1,3}){0,30}(?=\s+[a-z])")
_BRACKETED_FIGURE = re.compile(
    r"(?:median|mean|range|iqr|interquartile|ci|interval|ratio|[0-9%]|\bor|\bhr|\brr)[^.\[]{0,48}$"
)
_YEAR_BEFORE = re.compile(r"(?:[A-Z][\w’'-]+|al\.?|[A-Z]\.)[,;]?\s?[(\[]?$")
_YEAR_LIST = re.compile(r"(?:19|20)[0-9]{2}[a-z]?[,;]\s(?:[A-Z][^()]{2,60}[, ])?$")
_MONTH = re.compile(
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?|spring|summer|autumn|fall|winter)\.?,?\s$"
)
_MONTH_NEXT = re.compile(r" (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)")
_PREPOSITION = re.compile(
    r"(?:^|[^a-z])(?:in|since|during|until|from|to|and|between|of|by|through|year|early"
    r"|late|before|after|mid|for|or)[\s-]$"
)
_DESIGN = re.compile(
    r"-(?:arm|armed|group|sided|tailed|way|stage|phase|item|items|point|step|lead|dimensional"
    r"|fold|part|period|level|by|factor|parameter"
    r"|week-old|site|center|centre|category|class|session|component|drug|dose|hit|wave"
    r"|cohort|step|stepped|question|questionnaire|domain"
    r"|third|thirds|half|quarter|quarters|sample|compartment|treatment|cycle|channel|digit"
    r"|letter|country|armed|man|person|tier|view|plane"
    r"|layer|port|suture|bundle|vessel|chamber|electrode|joint|bed|variable|piece|star"
    r"|section|dose|tiered|visit|module|task|choice|back|axis)s?\b"
)
_WALK = re.compile(r"[ -]{1,2}(?:min(?:ute)?s?|m|meter|metre)[ -]walk")
_VERSION = re.compile(
    r"(?:^|[^a-z])(?:version|v|ver\.|spss|stata|sas|r version|release|ctcae|meddra|prism"
    r"|revman|windows|matlab)[ (]{0,2}(?:v\.? ?)?$"
)
_NO_NUMBER = re.compile(r"[^0-9.]?")
_CHAIN = re.compile(r"[0-9]+(?:[-/][0-9]{2,}){2,}")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![a-z])")
_DESIGN_WORD = re.compile(
    r"[ -](?:(?:\w{1,20} ){0,2}(?:groups?|arms?|phases|stages|steps|parts|times|types|kinds"
    r"|categories|sections|periods|conditions|treatments|regimens"
    r"|strategies|approaches|methods|measures|outcomes|endpoints|end points|sequences|studies"
    r"|trials|experiments|domains|models|factors"
    r"|tests|questionnaires|scales|interventions|cohorts|drugs|agents|interventions|formulations"
    r"|time points|timepoints|occasions|levels"
    r"|components|dimensions|subscales|dose levels|doses of|different|main|additional|additional"
    r"|independent|other|more|further|parallel"
    r"|major|distinct|separate|separately|techniques|raters|reviewers|authors|investigators"
    r"|observers|sets|tertiles|quartiles|variables"
    r"|readers|clusters|types|blocks|tasks|versions|programs|programmes|modalities|consecutive|and a half)\b)"
)


def reason_of(text: str, low: str, token: Token, before: str) -> str | None:
    """Why a number is none of the figures, if so. `before` is the lower text since the last figure, at most NEAR."""
    start, end = token.start, token.end
    if end - start > LONGEST:
        return TOO_LONG
    previous, following = low[start - 1 : start], low[end : end + 1]
    if token.word:
        return _of_word(low, token, before)
    if (glued := _glued(text, low, token, previous, following)) is not None:
        return glued
    if previous in ".,)–-" and previous and (mark := _after_stop(text, low, token)) is not None:
        return mark
    if previous in "[,;–-" and before.rfind("[") > before.rfind("]") and (mark := _bracketed(low, token)) is not None:
        return mark
    if token.whole is None:
        return LABEL if _version(before) else None
    if end - start == 4 and token.stop == end and 1850 <= token.whole <= 2100:
        return _of_year(text, low, token)
    label = _LABEL.search(before)
    if label is not None and label["label"] not in ("patient", "subject", "participant", "case", "site", "period"):
        return None if TIME.match(low, token.stop) or token.percent else LABEL
    if label is not None:
        return LABEL
    return DESIGN if following == "-" and _DESIGN.match(low, end) else None


def continues(token: Token, between: str, plural: bool) -> bool:
    """Whether a number goes on with the list in which the one before it was a label ("grades 2, 3 and 4")."""
    if (
        token.percent
        or token.decimals
        or token.whole is None
        or token.whole > 99
        or not _PLURAL_LIST.fullmatch(between)
    ):
        return False
    return plural or between.strip() in "-–/+or"


def _version(before: str) -> bool:
    return _VERSION.search(before) is not None


def _glued(text: str, low: str, token: Token, previous: str, following: str) -> str | None:
    """A number that letters, hyphens or other points stand against."""
    start, end = token.start, token.end
    if previous == "_" or (previous.isalpha() and not _single_p(low, start)):
        return None if _joined(low, start, token) else NAME
    if previous and previous in "-–‐‑" and low[start - 2 : start - 1].isalpha():
        return None if _TIME_LABEL.search(low[max(start - 8, 0) : start]) else NAME
    if low[start - 2 : start] in ("χ ", "χ^") or (
        previous in ("?", "^", "\ufffd") and low[start - 2 : start - 1] in "χx (?"
    ):
        return NAME
    if (number := _in_number(low, token, previous, following)) is not None:
        return number
    if following.isalpha():
        return _before_letters(text, low, token)
    if following and following in "-–‐‑" and low[end + 1 : end + 2].isalpha():
        return _before_hyphen(text, low, token)
    return None


def _joined(low: str, start: int, token: Token) -> bool:
    """Whether the letters before a number are no name: "0.62 to1.58", "CI95"."""
    if low[start - 2 : start] == "to":
        return low[start - 4 : start - 2].strip().isdigit()
    return low[start - 2 : start] == "ci" and token.whole in (90, 95, 99)


def _in_number(low: str, token: Token, previous: str, following: str) -> str | None:
    """A number that is a piece of a longer one: a version, an identifier, a link, a number with the other mark."""
    start, end = token.start, token.end
    digit_before, digit_after = low[start - 2 : start - 1].isdigit(), low[end + 1 : end + 2].isdigit()
    if (following == "." and digit_after) or (previous == "." and digit_before):
        return LABEL
    if previous in ("/", ".", "-", ":") and _in_address(low, start):
        return ADDRESS
    if (following == "-" and digit_after) or (previous == "-" and digit_before):
        chain = _CHAIN.match(low, _word(low, start))
        if chain is not None and chain.end() >= end:
            return ADDRESS
    if following == "," and token.text == "0" and digit_after:
        return OTHER_MARK
    if previous == "," and low[start - 2 : start - 1] == "0" and _NO_NUMBER.fullmatch(low[start - 3 : start - 2]):
        return OTHER_MARK
    return None


def _before_letters(text: str, low: str, token: Token) -> str | None:
    end = token.end
    if (ordinal := _ORDINAL.match(low, end)) is not None:
        month = _MONTH.search(low[max(token.start - 12, 0) : token.start]) or _MONTH_NEXT.match(low, ordinal.end())
        return None if month else ORDINAL
    # "Fig. 1Respiratory": a sentence that lost its space.
    lost = text[end].isupper() and text[end + 1 : end + 2].islower()
    return None if lost or TIME.match(low, end) or UNIT.match(low, end) else NAME


def _before_hyphen(text: str, low: str, token: Token) -> str | None:
    end = token.end
    if _WALK.match(low, end):
        return NAME
    if TIME.match(low, end) or UNIT.match(low, end):
        return None
    return DESIGN if _DESIGN.match(low, end) else _compound(text, low, token)


def _compound(text: str, low: str, token: Token) -> str | None:
    """A number joined to a word: of a substance in capitals (5-FU), else it counts what the word says."""
    after = text[token.end + 1 : token.end + 3]
    return NAME if after[:1].isupper() or not after[1:2].isalpha() else (DESIGN if token.whole is not None else None)


def _word(low: str, at: int) -> int:
    """Where the word begins that ends here, at most 60 characters before."""
    start = max(at - 60, 0)
    return max(low.rfind(" ", start, at) + 1, start)


def _in_address(low: str, start: int) -> bool:
    """Whether the word that the number stands in is a DOI, a link or a mail address."""
    word = low[_word(low, start) : start]
    return (word.startswith(("10.", "(10.")) and "/" in word) or any(
        sign in word for sign in ("doi", "http", "www.", "@")
    )


def _single_p(low: str, start: int) -> bool:
    return low[start - 1] == "p" and not low[start - 2 : start - 1].isalnum() and low[start] == "."


def _after_stop(text: str, low: str, token: Token) -> str | None:
    """A reference mark set against the end of a sentence or clause: "therapy.12,13 We"."""
    at = token.start - 1
    if _MARK_LIST.search(low[max(at - 30, 0) : token.start]) and _AFTER_DOT.match(text, token.start):
        return MARK
    earlier = low[at - 1 : at]
    if not (earlier.isalpha() or (earlier in ')”"' and earlier)) or low[at] == ")":
        return None
    pattern = _AFTER_DOT if low[at] == "." else _AFTER_COMMA
    return MARK if pattern.match(text, token.start) else None


def _bracketed(low: str, token: Token) -> str | None:
    at = low.rfind("[", max(token.start - 130, 0), token.start)
    match = _MARKS.match(low, at)
    if match is None or match.end() < token.end:
        return None
    return None if _BRACKETED_FIGURE.search(low[max(at - 50, 0) : at]) else MARK


def _of_year(text: str, low: str, token: Token) -> str | None:
    before, near = low[max(token.start - 16, 0) : token.start], text[max(token.start - 70, 0) : token.start]
    if _MONTH.search(before) or _PREPOSITION.search(before):
        return None
    if _YEAR_BEFORE.search(near) and low[token.end : token.end + 1] in (")", ";", ",", "]", "a", "b", ":"):
        return CITATION
    return CITATION if _YEAR_LIST.search(near) else None


def _of_word(low: str, token: Token, before: str) -> str | None:
    end = token.end
    if low[end : end + 1] == "-" and not TIME.match(low, end):
        return DESIGN
    if low[end : end + 8] in (" hundred", " thousan", " million"):
        return None
    if (token.whole or 0) < 10 and _DESIGN_WORD.match(low, end):
        return DESIGN
    if low[token.start - 3 : token.start] in ("-/-",):
        return DESIGN
    return (
        LABEL
        if re.search(
            r"(?:phase|stage|group|type|study|experiment|table|figure|part"
            r"|grade)s? $",
            before,
        )
        else None
    )
