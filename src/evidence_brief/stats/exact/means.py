"""Tests and intervals of means from their printed summaries: mean, SD and number of people.

Means and SDs are whole numbers or Fractions, as printed; squares of SDs stay exact to the end. ValueError for
an SD below 0, fewer people than a statistic needs, and statistics without any variance.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from evidence_brief.stats.exact.core import Group, Limits, Rational, fraction, mpf, mpmath, precise, real, sample
from evidence_brief.stats.exact.tails import p_f, p_t, t_quantile

TTest = tuple[mpf, Fraction, mpf]  # t, degrees of freedom, two-sided P


@precise
def student(m1: Rational, sd1: Rational, n1: int, m2: Rational, sd2: Rational, n2: int) -> TTest:
    """Student's t test of two independent means, as (t, df, P) (Student 1908, Biometrika 6:1)."""
    difference, variance, df = _difference(m1, sd1, n1, m2, sd2, n2, equal_variances=True)
    return _t_test(difference, variance, df)


@precise
def welch(m1: Rational, sd1: Rational, n1: int, m2: Rational, sd2: Rational, n2: int) -> TTest:
    """Welch's t test of two independent means with Satterthwaite's df, as (t, df, P).

    Source: Welch 1938, Biometrika 29:350; Satterthwaite 1946, Biometrics Bull 2:110.
    """
    difference, variance, df = _difference(m1, sd1, n1, m2, sd2, n2, equal_variances=False)
    return _t_test(difference, variance, df)


@precise
def paired(m1: Rational, sd1: Rational, m2: Rational, sd2: Rational, n: int, r: Rational) -> TTest:
    """Paired t test of n pairs whose measurements correlate by r, as (t, df, P); ValueError for |r| > 1.

    Source: Student 1908, Biometrika 6:1; variance of the change: Cochrane Handbook 6.5.2.8.
    """
    (mean1, square1, n), (mean2, square2, _) = sample(m1, sd1, n), sample(m2, sd2, n)
    correlation = fraction("r", r)
    if abs(correlation) > 1:
        raise ValueError(f"r must lie between -1 and 1, got {correlation}")
    square = square1 + square2 - 2 * correlation * fraction("SD", sd1) * fraction("SD", sd2)
    return _t_test(mean1 - mean2, square / n, Fraction(n - 1))


@precise
def of_changes(mean: Rational, sd: Rational, n: int) -> TTest:
    """One-sample t test of n changes, or of one mean against 0, as (t, df, P) (Student 1908, Biometrika 6:1)."""
    change, square, n = sample(mean, sd, n)
    return _t_test(change, square / n, Fraction(n - 1))


@precise
def anova(groups: Sequence[Group]) -> tuple[Fraction, int, int, mpf]:
    """One-way analysis of variance of two or more groups, as (F, df1, df2, P).

    Source: Fisher 1925, Statistical Methods for Research Workers, chapter VII.
    """
    samples = [sample(*group) for group in groups]
    if len(samples) < 2:
        raise ValueError(f"an analysis of variance needs two or more groups, got {len(samples)}")
    people = sum(n for _, _, n in samples)
    total = sum((n * mean for mean, _, n in samples), start=Fraction(0))
    between = sum((n * mean**2 for mean, _, n in samples), start=Fraction(0)) - total**2 / people
    within = sum(((n - 1) * square for _, square, n in samples), start=Fraction(0))
    df1, df2 = len(samples) - 1, people - len(samples)
    if within == 0:
        raise ValueError("an analysis of variance needs some variance within its groups")
    f = (between / df1) / (within / df2)
    return f, df1, df2, p_f(f, df1, df2)


@precise
def welch_anova(groups: Sequence[Group]) -> tuple[Fraction, int, Fraction, mpf]:
    """F, its two degrees of freedom and P of Welch's analysis of variance; ValueError for a group without variance.

    Source: Welch 1951, Biometrika 38:330.
    """
    samples = [sample(*group) for group in groups]
    if any(square == 0 for _, square, _ in samples):
        raise ValueError("Welch's analysis of variance needs some variance within each group")
    k, weights = len(samples), [n / square for _, square, n in samples]
    whole_weight = sum(weights, start=Fraction(0))
    centre = sum((w * mean for w, (mean, _, _) in zip(weights, samples, strict=True)), start=Fraction(0)) / whole_weight
    pairs = zip(weights, samples, strict=True)
    spread = sum(((1 - w / whole_weight) ** 2 / (n - 1) for w, (_, _, n) in pairs), start=Fraction(0))
    between = sum(
        (w * (mean - centre) ** 2 for w, (mean, _, _) in zip(weights, samples, strict=True)), start=Fraction(0)
    )
    f = between / (k - 1) / (1 + Fraction(2 * (k - 2), k**2 - 1) * spread)
    df2 = Fraction(k**2 - 1) / (3 * spread)
    return f, k - 1, df2, p_f(f, k - 1, df2)


