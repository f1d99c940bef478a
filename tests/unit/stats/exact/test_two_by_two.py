"""P values of 2×2 tables: by published numbers, by other ways of computing, and as the first path."""

import math
import random
from fractions import Fraction
from itertools import product

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.polynomial import Polynomial
from scipy import stats

from evidence_brief.stats import two_by_two as first_path
from evidence_brief.stats.exact import conditional, p_value, p_values, unconditional
from evidence_brief.stats.exact.supremum import supremum
from evidence_brief.stats.exact.two_by_two import TESTS

FIRST = {test.key: test.p for test in first_path.TESTS}


@st.composite
def tables(draw, largest=14):
    n1, n2 = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


def random_tables(how_many, largest, seed):
    chance = random.Random(seed)
    for _ in range(how_many):
        n1, n2 = chance.randint(1, largest), chance.randint(1, largest)
        yield chance.randint(0, n1), n1, chance.randint(0, n2), n2


def assert_as_first_path(table):
    for key, p in p_values(*table).items():
        expected = FIRST[key](*table)
        assert (p is None) == (expected is None), (table, key)
        if p is not None:
            assert float(p) == pytest.approx(expected, rel=1e-9, abs=1e-300), (table, key)


# As the first path


def test_keys_are_those_of_the_first_path_in_its_order():
    assert list(TESTS) == [test.key for test in first_path.TESTS]


@pytest.mark.parametrize("n1", range(1, 6))
def test_every_table_of_up_to_5_patients_a_group_as_first_path(n1):
    for n2 in range(1, 6):
        for x1, x2 in product(range(n1 + 1), range(n2 + 1)):
            assert_as_first_path((x1, n1, x2, n2))


@pytest.mark.parametrize(("how_many", "largest"), [(150, 12), (60, 40), (4, 120)])
def test_random_tables_as_first_path(how_many, largest):
    for table in random_tables(how_many, largest, seed=20120517):
        assert_as_first_path(table)


@pytest.mark.parametrize(
    "table", [(0, 30, 0, 20), (30, 30, 20, 20), (0, 30, 20, 20), (30, 30, 0, 1), (1, 1, 0, 1), (0, 40, 1, 7)]
)
def test_edges_as_first_path(table):
    assert_as_first_path(table)


# Published


def test_fisher_of_the_lady_tasting_tea():
    # Fisher 1935, The Design of Experiments, chapter II: 1 of 70 ways to have all right, 16 for three of four.
    assert p_value("fisher_one_sided", 3, 4, 1, 4) == pytest.approx(17 / 70)
    assert p_value("fisher", 3, 4, 1, 4) == pytest.approx(34 / 70)


def test_barnard_of_the_example_of_mehta_and_senchaudhuri():
    # Mehta & Senchaudhuri 2003, Conditional versus unconditional exact tests: .0341 for 7 of 15 against 12 of 15.
    assert round(float(p_value("barnard_one_sided", 7, 15, 12, 15)), 4) == 0.0341


def test_boschloo_of_5_of_6_against_0_of_4_is_the_maximum_of_its_polynomial():
    p = (84 - mpmath.sqrt(1056)) / 100
    maximum = float(p**5 * (1 - p) ** 4 * (6 - 5 * p))
    assert float(p_value("boschloo_one_sided", 5, 6, 0, 4)) == pytest.approx(maximum, rel=1e-14)


def test_pearson_and_yates_of_convicted_twins():
    # Fisher 1925, Statistical Methods, section 21: χ² = 13.032, and 10.458 after Yates' correction (1934).
    chi2, corrected = 13.032, 10.458
    table = (2, 17, 10, 13)
    assert float(p_value("pearson", *table)) == pytest.approx(stats.chi2.sf(chi2, 1), rel=1e-3)
    assert float(p_value("yates", *table)) == pytest.approx(stats.chi2.sf(corrected, 1), rel=1e-3)
    assert round(float(p_value("fisher", *table)), 7) == 0.0005367  # R, help page of fisher.test


# By other ways of computing


@settings(deadline=None)
@given(tables())
def test_fisher_by_shuffling_who_had_the_event(table):
    x1, n1, x2, n2 = table
    total = math.comb(n1 + n2, x1 + x2)
    chances = {
        i: Fraction(math.comb(n1, i) * math.comb(n2, x1 + x2 - i), total)
        for i in range(n1 + 1)
        if 0 <= x1 + x2 - i <= n2
    }
    seen = conditional.conditional(*table)
    assert sum(chances.values()) == 1
    assert seen.point == chances[x1]
    assert seen.lower == sum(chance for i, chance in chances.items() if i <= x1)
    assert seen.upper == sum(chance for i, chance in chances.items() if i >= x1)
    assert seen.not_likelier == sum(chance for chance in chances.values() if chance <= chances[x1])


