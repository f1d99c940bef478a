"""The SD that n values can have when the lowest and the highest of them are known, as a printed range says."""

from __future__ import annotations

from fractions import Fraction

from evidence_brief.printed import Interval
from evidence_brief.stats.ends import Ends
from evidence_brief.stats.roots import root
from evidence_brief.stats.samples import Exact, degrees_of_freedom


def sd_of_range(n: int, width: Exact, *, population: bool = False) -> tuple[float, float]:
    """Smallest and largest SD of n values of which the highest lies `width` above the lowest.

    Smallest with all others in the middle, w/√(2 (n − 1)); largest with half at each end. The SD divides by
    n − 1, or by n for a `population`. ValueError for n < 2 and a width below 0.

    Source: Thomson 1955, Biometrika 42:268 (smallest); Popoviciu 1935, Mathematica (Cluj) 9:129 (largest).
    """
    if n < 2 or width < 0:
        raise ValueError(f"a range needs n >= 2 and a width of 0 or more, got n = {n} and {width}")
    df, square = degrees_of_freedom(n, population), Fraction(width) ** 2
    return root(square / (2 * df)), root(square * (n // 2) * (n - n // 2) / (n * df))


def sd_limits_attained(
    mean: Interval, n: int, minimum: Interval, maximum: Interval, *, population: bool = False
) -> tuple[float, float]:
    """Smallest and largest SD of n values whose mean, lowest and highest value lie in the three intervals.

    Smallest with all others at one value, 0 where the intervals of the ends overlap; largest with all others at
    the ends, but for one. The SD divides by n − 1, or by n for a `population`. ValueError for n < 2, and where
    no values have such a mean and range.

    Source: as `sd_of_range` and `bounds.sd_limits`, for values that reach both ends.
    """
    low, high = minimum.low, maximum.high
    lower, higher = max(maximum.low, low), min(minimum.high, high)  # the lowest maximum, the highest minimum
    first = max(mean.low, ((n - 1) * low + lower) / n)
    last = min(mean.high, (higher + (n - 1) * high) / n)
    if n < 2 or low > high or first > last:
        raise ValueError("no two or more values have such a mean between such ends")
    df, means = degrees_of_freedom(n, population), Interval(first, last)
    least = _least_between(means, n, Interval(low, higher), Interval(lower, high))
    return root(least / df), root(_most_between(means, n, low, high) / df)


def _least_between(means: Interval, n: int, minimum: Interval, maximum: Interval) -> Fraction:
    """The smallest sum of squared deviations: the ends as near as can be, unless the mean pulls one of them."""
    low, high = minimum.high, maximum.low
    if low >= high:
        return Fraction(0)
    off = Fraction(0)
    if means.low > (low + high) / 2:
        # The maximum rises, at most until it is one of n − 1 equal values.
        high = max(high, (n * means.low - low) / (n - 1))
        off = means.low - (low + high) / 2
    elif means.high < (low + high) / 2:
        low = min(low, (n * means.high - high) / (n - 1))
        off = (low + high) / 2 - means.high
    others = Fraction(2 * n, n - 2) * off**2 if n > 2 else 0
    return (high - low) ** 2 / 2 + others


def _most_between(means: Interval, n: int, low: Fraction, high: Fraction) -> Fraction:
    """The largest sum of squared deviations: the ends as far as one value at each of them allows."""
    first, last = ((n - 1) * low + high) / n, (low + (n - 1) * high) / n
    if means.high < first or means.low > last:
        # All but one lie at one end, and the other end gives way.
        width = n * (means.high - low if means.high < first else high - means.low)
        return width**2 * (n - 1) / n
    found = Ends(low, high).most_squares(Interval(max(means.low, first), min(means.high, last)), n)
    return found[0] if found else Fraction(0)
