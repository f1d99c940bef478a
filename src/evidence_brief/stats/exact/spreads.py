"""What means and SDs imply: groups together, the correlation of two measurements, and how far values must reach.

Means and SDs are whole numbers or Fractions, as printed. ValueError for an SD below 0 and too few people.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import floor

from evidence_brief.stats.exact.core import Group, Rational, fraction, mpf, mpmath, precise, real, sample, whole


@precise
def combine(groups: Sequence[Group]) -> tuple[int, Fraction, mpf]:
    """n, mean and SD of all people of one or more groups together, from their sums and sums of squares.

    A group of one person has no SD, and the one given is not looked at. ValueError for fewer than two people.

    Source: Cochrane Handbook 6.5.2.10 (Higgins et al.), which this formula equals.
    """
    samples = [sample(*group, least=1) for group in groups]
    people = whole("people of all groups", sum(n for _, _, n in samples), 2)
    total = sum((n * mean for mean, _, n in samples), start=Fraction(0))
    squares = sum(((n - 1) * square + n * mean**2 for mean, square, n in samples), start=Fraction(0))
    variance = (squares - total**2 / people) / (people - 1)
    return people, total / people, mpmath.sqrt(real("variance", variance))


def implied_r(sd1: Rational, sd2: Rational, sd_change: Rational) -> Fraction:
    """Correlation that the SDs of two measurements and of the change imply; beyond ±1 they conflict.

    ValueError unless sd1 and sd2 are above 0. Source: Cochrane Handbook 6.5.2.8.
    """
    first, second, change = fraction("sd1", sd1), fraction("sd2", sd2), fraction("sd_change", sd_change)
    if first <= 0 or second <= 0 or change < 0:
        raise ValueError(f"SDs must be above 0 and that of the change at least 0, got {first}, {second}, {change}")
    return (first**2 + second**2 - change**2) / (2 * first * second)


@precise
def sd_limit(mean: Rational, n: int, minimum: Rational, maximum: Rational) -> mpf:
    """Bound of the sample SD (n − 1) of n values between minimum and maximum: √((max − m)(m − min) n/(n − 1)).

    Values at both ends alone reach it. ValueError unless minimum <= mean <= maximum.

    Source: Bhatia & Davis 2000, Am Math Mon 107:353, times n/(n − 1).
    """
    value, low, high, n = _within(mean, n, minimum, maximum)
    return mpmath.sqrt(real("variance", (high - value) * (value - low) * Fraction(n, n - 1)))


@precise
def sd_limit_attained(mean: Rational, n: int, minimum: Rational, maximum: Rational) -> mpf:
    """Largest sample SD (n − 1) that n values between minimum and maximum have with this mean.

    All but one of them then stand at an end: otherwise two could move apart. ValueError as `sd_limit`.
    """
    value, low, high, n = _within(mean, n, minimum, maximum)
    total, width = n * (value - low), high - low  # from the minimum on
    at_maximum = floor(total / width) if width else 0
    squares = at_maximum * width**2 + (total - at_maximum * width) ** 2
    return mpmath.sqrt(real("variance", (squares - total**2 / n) / (n - 1)))


def least_maximum(mean: Rational, sd: Rational, n: int, minimum: Rational) -> Fraction:
    """Smallest maximum under which `sd_limit` allows this SD: mean + sd² (n − 1)/(n (mean − minimum)).

    ValueError where no maximum does: the mean below the minimum, or at it with an SD above 0.
    """
    value, square, n = sample(mean, sd, n)
    above = value - fraction("minimum", minimum)
    if above < 0 or (above == 0 and square):
        raise ValueError(f"no maximum allows mean {value} and variance {square} with minimum {minimum}")
    return value + (square * (n - 1) / (n * above) if square else 0)


@precise
def least_maximum_attained(mean: Rational, sd: Rational, n: int, minimum: Rational) -> mpf:
    """Smallest maximum under which n values have this mean and SD; ∞ where none does (SD > √n (mean − minimum)).

    k values at the maximum, one below it and the rest at the minimum have a sum of squares between T²/(k + 1)
    and T²/k, T the total above the minimum: that tells k, and a quadratic equation the maximum. ValueError
    where the mean lies below the minimum.
    """
    value, square, n = sample(mean, sd, n)
    total = n * (value - fraction("minimum", minimum))
    if total < 0:
        raise ValueError(f"the mean {value} lies below the minimum {minimum}")
    squares = square * (n - 1) + total**2 / n
    if squares > total**2:
        return mpmath.inf
    if square == 0:
        return real("mean", value)
    k = floor(total**2 / squares)
    root_of = mpmath.sqrt(real("discriminant", k**2 * total**2 - k * (k + 1) * (total**2 - squares)))
    return real("minimum", value - total / n) + (k * real("total", total) + root_of) / (k * (k + 1))


def _within(mean: Rational, n: int, minimum: Rational, maximum: Rational) -> tuple[Fraction, Fraction, Fraction, int]:
    value, low, high = fraction("mean", mean), fraction("minimum", minimum), fraction("maximum", maximum)
    if not low <= value <= high:
        raise ValueError(f"the mean must lie between minimum and maximum, got {value} and {low} to {high}")
    return value, low, high, whole("n", n, 2)


@precise
def root_of(square: Rational) -> mpf:
    """The square root of a number that is not negative."""
    return mpmath.sqrt(real("square", fraction("square", square)))


@precise
def least_sd_of_range(n: int, width: Rational) -> mpf:
    """Smallest sample SD of n values whose lowest and highest lie this far apart: all others half way between.

    Source: Thomson 1955, Biometrika 42:268. ValueError for n < 2.
    """
    return mpmath.sqrt(real("variance", fraction("width", width) ** 2 / (2 * (whole("n", n, 2) - 1))))