@pytest.mark.parametrize("table", [(0, 1, 1, 1), (1, 3, 4, 5), (5, 9, 3, 7), (6, 6, 2, 9), (11, 12, 3, 8)])
@pytest.mark.parametrize("pooled", [True, False])
def test_barnard_by_a_dense_grid_of_every_table(table, pooled):
    x1, n1, x2, n2 = table

    def statistic(i, j):
        p1, p2, joint = Fraction(i, n1), Fraction(j, n2), Fraction(i + j, n1 + n2)
        variance = joint * (1 - joint) * (Fraction(1, n1) + Fraction(1, n2))
        variance = variance if pooled else p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2
        return (p1 - p2) ** 2 / variance if variance else (math.inf if p1 != p2 else Fraction(0))

    region = [(i, j) for i, j in product(range(n1 + 1), range(n2 + 1)) if statistic(i, j) >= statistic(x1, x2)]
    best = max(
        math.fsum(stats.binom.pmf(i, n1, p / 2000) * stats.binom.pmf(j, n2, p / 2000) for i, j in region)
        for p in range(0, 2001, 5)
    )
    p = float(p_value("barnard" if pooled else "barnard_unpooled", *table))
    assert best * (1 - 1e-12) <= p <= best * 1.001


def test_boschloo_as_scipy():
    for x1, n1, x2, n2 in [(5, 9, 3, 7), (11, 12, 3, 8), (7, 15, 12, 15), (1, 20, 6, 19)]:
        columns = [[x1, x2], [n1 - x1, n2 - x2]]
        expected = min(stats.boschloo_exact(columns, way, n=128).pvalue for way in ("less", "greater"))
        assert float(p_value("boschloo_one_sided", x1, n1, x2, n2)) == pytest.approx(expected, rel=1e-3)
        assert float(p_value("boschloo_doubled", x1, n1, x2, n2)) == pytest.approx(2 * expected, rel=1e-3)


@st.composite
def ways(draw):
    n = draw(st.integers(2, 9))
    return [draw(st.integers(0, math.comb(n, k))) for k in range(n + 1)]


@settings(deadline=None, max_examples=200)
@given(ways())
def test_supremum_is_the_highest_root_of_the_derivative(counts):
    if not any(counts):
        counts[1] = 1
    n, p = len(counts) - 1, Polynomial([0, 1])
    f = sum(count * p**k * (1 - p) ** (n - k) for k, count in enumerate(counts))
    flat = [root.real for root in f.deriv().roots() if 0 <= root.real <= 1]  # complex ones do no harm: f is no higher
    assert float(supremum(counts)) == pytest.approx(max(f(each) for each in [0, 1, *flat]), rel=1e-8)


# Laws


@settings(deadline=None, max_examples=50)
@given(tables())
def test_p_values_swapped_groups_and_swapped_events(table):
    x1, n1, x2, n2 = table
    p = p_values(*table)
    for swapped in (p_values(x2, n2, x1, n1), p_values(n1 - x1, n1, n2 - x2, n2)):
        assert {key: swapped[key] is None for key in p} == {key: p[key] is None for key in p}
        assert all(value is None or abs(swapped[key] / value - 1) < 1e-15 for key, value in p.items())


@settings(deadline=None, max_examples=50)
@given(tables())
def test_p_values_lie_between_0_and_1(table):
    assert all(p is None or 0 < p <= 1 for p in p_values(*table).values())


def test_unconditional_tests_bounded_and_others_not():
    p = p_values(2_000, 6_000, 2_100, 6_000)
    assert {key for key, value in p.items() if value is None} == {key for key in p if key[:4] in ("barn", "bosc")}


def test_conditional_tests_bounded():
    assert conditional.conditional(10**6, 2 * 10**6, 10**6, 2 * 10**6) is None
    assert p_value("fisher", 10**6, 2 * 10**6, 10**6, 2 * 10**6) is None
    assert p_value("fisher", 3, 10**6, 9, 10**6) is not None


def test_bound_of_unconditional_work_is_what_decides(monkeypatch):
    monkeypatch.setattr(unconditional, "WORK_BOUND", 0)
    assert unconditional.barnard(1, 3, 2, 3, pooled=True, sides=2) is None
    assert unconditional.boschloo(1, 3, 2, 3) is None
    assert unconditional.boschloo_one_sided(1, 7, 2, 3) is None
    assert unconditional.boschloo_doubled(1, 8, 2, 3) is None


@pytest.mark.parametrize("table", [(-1, 3, 1, 2), (4, 3, 1, 2), (0, 0, 1, 2), (1, 2, 3, 2), (1, 2, 0, 0)])
def test_impossible_counts_raise(table):
    with pytest.raises(ValueError, match=r"at least|must satisfy"):
        p_values(*table)


def test_unknown_key_raises():
    with pytest.raises(KeyError):
        p_value("welch", 1, 2, 1, 2)
