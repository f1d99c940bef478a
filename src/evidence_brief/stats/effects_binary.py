"""Effect sizes of x1 events of n1 against x2 of n2, with sampling variances, as meta-analyses use them.

Names in brackets are those of R's metafor (Viechtbauer 2010, J Stat Softw 36(3)). Where a cell is empty and the
measure needs it, `correction`, usually ½, is added to all four cells (Gart & Zweifel 1967, Biometrika 54:181);
ValueError where it is 0 and the measure is undefined. Counts: whole, 0 <= x <= n, n >= 1, else ValueError.
"""

from __future__ import annotations

import math
from statistics import NormalDist

from evidence_brief.stats.effects import Effect
from evidence_brief.stats.limits import proportions

NORMAL = NormalDist()
Cells = tuple[float, float, float, float]


def cells(x1: int, n1: int, x2: int, n2: int, correction: float, needed: str = "abcd") -> Cells:
    """Events and non-events of either group, the correction added to each where a cell is empty.

    ValueError where one of the cells that are `needed` is empty still.
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    counts = (x1, n1 - x1, x2, n2 - x2)
    if not 0 <= correction < math.inf:
        raise ValueError(f"a correction for empty cells must be 0 or more, got {correction}")
    added = correction if 0 in counts else 0.0
    a, b, c, d = (count + added for count in counts)
    if 0 in (cell for name, cell in zip("abcd", (a, b, c, d), strict=True) if name in needed):
        raise ValueError(f"{x1}/{n1} against {x2}/{n2} has an empty cell: the measure needs a correction")
    return a, b, c, d


def log_risk_ratio(x1: int, n1: int, x2: int, n2: int, *, correction: float = 0.5) -> Effect:
    """ln(p1/p2), variance 1/x1 − 1/n1 + 1/x2 − 1/n2 [RR] (Katz et al. 1978, Biometrics 34:469)."""
    a, b, c, d = cells(x1, n1, x2, n2, correction, needed="ac")
    return Effect(math.log(a / (a + b)) - math.log(c / (c + d)), 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))


def log_odds_ratio(x1: int, n1: int, x2: int, n2: int, *, correction: float = 0.5) -> Effect:
    """Log odds ratio, variance the sum of the reciprocal cells [OR] (Woolf 1955, Ann Hum Genet 19:251)."""
    a, b, c, d = cells(x1, n1, x2, n2, correction)
    return Effect(math.log(a / b) - math.log(c / d), 1 / a + 1 / b + 1 / c + 1 / d)


def risk_difference(x1: int, n1: int, x2: int, n2: int, *, correction: float = 0.0) -> Effect:
    """p1 − p2, Wald's variance [RD]; metafor adds ½ to tables with an empty cell, which is `correction=0.5`.

    Source: Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, section 4.1.
    """
    a, b, c, d = cells(x1, n1, x2, n2, correction, needed="")
    size1, size2 = a + b, c + d
    return Effect(a / size1 - c / size2, a * b / size1**3 + c * d / size2**3)


def arcsine_difference(x1: int, n1: int, x2: int, n2: int) -> Effect:
    """Difference of asin √p, half of Cohen's h, variance 1/(4 n1) + 1/(4 n2) [AS without correction].

    Source: Rücker et al. 2009, Stat Med 28:721; Cohen 1988, Statistical Power Analysis, section 6.2.
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return Effect(math.asin(math.sqrt(x1 / n1)) - math.asin(math.sqrt(x2 / n2)), 1 / (4 * n1) + 1 / (4 * n2))


def peto_log_odds_ratio(x1: int, n1: int, x2: int, n2: int) -> Effect:
    """(O − E)/V and 1/V, V the hypergeometric variance [PETO]; ValueError without events or without non-events.

    Source: Yusuf et al. 1985, Prog Cardiovasc Dis 27:335.
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    total, events = n1 + n2, x1 + x2
    if events in (0, total):
        raise ValueError(f"{x1}/{n1} against {x2}/{n2} has no variance, so no Peto odds ratio")
    variance = events * (total - events) * n1 * n2 / (total**2 * (total - 1))
    return Effect((x1 - events * n1 / total) / variance, 1 / variance)


def probit_difference(x1: int, n1: int, x2: int, n2: int, *, correction: float = 0.5) -> Effect:
    """Φ⁻¹(p1) − Φ⁻¹(p2), a standardised mean difference of a normal trait that was cut in two [PBIT].

    Source: Sánchez-Meca, Marín-Martínez & Chacón-Moscoso 2003, Psychol Methods 8:448, equations 20 and 21.
    """
    a, b, c, d = cells(x1, n1, x2, n2, correction)
    (z1, v1), (z2, v2) = _probit(a, b), _probit(c, d)
    return Effect(z1 - z2, v1 + v2)


def _probit(events: float, others: float) -> tuple[float, float]:
    n = events + others
    z = NORMAL.inv_cdf(events / n)
    return z, 2 * math.pi * events * others * math.exp(z**2) / n**3


def odds_ratio_to_d(x1: int, n1: int, x2: int, n2: int, *, correction: float = 0.5, logistic: bool = True) -> Effect:
    """Log odds ratio times √3/π [OR2D, OR2DL], or over 1.65 for a normal trait [OR2DN]: like Cohen's d.

    Source: Hasselblad & Hedges 1995, Psychol Bull 117:167; Cox & Snell 1989, Analysis of Binary Data, 1.65.
    """
    effect = log_odds_ratio(x1, n1, x2, n2, correction=correction)
    factor = math.sqrt(3) / math.pi if logistic else 1 / 1.65
    return Effect(factor * effect.estimate, factor**2 * effect.variance)
