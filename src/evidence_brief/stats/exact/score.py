"""Score intervals of the difference and the ratio of two proportions, by root finding alone.

Both invert z = (observed − tested)/√V, V at the likeliest pair of proportions that has the tested value. That
pair is found as the root of the slope of the log likelihood, which falls steadily, rather than by a formula.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from evidence_brief.stats.exact.core import Limits, Rational, mpf, mpmath, precise, root, two_groups
from evidence_brief.stats.exact.tails import z_quantile

LEVEL = Fraction(95, 100)
ASIDE = mpf(10) ** -20  # from where a variance or a slope may vanish without a limit or a peak being there


@precise
def mee(x1: int, n1: int, x2: int, n2: int, level: Rational = LEVEL) -> Limits:
    """Score interval of x1/n1 − x2/n2, within −1 to 1 (Mee 1984, Biometrics 40:1175)."""
    return _difference(*two_groups(x1, n1, x2, n2), level, mpf(1))


@precise
def miettinen_nurminen(x1: int, n1: int, x2: int, n2: int, level: Rational = LEVEL) -> Limits:
    """Mee's interval with the variance times N/(N − 1) (Miettinen & Nurminen 1985, Stat Med 4:213)."""
    return _difference(*two_groups(x1, n1, x2, n2), level, _factor(n1, n2))


@precise
def koopman(x1: int, n1: int, x2: int, n2: int, level: Rational = LEVEL) -> Limits:
    """Score interval of the ratio p1/p2; from 0 where x1 = 0, to ∞ where x2 = 0 (Koopman 1984, Biometrics 40:513)."""
    return _ratio(*two_groups(x1, n1, x2, n2), level, mpf(1))


@precise
def rr_score(x1: int, n1: int, x2: int, n2: int, level: Rational = LEVEL) -> Limits:
    """Koopman's interval with the variance times N/(N − 1) (Miettinen & Nurminen 1985, Stat Med 4:213)."""
    return _ratio(*two_groups(x1, n1, x2, n2), level, _factor(n1, n2))


def _factor(n1: int, n2: int) -> mpf:
    return mpf(n1 + n2) / (n1 + n2 - 1)


def _difference(x1: int, n1: int, x2: int, n2: int, level: Rational, factor: mpf) -> Limits:
    cut = z_quantile(level) ** 2 * factor
    # Swapping the groups mirrors the interval.
    return _lower_difference(x1, n1, x2, n2, cut), -_lower_difference(x2, n2, x1, n1, cut)


def _lower_difference(x1: int, n1: int, x2: int, n2: int, cut: mpf) -> mpf:
    observed = mpf(x1) / n1 - mpf(x2) / n2
    if observed == -1:
        return mpf(-1)

    def excess(delta: mpf) -> mpf:
        """How far delta lies outside the interval; below 0 inside."""

        def slope(p2: mpf) -> mpf:
            """Of the log likelihood, times p1 q1 p2 q2."""
            p1 = p2 + delta
            of1, of2 = x1 * (1 - p1) - (n1 - x1) * p1, x2 * (1 - p2) - (n2 - x2) * p2
            return of1 * p2 * (1 - p2) + of2 * p1 * (1 - p1)

        p2 = _likeliest(slope, max(mpf(0), -delta), min(mpf(1), 1 - delta))
        p1 = p2 + delta
        return (observed - delta) ** 2 - cut * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)

    return root(excess, mpf(-1), observed - ASIDE)


def _ratio(x1: int, n1: int, x2: int, n2: int, level: Rational, factor: mpf) -> Limits:
    cut = z_quantile(level) ** 2 * factor
    mirrored = _lower_ratio(x2, n2, x1, n1, cut)
    return _lower_ratio(x1, n1, x2, n2, cut), 1 / mirrored if mirrored else mpmath.inf


def _lower_ratio(x1: int, n1: int, x2: int, n2: int, cut: mpf) -> mpf:
    if x1 == 0:
        return mpf(0)
    of1, of2 = mpf(x1) / n1, mpf(x2) / n2

    def excess(share: mpf) -> mpf:
        """How far the ratio share/(1 − share) lies outside the interval; below 0 inside."""
        ratio = share / (1 - share)

        def slope(p2: mpf) -> mpf:
            """Of the log likelihood, times p2 q1 q2."""
            p1 = ratio * p2
            q1, q2 = 1 - p1, 1 - p2
            return (x1 + x2) * q1 * q2 - (n1 - x1) * p1 * q2 - (n2 - x2) * p2 * q1

        p2 = _likeliest(slope, mpf(0), mpf(1) if ratio <= 1 else 1 / ratio)
        p1 = ratio * p2
        variance = (1 - share) ** 2 * p1 * (1 - p1) / n1 + share**2 * p2 * (1 - p2) / n2
        return ((1 - share) * of1 - share * of2) ** 2 - cut * variance

    share = root(excess, mpf(0), of1 / (of1 + of2) - ASIDE)
    return share / (1 - share)


def _likeliest(slope: Callable[[mpf], mpf], low: mpf, high: mpf) -> mpf:
    """Where a log likelihood is highest between low and high: at an end towards which it still rises, or inside."""
    inside = (high - low) * ASIDE
    if slope(low + inside) <= 0:
        return low
    if slope(high - inside) >= 0:
        return high
    return root(slope, low + inside, high - inside)
