"""Correlations of two measurements, and of a measurement with a yes or no, with intervals and variances.

Names in brackets are those of R's metafor (Viechtbauer 2010, J Stat Softw 36(3)). ValueError unless −1 <= r <= 1
and n is whole and large enough for the variance.
"""

from __future__ import annotations

import math
from statistics import NormalDist

from evidence_brief.stats.effects import Effect, cohen_d
from evidence_brief.stats.limits import normal_quantile

NORMAL = NormalDist()


def correlation_ci(r: float, n: int, level: float = 0.95) -> tuple[float, float]:
    """Interval of a correlation, tanh(artanh r ± z/√(n − 3)), as (lower, upper) within −1 to 1.

    r = ±1 leaves no width. ValueError unless −1 <= r <= 1, n >= 4 and 0 < level < 1.

    Source: Fisher 1921, Metron 1:3; Altman & Gardner 1988, BMJ 296:1238.
    """
    _correlation(r, n, 4)
    z = normal_quantile(level)
    if abs(r) == 1:
        return r, r
    half_width = z / math.sqrt(n - 3)
    return math.tanh(math.atanh(r) - half_width), math.tanh(math.atanh(r) + half_width)


def correlation(r: float, n: int) -> Effect:
    """r, variance (1 − r²)²/(n − 1) [COR] (Borenstein et al. 2009, Introduction to Meta-Analysis, equation 6.1)."""
    _correlation(r, n, 4)
    return Effect(r, (1 - r**2) ** 2 / (n - 1))


def fisher_z(r: float, n: int) -> Effect:
    """Fisher's z = artanh r, variance 1/(n − 3) [ZCOR]; ValueError also where r is ±1 (Fisher 1921, Metron 1:3)."""
    _correlation(r, n, 4)
    return Effect(_artanh(r), 1 / (n - 3))


def unbiased_correlation(r: float, n: int, *, unbiased_variance: bool = False) -> Effect:
    """Correlation without bias, r ₂F₁(½, ½; (n − 2)/2; 1 − r²); variance as `correlation`, or unbiased [UCOR]; n >= 5.

    Source: Olkin & Pratt 1958, Ann Math Stat 29:201, equation 2.3; unbiased variance: Hedges 1989, Appl Psychol
    Meas 13:339, with the exact series.
    """
    from scipy.special import hyp2f1  # here, because importing SciPy takes long

    _correlation(r, n, 5)
    left = 1 - r**2
    estimate = float(r * hyp2f1(0.5, 0.5, (n - 2) / 2, left))
    if not unbiased_variance:
        return Effect(estimate, (1 - estimate**2) ** 2 / (n - 1))
    square = 1 - (n - 3) / (n - 2) * left * float(hyp2f1(1, 1, n / 2, left))
    return Effect(estimate, estimate**2 - square)


def partial_correlation(t: float, n: int, predictors: int) -> Effect:
    """Partial t/√(t² + df), df = n − predictors − 1, of one coefficient of a regression [PCOR].

    Source: Aloe & Thompson 2013, J Soc Social Work Res 4:390; variance (1 − r²)²/(n − predictors).
    """
    r = t / math.sqrt(t**2 + _residual_df(t, n, predictors))
    return Effect(r, (1 - r**2) ** 2 / (n - predictors))


def partial_fisher_z(t: float, n: int, predictors: int) -> Effect:
    """Fisher's z of the partial correlation, variance 1/(n − predictors − 2) [ZPCOR] (Fisher 1924, Metron 3:329)."""
    if _residual_df(t, n, predictors) < 2:
        raise ValueError("Fisher's z of a partial correlation needs at least 2 residual df")
    return Effect(_artanh(partial_correlation(t, n, predictors).estimate), 1 / (n - predictors - 2))


def semipartial_correlation(t: float, n: int, predictors: int, r_squared: float) -> Effect:
    """Semi-partial t √(1 − R²)/√df, df = n − predictors − 1 [SPCOR] (Aloe & Becker 2012, J Educ Behav Stat 37:278)."""
    if not 0 <= r_squared <= 1:
        raise ValueError(f"R² lies within 0 to 1, got {r_squared}")
    r = t * math.sqrt((1 - r_squared) / _residual_df(t, n, predictors))
    others = r_squared - r**2
    if others < 0:
        raise ValueError("the squared semi-partial correlation would exceed R²")
    return Effect(r, (r_squared**2 - 2 * r_squared + others + 1 - others**2) / n)


def point_biserial(
    m1: float, sd1: float, n1: int, m2: float, sd2: float, n2: int, *, cross_sectional: bool = False
) -> Effect:
    """Correlation of group with outcome; variance with group sizes fixed, or as they fell out [RPB].

    ValueError as `effects.cohen_d`.

    Source: Tate 1954, Ann Math Stat 25:603 (cross-sectional); delta method of Cohen's d (sizes fixed).
    """
    d, n = cohen_d(m1, sd1, n1, m2, sd2, n2), n1 + n2
    h = (n - 2) / n1 + (n - 2) / n2
    r = d.estimate / math.sqrt(d.estimate**2 + h)
    if cross_sectional:
        return Effect(r, (1 - r**2) ** 2 * (n * r**2 / (4 * n1 * n2) + (2 - 3 * r**2) / (2 * n)))
    return Effect(r, h**2 / (h + d.estimate**2) ** 3 * d.variance)


def biserial(m1: float, sd1: float, n1: int, m2: float, sd2: float, n2: int) -> Effect:
    """Correlation of the outcome with the normal trait that was cut into the two groups [RBIS].

    ValueError as `effects.cohen_d`. May exceed 1, and then its variance is that of 1.

    Source: Soper 1914, Biometrika 10:384; Jacobs & Viechtbauer 2017, Res Synth Methods 8:161.
    """
    n = n1 + n2
    p, q = n1 / n, n2 / n
    z = NORMAL.inv_cdf(q)
    height = NORMAL.pdf(z)
    r = math.sqrt(p * q) / height * point_biserial(m1, sd1, n1, m2, sd2, n2).estimate
    square = min(1.0, r**2)
    factor = 1.5 + (1 - p * z / height) * (1 + q * z / height)
    return Effect(r, (p * q / height**2 - factor * square + square**2) / (n - 1))


def _correlation(r: float, n: int, least: int) -> None:
    if not -1 <= r <= 1:
        raise ValueError(f"a correlation lies within −1 to 1, got {r}")
    if not least <= n < math.inf:
        raise ValueError(f"the variance of a correlation needs n >= {least}, got {n}")


def _artanh(r: float) -> float:
    if abs(r) == 1:
        raise ValueError("Fisher's z of a correlation of ±1 is infinite")
    return math.atanh(r)


def _residual_df(t: float, n: int, predictors: int) -> int:
    if not math.isfinite(t):
        raise ValueError(f"t must be finite, got {t}")
    if predictors < 1 or n - predictors < 2:
        raise ValueError(f"a regression needs predictors >= 1 and n >= predictors + 2, got {predictors} and {n}")
    return n - predictors - 1
