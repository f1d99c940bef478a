"""Ranges of t, F and P of tests of means, when every printed number is the interval of values that print so.

A range holds every value that some numbers in the intervals attain: it never leaves one out. Its ends are attained
but for the outward PRECISION of `distributions`; where the smallest P of Welch's test lies between corners, to about
one part in a thousand of it; and F of more groups than `summary_ends.MOST_CORNERS` is bounded only from above.
Intervals count as closed; what of an SD's interval lies below 0 is cut off.
P values are two-sided; one-sided ones in the observed direction are half of them.
ValueError for n < 2, an empty interval, an SD below 0, and SDs that are all 0, without which no test is defined.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evidence_brief.printed import Interval
from evidence_brief.stats.change_correlations import ROUNDING, correlations_of_change
from evidence_brief.stats.distributions import PRECISION, outward, p_f, p_z, t_square
from evidence_brief.stats.roots import root
from evidence_brief.stats.summary_ends import (
    Ends,
    added,
    between_squares,
    change_variance,
    check_filled,
    check_sizes,
    difference_squares,
    variances,
)
from evidence_brief.stats.welch_range import as_float, lowest_and_highest_p

ALL_R = Interval(Fraction(-1), Fraction(1))
"""Every correlation."""


@dataclass(frozen=True)
class TRange:
    """The smallest and largest |t| (or |z|), and the smallest and largest P."""

    t_low: float
    t_high: float
    p_low: float
    p_high: float

    @property
    def p(self) -> Interval:
        """The range of P."""
        return Interval(Fraction(self.p_low), Fraction(self.p_high))


@dataclass(frozen=True)
class FRange:
    """The smallest and largest F, and the smallest and largest P."""

    f_low: float
    f_high: float
    p_low: float
    p_high: float

    @property
    def p(self) -> Interval:
        """The range of P."""
        return Interval(Fraction(self.p_low), Fraction(self.p_high))


def student_range(m1: Interval, sd1: Interval, n1: int, m2: Interval, sd2: Interval, n2: int) -> TRange:
    """Range of Student's t test of two independent means (source: `means.student`)."""
    check_sizes(n1, n2)
    factor = Fraction(n1 + n2, n1 * n2 * (n1 + n2 - 2))
    variance = added(variances(sd1, factor * (n1 - 1)), variances(sd2, factor * (n2 - 1)))
    return _t_range(_difference(m1, m2), variance, n1 + n2 - 2)


def welch_range(m1: Interval, sd1: Interval, n1: int, m2: Interval, sd2: Interval, n2: int) -> TRange:
    """Range of Welch's t test, whose degrees of freedom change with the SDs (source: `means.welch`)."""
    check_sizes(n1, n2)
    d2, first, second = _difference(m1, m2), variances(sd1, Fraction(1, n1)), variances(sd2, Fraction(1, n2))
    low, high = _ratio(d2, added(first, second))
    p = outward(*lowest_and_highest_p(d2, first, second, n1, n2))
    return TRange(math.sqrt(low), math.sqrt(high), *p)


def z_range(m1: Interval, sd1: Interval, n1: int, m2: Interval, sd2: Interval, n2: int) -> TRange:
    """Range of the z test of two independent means (source: `means.z_test`)."""
    check_sizes(n1, n2)
    variance = added(variances(sd1, Fraction(1, n1)), variances(sd2, Fraction(1, n2)))
    low, high = (math.sqrt(end) for end in _ratio(_difference(m1, m2), variance))
    return TRange(low, high, *outward(p_z(high), p_z(low)))


def paired_range(m1: Interval, sd1: Interval, m2: Interval, sd2: Interval, n: int, r: Interval = ALL_R) -> TRange:
    """Range of the paired t test of n pairs whose measurements correlate by `r` (source: `means.paired`).

    ValueError where the interval of r is empty or reaches beyond −1 to 1.
    """
    check_sizes(n)
    if not -1 <= r.low <= r.high <= 1:
        raise ValueError(f"a correlation lies between -1 and 1, got {r.low} to {r.high}")
    least, most = change_variance(sd1, sd2, r)
    return _t_range(_difference(m1, m2), (least / n, most / n), n - 1)


def changes_range(mean: Interval, sd: Interval, n: int) -> TRange:
    """Range of the t test of n changes, or of one sample against 0 (source: `means.of_changes`)."""
    check_sizes(n)
    zero = Interval(Fraction(0), Fraction(0))
    return _t_range(_difference(mean, zero), variances(sd, Fraction(1, n)), n - 1)


