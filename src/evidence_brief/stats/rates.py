"""Events per person-time, and transformed proportions, with sampling variances.

x events in t person-time (any unit; t above 0), or x of n. Names in brackets are those of R's metafor
(Viechtbauer 2010, J Stat Softw 36(3)). ValueError unless counts are whole and 0 or more and t is above 0; the
logarithm of no events needs a `correction`, usually ½, which is added to the events where one count is 0.
"""

from __future__ import annotations

import math

from evidence_brief.stats.effects import Effect
from evidence_brief.stats.limits import proportion, whole


def log_rate_ratio(x1: int, t1: float, x2: int, t2: float, *, correction: float = 0.5) -> Effect:
    """ln((x1/t1)/(x2/t2)), variance 1/x1 + 1/x2 [IRR] (Rothman & Greenland 1998, Modern Epidemiology, ch. 14)."""
    _rates(x1, t1, x2, t2)
    events1, events2 = _above_0((x1, x2), correction)
    return Effect(math.log(events1 / t1) - math.log(events2 / t2), 1 / events1 + 1 / events2)


def rate_difference(x1: int, t1: float, x2: int, t2: float) -> Effect:
    """x1/t1 − x2/t2, variance x1/t1² + x2/t2² [IRD without correction] (Rothman & Greenland 1998, ch. 14)."""
    _rates(x1, t1, x2, t2)
    return Effect(x1 / t1 - x2 / t2, x1 / t1**2 + x2 / t2**2)


def root_rate_difference(x1: int, t1: float, x2: int, t2: float) -> Effect:
    """√(x1/t1) − √(x2/t2), variance 1/(4 t1) + 1/(4 t2) [IRSD without correction].

    Source: Rothman & Greenland 1998, Modern Epidemiology; Bartlett 1936, Suppl J R Stat Soc 3:68 (the root).
    """
    first, second = root_rate(x1, t1), root_rate(x2, t2)
    return Effect(first.estimate - second.estimate, first.variance + second.variance)


def rate(x: int, t: float) -> Effect:
    """x/t, variance x/t² [IR] (Rothman & Greenland 1998, Modern Epidemiology, ch. 14)."""
    _rates(x, t)
    return Effect(x / t, x / t**2)


def log_rate(x: int, t: float, *, correction: float = 0.5) -> Effect:
    """ln(x/t), variance 1/x [IRLN] (Rothman & Greenland 1998, Modern Epidemiology, ch. 14)."""
    _rates(x, t)
    (events,) = _above_0((x,), correction)
    return Effect(math.log(events / t), 1 / events)


def root_rate(x: int, t: float) -> Effect:
    """√(x/t), variance 1/(4t) [IRS] (Bartlett 1936, Suppl J R Stat Soc 3:68)."""
    _rates(x, t)
    return Effect(math.sqrt(x / t), 1 / (4 * t))


def freeman_tukey_rate(x: int, t: float) -> Effect:
    """½(√(x/t) + √((x + 1)/t)), variance 1/(4t) [IRFT] (Freeman & Tukey 1950, Ann Math Stat 21:607)."""
    _rates(x, t)
    return Effect((math.sqrt(x / t) + math.sqrt((x + 1) / t)) / 2, 1 / (4 * t))


def log_proportion(x: int, n: int, *, correction: float = 0.5) -> Effect:
    """ln(x/n), variance 1/x − 1/n [PLN], by the delta method; corrected where x is 0 or n."""
    x, n = proportion(x, n)
    events, others = _above_0((x, n - x), correction)
    return Effect(math.log(events / (events + others)), 1 / events - 1 / (events + others))


def logit_proportion(x: int, n: int, *, correction: float = 0.5) -> Effect:
    """ln(x/(n − x)), variance 1/x + 1/(n − x) [PLO] (Woolf 1955, Ann Hum Genet 19:251, one group)."""
    x, n = proportion(x, n)
    events, others = _above_0((x, n - x), correction)
    return Effect(math.log(events / others), 1 / events + 1 / others)


def arcsine_proportion(x: int, n: int) -> Effect:
    """Angle asin √(x/n), variance 1/(4n) [PAS without correction] (Bartlett 1936, Suppl J R Stat Soc 3:68)."""
    x, n = proportion(x, n)
    return Effect(math.asin(math.sqrt(x / n)), 1 / (4 * n))


def freeman_tukey_proportion(x: int, n: int) -> Effect:
    """½(asin √(x/(n + 1)) + asin √((x + 1)/(n + 1))), variance 1/(4n + 2) [PFT].

    Source: Freeman & Tukey 1950, Ann Math Stat 21:607.
    """
    x, n = proportion(x, n)
    both = math.asin(math.sqrt(x / (n + 1))) + math.asin(math.sqrt((x + 1) / (n + 1)))
    return Effect(both / 2, 1 / (4 * n + 2))


def _rates(*of_each: float) -> None:
    whole(*of_each[::2])  # type: ignore[arg-type]
    for time in of_each[1::2]:
        if not 0 < time < math.inf:
            raise ValueError(f"person-time must be above 0, got {time}")


def _above_0(counts: tuple[int, ...], correction: float) -> tuple[float, ...]:
    added = correction if 0 in counts else 0.0
    if not 0 <= correction < math.inf or (added == 0 and 0 in counts):
        raise ValueError("the logarithm of no events needs a correction above 0")
    return tuple(count + added for count in counts)
