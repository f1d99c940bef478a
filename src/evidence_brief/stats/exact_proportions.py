"""Intervals of one proportion, x of n, from the binomial and the beta distribution: (lower, upper) in 0 to 1.

All raise ValueError unless x and n are whole numbers with 0 <= x <= n and n >= 1, and 0 < level < 1.
The upper limit is everywhere 1 less the lower limit of the failures.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from evidence_brief.stats.limits import Limits, edge, normal_quantile, proportion, tail


def clopper_pearson(x: int, n: int, level: float = 0.95) -> Limits:
    """Exact interval: each tail of the binomial is (1 − level)/2. Source: Clopper & Pearson 1934, Biometrika 26:404."""
    return _mirrored(_lower_clopper_pearson, x, n, level)


def _lower_clopper_pearson(x: int, n: int, level: float) -> float:
    return _beta_quantile(x, n - x + 1, tail(level)) if x else 0.0


def mid_p(x: int, n: int, level: float = 0.95) -> Limits:
    """Exact interval whose tails count the observed x half.

    Source: Lancaster 1961, J Am Stat Assoc 56:223; Newcombe 1998, Stat Med 17:857, method 6.
    """
    return _mirrored(_lower_mid_p, x, n, level)


def _lower_mid_p(x: int, n: int, level: float) -> float:
    if x == 0:
        return 0.0
    if x == n:
        return float((2 * tail(level)) ** (1 / n))
    alpha = tail(level)
    return edge(lambda p: (_upper_tail(x, n, p) + _upper_tail(x + 1, n, p)) / 2 >= alpha, x / n, 0.0)


def jeffreys(x: int, n: int, level: float = 0.95) -> Limits:
    """Equal tails of Beta(x + ½, n − x + ½), from 0 where x is 0 and to 1 where x is n.

    Source: Brown, Cai & DasGupta 2001, Stat Sci 16:101, section 3.1.
    """
    return _mirrored(_lower_jeffreys, x, n, level)


def _lower_jeffreys(x: int, n: int, level: float) -> float:
    return _beta_quantile(x + 0.5, n - x + 0.5, tail(level)) if x else 0.0


def jeffreys_posterior(x: int, n: int, level: float = 0.95) -> tuple[float, Limits]:
    """Median and equal tails of Beta(x + ½, n − x + ½), with no exception at 0 and n."""
    x, n = proportion(x, n)
    median, lower, upper = (
        _beta_quantile(x + 0.5, n - x + 0.5, share) for share in (0.5, tail(level), 1 - tail(level))
    )
    return median, (lower, upper)


def modified_jeffreys(x: int, n: int, level: float = 0.95) -> Limits:
    """Jeffreys interval, its limits at x = 0, 1, n − 1 and n changed for coverage.

    Source: Brown, Cai & DasGupta 2001, Stat Sci 16:101, section 4.1.2.
    """
    return _mirrored(_lower_modified_jeffreys, x, n, level)


def _lower_modified_jeffreys(x: int, n: int, level: float) -> float:
    if x == n:
        return float(tail(level) ** (1 / n))
    return _lower_jeffreys(x, n, level) if x > 1 else 0.0


def blaker(x: int, n: int, level: float = 0.95) -> Limits:
    """Blaker's exact interval: from the least to the greatest p that his test accepts.

    Source: Blaker 2000, Can J Stat 28:783; Klaschka & Reiczigel 2021, Comput Stat 36:1775.
    """
    return _mirrored(lambda x, n, level: _lower_blaker(x, n, level, 1.0), x, n, level)


def blaker_mid_p(x: int, n: int, level: float = 0.95) -> Limits:
    """Blaker's interval with the observed x counted half.

    Source: Fagerland, Lydersen & Laake 2017, Statistical Analysis of Contingency Tables, section 2.4.
    """
    return _mirrored(lambda x, n, level: _lower_blaker(x, n, level, 0.5), x, n, level)


def _lower_blaker(x: int, n: int, level: float, observed: float) -> float:
    """Least p below x/n whose two-sided P is 1 − level, the probability of x counted `observed` times.

    P is the tail from x upwards and the largest lower tail, up to y, that is not above it. Between the p at which
    y changes, P falls and then rises, since it leaves out what lies between y and x; where y changes, it
    jumps upwards. Each stretch is therefore looked at by its two ends alone.
    """
    if x == 0:
        return 0.0
    start = _lower_clopper_pearson(x, n, level)
    y = _largest_tail_within(tail(level), x, n, start)

    def accepted(p: float) -> bool:
        upper = observed * _upper_tail(x, n, p) + (1 - observed) * _upper_tail(x + 1, n, p)
        return upper + _lower_tail(y, n, p) >= 2 * tail(level)

    while not accepted(start):
        change = _where_tails_meet(y + 1, x, n, start)
        if accepted(change):
            return edge(accepted, change, start)
        y, start = y + 1, change
    return start


def _where_tails_meet(y: int, x: int, n: int, start: float) -> float:
    """The p above `start` with P(X <= y) = P(X >= x)."""
    return edge(lambda p: _lower_tail(y, n, p) <= _upper_tail(x, n, p), 1.0, start)


def _largest_tail_within(probability: float, x: int, n: int, p: float) -> int:
    """The largest y below x with P(X <= y) not above the probability, −1 where there is none."""
    low, high = -1, x
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _lower_tail(middle, n, p) <= probability else (low, middle)
    return low


def pratt(x: int, n: int, level: float = 0.95) -> Limits:
    """Paulson, Camp & Pratt's approximation of Clopper & Pearson's interval, the same at both ends.

    Source: Blyth 1986, J Am Stat Assoc 81:843; Vollset 1993, Stat Med 12:809. The lower limit is 1 less the
    upper limit of the failures.
    """
    return _mirrored(lambda x, n, level: 1 - _upper_pratt(n - x, n, level), x, n, level)


def _upper_pratt(x: int, n: int, level: float) -> float:
    alpha, z = tail(level), normal_quantile(level)
    if x == n:
        return 1.0
    if x == 0:
        return float(1 - alpha ** (1 / n))
    if x == n - 1:
        return float((1 - alpha) ** (1 / n))
    y = n - x
    a = ((x + 1) / y) ** 2
    b = 81 * (x + 1) * y - 9 * n - 8
    c = -3 * z * math.sqrt(9 * (x + 1) * y * (9 * n + 5 - z**2) + n + 1)
    d = 81 * (x + 1) ** 2 - 9 * (x + 1) * (2 + z**2) + 1
    return 1 / (1 + a * ((b + c) / d) ** 3)


def witting(x: int, n: int, u: float, level: float = 0.95) -> Limits:
    """Witting's randomised interval, for one draw u in 0 to 1: x + u spreads each outcome evenly over 1.

    Each limit leaves 1 − level, not half of it, as R's DescTools defines it. ValueError also unless 0 <= u <= 1.

    Source: Witting 1985, Mathematische Statistik I, 2.4.
    """
    x, n = proportion(x, n)
    if not 0 <= u <= 1:
        raise ValueError(f"u must lie between 0 and 1, got {u}")
    beyond = 2 * tail(level)

    def below(p: float) -> float:
        return (1 - u) * _lower_tail(x - 1, n, p) + u * _lower_tail(x, n, p)

    return edge(lambda p: below(p) <= 1 - beyond, 1.0, 0.0), edge(lambda p: below(p) >= beyond, 0.0, 1.0)


def _mirrored(lower: Callable[[int, int, float], float], x: int, n: int, level: float) -> Limits:
    x, n = proportion(x, n)
    return lower(x, n, level), 1 - lower(n - x, n, level)


def _beta_quantile(a: float, b: float, probability: float) -> float:
    from scipy.special import betaincinv

    return float(betaincinv(a, b, probability))


def _upper_tail(x: int, n: int, p: float) -> float:
    """P(X >= x)."""
    from scipy.special import betainc

    return 1.0 if x <= 0 else 0.0 if x > n else float(betainc(x, n - x + 1, p))


def _lower_tail(x: int, n: int, p: float) -> float:
    """P(X <= x)."""
    from scipy.special import betaincc

    return 0.0 if x < 0 else 1.0 if x >= n else float(betaincc(x + 1, n - x, p))
