"""Rarer effect sizes of two independent groups, and measures of one group, from means and SDs.

Names in brackets are those of R's metafor (Viechtbauer 2010, J Stat Softw 36(3)). Arguments and errors as in
`effects`: finite means and SDs, SDs above 0 where they divide or stand in a logarithm, n >= 2, else ValueError.
"""

from __future__ import annotations

import math
from statistics import NormalDist

from evidence_brief.stats.effects import Effect, cohen_d, sample, small_sample_correction, spread
from evidence_brief.stats.limits import tail

NORMAL = NormalDist()


def smd_unequal_variances(
    m1: float, sd1: float, n1: int, m2: float, sd2: float, n2: int, *, corrected: bool = True
) -> Effect:
    """(m1 − m2)/√((sd1² + sd2²)/2), corrected by the exact J on n1 + n2 − 2 df [SMDH].

    Source: Bonett 2008, Psychol Methods 13:99, equation 8; Bonett 2009, Psychol Methods 14:225, equation 5.
    """
    sample(m1, sd1, n1)
    sample(m2, sd2, n2)
    square = (sd1**2 + sd2**2) / 2
    d = (m1 - m2) / math.sqrt(spread(square)) * (small_sample_correction(n1 + n2 - 2) if corrected else 1.0)
    of_d = d**2 * (sd1**4 / (n1 - 1) + sd2**4 / (n2 - 1)) / (8 * square**2)
    return Effect(d, of_d + (sd1**2 / (n1 - 1) + sd2**2 / (n2 - 1)) / square)


def cohen_d_ci(d: float, n1: int, n2: int, level: float = 0.95) -> tuple[float, float]:
    """Interval of Cohen's d (not g) by the noncentral t distribution, n1 + n2 − 2 df, as (lower, upper).

    ValueError unless d is finite, n >= 2 and 0 < level < 1.

    Source: Hedges & Olkin 1985, Statistical Methods for Meta-Analysis, section 5.D; Steiger & Fouladi 1997.
    """
    from scipy.optimize import brentq  # here, because importing SciPy takes long
    from scipy.special import nctdtr

    sample(d, 0, n1)
    sample(d, 0, n2)
    outside, df, scale = tail(level), n1 + n2 - 2, math.sqrt(1 / n1 + 1 / n2)
    t = d / scale

    def limit(probability: float, step: float) -> float:
        end = t + step
        while (nctdtr(df, end, t) > probability) == (step > 0):
            end += step
        return float(brentq(lambda nc: nctdtr(df, nc, t) - probability, end - step, end, xtol=1e-13, rtol=1e-13))

    spacing = math.sqrt(1 + t**2 / (2 * df))
    return limit(1 - outside, -spacing) * scale, limit(outside, spacing) * scale


def glass_delta_unequal_variances(
    m1: float, sd1: float, n1: int, m2: float, sd2: float, n2: int, *, corrected: bool = True
) -> Effect:
    """(m1 − m2)/sd2, corrected by the exact J on n2 − 1 df, where the variances may differ [SMD1H].

    Source: Bonett 2008, Psychol Methods 13:99, equation 12.
    """
    sample(m1, sd1, n1)
    sample(m2, spread(sd2), n2)
    d = (m1 - m2) / sd2 * (small_sample_correction(n2 - 1) if corrected else 1.0)
    return Effect(d, (sd1 / sd2) ** 2 / (n1 - 1) + 1 / (n2 - 1) + d**2 / (2 * (n2 - 1)))


def d_to_log_odds_ratio(
    m1: float, sd1: float, n1: int, m2: float, sd2: float, n2: int, *, logistic: bool = True
) -> Effect:
    """Cohen's d times π/√3 [D2ORL], or 1.65 for normal outcomes [D2ORN]: a log odds ratio.

    Source: Hasselblad & Hedges 1995, Psychol Bull 117:167; Cox & Snell 1989, Analysis of Binary Data, 1.65.
    """
    d, factor = cohen_d(m1, sd1, n1, m2, sd2, n2), math.pi / math.sqrt(3) if logistic else 1.65
    return Effect(factor * d.estimate, factor**2 * d.variance)


def log_variability_ratio(sd1: float, n1: int, sd2: float, n2: int) -> Effect:
    """ln(sd1/sd2) + 1/(2(n1 − 1)) − 1/(2(n2 − 1)) [VR].

    Source: Nakagawa et al. 2015, Methods Ecol Evol 6:143, equations 9 and 10.
    """
    first, second = log_sd(sd1, n1), log_sd(sd2, n2)
    return Effect(first.estimate - second.estimate, first.variance + second.variance)


