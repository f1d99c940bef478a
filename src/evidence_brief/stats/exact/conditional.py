"""Tests that hold both margins of a 2×2 table fixed: Fisher's and its mid-P, by enumeration.

Every probability is a ratio of whole numbers (Fisher 1935, J R Stat Soc 98:39).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

# Tables with the same margins × patients: about a second, half of 100,000 patients with the event.
WORK_BOUND = 5_000_000_000


@dataclass(frozen=True)
class Conditional:
    """Probabilities, given both margins, of the tables that lie on one side of the observed one or the other.

    `lower` and `upper` are those of as many events in group 1 or fewer, or more; `towards` the one in the
    observed direction (the smaller one where the proportions are equal); `point` is that of the observed
    table, and `not_likelier` that of every table not likelier than it.
    """

    lower: Fraction
    upper: Fraction
    towards: Fraction
    point: Fraction
    not_likelier: Fraction


def within_bound(x1: int, n1: int, x2: int, n2: int) -> bool:
    """Whether `conditional` goes through the tables with the observed margins."""
    return tables_with(n1, n2, x1 + x2) * (n1 + n2) <= WORK_BOUND


def conditional(x1: int, n1: int, x2: int, n2: int) -> Conditional | None:
    """Probabilities of the tables with the observed margins; None beyond WORK_BOUND."""
    if not within_bound(x1, n1, x2, n2):
        return None
    observed = math.comb(n1, x1) * math.comb(n2, x2)
    total = fewer = not_likelier = 0
    for i, weight in enumerate(event_weights(n1, n2, x1 + x2), start=max(0, x1 + x2 - n2)):
        total += weight
        fewer += weight if i < x1 else 0
        not_likelier += weight if weight <= observed else 0
    lower, upper = Fraction(fewer + observed, total), Fraction(total - fewer, total)
    excess = x1 * n2 - x2 * n1
    towards = min(lower, upper) if excess == 0 else (upper if excess > 0 else lower)
    return Conditional(lower, upper, towards, Fraction(observed, total), Fraction(not_likelier, total))


def tables_with(n1: int, n2: int, events: int) -> int:
    """Number of tables with these margins."""
    return min(n1, events) - max(0, events - n2) + 1


def event_weights(n1: int, n2: int, events: int) -> Iterator[int]:
    """C(n1, i) · C(n2, events − i) for every possible i in order, each from the one before."""
    first, last = max(0, events - n2), min(n1, events)
    weight = math.comb(n1, first) * math.comb(n2, events - first)
    yield weight
    for i in range(first, last):
        weight = weight * ((n1 - i) * (events - i)) // ((i + 1) * (n2 - events + i + 1))
        yield weight


def fisher(table: Conditional) -> Fraction:
    """Fisher's exact test: all tables not likelier than this (Freeman & Halton 1951, Biometrika 38:141)."""
    return table.not_likelier


def fisher_doubled(table: Conditional) -> Fraction:
    """Fisher's exact test: twice the smaller tail, at most 1 (Yates 1984, J R Stat Soc A 147:426)."""
    return min(Fraction(1), 2 * min(table.lower, table.upper))


def fisher_one_sided(table: Conditional) -> Fraction:
    """Fisher's exact test in the observed direction (Fisher 1935)."""
    return table.towards


def mid_p(table: Conditional) -> Fraction:
    """Twice the smaller tail that counts the observed table half (Lancaster 1961, J Am Stat Assoc 56:223)."""
    return 2 * min(table.lower, table.upper) - table.point


def mid_p_fisher(table: Conditional) -> Fraction:
    """Fisher's two-sided P less half the probability of the observed table (SAS/STAT, PROC FREQ)."""
    return table.not_likelier - table.point / 2


def mid_p_one_sided(table: Conditional) -> Fraction:
    """The tail in the observed direction, the observed table counted half (Lancaster 1961)."""
    return table.towards - table.point / 2
