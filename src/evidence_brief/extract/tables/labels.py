"""The words of headers and stubs: the number of patients in them, the group, the time, the outcome and its unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from evidence_brief.extract.tables.forms import LONGEST, Form, form_of, unmarked

_COUNTED = "patients|subjects|participants|cases|controls|women|men|children|individuals|persons|people|infants"
SIZE = re.compile(
    r"(?:,\s*)?[(\[]?\s*(?<![\w.])(?:total )?(?:n|N|No\.?|𝑛"
    r"|𝑁)[₁-₉1-9]?\s*[=:]\s*(?P<n>\d{1,3}(?:[, \u00a0\u2009\u202f]\d{3})+(?!\d)|\d+)"
    rf"(?:\s*(?:{_COUNTED}))?(?![\d.,]*\d|\s*[/%–-]\s*\d)\s*(?:[)\]]|(?=[,;:]|\s|$))"
    rf"|[(\[]\s*(?P<counted>\d{{1,3}}(?:,\d{{3}})+|\d+)\s*(?:{_COUNTED})\s*[)\]]"
)
_ANY_SIZE = re.compile(r"(?<![A-Za-z])[nN][₁-₉1-9]?\s*[=:]")
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)?)[)\]]")
_PERCENT_OF_ALL = re.compile(r"[(\[]\s*\d+(?:\.\d+)?\s*%?\s*[)\]]")
_COUNTED_PERCENT = re.compile(
    r"(?:(?<=\s)|(?<=,)|(?<=–))(?:[nN]|[Nn]o\.?|[Nn]umber)\s*[(\[]\s*(?:%|percent)\s*[)\]]?\s*$"
)
_MARKS = "*†‡§¶#‖∗⁎ªᵃᵇᶜᵈ⁺^¹²³⁴⁵⁶⁷⁸⁹ \u00a0\t:;,.–-"
_NUMBER_WORD = (
    r"(?:\d+(?:[.–-]\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|first|second|third|1st|2nd|3rd)"
)
_SPAN = r"(?:weeks?|wks?|months?|mo|mths?|days?|d|hours?|hrs?|h|years?|yrs?|y|min(?:utes?)?|visits?|sessions?|cycles?)"
_TIME = re.compile(
    rf"(?:(?:at |after |by |post |pre )?{_NUMBER_WORD}[ -]?{_SPAN}|(?:day|week|month|year|visit|time|T|D|W|M|Y)\s?\d+)"
    r"(?: (?:later|after .{1,40}|follow[- ]?up|post.{0,40}|of (?:treatment|therapy|follow-up)))?"
    r"|(?:at )?(?:baseline|admission|discharge|enrol?lment|entry|follow[- ]?up|end ?point|end of .{1,30}"
    r"|study end|screening|inclusion)"
    r"(?: (?:value|visit|\d.{0,15}))?"
    r"|(?:pre|post)[- ]?(?:test|treatment|intervention|operati\w+|op|therapy|dose|exercise|training|injury"
    r"|surgery|program\w*)?"
    r"|(?:before|after)(?: .{1,40})?|initial(?:ly)?|final",
    re.I,
)
_BARE_NUMBER = re.compile(r"[\d.–-]+")
_TOTAL = re.compile(
    rf"(?:the )?(?:total|all|overall|entire|whole|combined|pooled)(?: (?:{_COUNTED}|sample|cohort|population"
    rf"|group|study (?:sample|population)))?s?",
    re.I,
)
_NO_GROUP = re.compile(
    r"(?:characteristics?|variables?|parameters?|values?|categor\w+|items?|levels?|measures?|outcomes?"
    r"|results?|groups?|"
    r"treatments?|statistics?|data|type|no|yes|missing|reference|description|analy[sz]ed|frequency|numbers?"
    r"|percent\w*|range|unit|units|events?|score|mean|test|"
    r"comparisons?|univari\w+(?: analysis)?|multivari\w+(?: analysis)?|unadjusted|adjusted|crude|model \w+"
    r"|effect size)",
    re.I,
)
_UNIT = re.compile(
    r"(?:years?|yrs?|y|months?|mo|weeks?|wks?|days?|d|hours?|hrs?|h|min(?:utes?)?|s|sec(?:onds?)?|kg|g|mg|µg"
    r"|μg|ng|pg|cm|mm|m|µm|μm|nm"
    r"|ml|mL|l|L|dl|bpm|beats/min|kg/m2|kg/m²|kg/m\^2|mm ?Hg|mmHg|°C|points?|score|kcal|kJ|IU|U|mEq|mmol|µmol"
    r"|μmol|nmol|pmol"
    r"|(?:[×x]\s?10\S{1,3}\s?)?[\w%µμ·.]{1,8}/[\w%µμ·./ ²³]{1,14}|c?m[²³23]|[µμmnp]M|[µμmnpk]?(?:g|mol|U"
    r"|IU) ?[dmµμ]?[Llg]⁻¹)",
)


@dataclass(frozen=True)
class Size:
    """A number of patients in a header or stub: its span in that text."""

    start: int
    end: int
    n: int


@lru_cache(maxsize=4096)
def size_in(words: str) -> Size | None:
    """The number of patients that a header names ("IVIG (n = 24)"); None where it names none, or several."""
    if len(words) > LONGEST:
        return None
    found = list(SIZE.finditer(words))
    if len(found) != 1 or len(_ANY_SIZE.findall(words)) > 1:
        return None
    name = "n" if found[0]["n"] else "counted"
    digits = re.sub(r"\D", "", found[0][name])
    return Size(*found[0].span(name), int(digits)) if len(digits) < 10 else None


def names_sizes(words: str) -> bool:
    """Whether the words speak of numbers of patients at all, readable or not."""
    return _ANY_SIZE.search(words) is not None


@lru_cache(maxsize=4096)
def label_of(words: str) -> str:
    """A header without its number of patients, formats and footnote marks: "IVIG" of "IVIG* (n=24), n (%)"."""
    if len(words) > LONGEST:
        return ""
    text = SIZE.sub(" ", unmarked(words))
    if text != unmarked(words):
        text = _PERCENT_OF_ALL.sub(" ", text)
    text = _COUNTED_PERCENT.sub("", text)
    text = _BRACKET.sub(lambda m: "" if not m[1].strip() or form_of(m[1]) is not None else m[0], text)
    pieces = [piece for piece in re.split(r"[,;]\s+|\s[-–—]\s", text) if piece.strip()]
    while len(pieces) > 1 and form_of(pieces[-1]) is not None:
        pieces.pop()
    kept = ", ".join(pieces) if len(pieces) < len(re.split(r"[,;]\s+|\s[-–—]\s", text)) else text
    label = " ".join(kept.split()).strip(_MARKS)
    return "" if form_of(label) is not None or not re.search(r"\w", label) else label


@lru_cache(maxsize=4096)
def is_time(label: str) -> bool:
    """Whether a label names a moment: "Baseline", "6 months", "After treatment"."""
    return len(label) < 60 and _BARE_NUMBER.fullmatch(label) is None and _TIME.fullmatch(label) is not None


_MAY_BE_A_STAGE = re.compile(r"[TDWMY]\s?\d+|pre|post", re.I)


def is_category(label: str) -> bool:
    """Whether a label that looks like a moment may be a category: "T1" of tumours, "Post" of the menopause."""
    return _MAY_BE_A_STAGE.fullmatch(label) is not None


def is_total(label: str) -> bool:
    """Whether a label names the whole: "Total", "All patients"."""
    return _TOTAL.fullmatch(label) is not None


def names_no_group(label: str) -> bool:
    """Whether a label is a word of the table's own ("Variable", "Univariate"), and no group of patients."""
    return not label or _NO_GROUP.fullmatch(label) is not None or _BARE_NUMBER.fullmatch(label) is not None


