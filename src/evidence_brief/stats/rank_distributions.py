"""Distributions of the Mann–Whitney U and the Wilcoxon signed-rank sum W when nothing differs.

Both are symmetric on 0 to `largest`, whole numbers without ties and halves with them. The exact distribution is that
without ties (Mann & Whitney 1947, Ann Math Stat 18:50; Wilcoxon 1945, Biometrics Bull 1:80); the normal one takes
their mean and variance, with or without a continuity correction of ½. Ties shrink the variance (Lehmann 1975,
Nonparametrics, 1.4 and 3.2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from typing import Literal

from evidence_brief.stats.distributions import p_z

MOST_EXACT_WORK = 2_000_000
"""Largest n1·n2·min(n1, n2) for which U is counted exactly; of larger groups there is the normal distribution."""
MOST_EXACT_PAIRS = 120
"""Largest number of pairs for which W is counted exactly."""

Method = Literal["exact", "normal", "normal, corrected"]
METHODS: tuple[Method, ...] = ("exact", "normal", "normal, corrected")


@dataclass(frozen=True)
class RankDistribution:
    """A symmetric distribution from 0 to `largest`; `variance` is that without ties.

    `tails` counts for each whole value the orders that give it or less; None where they are too many to count.
    """

    largest: int
    variance: Fraction
    tails: tuple[int, ...] | None

    def p(self, value: Fraction, method: Method, sides: int = 2, variance: Fraction | None = None) -> float | None:
        """P of a value, two-sided as twice the smaller tail and at most 1; `variance` replaces that without ties.

        None for the exact method where it was not counted, and of a value that is not whole. ValueError for sides
        other than 1 and 2.
        """
        if sides not in (1, 2):
            raise ValueError(f"a test has 1 or 2 sides, got {sides}")
        if method == "exact":
            if self.tails is None or value.denominator != 1:
                return None
            tail = self.tails[int(min(value, self.largest - value))]
            return float(min(Fraction(1), Fraction(sides * tail, self.tails[-1])))
        away = abs(value - Fraction(self.largest, 2))
        if method == "normal, corrected":
            away = max(Fraction(0), away - Fraction(1, 2))
        spread = self.variance if variance is None else variance
        if not away:
            return sides / 2
        return p_z(math.sqrt(away**2 / spread), sides) if spread else 0.0


@lru_cache(maxsize=64)
def mann_whitney(n1: int, n2: int) -> RankDistribution:
    """Distribution of U of two groups; ValueError unless both have someone."""
    if min(n1, n2) < 1:
        raise ValueError(f"each group needs one person or more, got {n1} and {n2}")
    counted = n1 * n2 * min(n1, n2) <= MOST_EXACT_WORK
    tails = tuple(accumulate(_u_counts(n1, n2))) if counted else None
    return RankDistribution(n1 * n2, Fraction(n1 * n2 * (n1 + n2 + 1), 12), tails)


def _u_counts(n1: int, n2: int) -> list[int]:
    """Orders with each U: coefficients of the Gaussian binomial, Π (1 − q^(larger + i)) / (1 − q^i)."""
    smaller, larger = sorted((n1, n2))
    counts = [1] + [0] * (n1 * n2)
    for i in range(1, smaller + 1):
        for u in range(n1 * n2, larger + i - 1, -1):
            counts[u] -= counts[u - larger - i]
        for u in range(i, n1 * n2 + 1):
            counts[u] += counts[u - i]
    return counts


def least_u_variance(u: Fraction, n1: int, n2: int) -> Fraction:
    """A variance of U below that of any tied samples of n1 and n2 with this U.

    Ties of t values take Σ(t³ − t) from N³ − N. A tie of a values of one group and b of the other leaves a·b pairs
    undecided, half of which count for the smaller U; hence a·b <= K = 2·min(U, n1·n2 − U), and t = a + b is at most
    M + K/M, M being the larger group. The sum of cubes is then largest if the rest are tied as well.
    """
    larger, people = max(n1, n2), n1 + n2
    longest = larger + 2 * min(u, n1 * n2 - u) / larger
    return Fraction(n1 * n2) * longest * (people - longest) / (4 * (people - 1))


@lru_cache(maxsize=256)
def signed_rank(n: int) -> RankDistribution:
    """Distribution of W of n pairs, none of them without a difference; ValueError for n < 1."""
    if n < 1:
        raise ValueError(f"at least one pair is needed, got {n}")
    tails = tuple(accumulate(_w_counts(n))) if n <= MOST_EXACT_PAIRS else None
    return RankDistribution(n * (n + 1) // 2, Fraction(n * (n + 1) * (2 * n + 1), 24), tails)


@lru_cache(maxsize=MOST_EXACT_PAIRS + 1)
def _w_counts(n: int) -> tuple[int, ...]:
    """Signs with each W: coefficients of Π (1 + q^i), from those of one pair fewer."""
    if n == 0:
        return (1,)
    fewer, shift = _w_counts(n - 1), (0,) * n
    return tuple(without + with_it for without, with_it in zip(fewer + shift, shift + fewer, strict=True))


def least_w_variance(n: int) -> Fraction:
    """The smallest variance of W of n tied pairs, that of n equal differences: a quarter of n·((n + 1)/2)²."""
    return Fraction(n * (n + 1) ** 2, 16)
