"""Mantel–Haenszel rate ratio and rate difference of several strata or studies.

A stratum is (x1, t1, x2, t2): x1 events in the person-time t1 of group 1 against x2 in t2. Ratios are on the log scale.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence

from evidence_brief.stats.meta import Pooled, summary
from evidence_brief.stats.meta_tau2 import Tau2

Stratum = tuple[int, float, int, float]


def mantel_haenszel_rates(strata: Sequence[Stratum], measure: str, level: float = 0.95) -> Pooled | None:
    """Rate ratio (IRR, log scale) or difference (IRD, per unit of person-time).

    None without an event, the ratio also without one in either group. Q is about this estimate, of strata with an
    event; ½ goes to both counts of those in which one is 0. ValueError unless counts are whole numbers of at least 0,
    person-times finite and above 0, and the measure is known.

    Source: Rothman, Greenland & Lash 2008, Modern Epidemiology, ch. 15; Greenland & Robins 1985, Biometrics 41:55.
    """
    if measure not in ("IRR", "IRD"):
        raise ValueError(f"measure must be IRR or IRD, got {measure!r}")
    counted = _checked(strata)
    r = math.fsum(x1 * t2 / (t1 + t2) for x1, t1, _, t2 in counted)
    s = math.fsum(x2 * t1 / (t1 + t2) for _, t1, x2, t2 in counted)
    if not (r and s) and (measure == "IRR" or not (r or s)):
        return None
    if measure == "IRR":
        estimate = math.log(r / s)
        variance = math.fsum((x1 + x2) * t1 * t2 / (t1 + t2) ** 2 for x1, t1, x2, t2 in counted) / (r * s)
    else:
        weight = math.fsum(t1 * t2 / (t1 + t2) for _, t1, _, t2 in counted)
        estimate = (r - s) / weight
        spread = math.fsum((x1 * t2 * t2 + x2 * t1 * t1) / (t1 + t2) ** 2 for x1, t1, x2, t2 in counted)
        variance = spread / weight**2
    parts = [_effect(each, measure) for each in counted if each[0] or each[2]]
    q = math.fsum((y - estimate) ** 2 / v for y, v in parts) if len(parts) > 1 else 0.0
    none = Tau2(0.0, None)
    return summary("MH", "z", level, len(counted), estimate, math.sqrt(variance), none, q, len(parts) - 1)


def _effect(stratum: Stratum, measure: str) -> tuple[float, float]:
    x1, t1, x2, t2 = stratum
    add = 0 if x1 and x2 else 0.5
    a, b = x1 + add, x2 + add
    if measure == "IRD":
        return a / t1 - b / t2, a / t1**2 + b / t2**2
    return math.log(a / t1 * t2 / b), 1 / a + 1 / b


def _checked(strata: Sequence[Stratum]) -> list[Stratum]:
    if not strata:
        raise ValueError("a meta-analysis needs at least one stratum")
    for each in strata:
        x1, t1, x2, t2 = each
        try:
            counts = operator.index(x1), operator.index(x2)
        except TypeError:
            raise ValueError(f"counts must be whole numbers, got {each!r}") from None
        if min(counts) < 0 or not all(math.isfinite(t) and t > 0 for t in (t1, t2)):
            raise ValueError(f"counts must be at least 0, person-times finite and above 0, got {each!r}")
    return list(strata)
