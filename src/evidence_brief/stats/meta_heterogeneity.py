"""Heterogeneity of the studies of a meta-analysis: Cochran's Q, I² and H²."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

from evidence_brief.stats.meta_quadratic import checked, inverse_variance

Floats = Sequence[float]


@dataclass(frozen=True)
class Heterogeneity:
    """Cochran's Q, its degrees of freedom, and the typical within-study variance of Higgins & Thompson 2002, eq. 9."""

    q: float
    df: int
    typical: float


def heterogeneity(yi: Floats, vi: Floats) -> Heterogeneity:
    """Q with weights 1/v (Cochran 1954, Biometrics 10:101); the typical variance is (k − 1)/(Σw − Σw²/Σw)."""
    y, v = checked(yi, vi)
    form, df = inverse_variance(v), len(y) - 1
    return Heterogeneity(form.value(y), df, df / form.trace([1.0] * len(v)) if df else v[0])


def i_squared(q: float, df: int) -> float:
    """I² in percent, (Q − df)/Q cut off at 0 (Higgins & Thompson 2002, Stat Med 21:1539); 0 where Q is 0."""
    return max(0.0, 100 * (q - df) / q) if q > 0 else 0.0


def h_squared(q: float, df: int) -> float:
    """H² = Q/df, which is not cut off (Higgins & Thompson 2002, Stat Med 21:1539); 1 for a single study."""
    return q / df if df else 1.0


def i_squared_of(tau2: float, typical: float) -> float:
    """I² in percent, τ²/(τ² + typical variance) (Higgins & Thompson 2002, Stat Med 21:1539); of a limit of τ², too."""
    return 100 * tau2 / (tau2 + typical)


def h_squared_of(tau2: float, typical: float) -> float:
    """H² = τ²/typical variance + 1 (Higgins & Thompson 2002, Stat Med 21:1539); of a limit of τ², its limit."""
    return tau2 / typical + 1


def i_squared_interval(q: float, df: int, level: float = 0.95) -> tuple[float, float] | None:
    """Test-based interval of I² in percent, from Q alone; None for df = 1 with Q <= 2, which have no such interval.

    ValueError unless q is finite and at least 0, df >= 1 and 0 < level < 1.

    Source: Higgins & Thompson 2002, Stat Med 21:1539, appendix: ln H has the standard error below.
    """
    if not (math.isfinite(q) and q >= 0 and df >= 1):
        raise ValueError(f"Q must be finite and at least 0, and its df at least 1, got Q = {q}, df = {df}")
    z, k = quantile(level, None), df + 1
    if q > k:
        se = (math.log(q) - math.log(df)) / (math.sqrt(2 * q) - math.sqrt(2 * k - 3)) / 2
    elif k > 2:
        se = math.sqrt((1 - 1 / (3 * (k - 2) ** 2)) / (2 * (k - 2)))
    else:
        return None
    h2 = [max(1.0, q / df * math.exp(2 * sign * z * se)) for sign in (-1, 1)]
    return 100 * (1 - 1 / h2[0]), 100 * (1 - 1 / h2[1])


def quantile(level: float, df: int | None) -> float:
    """Half width of a two-sided interval in standard errors; ValueError unless 0 < level < 1."""
    from scipy.special import stdtrit  # here, because importing SciPy takes long

    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, as 0.95 does, got {level}")
    return NormalDist().inv_cdf((1 + level) / 2) if df is None else float(stdtrit(df, (1 + level) / 2))


def two_sided(statistic: float, df: int | None) -> float:
    """Two-sided P value of a normal or t statistic."""
    from scipy.special import stdtr

    return math.erfc(abs(statistic) / math.sqrt(2)) if df is None else 2 * float(stdtr(df, -abs(statistic)))


def chi_square_p(statistic: float, df: int) -> float:
    """Upper tail of χ²; 1 without degrees of freedom."""
    from scipy.special import chdtrc

    return float(chdtrc(df, statistic)) if df else 1.0
