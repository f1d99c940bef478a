"""Effects of the studies of a meta-analysis from their 2×2 tables.

A table is (x1, n1, x2, n2), x1 of n1 in group 1 against x2 of n2 in group 2. Ratios are on the log scale.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from fractions import Fraction

Table = tuple[int, int, int, int]

MEASURES = ("RR", "OR", "RD", "PETO")
ADD_TO = ("zero", "all", "any zero", "none")


def effects(
    tables: Sequence[Table], measure: str, add: Fraction | float = Fraction(1, 2), to: str = "zero", drop: bool = False
) -> tuple[list[float], list[float]]:
    """Effects and variances of the tables, ready for `meta.pool`, by one of MEASURES.

    `add` goes to all four cells of the tables with an empty cell ("zero"), of all tables ("all"), of all tables if any
    has an empty cell ("any zero"), or of none ("none"). `drop` leaves out tables in which everybody or nobody had the
    event; in those PETO has no effect, and always leaves them out. ValueError for impossible tables or arguments, and
    where an effect or its variance is infinite or the variance 0.

    Source: Deeks, Altman & Bradburn 2001, in Egger et al. (eds), Systematic Reviews in Health Care, ch. 15;
    Viechtbauer 2010, J Stat Softw 36(3). PETO is (O − E)/V with variance 1/V (Yusuf et al. 1985).
    """
    if measure not in MEASURES or to not in ADD_TO or not (math.isfinite(add) and add >= 0):
        raise ValueError(
            f"measure must be one of {', '.join(MEASURES)}, to one of {', '.join(ADD_TO)}, and add at least 0, "
            f"got {measure!r}, {to!r}, {add}"
        )
    counted = [each for each in all_checked(tables) if informative(each) or not (drop or measure == "PETO")]
    empty = [0 in (x1, n1 - x1, x2, n2 - x2) for x1, n1, x2, n2 in counted]
    yi, vi = [], []
    for table, has_empty in zip(counted, empty, strict=True):
        chosen = {"zero": has_empty, "all": True, "any zero": any(empty), "none": False}[to] and measure != "PETO"
        y, v = _effect(table, measure, Fraction(add) if chosen else Fraction(0))
        yi.append(y)
        vi.append(v)
    return yi, vi


def _effect(table: Table, measure: str, add: Fraction) -> tuple[float, float]:
    x1, n1, x2, n2 = table
    if measure == "PETO":
        excess, variance = hypergeometric(table)
        return float(excess / variance), float(1 / variance)
    a, b, c, d = x1 + add, n1 - x1 + add, x2 + add, n2 - x2 + add
    if measure == "RD":
        variance = a * b / (a + b) ** 3 + c * d / (c + d) ** 3
        if not variance:
            raise ValueError(f"the risk difference of {x1}/{n1} and {x2}/{n2} has no variance: add to the empty cells")
        return float(a / (a + b) - c / (c + d)), float(variance)
    if not (a and c) or (measure == "OR" and not (b and d)) or not (b or d):
        raise ValueError(f"the {measure} of {x1}/{n1} and {x2}/{n2} is infinite or has no variance: add to empty cells")
    if measure == "RR":
        return log_of(a * (c + d) / (c * (a + b))), float(1 / a - 1 / (a + b) + 1 / c - 1 / (c + d))
    return log_of(a * d / (b * c)), float(1 / a + 1 / b + 1 / c + 1 / d)


def hypergeometric(table: Table) -> tuple[Fraction, Fraction]:
    """Observed less expected events of group 1, and their variance, with the margins held."""
    x1, n1, x2, n2 = table
    total, events = n1 + n2, x1 + x2
    return (
        x1 - Fraction(n1 * events, total),
        Fraction(n1 * n2 * events * (total - events), total**2 * (total - 1)),
    )


def informative(table: Table) -> bool:
    """Whether some had the event and some had not."""
    x1, n1, x2, n2 = table
    return 0 < x1 + x2 < n1 + n2


def log_of(ratio: Fraction) -> float:
    """Natural logarithm of a ratio above 0, exact to the last digits near 1 too."""
    if abs(ratio - 1) < Fraction(1, 2):
        return math.log1p(ratio - 1)
    return math.log(ratio.numerator) - math.log(ratio.denominator)


def all_checked(tables: Sequence[Table]) -> list[Table]:
    """The tables in whole numbers; ValueError unless there is one, and 0 <= x <= n and n >= 1 in each group."""
    if not tables:
        raise ValueError("a meta-analysis needs at least one table")
    return [_checked(each) for each in tables]


def _checked(table: Table) -> Table:
    try:
        x1, n1, x2, n2 = (operator.index(count) for count in table)
    except TypeError:
        raise ValueError(f"counts must be whole numbers, got {table!r}") from None
    for x, n in ((x1, n1), (x2, n2)):
        if n < 1 or not 0 <= x <= n:
            raise ValueError(f"each group must satisfy 0 <= x <= n and n >= 1, got {x}/{n}")
    return x1, n1, x2, n2
