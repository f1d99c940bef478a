"""Smallest and largest squares that printed means and SDs allow, exact: what the ranges of tests are made of.

Intervals count as closed; what of an SD's interval lies below 0 is cut off. ValueError for an empty interval, an SD
below 0 and n < 2.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from evidence_brief.printed import Interval

MOST_CORNERS = 10
"""Groups up to which the largest sum of squares between means is looked for at every corner."""

Ends = tuple[Fraction, Fraction]
"""Smallest and largest."""


def difference_squares(m1: Interval, m2: Interval) -> Ends:
    """The square of the difference of two means."""
    low, high = m1.low - m2.high, m1.high - m2.low
    return (Fraction(0) if low <= 0 <= high else min(low**2, high**2)), max(low**2, high**2)


def sds(sd: Interval) -> Ends:
    """An SD, at least 0."""
    check_filled(sd)
    if sd.high < 0:
        raise ValueError(f"a standard deviation is at least 0, got at most {sd.high}")
    return max(Fraction(0), sd.low), sd.high


def variances(sd: Interval, times: Fraction | int = 1) -> Ends:
    """A variance, times a factor."""
    low, high = sds(sd)
    return low**2 * times, high**2 * times


def added(*ends: Ends) -> Ends:
    """The sum of several that move freely."""
    return sum((low for low, _ in ends), Fraction(0)), sum((high for _, high in ends), Fraction(0))


def change_variance(sd1: Interval, sd2: Interval, r: Interval) -> Ends:
    """The variance of the change, sd1² + sd2² − 2 r sd1 sd2 (Cochrane Handbook 6.5.2.8).

    It falls with r, and for one r is convex in the SDs: largest at a corner, smallest on an edge.
    """
    first, second = sds(sd1), sds(sd2)
    least = min(s1**2 + s2**2 - 2 * r.high * s1 * s2 for s1, s2 in _nearest_on_edges(first, second, r.high))
    most = max(s1**2 + s2**2 - 2 * r.low * s1 * s2 for s1 in first for s2 in second)
    return least, most


def _nearest_on_edges(first: Ends, second: Ends, r: Fraction) -> Iterator[tuple[Fraction, Fraction]]:
    """The point of each edge of the box of two SDs at which the variance of the change is smallest."""
    for s1 in first:
        yield s1, min(max(r * s1, second[0]), second[1])
    for s2 in second:
        yield min(max(r * s2, first[0]), first[1]), s2


def between_squares(means: Sequence[Interval], sizes: Sequence[int]) -> Ends:
    """The sum of squares between groups, Σ n (mean − grand mean)².

    The smallest is attained. It is convex in the means, so that the largest is at a corner, and attained, up to
    MOST_CORNERS groups; of more groups, a bound above it.
    """
    check_filled(*means)
    return _least_between(means, sizes), _most_between(means, sizes)


def _least_between(means: Sequence[Interval], sizes: Sequence[int]) -> Fraction:
    """Each mean as near as it can to one point, which lies where those pulled up weigh as those pulled down."""

    def pull(point: Fraction) -> Fraction:
        return sum((n * (point - _nearest(mean, point)) for mean, n in zip(means, sizes, strict=True)), Fraction(0))

    # The pull grows with the point, in a straight line between two ends of intervals.
    pulls = [(point, pull(point)) for point in sorted({end for mean in means for end in (mean.low, mean.high)})]
    below, at_below = max((point, found) for point, found in pulls if found <= 0)
    above, at_above = min((point, found) for point, found in pulls if found >= 0)
    point = below if at_below == at_above else below - at_below * (above - below) / (at_above - at_below)
    return sum((n * (point - _nearest(mean, point)) ** 2 for mean, n in zip(means, sizes, strict=True)), Fraction(0))


def _nearest(mean: Interval, point: Fraction) -> Fraction:
    return min(max(point, mean.low), mean.high)


def _most_between(means: Sequence[Interval], sizes: Sequence[int]) -> Fraction:
    people = sum(sizes)
    if len(means) > MOST_CORNERS:
        # Squares around any point are at least those around the grand mean.
        point = (
            sum((n * (mean.low + mean.high) / 2 for mean, n in zip(means, sizes, strict=True)), Fraction(0)) / people
        )
        far = (max(point - mean.low, mean.high - point) for mean in means)
        return sum((n * away**2 for away, n in zip(far, sizes, strict=True)), Fraction(0))
    corners = [(Fraction(0), Fraction(0))]  # Σ n mean and Σ n mean²
    for mean, n in zip(means, sizes, strict=True):
        corners = [(total + n * end, square + n * end**2) for total, square in corners for end in {mean.low, mean.high}]
    return max(square - total**2 / people for total, square in corners)


def check_sizes(*sizes: int) -> None:
    """ValueError unless every size is 2 or more, as an SD needs."""
    for n in sizes:
        if n < 2:
            raise ValueError(f"a standard deviation needs n >= 2, got n = {n}")


def check_filled(*intervals: Interval) -> None:
    """ValueError for an interval without any value."""
    for interval in intervals:
        if interval.low > interval.high:
            raise ValueError(f"the interval from {interval.low} to {interval.high} is empty")
