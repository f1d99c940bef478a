"""The types of claims, and how the printed value of each is read into numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evidence_brief.printed import Interval, NotPrintedNumber, Number, normalised, number

Kind = Literal[
    "count",
    "proportion",
    "mean_sd",
    "median_iqr",
    "range",
    "p_value",
    "confidence_interval",
    "estimate",
    "test_statistic",
    "correlation",
    "duration",
    "dose",
    "date",
]


@dataclass(frozen=True)
class Value:
    """A printed value, read: its leading number, the numbers after it, and what stands around them.

    `numbers` holds, by type: the number itself (count, proportion, estimate, correlation, duration, dose); the
    mean and then its spread (one number, or the two ends of an interval); the median and then its two
    quartiles; the two ends (range, confidence interval); the P value; the statistic and then its degrees of
    freedom. It is empty for a date and for "NS".
    """

    text: str
    numbers: tuple[Number, ...]
    relation: Literal["=", "<", ">", "≤", "≥", "ns"] = "="
    letter: str = ""

    @property
    def first(self) -> Number:
        """The leading number."""
        return self.numbers[0]


_DIGITS = r"(?:\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|\.\d+)"
_NUMBER = rf"[+-]?{_DIGITS}(?:\s*%|\s*[x×]\s*10\^?[+-]?\d+|e[+-]?\d+)?"
_ENDS = rf"(?P<low>{_NUMBER})\s*(?:,|;|-|to|and|/)\s*(?P<high>{_NUMBER})"
_CI = re.compile(rf"(?:\d\d(?:\.\d)?\s*%\s*)?(?:CI|CrI)?\s*[:=,]?\s*[\[(]?\s*{_ENDS}\s*[\])]?", re.I)
_RANGE = re.compile(rf"(?:range|IQR)?\s*[:=,]?\s*[\[(]?\s*{_ENDS}\s*[\])]?", re.I)
_MEAN = re.compile(
    rf"(?:M(?:ean)?\s*[=:]?\s*)?(?P<mean>{_NUMBER})\s*(?:(?:±|\+/-|\+-|[,;]\s*SD\s*[=:]?)\s*(?P<sd>{_NUMBER})"
    rf"|[\[(]\s*(?:SD|SE|SEM)?\s*[:=,]?\s*(?:±\s*)?(?P<inside>{_NUMBER})\s*[\])]"
    rf"|[\[(,;]?\s*(?:\d\d(?:\.\d)?\s*%\s*)?(?:CI)?\s*[:=,]?\s*[\[(]?\s*{_ENDS}\s*[\])]*)?",
    re.I,
)
_MEDIAN = re.compile(
    rf"(?P<median>{_NUMBER})\s*(?:[\[(,;]\s*(?:IQR|range)?\s*[:=,]?\s*[\[(]?\s*{_ENDS}\s*[\])]*)?", re.I
)
_P = re.compile(
    rf"(?:p(?:[- ]?values?)?(?: for [a-z]+)?)?\s*(?:of\s+)?(?P<relation>[=:<>≤≥]|<=|>=)?\s*(?P<p>{_NUMBER})",
    re.I,
)
_NS = re.compile(r"(?:p\s*[=:]?\s*)?\(?(?:ns|n\.s\.?|not significant|non-?significant)\)?", re.I)
_ESTIMATE = re.compile(rf"(?:a?[A-Z]{{1,3}}|SMD)?\s*(?:of\s+)?[=:,]?\s*(?P<value>{_NUMBER})", re.I)
_STATISTIC = re.compile(
    rf"(?P<letter>[A-Za-zχΧ](?:2|\^2)?|chi-?squared?)\s*(?:[\[(]\s*(?:df\s*=\s*)?(?P<df>[^\])]*)[\])])?\s*=\s*(?P<value>{_NUMBER})",
    re.I,
)
_CORRELATION = re.compile(
    rf"(?:(?P<letter>r|rho|ρ|rs)\s*(?:\(\s*(?P<df>{_NUMBER})\s*\))?\s*=)?\s*(?P<value>{_NUMBER})", re.I
)

_EXAMPLES: dict[str, str] = {
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


def read_value(text: str, kind: Kind, unit: str | None = None, decimal_mark: str = ".") -> Value:
    """Read a printed value of the given type. Raises ValueError with the accepted forms when it cannot."""
    try:
        value = _READERS[kind](text, decimal_mark)
        _refuse_the_impossible(value, kind, unit)
    except NotPrintedNumber as error:
        raise ValueError(f"a {kind} is printed like {_EXAMPLES[kind]}") from error
    if kind == "proportion" and unit == "%" and not value.first.percent:
        first = value.first
        value = Value(text, (Number(first.text, first.value, first.decimals, percent=True),))
    return value


def _matched(pattern: re.Pattern[str], text: str) -> re.Match[str]:
    match = pattern.fullmatch(normalised(text))
    if match is None:
        raise NotPrintedNumber(text)
    return match


def _groups(match: re.Match[str], names: str, mark: str) -> tuple[Number, ...]:
    return tuple(number(match[name], mark) for name in names.split() if match.groupdict().get(name))


def _one(text: str, mark: str) -> Value:
    return Value(text, (number(text, mark),))


def _in_words(text: str) -> bool:
    return not re.search(r"\d", text)


def _mean(text: str, mark: str) -> Value:
    if _in_words(text):
        return _one(text, mark)
    return Value(text, _groups(_matched(_MEAN, text), "mean sd inside low high", mark))


def _median(text: str, mark: str) -> Value:
    if _in_words(text):
        return _one(text, mark)
    return Value(text, _groups(_matched(_MEDIAN, text), "median low high", mark))


def _range(text: str, mark: str) -> Value:
    return Value(text, _groups(_matched(_RANGE, text), "low high", mark))


def _interval(text: str, mark: str) -> Value:
    return Value(text, _groups(_matched(_CI, text), "low high", mark))


def _p(text: str, mark: str) -> Value:
    if _NS.fullmatch(normalised(text)):
        return Value(text, (), "ns")
    match = _matched(_P, text)
    sign = {"<=": "≤", ">=": "≥", ":": "=", None: "="}.get(match["relation"], match["relation"])
    return Value(text, (number(match["p"], mark),), sign)


def _estimate(text: str, mark: str) -> Value:
    return Value(text, _groups(_matched(_ESTIMATE, text), "value", mark))


def _statistic(text: str, mark: str) -> Value:
    match = _matched(_STATISTIC, text)
    df = tuple(
        number(part, mark)
        for part in re.split(r"[,;]", re.sub(r"[nN]\s*=\s*", "", match["df"] or ""))
        if part
    )
    return Value(text, (number(match["value"], mark), *df), letter=match["letter"])


def _correlation(text: str, mark: str) -> Value:
    return Value(text, _groups(_matched(_CORRELATION, text), "value df", mark))


def _date(text: str, mark: str) -> Value:
    if not re.search(r"\d", text):
        raise NotPrintedNumber(text)
    return Value(text, ())


_READERS = {
    "count": _one,
    "proportion": _one,
    "mean_sd": _mean,
    "median_iqr": _median,
    "range": _range,
    "p_value": _p,
    "confidence_interval": _interval,
    "estimate": _estimate,
    "test_statistic": _statistic,
    "correlation": _correlation,
    "duration": _one,
    "dose": _one,
    "date": _date,
}


def _refuse_the_impossible(value: Value, kind: Kind, unit: str | None) -> None:
    """Refuse what is a slip of the typing, not of the study: nothing here judges what was published."""
    if kind == "count" and (
        value.first.value.denominator != 1 or value.first.value < 0 or value.first.percent
    ):
        raise NotPrintedNumber(value.text)
    if kind == "proportion" and not value.first.percent and unit != "%" and value.first.value > 1:
        raise ValueError(
            'a proportion above 1 needs a % sign in its value, or `unit: "%"` where the text prints none'
        )
    if kind == "p_value" and value.numbers and value.first.percent:
        raise NotPrintedNumber(value.text)


def p_interval(value: Value, alpha: Fraction = Fraction(1, 20)) -> Interval:
    """The P values that a printed P value stands for, within 0 to 1.

    "P = .000" is every value below .0005; "NS" every value from `alpha` upwards.
    """
    if value.relation == "ns":
        return Interval(alpha, Fraction(1))
    printed = value.first
    if value.relation == "=":
        return Interval(max(printed.interval.low, Fraction(0)), min(printed.interval.high, Fraction(1)))
    if value.relation in "<≤":
        return Interval(Fraction(0), printed.value, includes_high=value.relation == "≤")
    return Interval(printed.value, Fraction(1), includes_low=value.relation == "≥")
