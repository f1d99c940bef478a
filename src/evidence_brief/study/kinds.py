"""The types of claims, and how the printed value of each is read into numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Literal

from evidence_brief.printed import Interval, NotPrintedNumber, Number, WrongDecimalMark, number
from evidence_brief.study import spellings

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


Relation = Literal["=", "<", ">", "≤", "≥", "ns"]


@dataclass(frozen=True)
class Value:
    """A printed value, read: its leading number, the numbers after it, and what stands around them.

    `numbers` holds, by type: the number itself (count, proportion, estimate, correlation, duration, dose); the
    mean and then its spread (one number, or the two ends of an interval); the median and then its two
    quartiles; the two ends (range, confidence interval); the P value; the statistic and then its degrees of
    freedom. It is empty for a date and for "NS". Nothing here is judged: ends may be printed the wrong way
    round, and a P value may be above 1.

    `letter` is what the text itself says: of a test statistic its letter (every spelling of χ² is "χ2"), of a
    mean or median its spread ("sd", "se", "ci95", "ci90", "iqr", "range"), of an estimate its measure ("OR").
    `level` is the printed level of a confidence interval, 19/20 for "95% CI".
    """

    text: str
    numbers: tuple[Number, ...]
    relation: Relation = "="
    letter: str = ""
    level: Fraction | None = None

    @property
    def first(self) -> Number:
        """The leading number."""
        return self.numbers[0]

    @cached_property
    def p(self) -> Interval:
        """The P values that a printed P value stands for, "NS" being every value from .05 upwards."""
        return p_interval(self)


@lru_cache(maxsize=8192)  # a corpus prints "24" and "P < .001" over and over
def read_value(text: str, kind: Kind, unit: str | None = None, decimal_mark: str = ".") -> Value:
    """Read a printed value of the given type. Raises ValueError with the accepted forms when it cannot."""
    try:
        if len(text) > spellings.LONGEST:
            raise NotPrintedNumber(text[:20])
        value = _READERS[kind](text, decimal_mark)
        _refuse_the_impossible(value, kind, unit)
    except WrongDecimalMark as error:
        raise ValueError(f"{_forms(kind)}; {error}") from error
    except NotPrintedNumber as error:
        raise ValueError(_forms(kind)) from error
    if kind in _IN_PERCENT and (unit == "%" or any(part.percent for part in value.numbers)):
        # "1.2 to 3.0%" prints one sign for both ends.
        return replace(value, numbers=tuple(replace(part, percent=True) for part in value.numbers))
    return value


def _forms(kind: Kind) -> str:
    return f"a value of type {kind}, printed like {spellings.EXAMPLES[kind]}"


def _groups(match: re.Match[str], names: str, mark: str) -> tuple[Number, ...]:
    return tuple(number(match[name], mark) for name in names.split() if match.groupdict().get(name))


def _one(text: str, mark: str) -> Value:
    return Value(text, (number(text, mark),))


def _in_words(text: str) -> bool:
    return not re.search(r"\d", text)


def _mean(text: str, mark: str) -> Value:
    if _in_words(text):
        return _one(text, mark)
    match = spellings.matched(spellings.MEAN, text, mark)
    return Value(text, _groups(match, "mean sd inside spread low high", mark), letter=spellings.spread_of(match))


def _median(text: str, mark: str) -> Value:
    if _in_words(text):
        return _one(text, mark)
    match = spellings.matched(spellings.MEDIAN, text, mark)
    return Value(text, _groups(match, "median low high", mark), letter=spellings.spread_of(match))


def _range(text: str, mark: str) -> Value:
    match = spellings.matched(spellings.RANGE, text, mark)
    return Value(text, _groups(match, "low high", mark), letter=spellings.spread_of(match))


def _interval(text: str, mark: str) -> Value:
    match = spellings.matched(spellings.INTERVAL, text, mark)
    level = match["level"] or match["glued"] or match["apart"]
    return Value(text, _groups(match, "low high", mark), level=Fraction(level) / 100 if level else None)


def _p(text: str, mark: str) -> Value:
    if spellings.NS.fullmatch(spellings.spelled(text)):
        return Value(text, (), "ns")
    match = spellings.matched(spellings.P, text)
    return Value(text, (number(match["p"], mark),), _RELATIONS[(match["relation"] or "=").lower()])


def _estimate(text: str, mark: str) -> Value:
    match = spellings.matched(spellings.ESTIMATE, text)
    return Value(text, (number(match["value"], mark),), letter=spellings.measure_of(match))


def _statistic(text: str, mark: str) -> Value:
    plain = spellings.spelled(text)
    match = spellings.SUBSCRIPTED.fullmatch(plain) or spellings.matched(spellings.STATISTIC, text)
    letter = "χ2" if re.match(r"chi|[χx?�]|[gc][\s_]?\^?2", match["letter"], re.I) else match["letter"]
    letter = "Q" if len(letter) > 1 and letter[0] in "Qq" else letter
    df = [match["df"], match.groupdict().get("after")]
    numbers = [number(part, mark) for inside in df if inside for part in spellings.df_parts(inside, letter)]
    if len(numbers) > 2:
        raise NotPrintedNumber(text)
    return Value(text, (number(match["value"], mark), *numbers), letter=letter)


def _correlation(text: str, mark: str) -> Value:
    numbers = _groups(spellings.matched(spellings.CORRELATION, text), "value df", mark)
    spearman = re.search(r"spearman|\brho|ρ|\br_?s", spellings.spelled(text), re.I)
    return Value(text, numbers, letter="rs" if spearman else "")


def _date(text: str, mark: str) -> Value:
    if _in_words(text):
        raise NotPrintedNumber(text)
    return Value(text, ())


_RELATIONS: dict[str, Relation] = {
    **{"=": "=", "<": "<", ">": ">", "≤": "≤", "≥": "≥"},
    **{"<=": "≤", ">=": "≥", "less than": "<", "greater than": ">"},
}
_IN_PERCENT = ("proportion", "mean_sd", "median_iqr", "range", "confidence_interval", "estimate")
_READERS: dict[Kind, Callable[[str, str], Value]] = {
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
    if kind == "count" and (value.first.value.denominator != 1 or value.first.value < 0 or value.first.percent):
        raise NotPrintedNumber(value.text)
    if kind == "proportion" and not value.first.percent and unit != "%" and value.first.value > 1:
        raise ValueError('a proportion above 1 needs a % sign in its value, or `unit: "%"` where the text prints none')
    if kind == "p_value" and value.numbers and value.first.percent:
        raise NotPrintedNumber(value.text)


def p_interval(value: Value, alpha: Fraction = Fraction(1, 20)) -> Interval:
    """The P values that a printed P value stands for, within 0 to 1.

    "P = .000" is every value up to .0005; "NS" every value from `alpha` upwards. The interval is empty when
    what is printed is no P value at all ("P = 1.2").
    """
    if value.relation == "ns":
        return Interval(alpha, Fraction(1))
    printed = value.first
    if value.relation == "=" and printed.decimals <= 0 and printed.value in (0, 1):
        # Without decimals it is no rounding to whole numbers: what would print as .00, or as 1.0.
        return (
            Interval(Fraction(0), Fraction(1, 200)) if printed.value == 0 else Interval(Fraction(19, 20), Fraction(1))
        )
    if value.relation == "=":
        return Interval(max(printed.interval.low, Fraction(0)), min(printed.interval.high, Fraction(1)))
    if value.relation in "<≤":
        return Interval(Fraction(0), printed.value, includes_high=value.relation == "≤")
    return Interval(printed.value, Fraction(1), includes_low=value.relation == "≥")
