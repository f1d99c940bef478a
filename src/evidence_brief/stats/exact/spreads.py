"""What means and SDs imply: groups together, the correlation of two measurements, and how far values must reach.

Means and SDs are whole numbers or Fractions, as printed. ValueError for an SD below 0 and too few people.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

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
    """Largest sample SD (n − 1) of n values between minimum and maximum with this mean, not on a grid.

    It is reached where whole numbers of people stand at both ends. ValueError unless minimum <= mean <= maximum.

    Source: Bhatia & Davis 2000, Am Math Mon 107:353, times n/(n − 1).
    """
    value, low, high = fraction("mean", mean), fraction("minimum", minimum), fraction("maximum", maximum)
    n = whole("n", n, 2)
    if not low <= value <= high:
        raise ValueError(f"the mean must lie between minimum and maximum, got {value} and {low} to {high}")
    return mpmath.sqrt(real("variance", (high - value) * (value - low) * Fraction(n, n - 1)))


def least_maximum(mean: Rational, sd: Rational, n: int, minimum: Rational) -> Fraction:
    """Smallest maximum under which `sd_limit` allows this SD: mean + sd² (n − 1)/(n (mean − minimum)).

    ValueError where no maximum does: the mean below the minimum, or at it with an SD above 0.
    """
    value, square, n = sample(mean, sd, n)
    above = value - fraction("minimum", minimum)
    if above < 0 or (above == 0 and square):
        raise ValueError(f"no maximum allows mean {value} and variance {square} with minimum {minimum}")
    return value + (square * (n - 1) / (n * above) if square else 0)
