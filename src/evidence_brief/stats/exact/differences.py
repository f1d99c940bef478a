"""Risk difference p1 − p2 of two independent proportions: the estimate and intervals within −1 to 1.

ValueError unless 0 <= x <= n, n >= 1 and 0 < level < 1. `clip=False` leaves limits that overshoot −1 or 1.
"""

from __future__ import annotations

from fractions import Fraction

from evidence_brief.stats.exact.core import Limits, Rational, mpf, mpmath, precise, real, two_groups
from evidence_brief.stats.exact.proportions import wilson
from evidence_brief.stats.exact.tails import z_quantile

LEVEL = Fraction(95, 100)


def risk_difference(x1: int, n1: int, x2: int, n2: int) -> Fraction:
    """x1/n1 − x2/n2."""
    x1, n1, x2, n2 = two_groups(x1, n1, x2, n2)
    return Fraction(x1, n1) - Fraction(x2, n2)


@precise
def difference_wald(x1: int, n1: int, x2: int, n2: int, level: Rational = LEVEL, *, clip: bool = True) -> Limits:
    """Simple asymptotic interval, variance of each group (Newcombe 1998, Stat Med 17:873, method 1)."""
    x1, n1, x2, n2 = two_groups(x1, n1, x2, n2)
    return _wald(Fraction(x1, n1), n1, Fraction(x2, n2), n2, level, clip)


@precise
def agresti_caffo(x1: int, n1: int, x2: int, n2: int, level: Rational = LEVEL, *, clip: bool = True) -> Limits:
    """Wald interval after adding a success and a failure to each group (Agresti & Caffo 2000, Am Stat 54:280)."""
    x1, n1, x2, n2 = two_groups(x1, n1, x2, n2)
    return _wald(Fraction(x1 + 1, n1 + 2), n1 + 2, Fraction(x2 + 1, n2 + 2), n2 + 2, level, clip)


@precise
def newcombe(x1: int, n1: int, x2: int, n2: int, level: Rational = LEVEL) -> Limits:
    """Hybrid score interval: distances of Wilson's limits squared and added (Newcombe 1998, method 10)."""
    x1, n1, x2, n2 = two_groups(x1, n1, x2, n2)
    p1, p2 = mpf(x1) / n1, mpf(x2) / n2
    (lower1, upper1), (lower2, upper2) = wilson(x1, n1, level), wilson(x2, n2, level)
    below = mpmath.sqrt((p1 - lower1) ** 2 + (upper2 - p2) ** 2)
    above = mpmath.sqrt((upper1 - p1) ** 2 + (p2 - lower2) ** 2)
    return p1 - p2 - below, p1 - p2 + above


def _wald(p1: Fraction, n1: int, p2: Fraction, n2: int, level: Rational, clip: bool) -> Limits:
    half_width = z_quantile(level) * mpmath.sqrt(real("variance", p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2))
    lower, upper = real("difference", p1 - p2) - half_width, real("difference", p1 - p2) + half_width
    return (max(mpf(-1), lower), min(mpf(1), upper)) if clip else (lower, upper)
