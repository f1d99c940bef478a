"""Printed text ⇄ the interval of values that print as it. The only rounding code of the product.

Everything is exact: `Fraction` in, `Fraction` out, and never a tolerance. The printed interval is closed at
both ends, so that half up, half even and half down are all accepted; truncation is a named alternative
(`Number.truncated`), because it is a departure that a finding must name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from math import ceil, floor, isfinite

_MINUS = str.maketrans(dict.fromkeys("\u2212\u2012\u2013\u2010\u2011\ufe63\uff0d", "-"))
_POINT = str.maketrans(dict.fromkeys("\u00b7\u22c5\u2219\u2027\u2024", "."))
_SPACE = r"[ \u00a0\u2009\u202f\u2007]"
# Superscripts count after 10 (a power) and after a letter (χ²); after another digit they are footnote marks.
_SUPERSCRIPT = re.compile(r"(?P<ten>(?<![\d.])10)(?P<power>[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?<=[A-Za-zχΧ])²")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-")
_LONGEST, _LARGEST_POWER = 50, 250  # so that every number that is read also fits a float
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
WORDS = {word: i for i, word in enumerate([*_UNITS.split(), "seventeen", "eighteen", "nineteen"])}
WORDS |= {word: 10 * i for i, word in enumerate(_TENS, 2)}
"""The words for whole numbers, of which others are put together ("twenty-four")."""

_PLAIN = re.compile(r"(?P<sign>[+-]?)(?P<whole>\d*)(?:\.(?P<part>\d+))?")
# "×104" without a sign or caret may be ten to the fourth, or one hundred and four: it is not read.
_POWER = re.compile(r"(?:e(?=[+-]?\d)| *[x×] *10(?:\^|(?=[+-])))(?P<power>[+-]?\d+)", re.I)


class NotPrintedNumber(ValueError):
    """The text is not a number as articles print it."""


class WrongDecimalMark(NotPrintedNumber):
    """The text would be a number if the other of point and comma were the decimal mark."""


@dataclass(frozen=True)
class Interval:
    """A set of real values between two exact ends, each of which belongs to it or not.

    It is empty when `low` is above `high`. No NaN and no infinity lies in it.
    """

    low: Fraction
    high: Fraction
    includes_low: bool = True
    includes_high: bool = True

    def __contains__(self, value: Fraction | int | float) -> bool:
        if isinstance(value, float) and not isfinite(value):
            return False
        exact = Fraction(value)
        above = exact > self.low or (self.includes_low and exact == self.low)
        below = exact < self.high or (self.includes_high and exact == self.high)
        return above and below

    def overlaps(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return low < high or (low == high and low in self and low in other)

    def whole_numbers(self) -> range:
        """Every whole number in the interval."""
        first = ceil(self.low) if self.includes_low else floor(self.low) + 1
        last = floor(self.high) if self.includes_high else ceil(self.high) - 1
        return range(first, last + 1)

    def scaled(self, factor: Fraction | int) -> Interval:
        """Every value multiplied by a positive factor."""
        return Interval(self.low * factor, self.high * factor, self.includes_low, self.includes_high)

    def mirrored(self) -> Interval:
        """Every value with the other sign."""
        return Interval(-self.high, -self.low, self.includes_high, self.includes_low)

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.includes_low and other.includes_low,
            self.includes_high and other.includes_high,
        )


@dataclass(frozen=True)
class Number:
    """One printed number: its text, its exact value, and how many decimals it was printed with.

    `decimals` is negative where a power of ten puts the last digit left of the point ("1.2×10^4": -3).
    """

    text: str
    value: Fraction
    decimals: int
    percent: bool = False

    @cached_property
    def unit(self) -> Fraction:
        """One step of the last printed digit."""
        return _unit(self.decimals)

    @cached_property
    def interval(self) -> Interval:
        """Every value that rounds to the text, half up, half even or half down."""
        return Interval(self.value - self.unit / 2, self.value + self.unit / 2)

    @property
    def truncated(self) -> Interval:
        """Every value that is cut off (towards zero) to the text."""
        if self.value < 0 or self.text.startswith("-"):
            return Interval(self.value - self.unit, self.value, includes_low=False)
        return Interval(self.value, self.value + self.unit, includes_high=False)

    @cached_property
    def as_fraction(self) -> Interval:
        """The printed interval on the scale of 0 to 1 when the number is a percentage."""
        return self.interval.scaled(self.scale)

    @property
    def scale(self) -> Fraction:
        """What brings the number to the scale of 0 to 1 when it is a percentage."""
        return Fraction(1, 100) if self.percent else Fraction(1)


@lru_cache(maxsize=1024)
def _unit(decimals: int) -> Fraction:
    return Fraction(10) ** -decimals


def normalised(text: str) -> str:
    """The text with one minus sign, one decimal point, one kind of space, and 10⁻⁴ as 10^-4, χ² as χ2."""
    plain = _SUPERSCRIPT.sub(_lowered, text.translate(_MINUS).translate(_POINT))
    return re.sub(rf"{_SPACE}|\s", " ", plain).strip()


def _lowered(match: re.Match[str]) -> str:
    return f"10^{match['power'].translate(_SUPERSCRIPTS)}" if match["ten"] else "2"


def number(text: str, decimal_mark: str = ".") -> Number:
    """Read one number as articles print it.

    Takes Unicode minus signs (also with a space after them), middle-dot decimals, thousands separators (comma,
    apostrophe, thin or plain space; a point where the decimal mark is a comma), powers of ten, a percent
    sign, and the words for whole numbers up to ninety-nine. Raises NotPrintedNumber when the text is anything else.
    """
    plain = normalised(text)
    plain = re.sub(r"^([+-]) (?=[\d.])", r"\1", plain)
    percent = plain.endswith(("%", "per cent", "percent"))
    body = re.sub(r"\s*(%|per ?cent)$", "", plain)
    if (word := _in_words(body.lower())) is not None:
        return Number(text, Fraction(word), 0, percent)
    if len(body) > _LONGEST:
        raise NotPrintedNumber(f"{text[:20]!r}… is too long for a number")
    power = _POWER.search(body)
    exponent = int(power["power"]) if power else 0
    if abs(exponent) > _LARGEST_POWER or (power and power.end() != len(body)):
        raise NotPrintedNumber(f"{text!r} is not a number")
    match = _PLAIN.fullmatch(_ungrouped(body[: power.start()] if power else body, decimal_mark))
    if match is None or not (match["whole"] or match["part"]):
        raise NotPrintedNumber(f"{text!r} is not a number")
    decimals = len(match["part"] or "") - exponent
    digits = Fraction(int((match["whole"] or "") + (match["part"] or "")))
    value = digits * _unit(decimals)
    return Number(plain, -value if match["sign"] == "-" else value, decimals, percent)


def _in_words(text: str) -> int | None:
    tens, dash, unit = text.replace(" ", "-").partition("-")
    if not dash:
        return WORDS.get(tens)
    if WORDS.get(tens, 0) >= 20 and 0 < WORDS.get(unit, 0) < 10:
        return WORDS[tens] + WORDS[unit]
    return None


def _ungrouped(body: str, decimal_mark: str) -> str:
    """Take thousands separators out and make the decimal mark a point."""
    separator = "." if decimal_mark == "," else ","
    for mark in (separator, " ", "'", "\u2019"):
        if mark in body:
            grouped = re.compile(rf"[+-]?[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+(?:{re.escape(decimal_mark)}\d+)?")
            if not grouped.fullmatch(body):
                if mark != separator:
                    raise NotPrintedNumber(f"{body!r} is not a number")
                raise WrongDecimalMark(
                    f"{body!r} is not a number while the decimal mark of its source is {decimal_mark!r} "
                    f"(the source may set `decimal_mark: {separator!r}`)"
                )
            body = body.replace(mark, "")
    return body.replace(decimal_mark, ".")


def show(value: Fraction | float, decimals: int) -> str:
    """The value printed with so many decimals, half up, by exact integer arithmetic.

    Halves go away from zero, and there is no "-0". Negative `decimals` round to tens, hundreds and so on.
    Raises ValueError for NaN and OverflowError for infinities: neither can be printed.
    """
    exact = Fraction(value)
    digits = floor(abs(exact) * Fraction(10) ** decimals + Fraction(1, 2))
    sign = "-" if exact < 0 and digits else ""
    if decimals <= 0:
        return f"{sign}{digits * 10**-decimals}"
    text = f"{digits:0{decimals + 1}d}"
    return f"{sign}{text[:-decimals]}.{text[-decimals:]}"
