"""Ratio and conditional odds ratio of two paired proportions: estimates and intervals within 0 to ∞.

The table of n pairs: a with the event in both, b in the first alone, c in the second alone, d in neither. The ratio
is (a + b)/(a + c), the odds ratio b/c. All raise ValueError unless the counts are whole, 0 or more and not all 0,
and 0 < level < 1.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist

from evidence_brief.stats.exact_proportions import blaker, clopper_pearson, mid_p
from evidence_brief.stats.intervals import wilson
from evidence_brief.stats.limits import Limits, Method, normal_quantile, ratio_edge
from evidence_brief.stats.paired_differences import correlation, pairs
from evidence_brief.stats.proportions import wilson_cc
from evidence_brief.stats.ratios import EVERY_RATIO, around, mover_ratio


def ratio_wald(a: int, b: int, c: int, d: int, level: float = 0.95) -> Limits:
    """Wald interval of the log ratio; 0 to ∞ where nobody had one of the events.

    Source: Desu & Raghavarao 2004, p. 184; Fagerland, Lydersen & Laake 2014, Stat Med 33:2850.
    """
    a, b, c, d = pairs(a, b, c, d)
    first, second = a + b, a + c
    if not (first and second):
        return EVERY_RATIO
    return around(first / second, normal_quantile(level) * math.sqrt((b + c) / (first * second)))


def ratio_tang(a: int, b: int, c: int, d: int, level: float = 0.95) -> Limits:
    """Score interval. Source: Tang, Tang & Chan 2003, Stat Med 22:1217."""
    a, b, c, d = pairs(a, b, c, d)
    n, z = a + b + c + d, normal_quantile(level)

    def upper(b: int, c: int) -> float:
        if a + c == 0:
            return math.inf

        def inside(phi: float) -> bool:
            score = a + b - phi * (a + c)
            variance = n * (1 + phi) * _restricted(a, b, c, n, phi) + (a + b + c) * (phi - 1)
            return score >= 0 if variance <= 0 else score / math.sqrt(variance) >= -z

        return ratio_edge(inside, (a + b) / (a + c))

    return 1 / upper(c, b), upper(b, c)


def _restricted(a: int, b: int, c: int, n: int, phi: float) -> float:
    """The likeliest probability of the second alone, where the ratio is phi."""
    linear = (a + c) * phi**2 - (a + b + 2 * c)
    constant = c * (1 - phi) * (a + b + c) / n
    top = math.sqrt(max(0.0, linear**2 - 4 * n * (1 + phi) * constant))
    return (top - linear) / (2 * n * (1 + phi)) if linear <= 0 else -2 * constant / (linear + top)


def ratio_bonett_price(a: int, b: int, c: int, d: int, level: float = 0.95) -> Limits:
    """Wilson's limits of each proportion, at a level that allows for the pairing.

    Source: Bonett & Price 2006, Biom J 48:684.
    """
    return _bonett_price(wilson, a, b, c, d, level)


def ratio_bonett_price_cc(a: int, b: int, c: int, d: int, level: float = 0.95) -> Limits:
    """Bonett & Price's interval with Wilson's limits corrected for continuity.

    Source: Fagerland, Lydersen & Laake 2014, Stat Med 33:2850.
    """
    return _bonett_price(wilson_cc, a, b, c, d, level)


def _bonett_price(single: Callable[..., Limits], a: int, b: int, c: int, d: int, level: float) -> Limits:
    a, b, c, d = pairs(a, b, c, d)
    first, second, some = a + b, a + c, a + b + c
    z = normal_quantile(level)
    if some == 0:
        return EVERY_RATIO
    together = math.sqrt((b + c + 2) / ((first + 1) * (second + 1)))
    apart = sum(math.sqrt((1 - (x + 1) / (some + 2)) / (x + 1)) for x in (first, second))
    own_level = 1 - 2 * NormalDist().cdf(-z * together / apart)
    (lower1, upper1), (lower2, upper2) = single(first, some, own_level), single(second, some, own_level)
    return lower1 / upper2, upper1 / lower2 if lower2 else math.inf


def ratio_mover_wilson(a: int, b: int, c: int, d: int, level: float = 0.95) -> Limits:
    """Wilson's two intervals combined for a ratio, with the correlation of the outcomes (MOVER).

    Source: Tang, Li & Tang 2010, Stat Med 29:46; Fagerland, Lydersen & Laake 2014, Stat Med 33:2850.
    """
    a, b, c, d = pairs(a, b, c, d)
    n = a + b + c + d
    first, second = wilson(a + b, n, level), wilson(a + c, n, level)
    return mover_ratio((a + b) / n, first, (a + c) / n, second, correlation(a, b, c, d))


def odds_wald(a: int, b: int, c: int, d: int, level: float = 0.95) -> Limits:
    """Wald interval of log b/c; 0 to ∞ where b or c is 0. Source: Breslow & Day 1980, section 5.2."""
    a, b, c, d = pairs(a, b, c, d)
    return around(b / c, normal_quantile(level) * math.sqrt(1 / b + 1 / c)) if b and c else EVERY_RATIO


def odds_wald_laplace(a: int, b: int, c: int, d: int, level: float = 0.95) -> Limits:
    """Wald interval after adding 1 to b and to c. Source: Greenland 2000, Biostatistics 1:113."""
    a, b, c, d = pairs(a, b, c, d)
    return around((b + 1) / (c + 1), normal_quantile(level) * math.sqrt(1 / (b + 1) + 1 / (c + 1)))


def odds_wilson(a: int, b: int, c: int, d: int, level: float = 0.95) -> Limits:
    """Odds of Wilson's limits of b/(b + c). Source: Fagerland, Lydersen & Laake 2014, Stat Med 33:2850."""
    return _transformed(wilson, a, b, c, d, level)


