import math
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.stats import fragility, unconditional

ALPHA = Fraction(1, 20)


@st.composite
def tables(draw, largest=16):
    n1, n2 = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


def fisher(x1, n1, x2, n2):
    """Fisher's P as a fraction: SciPy's floats put the .05 of 2/4 against 0/12 below .05."""
    ways = {x: math.comb(n1, x) * math.comb(n2, x1 + x2 - x) for x in range(min(n1, x1 + x2) + 1)}
    return Fraction(sum(way for way in ways.values() if way <= ways[x1]), math.comb(n1 + n2, x1 + x2))


def significant(test, table):
    return fragility.TESTS[test](*table, ALPHA)


@pytest.mark.parametrize("test", fragility.TESTS)
@settings(deadline=None, max_examples=60)
@given(table=tables())
def test_least_modifications_brute_force(test, table):
    x1, n1, x2, n2 = table
    before = significant(test, table)
    distances = [
        abs(first - x1) + abs(second - x2)
        for first, second in product(range(n1 + 1), range(n2 + 1))
        if significant(test, (first, n1, second, n2)) != before
    ]
    found = fragility.least_modifications(*table, test=test)
    assert found.index == min(distances, default=None)
    if found.index is not None:
        assert significant(test, found.table) != before
        assert found.quotient == found.index / (n1 + n2)


@settings(deadline=None)
@given(tables())
def test_least_modifications_swapped_groups(table):
    x1, n1, x2, n2 = table
    for test in fragility.TESTS:
        one = fragility.least_modifications(*table, test=test)
        other = fragility.least_modifications(x2, n2, x1, n1, test=test)
        assert one.index == other.index


@settings(deadline=None)
@given(tables(largest=25))
def test_fragility_index_brute_force(table):
    x1, n1, x2, n2 = table
    first = x1 < x2 or (x1 == x2 and n1 >= n2)
    for sign, function in ((1, fragility.fragility_index), (-1, fragility.reverse_fragility_index)):
        expected = None
        for changes in range(26):
            x, n = (x1 + sign * changes, n1) if first else (x2 + sign * changes, n2)
            if not 0 <= x <= n:
                break
            p = fisher(*((x, n, x2, n2) if first else (x1, n1, x, n)))
            if (p < ALPHA) == (sign < 0):
                expected = changes
                break
        assert function(*table).index == expected


@settings(deadline=None)
@given(tables(largest=25))
def test_fragility_index_is_never_below_the_least_modifications(table):
    before = significant("fisher", table)
    one_group = (fragility.fragility_index if before else fragility.reverse_fragility_index)(*table).index
    least = fragility.least_modifications(*table).index
    assert one_group is None or one_group >= least


@settings(deadline=None)
@given(tables(largest=400), st.fractions(Fraction(1, 1000), Fraction(999, 1000)))
def test_fisher_decided_by_floats_is_decided_as_in_whole_numbers(table, alpha):
    ways = unconditional.ways(*table)
    p = Fraction(ways.not_likelier, ways.total)
    for level in (alpha, ALPHA, min(p, Fraction(999, 1000)), p * (1 - Fraction(1, 10**12))):
        if 0 < level < 1:
            assert fragility.TESTS["fisher"](*table, level) == (p < level)


def test_fisher_of_groups_too_large_for_floats(monkeypatch):
    monkeypatch.setattr(fragility, "LARGEST_GROUP", 10)
    assert fragility.fragility_index(15, 40, 6, 40).index == 1


def test_fragility_index_of_large_groups():
    assert fragility.fragility_index(1200, 10000, 1000, 10000).index == 111


def test_fragility_index_published():
    # R's fragilityindex: 15/40 against 6/40 has P = .0406, against 7/40 .0784, so that one patient turns it.
    found = fragility.fragility_index(15, 40, 6, 40)
    assert (found.index, found.table, found.quotient) == (1, (15, 40, 7, 40), 1 / 80)
    found = fragility.fragility_index(1, 100, 9, 100)
    assert (found.index, found.table, found.quotient) == (1, (2, 100, 9, 100), 1 / 200)
    assert fragility.fragility_index(9, 100, 1, 100).table == (9, 100, 2, 100)


def test_fragility_index_without_significance_is_0():
    assert fragility.fragility_index(5, 10, 5, 10).index == 0
    assert fragility.reverse_fragility_index(0, 10, 10, 10).index == 0


def test_fragility_that_nothing_turns():
    assert fragility.reverse_fragility_index(1, 3, 1, 3) == fragility.Fragility(None, None, None)
    assert fragility.least_modifications(1, 1, 0, 1) == fragility.Fragility(None, None, None)
    # The group with fewer events has the higher risk: more events only widen the difference (5/10, 8/1000).
    assert fragility.fragility_index(5, 10, 8, 1000).index is None


def test_fragility_beyond_the_bound_of_work(monkeypatch):
    monkeypatch.setattr(fragility, "WORK_BOUND", 100)
    assert fragility.fragility_index(100, 1000, 200, 1000) is None
    assert fragility.least_modifications(100, 1000, 200, 1000) is None


def test_fragility_at_another_level():
    assert fragility.fragility_index(1, 100, 9, 100, "0.01").index == 0
    assert fragility.fragility_index(1, 100, 9, 100, Fraction(1, 10)).index == 2


def test_fragility_of_a_p_value_equal_to_alpha():
    # 2/4 against 0/12: P = 6/120, which is not below 0.05.
    assert fragility.fragility_index(2, 4, 0, 12).index == 0
    # 3/3 against 0/3: P = 2/20, which is not below 0.1.
    assert fragility.fragility_index(3, 3, 0, 3, "0.1").index == 0
    assert fragility.fragility_index(3, 3, 0, 3, "0.11").index == 1


@pytest.mark.parametrize("table", [(6, 5, 1, 5), (1, 0, 1, 5), (-1, 5, 1, 5), (1.5, 5, 1, 5)])
def test_fragility_impossible_counts(table):
    for function in (fragility.fragility_index, fragility.reverse_fragility_index, fragility.least_modifications):
        with pytest.raises(ValueError):
            function(*table)


def test_fragility_impossible_alpha_or_test():
    with pytest.raises(ValueError, match="between 0 and 1"):
        fragility.fragility_index(1, 5, 2, 5, Fraction(1))
    with pytest.raises(ValueError, match="knows"):
        fragility.least_modifications(1, 5, 2, 5, test="t")
