"""Meta-analysis of 2×2 tables by the methods of Mantel & Haenszel, Cochran, Breslow & Day, and Peto.

A table is (x1, n1, x2, n2), x1 of n1 in group 1 against x2 of n2 in group 2. Ratios are on the log scale. Sums over
the tables are exact fractions.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from evidence_brief.stats.meta import Pooled, summary
from evidence_brief.stats.meta_effects import Table, all_checked, effects, hypergeometric, informative, log_of
from evidence_brief.stats.meta_heterogeneity import chi_square_p
from evidence_brief.stats.meta_tau2 import Tau2

DIGITS = 50
"""Decimal digits with which expected cells are found, so that none, however small, is lost beside its margin."""


@dataclass(frozen=True)
class ChiSquare:
    """A χ² statistic with its degrees of freedom and P value."""

    statistic: float
    df: int
    p: float


def mantel_haenszel(
    tables: Sequence[Table], measure: str, level: float = 0.95, rd_variance: str = "sato"
) -> Pooled | None:
    """Mantel–Haenszel RR, OR (log scale) or RD with its interval; None where it is 0, infinite or without variance.

    Q, which is about this estimate, takes the effects of `effects` with ½ in the tables with an empty cell, without
    those in which everybody or nobody had the event. `rd_variance` is "sato" (also right for many small tables) or
    "greenland" (as Stata's metan and RevMan). ValueError for impossible tables or arguments.

    Source: Mantel & Haenszel 1959, J Natl Cancer Inst 22:719; variances: OR Robins, Breslow & Greenland 1986,
    Biometrics 42:311; RR and "greenland" Greenland & Robins 1985, Biometrics 41:55; "sato" Sato, Greenland & Robins
    1989, Biometrics 45:1323.
    """
    if measure not in ("RR", "OR", "RD") or rd_variance not in ("sato", "greenland"):
        raise ValueError(
            f"measure must be RR, OR or RD, rd_variance sato or greenland, got {measure!r}, {rd_variance!r}"
        )
    counted = all_checked(tables)
    if measure == "RD":
        found: tuple[float, float] | None = _mantel_haenszel_rd(counted, rd_variance)
    else:
        found = (_mantel_haenszel_or if measure == "OR" else _mantel_haenszel_rr)(counted)
    if found is None or found[1] <= 0:
        return None
    estimate, variance = found
    yi, vi = effects(counted, measure, drop=True)
    q = math.fsum((y - estimate) ** 2 / v for y, v in zip(yi, vi, strict=True))
    return _equal_effects("MH", level, len(counted), estimate, variance, q, len(yi) - 1)


def _equal_effects(method: str, level: float, k: int, estimate: float, variance: float, q: float, df: int) -> Pooled:
    # Tables that count in Q may be one or none: it is then 0.
    return summary(
        method, "z", level, k, estimate, math.sqrt(variance), Tau2(0.0, None), q if df > 0 else 0.0, max(df, 0)
    )


def _odds_ratio(tables: list[Table]) -> Fraction | None:
    r = sum(Fraction(x1 * (n2 - x2), n1 + n2) for x1, n1, x2, n2 in tables)
    s = sum(Fraction((n1 - x1) * x2, n1 + n2) for x1, n1, x2, n2 in tables)
    return Fraction(r) / s if r and s else None


def _mantel_haenszel_or(tables: list[Table]) -> tuple[float, float] | None:
    ratio = _odds_ratio(tables)
    if ratio is None:
        return None
    s = variance = Fraction(0)
    for x1, n1, x2, n2 in tables:
        total, concordant, discordant = n1 + n2, x1 * (n2 - x2), (n1 - x1) * x2
        p, q = Fraction(x1 + n2 - x2, total), Fraction(n1 - x1 + x2, total)
        s += Fraction(discordant, total)
        variance += (p / ratio + q) * (concordant / ratio + discordant) / total
    return log_of(ratio), float(variance / (2 * s * s))


def _mantel_haenszel_rr(tables: list[Table]) -> tuple[float, float] | None:
    r = sum(Fraction(x1 * n2, n1 + n2) for x1, n1, x2, n2 in tables)
    s = sum(Fraction(x2 * n1, n1 + n2) for x1, n1, x2, n2 in tables)
    if not (r and s):
        return None
    d = sum(
        (Fraction(n1 * n2 * (x1 + x2), (n1 + n2) ** 2) - Fraction(x1 * x2, n1 + n2) for x1, n1, x2, n2 in tables),
        Fraction(0),
    )
    return log_of(Fraction(r) / s), float(d / (r * s))


def _mantel_haenszel_rd(tables: list[Table], variance: str) -> tuple[float, float]:
    weight = sum((Fraction(n1 * n2, n1 + n2) for _, n1, _, n2 in tables), Fraction(0))
    estimate = sum(Fraction(x1 * n2 - x2 * n1, n1 + n2) for x1, n1, x2, n2 in tables) / weight
    spread = Fraction(0)
    for x1, n1, x2, n2 in tables:
        total = n1 + n2
        if variance == "sato":
            p = Fraction(x2 * n1**2 - x1 * n2**2, total**2) + Fraction(n1 * n2 * (n2 - n1), 2 * total**2)
            spread += estimate * p + Fraction(x1 * (n2 - x2) + x2 * (n1 - x1), 2 * total)
        else:
            spread += Fraction(x1 * (n1 - x1) * n2**3 + x2 * (n2 - x2) * n1**3, n1 * n2 * total**2)
    return float(estimate), float(spread / weight**2)


def cochran_mantel_haenszel(tables: Sequence[Table], correct: bool = False, cochran: bool = False) -> ChiSquare | None:
    """Test of no association in any table; None where everybody or nobody had the event in all of them.

    `correct` takes ½ from |ΣO − ΣE|, never beyond 0. `cochran` has N for the N − 1 of the variance, as Cochran's test.
    ValueError for impossible tables.

    Source: Mantel & Haenszel 1959, J Natl Cancer Inst 22:719; Cochran 1954, Biometrics 10:417.
    """
    excess = variance = Fraction(0)
    for table in filter(informative, all_checked(tables)):
        own_excess, own_variance = hypergeometric(table)
        total = table[1] + table[3]
        excess += own_excess
        variance += own_variance * Fraction(total - 1, total) if cochran else own_variance
    if not variance:
        return None
    distance = max(Fraction(0), abs(excess) - Fraction(1, 2)) if correct else abs(excess)
    return _chi_square(float(distance**2 / variance), 1)


def _chi_square(statistic: float, df: int) -> ChiSquare:
    return ChiSquare(statistic, df, chi_square_p(statistic, df))


def breslow_day(tables: Sequence[Table], tarone: bool = True) -> ChiSquare | None:
    """Test that the tables share one odds ratio, by that of Mantel & Haenszel, with Tarone's correction or without.

    Tables in which everybody or nobody had the event do not count. None where fewer than two are left, and where the
    odds ratio is 0 or infinite. ValueError for impossible tables.

    Source: Breslow & Day 1980, Statistical Methods in Cancer Research I, section 4.4; Tarone 1985, Biometrika 72:91.
    """
    counted = [each for each in all_checked(tables) if informative(each)]
    ratio = _odds_ratio(counted)
    if ratio is None or len(counted) < 2:
        return None
    with localcontext(prec=DIGITS):
        parts = [_difference(ratio, each) for each in counted]
        zero = Decimal(0)
        statistic = sum((difference**2 / variance for difference, variance in parts), zero)
        if tarone:
            both = sum((difference for difference, _ in parts), zero), sum((variance for _, variance in parts), zero)
            statistic -= both[0] ** 2 / both[1]
    return _chi_square(max(0.0, float(statistic)), len(counted) - 1)


def _difference(odds_ratio: Fraction, table: Table) -> tuple[Decimal, Decimal]:
    """Events of group 1 less those with which the table would have this odds ratio, and their asymptotic variance."""
    x1, n1, x2, n2 = table
    events, ratio = x1 + x2, Decimal(odds_ratio.numerator) / Decimal(odds_ratio.denominator)
    b = ratio * (n1 + events) + n2 - events
    root = (b * b - 4 * ratio * (ratio - 1) * n1 * events).sqrt()
    # Of two equal formulas, that which subtracts nothing; b is above 0 where the odds ratio is 1.
    expected = 2 * ratio * n1 * events / (b + root) if b > 0 else (b - root) / (2 * (ratio - 1))
    cells = (expected, n1 - expected, events - expected, n2 - events + expected)
    return x1 - expected, 1 / sum((1 / cell for cell in cells), Decimal(0))


def peto(tables: Sequence[Table], level: float = 0.95) -> Pooled | None:
    """Peto's one-step odds ratio, log scale, and Q; None where everybody or nobody had the event in all tables.

    ValueError for impossible tables. Source: Yusuf et al. 1985, Prog Cardiovasc Dis 27:335.
    """
    counted = all_checked(tables)
    parts = [hypergeometric(each) for each in counted if informative(each)]
    if not parts:
        return None
    excess = sum((each for each, _ in parts), Fraction(0))
    variance = sum((each for _, each in parts), Fraction(0))
    q = sum((each**2 / own for each, own in parts), Fraction(0)) - excess**2 / variance
    estimate = float(excess / variance)
    return _equal_effects("PETO", level, len(counted), estimate, float(1 / variance), float(q), len(parts) - 1)
