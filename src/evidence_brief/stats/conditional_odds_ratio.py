"""Odds ratio given both margins of the table: its estimate, and exact intervals as (lower, upper) within 0 to ∞.

x1 of n1 against x2 of n2, whole counts with 0 <= x <= n and n >= 1. Given x1 + x2, x1 has Fisher's noncentral
hypergeometric distribution. Swapping successes with failures turns the upper limit into the lower one. None
where the margins allow more than WORK_BOUND tables.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from evidence_brief.stats.limits import Limits, edge, proportions, tail

WORK_BOUND = 100_000
"""Largest number of tables with the same margins for which an interval is computed."""

STEEPEST = 700.0
"""Log odds ratios are looked for within this distance from 0."""


def conditional_estimate(x1: int, n1: int, x2: int, n2: int) -> float | None:
    """Conditional maximum likelihood estimate, which R's fisher.test prints; None where every value is as likely.

    None also beyond WORK_BOUND. Source: Cornfield 1956, Proc 3rd Berkeley Symp 4:135.
    """
    margins = _margins(x1, n1, x2, n2)
    if margins is None or len(margins.log_weights) == 1:
        return None
    last = len(margins.log_weights) - 1
    if margins.observed in (0, last):
        return 0.0 if margins.observed == 0 else math.inf
    counts = np.arange(last + 1)
    return math.exp(edge(lambda eta: float(margins.probability(eta) @ counts) <= margins.observed, -STEEPEST, STEEPEST))


def cornfield_exact(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits | None:
    """Exact interval, (1 − level)/2 in each tail, as R's fisher.test.

    Source: Cornfield 1956, Proc 3rd Berkeley Symp 4:135; Gart 1970, Biometrika 57:471.
    """
    return _two_tails(x1, n1, x2, n2, level, 1.0)


def cornfield_mid_p(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits | None:
    """Exact interval whose tails count the observed table half. Source: Mehta & Walsh 1992, Am Stat 46:146."""
    return _two_tails(x1, n1, x2, n2, level, 0.5)


def baptista_pike(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits | None:
    """Every odds ratio at which the tables not likelier than the observed one have 1 − level or more, without gaps.

    Source: Baptista & Pike 1977, Appl Stat 26:214.
    """
    return _by_likelihood(x1, n1, x2, n2, level, 1.0)


def baptista_pike_mid_p(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits | None:
    """Baptista & Pike's interval, the observed table counted half.

    Source: Fagerland, Lydersen & Laake 2015, Stat Methods Med Res 24:224.
    """
    return _by_likelihood(x1, n1, x2, n2, level, 0.5)


@dataclass(frozen=True)
class _Margins:
    """Log weights of every table with the margins, by x1, and the index of the observed one."""

    log_weights: npt.NDArray[np.float64]
    observed: int

    def probability(self, eta: float) -> npt.NDArray[np.float64]:
        """Of every table, where the log odds ratio is eta."""
        exponent = self.log_weights + eta * (np.arange(len(self.log_weights)) - self.observed)
        weights: npt.NDArray[np.float64] = np.exp(exponent - exponent.max())
        weights /= weights.sum()
        return weights

    def reversed(self) -> _Margins:
        """The same with successes and failures swapped."""
        return _Margins(self.log_weights[::-1], len(self.log_weights) - 1 - self.observed)


def _margins(x1: int, n1: int, x2: int, n2: int) -> _Margins | None:
    from scipy.special import gammaln

    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    low, high = max(0, x1 - (n2 - x2)), min(n1, x1 + x2)
    if high - low >= WORK_BOUND:
        return None
    x = np.arange(low, high + 1)
    other = x1 + x2 - x
    log_weights = -gammaln(x + 1) - gammaln(n1 - x + 1) - gammaln(other + 1) - gammaln(n2 - other + 1)
    return _Margins(log_weights, x1 - low)


def _two_tails(x1: int, n1: int, x2: int, n2: int, level: float, share: float) -> Limits | None:
    margins = _margins(x1, n1, x2, n2)
    alpha = tail(level)

    def lower(margins: _Margins) -> float:
        def inside(eta: float) -> bool:
            probability = margins.probability(eta)[margins.observed :]
            return float(probability[1:].sum() + share * probability[0]) >= alpha

        return math.exp(edge(inside, STEEPEST, -STEEPEST)) if margins.observed else 0.0

    return _mirrored(margins, lower)


def _by_likelihood(x1: int, n1: int, x2: int, n2: int, level: float, share: float) -> Limits | None:
    margins = _margins(x1, n1, x2, n2)
    alpha = 2 * tail(level)

    def lower(margins: _Margins) -> float:
        return math.exp(_least_accepted(margins, alpha, share)) if margins.observed else 0.0

    return _mirrored(margins, lower)


def _least_accepted(margins: _Margins, alpha: float, share: float) -> float:
    """Least log odds ratio whose two-sided P is alpha, the observed table counted `share` times.

    Below the estimate P leaves out the tables between the observed one and those below it that are not likelier. One
    more of these comes in at each log odds ratio in `changes`, which rise, and P jumps upwards there. In between,
    P falls and then rises, so each stretch is looked at by its two ends alone.
    """
    observed, weights = margins.observed, margins.log_weights
    changes = (weights[:observed] - weights[observed]) / (observed - np.arange(observed))

    def accepted(eta: float, first_left_out: int) -> bool:
        probability = margins.probability(eta)
        left_out = probability[first_left_out:observed].sum() + (1 - share) * probability[observed]
        return bool(1 - left_out >= alpha)

    start = -STEEPEST
    for left_out, change in enumerate(changes):
        if accepted(start, left_out):
            return start
        if accepted(float(change), left_out):
            return edge(partial(accepted, first_left_out=left_out), float(change), start)
        start = float(change)
    return start


def _mirrored(margins: _Margins | None, lower: Callable[[_Margins], float]) -> Limits | None:
    if margins is None:
        return None
    beyond = lower(margins.reversed())
    return lower(margins), 1 / beyond if beyond else math.inf
