"""Intervals of the risk difference in which the other parameter takes its likeliest value, and its tails.

x1 of n1 against x2 of n2, whole counts with 0 <= x <= n and n >= 1, as (lower, upper) within −1 to 1. Swapping
the groups turns the upper limit into the lower one.
"""

from __future__ import annotations

import math

from evidence_brief.stats.limits import Limits, edge, normal_quantile, proportions, tail
from evidence_brief.stats.score import restricted

WORK_BOUND = 100_000
"""Largest n1 + n2 for which tails are added up."""


def true_profile(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Every difference whose greatest likelihood is within z²/2 of the greatest of all, on the log scale.

    Source: Newcombe 1998, Stat Med 17:873, method 7.
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    enough = -(normal_quantile(level) ** 2) / 2

    def upper(x1: int, n1: int, x2: int, n2: int) -> float:
        def inside(delta: float) -> bool:
            p1, p2 = restricted(x1, n1, x2, n2, delta)
            return _log_ratio(x1, n1, p1) + _log_ratio(x2, n2, p2) >= enough

        return edge(inside, x1 / n1 - x2 / n2, 1.0)

    return -upper(x2, n2, x1, n1), upper(x1, n1, x2, n2)


def _log_ratio(x: int, n: int, p: float) -> float:
    """Log likelihood of p less that of x/n."""
    if (x and p <= 0) or (x < n and p >= 1):
        return -math.inf
    return (x and x * math.log(n * p / x)) + (n - x and (n - x) * math.log(n * (1 - p) / (n - x)))


def exact_profile(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits | None:
    """Exact tail areas at the likeliest proportions; None beyond WORK_BOUND.

    Source: Newcombe 1998, Stat Med 17:873, method 8.
    """
    return _tail_profile(x1, n1, x2, n2, level, 1.0)


def mid_p_profile(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits | None:
    """Mid-P tail areas at the likeliest proportions; None beyond WORK_BOUND.

    Source: Newcombe 1998, Stat Med 17:873, method 9.
    """
    return _tail_profile(x1, n1, x2, n2, level, 0.5)


def _tail_profile(x1: int, n1: int, x2: int, n2: int, level: float, observed: float) -> Limits | None:
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    alpha = tail(level)
    if n1 + n2 > WORK_BOUND:
        return None

    def upper(x1: int, n1: int, x2: int, n2: int) -> float:
        def inside(delta: float) -> bool:
            p1, p2 = restricted(x1, n1, x2, n2, delta)
            return _lower_tail(x1, n1, x2, n2, p1, p2, observed) >= alpha

        return edge(inside, x1 / n1 - x2 / n2, 1.0)

    return -upper(x2, n2, x1, n1), upper(x1, n1, x2, n2)


def _lower_tail(x1: int, n1: int, x2: int, n2: int, p1: float, p2: float, observed: float) -> float:
    """Probability of a smaller difference than the observed one, and `observed` times that of an equal one."""
    import numpy as np
    from scipy.special import betainc, gammaln, xlog1py, xlogy

    i = np.arange(n1 + 1)
    probability = np.exp(gammaln(n1 + 1) - gammaln(i + 1) - gammaln(n1 - i + 1) + xlogy(i, p1) + xlog1py(n1 - i, -p1))
    # i/n1 − j/n2 < x1/n1 − x2/n2 from which j on; whole numbers, so that equal differences are equal.
    excess = i * n2 - (x1 * n2 - x2 * n1)
    total = 0.0
    for share, j in ((observed, -(-excess // n1)), (1 - observed, excess // n1 + 1)):
        at_least = betainc(np.clip(j, 1, n2), n2 + 1 - np.clip(j, 1, n2), p2)
        total += share * float(probability @ np.where(j <= 0, 1.0, np.where(j > n2, 0.0, at_least)))
    return total
