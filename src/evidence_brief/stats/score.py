"""Score intervals of two independent proportions, x1 of n1 against x2 of n2: difference, ratio, odds ratio.

Each inverts z = S/√V: S is how far the data lie from the value that is tested, V its variance where the two
proportions are the likeliest that have this value. Counts must be whole, 0 <= x <= n and n >= 1.
`factor` multiplies V: 1, or N/(N − 1) with N = n1 + n2. `skewed` corrects z for the skewness of S. The two ends
mirror each other: swapping the groups turns the upper limit into the lower one.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from evidence_brief.stats.limits import Limits, edge, normal_quantile, ratio_edge

SMALLEST = 1e-18
"""Proportions nearer to 0 than this count as 0 where a likelihood is maximised."""

Moments = tuple[float, float, float]


def difference(
    x1: int, n1: int, x2: int, n2: int, level: float, *, factor: float = 1.0, skewed: bool = False
) -> Limits:
    """Interval of p1 − p2. Source: Mee 1984, Biometrics 40:1175; Gart & Nam 1990, Biometrics 46:637 (skewness)."""
    z = normal_quantile(level)
    upper = _upper_difference(x1, n1, x2, n2, z, factor, skewed)
    return -_upper_difference(x2, n2, x1, n1, z, factor, skewed), upper


def _upper_difference(x1: int, n1: int, x2: int, n2: int, z: float, factor: float, skewed: bool) -> float:
    start = _upper_difference(x1, n1, x2, n2, z / 2, factor, False) if skewed else x1 / n1 - x2 / n2
    inside = _not_below(lambda delta: difference_moments(x1, n1, x2, n2, delta), z, factor, skewed)
    return edge(inside, start, 1.0)


def ratio(x1: int, n1: int, x2: int, n2: int, level: float, *, factor: float = 1.0, skewed: bool = False) -> Limits:
    """Interval of p1/p2, from 0 where x1 = 0 and to ∞ where x2 = 0.

    Source: Miettinen & Nurminen 1985, Stat Med 4:213, the same as Koopman 1984, Biometrics 40:513 where the
    factor is 1; Gart & Nam 1988, Biometrics 44:323 (skewness).
    """
    z = normal_quantile(level)
    lower = _upper_ratio(x2, n2, x1, n1, z, factor, skewed)
    return 1 / lower, _upper_ratio(x1, n1, x2, n2, z, factor, skewed)


def _upper_ratio(x1: int, n1: int, x2: int, n2: int, z: float, factor: float, skewed: bool) -> float:
    if x2 == 0:
        return math.inf
    start = _upper_ratio(x1, n1, x2, n2, z / 2, factor, False) if skewed else x1 * n2 / (x2 * n1)
    inside = _not_below(lambda phi: ratio_moments(x1, n1, x2, n2, phi), z, factor, skewed)
    return ratio_edge(inside, start)


def odds_ratio(
    x1: int,
    n1: int,
    x2: int,
    n2: int,
    level: float,
    *,
    factor: float = 1.0,
    skewed: bool = False,
    corrected: bool = False,
) -> Limits:
    """Interval of the odds ratio; `corrected` takes ½ off |x1 − E(x1)|.

    The skewness correction takes off the bias of S too.

    Source: Cornfield 1956, Proc 3rd Berkeley Symp 4:135; Miettinen & Nurminen 1985, Stat Med 4:213; Gart 1985,
    Biometrika 72:673 (skewness).
    """
    z = normal_quantile(level)
    lower = _upper_odds_ratio(x2, n2, x1, n1, z, factor, skewed, corrected)
    return 1 / lower if lower else math.inf, _upper_odds_ratio(x1, n1, x2, n2, z, factor, skewed, corrected)


def _upper_odds_ratio(
    x1: int, n1: int, x2: int, n2: int, z: float, factor: float, skewed: bool, corrected: bool
) -> float:
    if x1 == n1 or x2 == 0:
        return math.inf
    start = x1 * (n2 - x2) / ((n1 - x1) * x2)
    if skewed:
        start = _upper_odds_ratio(x1, n1, x2, n2, z / 2, factor, False, corrected)
    correction = 0.5 if corrected else 0.0
    inside = _not_below(lambda psi: odds_ratio_moments(x1, n1, x2, n2, psi, correction, skewed), z, factor, skewed)
    return ratio_edge(inside, start)


def _not_below(moments: Callable[[float], Moments], z: float, factor: float, skewed: bool) -> Callable[[float], bool]:
    """Whether the data lie at most z below a value, in standard deviations."""

    def inside(value: float) -> bool:
        score, variance, third = moments(value)
        variance *= factor
        if variance <= 0:
            return score >= 0
        skewness = third / variance**1.5 if skewed else 0.0
        return score / math.sqrt(variance) - skewness * (z**2 - 1) / 6 >= -z

    return inside


def difference_moments(x1: int, n1: int, x2: int, n2: int, delta: float) -> Moments:
    """S, V and the third central moment of S where p1 − p2 = delta, −1 <= delta <= 1."""
    p1, p2 = restricted(x1, n1, x2, n2, delta)
    return (
        x1 / n1 - x2 / n2 - delta,
        p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2,
        p1 * (1 - p1) * (1 - 2 * p1) / n1**2 - p2 * (1 - p2) * (1 - 2 * p2) / n2**2,
    )


def restricted(x1: int, n1: int, x2: int, n2: int, delta: float) -> tuple[float, float]:
    """The likeliest p1 and p2 among those with p1 − p2 = delta, −1 <= delta <= 1."""
    low, high = max(0.0, -delta), min(1.0, 1.0 - delta)

    def rising(p2: float) -> bool:
        return _slope(x1, n1, p2 + delta) + _slope(x2, n2, p2) > 0

    # The likelihood has one peak; its cubic equation cancels badly where counts are 0.
    p2 = edge(rising, low, high) if low < high and rising(low + SMALLEST) else low
    return min(1.0, max(0.0, p2 + delta)), p2


def _slope(x: int, n: int, p: float) -> float:
    """Derivative in p of the log likelihood of x of n."""
    tiny = 1e-300
    return (x and x / max(p, tiny)) - (n - x and (n - x) / max(1 - p, tiny))


def ratio_moments(x1: int, n1: int, x2: int, n2: int, phi: float) -> Moments:
    """S, V and the third central moment of S where p1/p2 = phi > 0; x1 + x2 > 0."""
    b = phi * (n1 + x2) + x1 + n2
    root = math.sqrt(max(0.0, b * b - 4 * (n1 + n2) * phi * (x1 + x2)))
    p2 = min(1.0, 2 * (x1 + x2) / (b + root))
    p1 = min(1.0, phi * p2)
    return (
        x1 / n1 - phi * x2 / n2,
        p1 * (1 - p1) / n1 + phi * p1 * (1 - p2) / n2,
        p1 * (1 - p1) * (1 - 2 * p1) / n1**2 - phi**2 * p1 * (1 - p2) * (1 - 2 * p2) / n2**2,
    )


def odds_ratio_moments(
    x1: int, n1: int, x2: int, n2: int, psi: float, correction: float = 0.0, unbiased: bool = False
) -> Moments:
    """S, V and the third central moment of S where the odds ratio is psi > 0; 0 < x1 + x2 < n1 + n2.

    `correction` comes off |x1 − E(x1)|, and `unbiased` takes the bias of S off (Gart 1985).
    """
    a, b, successes = n2 * (psi - 1), psi * (n1 - x1 - x2) + n2 + x1 + x2, x1 + x2
    root = math.sqrt(b * b + 4 * a * successes)
    p2 = 2 * successes / (b + root) if b > 0 else (root - b) / (2 * a)
    bottom = 1 + p2 * (psi - 1)
    p1, q1 = psi * p2 / bottom, (1 - p2) / bottom
    information1, information2 = n1 * p1 * q1, n2 * p2 * (1 - p2)
    if not (information1 and information2):
        return 0.0, 0.0, 0.0  # so far away that a float cannot tell: not rejected
    excess = x1 - n1 * p1
    excess = math.copysign(max(0.0, abs(excess) - correction), excess)
    variance = 1 / information1 + 1 / information2
    bias = (p1 - p2) / (information1 + information2) if unbiased else 0.0
    return excess * variance - bias, variance, (q1 - p1) / information1**2 - (1 - 2 * p2) / information2**2