@precise
def mean_ci(mean: Rational, sd: Rational, n: int, level: Rational = Fraction(95, 100)) -> Limits:
    """Student's t interval of a mean, n − 1 df (Altman & Gardner 1986, BMJ 292:746)."""
    centre, square, n = sample(mean, sd, n)
    return _t_interval(centre, square / n, Fraction(n - 1), level)


@precise
def mean_difference_ci(
    m1: Rational,
    sd1: Rational,
    n1: int,
    m2: Rational,
    sd2: Rational,
    n2: int,
    level: Rational = Fraction(95, 100),
    *,
    equal_variances: bool = True,
) -> Limits:
    """Interval by t of m1 − m2, with the pooled variance or with Welch's and Satterthwaite's df.

    Source: Altman & Gardner 1986, BMJ 292:746; Welch 1938, Biometrika 29:350.
    """
    difference, variance, df = _difference(m1, sd1, n1, m2, sd2, n2, equal_variances=equal_variances)
    return _t_interval(difference, variance, df, level)


@precise
def cohen_d(m1: Rational, sd1: Rational, n1: int, m2: Rational, sd2: Rational, n2: int) -> mpf:
    """Difference of two means over their pooled SD; ValueError as `hedges_g`.

    Source: Cohen 1988, Statistical Power Analysis, section 2.2.
    """
    difference, variance, _ = _difference(m1, sd1, n1, m2, sd2, n2, equal_variances=True)
    pooled = variance / (Fraction(1, n1) + Fraction(1, n2))
    if pooled == 0:
        raise ValueError("a standardised difference needs a pooled SD above 0")
    return real("difference", difference) / mpmath.sqrt(real("variance", pooled))


@precise
def hedges_g(m1: Rational, sd1: Rational, n1: int, m2: Rational, sd2: Rational, n2: int) -> mpf:
    """Standardised mean difference (m1 − m2)/pooled SD, times the exact J = Γ(df/2)/(√(df/2) Γ((df − 1)/2)).

    ValueError unless df = n1 + n2 − 2 is 2 or more and the pooled SD above 0.

    Source: Hedges 1981, J Educ Stat 6:107, equation 6e.
    """
    d, half = cohen_d(m1, sd1, n1, m2, sd2, n2), real("df", Fraction(n1 + n2 - 2)) / 2
    j = mpmath.exp(mpmath.loggamma(half) - mpmath.loggamma(half - mpf(1) / 2)) / mpmath.sqrt(half)
    return j * d


def _difference(
    m1: Rational, sd1: Rational, n1: int, m2: Rational, sd2: Rational, n2: int, *, equal_variances: bool
) -> tuple[Fraction, Fraction, Fraction]:
    """m1 − m2, its variance, and the degrees of freedom of that."""
    (mean1, square1, n1), (mean2, square2, n2) = sample(m1, sd1, n1), sample(m2, sd2, n2)
    if equal_variances:
        df = Fraction(n1 + n2 - 2)
        pooled = ((n1 - 1) * square1 + (n2 - 1) * square2) / df
        return mean1 - mean2, pooled / n1 + pooled / n2, df
    of1, of2 = square1 / n1, square2 / n2
    if of1 + of2 == 0:
        raise ValueError("a t statistic needs some variance")
    return mean1 - mean2, of1 + of2, (of1 + of2) ** 2 / (of1**2 / (n1 - 1) + of2**2 / (n2 - 1))


def _t_test(difference: Fraction, variance: Fraction, df: Fraction) -> TTest:
    if variance == 0:
        raise ValueError("a t statistic needs some variance")
    t = real("difference", difference) / mpmath.sqrt(real("variance", variance))
    return t, df, p_t(t, df)


def _t_interval(centre: Fraction, variance: Fraction, df: Fraction, level: Rational) -> Limits:
    half_width = t_quantile(df, level) * mpmath.sqrt(real("variance", variance))
    return real("centre", centre) - half_width, real("centre", centre) + half_width
