"""Effect sizes of change, or of matched pairs: two measurements of the same n, or pairs in a 2×2 table.

`r` is the correlation of the two measurements; where only the SD of the changes is printed, pass it as sd1 with
sd2 = 0 and r = 0. Pairs: a with the event both times, b at the first only, c at the second only, d never.
Names in brackets are those of R's metafor (Viechtbauer 2010, J Stat Softw 36(3)). ValueError unless means and
SDs are finite, SDs >= 0 (above 0 where they divide), n >= 2 and −1 <= r <= 1; counts whole and 0 or more.
"""

from __future__ import annotations

import math

from evidence_brief.stats.effects import Effect, sample, small_sample_correction, spread
from evidence_brief.stats.limits import whole


def sd_of_changes(sd1: float, sd2: float, r: float) -> float:
    """√(sd1² + sd2² − 2 r sd1 sd2) (Cochrane Handbook 6.3, section 6.5.2.8)."""
    if not -1 <= r <= 1:
        raise ValueError(f"a correlation lies within −1 to 1, got {r}")
    return math.sqrt((sd1 - sd2) ** 2 + 2 * (1 - r) * sd1 * sd2)


def mean_change(m1: float, sd1: float, m2: float, sd2: float, n: int, r: float) -> Effect:
    """m1 − m2, variance (SD of the changes)²/n [MC] (Cochrane Handbook 6.3, section 23.2.7)."""
    _both(m1, sd1, m2, sd2, n)
    return Effect(m1 - m2, sd_of_changes(sd1, sd2, r) ** 2 / n)


def standardised_by_changes(
    m1: float, sd1: float, m2: float, sd2: float, n: int, r: float, *, corrected: bool = True
) -> Effect:
    """(m1 − m2)/SD of the changes, Cohen's d_z; J on n − 1 df, variance 1/n + d²/(2n) [SMCC].

    Source: Gibbons, Hedeker & Davis 1993, J Educ Stat 18:271, equation 21, with n for n − 1.
    """
    _both(m1, sd1, m2, sd2, n)
    d = (m1 - m2) / spread(sd_of_changes(sd1, sd2, r)) * _j(n - 1, corrected)
    return Effect(d, 1 / n + d**2 / (2 * n))


def standardised_by_first(m1: float, sd1: float, m2: float, n: int, r: float, *, corrected: bool = True) -> Effect:
    """(m1 − m2)/sd1; J on n − 1 df, variance 2(1 − r)/n + d²/(2n), SDs equal [SMCR].

    Source: Becker 1988, Br J Math Stat Psychol 41:257, equation 13.
    """
    _both(m1, sd1, m2, sd1, n)
    d = (m1 - m2) / spread(sd1) * _j(n - 1, corrected)
    return Effect(d, (sd_of_changes(1, 1, r) ** 2 + d**2 / 2) / n)


def standardised_by_first_unequal_variances(
    m1: float, sd1: float, m2: float, sd2: float, n: int, r: float, *, corrected: bool = True
) -> Effect:
    """(m1 − m2)/sd1; J on n − 1 df, where the two SDs may differ [SMCRH].

    Source: Bonett 2008, Psychol Methods 13:99, equation 13.
    """
    _both(m1, sd1, m2, sd2, n)
    d = (m1 - m2) / spread(sd1) * _j(n - 1, corrected)
    return Effect(d, ((sd_of_changes(sd1, sd2, r) / sd1) ** 2 + d**2 / 2) / (n - 1))


def standardised_by_average(
    m1: float,
    sd1: float,
    m2: float,
    sd2: float,
    n: int,
    r: float,
    *,
    equal_variances: bool = True,
    corrected: bool = True,
) -> Effect:
    """(m1 − m2)/√((sd1² + sd2²)/2), Cohen's d_av; J on 2(n − 1)/(1 + r²) df [SMCRP; SMCRPH where unequal].

    Source: Cousineau 2020, Quant Methods Psychol 16:418, equation 2; Bonett 2008, Psychol Methods 13:99,
    equation 10 (unequal variances).
    """
    _both(m1, sd1, m2, sd2, n)
    square = spread((sd1**2 + sd2**2) / 2)
    changes = sd_of_changes(sd1, sd2, r)
    d = (m1 - m2) / math.sqrt(square) * _j(2 * (n - 1) / (1 + r**2), corrected)
    if equal_variances:
        return Effect(d, (2 * (1 - r) + d**2 * (1 + r**2) / 4) / n)
    of_d = d**2 * (sd1**4 + sd2**4 + 2 * (r * sd1 * sd2) ** 2) / (8 * square**2)
    return Effect(d, (changes**2 / square + of_d) / (n - 1))


