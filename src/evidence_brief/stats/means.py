"""Tests of means from their printed summaries: mean, standard deviation (SD) and number of people.

P values are two-sided; a one-sided test in the observed direction has half of it. Statistics are undefined without
any variance, which raises ValueError, as do n < 2, a negative SD and numbers that are not finite.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from evidence_brief.stats.distributions import p_f, p_t, p_z

Group = tuple[float, float, int]
"""Mean, SD and n of one group."""

LARGEST = 1e150
"""Means and SDs must be smaller, so that their squares are floats."""


@dataclass(frozen=True)
class TTest:
    """A t test: t (its sign is that of the first mean less the second), degrees of freedom, two-sided P."""

    t: float
    df: float
    p: float


@dataclass(frozen=True)
class ZTest:
    """A z test: z, of the first mean less the second, and two-sided P."""

    z: float
    p: float


@dataclass(frozen=True)
class FTest:
    """An F test: F, its two degrees of freedom, and P."""

    f: float
    df1: float
    df2: float
    p: float


def student(mean1: float, sd1: float, n1: int, mean2: float, sd2: float, n2: int) -> TTest:
    """Student's t test of two independent means, equal variances, n1 + n2 − 2 df (Student 1908, Biometrika 6:1)."""
    variance = pooled_sd([(mean1, sd1, n1), (mean2, sd2, n2)]) ** 2
    return _t_test(mean1 - mean2, variance * (1 / n1 + 1 / n2), n1 + n2 - 2)


def welch(mean1: float, sd1: float, n1: int, mean2: float, sd2: float, n2: int) -> TTest:
    """Welch's t test of two independent means, with Satterthwaite's degrees of freedom.

    Source: Welch 1938, Biometrika 29:350; Satterthwaite 1946, Biometrics Bull 2:110.
    """
    first, second = _variance_of_mean(mean1, sd1, n1), _variance_of_mean(mean2, sd2, n2)
    if not first + second:
        raise _no_variance()
    share = first / (first + second)
    return _t_test(mean1 - mean2, first + second, 1 / (share**2 / (n1 - 1) + (1 - share) ** 2 / (n2 - 1)))


def z_test(mean1: float, sd1: float, n1: int, mean2: float, sd2: float, n2: int) -> ZTest:
    """Two independent means of large groups by z, with the variance of each (Altman 1991, 8.4 and 9.6)."""
    variance = _variance_of_mean(mean1, sd1, n1) + _variance_of_mean(mean2, sd2, n2)
    if not variance:
        raise _no_variance()
    z = (mean1 - mean2) / math.sqrt(variance)
    return ZTest(z, p_z(z))


def paired(mean1: float, sd1: float, mean2: float, sd2: float, n: int, r: float) -> TTest:
    """Paired t test of n pairs whose two measurements correlate by `r`, n − 1 df; ValueError for |r| > 1.

    Source: Student 1908, Biometrika 6:1; SD of the change: Cochrane Handbook 6.5.2.8.
    """
    if not abs(r) <= 1:
        raise ValueError(f"a correlation lies between -1 and 1, got {r}")
    _check(mean1, sd1, n)
    _check(mean2, sd2, n)
    variance = (sd1 - sd2) ** 2 + 2 * (1 - r) * sd1 * sd2
    return _t_test(mean1 - mean2, variance / n, n - 1)


def of_changes(mean_change: float, sd_change: float, n: int) -> TTest:
    """Student's t test of n changes, or of one sample against 0, n − 1 df (Student 1908, Biometrika 6:1)."""
    return _t_test(mean_change, _variance_of_mean(mean_change, sd_change, n), n - 1)


def anova(groups: Sequence[Group]) -> FTest:
    """One-way analysis of variance, equal variances, k − 1 and N − k df (Fisher 1925, Statistical Methods, VII).

    ValueError for fewer than two groups.
    """
    _check_groups(groups, 2)
    total, mean, _ = combine(groups)
    between = math.fsum(n * (m - mean) ** 2 for m, _, n in groups)
    df1, df2, variance = len(groups) - 1, total - len(groups), pooled_sd(groups) ** 2
    if not variance:
        raise _no_variance()
    f = between / df1 / variance
    return FTest(f, df1, df2, p_f(f, df1, df2))


