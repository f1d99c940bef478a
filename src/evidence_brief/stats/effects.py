"""Effect sizes of two independent groups from printed means, SDs and sizes: what a clinical paper reports.

Every measure comes as an `Effect`, estimate and sampling variance, group 1 less (or over) group 2. Rarer ones:
`effect_measures`; counts: `effects_binary`; pairs and changes: `effects_paired`; person-time: `rates`. The
names in brackets are those of R's metafor (Viechtbauer 2010, J Stat Softw 36(3)).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from evidence_brief.stats.limits import normal_quantile, tail

LARGEST_GAMMA = 300
"""Degrees of freedom up to which Γ(df/2) fits a float."""


@dataclass(frozen=True)
class Effect:
    """An effect size and its sampling variance; measures that begin with `log` stay on the log scale."""

    estimate: float
    variance: float

    @property
    def se(self) -> float:
        """Standard error."""
        return math.sqrt(self.variance)

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Wald interval, estimate ± z SE, on the scale of the estimate; ValueError unless 0 < level < 1."""
        half_width = normal_quantile(level) * self.se
        return self.estimate - half_width, self.estimate + half_width


@dataclass(frozen=True)
class MeanDifference:
    """Difference of two means, its t interval, standard error and degrees of freedom."""

    difference: float
    lower: float
    upper: float
    se: float
    df: float


def sample(mean: float, sd: float, n: float) -> None:
    """ValueError unless mean and SD are finite, sd >= 0 and n >= 2."""
    if not (math.isfinite(mean) and math.isfinite(sd) and sd >= 0):
        raise ValueError(f"mean and sd must be finite and sd at least 0, got mean {mean}, sd {sd}")
    if not 2 <= n < math.inf:
        raise ValueError(f"a standard deviation needs n >= 2, got n = {n}")


def spread(sd: float) -> float:
    """The SD that divides a difference; ValueError unless it is above 0."""
    if not sd > 0:
        raise ValueError("a difference cannot be divided by a standard deviation of 0")
    return sd


def pooled_sd(sd1: float, n1: int, sd2: float, n2: int) -> float:
    """SD within the two groups, √(((n1 − 1) sd1² + (n2 − 1) sd2²)/(n1 + n2 − 2)); ValueError as `sample`."""
    sample(0, sd1, n1)
    sample(0, sd2, n2)
    return math.sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / (n1 + n2 - 2))


def mean_difference(
    m1: float,
    sd1: float,
    n1: int,
    m2: float,
    sd2: float,
    n2: int,
    *,
    level: float = 0.95,
    equal_variances: bool = True,
) -> MeanDifference:
    """m1 − m2 with Student's t interval, or Welch's where variances may differ [MD].

    ValueError unless means and SDs are finite, SDs >= 0 and not both 0 (Welch), n >= 2 and 0 < level < 1.

    Source: Altman & Gardner 1986, BMJ 292:746 (pooled); Welch 1947, Biometrika 34:28, with Satterthwaite's df.
    """
    from scipy.special import stdtrit  # here, because importing SciPy takes long

    sample(m1, sd1, n1)
    sample(m2, sd2, n2)
    v1, v2 = sd1**2 / n1, sd2**2 / n2
    if equal_variances:
        se, df = pooled_sd(sd1, n1, sd2, n2) * math.sqrt(1 / n1 + 1 / n2), float(n1 + n2 - 2)
    else:
        spread(v1 + v2)
        se, df = math.sqrt(v1 + v2), (v1 + v2) ** 2 / (v1**2 / (n1 - 1) + v2**2 / (n2 - 1))
    half_width = -float(stdtrit(df, tail(level))) * se
    return MeanDifference(m1 - m2, m1 - m2 - half_width, m1 - m2 + half_width, se, df)


def small_sample_correction(df: float, *, exact: bool = True) -> float:
    """Factor J that makes a standardised mean difference unbiased; ValueError unless df > 1.

    Exact: Γ(df/2)/(√(df/2) Γ((df − 1)/2)); approximate: 1 − 3/(4 df − 1). Papers use both.

    Source: Hedges 1981, J Educ Stat 6:107, equations 6e and 6f; for many df the series of Tricomi & Erdélyi 1951,
    Pac J Math 1:133.
    """
    if not 1 < df < math.inf:
        raise ValueError(f"the correction of a standardised mean difference needs more than 1 df, got {df}")
    if not exact:
        return 1 - 3 / (4 * df - 1)
    if df <= LARGEST_GAMMA:
        return math.gamma(df / 2) / math.gamma((df - 1) / 2) / math.sqrt(df / 2)
    # The difference of two large log-gammas would lose digits; this series of Γ(x + ½)/(Γ(x) √x) does not.
    y = 2 / (df - 1)
    series = 1 - y / 8 + y**2 / 128 + 5 * y**3 / 1024 - 21 * y**4 / 32768 - 399 * y**5 / 262144
    return math.sqrt((df - 1) / df) * series


