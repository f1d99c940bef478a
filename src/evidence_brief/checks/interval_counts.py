"""What the conventional methods give for a confidence interval of counts: proportions, differences, ratios."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache, partial
from math import prod
from typing import Any

from evidence_brief.agree import Figure
from evidence_brief.checks.interval_values import (
    HUGE,
    Limits,
    TriedInterval,
    fits,
    limit_figures,
    rounded_levels,
)
from evidence_brief.checks.result import Prints
from evidence_brief.printed import Interval, Number
from evidence_brief.stats import differences, exact, odds_ratios, proportions, ratios
from evidence_brief.stats.conditional_odds_ratio import cornfield_exact
from evidence_brief.stats.limits import Method

FAMILIES: dict[str, tuple[Method, ...]] = {
    "proportion": proportions.METHODS,
    "RD": differences.METHODS,
    "RR": ratios.METHODS,
    "OR": odds_ratios.METHODS,
}
SECOND: dict[tuple[str, str], Callable[..., Any]] = {
    ("proportion", "wilson"): exact.wilson,
    ("proportion", "clopper_pearson"): exact.clopper_pearson,
    ("proportion", "wald"): exact.wald,
    ("proportion", "jeffreys"): exact.jeffreys,
    ("proportion", "agresti_coull"): exact.agresti_coull,
    ("RD", "newcombe"): exact.newcombe,
    ("RD", "wald"): exact.difference_wald,
    ("RD", "agresti_caffo"): exact.agresti_caffo,
    ("RD", "miettinen_nurminen"): exact.miettinen_nurminen,
    ("RD", "mee"): exact.mee,
    ("RR", "katz"): exact.relative_risk_log,
    ("RR", "koopman"): exact.koopman,
    ("RR", "miettinen_nurminen"): exact.rr_score,
    ("OR", "woolf"): exact.odds_ratio_log,
    ("OR", "cornfield_exact"): exact.odds_ratio_exact,
}
"""Methods that are computed twice, whose limits the brief shows; of the others it only says that they print it.

Shown are those that print the interval, and the first of each family.
"""

SLOW = (
    *("chan_zhang", "agresti_min", "santner_snell", "exact_profile", "mid_p_profile"),
    *("baptista_pike", "baptista_pike_mid_p"),
)
"""Exact methods that take seconds for a hundred patients in each group."""

SLOW_BOUND = 12_000
"""Largest (n1 + 1)(n2 + 1) for which they are tried."""

CLOSED = (
    *("wald", "wald_cc", "wilson", "agresti_coull", "plus_four", "newcombe", "agresti_caffo", "katz"),
    *("half_if_zero", "adjusted_log", "woolf", "gart", "clopper_pearson"),
)
"""Methods with a formula, which take no time: tried alone where percentages leave more than MOST_SEARCHED tables."""

MOST_SEARCHED = 4

ROUNDED = tuple(key for key in CLOSED if key != "clopper_pearson")
"""Methods that multiply by the quantile of the normal distribution, which people round."""

R_STOPS = 2e-4
"""R's uniroot stops within .Machine$double.eps^0.25 = 1.22e-4 of a root on the scale of 0 to 1."""


def try_counts(
    kind: str, options: Sequence[tuple[int, ...]], level: Fraction, numbers: Sequence[Number]
) -> list[TriedInterval]:
    """Every method of the family on every set of counts; the slow ones only where no other prints the interval."""
    quick = [method for method in FAMILIES[kind] if method.key not in SLOW]
    if len(options) > MOST_SEARCHED:
        quick = [method for method in quick if method.key in CLOSED]
    found = [each for method in quick if (each := _try(kind, method, options, level, numbers)) is not None]
    if kind == "OR" and len(options) == 1 and (by_r := _as_r(options[0], level, numbers)) is not None:
        found.append(by_r)
    small = len(options) == 1 and prod(n + 1 for n in options[0][1::2]) <= SLOW_BOUND
    if not small or any(each.prints != "no" for each in found):
        return found
    slow = [_try(kind, method, options, level, numbers) for method in FAMILIES[kind] if method.key in SLOW]
    return [*found, *(each for each in slow if each is not None)]


def _try(
    kind: str, method: Method, options: Sequence[tuple[int, ...]], level: Fraction, numbers: Sequence[Number]
) -> TriedInterval | None:
    printed = [number.as_fraction for number in numbers]
    found = [limits for counts in options if (limits := _limits(method, counts, float(level))) is not None]
    if not found:
        return None
    hits = [any(fits(limits, printed) for limits in each) for each in found]
    prints: Prints = "yes" if all(hits) else "some" if any(hits) else "no"
    figures: tuple[Figure, Figure] | tuple[()] = ()
    shown = prints != "no" or method is FAMILIES[kind][0]  # the first also where none prints it
    second = SECOND.get((kind, method.key))
    if second is exact.odds_ratio_exact and second(*options[0], level) is None:
        second = None  # more tables than the second path goes through
    if shown and second is not None:
        figures = limit_figures(method.label, found[0][0], partial(second, *options[0], level), numbers)
    return TriedInterval(method.label, method.names, prints, figures, method.key)


def _as_r(counts: tuple[int, ...], level: Fraction, numbers: Sequence[Number]) -> TriedInterval | None:
    """The exact conditional interval as R's fisher.test prints it, whose search for the limits stops early.

    It looks for a limit (or its reciprocal, if that is below 1) to R_STOPS, so that any value so near may be printed.
    """
    limits = cornfield_exact(counts[0], counts[1], counts[2], counts[3], float(level))
    if limits is None or not all(0 < end < HUGE for end in limits):
        return None
    near = []
    for end in limits:
        on_unit = min(end, 1 / end)
        ends = (max(on_unit - R_STOPS, on_unit / 2), on_unit + R_STOPS)
        low, high = ends if end <= 1 else (1 / ends[1], 1 / ends[0])
        near.append(Interval(Fraction(low), Fraction(high)))
    hit = all(reach.overlaps(number.as_fraction) for reach, number in zip(near, numbers, strict=True))
    names = ("exact", "fisher", "fisher exact", "conditional exact")
    return TriedInterval("Exact conditional as R's fisher.test stops", names, "some" if hit else "no", (), "r_fisher")


@lru_cache(maxsize=4096)
def _limits(method: Method, counts: tuple[int, ...], level: float) -> tuple[Limits, ...] | None:
    """The limits; those not cut at the ends of the scale; and both with the rounded quantile, 1.96 for 1.959964."""
    found = []
    for each in (level, *rounded_levels(level)) if method.key in ROUNDED else (level,):
        found.append(method.interval(*counts, each))
        if method.unclipped is not None:
            found.append(method.unclipped(*counts, each))
    return None if found[0] is None else tuple(limits for limits in found if limits is not None)
