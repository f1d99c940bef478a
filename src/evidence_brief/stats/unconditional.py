"""Unconditional exact tests of two independent proportions: Barnard and Boschloo.

Both order all tables (i of n1, j of n2) by a statistic and report the largest probability, over the common
success probability p, of the tables at least as extreme as the observed one. The order is decided in whole
numbers, because tied tables that rounding separates change the P value (scipy#18798); only the probability
of the tables so chosen is computed in floating point.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import groupby
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Region = npt.NDArray[np.bool_]

WORK_BOUND = 150_000_000_000
"""Largest (n1 + 1)(n2 + 1)(n1 + n2)² for which an unconditional test is computed (439 against 439)."""

CONDITIONAL_WORK_BOUND = 1_000_000_000
"""Largest work, in bits of the numbers added up, for which `ways` counts (12 900 against 12 900 at worst)."""

GRID_PER_ROOT_N = 16
GRID_MARGIN = 0.01
ZOOM = 8
ZOOM_ROUNDS = 6


@dataclass(frozen=True)
class Ways:
    """Numbers of ways to arrive at tables with the observed margins; over `total` they are probabilities.

    `lower` and `upper` count x1 and less, x1 and more; `smaller` is the smaller of the two, `towards` the one
    in the observed direction, `not_likelier` counts every table not likelier than the observed one.
    """

    n1: int
    n2: int
    lower: int
    upper: int
    towards: int
    observed: int
    not_likelier: int
    total: int

    @property
    def smaller(self) -> int:
        """The smaller tail."""
        return min(self.lower, self.upper)


@lru_cache(maxsize=8)
def ways(x1: int, n1: int, x2: int, n2: int) -> Ways | None:
    """Hypergeometric distribution of x1 in whole numbers; None beyond CONDITIONAL_WORK_BOUND."""
    successes, failures = x1 + x2, n1 + n2 - x1 - x2
    lowest, highest = max(0, successes - n2), min(n1, successes)
    rarer = min(successes, failures)
    bits = rarer * (3 * (n1 + n2) // max(1, rarer)).bit_length()
    if (highest - lowest + 1 + rarer) * bits > CONDITIONAL_WORK_BOUND:
        return None
    observed = math.comb(n1, x1) * math.comb(n2, x2)
    these = math.comb(n1, lowest) * math.comb(n2, successes - lowest)
    lower = upper = not_likelier = 0
    for x in range(lowest, highest + 1):
        lower += these if x <= x1 else 0
        upper += these if x >= x1 else 0
        not_likelier += these if these <= observed else 0
        # A recurrence, since two binomial coefficients for each table take long.
        these = these * ((n1 - x) * (successes - x)) // ((x + 1) * (n2 - successes + x + 1))
    difference = x1 * n2 - x2 * n1
    towards = upper if difference > 0 else lower if difference < 0 else min(lower, upper)
    return Ways(n1, n2, lower, upper, towards, observed, not_likelier, lower + upper - observed)


def barnard(x1: int, n1: int, x2: int, n2: int, *, pooled: bool, sides: int) -> float | None:
    """Barnard's test with the Wald statistic as order; None beyond WORK_BOUND.

    `pooled` takes the variance of the difference from the joint proportion (the score statistic), otherwise
    from each group. A difference with no variance (0 of n against all of n) counts as infinitely large.
    `sides` is 2, or 1 for the observed direction. Counts must satisfy 0 <= x <= n, n >= 1.

    Source: Barnard 1947, Biometrika 34:123; Suissa & Shuster 1985, J R Stat Soc A 148:317 (the two statistics).
    """
    if _work(n1, n2) > WORK_BOUND:
        return None
    return _supremum(_wald_region(x1, n1, x2, n2, pooled, sides))


@lru_cache(maxsize=8)
def boschloo(n1: int, n2: int, fisher_p: Fraction, *, sides: int) -> float | None:
    """Largest probability that Fisher's P is `fisher_p` or less; None beyond WORK_BOUND.

    `sides` 1 orders by the one-sided Fisher P: swapping successes with failures turns one direction into the
    other and p into 1 − p, so the two directions share this function. `sides` 2 orders by the two-sided
    Fisher P (sum of probabilities not larger than the observed one).

    Source: Boschloo 1970, Stat Neerl 24:1.
    """
    if _work(n1, n2) > WORK_BOUND:
        return None
    return _supremum(_boschloo_region(n1, n2, fisher_p, sides))


@lru_cache(maxsize=8)
def _boschloo_region(n1: int, n2: int, fisher_p: Fraction, sides: int) -> Region:
    """The tables whose Fisher P is `fisher_p` or less."""
    first, second, both = combinations(n1), combinations(n2), combinations(n1 + n2)
    choose = _least_likely if sides == 2 else _upper_tail
    region = np.zeros((n1 + 1, n2 + 1), dtype=np.bool_)
    for successes in range(n1 + n2 + 1):
        lowest, highest = max(0, successes - n2), min(n1, successes)
        weights = [first[x1] * second[successes - x1] for x1 in range(lowest, highest + 1)]
        budget = both[successes] * fisher_p.numerator // fisher_p.denominator
        for index in choose(weights, budget):
            region[lowest + index, successes - lowest - index] = True
    return region


def combinations(n: int) -> list[int]:
    """C(n, 0) to C(n, n), by recurrence because math.comb takes longer for each."""
    ways = [1]
    for x in range(n):
        ways.append(ways[-1] * (n - x) // (x + 1))
    return ways


def _upper_tail(weights: list[int], budget: int) -> list[int]:
    chosen: list[int] = []
    total = 0
    for index in reversed(range(len(weights))):
        total += weights[index]
        if total > budget:
            break
        chosen.append(index)
    return chosen


def _least_likely(weights: list[int], budget: int) -> list[int]:
    """Indices of the smallest weights whose sum stays within the budget, equal weights together."""
    chosen: list[int] = []
    total = 0
    by_weight = sorted(range(len(weights)), key=weights.__getitem__)
    for weight, tied in groupby(by_weight, key=weights.__getitem__):
        indices = list(tied)
        total += weight * len(indices)
        if total > budget:
            break
        chosen.extend(indices)
    return chosen


def _wald_region(x1: int, n1: int, x2: int, n2: int, pooled: bool, sides: int) -> Region:
    difference = x1 * n2 - x2 * n1
    if difference == 0:
        return np.ones((n1 + 1, n2 + 1), dtype=np.bool_)
    # Python's integers where 64 bits might overflow: slower, never wrong.
    largest = (n1 * n2) ** 2 * (n1 + n2) * (n1 + n2 if pooled else (n1 * n2) ** 2)
    dtype: Any = np.int64 if largest < 2**63 else object
    i = np.arange(n1 + 1).astype(dtype)[:, np.newaxis]
    j = np.arange(n2 + 1).astype(dtype)[np.newaxis, :]
    differences = i * n2 - j * n1
    variance = _variance(x1, n1, x2, n2, pooled)
    variances = _variance(i, n1, j, n2, pooled)
    as_extreme = differences**2 * variance >= difference**2 * variances
    direction = differences * difference > 0 if sides == 1 else differences != 0
    return np.asarray(as_extreme & direction, dtype=np.bool_)


def _variance(x1: Any, n1: int, x2: Any, n2: int, pooled: bool) -> Any:
    """Variance of p1 − p2 up to a factor that depends on n1 and n2 alone, in whole numbers."""
    if pooled:
        return (x1 + x2) * (n1 + n2 - x1 - x2)
    return x1 * (n1 - x1) * n2**3 + x2 * (n2 - x2) * n1**3


COARSE = 4
"""The grid of `bounds` is so many times as wide as that of the search."""

COARSE_MISSES = 1.2
"""Largest factor by which a peak can pass the points of that grid: 8% by its curvature, and as much to spare."""


def bounds(x1: int, n1: int, x2: int, n2: int) -> list[tuple[float, float]]:
    """Bounds of the P value of each unconditional test, in a tenth of the time of the P values.

    In the order of `two_by_two`: Barnard pooled, unpooled, Boschloo, doubled, Barnard and Boschloo one-sided. Nothing
    beyond the bounds of work.
    """
    table = ways(x1, n1, x2, n2)
    if table is None or _work(n1, n2) > WORK_BOUND:
        return []
    tails = [Fraction(count, table.total) for count in (table.not_likelier, table.smaller, table.towards)]
    regions = [
        _wald_region(x1, n1, x2, n2, pooled=True, sides=2),
        _wald_region(x1, n1, x2, n2, pooled=False, sides=2),
        _boschloo_region(n1, n2, tails[0], 2),
        _boschloo_region(n1, n2, tails[1], 1),
        _wald_region(x1, n1, x2, n2, pooled=True, sides=1),
        _boschloo_region(n1, n2, tails[2], 1),
    ]
    found = [_coarse(region) for region in regions]
    found[3] = (min(1.0, 2 * found[3][0]), min(1.0, 2 * found[3][1]))
    return found


def _coarse(region: Region) -> tuple[float, float]:
    if region[0, 0] or region[-1, -1]:
        return 1.0, 1.0
    n1, n2 = region.shape[0] - 1, region.shape[1] - 1
    intervals = math.ceil(GRID_PER_ROOT_N * math.sqrt(n1 + n2) / COARSE)
    angles: Floats = np.linspace(0, math.pi, intervals + 1)[1:-1]
    highest = float(_probability(angles, region.astype(np.float64)).max())
    return highest, min(1.0, highest * COARSE_MISSES)


def _supremum(region: Region) -> float:
    """Largest probability of the region over the common success probability p, to 1e-10 of its value.

    The search runs over the angle φ with p = sin²(φ/2). At any maximum of the probability, whatever the
    region, the second derivative of its logarithm in φ lies between −(n1 + n2) and 0: a step of
    π/(16 √(n1 + n2)) therefore misses at most half a per cent of a peak, near p = 0 as well as between,
    and every peak of the grid within GRID_MARGIN of the highest is looked at more closely.
    """
    if region[0, 0] or region[-1, -1]:
        return 1.0  # that table is certain at p = 0 or p = 1
    n1, n2 = region.shape[0] - 1, region.shape[1] - 1
    weights = region.astype(np.float64)
    intervals = math.ceil(GRID_PER_ROOT_N * math.sqrt(n1 + n2))
    step, margin = math.pi / intervals, GRID_MARGIN
    angles: Floats = np.linspace(0, math.pi, intervals + 1)[1:-1]
    values = _probability(angles, weights)
    centres = angles[_peaks(values)]
    for _ in range(ZOOM_ROUNDS):
        around = centres[:, np.newaxis] + step * np.arange(-ZOOM, ZOOM + 1) / ZOOM
        values = _probability(around.ravel(), weights).reshape(around.shape)
        step, margin = step / ZOOM, margin / ZOOM**2
        heights = values.max(axis=1)
        kept = np.flatnonzero(heights >= (1 - margin) * heights.max())
        centres = around[kept, values[kept].argmax(axis=1)]
    return min(1.0, float(values.max()))


def _peaks(values: Floats) -> npt.NDArray[np.intp]:
    """Indices of the local maxima of the grid that may prove the highest between its points."""
    padded = np.concatenate(([-1.0], values, [-1.0]))
    local = (values >= padded[:-2]) & (values >= padded[2:])
    return np.flatnonzero(local & (values >= (1 - GRID_MARGIN) * values.max()))


def _probability(angles: Floats, weights: Floats) -> Floats:
    n1, n2 = weights.shape[0] - 1, weights.shape[1] - 1
    log_p, log_q = 2 * np.log(np.sin(angles / 2)), 2 * np.log(np.cos(angles / 2))
    first, second = _binomial(n1, log_p, log_q), _binomial(n2, log_p, log_q)
    probability: Floats = ((first @ weights) * second).sum(axis=1)
    return probability


def _binomial(n: int, log_p: Floats, log_q: Floats) -> Floats:
    """Binomial probabilities, one row for each p, one column for each count."""
    x = np.arange(n + 1)
    density: Floats = np.outer(log_p, x)
    density += np.outer(log_q, n - x)
    density += _log_combinations(n)
    return np.exp(density, out=density)


@lru_cache(maxsize=16)
def _log_combinations(n: int) -> Floats:
    return np.array([math.log(ways) for ways in combinations(n)])


def _work(n1: int, n2: int) -> int:
    return (n1 + 1) * (n2 + 1) * (n1 + n2) ** 2