def cohen_d(m1: float, sd1: float, n1: int, m2: float, sd2: float, n2: int) -> Effect:
    """(m1 − m2)/pooled SD, variance 1/n1 + 1/n2 + d²/(2(n1 + n2)) [SMD without correction].

    ValueError unless means and SDs are finite, SDs >= 0 and not both 0, and n >= 2.

    Source: Cohen 1988, Statistical Power Analysis, section 2.2; Borenstein et al. 2009, Introduction to
    Meta-Analysis, equations 4.18 and 4.20.
    """
    sample(m1, sd1, n1)
    sample(m2, sd2, n2)
    d = (m1 - m2) / spread(pooled_sd(sd1, n1, sd2, n2))
    return Effect(d, 1 / n1 + 1 / n2 + d**2 / (2 * (n1 + n2)))


def hedges_g(
    m1: float,
    sd1: float,
    n1: int,
    m2: float,
    sd2: float,
    n2: int,
    *,
    exact: bool = True,
    variance: Literal["hedges", "borenstein", "unbiased"] = "hedges",
) -> Effect:
    """J d, with the exact or the approximate J of `small_sample_correction` on n1 + n2 − 2 df [SMD].

    `variance`: "hedges" is 1/n1 + 1/n2 + g²/(2(n1 + n2)) (Hedges 1982, Psychol Bull 92:490, equation 8;
    metafor's LS), "borenstein" J² times the variance of d (Borenstein et al. 2009, equation 4.24; LS2),
    "unbiased" 1/n1 + 1/n2 + (1 − (df − 2)/(df J²)) g² (Hedges 1983, Psychol Bull 93:388, equation 9; UB).
    ValueError as `cohen_d`.
    """
    d, j = cohen_d(m1, sd1, n1, m2, sd2, n2), small_sample_correction(n1 + n2 - 2, exact=exact)
    g = j * d.estimate
    if variance == "borenstein":
        return Effect(g, j**2 * d.variance)
    df = n1 + n2 - 2
    share = 1 / (2 * (n1 + n2)) if variance == "hedges" else 1 - (df - 2) / (df * j**2)
    return Effect(g, 1 / n1 + 1 / n2 + share * g**2)


def glass_delta(
    m1: float, n1: int, m2: float, sd2: float, n2: int, *, corrected: bool = True, exact: bool = True
) -> Effect:
    """(m1 − m2)/sd2, group 2 the controls; corrected by J on n2 − 1 df, variance 1/n1 + 1/n2 + Δ²/(2 n2) [SMD1].

    ValueError unless means are finite, sd2 > 0, n1 >= 1 and n2 >= 2 (3 where corrected).

    Source: Glass 1976, Educ Res 5(10):3; Hedges 1981, J Educ Stat 6:107, section 1.
    """
    sample(m1, sd2, n2)
    sample(m2, spread(sd2), n2)
    if n1 < 1:
        raise ValueError(f"a mean needs n >= 1, got n = {n1}")
    delta = (m1 - m2) / sd2 * (small_sample_correction(n2 - 1, exact=exact) if corrected else 1.0)
    return Effect(delta, 1 / n1 + 1 / n2 + delta**2 / (2 * n2))


def log_ratio_of_means(
    m1: float, sd1: float, n1: int, m2: float, sd2: float, n2: int, *, corrected: bool = False
) -> Effect:
    """ln(m1/m2), variance sd1²/(n1 m1²) + sd2²/(n2 m2²) [ROM: today's metafor corrects for small samples].

    ValueError unless the means are finite and of one sign, not 0, SDs finite and >= 0, and n >= 2.

    Source: Hedges, Gurevitch & Curtis 1999, Ecology 80:1150, equation 1; correction for small samples:
    Lajeunesse 2015, Ecology 96:2056, equation 8.
    """
    sample(m1, sd1, n1)
    sample(m2, sd2, n2)
    if not m1 * m2 > 0:
        raise ValueError(f"a ratio of means needs two means of one sign, got {m1} and {m2}")
    v1, v2 = sd1**2 / (n1 * m1**2), sd2**2 / (n2 * m2**2)
    return Effect(math.log(m1 / m2) + ((v1 - v2) / 2 if corrected else 0.0), v1 + v2)
