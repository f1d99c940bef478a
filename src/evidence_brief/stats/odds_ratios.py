"""Odds ratio of x1/n1 against x2/n2: its estimate and its confidence intervals, as (lower, upper) within 0 to ∞.

`METHODS` holds every interval that a clinical paper may have used. All raise ValueError unless the counts are
whole numbers with 0 <= x <= n and n >= 1, and 0 < level < 1. Where everybody or nobody had the event, every odds
ratio is possible.
"""

from __future__ import annotations

import math

from evidence_brief.stats import intervals, score
from evidence_brief.stats.conditional_odds_ratio import (
    baptista_pike,
    baptista_pike_mid_p,
    cornfield_exact,
    cornfield_mid_p,
)
from evidence_brief.stats.limits import Limits, Method, normal_quantile, proportions
from evidence_brief.stats.ratios import EVERY_RATIO, around, mover_ratio


def odds_ratio(x1: int, n1: int, x2: int, n2: int) -> float | None:
    """x1 (n2 − x2) / ((n1 − x1) x2): ∞ where only the divisor is 0, None where both are."""
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    top, bottom = x1 * (n2 - x2), (n1 - x1) * x2
    if bottom == 0:
        return math.inf if top else None
    return top / bottom


def woolf(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Wald interval of the log odds ratio; 0 to ∞ where a cell is 0. Source: Woolf 1955, Ann Hum Genet 19:251."""
    cells = _cells(x1, n1, x2, n2)
    return _log_wald(cells, level) if all(cells) else EVERY_RATIO


def gart(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Woolf's interval after adding ½ to each cell.

    Source: Haldane 1956, Ann Hum Genet 20:309; Anscombe 1956, Biometrika 43:461; Gart 1966, Biometrika 53:187.
    """
    return _log_wald([cell + 0.5 for cell in _cells(x1, n1, x2, n2)], level)


def half_if_zero(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Woolf's interval, after adding ½ to each cell where one is 0, as in meta-analyses.

    Source: Cochrane Handbook for Systematic Reviews of Interventions, version 6, section 10.4.4.2.
    """
    cells = _cells(x1, n1, x2, n2)
    return _log_wald(cells, level) if all(cells) else gart(x1, n1, x2, n2, level)


def independence_smoothed(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Woolf's interval after adding two people, spread as independence would.

    Source: Agresti 1999, Biometrics 55:597.
    """
    cells = _cells(x1, n1, x2, n2)
    rows, columns, total = (n1, n2), (cells[0] + cells[2], cells[1] + cells[3]), n1 + n2
    more = [2 * row * column / total**2 for row in rows for column in columns]
    smoothed = [cell + extra for cell, extra in zip(cells, more, strict=True)]
    return _log_wald(smoothed, level) if all(smoothed) else EVERY_RATIO


def inverse_sinh(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Inverse hyperbolic sine interval; cells of 0 become z² at their own end.

    Source: Newcombe 2001, Am Stat 55:200.
    """
    a, b, c, d = cells = _cells(x1, n1, x2, n2)
    z = normal_quantile(level)
    if all(cells):
        return around(a * d / (b * c), 2 * math.asinh(z / 2 * math.sqrt(sum(1 / cell for cell in cells))))
    lower = a * d / ((b or z**2) * (c or z**2))
    return lower, (a or z**2) * (d or z**2) / (b * c) if b * c else math.inf


def adjusted_inverse_sinh(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Inverse hyperbolic sine interval, 0.45 added to each cell of the estimate and 0.25 to those of its width.

    Source: Fagerland & Newcombe 2013, Stat Med 32:2823.
    """
    cells = _cells(x1, n1, x2, n2)
    a, b, c, d = (cell + 0.45 for cell in cells)
    width = math.sqrt(sum(1 / (cell + 0.25) for cell in cells))
    return around(a * d / (b * c), 2 * math.asinh(normal_quantile(level) / 2 * width))


def _log_wald(cells: list[int] | list[float], level: float) -> Limits:
    a, b, c, d = cells
    return around(a * d / (b * c), normal_quantile(level) * math.sqrt(1 / a + 1 / b + 1 / c + 1 / d))


def _cells(x1: int, n1: int, x2: int, n2: int) -> list[int]:
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    return [x1, n1 - x1, x2, n2 - x2]


def mover_wilson(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """The odds of Wilson's limits combined for a ratio (MOVER-R).

    The odds of failures would give another interval; they are taken only where everybody had the event in one
    group. Source: Fagerland & Newcombe 2013, Stat Med 32:2823, method 4.
    """
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    if x1 == n1 or x2 == n2:
        x1, n1, x2, n2 = n2 - x2, n2, n1 - x1, n1
    if n1 == x1 or n2 == x2:
        return EVERY_RATIO
    first, second = (
        [_odds(limit) for limit in (x / n, *intervals.wilson(x, n, level))] for x, n in ((x1, n1), (x2, n2))
    )
    return mover_ratio(first[0], (first[1], first[2]), second[0], (second[1], second[2]))


def _odds(p: float) -> float:
    return p / (1 - p)


def cornfield(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Score interval without any correction. Source: Cornfield 1956, Proc 3rd Berkeley Symp 4:135."""
    return _score(x1, n1, x2, n2, level)


def cornfield_cc(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Score interval with continuity correction ½. Source: Cornfield 1956, Proc 3rd Berkeley Symp 4:135."""
    return _score(x1, n1, x2, n2, level, continuity=True)


def miettinen_nurminen(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Score interval, variance times N/(N − 1). Source: Miettinen & Nurminen 1985, Stat Med 4:213."""
    return _score(x1, n1, x2, n2, level, corrected=True)


def gart_skewness(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Cornfield's interval with continuity correction, corrected for bias and skewness.

    Source: Gart 1985, Biometrika 72:673.
    """
    return _score(x1, n1, x2, n2, level, skewed=True, continuity=True)


def score_skewness(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits:
    """Miettinen & Nurminen's interval corrected for bias and skewness (SCAS). Source: Laud 2018, Pharm Stat 17:290."""
    return _score(x1, n1, x2, n2, level, corrected=True, skewed=True)


def _score(
    x1: int,
    n1: int,
    x2: int,
    n2: int,
    level: float,
    *,
    corrected: bool = False,
    skewed: bool = False,
    continuity: bool = False,
) -> Limits:
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    factor = (n1 + n2) / (n1 + n2 - 1) if corrected else 1.0
    return score.odds_ratio(x1, n1, x2, n2, level, factor=factor, skewed=skewed, corrected=continuity)


_EXACT = ("exact", "fisher", "exact conditional", "conditional maximum likelihood")

METHODS: tuple[Method, ...] = (
    Method("woolf", "Log (Woolf)", ("woolf", "logit", "log", "wald"), woolf),
    Method("cornfield_exact", "Exact conditional", (*_EXACT, "cornfield exact", "gart"), cornfield_exact),
    Method("miettinen_nurminen", "Miettinen–Nurminen", ("miettinen-nurminen", "score"), miettinen_nurminen),
    Method(
        "half_if_zero", "Log, ½ added where a cell is 0", ("log", "woolf", "haldane", "haldane-anscombe"), half_if_zero
    ),
    Method("gart", "Log, ½ added", ("gart", "adjusted logit", "haldane", "haldane-anscombe"), gart),
    Method("cornfield", "Cornfield score", ("cornfield", "score", "uncorrected score"), cornfield),
    Method("cornfield_cc", "Cornfield, corrected", ("cornfield", "cornfield with continuity correction"), cornfield_cc),
    Method("cornfield_mid_p", "Mid-P conditional", ("mid-p", "cornfield mid-p", "mid-p exact"), cornfield_mid_p),
    Method("baptista_pike", "Baptista–Pike exact", ("baptista-pike", *_EXACT), baptista_pike),
    Method("baptista_pike_mid_p", "Baptista–Pike mid-P", ("baptista-pike mid-p", "mid-p"), baptista_pike_mid_p),
    Method("mover_wilson", "MOVER, Wilson", ("mover", "mover-r", "mover wilson"), mover_wilson),
    Method(
        "independence_smoothed", "Independence-smoothed logit", ("independence-smoothed logit",), independence_smoothed
    ),
    Method("inverse_sinh", "Inverse sinh", ("inverse sinh", "newcombe"), inverse_sinh),
    Method("adjusted_inverse_sinh", "Adjusted inverse sinh", ("adjusted inverse sinh",), adjusted_inverse_sinh),
    Method("gart_skewness", "Cornfield, corrected for skewness", ("gart skewness-corrected",), gart_skewness),
    Method("score_skewness", "Score, corrected for skewness", ("scas", "skewness-corrected score"), score_skewness),
)
