"""How far a result holds: E-value, fragility, posterior probability, multiplicity; and estimate against interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from evidence_brief.stats.exact import conditional
from evidence_brief.stats.exact.core import Rational, fraction, mpf, mpmath, precise, real, two_groups
from evidence_brief.stats.exact.tails import p_z, z_quantile

LEVEL = Fraction(95, 100)


@precise
def e_value(relative_risk: Rational | mpf) -> mpf:
    """E-value of a relative risk above 0: RR + √(RR (RR − 1)), of the reciprocal below 1.

    Source: VanderWeele & Ding 2017, Ann Intern Med 167:268.
    """
    ratio = real("relative risk", relative_risk)
    if ratio <= 0:
        raise ValueError(f"a relative risk must be above 0, got {ratio}")
    ratio = max(ratio, 1 / ratio)
    return ratio + mpmath.sqrt(ratio * (ratio - 1))


def fragility_index(x1: int, n1: int, x2: int, n2: int, alpha: Rational = Fraction(5, 100)) -> int | None:
    """Patients of the group with fewer events who must have had one for Fisher's P to be alpha or more.

    0 where it is so already. Where both have equally many events, the group with the lower risk. None where no
    number does, or beyond the WORK_BOUND of `conditional` in all tries together.

    Source: Walsh et al. 2014, J Clin Epidemiol 67:622.
    """
    x1, n1, x2, n2 = two_groups(x1, n1, x2, n2)
    if (x2, -n2) < (x1, -n1):
        x1, n1, x2, n2 = x2, n2, x1, n1
    bar, work = fraction("alpha", alpha), 0
    for added in range(n1 - x1 + 1):
        work += conditional.tables_with(n1, n2, x1 + added + x2) * (n1 + n2)
        table = conditional.conditional(x1 + added, n1, x2, n2) if work <= conditional.WORK_BOUND else None
        if table is None:
            return None
        if conditional.fisher(table) >= bar:
            return added
    return None


def reverse_fragility_index(x1: int, n1: int, x2: int, n2: int, alpha: Rational = Fraction(5, 100)) -> int | None:
    """Patients of the group with fewer events who must not have had theirs for Fisher's P to be below alpha.

    0 where it is so already; ties and bounds as `fragility_index`; None where even no event leaves P above.

    Source: Khan et al. 2020, JAMA Netw Open 3:e2012469.
    """
    x1, n1, x2, n2 = two_groups(x1, n1, x2, n2)
    if (x2, -n2) < (x1, -n1):
        x1, n1, x2, n2 = x2, n2, x1, n1
    bar, work = fraction("alpha", alpha), 0
    for left in range(x1, -1, -1):
        work += conditional.tables_with(n1, n2, left + x2) * (n1 + n2)
        table = conditional.conditional(left, n1, x2, n2) if work <= conditional.WORK_BOUND else None
        if table is None:
            return None
        if conditional.fisher(table) < bar:
            return x1 - left
    return None


def probability_greater(x1: int, n1: int, x2: int, n2: int) -> Fraction | None:
    """Posterior probability of p1 > p2 under independent uniform priors; None beyond `conditional.WORK_BOUND`.

    P(p1 > p) is the chance of x1 or fewer successes in n1 + 1 throws, Σ C(n1 + 1, i) pⁱ (1 − p)^(n1 + 1 − i).
    Each term integrated against p2 ~ Beta(x2 + 1, n2 − x2 + 1) is a ratio of factorials.

    Source: Altham 1969, J R Stat Soc B 31:261, section 2.
    """
    x1, n1, x2, n2 = two_groups(x1, n1, x2, n2)
    if (x1 + 1) * (n1 + n2) > conditional.WORK_BOUND:
        return None
    before, after = 1, math.comb(n2 - x2 + n1 + 1, n1 + 1)  # C(x2 + i, i) and C(n2 − x2 + n1 + 1 − i, n1 + 1 − i)
    ways = before * after
    for i in range(x1):
        before = before * (x2 + i + 1) // (i + 1)
        after = after * (n1 + 1 - i) // (n2 - x2 + n1 + 1 - i)
        ways += before * after
    return Fraction(ways, math.comb(n1 + n2 + 2, n1 + 1))


def holm(p: Sequence[Rational]) -> list[Fraction]:
    """Holm's adjusted P values in the given order: the largest of (m − j + 1) p₍ⱼ₎ over all p₍ⱼ₎ up to each, at most 1.

    ValueError unless 0 <= P <= 1. Source: Holm 1979, Scand J Stat 6:65.
    """
    values = [fraction("P", value) for value in p]
    if any(not 0 <= value <= 1 for value in values):
        raise ValueError(f"P values must lie between 0 and 1, got {values}")
    steps = [(value, (len(values) - before) * value) for before, value in enumerate(sorted(values))]
    return [min(Fraction(1), max(step for other, step in steps if other <= value)) for value in values]


@precise
def se_from_ci(low: Rational, high: Rational, level: Rational = LEVEL, *, log: bool) -> mpf:
    """Standard error that the limits imply, on the log scale for ratios: their distance over 2 z.

    ValueError unless low <= high, and above 0 for ratios. Source: Altman & Bland 2011, BMJ 343:d2304.
    """
    lower, upper = _on_scale("low", low, log), _on_scale("high", high, log)
    if lower > upper:
        raise ValueError(f"the lower limit must not be above the upper one, got {low} and {high}")
    return (upper - lower) / (2 * z_quantile(level))


@precise
def p_from_ci(estimate: Rational, low: Rational, high: Rational, level: Rational = LEVEL, *, log: bool) -> mpf:
    """Two-sided P of the estimate over the standard error that the limits imply, against 1 (ratios) or 0.

    ValueError as `se_from_ci`, and where both limits are equal. Source: Altman & Bland 2011, BMJ 343:d2304.
    """
    error = se_from_ci(low, high, level, log=log)
    if error == 0:
        raise ValueError("limits that are equal imply no standard error")
    return p_z(_on_scale("estimate", estimate, log) / error)


def _on_scale(name: str, value: Rational, log: bool) -> mpf:
    number = real(name, value)
    if not log:
        return number
    if number <= 0:
        raise ValueError(f"{name} of a ratio must be above 0, got {number}")
    return mpmath.log(number)
