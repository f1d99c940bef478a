"""How articles spell each type of value, as regular expressions over the normalised text."""

from __future__ import annotations

import re

from evidence_brief.printed import NotPrintedNumber, normalised

LONGEST = 200  # characters; bounds the time that a pattern can take

_SIGNS = str.maketrans("⩽≦⩾≧＜＞＝˂˃₀₁₂₃₄₅₆₇₈₉ₛ𝜒𝛘Χ", "≤≤≥≥<>=<>0123456789sχχχ")

_DIGITS = r"(?:\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
NUMBER = rf"(?:[+-] ?)?{_DIGITS}(?:\s*(?:%|per ?cent)|\s*[x×]\s*10\^?[+-]?\d+|e[+-]?\d+)?"
_ENDS = rf"(?P<low>{NUMBER})\s*(?P<between>,|;|-|/|to(?![a-z])|and\b|through\b)\s*(?P<high>{NUMBER})\s*[\])]*"
_BY = r"\s*[:=,]?\s*"
_OPEN = r"[\[(]?\s*"
_LEVEL = r"(?:(?P<level>\d\d(?:\.\d+)?)\s*%\s*)?"
_CI_WORD = r"(?:C\.?I\.?|CrI|(?:confidence|credible) (?:interval|limit)s?)(?:\s*[\[(]\s*C\.?I\.?\s*[\])])?"
_SPREAD = r"S\.?D\.?|S\.?E\.?(?:M\.?)?|standard deviation|standard error(?: of the mean)?"
_QUARTILES = r"inter-?quartile range|IQR|Q1 ?- ?Q3|25th ?(?:-|to|and) ?75th percentiles?"
_ENDS_WORD = rf"{_CI_WORD}|{_QUARTILES}|range|min(?:imum)? ?- ?max(?:imum)?"
# The unit of a mean or median, where it stands before what follows: "7.5 years (SD 6.3)".
_UNIT = (
    r"(?:\s?(?!(?:SD|SE|SEM|CI|CrI|IQR|range|inter|standard|confidence|credible|min|max|and|to|or|in)\b)"
    r"[A-Z\u00b5\u03bc\u00b0%][\w\u00b5\u03bc\u00b0/%\u00b2]{0,14}(?: [A-Z/]{1,10})?(?=\s?[\[(,;]))?"
)
# After a mean or median: a bracket, a comma with a space, or a word that says what follows.
_TAIL = rf"\s*(?:[\[(;]|,(?=\s)|(?=[A-Z]|\d\d\s*%))\s*{_LEVEL}(?P<word>{_ENDS_WORD})?{_BY}(?:from )?{_OPEN}{_ENDS}"

INTERVAL = re.compile(
    rf"{_OPEN}{_LEVEL}(?:{_CI_WORD}(?:(?P<glued>\d\d(?=\W))%?|\s(?P<apart>\d\d)\s?%)?)?{_BY}(?:of "
    rf"|from |was |between )?{_OPEN}{_ENDS}",
    re.I,
)
RANGE = re.compile(rf"{_OPEN}(?P<word>{_ENDS_WORD})?{_BY}(?:of |from |between )?{_OPEN}{_ENDS}", re.I)
MEAN = re.compile(
    rf"(?:M(?:ean)?\s*(?:[(±]\s*(?P<head>{_SPREAD})\s*\)?)?(?: of |{_BY}))?(?P<mean>{NUMBER}){_UNIT}"
    rf"(?:\s*(?:±|\+/-|\+-)\s*(?P<sd>{NUMBER})(?:\s*\(?(?P<after>{_SPREAD})\)?)?"
    rf"|\s*[\[(]\s*(?:±\s*)?(?P<inside>{NUMBER})\s*[\])]"
    rf"|\s*[,;]?\s*{_OPEN}(?P<named>{_SPREAD}){_BY}(?:of )?(?:±\s*)?(?P<spread>{NUMBER})\s*[\])]?"
    rf"|{_TAIL})?",
    re.I,
)
MEDIAN = re.compile(
    rf"(?:M(?:edian|dn|d)\s*(?:\(\s*(?P<head>{_ENDS_WORD})\s*\))?(?: of |{_BY}))?(?P<median>{NUMBER})(?:{_UNIT}{_TAIL})?",
    re.I,
)
P = re.compile(
    r"(?:p(?:[- ]?values?)?(?:[- _]?(?:trend|interaction|heterogeneity)| for [a-z]+(?: [a-z]+)?)?)?"
    rf"\s*(?:of |[:,])?\s*(?P<relation><=|>=|[=<>≤≥]|less than|greater than)?\s*(?P<p>{NUMBER})",
    re.I,
)
NS = re.compile(
    rf"(?:p(?:[- ]?value)?{_BY})?\(?(?:n\.?s\.?|not (?:statistically )?significant|non-?significant)\)?", re.I
)
_MEASURES = {
    "RR": r"RR|relative risk|risk ratio",
    "OR": r"OR|odds ratio",
    "HR": r"HR|hazards? ratio",
    "RD": r"RD|ARR|(?:absolute )?risk (?:difference|reduction)",
    "MD": r"W?MD|(?:weighted )?mean difference",
    "SMD": r"SMD|standardi[sz]ed mean difference|Cohen's d|Hedges'?s? g|[dg]",
    "NNT": r"NNTB|NNTH|NNT|NNH",
    "other": r"RRR|IRR|PR|rate ratio|prevalence ratio|β|b|beta",
    "": r"difference",
}
_KIND_OF_ESTIMATE = "|".join(rf"(?P<m{i}>{words})" for i, words in enumerate(_MEASURES.values()))
ESTIMATE = re.compile(
    r"(?:(?:(?-i:a)(?=[A-Z]R)|a(?=OR|HR)|(?:un)?adjusted |adj\.? |crude |pooled )?"
    rf"(?:{_KIND_OF_ESTIMATE})(?![a-z])(?: of |{_BY}))?"
    rf"(?P<value>{NUMBER})",
    re.I,
)
STATISTIC = re.compile(
    r"(?P<letter>chi[- ]?squared?|(?:chi|[χxgc]|[?�]{1,2})[\s_]?(?:2|\^2)|rs|q[- _]?(?:within"
    r"|between|w|b)|[a-z])\s*(?:[\[(]\s*(?P<df>[^\])]+)[\])])?"
    rf"\s*=\s*(?P<value>{NUMBER})(?:\s*[,;]\s*df\s*=\s*(?P<after>{NUMBER}))?",
    re.I,
)
SUBSCRIPTED = re.compile(
    rf"(?P<letter>t|F)_?(?P<df>\d+(?:\.\d+)?(?:,\s*\d+(?:\.\d+)?)?)\s*=\s*(?P<value>{NUMBER})", re.I
)
CORRELATION = re.compile(
    rf"(?:(?:(?:Pearson|Spearman)(?:'s)? )?(?:r_?s?|rho|ρ)\s*(?:\(\s*(?:df\s*=\s*)?(?P<df>{NUMBER})\s*\))?{_BY})?"
    rf"(?P<value>{NUMBER})",
    re.I,
)