def log_cv_ratio(m1: float, sd1: float, n1: int, m2: float, sd2: float, n2: int) -> Effect:
    """Log ratio of the coefficients of variation sd/mean, corrected for small samples [CVR].

    ValueError also unless both means are above 0.

    Source: Senior, Viechtbauer & Nakagawa 2020, Res Synth Methods 11:553, equations 6 and 13.
    """
    first, second = log_cv(m1, sd1, n1), log_cv(m2, sd2, n2)
    correction = ((sd2 / m2) ** 2 / n2 - (sd1 / m1) ** 2 / n1) / 2
    return Effect(first.estimate - second.estimate + correction, first.variance + second.variance)


def log_mean(mean: float, sd: float, n: int) -> Effect:
    """ln(mean), variance sd²/(n mean²) [MNLN]; ValueError unless the mean is above 0.

    Source: Nakagawa et al. 2015, Methods Ecol Evol 6:143.
    """
    sample(mean, sd, n)
    if not mean > 0:
        raise ValueError(f"the logarithm of a mean needs a mean above 0, got {mean}")
    return Effect(math.log(mean), sd**2 / (n * mean**2))


def log_sd(sd: float, n: int) -> Effect:
    """ln(sd) + 1/(2(n − 1)), variance 1/(2(n − 1)) [SDLN].

    Source: Nakagawa et al. 2015, Methods Ecol Evol 6:143, equations 7 and 8.
    """
    sample(0, spread(sd), n)
    return Effect(math.log(sd) + 1 / (2 * (n - 1)), 1 / (2 * (n - 1)))


def log_cv(mean: float, sd: float, n: int) -> Effect:
    """ln(sd/mean) + 1/(2(n − 1)) of positive data [CVLN]; ValueError unless the mean is above 0.

    The term of the correlation of ln(mean) with ln(sd) is left out: it is 0 for normal data.

    Source: Nakagawa et al. 2015, Methods Ecol Evol 6:143, equation 27.
    """
    of_mean, of_sd = log_mean(mean, sd, n), log_sd(sd, n)
    return Effect(of_sd.estimate - of_mean.estimate, of_sd.variance + of_mean.variance)


def standardised_mean(mean: float, sd: float, n: int) -> Effect:
    """mean/sd of one group, corrected by the exact J on n − 1 df, variance 1/n + d²/(2n) [SMN].

    Source: Hedges 1981, J Educ Stat 6:107, for one group.
    """
    sample(mean, spread(sd), n)
    d = small_sample_correction(n - 1) * mean / sd
    return Effect(d, 1 / n + d**2 / (2 * n))


def auc(area: float, n1: int, n2: int, *, hanley: bool = False) -> Effect:
    """Area under the ROC curve, P(X > Y) + ½ P(X = Y), which is also U/(n1 n2) [AUC, CLES].

    Variance by Newcombe's method 4, or Hanley and McNeil's exponential one [LS2], over (n1 − 1)(n2 − 1).
    ValueError unless 0 <= area <= 1 and n >= 2.

    Source: Newcombe 2006, Stat Med 25:559, method 4; Hanley & McNeil 1982, Radiology 143:29, equations 1 and
    2; denominator of Cho, Matthews & Harel 2019, Res Synth Methods 10:88, section 2.4.
    """
    if not 0 <= area <= 1:
        raise ValueError(f"an area under the curve lies within 0 to 1, got {area}")
    sample(area, 0, n1)
    sample(area, 0, n2)
    cells, binomial = (n1 - 1) * (n2 - 1), area * (1 - area)
    if hanley:
        of_x, of_y = area / (2 - area) - area**2, 2 * area**2 / (1 + area) - area**2
        return Effect(area, (binomial + (n1 - 1) * of_x + (n2 - 1) * of_y) / cells)
    size = (n1 + n2) / 2
    return Effect(area, binomial / cells * (2 * size - 1 - (3 * size - 3) / ((2 - area) * (1 + area))))


def auc_binormal(m1: float, sd1: float, n1: int, m2: float, sd2: float, n2: int) -> Effect:
    """Φ((m1 − m2)/√(sd1² + sd2²)), the area under the ROC curve of two normal groups [AUCN, CLESN].

    Source: McGraw & Wong 1992, Psychol Bull 111:361; variance: Goddard & Hinberg 1990, Stat Med 9:325,
    equations 3 and 4 (delta method), over n − 1.
    """
    d = smd_unequal_variances(m1, sd1, n1, m2, sd2, n2, corrected=False)
    return Effect(NORMAL.cdf(d.estimate / math.sqrt(2)), math.exp(-(d.estimate**2) / 2) / (4 * math.pi) * d.variance)
