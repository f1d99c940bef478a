"""Rank tests from what is printed of them: is the statistic attainable, and can it stand beside the P value?

U is Mann and Whitney's, W Wilcoxon's signed-rank sum, either of the two values that a sample has. Kruskal and Wallis'
H goes by its χ² distribution (`test_statistics`, letter H).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from evidence_brief.printed import Interval
from evidence_brief.stats.distributions import outward
from evidence_brief.stats.rank_distributions import (
    METHODS,
    Method,
    RankDistribution,
    least_u_variance,
    least_w_variance,
    mann_whitney,
    signed_rank,
)

MOST_VALUES = 20_000
"""Values of a statistic that are tried at most."""


@dataclass(frozen=True)
class RankVerdict:
    """Whether a rank statistic is attainable, and by which methods it goes with a P value.

    `untied`: methods that give such a P without ties. `tied`: those that could with some ties (of pairs, also
    with some differences of 0, which are left out). An exact test of tied values is not judged, since its P depends
    on every tie: where the values have few steps, "apart" is no proof.
    """

    attainable: bool
    untied: tuple[Method, ...]
    tied: tuple[Method, ...]

    @property
    def together(self) -> Literal["yes", "if tied", "apart"]:
        """Whether both can be true: without ties, only with ties, or not."""
        return "yes" if self.untied else "if tied" if self.tied else "apart"


def u_possible(u: Interval, n1: int, n2: int, *, ties: bool = True) -> bool:
    """Whether some U of two groups prints so: 0 to n1·n2, halves only with ties; ValueError for an empty group."""
    return _possible(_doubled(u, mann_whitney(n1, n2)), ties)


def w_possible(w: Interval, n: int, *, ties: bool = True) -> bool:
    """Whether some W of n pairs prints so: 0 to n(n + 1)/2, halves only with ties; ValueError for n < 1."""
    return _possible(_doubled(w, signed_rank(n)), ties)


def u_of_rank_sum(rank_sum: Interval, n: int) -> Interval:
    """U of a group of n from the sum of its ranks, R − n(n + 1)/2 (Mann & Whitney 1947, Ann Math Stat 18:50)."""
    least = Fraction(n * (n + 1), 2)
    return rank_sum + Interval(-least, -least)


def attainable_p(n1: int, n2: int, method: Method = "exact", sides: int = 2) -> tuple[float, ...] | None:
    """Every P value of the Mann–Whitney test of untied groups, ascending; None where they are too many to compute."""
    null = mann_whitney(n1, n2)
    if null.largest > MOST_VALUES or (method == "exact" and null.tails is None):
        return None
    values = (null.p(Fraction(u), method, sides) for u in range(null.largest // 2 + 1))
    return tuple(p for p in values if p is not None)


def u_and_p(u: Interval | None, p: Interval, n1: int, n2: int, *, sides: int = 2) -> RankVerdict | None:
    """Whether a printed U (None: any) and a printed P of the Mann–Whitney test of n1 and n2 can both be true.

    None where more than MOST_VALUES values of U would have to be tried. One-sided P values look in the observed
    direction. ValueError for an empty group and sides other than 1 and 2.
    """
    null = mann_whitney(n1, n2)
    doubled = _doubled(u, null)
    if len(doubled) > MOST_VALUES:
        return None
    tied = _tied(null, doubled, p, sides, lambda value: least_u_variance(value, n1, n2))
    return RankVerdict(bool(doubled), _untied(null, doubled, p, sides), tied)


def w_and_p(w: Interval | None, p: Interval, n: int, *, sides: int = 2) -> RankVerdict | None:
    """Whether a printed W (None: any) and a printed P of the signed-rank test of n pairs can both be true.

    Pairs without a difference are left out by the test, so that any smaller number of pairs counts as tied.
    None where more than MOST_VALUES values of W would have to be tried. ValueError for n < 1 and sides other than
    1 and 2.
    """
    full = signed_rank(n)
    doubled = _doubled(w, full)
    if len(doubled) * n > MOST_VALUES:
        return None
    tied: set[Method] = set()
    for pairs in range(1, n + 1):
        null, least = signed_rank(pairs), least_w_variance(pairs)
        some = _doubled(w, null)
        tied.update(_tied(null, some, p, sides, lambda _, least=least: least))  # type: ignore[misc]
        if pairs < n:
            tied.update(_untied(null, some, p, sides))
    in_order = tuple(method for method in METHODS if method in tied)
    return RankVerdict(bool(doubled), _untied(full, doubled, p, sides), in_order)


def _doubled(printed: Interval | None, null: RankDistribution) -> range:
    """Twice every whole and half value that prints so; of those up to the middle, if nothing is printed."""
    if printed is None:
        return range(null.largest + 1)
    found = printed.scaled(2).whole_numbers()
    start = max(0, found.start)
    return range(start, max(start, min(2 * null.largest + 1, found.stop)))


def _possible(doubled: range, ties: bool) -> bool:
    return bool(doubled) and (ties or len(doubled) > 1 or doubled[0] % 2 == 0)


def _untied(null: RankDistribution, doubled: range, p: Interval, sides: int) -> tuple[Method, ...]:
    """The methods by which a whole value has such a P."""
    wholes = [Fraction(twice, 2) for twice in doubled if twice % 2 == 0]
    return tuple(
        method
        for method in METHODS
        if any((found := null.p(value, method, sides)) is not None and _overlap(found, found, p) for value in wholes)
    )


def _tied(
    null: RankDistribution, doubled: range, p: Interval, sides: int, least: Callable[[Fraction], Fraction]
) -> tuple[Method, ...]:
    """The methods by which a value could have such a P, between the least variance and that without ties."""

    def reaches(value: Fraction, method: Method) -> bool:
        low, high = null.p(value, method, sides, least(value)), null.p(value, method, sides)
        return low is not None and high is not None and _overlap(low, high, p)

    values = [Fraction(twice, 2) for twice in doubled]
    return tuple(method for method in METHODS[1:] if any(reaches(value, method) for value in values))


def _overlap(low: float, high: float, p: Interval) -> bool:
    ends = outward(low, high)
    return Interval(Fraction(ends[0]), Fraction(ends[1])).overlaps(p)
