"""The smallest and largest P of Welch's test while both SDs move within intervals.

P falls with t² and with the degrees of freedom. While the share of the first variance of a mean in their sum stays
the same, so do the degrees of freedom, and P grows with the sum: the smallest P lies where the smallest sum of each
share is, on the two edges at the smallest variances, and the largest on the two edges at the largest. Each edge
is cut into pieces, the most promising first; a bound over each piece keeps the answer rigorous.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush

from evidence_brief.stats.distributions import p_f
from evidence_brief.stats.summary_ends import Ends

MOST_CUTS = 1000
"""Pieces into which the edges are cut; beyond, the bound that is reached so far stands."""
CLOSE = 1e-9
"""Cutting ends when the bound comes so close, as a part of it, to a P value that is attained, as it does at corners."""

Point = tuple[float, float]
"""The two variances of a mean, as parts of the largest sum."""
OfPiece = Callable[[Point, Point], float]


@dataclass(frozen=True)
class _Welch:
    """The test for one squared difference of the means, in units of the largest sum of variances."""

    square: float
    n1: int
    n2: int

    def highest_df(self, low: float, high: float) -> float:
        """Of shares from `low` to `high`: the best share is that at which both means weigh as their df."""
        return self._df(min(max((self.n1 - 1) / (self.n1 + self.n2 - 2), low), high))

    def lowest_df(self, low: float, high: float) -> float:
        """Of shares from `low` to `high`: at one of them, since 1/df is convex in the share."""
        return min(self._df(low), self._df(high))

    def _df(self, share: float) -> float:
        return 1 / (share**2 / (self.n1 - 1) + (1 - share) ** 2 / (self.n2 - 1))

    def p(self, total: float, df: float) -> float:
        """P of a sum of variances and degrees of freedom."""
        return p_f(self.square / total if total else math.inf, 1, df)

    def below(self, start: Point, end: Point) -> float:
        """No P between two points, the first the smaller, is less than this."""
        return self.p(sum(start), self.highest_df(*_shares(start, end)))

    def above(self, start: Point, end: Point) -> float:
        """Less no P between two points, the first the smaller, is more than this: negative, to be made smallest."""
        return -self.p(sum(end), self.lowest_df(*_shares(start, end)))


def lowest_and_highest_p(d2: Ends, first: Ends, second: Ends, n1: int, n2: int) -> tuple[float, float]:
    """Bounds of Welch's P for ranges of the squared difference and of the two variances of a mean.

    All are at least 0, and not both variances 0 alone.
    """
    unit = first[1] + second[1]
    (a1, b1), (a2, b2) = _parts(first, unit), _parts(second, unit)
    if not d2[1]:
        lowest = 1.0
    elif not (a1 or a2):
        lowest = 0.0
    else:
        nearest = _Welch(as_float(d2[1] / unit), n1, n2)
        lowest = _smallest(nearest.below, [((a1, a2), (a1, b2)), ((a1, a2), (b1, a2))])
    farthest = _Welch(as_float(d2[0] / unit), n1, n2)
    highest = -_smallest(farthest.above, [((b1, a2), (b1, b2)), ((a1, b2), (b1, b2))]) if d2[0] else 1.0
    return lowest, highest


def _smallest(bound: OfPiece, edges: list[tuple[Point, Point]]) -> float:
    """A lower bound of what `bound` says at single points, close to the smallest such value on the edges."""
    best = min(bound(point, point) for edge in edges for point in edge)
    pieces: list[tuple[float, Point, Point]] = []
    for start, end in edges:
        heappush(pieces, (bound(start, end), start, end))
    for _ in range(MOST_CUTS):
        least, start, end = pieces[0]
        if best - least <= CLOSE * abs(best):
            break
        heappop(pieces)
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        best = min(best, bound(middle, middle))
        heappush(pieces, (bound(start, middle), start, middle))
        heappush(pieces, (bound(middle, end), middle, end))
    return min(best, pieces[0][0])


def _shares(start: Point, end: Point) -> tuple[float, float]:
    shares = [point[0] / sum(point) if sum(point) else 0.0 for point in (start, end)]
    return min(shares), max(shares)


def _parts(ends: Ends, unit: Fraction) -> tuple[float, float]:
    return float(ends[0] / unit), float(ends[1] / unit)


def as_float(value: Fraction) -> float:
    """The nearest float, infinite beyond the largest."""
    try:
        return float(value)
    except OverflowError:
        return math.inf