EXAMPLES: dict[str, str] = {
    "count": '"42" or "1,204" or "six"',
    "proportion": '"91.7%", or "0.917", or "91.7" with `unit: "%"`',
    "mean_sd": '"7.46±6.26" or "7.46 (6.26)", with a 95% interval "7.46 (5.1 to 9.8)", or the mean alone',
    "median_iqr": '"6 (4-18)" or "6 [4, 18]", or the median alone',
    "range": '"4-18" or "4 to 18"',
    "p_value": '"P=.007" or "p < 0.001" or "NS"',
    "confidence_interval": '"1.2 to 3.0" or "95% CI 1.2-3.0"',
    "estimate": '"1.9" or "OR 1.9"',
    "test_statistic": '"t(28)=2.20" or "F(2, 57)=3.1" or "χ2(1)=7.39" or "z=2.1"',
    "correlation": '".45" or "r=.45" or "r(28)=.45"',
    "duration": '"48" with `unit: months`, or "six"',
    "dose": '"2" with `unit: g/kg`, or "six"',
    "date": '"May 17, 2012"',
}


def spelled(text: str) -> str:
    """The normalised text, with one spelling of each sign of comparison, and subscripts as plain digits."""
    return normalised(text).translate(_SIGNS).replace("’", "'")


def measure_of(match: re.Match[str]) -> str:
    """The estimate that is named before its value: RR, OR, HR, RD, MD, SMD, or nothing."""
    named = (name for i, name in enumerate(_MEASURES) if match[f"m{i}"])
    return next(named, "")


def spread_of(match: re.Match[str]) -> str:
    """What is printed about the numbers after a mean or median: sd, se, ci95, iqr, range, or nothing."""
    parts = match.groupdict()
    word = next((parts[name] for name in ("named", "after", "word", "head") if parts.get(name)), "").lower()
    word = word.replace(".", "")
    if word.startswith(("se", "standard error")):
        return "se"
    if word.startswith(("sd", "standard")):
        return "sd"
    if word.startswith(("ci", "cri", "conf", "cred")) or (not word and parts.get("level")):
        return f"ci{parts.get('level') or 95}"
    if word.startswith(("range", "min")):
        return "range"
    return "iqr" if word else ""


def matched(pattern: re.Pattern[str], text: str, mark: str = ".") -> re.Match[str]:
    """The text read by a pattern. Raises NotPrintedNumber when it does not fit, or leaves a bracket open."""
    plain = spelled(text)
    match = pattern.fullmatch(plain)
    if match is None or plain.count("(") + plain.count("[") != plain.count(")") + plain.count("]"):
        raise NotPrintedNumber(text)
    if mark == "," and match.groupdict().get("between") == "," and plain[match.end("between")].isdigit():
        raise NotPrintedNumber(text)  # "0,5" is one number there, not 0 to 5
    return match


def df_parts(inside: str, letter: str) -> list[str]:
    """The degrees of freedom: "1, 1,204" are two, "1,204" of a t statistic is one."""
    plain = re.sub(r"\b(?:df|n)\s*=\s*", "", inside, flags=re.I).strip()
    plain = re.sub(r"^[lI](?=\s*,)", "1", plain)  # a 1 that was set as a letter
    if letter.lower() in ("t", "r", "rs", "z"):
        return [plain]
    return re.split(r"[,;]\s+|;", plain) if re.search(r"[,;]\s|;", plain) else plain.split(",")
