"""Relative risk (x1/n1)/(x2/n2): its estimate and its confidence intervals, as (lower, upper) within 0 to ∞.

`METHODS` holds every interval that a clinical paper may have used. All raise ValueError unless the counts are
whole numbers with 0 <= x <= n and n >= 1, and 0 < level < 1. Where nobody had the event, every ratio is possible.
"""

from __future__ import annotations

import math

from evidence_brief.stats import intervals, score, unconditional_intervals
from evidence_brief.stats.limits import Limits, Method, normal_quantile, proportions

EVERY_RATIO = (0.0, math.inf)


def relative_risk(x1: int, n1: int, x2: int, n2: int) -> float | None:
    """(x1/n1)/(x2/n2): ∞ where only x2 is 0, None where both are."""
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    if x2 == 0:
        return math.inf if x1 else None
    return x1 * n2 / (x2 * n1)


def katz(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Wald interval of the log ratio; 0 to ∞ where a count is 0.

    Source: Katz et al. 1978, Biometrics 34:469; Altman 1991, Practical Statistics for Medical Research, 10.11.
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return _log_wald(x1, n1, x2, n2, level) if x1 and x2 else EVERY_RATIO


def adjusted_log(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Wald interval of the log ratio, ½ added to x and n. Source: Walter 1975, Biometrika 62:371."""
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return _log_wald(x1 + 0.5, n1 + 0.5, x2 + 0.5, n2 + 0.5, level)


def half_if_zero(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Wald interval of the log ratio, ½ added to each of the four cells where one is 0, as in meta-analyses.

    Source: Cochrane Handbook for Systematic Reviews of Interventions, version 6, section 10.4.4.2.
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    more = 0.5 if 0 in (x1, x2, n1 - x1, n2 - x2) else 0.0
    return _log_wald(x1 + more, n1 + 2 * more, x2 + more, n2 + 2 * more, level)


def _log_wald(x1: float, n1: float, x2: float, n2: float, level: float) -> Limits:
    variance = (n1 - x1) / (n1 * x1) + (n2 - x2) / (n2 * x2)
    return around(x1 * n2 / (x2 * n1), normal_quantile(level) * math.sqrt(variance))


def around(ratio: float, half_width: float) -> Limits:
    """The ratio divided by and multiplied by e to the half width."""
    return ratio * math.exp(-half_width), ratio * math.exp(half_width)


def koopman(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Score interval, variance without the factor N/(N − 1). Source: Koopman 1984, Biometrics 40:513."""
    return _score(x1, n1, x2, n2, level, corrected=False, skewed=False)


def miettinen_nurminen(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Score interval, variance times N/(N − 1). Source: Miettinen & Nurminen 1985, Stat Med 4:213."""
    return _score(x1, n1, x2, n2, level, corrected=True, skewed=False)


def gart_nam(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Koopman's interval corrected for skewness. Source: Gart & Nam 1988, Biometrics 44:323."""
    return _score(x1, n1, x2, n2, level, corrected=False, skewed=True)


def score_skewness(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Miettinen & Nurminen's interval corrected for skewness (SCAS). Source: Laud 2017, Pharm Stat 16:334."""
    return _score(x1, n1, x2, n2, level, corrected=True, skewed=True)


def _score(x1: int, n1: int, x2: int, n2: int, level: float, *, corrected: bool, skewed: bool) -> Limits:
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    factor = (n1 + n2) / (n1 + n2 - 1) if corrected else 1.0
    return score.ratio(x1, n1, x2, n2, level, factor=factor, skewed=skewed)


def mover_wilson(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Wilson's two intervals combined for a ratio (MOVER-R).

    Source: Donner & Zou 2012, Stat Methods Med Res 21:347; Fagerland & Newcombe 2013, Stat Med 32:2823.
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    first, second = intervals.wilson(x1, n1, level), intervals.wilson(x2, n2, level)
    return mover_ratio(x1 / n1, first, x2 / n2, second)


def mover_ratio(first: float, limits1: Limits, second: float, limits2: Limits, correlation: float = 0.0) -> Limits:
    """Interval of first/second from the interval of each; both estimates are 0 or more and finite.

    Source: Donner & Zou 2012, equation 9; with a correlation of the estimates Tang et al. 2012, Stat Med 31:3259.
    """
    (lower1, upper1), (lower2, upper2) = limits1, limits2
    shared = first * second - correlation * (first - lower1) * (upper2 - second)
    bottom = _slack(second, upper2)
    top = _slack(first, lower1)
    lower = max(0.0, top / (shared + _root(shared, top, bottom))) if first else 0.0
    shared = first * second - correlation * (upper1 - first) * (second - lower2)
    bottom, top = _slack(second, lower2), _slack(first, upper1)
    if bottom <= 0:
        return lower, math.inf
    # Rounding may put the limits of a perfect correlation on the wrong sides of the estimate.
    return min(lower, first / second), max(first / second, (shared + _root(shared, top, bottom)) / bottom)


def _slack(estimate: float, limit: float) -> float:
    return limit * (2 * estimate - limit)


def _root(shared: float, top: float, bottom: float) -> float:
    return math.sqrt(max(0.0, shared**2 - top * bottom))


def price_bonett(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Approximate Bayes interval with prior Beta(1.25, 2.5).

    Source: Price & Bonett 2008, J Stat Plan Inference 138:2542.
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return _log_wald(x1 + 0.25, n1 + 1.75, x2 + 0.25, n2 + 1.75, level)


def inverse_sinh(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Inverse hyperbolic sine interval; a count of 0 becomes z² at its own end.

    Source: Newcombe 2001, Am Stat 55:200.
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    z = normal_quantile(level)
    if x1 and x2:
        variance = (n1 - x1) / (n1 * x1) + (n2 - x2) / (n2 * x2)
        return around(x1 * n2 / (x2 * n1), 2 * math.asinh(z / 2 * math.sqrt(variance)))
    lower = x1 * n2 / (z**2 * n1)
    return lower, z**2 * n2 / (x2 * n1) if x2 else math.inf


def adjusted_inverse_sinh(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Inverse hyperbolic sine interval with n + 1 in its variance.

    Source: Fagerland & Newcombe 2013, Stat Med 32:2823 (0, 0, 0 and 1 as pseudo-frequencies).
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    if not (x1 and x2):
        return inverse_sinh(x1, n1, x2, n2, level)
    variance = 1 / x1 + 1 / x2 - 1 / (n1 + 1) - 1 / (n2 + 1)
    return around(x1 * n2 / (x2 * n1), 2 * math.asinh(normal_quantile(level) / 2 * math.sqrt(variance)))


def chan_zhang(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits | None:
    """Exact unconditional interval, as `unconditional_intervals.chan_zhang`."""
    return unconditional_intervals.chan_zhang(x1, n1, x2, n2, level, measure="ratio")


def agresti_min(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits | None:
    """Exact unconditional interval, as `unconditional_intervals.agresti_min`."""
    return unconditional_intervals.agresti_min(x1, n1, x2, n2, level, measure="ratio")


METHODS: tuple[Method, ...] = (
    Method("katz", "Log (Katz)", ("katz", "log", "wald", "taylor series", "delta method"), katz),
    Method("miettinen_nurminen", "Miettinen–Nurminen", ("miettinen-nurminen", "score"), miettinen_nurminen),
    Method("koopman", "Koopman score", ("koopman", "score", "gart-nam", "asymptotic score"), koopman),
    Method("half_if_zero", "Log, ½ added where a cell is 0", ("log", "katz", "haldane"), half_if_zero),
    Method("adjusted_log", "Adjusted log", ("adjusted log", "walter", "haldane"), adjusted_log),
    Method("mover_wilson", "MOVER, Wilson", ("mover", "mover-r", "mover wilson"), mover_wilson),
    Method("price_bonett", "Price–Bonett", ("price-bonett", "approximate bayes"), price_bonett),
    Method("inverse_sinh", "Inverse sinh", ("inverse sinh", "newcombe"), inverse_sinh),
    Method("adjusted_inverse_sinh", "Adjusted inverse sinh", ("adjusted inverse sinh",), adjusted_inverse_sinh),
    Method("chan_zhang", "Chan–Zhang exact", ("chan-zhang", "exact unconditional", "exact"), chan_zhang),
    Method("agresti_min", "Agresti–Min exact", ("agresti-min", "exact unconditional", "exact"), agresti_min),
    Method("gart_nam", "Koopman, corrected for skewness", ("gart-nam", "skewness-corrected score"), gart_nam),
    Method("score_skewness", "Score, corrected for skewness", ("scas", "skewness-corrected score"), score_skewness),
)
