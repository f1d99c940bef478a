"""What the numbers of a table stand for, as its headers, stubs, caption and notes say: "n (%)", "mean ± SD", "P"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from evidence_brief.extract.tables.cells import SIGNS

FormKind = Literal[
    "n_percent",  # 12 (50.0)
    "percent_n",  # 50.0 (12)
    "percent",
    "count",
    "mean",
    "median",
    "range",
    "estimate",
    "interval",
    "p_value",
    "correlation",
    "mixed",  # n (%) or mean (SD), of which the numbers tell
    "other",  # a format that is known, and no figure of ours: SD alone, row percentages, test statistics
]


@dataclass(frozen=True)
class Form:
    """A format: its kind, what follows a mean or median, which estimate it is, and whether a model gave it."""

    kind: FormKind
    spread: str | None = None
    measure: str | None = None
    adjusted: bool = False


LONGEST = 300  # characters of a header or stub; a longer one is prose, and bounds the time of a pattern
_SIGNS = re.compile(f"[{SIGNS}]")
_COUNT = r"(?:(?<![\w'])[Nn]|\b(?:[Nn]o|[Nn]r|[Nn]um)\b\.?|\b[Nn]umbers?\b|#|\b[Cc]ounts?\b|\b[Ff]requency\b)"
_PERCENT = r"(?:%|\bper ?cent(?:age)?s?\b|\bpct\b)"
_OF = r"(?:\s*(?:of|with) [\w -]{1,40})?"
_OPEN, _CLOSE = r"\s*[,;/(\[–-]?\s*\(?", r"[)\]]?"
_N_PERCENT = re.compile(
    rf"{_COUNT}{_OF}(?:\s*/\s*(?:N|total|n))?{_OPEN}(?:col(?:umn)?\s*)?{_PERCENT}{_CLOSE}"
    rf"|\b(?:cases|patients|subjects|participants|individuals|events|women|men|children)\s*[(\[]\s*{_PERCENT}\s*[)\]]"
)
_PERCENT_N = re.compile(rf"{_PERCENT}\s*[,;]?\s*[(\[]\s*{_COUNT}(?:\s*/\s*N)?\s*[)\]]")
_ROW_PERCENT = re.compile(r"\brow\s*(?:%|per ?cent)|(?:%|per ?cent\w*) (?:of|by|in) (?:the )?rows?\b", re.I)
_MEAN = re.compile(r"\bmeans?\b|\baverages?\b|\bM\s*[(±]\s*S\.?D|(?:±|\+/-)\s*(?:S\.?D|S\.?E)|[(\[]S\.?D\.?[)\]]", re.I)
_MEDIAN = re.compile(r"\bmedians?\b|\bMdn\b|[(\[]\s*(?:IQR|inter-?quartile range)\s*[)\]]", re.I)
_GEOMETRIC = re.compile(r"\bgeometric|\bleast[- ]squares?|\bLS[- ]?means?\b|\bmarginal|\bEMM\b|\bweighted", re.I)
_IQR = re.compile(
    r"\bI\.?Q\.?R\.?(?![a-z])|\binter-?quartile|\bquartiles?\b|\bQ1\b|\b25th?\b.{0,12}\b75th?\b|\bP25\b", re.I
)
_RANGE = re.compile(
    r"(?<!interquartile )(?<!inter-quartile )(?<!quartile )\branges?\b|\bmin\w*\s*(?:[-–−,/;]|to|and)\s*max", re.I
)
_CI = re.compile(r"\bC\.?\s?I\.?(?![a-z])s?|\bconfidence (?:interval|limit)s?\b|\bCL\b")
_LEVEL = re.compile(r"(\d\d(?:\.\d)?)\s*%\s*(?:C\.?\s?I\b\.?|confidence intervals?|CL\b)", re.I)
_SD = re.compile(r"(?<![A-Za-z])S\.?D\.?(?![a-z])|\b(?:standard|std\.?) dev", re.I)
_SE = re.compile(r"(?<![A-Za-z])S\.?E\.?M?\.?(?![A-Za-z])|\bstandard err", re.I)
_P = re.compile(
    r"(?:(?P<adjusted>adj(?:usted|\.)?|multivari\w+)\s+|(?:un)?adjusted |crude |overall |exact |two[- ]sided )*"
    r"(?-i:[Pp])(?:(?:[- –]?val(?:ue)?s?\b|[- ]?valu?e?s?[a-d*†‡]?\b)|[- ]?(?:for )?(?P<model>trend"
    r"|interaction|heterog\w+)|(?![A-Za-z0-9.]))"
    r"|values? of p$|probability$|sig(?:nificance|\.)?$|asymp\. sig|(?P<numbered>(?-i:[Pp])\s?\d)$",
    re.I,
)
_MODEL_P = re.compile(
    r"trend|interaction|heterog|adj|multivari|inferior|model|regress|correct|bonferroni|fdr|q[- ]value", re.I
)
_NO_P = re.compile(r"\b(?:without|no)\b", re.I)
_MEASURES: tuple[tuple[str | None, str], ...] = (
    ("OR", r"(?<![A-Za-z])(?:a|c|u|m|adj\.?\s?)?ORs?(?![A-Za-z])|\bodds ratios?\b"),
    ("HR", r"(?<![A-Za-z])(?:a|c|u|m)?HRs?(?![A-Za-z])|\bhazards? ratios?\b"),
    (None, r"\b[is]?IRR\b|\bPRs?\b|\bprevalence ratios?\b|\b(?:incidence )?rate ratios?\b|\bS[HM]R\b|\bSHR\b"),
    ("RR", r"(?<![A-Za-z])(?:a|c)?RRs?(?![A-Za-z])|\b(?:relative risk|risk ratio)s?\b(?! reduction)"),
    ("SMD", r"\bSMD\b|\bstandardi[sz]ed mean differences?\b"),
    ("MD", r"\bW?MD\b|\bmean differences?\b|\bdifferences? (?:in|of|between) means\b"),
    ("RD", r"\brisk differences?\b|\babsolute (?:risk )?(?:differences?|reductions?)\b"),
    (None, r"\bdifferences?\b|\bβ|(?-i:\bB\b)|\bbeta\b|\bcoef\w*|\bestimates?\b|\beffect\b"),
)
_MEASURED = tuple((measure, re.compile(words, re.I if measure != "OR" else 0)) for measure, words in _MEASURES)
_OR = re.compile(r"(?<![A-Za-z])(?:a|c|u|m|adj\.?\s?)?ORs?(?![A-Za-z])|\b[Oo]dds [Rr]atios?\b|\bODDS RATIO\b")
_ADJUSTED = re.compile(
    r"(?<!un)(?<!non-)(?<!not )\badj(?:usted|\.)|\ba[OHR]R\b|\bmulti-?(?:variat|variab|ple|level)\w*"
    r"|\bmodel\b|\bregress|\bcox\b|\blogistic\b",
    re.I,
)
_OTHER = re.compile(
    r"^(?:S\.?D\.?|S\.?E\.?M?\.?|t|F|z|Z|χ2|χ²|[Xx]2|df|d\.f\.|R2|R²|U|standard (?:deviation|error)"
    r"|t[- ]?(?:value|test)s?"
    r"|F[- ]value|z[- ](?:value|score)|chi[- ]?squared?|wald.*|test statistic|statistics?)$"
)
_CORRELATION = re.compile(
    r"^(?:Pearson(?:'s)? )?r$|^Spearman(?:'s)? (?:r|rho|ρ)$|^(?:correlation )?coefficient \(?r\)?$", re.I
)
_PER = re.compile(r"\bper\b|/\s?1,?000|rate per|person[- ]years?", re.I)


def unmarked(words: str) -> str:
    """The words without the marks of footnotes."""
    return " ".join(_SIGNS.sub(" ", words).split()).replace(" )", ")").replace("( ", "(")


@lru_cache(maxsize=4096)
def form_of(words: str) -> Form | None:
    """The format that the words of one header, stub or bracket name, or None. Raises nothing."""
    text = unmarked(words) if len(words) <= LONGEST else ""
    if not text:
        return None
    if (p := _P.match(text)) is not None and not _NO_P.search(text):
        model = p["model"] or p["adjusted"] or _MODEL_P.search(text)
        return Form("p_value", adjusted=bool(model))
    if _OTHER.match(text) or _ROW_PERCENT.search(text):
        return Form("other")
    if _CORRELATION.match(text) and text != "R":
        return Form("correlation")
    return _estimate(text) or _summary(text) or _counted(text)


def _estimate(text: str) -> Form | None:
    has_ci = _CI.search(text) is not None
    adjusted = _ADJUSTED.search(text) is not None
    for measure, words in _MEASURED:
        pattern = _OR if measure == "OR" else words
        if pattern.search(text) and (has_ci or measure is not None) and not (measure is None and _P.match(text)):
            level = _LEVEL.search(text)
            if level and level[1] != "95":
                return Form("other")
            return Form("estimate", "ci95" if has_ci else None, measure, adjusted)
    if not has_ci or _MEAN.search(text) or _MEDIAN.search(text):
        return None
    level, rest = _LEVEL.search(text), _LEVEL.sub("", text)
    alone = len(re.sub(r"[^A-Za-z%]", "", _CI.sub("", rest))) < 3
    return Form("interval", adjusted=adjusted) if alone and (level is None or level[1] == "95") else Form("other")


def _summary(text: str) -> Form | None:
    spread = spread_of(text)
    if _N_PERCENT.search(text) and re.search(r"\bmean|\bSD\b", text):
        return Form("mixed")
    if _GEOMETRIC.search(text):
        return Form("other")
    if _MEDIAN.search(text) and not (_MEAN.search(text) and re.search(r"\bmean", text, re.I)):
        return Form("median", spread if spread in ("iqr", "range") else None)
    if re.search(r"\bmedian", text, re.I):
        return Form("other")  # "mean or median": which of them is not known
    if _MEAN.search(text):
        return Form("mean", spread)
    return None


def spread_of(text: str) -> str | None:
    """What stands behind a mean or median, as the words say; None where they say nothing or several things."""
    said = [
        name
        for name, words in (("sd", _SD), ("se", _SE), ("ci95", _CI), ("iqr", _IQR), ("range", _RANGE))
        if words.search(text)
    ]
    if "ci95" in said and (level := _LEVEL.search(text)) and level[1] != "95":
        return None
    return said[0] if len(said) == 1 else None


def _counted(text: str) -> Form | None:
    if _PER.search(text):
        return None
    if _N_PERCENT.search(text):
        return Form("n_percent")
    if _PERCENT_N.search(text):
        return Form("percent_n")
    if re.fullmatch(rf"[(\[]?\s*{_PERCENT}\s*[)\]]?|[Pp]ercent(?:age)?s?(?: \(?%\)?)?", text):
        return Form("percent")
    if re.fullmatch(rf"[(\[]?{_COUNT}(?: of (?:patients|cases|subjects|participants))?[)\]]?", text):
        return Form("count")
    if re.search(r"[,;(\[–]\s*(?:[Nn]|[Nn]o\.?)\s*[)\]]?$", text):
        return Form("count")
    if re.fullmatch(r"[(\[]?(?:range|min(?:imum)?\s*[-–/,]\s*max(?:imum)?)[)\]]?", text, re.I) or re.search(
        r"[,(\[]\s*(?:range|min\s*[-–/]\s*max)\s*[)\]]?$", text, re.I
    ):
        return Form("range")
    return None


_WEIGHTED = re.compile(
    r"\bweighted\b|\bstandardi[sz]ed (?:to|by|for|preval|rate)|\bage[- ]standardi|\badjusted (?:preval"
    r"|percent|proport|mean)"
    r"|\bimput|\bsurvey weight|\bestimated (?:preval|percent)",
    re.I,
)


def is_weighted(words: str) -> bool:
    """Whether the percentages or means may come from weights, imputation or a model: nothing recomputes them."""
    return _WEIGHTED.search(words) is not None


_STATED = re.compile(
    r"(?:\b(?:values?|data|results?|figures?|numbers?|variables?|entries|cells?|all)\b[^.]{0,60}\b(?:are|is"
    r"|as|expressed|"
    r"presented|given|shown|reported|represent\w*)\b|\bunless\b|\bexpressed\b|\bpresented\b)",
    re.I,
)
_IN_NOTES = (
    ("n_percent", _N_PERCENT),
    ("percent_n", _PERCENT_N),
)


def forms_stated(caption: str, notes: str) -> tuple[Form, ...]:
    """The formats that the caption (in brackets, after a comma) or the notes ("Data are n (%)") give for all cells."""
    found: list[Form] = []
    for sentence in (caption, *re.split(r"(?<=[.;])\s+|\n", notes)):
        if len(sentence) > 600 or (sentence is not caption and not _STATED.search(sentence)):
            continue
        if _ROW_PERCENT.search(sentence):
            return (Form("other"),)
        for kind, words in _IN_NOTES:
            if words.search(sentence):
                found.append(Form("n_percent" if kind == "n_percent" else "percent_n"))
        for begin, kind_ in ((r"\bmeans?\b|±", "mean"), (r"\bmedians?\b", "median")):
            for match in re.finditer(begin, sentence, re.I):
                near = sentence[match.start() : match.start() + 60]
                near = re.split(r"\bor\b|\bmedian" if kind_ == "mean" else r"\bor\b|\bmean", near, maxsplit=1)[0]
                spread = spread_of(near)
                if spread is not None:
                    found.append(Form("mean" if kind_ == "mean" else "median", spread))
                    break
    return tuple(dict.fromkeys(found))
