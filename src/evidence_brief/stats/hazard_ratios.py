"""Hazard ratios: log-rank observed minus expected events, and what the number of events allows."""

from __future__ import annotations

import math

from evidence_brief.printed import Interval
from evidence_brief.stats.coherence import implied_se_range
from evidence_brief.stats.limits import normal_quantile


def observed_minus_expected(
    hazard_ratio: float, lower: float, upper: float, level: float = 0.95
) -> tuple[float, float]:
    """Log-rank O − E and its variance V from a hazard ratio and its interval: V = (2z/ln(upper/lower))².

    ValueError unless 0 < lower < upper, all finite, hazard ratio above 0, and 0 < level < 1.

    Source: Tierney et al. 2007, Trials 8:16, section 3, equations for a hazard ratio with interval.
    """
    if not (0 < lower < upper < math.inf and 0 < hazard_ratio < math.inf):
        raise ValueError(f"a hazard ratio needs 0 < lower < upper, got {hazard_ratio} ({lower} to {upper})")
    variance = (2 * normal_quantile(level) / math.log(upper / lower)) ** 2
    return math.log(hazard_ratio) * variance, variance


def variance_from_events(events1: int, events2: int) -> float:
    """Variance V of O − E from the events in either group, d1 d2/(d1 + d2).

    ValueError unless both are above 0.

    Source: Tierney et al. 2007, Trials 8:16, section 3, with Parmar, Torri & Stewart 1998, Stat Med 17:2815.
    """
    if events1 <= 0 or events2 <= 0:
        raise ValueError(f"the variance of O − E needs events in both groups, got {events1} and {events2}")
    return events1 * events2 / (events1 + events2)


def hazard_ratio_from_p(p: float, variance: float) -> tuple[float, float]:
    """The two hazard ratios, below and above 1, that a two-sided log-rank P allows: exp(∓z/√V).

    `variance` is that of O − E. ValueError unless 0 < p <= 1 and variance > 0.

    Source: Tierney et al. 2007, Trials 8:16, section 3; Parmar, Torri & Stewart 1998, Stat Med 17:2815.
    """
    if not (0 < p <= 1 and 0 < variance < math.inf):
        raise ValueError(f"a log-rank P lies within 0 to 1 and needs a variance above 0, got {p} and {variance}")
    z = normal_quantile(1 - p) if p < 1 else 0.0
    return math.exp(-z / math.sqrt(variance)), math.exp(z / math.sqrt(variance))


def least_events(low: Interval, high: Interval, level: float = 0.95) -> int | None:
    """Fewest events with which Cox's model can give an interval this narrow for two groups: 4/SE².

    Each event adds at most p(1 − p) <= ¼ to the information on a yes-or-no covariate, adjusted or stratified or
    not. Robust standard errors may be smaller. The widest interval that prints so is taken: 0 where the lower
    limit may be 0, None where no value of low is below high. ValueError as `coherence.implied_se_range`.

    Source: Cox 1972, J R Stat Soc B 34:187, equation 13; Schoenfeld 1983, Biometrics 39:499.
    """
    errors = implied_se_range(low, high, level, log=True)
    return None if errors is None else math.ceil(4 / errors[1] ** 2)