def anova_range(groups: Sequence[tuple[Interval, Interval, int]]) -> FRange:
    """Range of the one-way analysis of variance of groups as (mean, SD, n) (source: `means.anova`).

    ValueError for fewer than two groups.
    """
    if len(groups) < 2:
        raise ValueError(f"at least 2 groups are needed, got {len(groups)}")
    sizes = [n for _, _, n in groups]
    check_sizes(*sizes)
    df1, df2 = len(groups) - 1, sum(sizes) - len(groups)
    least, most = between_squares([mean for mean, _, _ in groups], sizes)
    within = added(*(variances(sd, Fraction(n - 1, df2)) for _, sd, n in groups))
    low, high = _ratio((least / df1, most / df1), within)
    return FRange(low, high, *outward(p_f(high, df1, df2), p_f(low, df1, df2)))


def combined_mean(groups: Sequence[tuple[Interval, int]]) -> Interval:
    """Every mean of all people of several groups, given as (mean, n); ValueError for none, or n < 1.

    Source: Cochrane Handbook 6.5.2.10.
    """
    people = sum(n for _, n in groups)
    if not groups or min(n for _, n in groups) < 1:
        raise ValueError("every group needs one person or more")
    check_filled(*(mean for mean, _ in groups))
    return sum((mean.scaled(Fraction(n, people)) for mean, n in groups), Interval(Fraction(0), Fraction(0)))


def combined_sd(groups: Sequence[tuple[Interval, Interval, int]]) -> Interval:
    """Every SD of all people of several groups, given as (mean, SD, n) (source: Cochrane Handbook 6.5.2.10)."""
    sizes = [n for _, _, n in groups]
    check_sizes(*sizes)
    least, most = between_squares([mean for mean, _, _ in groups], sizes)
    low, high = added((least, most), *(variances(sd, n - 1) for _, sd, n in groups))
    ends = (Fraction(root(square / (sum(sizes) - 1))) for square in (low, high))
    return Interval(next(ends) * (1 - ROUNDING), next(ends) * (1 + ROUNDING))


def implied_r_range(sd1: Interval, sd2: Interval, sd_change: Interval) -> Interval | None:
    """Every correlation of two measurements that their SDs and that of the change allow; None where there is none.

    None means that the three SDs conflict (source: `means.implied_r`).
    """
    return correlations_of_change(sd1, sd2, variances(sd_change))


def needed_r(m1: Interval, sd1: Interval, m2: Interval, sd2: Interval, n: int, p: Interval) -> Interval | None:
    """Every correlation under which the paired t test of n pairs gives a P in `p`, for some numbers in the intervals.

    None where there is none. P lies in `p` whatever the correlation and the numbers only where the `p` of
    `paired_range` does. ValueError for an empty `p`.
    """
    check_sizes(n)
    check_filled(p)
    if p.low > 1 or p.high < 0:
        return None
    least_t2, most_t2 = t_square(min(1.0, float(p.high)), n - 1), t_square(max(0.0, float(p.low)), n - 1)
    d2 = _difference(m1, m2)
    if (d2[0] and not most_t2) or (least_t2 and not d2[1]):
        return None
    # t² = n d² / (variance of the change), hence the variances that give such a P:
    low = n * d2[0] / Fraction(most_t2 * (1 + PRECISION)) if 0 < most_t2 < math.inf else Fraction(0)
    high = n * d2[1] / Fraction(least_t2 * (1 - PRECISION)) if least_t2 else None
    return correlations_of_change(sd1, sd2, (low, high))


def _difference(m1: Interval, m2: Interval) -> Ends:
    check_filled(m1, m2)
    return difference_squares(m1, m2)


def _t_range(d2: Ends, variance: Ends, df: int) -> TRange:
    low, high = _ratio(d2, variance)
    return TRange(math.sqrt(low), math.sqrt(high), *outward(p_f(high, 1, df), p_f(low, 1, df)))


def _ratio(above: Ends, below: Ends) -> tuple[float, float]:
    """Smallest and largest ratio of two that move freely; 0 above 0 counts as 0, anything else above 0 as infinite."""
    if not below[1]:
        raise ValueError("a test of means is undefined where no value varies: the standard deviations are 0")
    largest = as_float(above[1] / below[0]) if below[0] else math.inf
    return as_float(above[0] / below[1]), largest if above[1] else 0.0
