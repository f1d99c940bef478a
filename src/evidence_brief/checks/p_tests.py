"""Every conventional test of two proportions, on every pair of tables that the printed figures allow.

Which tests count as conventional, and their sources: `evidence_brief.stats.two_by_two`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import product
from typing import Literal

from evidence_brief.patients import tables
from evidence_brief.printed import Interval, show
from evidence_brief.stats.two_by_two import TESTS, WORK_BOUND, Test
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

MOST_TABLES = 50
"""Pairs of tables that the printed percentages may leave; beyond, the P value says too little to be checked."""

EXACT = ("fisher", "mid_p", "barnard", "boschloo")
"""How the keys of the exact tests begin: undefined for no table, but left out where they take too long."""

Tables = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Tried:
    """One test on every pair of tables that the printed figures allow."""

    test: Test
    values: tuple[float, ...]
    prints: Literal["yes", "some", "no"]

    @property
    def label(self) -> str:
        """The name of the test, and that it is one-sided if so."""
        sided = self.test.sides == 2 or "one-sided" in self.test.label
        return self.test.label if sided else f"{self.test.label}, one-sided"


def p_values_of(study: Study, claim: Claim) -> list[tuple[Test, tuple[float, ...]]]:
    """Each test with its P values, one for each pair of tables that the compared figures allow.

    Tests that are undefined for all of these tables, or take too long, are left out.
    """
    first, second = (tables(study, study.claims[name]) for name in claim.compares)
    return list(_computed(first, second))


@lru_cache(maxsize=256)
def _computed(first: Tables, second: Tables) -> tuple[tuple[Test, tuple[float, ...]], ...]:
    pairs = [(*one, *two) for one, two in product(first, second)]
    # The bound that each unconditional test keeps to for one table holds here for all tables together.
    too_long = sum((n1 + 1) * (n2 + 1) * (n1 + n2) ** 2 for _, n1, _, n2 in pairs) > WORK_BOUND
    chosen = [test for test in TESTS if not (too_long and test.key.startswith(("barnard", "boschloo")))]
    found = ((test, tuple(p for pair in pairs if (p := test.p(*pair)) is not None)) for test in chosen)
    return tuple((test, values) for test, values in found if values)


def exactly(p: float) -> Fraction:
    """A P value to ten significant digits, to which tests are computed.

    A P value of .0065 is 13/2000 and prints as .007 (half up), while the nearest binary number lies below it.
    """
    return Fraction(f"{p:.10g}")


def try_test(test: Test, values: tuple[float, ...], printed: Interval) -> Tried:
    """Whether a test prints as reported for all, some, or none of the tables."""
    hits = [exactly(p) in printed for p in values]
    return Tried(test, values, "no" if not any(hits) else "yes" if all(hits) else "some")


def left_out(tried: Sequence[Tried]) -> list[Test]:
    """The two-sided exact tests that were not computed, because the groups are too large."""
    computed = {trial.test.key for trial in tried}
    return [test for test in TESTS if test.sides == 2 and test.key.startswith(EXACT) and test.key not in computed]


def two_sided(tried: Sequence[Tried]) -> list[Tried]:
    """The two-sided ones among the tests."""
    return [trial for trial in tried if trial.test.sides == 2]


def names(tried: Sequence[Tried]) -> str:
    """The tests by name: both where they are two, else the first and how many more."""
    labels = [trial.label for trial in tried]
    return " and ".join(labels) if len(labels) <= 2 else f"{labels[0]} and {len(labels) - 1} other tests"


def give(tried: Sequence[Tried], decimals: int) -> str:
    """What the tests give, in words: "Pearson χ² and 3 other tests give 0.0065 to 0.0072"."""
    return f"{names(tried)} {'gives' if len(tried) == 1 else 'give'} {span(tried, decimals)}"


def span(tried: Sequence[Tried], decimals: int) -> str:
    """The lowest to the highest P value of the tests."""
    values = [p for trial in tried for p in trial.values]
    low, high = show_p(min(values), decimals), show_p(max(values), decimals)
    return low if low == high else f"{low} to {high}"


def show_p(p: float, decimals: int) -> str:
    """A P value with so many decimals, or the bound below which it lies."""
    smallest = Fraction(1, 10**decimals)
    return f"<{show(smallest, decimals)}" if p < smallest / 2 else show(exactly(p), decimals)
