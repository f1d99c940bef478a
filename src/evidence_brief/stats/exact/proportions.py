"""Intervals of one proportion, x of n, as (lower, upper) within 0 to 1; and of a correlation.

ValueError unless 0 <= x <= n, n >= 1 and 0 < level < 1. `clip=False` leaves limits that overshoot 0 or 1.
"""

from __future__ import annotations

from fractions import Fraction

from evidence_brief.stats.exact.core import (
    Limits,
    Rational,
    counts,
    fraction,
    mpf,
    mpmath,
    outside,
    precise,
    real,
    whole,
)
from evidence_brief.stats.exact.tails import beta_quantile, z_quantile

LEVEL = Fraction(95, 100)


@precise
def wald(x: int, n: int, level: Rational = LEVEL, *, clip: bool = True) -> Limits:
    """Simple asymptotic interval, p ± z √(p(1 − p)/n) (Newcombe 1998, Stat Med 17:857, method 1)."""
    x, n = counts(x, n)
    return _about(mpf(x) / n, mpf(n), z_quantile(level), clip)


@precise
def agresti_coull(x: int, n: int, level: Rational = LEVEL, *, clip: bool = True) -> Limits:
    """Wald interval after adding z²/2 successes and failures (Agresti & Coull 1998, Am Stat 52:119)."""
    x, n = counts(x, n)
    z = z_quantile(level)
    return _about((x + z**2 / 2) / (n + z**2), n + z**2, z, clip)


def _about(p: mpf, n: mpf, z: mpf, clip: bool) -> Limits:
    half_width = z * mpmath.sqrt(p * (1 - p) / n)
    return (max(mpf(0), p - half_width), min(mpf(1), p + half_width)) if clip else (p - half_width, p + half_width)


@precise
def wilson(x: int, n: int, level: Rational = LEVEL) -> Limits:
    """Both solutions p of (x/n − p)² = z² p(1 − p)/n (Wilson 1927, J Am Stat Assoc 22:209)."""
    x, n = counts(x, n)
    square = z_quantile(level) ** 2
    # (n + z²) p² − (2x + z²) p + x²/n = 0; the product of the solutions gives the lower one without cancelling.
    a, b, c = n + square, 2 * x + square, mpf(x) ** 2 / n
    upper = mpf(1) if x == n else (b + mpmath.sqrt(b**2 - 4 * a * c)) / (2 * a)
    return c / a / upper, upper


@precise
def clopper_pearson(x: int, n: int, level: Rational = LEVEL) -> Limits:
    """Every p at which neither tail of the binomial falls below (1 − level)/2; 0 and 1 are reached.

    Source: Clopper & Pearson 1934, Biometrika 26:404, by quantiles of the beta distribution.
    """
    x, n = counts(x, n)
    tail = outside(level) / 2
    lower = mpf(0) if x == 0 else beta_quantile(tail, mpf(x), mpf(n - x + 1))
    upper = mpf(1) if x == n else 1 - beta_quantile(tail, mpf(n - x), mpf(x + 1))
    return lower, upper


@precise
def jeffreys(x: int, n: int, level: Rational = LEVEL) -> Limits:
    """Equal tails of the posterior under the prior Beta(½, ½); from 0 where x = 0, to 1 where x = n.

    Source: Brown, Cai & DasGupta 2001, Stat Sci 16:101, section 3.1.
    """
    x, n = counts(x, n)
    tail, half = outside(level) / 2, mpf(1) / 2
    lower = mpf(0) if x == 0 else beta_quantile(tail, x + half, n - x + half)
    upper = mpf(1) if x == n else 1 - beta_quantile(tail, n - x + half, x + half)
    return lower, upper


@precise
def correlation_ci(r: Rational, n: int, level: Rational = LEVEL) -> Limits:
    """Interval of a correlation of n pairs by its inverse hyperbolic tangent, whose variance is 1/(n − 3).

    No width at r = ±1. ValueError unless −1 <= r <= 1 and n >= 4. Source: Fisher 1921, Metron 1:3.
    """
    correlation, n, z = fraction("r", r), whole("n", n, 4), z_quantile(level)
    if abs(correlation) > 1:
        raise ValueError(f"r must lie between -1 and 1, got {correlation}")
    if abs(correlation) == 1:
        return real("r", correlation), real("r", correlation)
    centre = mpmath.log(real("odds", (1 + correlation) / (1 - correlation))) / 2
    half_width = z / mpmath.sqrt(n - 3)
    return mpmath.tanh(centre - half_width), mpmath.tanh(centre + half_width)
