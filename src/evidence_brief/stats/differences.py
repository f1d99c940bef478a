"""Confidence intervals of the risk difference x1/n1 − x2/n2, as (lower, upper) within −1 to 1.

`METHODS` holds every interval that a clinical paper may have used. All raise ValueError unless the counts are
whole numbers with 0 <= x <= n and n >= 1, and 0 < level < 1. `clip=False` leaves the limits of the methods that
may overshoot −1 or 1 as their formula gives them.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from evidence_brief.stats import intervals, score
from evidence_brief.stats.exact_proportions import jeffreys_posterior
from evidence_brief.stats.limits import Limits, Method, clipped, normal_quantile, proportions
from evidence_brief.stats.proportions import wilson_cc
from evidence_brief.stats.tail_profiles import exact_profile, mid_p_profile, true_profile
from evidence_brief.stats.unconditional_intervals import agresti_min, chan_zhang, santner_snell


def wald(x1: int, n1: int, x2: int, n2: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Simple asymptotic interval, variance of each group. Source: Newcombe 1998, Stat Med 17:873, method 1."""
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return _wald((x1 / n1, n1), (x2 / n2, n2), level, 0.0, clip)


def wald_cc(x1: int, n1: int, x2: int, n2: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Wald interval with correction (1/n1 + 1/n2)/2. Source: Newcombe 1998, Stat Med 17:873, method 2."""
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return _wald((x1 / n1, n1), (x2 / n2, n2), level, (1 / n1 + 1 / n2) / 2, clip)


def wald_cc_limited(x1: int, n1: int, x2: int, n2: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Wald interval whose correction is never more than the difference itself, as R's prop.test prints it."""
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    correction = min((1 / n1 + 1 / n2) / 2, abs(x1 / n1 - x2 / n2))
    return _wald((x1 / n1, n1), (x2 / n2, n2), level, correction, clip)


def hauck_anderson(x1: int, n1: int, x2: int, n2: int, level: float = 0.95, *, clip: bool = True) -> Limits | None:
    """Wald interval with n − 1 and correction 1/(2 min(n1, n2)); None where a group has one member.

    Source: Hauck & Anderson 1986, Am Stat 40:318.
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    if min(n1, n2) == 1:
        return None
    return _wald((x1 / n1, n1 - 1), (x2 / n2, n2 - 1), level, 1 / (2 * min(n1, n2)), clip)


def agresti_caffo(x1: int, n1: int, x2: int, n2: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Wald interval after adding a success and a failure to each group.

    Source: Agresti & Caffo 2000, Am Stat 54:280.
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return _wald(((x1 + 1) / (n1 + 2), n1 + 2), ((x2 + 1) / (n2 + 2), n2 + 2), level, 0.0, clip)


def carlin_louis(x1: int, n1: int, x2: int, n2: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Normal approximation of the posterior under uniform priors.

    Source: Carlin & Louis 1996, Bayes and Empirical Bayes Methods for Data Analysis.
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return _wald(((x1 + 1) / (n1 + 2), n1 + 3), ((x2 + 1) / (n2 + 2), n2 + 3), level, 0.0, clip)


def brown_li(x1: int, n1: int, x2: int, n2: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Wald interval of (x + ½)/(n + 1). Source: Brown & Li 2005, J Stat Plan Inference 130:359 (Jeffreys)."""
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return _wald(((x1 + 0.5) / (n1 + 1), n1), ((x2 + 0.5) / (n2 + 1), n2), level, 0.0, clip)


def _wald(first: tuple[float, int], second: tuple[float, int], level: float, correction: float, clip: bool) -> Limits:
    (p1, size1), (p2, size2) = first, second
    half_width = normal_quantile(level) * math.sqrt(p1 * (1 - p1) / size1 + p2 * (1 - p2) / size2) + correction
    limits = p1 - p2 - half_width, p1 - p2 + half_width
    return clipped(limits, -1.0, 1.0) if clip else limits


def mn_brown_li(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Two thirds of Miettinen & Nurminen's limits and one third of Brown & Li's, unclipped; then clipped.

    Source: Garner 2016, Western Users of SAS Software conference, paper 127.
    """
    pairs = zip(miettinen_nurminen(x1, n1, x2, n2, level), brown_li(x1, n1, x2, n2, level, clip=False), strict=True)
    lower, upper = ((2 * score_limit + bayes_limit) / 3 for score_limit, bayes_limit in pairs)
    return clipped((lower, upper), -1.0, 1.0)


def beal_haldane(x1: int, n1: int, x2: int, n2: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Beal's interval with the mean proportion. Source: Beal 1987, Biometrics 43:941; Newcombe's method 3."""
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return _beal(x1, n1, x2, n2, (x1 / n1 + x2 / n2) / 2, level, clip)


def jeffreys_perks(x1: int, n1: int, x2: int, n2: int, level: float = 0.95, *, clip: bool = True) -> Limits:
    """Beal's interval, mean of (x + ½)/(n + 1). Source: Beal 1987, Biometrics 43:941; Newcombe's method 4."""
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return _beal(x1, n1, x2, n2, ((x1 + 0.5) / (n1 + 1) + (x2 + 0.5) / (n2 + 1)) / 2, level, clip)


def _beal(x1: int, n1: int, x2: int, n2: int, mean: float, level: float, clip: bool) -> Limits:
    z, difference = normal_quantile(level), x1 / n1 - x2 / n2
    u, v = (1 / n1 + 1 / n2) / 4, (1 / n1 - 1 / n2) / 4
    binomial, skew = 4 * mean * (1 - mean), 1 - 2 * mean
    square = u * (binomial - difference**2) + 2 * v * skew * difference + z**2 * (u**2 * binomial + (v * skew) ** 2)
    half_width = z * math.sqrt(max(0.0, square)) / (1 + z**2 * u)
    centre = (difference + z**2 * v * skew) / (1 + z**2 * u)
    limits = centre - half_width, centre + half_width
    return clipped(limits, -1.0, 1.0) if clip else limits


def newcombe(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Hybrid score interval: Wilson's two intervals squared and added.

    Source: Newcombe 1998, Stat Med 17:873, method 10.
    """
    return intervals.newcombe(*proportions(x1, n1, x2, n2), level)


def newcombe_cc(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Hybrid score interval with continuity correction. Source: Newcombe 1998, Stat Med 17:873, method 11."""
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return _squared_and_added((x1 / n1, wilson_cc(x1, n1, level)), (x2 / n2, wilson_cc(x2, n2, level)))


def mover_jeffreys(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Two posteriors under Jeffreys priors, their medians and equal tails, squared and added (MOVER-J).

    Source: Laud 2017, Pharm Stat 16:334.
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return _squared_and_added(jeffreys_posterior(x1, n1, level), jeffreys_posterior(x2, n2, level))


def _squared_and_added(first: tuple[float, Limits], second: tuple[float, Limits]) -> Limits:
    (p1, (lower1, upper1)), (p2, (lower2, upper2)) = first, second
    return p1 - p2 - math.hypot(p1 - lower1, upper2 - p2), p1 - p2 + math.hypot(upper1 - p1, p2 - lower2)


def mee(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Score interval, variance without the factor N/(N − 1). Source: Mee 1984, Biometrics 40:1175; Newcombe's 5."""
    return score.difference(*proportions(x1, n1, x2, n2), level)


def miettinen_nurminen(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Score interval, variance times N/(N − 1). Source: Miettinen & Nurminen 1985, Stat Med 4:213; Newcombe's 6."""
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return score.difference(x1, n1, x2, n2, level, factor=(n1 + n2) / (n1 + n2 - 1))


def gart_nam(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Mee's interval corrected for skewness. Source: Gart & Nam 1990, Biometrics 46:637."""
    return score.difference(*proportions(x1, n1, x2, n2), level, skewed=True)


def score_skewness(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Miettinen & Nurminen's interval corrected for skewness (SCAS). Source: Laud 2017, Pharm Stat 16:334."""
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return score.difference(x1, n1, x2, n2, level, factor=(n1 + n2) / (n1 + n2 - 1), skewed=True)


def _plain(interval: Callable[..., Limits | None]) -> Callable[..., Limits | None]:
    def unclipped(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits | None:
        return interval(x1, n1, x2, n2, level, clip=False)

    return unclipped


_MN = ("miettinen-nurminen", "miettinen and nurminen", "score", "asymptotic score", "farrington-manning")
_NEWCOMBE = ("newcombe", "newcombe-wilson", "hybrid score", "wilson", "score", "newcombe method 10")
_WALD = ("wald", "normal approximation", "asymptotic")

METHODS: tuple[Method, ...] = (
    Method("wald", "Wald", _WALD, wald, _plain(wald)),
    Method("newcombe", "Newcombe hybrid score", _NEWCOMBE, newcombe),
    Method("miettinen_nurminen", "Miettinen–Nurminen", _MN, miettinen_nurminen),
    Method("mee", "Mee score", ("mee", "score", "asymptotic score"), mee),
    Method("agresti_caffo", "Agresti–Caffo", ("agresti-caffo", "plus four"), agresti_caffo, _plain(agresti_caffo)),
    Method("wald_cc", "Wald, corrected", ("wald with continuity correction", *_WALD), wald_cc, _plain(wald_cc)),
    Method(
        "wald_cc_limited", "Wald, corrected as by R", ("prop.test", *_WALD), wald_cc_limited, _plain(wald_cc_limited)
    ),
    Method("newcombe_cc", "Newcombe hybrid score, corrected", ("newcombe with continuity correction",), newcombe_cc),
    Method("chan_zhang", "Chan–Zhang exact", ("chan-zhang", "exact unconditional", "exact"), chan_zhang),
    Method("agresti_min", "Agresti–Min exact", ("agresti-min", "exact unconditional", "exact"), agresti_min),
    Method("santner_snell", "Santner–Snell exact", ("santner-snell", "exact unconditional", "exact"), santner_snell),
    Method("hauck_anderson", "Hauck–Anderson", ("hauck-anderson",), hauck_anderson, _plain(hauck_anderson)),
    Method("true_profile", "Profile likelihood", ("profile likelihood", "likelihood ratio"), true_profile),
    Method("exact_profile", "Tail-area profile, exact", ("exact tail-area profile",), exact_profile),
    Method("mid_p_profile", "Tail-area profile, mid-P", ("mid-p tail-area profile",), mid_p_profile),
    Method("beal_haldane", "Beal, Haldane", ("haldane", "beal"), beal_haldane, _plain(beal_haldane)),
    Method(
        "jeffreys_perks", "Beal, Jeffreys–Perks", ("jeffreys-perks", "beal"), jeffreys_perks, _plain(jeffreys_perks)
    ),
    Method("mover_jeffreys", "MOVER, Jeffreys", ("mover-jeffreys", "mover"), mover_jeffreys),
    Method("brown_li", "Brown–Li", ("brown-li", "jeffreys"), brown_li, _plain(brown_li)),
    Method("mn_brown_li", "Miettinen–Nurminen and Brown–Li", ("miettinen-nurminen-brown-li",), mn_brown_li),
    Method("carlin_louis", "Carlin–Louis", ("carlin-louis",), carlin_louis, _plain(carlin_louis)),
    Method("gart_nam", "Mee, corrected for skewness", ("gart-nam", "skewness-corrected score"), gart_nam),
    Method("score_skewness", "Score, corrected for skewness", ("scas", "skewness-corrected score"), score_skewness),
)
