"""Henmi and Copas' interval, which a random-effects model gives to the estimate of the equal-effects one."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from evidence_brief.stats.meta_heterogeneity import quantile
from evidence_brief.stats.meta_quadratic import checked, first_above, inverse_variance, root
from evidence_brief.stats.meta_tau2 import dersimonian_laird

FARTHEST = 12.0
"""Standard deviations beyond which a normal density counts for nothing."""

PRECISION, INTERVALS = 1e-12, 200
"""Precision of the integral, and the largest number of parts into which it is cut for it."""


def henmi_copas(yi: Sequence[float], vi: Sequence[float], level: float = 0.95) -> tuple[float, float, float] | None:
    """Estimate weighted by 1/v, and the limits of its interval, with τ² by DerSimonian & Laird.

    It suffers less from publication bias than the random-effects estimate, and allows for the uncertainty of τ². None
    where the search finds nothing within its bound. ValueError for effects and variances that do not fit, for fewer
    than two, and unless 0 < level < 1.

    Source: Henmi & Copas 2010, Stat Med 29:2969, section 3: Q given the estimate is taken for a gamma variable.
    """
    y, v = checked(yi, vi)
    if len(y) < 2:
        raise ValueError("Henmi and Copas' interval needs at least two studies")
    alpha = (1 - level) / 2
    quantile(level, None)  # level checked
    tail = _tail(y, v)
    high = first_above(lambda u: alpha - tail(u), 1.0)
    if high is None:
        return None
    form = inverse_variance(v)
    mean_weight = math.fsum(w * w for w in form.weights) / form.total
    inflation = 1 + dersimonian_laird(y, v).value * mean_weight
    half_width = root(lambda u: alpha - tail(u), 0.0, high) * inflation / math.sqrt(form.total)
    estimate = form.mean(y)
    return estimate, estimate - half_width, estimate + half_width


def _tail(y: Sequence[float], v: Sequence[float]) -> Callable[[float], float]:
    """Upper tail of the pivot, in units of its standard deviation: the estimate less μ over its estimated error."""
    from scipy.integrate import quad  # here, because importing SciPy takes long
    from scipy.special import gammainc

    weights, df, between = inverse_variance(v).weights, len(y) - 1, dersimonian_laird(y, v).value
    total = math.fsum(weights)
    second, third, fourth = (math.fsum(w**power for w in weights) / total for power in (2, 3, 4))
    inflation = 1 + between * second
    skew, spread = third - second**2, fourth - 2 * second * third + second**3

    def below(limit: float, r: float) -> float:
        """Probability that Q is at most the limit where the estimate is r standard deviations from μ."""
        squared = (r * r - 1) / inflation
        mean = df + between * (total - second) + between**2 * squared * skew
        variance = 2 * df + 4 * between * (total - second)
        variance += 2 * between**2 * (total * second - 2 * third + second**2)
        variance += 4 * between**2 * squared * (skew + between * spread)
        variance += 2 * between**4 * (1 - 2 * r * r) * skew**2 / inflation**2
        if mean <= 0 or variance <= 0:
            return float(mean <= limit)
        return float(gammainc(mean * mean / variance, limit * mean / variance))

    def tail(u: float) -> float:
        if u == 0:
            return 0.5

        def density(r: float) -> float:
            limit = (total / second - 1) * ((r / u) ** 2 - 1) + df
            return below(limit, r) * math.exp(-r * r / 2) / math.sqrt(2 * math.pi)

        return float(quad(density, u, u + FARTHEST, epsabs=PRECISION, epsrel=PRECISION, limit=INTERVALS)[0])

    return tail