def welch_anova(groups: Sequence[Group]) -> FTest:
    """Welch's analysis of variance, unequal variances (Welch 1951, Biometrika 38:330).

    ValueError for fewer than two groups, or a group without variance.
    """
    _check_groups(groups, 2)
    if not all(_variance_of_mean(*group) for group in groups):
        raise _no_variance()
    k, weights = len(groups), [n / sd**2 for _, sd, n in groups]
    total = math.fsum(weights)
    mean = math.fsum(w * m for w, (m, _, _) in zip(weights, groups, strict=True)) / total
    between = math.fsum(w * (m - mean) ** 2 for w, (m, _, _) in zip(weights, groups, strict=True)) / (k - 1)
    spread = math.fsum((1 - w / total) ** 2 / (n - 1) for w, (_, _, n) in zip(weights, groups, strict=True))
    f = between / (1 + 2 * (k - 2) / (k**2 - 1) * spread)
    df2 = (k**2 - 1) / (3 * spread)
    return FTest(f, k - 1, df2, p_f(f, k - 1, df2))


def pooled_sd(groups: Sequence[Group]) -> float:
    """SD within groups, weighted by degrees of freedom (Cohen 1988, Statistical Power Analysis, 2.5.2)."""
    _check_groups(groups, 1)
    return math.sqrt(math.fsum((n - 1) * sd**2 for _, sd, n in groups) / sum(n - 1 for _, _, n in groups))


def combine(groups: Sequence[Group]) -> tuple[int, float, float]:
    """n, mean and SD of all people of several groups taken together (Cochrane Handbook 6.5.2.10, exact)."""
    _check_groups(groups, 1)
    total = sum(n for _, _, n in groups)
    mean = math.fsum(n * m for m, _, n in groups) / total
    squares = math.fsum((n - 1) * sd**2 + n * (m - mean) ** 2 for m, sd, n in groups)
    return total, mean, math.sqrt(squares / (total - 1))


def implied_r(sd1: float, sd2: float, sd_change: float) -> float:
    """Correlation of two measurements that their SDs and that of the change imply; beyond −1 to 1, they conflict.

    ValueError unless sd1 and sd2 are above 0. Source: Cochrane Handbook 6.5.2.8.
    """
    if not (0 < sd1 < math.inf and 0 < sd2 < math.inf and 0 <= sd_change < math.inf):
        raise ValueError(f"standard deviations must be above 0, that of the change at least 0, got {sd1}, {sd2}")
    return (sd1**2 + sd2**2 - sd_change**2) / (2 * sd1 * sd2)


def p_of_r(
    mean1: float, sd1: float, mean2: float, sd2: float, n: int, steps: int = 200
) -> tuple[tuple[float, float], ...]:
    """The P value of the paired t test at `steps` + 1 correlations from −1 to 1, as (r, P), to be plotted.

    A correlation that leaves the change no variance is left out.
    """
    grid = [2 * i / steps - 1 for i in range(steps + 1)]
    varies = [r for r in grid if (sd1 - sd2) ** 2 + 2 * (1 - r) * sd1 * sd2 > 0]
    return tuple((r, paired(mean1, sd1, mean2, sd2, n, r).p) for r in varies)


def _t_test(difference: float, variance: float, df: float) -> TTest:
    if not variance:
        raise _no_variance()
    t = difference / math.sqrt(variance)
    return TTest(t, df, p_t(t, df))


def _variance_of_mean(mean: float, sd: float, n: int) -> float:
    _check(mean, sd, n)
    return sd**2 / n


def _check_groups(groups: Sequence[Group], fewest: int) -> None:
    if len(groups) < fewest:
        raise ValueError(f"at least {fewest} group{'s are' if fewest > 1 else ' is'} needed, got {len(groups)}")
    for group in groups:
        _check(*group)


def _check(mean: float, sd: float, n: int) -> None:
    if not (abs(mean) < LARGEST and 0 <= sd < LARGEST):
        raise ValueError(f"mean and sd must be finite and sd at least 0, got mean {mean}, sd {sd}")
    if n < 2:
        raise ValueError(f"a standard deviation needs n >= 2, got n = {n}")


def _no_variance() -> ValueError:
    return ValueError("a test of means is undefined where no value varies: the standard deviations leave no variance")
