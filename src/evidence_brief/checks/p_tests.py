"""Every conventional test of two proportions, on every pair of tables that the printed figures allow.

Which tests count as conventional, and their sources: `evidence_brief.stats.two_by_two`.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache, partial
from itertools import product

from evidence_brief.agree import Figure, Later
from evidence_brief.checks.tried import Tried, try_all
from evidence_brief.patients import tables
from evidence_brief.printed import Interval
from evidence_brief.stats import exact, unconditional
from evidence_brief.stats.test_statistics import ALPHA
from evidence_brief.stats.two_by_two import TESTS, WORK_BOUND, Test
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

MOST_TABLES = 50
"""Pairs of tables that the printed percentages may leave; beyond, the P value says too little to be checked."""

EXACT = ("fisher", "mid_p", "barnard", "boschloo")
"""How the keys of the exact tests begin: undefined for no table, but left out where they take too long."""

UNCONDITIONAL = ("barnard", "boschloo")
"""How the keys of the unconditional tests begin, which take a thousand times as long as the others."""

Tables = tuple[tuple[int, int], ...]


def try_two_by_two(study: Study, claim: Claim, printed: Interval, *, quick: bool = False) -> list[Tried]:
    """Each test with its P values, one for each pair of tables that the compared figures allow.

    Tests that are undefined for all of these tables, or take too long, are left out; `quick`, all UNCONDITIONAL ones.
    """
    first, second = (tables(study, study.claims[name]) for name in claim.compares)
    return [try_all(test, values, printed, figures) for test, values, figures in _computed(first, second, quick)]


def unconditional_differ(study: Study, claim: Claim, wanted: Sequence[Interval], quick: Sequence[Tried]) -> bool:
    """Whether an unconditional test may print one of the wanted P values, or decide otherwise than the quick tests.

    By bounds that take a tenth of the time of the P values; True where there are none.
    """
    values = [p for trial in quick if trial.test.sides == 2 for p in trial.values]
    decided = min(values) >= ALPHA or max(values) < ALPHA
    for one, two in product(*(tables(study, study.claims[name]) for name in claim.compares)):
        found = unconditional.bounds(*one, *two)
        if not found:
            return True
        for low, high in found:
            reach = Interval(Fraction(low * 0.999), Fraction(high * 1.001))
            if any(reach.overlaps(each) for each in wanted):
                return True
            if decided and not (low >= ALPHA * 1.001) == (high >= ALPHA * 0.999) == (min(values) >= ALPHA):
                return True
    return False


@lru_cache(maxsize=256)
def _computed(
    first: Tables, second: Tables, quick: bool
) -> tuple[tuple[Test, tuple[float, ...], tuple[Figure, ...]], ...]:
    pairs = [(*one, *two) for one, two in product(first, second)]
    # The bound that each unconditional test keeps to for one table holds here for all tables together.
    too_long = sum((n1 + 1) * (n2 + 1) * (n1 + n2) ** 2 for _, n1, _, n2 in pairs) > WORK_BOUND
    chosen = [test for test in TESTS if not ((quick or too_long) and test.key.startswith(UNCONDITIONAL))]
    found = []
    for test in chosen:
        values = {pair: p for pair in pairs if (p := test.p(*pair)) is not None}
        if values:
            found.append((test, tuple(values.values()), _ends(test, values)))
    return tuple(found)


def _ends(test: Test, values: dict[tuple[int, int, int, int], float]) -> tuple[Figure, ...]:
    """The lowest and the highest P value, each with the second path's for the same table."""
    ends = dict.fromkeys((min(values, key=values.__getitem__), max(values, key=values.__getitem__)))
    second = {pair: Later(partial(exact.p_value, test.key, *pair)) for pair in ends if exact.reaches(test.key, *pair)}
    return tuple(Figure(test.label, values[pair], p) for pair, p in second.items())


def left_out(tried: Sequence[Tried], *, quick: bool = False) -> list[Test]:
    """The two-sided exact tests that were not computed, because the groups are too large; `quick` tried fewer."""
    computed = {trial.test.key for trial in tried}
    return [
        test
        for test in TESTS
        if test.sides == 2
        and test.key.startswith(EXACT)
        and test.key not in computed
        and not (quick and test.key.startswith(UNCONDITIONAL))
    ]