@dataclass(frozen=True)
class Stub:
    """What a row is about: its outcome in words, its unit, and the format that it states."""

    outcome: str
    unit: str | None
    form: Form | None


@lru_cache(maxsize=4096)
def stub_of(words: str) -> Stub:
    """Take a stub apart: "BMI (kg/m²), mean (SD)" is the outcome BMI, in kg/m², as mean and SD."""
    if len(words) > LONGEST:
        return Stub(" ".join(words[:LONGEST].split()), None, None)
    text = unmarked(words).strip("*†‡§¶#‖∗⁎ªᵃᵇᶜᵈ:;, ")
    form = form_of(text)
    unit: str | None = None

    def _bracket(match: re.Match[str]) -> str:
        nonlocal unit
        inside = [part.strip() for part in re.split(r"[,;:]", match[1])]
        rest = [part for part in inside if form_of(part) is None and part not in ("SD", "SE", "SEM", "IQR")]
        if rest and unit is None and len(rest) == 1 and _UNIT.fullmatch(rest[0]):
            unit, rest = rest[0], []
        return f" ({', '.join(rest)})" if rest and len(rest) == len(inside) else match[0] if len(rest) > 1 else ""

    text = _BRACKET.sub(_bracket, _COUNTED_PERCENT.sub("", text))
    pieces = [piece.strip() for piece in re.split(r"[,;]\s*|\s[-–—]\s", text) if piece.strip()]
    while len(pieces) > 1 and (form_of(pieces[-1]) is not None or _UNIT.fullmatch(pieces[-1]) or pieces[-1] in ("%",)):
        last = pieces.pop()
        if unit is None and _UNIT.fullmatch(last) and form_of(last) is None:
            unit = last
    outcome = ", ".join(pieces)
    leading = re.match(
        r"(?:mean|median|average|no\.?|number of|n)(?:\s*(?:±|\+/-)\s*S\.?D\.?)?(?:\s+of)?\s+(?=\w{2})", outcome, re.I
    )
    if leading and form is not None:
        outcome = outcome[leading.end() :]
    return Stub(outcome.strip(" *†‡§:;,") or text, unit, form)
