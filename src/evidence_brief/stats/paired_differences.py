"""Confidence intervals of the difference of two paired proportions, (b − c)/n, as (lower, upper) within −1 to 1.

The table of n pairs: a with the event in both, b in the first alone, c in the second alone, d in neither. All raise
ValueError unless the counts are whole, 0 or more and not all 0, and 0 < level < 1. `clip=False` leaves the limits
of the methods that may overshoot −1 or 1 as their formula gives them.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from evidence_brief.stats.intervals import wilson
from evidence_brief.stats.limits import Limits, Method, clipped, edge, normal_quantile, whole


def pairs(a: int, b: int, c: int, d: int) -> tuple[int, int, int, int]:
    """The counts as Python's integers; ValueError unless they are whole, 0 or more and not all 0."""
    a, b, c, d = whole(a, b, c, d)
    if a + b + c + d == 0:
        raise ValueError("a table of pairs needs at least one pair")
    return a, b, c, d


def wald(a: int, b: int, c: int, d: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Simple asymptotic interval. Source: Newcombe 1998, Stat Med 17:2635, method 1."""
    a, b, c, d = pairs(a, b, c, d)
    return _wald(b, c, a + b + c + d, abs(b - c), 0.0, level, clip)


def wald_cc(a: int, b: int, c: int, d: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Wald interval whose variance takes |b − c| − 1, as Edwards' test.

    Source: Fagerland, Lydersen & Laake 2014, Stat Med 33:2850, equation 10.
    """
    a, b, c, d = pairs(a, b, c, d)
    return _wald(b, c, a + b + c + d, abs(b - c) - 1, 0.0, level, clip)


def wald_cc_newcombe(a: int, b: int, c: int, d: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Wald interval widened by 1/n at each end. Source: Newcombe 1998, Stat Med 17:2635, method 2."""
    a, b, c, d = pairs(a, b, c, d)
    n = a + b + c + d
    return _wald(b, c, n, abs(b - c), 1 / n, level, clip)


def agresti_min(a: int, b: int, c: int, d: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Wald interval after adding ½ to each cell. Source: Agresti & Min 2005, Stat Med 24:729."""
    a, b, c, d = pairs(a, b, c, d)
    return _wald(b + 0.5, c + 0.5, a + b + c + d + 2, abs(b - c), 0.0, level, clip)


def bonett_price(a: int, b: int, c: int, d: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Wald interval after adding 1 to b and to c. Source: Bonett & Price 2012, J Educ Behav Stat 37:479."""
    a, b, c, d = pairs(a, b, c, d)
    return _wald(b + 1, c + 1, a + b + c + d + 2, abs(b - c), 0.0, level, clip)


def _wald(b: float, c: float, n: float, gap: float, more: float, level: float, clip: bool) -> Limits:
    half_width = normal_quantile(level) * math.sqrt(max(0.0, b + c - gap**2 / n)) / n + more
    limits = (b - c) / n - half_width, (b - c) / n + half_width
    return clipped(limits, -1.0, 1.0) if clip else limits


def tango(a: int, b: int, c: int, d: int, level: float = 0.95) -> Limits:
    """Score interval. Source: Tango 1998, Stat Med 17:891."""
    a, b, c, d = pairs(a, b, c, d)
    n, z = a + b + c + d, normal_quantile(level)

    def upper(b: int, c: int) -> float:
        def inside(delta: float) -> bool:
            score = b - c - n * delta
            variance = n * (2 * _restricted(b, c, n, delta) + delta * (1 - delta))
            return score >= 0 if variance <= 0 else score / math.sqrt(variance) >= -z

        return edge(inside, (b - c) / n, 1.0)

    return -upper(c, b), upper(b, c)


def _restricted(b: int, c: int, n: int, delta: float) -> float:
    """The likeliest probability of the second alone, where that of the first alone is greater by delta."""
    half = (2 * n - b + c) * delta - b - c
    root = math.sqrt(max(0.0, half**2 + 8 * n * c * delta * (1 - delta)))
    return max(0.0, -delta, (root - half) / (4 * n))


def newcombe(a: int, b: int, c: int, d: int, level: float = 0.95) -> Limits:
    """Wilson's two intervals squared and added, with a correlation corrected for continuity.

    Source: Newcombe 1998, Stat Med 17:2635, method 10.
    """
    a, b, c, d = pairs(a, b, c, d)
    product = a * d - b * c
    corrected = max(0.0, product - (a + b + c + d) / 2) if product >= 0 else product
    return _squared_and_added(a, b, c, d, _correlation(corrected, a, b, c, d), level)


def newcombe_uncorrected(a: int, b: int, c: int, d: int, level: float = 0.95) -> Limits:
    """Wilson's two intervals squared and added, with the plain correlation. Source: Newcombe 1998, method 8."""
    a, b, c, d = pairs(a, b, c, d)
    return _squared_and_added(a, b, c, d, correlation(a, b, c, d), level)


def correlation(a: int, b: int, c: int, d: int) -> float:
    """Correlation φ of the two outcomes, 0 where one of them never varies."""
    return _correlation(a * d - b * c, a, b, c, d)


def _correlation(product: float, a: int, b: int, c: int, d: int) -> float:
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    return product / math.sqrt(margins) if margins else 0.0


def _squared_and_added(a: int, b: int, c: int, d: int, phi: float, level: float) -> Limits:
    n = a + b + c + d
    p1, p2 = (a + b) / n, (a + c) / n
    (lower1, upper1), (lower2, upper2) = wilson(a + b, n, level), wilson(a + c, n, level)

    def distance(first: float, second: float) -> float:
        return math.sqrt((first - second) ** 2 + 2 * (1 - phi) * first * second)

    difference = (b - c) / n
    return difference - distance(p1 - lower1, upper2 - p2), difference + distance(upper1 - p1, p2 - lower2)


def _plain(interval: Callable[..., Limits]) -> Callable[..., Limits]:
    def unclipped(a: int, b: int, c: int, d: int, level: float = 0.95) -> Limits:
        return interval(a, b, c, d, level, clip=False)

    return unclipped


_CC = ("wald with continuity correction",)

METHODS: tuple[Method, ...] = (
    Method("wald", "Wald", ("wald", "normal approximation", "asymptotic"), wald, _plain(wald)),
    Method("tango", "Tango score", ("tango", "score", "asymptotic score"), tango),
    Method("newcombe", "Newcombe square-and-add", ("newcombe", "newcombe method 10", "mover"), newcombe),
    Method("bonett_price", "Bonett–Price", ("bonett-price",), bonett_price, _plain(bonett_price)),
    Method("agresti_min", "Agresti–Min", ("agresti-min",), agresti_min, _plain(agresti_min)),
    Method("wald_cc", "Wald, corrected", _CC, wald_cc, _plain(wald_cc)),
    Method("wald_cc_newcombe", "Wald, corrected by 1/n", _CC, wald_cc_newcombe, _plain(wald_cc_newcombe)),
    Method(
        "newcombe_uncorrected", "Newcombe, plain correlation", ("newcombe", "newcombe method 8"), newcombe_uncorrected
    ),
)