def log_ratio_of_paired_means(
    m1: float, sd1: float, m2: float, sd2: float, n: int, r: float, *, corrected: bool = False
) -> Effect:
    """ln(m1/m2) of paired data [ROMC: metafor corrects for small samples].

    ValueError also unless both means have one sign and are not 0.

    Source: Lajeunesse 2011, Ecology 92:2049, equation 6; correction for small samples: Senior, Viechtbauer &
    Nakagawa 2020, Res Synth Methods 11:553, equation 7.
    """
    _both(m1, sd1, m2, sd2, n)
    if not m1 * m2 > 0:
        raise ValueError(f"a ratio of means needs two means of one sign, got {m1} and {m2}")
    cv1, cv2 = sd1 / m1, sd2 / m2
    variance = sd_of_changes(cv1, cv2, r) ** 2 / n
    return Effect(math.log(m1 / m2) + ((cv1**2 - cv2**2) / (2 * n) if corrected else 0.0), variance)


def log_paired_variability_ratio(sd1: float, sd2: float, n: int, r: float) -> Effect:
    """ln(sd1/sd2), variance (1 − r²)/(n − 1) [VRC] (Senior et al. 2020, equations 8 and 21)."""
    _both(0, spread(sd1), 0, spread(sd2), n)
    sd_of_changes(sd1, sd2, r)
    return Effect(math.log(sd1 / sd2), (1 - r**2) / (n - 1))


def paired_risk_difference(a: int, b: int, c: int, d: int) -> Effect:
    """(b − c)/n, Wald's variance [MPRD]; ValueError without pairs.

    Source: Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, section 13.1.
    """
    a, b, c, d = _pairs(a, b, c, d)
    n = a + b + c + d
    return Effect((b - c) / n, ((b + c) * n - (b - c) ** 2) / n**3)


def log_paired_risk_ratio(a: int, b: int, c: int, d: int) -> Effect:
    """ln((a + b)/(a + c)), variance (b + c)/((a + b)(a + c)) [MPRR]; ValueError where either has no event.

    Source: Zou 2007, Stat Med 26:1872; Elbourne et al. 2002, Int J Epidemiol 31:140.
    """
    a, b, c, d = _pairs(a, b, c, d)
    if not (a + b and a + c):
        raise ValueError("a paired risk ratio needs events at both measurements")
    return Effect(math.log((a + b) / (a + c)), (b + c) / ((a + b) * (a + c)))


def log_paired_marginal_odds_ratio(a: int, b: int, c: int, d: int) -> Effect:
    """Log odds ratio of the margins (a + b of n, a + c of n) [MPOR]; ValueError where a margin is empty.

    Source: Zou 2007, Stat Med 26:1872; Elbourne et al. 2002, Int J Epidemiol 31:140.
    """
    a, b, c, d = _pairs(a, b, c, d)
    n, margins = a + b + c + d, (a + b) * (c + d) * (a + c) * (b + d)
    if not margins:
        raise ValueError("a marginal odds ratio needs events and non-events at both measurements")
    return Effect(math.log((a + b) * (b + d) / ((c + d) * (a + c))), ((b + c) * n - (b - c) ** 2) * n / margins)


def log_paired_odds_ratio(b: int, c: int, *, peto: bool = False) -> Effect:
    """ln(b/c), variance 1/b + 1/c, conditional on the pairs that differ [MPORC], or Peto's way [MPPETO].

    Peto's is (b − (b + c)/2)/V with V = (b + c)/4. ValueError where b or c is 0 (Peto's: both).

    Source: Curtin, Elbourne & Altman 2002, Stat Med 21:2131.
    """
    b, c = whole(b, c)
    if not (b + c if peto else b * c):
        raise ValueError(f"a conditional odds ratio needs pairs that differ, got {b} and {c}")
    if peto:
        return Effect(2 * (b - c) / (b + c), 4 / (b + c))
    return Effect(math.log(b / c), 1 / b + 1 / c)


def _both(m1: float, sd1: float, m2: float, sd2: float, n: int) -> None:
    sample(m1, sd1, n)
    sample(m2, sd2, n)


def _j(df: float, corrected: bool) -> float:
    return small_sample_correction(df) if corrected else 1.0


def _pairs(a: int, b: int, c: int, d: int) -> tuple[int, ...]:
    counts = whole(a, b, c, d)
    if not sum(counts):
        raise ValueError("matched pairs need at least one pair")
    return counts
