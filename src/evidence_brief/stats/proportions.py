"""Confidence intervals of one proportion, x of n, as (lower, upper) within 0 to 1.

`METHODS` holds every interval that a clinical paper may have used. All raise ValueError unless x and n are
whole numbers with 0 <= x <= n and n >= 1, and 0 < level < 1. `clip=False` leaves the limits of the methods
that may overshoot 0 or 1 as their formula gives them.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

from evidence_brief.stats import intervals
from evidence_brief.stats.exact_proportions import (
    blaker,
    blaker_mid_p,
    clopper_pearson,
    jeffreys,
    mid_p,
    modified_jeffreys,
    pratt,
)
from evidence_brief.stats.limits import Limits, Method, clipped, edge, normal_quantile, proportion, tail

SMALL_N = 50


def wald(x: int, n: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Simple asymptotic interval, p ± z √(p(1 − p)/n). Source: Newcombe 1998, Stat Med 17:857, method 1."""
    return _symmetric(x, n, level, 0, 0, 0.0, clip)


def wald_cc(x: int, n: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Wald interval with continuity correction 1/(2n). Source: Newcombe 1998, Stat Med 17:857, method 2."""
    x, n = proportion(x, n)
    return _symmetric(x, n, level, 0, 0, 1 / (2 * n), clip)


def agresti_coull(x: int, n: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Wald interval after adding z²/2 successes and failures. Source: Agresti & Coull 1998, Am Stat 52:119."""
    square = normal_quantile(level) ** 2
    return _symmetric(x, n, level, square / 2, square, 0.0, clip)


def plus_four(x: int, n: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Wald interval after adding two successes and two failures. Source: Agresti & Coull 1998, Am Stat 52:119."""
    return _symmetric(x, n, level, 2, 4, 0.0, clip)


def _symmetric(x: int, n: int, level: float, more_x: float, more_n: float, more_width: float, clip: bool) -> Limits:
    x, n = proportion(x, n)
    p, size = (x + more_x) / (n + more_n), n + more_n
    half_width = normal_quantile(level) * math.sqrt(p * (1 - p) / size) + more_width
    limits = p - half_width, p + half_width
    return clipped(limits, 0.0, 1.0) if clip else limits


def wilson(x: int, n: int, level: float = 0.95) -> Limits:
    """Score interval. Source: Wilson 1927, J Am Stat Assoc 22:209; Newcombe 1998, Stat Med 17:857, method 3."""
    return intervals.wilson(*proportion(x, n), level)


def wilson_cc(x: int, n: int, level: float = 0.95) -> Limits:
    """Score interval with continuity correction. Source: Newcombe 1998, Stat Med 17:857, method 4."""
    x, n = proportion(x, n)
    return _lower_wilson_cc(x, n, level), 1 - _lower_wilson_cc(n - x, n, level)


def _lower_wilson_cc(x: int, n: int, level: float) -> float:
    if x == 0:
        return 0.0
    z = normal_quantile(level)
    root = math.sqrt(z**2 - 2 - 1 / n + 4 * x * (n - x + 1) / n)
    return max(0.0, (2 * x + z**2 - 1 - z * root) / (2 * (n + z**2)))


def modified_wilson(x: int, n: int, level: float = 0.95) -> Limits:
    """Score interval, its limit near 0 and 1 from the Poisson distribution.

    Source: Brown, Cai & DasGupta 2001, Stat Sci 16:101, section 4.1.1.
    """
    x, n = proportion(x, n)
    lower, upper = wilson(x, n, level)
    few = 2 if n <= SMALL_N else 3
    if 1 <= x <= few:
        lower = _poisson_lower(x, level) / n
    if 1 <= n - x <= few:
        upper = 1 - _poisson_lower(n - x, level) / n
    return lower, upper


def _poisson_lower(x: int, level: float) -> float:
    from scipy.special import gammaincinv

    return float(gammaincinv(x, 2 * tail(level)))


def arcsine(x: int, n: int, level: float = 0.95) -> Limits:
    """Interval of arcsin √p with Anscombe's (x + 3/8)/(n + 3/4).

    Source: Anscombe 1948, Biometrika 35:246; Brown, Cai & DasGupta 2001, Stat Sci 16:101, section 4.1.3.
    """
    x, n = proportion(x, n)
    centre, half_width = math.asin(math.sqrt((x + 0.375) / (n + 0.75))), normal_quantile(level) / (2 * math.sqrt(n))
    # Beyond 0 and π/2 the sine would turn back.
    lower, upper = max(0.0, centre - half_width), min(math.pi / 2, centre + half_width)
    return math.sin(lower) ** 2, math.sin(upper) ** 2


def logit(x: int, n: int, level: float = 0.95) -> Limits:
    """Wald interval of the log odds; 0 to 1 where x is 0 or n, whose log odds have no finite variance.

    Source: Brown, Cai & DasGupta 2001, Stat Sci 16:101, section 4.1.2.
    """
    x, n = proportion(x, n)
    half_width = normal_quantile(level) * math.sqrt(n / (x * (n - x))) if 0 < x < n else math.inf
    odds = x / (n - x) if x < n else 1.0
    lower, upper = odds * math.exp(-half_width), odds and odds * _exp(half_width)
    return lower / (1 + lower), 1.0 if x in (0, n) or upper == math.inf else upper / (1 + upper)


def _exp(power: float) -> float:
    return math.exp(power) if power < 700 else math.inf


def likelihood_ratio(x: int, n: int, level: float = 0.95) -> Limits:
    """Every p with 2(log L(x/n) − log L(p)) <= z². Source: Newcombe 1998, Stat Med 17:857, method 7."""
    x, n = proportion(x, n)
    return _lower_likelihood(x, n, level), 1 - _lower_likelihood(n - x, n, level)


def _lower_likelihood(x: int, n: int, level: float) -> float:
    z = normal_quantile(level)
    if x == 0:
        return 0.0
    if x == n:
        return math.exp(-(z**2) / (2 * n))

    def inside(p: float) -> bool:
        if p == 0:
            return False
        return 2 * (x * math.log(x / (n * p)) + (n - x) * math.log((n - x) / (n * (1 - p)))) <= z**2

    return edge(inside, x / n, 0.0)


def score_skewness(x: int, n: int, level: float = 0.95) -> Limits:
    """Score interval corrected for skewness (SCAS). Source: Laud 2017, Pharm Stat 16:334, after Gart & Nam."""
    x, n = proportion(x, n)
    return _lower_skewness(x, n, level), 1 - _lower_skewness(n - x, n, level)


def _lower_skewness(x: int, n: int, level: float) -> float:
    z = normal_quantile(level)
    if x == 0:
        return 0.0

    def inside(p: float) -> bool:
        if p == 0:
            return False
        spread = math.sqrt(n * p * (1 - p))
        return (x - n * p) / spread - (z**2 - 1) * (1 - 2 * p) / (6 * spread) <= z

    # Where the score is z/2 the correction cannot exceed z/3; at x = n it grows without bound near 1.
    half = 2 * NormalDist().cdf(z / 2) - 1
    return edge(inside, intervals.wilson(x, n, half)[0], 0.0)


def _plain(interval: Callable[..., Limits]) -> Callable[..., Limits]:
    def unclipped(x: int, n: int, level: float = 0.95) -> Limits:
        return interval(x, n, level, clip=False)

    return unclipped


_EXACT = ("exact", "exact binomial", "clopper-pearson", "clopper–pearson", "binomial exact")
_SCORE = ("wilson", "wilson score", "score")
_BAYES = ("jeffreys", "jeffreys prior", "jeffreys bayesian")

METHODS: tuple[Method, ...] = (
    Method("wilson", "Wilson score", _SCORE, wilson),
    Method("clopper_pearson", "Clopper–Pearson exact", _EXACT, clopper_pearson),
    Method("wald", "Wald", ("wald", "normal approximation", "asymptotic"), wald, _plain(wald)),
    Method("agresti_coull", "Agresti–Coull", ("agresti-coull", "adjusted wald"), agresti_coull, _plain(agresti_coull)),
    Method("mid_p", "Mid-P exact", ("mid-p", "mid-p exact"), mid_p),
    Method("jeffreys", "Jeffreys", _BAYES, jeffreys),
    Method("wilson_cc", "Wilson score, corrected", ("wilson with continuity correction", "score cc"), wilson_cc),
    Method("wald_cc", "Wald, corrected", ("wald with continuity correction",), wald_cc, _plain(wald_cc)),
    Method("likelihood_ratio", "Likelihood ratio", ("likelihood ratio", "profile likelihood"), likelihood_ratio),
    Method("blaker", "Blaker exact", ("blaker", "blaker exact"), blaker),
    Method("blaker_mid_p", "Blaker mid-P", ("blaker mid-p",), blaker_mid_p),
    Method(
        "plus_four", "Wald, plus four", ("plus four", "adjusted wald", "agresti-coull"), plus_four, _plain(plus_four)
    ),
    Method("logit", "Logit", ("logit",), logit),
    Method("arcsine", "Arcsine", ("arcsine", "variance-stabilising", "anscombe"), arcsine),
    Method("modified_wilson", "Modified Wilson", ("modified wilson",), modified_wilson),
    Method("modified_jeffreys", "Modified Jeffreys", ("modified jeffreys",), modified_jeffreys),
    Method("score_skewness", "Score, corrected for skewness", ("scas", "skewness-corrected score"), score_skewness),
    Method("pratt", "Pratt", ("pratt", "paulson-camp-pratt"), pratt),
)
