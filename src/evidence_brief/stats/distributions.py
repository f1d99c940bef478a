"""P values of the usual test statistics, and the statistic that has a given P value.

Two-sided unless said otherwise; one-sided P values look in the observed direction, hence are half of those. Each
is one tail of the beta, gamma or normal distribution, never 1 minus the other tail, so that small ones keep their
digits (Abramowitz & Stegun 1964, 26.5 and 26.6).
"""

from __future__ import annotations

import math

PRECISION = 1e-10
"""To how much of itself a P value is good, down to 1e-250 (below, SciPy loses digits, and in the end all of them).

`outward` moves the ends of a range by this, so that none is lost.
"""


def p_z(z: float, sides: int = 2) -> float:
    """P value of a standard normal deviate, 0 to 1. ValueError for NaN or sides other than 1 and 2."""
    return _sided(math.erfc(abs(_number("z", z)) / math.sqrt(2)), sides)


def p_t(t: float, df: float, sides: int = 2) -> float:
    """P value of Student's t with `df` degrees of freedom, whole or not. ValueError for NaN or df <= 0."""
    _number("t", t)
    return _sided(_beta_tail(t * t, _df(df), 1, df), sides)


def p_r(r: float, df: float, sides: int = 2) -> float:
    """P value of a correlation coefficient, Pearson's or (by its t approximation) Spearman's, df = pairs − 2.

    ValueError for |r| > 1, NaN or df <= 0. Source: Fisher 1915, Biometrika 10:507; Kendall 1970, Rank Correlation
    Methods, 5.8.
    """
    if not abs(r) <= 1:
        raise ValueError(f"a correlation lies between -1 and 1, got {r}")
    return _sided(_beta_tail(r * r, (1 - r) * (1 + r), 1, _df(df)), sides)


def p_f(f: float, df1: float, df2: float) -> float:
    """P value of an F ratio, the upper tail. ValueError for F < 0, NaN or degrees of freedom <= 0."""
    if not f >= 0:
        raise ValueError(f"F cannot be negative, got {f}")
    return _beta_tail(_df(df1) * f, _df(df2), df1, df2)


def p_chi2(x: float, df: float) -> float:
    """P value of χ², the upper tail. ValueError for χ² < 0, NaN or df <= 0."""
    from scipy.special import gammaincc  # here and below, because importing SciPy takes long

    if not x >= 0:
        raise ValueError(f"χ² cannot be negative, got {x}")
    return float(gammaincc(_df(df) / 2, x / 2))


def t_square(p: float, df: float) -> float:
    """The square of the t that has the two-sided P value `p`: infinite for 0, 0 for 1.

    ValueError unless 0 <= p <= 1 and df > 0.
    """
    from scipy.special import betainccinv, betaincinv

    if not 0 <= p <= 1:
        raise ValueError(f"a P value lies between 0 and 1, got {p}")
    explained = float(betainccinv(0.5, _df(df) / 2, p))  # t²/(df + t²)
    if explained < 0.5:
        return df * explained / (1 - explained)
    residual = float(betaincinv(df / 2, 0.5, p))
    return df * (1 - residual) / residual if residual else math.inf


def outward(low: float, high: float) -> tuple[float, float]:
    """A range of P values with its ends moved outwards by PRECISION of themselves, within 0 to 1."""
    return low * (1 - PRECISION), min(1.0, high * (1 + PRECISION))


def _beta_tail(explained: float, residual: float, df1: float, df2: float) -> float:
    """P of an F ratio whose sums of squares are as `explained` to `residual`, from the smaller share of the two."""
    from scipy.special import betainc, betaincc

    total = explained + residual
    if explained < residual:
        return float(betaincc(df1 / 2, df2 / 2, explained / total))
    return float(betainc(df2 / 2, df1 / 2, residual / total))


def _sided(two_sided: float, sides: int) -> float:
    if sides not in (1, 2):
        raise ValueError(f"a test has 1 or 2 sides, got {sides}")
    return two_sided if sides == 2 else two_sided / 2


def _df(df: float) -> float:
    if not 0 < df < math.inf:
        raise ValueError(f"degrees of freedom must be above 0 and finite, got {df}")
    return df


def _number(name: str, value: float) -> float:
    if math.isnan(value):
        raise ValueError(f"{name} must be a number, got {value}")
    return value
