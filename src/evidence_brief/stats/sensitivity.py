"""E-values: how strong unmeasured confounding would have to be to explain an effect away."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from evidence_brief.stats.limits import edge, normal_quantile, proportions

LIMIT_OF_D = 1.78
"""What the source multiplies the SE of a standardised difference with: 0.91 times 1.96, cut off."""


@dataclass(frozen=True)
class EValue:
    """E-value of the estimate, and of the limit of its interval that is nearer the true value; None without one."""

    point: float
    limit: float | None


def _common_hazard_ratio(ratio: float) -> float:
    return (1 - math.pow(0.5, math.sqrt(ratio))) / (1 - math.pow(0.5, math.sqrt(1 / ratio)))


MEASURES: dict[str, Callable[[float], float]] = {
    "RR": lambda ratio: ratio,
    "rate ratio": lambda ratio: ratio,
    "OR, rare outcome": lambda ratio: ratio,
    "OR, common outcome": math.sqrt,
    "HR, rare outcome": lambda ratio: ratio,
    "HR, common outcome": _common_hazard_ratio,
    "SMD": lambda difference: math.exp(0.91 * difference),
}
"""What brings each measure to an approximate risk ratio; an outcome is rare below 15% at the end of follow-up."""


def e_value(
    estimate: float,
    low: float | None = None,
    high: float | None = None,
    *,
    true: float | None = None,
    measure: str = "RR",
) -> EValue:
    """E-value of an estimate and of the limit nearer `true`, the effect it is moved to (none: 1, or 0 for SMD).

    The measure is one of MEASURES. The limit's E-value is 1 where the interval holds `true`, None where the limit
    on that side is not given. ValueError unless low <= estimate <= high, all finite, ratios above 0.

    Source: VanderWeele & Ding 2017, Ann Intern Med 167:268, Table 2.
    """
    if measure not in MEASURES:
        raise ValueError(f"the E-value knows {', '.join(MEASURES)}, not {measure!r}")
    target = (0.0 if measure == "SMD" else 1.0) if true is None else true
    given = [value for value in (estimate, low, high, target) if value is not None]
    if not all(math.isfinite(value) and (measure == "SMD" or value > 0) for value in given):
        raise ValueError(f"an E-value needs finite figures, above 0 for ratios, got {given}")
    if (low is not None and low > estimate) or (high is not None and estimate > high):
        raise ValueError(f"the estimate {estimate} lies outside its interval, {low} to {high}")
    ratio, aim = MEASURES[measure](estimate), MEASURES[measure](target)
    nearer = low if estimate > target else high
    if estimate == target:
        limit = None if low is None and high is None else 1.0
    elif nearer is None:
        limit = None
    else:
        limit = 1.0 if (nearer <= target) == (estimate > target) else _e(MEASURES[measure](nearer) / aim)
    return EValue(_e(ratio / aim), limit)


def e_value_smd(d: float, se: float, *, true: float = 0.0) -> EValue:
    """E-value of a standardised mean difference with its SE: risk ratio exp(0.91 d), limits exp(0.91 d ± 1.78 SE).

    A regression coefficient of a continuous outcome, and its SE, are divided by the outcome's SD first.
    ValueError unless all are finite and se >= 0.

    Source: VanderWeele & Ding 2017, Ann Intern Med 167:268, Table 2; Chinn 2000, Stat Med 19:3127.
    """
    if not (math.isfinite(d) and math.isfinite(true) and 0 <= se < math.inf):
        raise ValueError(f"an E-value needs a finite difference and SE >= 0, got {d} and {se}")
    half_width = LIMIT_OF_D * se
    low, ratio, high = (math.exp(0.91 * d + step) for step in (-half_width, 0.0, half_width))
    return e_value(ratio, low, high, true=math.exp(0.91 * true))


def e_value_risk_difference(x1: int, n1: int, x2: int, n2: int, *, true: float = 0.0, level: float = 0.95) -> EValue:
    """E-value of the risk difference x1/n1 − x2/n2, and of its lower limit, for moving it to `true`.

    The bias factor is that under which the difference, standardised to both groups together, is `true`.
    ValueError unless the counts are proportions, x2 > 0 and the difference is above `true`, which is 0 or more.

    Source: Ding & VanderWeele 2016, Epidemiology 27:368, with eAppendix (variance by the delta method).
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    p1, p2, share = x1 / n1, x2 / n2, n1 / (n1 + n2)
    if not (x2 and 0 <= true < p1 - p2):
        raise ValueError(f"needs events in both groups and a difference above {true}, got {x1}/{n1} and {x2}/{n2}")
    z, v1, v2 = normal_quantile(level), p1 * (1 - p1) / n1, p2 * (1 - p2) / n2
    linear = true + p2 * (1 - share) - p1 * share
    factor = (math.sqrt(linear**2 + 4 * p1 * p2 * share * (1 - share)) - linear) / (2 * p2 * share)

    def above(bias: float) -> bool:
        difference, weight = p1 - p2 * bias, share + (1 - share) / bias
        of_share = (difference * (1 - 1 / bias)) ** 2 * share * (1 - share) / (n1 + n2)
        return difference * weight - z * math.sqrt((v1 + v2 * bias**2) * weight**2 + of_share) > true

    return EValue(_e(factor), _e(edge(above, 1.0, factor)) if above(1.0) else 1.0)


def _e(ratio: float) -> float:
    """R + √(R (R − 1)) of a risk ratio, or of its reciprocal below 1."""
    away = max(ratio, 1 / ratio)
    return away + math.sqrt(away * (away - 1))
