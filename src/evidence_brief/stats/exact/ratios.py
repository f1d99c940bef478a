"""Relative risk and odds ratio of two independent proportions: estimates, and intervals by logarithms or exact.

ValueError unless 0 <= x <= n, n >= 1 and 0 < level < 1. The score intervals stand in `score`.
"""

from __future__ import annotations

from fractions import Fraction

from evidence_brief.stats.exact.conditional import WORK_BOUND, event_weights, tables_with
from evidence_brief.stats.exact.core import Limits, Rational, mpf, mpmath, outside, precise, real, root, two_groups
from evidence_brief.stats.exact.tails import z_quantile

LEVEL = Fraction(95, 100)
TABLES_BOUND = 20_000  # of the exact interval: some two seconds
FARTHEST = 1 - mpf(10) ** -15  # the odds ratio 10¹⁵, as a share of 1


def relative_risk(x1: int, n1: int, x2: int, n2: int) -> Fraction | None:
    """(x1/n1)/(x2/n2); None where x2 = 0."""
    x1, n1, x2, n2 = two_groups(x1, n1, x2, n2)
    return Fraction(x1 * n2, x2 * n1) if x2 else None


def odds_ratio(x1: int, n1: int, x2: int, n2: int) -> Fraction | None:
    """x1 (n2 − x2)/(x2 (n1 − x1)); None where x2 = 0 or x1 = n1."""
    x1, n1, x2, n2 = two_groups(x1, n1, x2, n2)
    return Fraction(x1 * (n2 - x2), x2 * (n1 - x1)) if x2 and x1 < n1 else None


@precise
def relative_risk_log(x1: int, n1: int, x2: int, n2: int, level: Rational = LEVEL) -> Limits | None:
    """RR exp(±z √(1/x1 − 1/n1 + 1/x2 − 1/n2)); None without events in a group.

    Source: Katz, Baptista, Azen & Pike 1978, Biometrics 34:469, method C.
    """
    ratio = relative_risk(x1, n1, x2, n2)
    if not ratio:
        return None
    return _about(ratio, Fraction(n1 - x1, x1 * n1) + Fraction(n2 - x2, x2 * n2), level)


@precise
def odds_ratio_log(x1: int, n1: int, x2: int, n2: int, level: Rational = LEVEL) -> Limits | None:
    """OR exp(±z √(sum of the reciprocals of the four counts)); None where one is 0.

    Source: Woolf 1955, Ann Hum Genet 19:251.
    """
    ratio = odds_ratio(x1, n1, x2, n2)
    if not ratio:
        return None
    return _about(ratio, sum((Fraction(1, count) for count in (x1, n1 - x1, x2, n2 - x2)), start=Fraction(0)), level)


def _about(ratio: Fraction, variance: Fraction, level: Rational) -> Limits:
    factor = mpmath.exp(z_quantile(level) * mpmath.sqrt(real("variance", variance)))
    return real("ratio", ratio) / factor, real("ratio", ratio) * factor


@precise
def odds_ratio_exact(x1: int, n1: int, x2: int, n2: int, level: Rational = LEVEL) -> Limits | None:
    """Every odds ratio at which, given both margins, neither tail falls below (1 − level)/2; 0 and ∞ are reached.

    Limits beyond 10¹⁵ or its reciprocal count as ∞ and 0. None beyond TABLES_BOUND tables or the WORK_BOUND
    of `conditional`.

    Source: Cornfield 1956, Proc 3rd Berkeley Symp 4:135, with the exact distribution of Fisher 1935.
    """
    x1, n1, x2, n2 = two_groups(x1, n1, x2, n2)
    tables = tables_with(n1, n2, x1 + x2)
    if tables > TABLES_BOUND or tables * (n1 + n2) > WORK_BOUND:
        return None
    tail = outside(level) / 2
    # Swapping the groups turns the odds ratio into its reciprocal.
    mirrored = _lower_exact(x2, n2, x1, n1, tail)
    return _lower_exact(x1, n1, x2, n2, tail), 1 / mirrored if mirrored else mpmath.inf


@precise
def conditional_odds_ratio(x1: int, n1: int, x2: int, n2: int) -> mpf | None:
    """Odds ratio at which x1 is the expected number of events in group 1, given both margins; 0 and ∞ at the ends.

    None as `odds_ratio_exact`, and where the margins leave one table alone.

    Source: Fisher 1935, J R Stat Soc 98:39 (the likeliest value of the noncentral hypergeometric distribution).
    """
    x1, n1, x2, n2 = two_groups(x1, n1, x2, n2)
    tables, place = tables_with(n1, n2, x1 + x2), x1 - max(0, x1 + x2 - n2)
    if tables == 1 or tables > TABLES_BOUND or tables * (n1 + n2) > WORK_BOUND:
        return None
    if place in (0, tables - 1):
        return mpmath.inf if place else mpf(0)
    weights = [mpf(weight) for weight in event_weights(n1, n2, x1 + x2)]

    def excess(share: mpf) -> mpf:
        ratio = share / (1 - share)
        terms = [weight * ratio**i for i, weight in enumerate(weights)]
        return mpmath.fsum(i * term for i, term in enumerate(terms)) / mpmath.fsum(terms) - place

    share = root(excess, 1 - FARTHEST, FARTHEST)
    return share / (1 - share)


def _lower_exact(x1: int, n1: int, x2: int, n2: int, tail: mpf) -> mpf:
    """Odds ratio at which x1 events or more in group 1 have the probability `tail`."""
    place = x1 - max(0, x1 + x2 - n2)
    if place == 0:
        return mpf(0)
    weights = [mpf(weight) for weight in event_weights(n1, n2, x1 + x2)]

    def excess(share: mpf) -> mpf:
        ratio, total = share / (1 - share), mpf(0)
        upper = None
        for i in range(len(weights) - 1, -1, -1):
            total = total * ratio + weights[i]
            if i == place:
                upper = total
        return upper * ratio**place / total - tail

    share = root(excess, mpf(0), FARTHEST)
    return share / (1 - share)