def odds_exact(a: int, b: int, c: int, d: int, level: float = 0.95) -> Limits:
    """Odds of Clopper & Pearson's limits of b/(b + c). Source: Armitage, Berry & Matthews 2002, section 4.5."""
    return _transformed(clopper_pearson, a, b, c, d, level)


def odds_mid_p(a: int, b: int, c: int, d: int, level: float = 0.95) -> Limits:
    """Odds of the mid-P limits of b/(b + c). Source: Fagerland, Lydersen & Laake 2014, Stat Med 33:2850."""
    return _transformed(mid_p, a, b, c, d, level)


def odds_blaker(a: int, b: int, c: int, d: int, level: float = 0.95) -> Limits:
    """Odds of Blaker's limits of b/(b + c). Source: Fagerland, Lydersen & Laake 2014, Stat Med 33:2850."""
    return _transformed(blaker, a, b, c, d, level)


def _transformed(single: Callable[..., Limits], a: int, b: int, c: int, d: int, level: float) -> Limits:
    a, b, c, d = pairs(a, b, c, d)
    if b + c == 0:
        return EVERY_RATIO
    # By the limits of c/(b + c) too: 1 − p would lose the last digits of a p close to 1.
    lower, upper = single(b, b + c, level)[0], single(c, b + c, level)[0]
    return lower / (1 - lower) if lower < 1 else math.inf, (1 - upper) / upper if upper else math.inf


RATIO_METHODS: tuple[Method, ...] = (
    Method("wald", "Log (Wald)", ("wald", "log", "delta method"), ratio_wald),
    Method("tang", "Tang score", ("tang", "score", "asymptotic score"), ratio_tang),
    Method("bonett_price", "Bonett–Price", ("bonett-price",), ratio_bonett_price),
    Method("bonett_price_cc", "Bonett–Price, corrected", ("bonett-price with correction",), ratio_bonett_price_cc),
    Method("mover_wilson", "MOVER, Wilson", ("mover", "mover wilson"), ratio_mover_wilson),
)

ODDS_METHODS: tuple[Method, ...] = (
    Method("wald", "Log (Wald)", ("wald", "log", "mcnemar"), odds_wald),
    Method("exact", "Exact", ("exact", "clopper-pearson", "binomial", "exact conditional"), odds_exact),
    Method("mid_p", "Mid-P", ("mid-p",), odds_mid_p),
    Method("wilson", "Wilson, transformed", ("wilson", "score"), odds_wilson),
    Method("blaker", "Blaker, transformed", ("blaker",), odds_blaker),
    Method("wald_laplace", "Log, 1 added", ("laplace",), odds_wald_laplace),
)
