"""Barnard's and Boschloo's tests by brute force: every table of the two groups, compared in whole numbers.

The tables at least as extreme as the observed one make a set, and the P value is its largest probability.
Ties are exact. None beyond WORK_BOUND.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate, compress

from evidence_brief.stats.exact.conditional import conditional, event_weights
from evidence_brief.stats.exact.core import mpf
from evidence_brief.stats.exact.supremum import grid_terms, supremum

# Tables looked at and terms of the polynomial computed: some two seconds, groups of about 600 each.
WORK_BOUND = 2_000_000

Variance = Callable[[int, int, int, int], int]


def barnard(x1: int, n1: int, x2: int, n2: int, *, pooled: bool, sides: int) -> mpf | None:
    """Barnard's test ordered by the Wald statistic, with the pooled variance or that of each group.

    A difference without variance (0 of n against all of n) is the largest of all. `sides` 1 is the observed
    direction; which one does not matter where the proportions are equal. None beyond WORK_BOUND.

    Source: Barnard 1947, Biometrika 34:123; statistics of Suissa & Shuster 1985, J R Stat Soc A 148:317.
    """
    if not within_bound(n1, n2):
        return None
    variance = _pooled_variance if pooled else _unpooled_variance
    excess, spread = x1 * n2 - x2 * n1, variance(x1, n1, x2, n2)

    def extreme(i: int, j: int) -> bool:
        difference = i * n2 - j * n1
        if sides == 1 and difference * (1 if excess >= 0 else -1) < 0:
            return False
        if difference == 0:
            return excess == 0
        return difference**2 * spread >= excess**2 * variance(i, n1, j, n2)

    return supremum(_ways(n1, n2, ((i, j) for i in range(n1 + 1) for j in range(n2 + 1) if extreme(i, j))))


def _pooled_variance(i: int, n1: int, j: int, n2: int) -> int:
    """Variance of the difference at the joint proportion, up to a factor of n1 and n2 alone."""
    return (i + j) * (n1 + n2 - i - j)


def _unpooled_variance(i: int, n1: int, j: int, n2: int) -> int:
    """Variance of the difference at each group's own proportion, times n1³ n2³."""
    return i * (n1 - i) * n2**3 + j * (n2 - j) * n1**3


def boschloo(x1: int, n1: int, x2: int, n2: int) -> mpf | None:
    """Boschloo's test ordered by Fisher's two-sided P (all tables not likelier); None beyond WORK_BOUND.

    Source: Boschloo 1970, Stat Neerl 24:1, in the two-sided form of SAS and R's exact2x2 ("minlike").
    """
    observed = conditional(x1, n1, x2, n2) if within_bound(n1, n2) else None
    return None if observed is None else _boschloo(n1, n2, observed.not_likelier, _not_likelier)


def boschloo_one_sided(x1: int, n1: int, x2: int, n2: int) -> mpf | None:
    """Boschloo's test in the observed direction (Boschloo 1970); None beyond WORK_BOUND.

    Where the proportions are equal, the smaller P of both directions.
    """
    greater, less = _in_both_directions(x1, n1, x2, n2)
    excess = x1 * n2 - x2 * n1
    if greater is None or less is None or excess == 0:
        return None if greater is None or less is None else min(greater, less)
    return greater if excess > 0 else less


def boschloo_doubled(x1: int, n1: int, x2: int, n2: int) -> mpf | None:
    """Twice the smaller one-sided Boschloo P, at most 1, as SciPy and R's Exact; None beyond WORK_BOUND."""
    greater, less = _in_both_directions(x1, n1, x2, n2)
    return None if greater is None or less is None else min(mpf(1), 2 * greater, 2 * less)


@lru_cache(maxsize=16)
def _in_both_directions(x1: int, n1: int, x2: int, n2: int) -> tuple[mpf, mpf] | tuple[None, None]:
    observed = conditional(x1, n1, x2, n2) if within_bound(n1, n2) else None
    if observed is None:
        return None, None
    return _boschloo(n1, n2, observed.upper, _or_more), _boschloo(n1, n2, observed.lower, _or_fewer)


def _boschloo(n1: int, n2: int, observed: Fraction, tails: Callable[[list[int]], list[int]]) -> mpf:
    """Largest probability that Fisher's P, whose numerators `tails` takes from the weights, is as observed or less."""
    ways = []
    for events in range(n1 + n2 + 1):
        weights = list(event_weights(n1, n2, events))
        budget = observed.numerator * sum(weights)
        inside = (tail * observed.denominator <= budget for tail in tails(weights))
        ways.append(sum(compress(weights, inside)))
    return supremum(ways)


def _or_fewer(weights: list[int]) -> list[int]:
    return list(accumulate(weights))


def _or_more(weights: list[int]) -> list[int]:
    return list(accumulate(reversed(weights)))[::-1]


def _not_likelier(weights: list[int]) -> list[int]:
    in_order = sorted(weights)
    sums = dict(zip(in_order, accumulate(in_order), strict=True))  # of equal weights, the last sum stays
    return [sums[weight] for weight in weights]


def _ways(n1: int, n2: int, tables: Iterator[tuple[int, int]]) -> list[int]:
    """Ways to arrive at the tables, by their number of events."""
    of_group1, of_group2 = ([math.comb(n, x) for x in range(n + 1)] for n in (n1, n2))
    ways = [0] * (n1 + n2 + 1)
    for i, j in tables:
        ways[i + j] += of_group1[i] * of_group2[j]
    return ways


def within_bound(n1: int, n2: int) -> bool:
    """Whether the tests are computed for groups of these sizes."""
    return (n1 + 1) * (n2 + 1) + grid_terms(n1 + n2) <= WORK_BOUND
