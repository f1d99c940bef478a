"""Likelihood of the between-study variance τ² where yᵢ ~ Normal(μ, vᵢ + τ²), with μ at its best for each τ²."""

from __future__ import annotations

import math
from collections.abc import Sequence

from evidence_brief.stats.meta_quadratic import inverse_variance, root

GRID = 200
"""Number of steps, even on the scale of log(τ² + smallest v), in which the maxima of the likelihood are sought."""


def log_likelihood(y: Sequence[float], v: Sequence[float], tau2: float, restricted: bool) -> float:
    """Profile log-likelihood of τ² less its constant; restricted for REML.

    Source: Hardy & Thompson 1996, Stat Med 15:619 (ML); Viechtbauer 2005, J Educ Behav Stat 30:261 (REML).
    """
    form = inverse_variance(v, tau2)
    spread = math.fsum(math.log(each + tau2) for each in v)
    return -(spread + form.value(y) + (math.log(form.total) if restricted else 0.0)) / 2


def score(y: Sequence[float], v: Sequence[float], tau2: float, restricted: bool) -> float:
    """Derivative of `log_likelihood` in τ²."""
    form = inverse_variance(v, tau2)
    mean = form.mean(y)
    squares = math.fsum((w * (each - mean)) ** 2 for w, each in zip(form.weights, y, strict=True))
    return (squares - (form.trace([1.0] * len(y)) if restricted else form.total)) / 2


def maximum(y: Sequence[float], v: Sequence[float], restricted: bool) -> float:
    """τ² >= 0 at which the likelihood is largest; it may have several maxima, all of which are looked at.

    Source: as `log_likelihood`.
    """
    smallest, ratio = min(v), _beyond(y, v) / min(v) + 1
    points = [smallest * math.expm1(math.log(ratio) * step / GRID) for step in range(GRID + 1)]
    slopes = [score(y, v, point, restricted) for point in points]
    maxima = [0.0]
    for low, high, before, after in zip(points, points[1:], slopes, slopes[1:], strict=False):
        if before > 0 >= after:
            maxima.append(root(lambda tau2: score(y, v, tau2, restricted), low, high))
    return max(maxima, key=lambda tau2: log_likelihood(y, v, tau2, restricted))


def _beyond(y: Sequence[float], v: Sequence[float]) -> float:
    """A τ² beyond which both likelihoods fall.

    Σw²(y − μ)² is at most S/(τ² + smallest v)², S the sum of squares of y about its plain mean, and each of the traces
    taken from it is at least (k − 1)/(τ² + largest v): these two are equal at the root of a quadratic equation. Twice
    that root of τ² + smallest v keeps rounding out.
    """
    mean = math.fsum(y) / len(y)
    bound = math.fsum((each - mean) ** 2 for each in y) / (len(y) - 1)
    excess = bound / 2 + math.sqrt(bound * bound / 4 + bound * (max(v) - min(v)))
    return max(2 * excess - min(v), 0.0)
