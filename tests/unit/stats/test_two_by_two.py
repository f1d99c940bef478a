import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportions_ztest
from statsmodels.stats.proportion import test_proportions_2indep as proportions_2indep

from evidence_brief.stats import two_by_two, unconditional

# Named through the module, lest pytest collect Test and test_named.
P = {test.key: test.p for test in two_by_two.TESTS}
EXACT = [key for key in P if key.startswith(("fisher", "barnard", "boschloo"))]
ASYMPTOTIC = [key for key in P if key.startswith(("pearson", "yates", "n_minus", "likelihood", "z_"))]


@st.composite
def tables(draw, largest=30):
    n1, n2 = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


def approx(expected, rel=1e-9):
    return None if expected is None else pytest.approx(expected, rel=rel, abs=1e-15)


# Laws


@settings(deadline=None)
@given(tables())
def test_p_values_lie_between_0_and_1(table):
    assert all(p is None or 0 <= p <= 1 for p in two_by_two.p_values(*table).values())


@settings(deadline=None)
@given(tables())
def test_p_values_swapped_groups(table):
    x1, n1, x2, n2 = table
    swapped = two_by_two.p_values(x2, n2, x1, n1)
    assert two_by_two.p_values(*table) == {key: approx(p) for key, p in swapped.items()}


@settings(deadline=None)
@given(tables())
def test_p_values_swapped_successes_and_failures(table):
    x1, n1, x2, n2 = table
    swapped = two_by_two.p_values(n1 - x1, n1, n2 - x2, n2)
    assert two_by_two.p_values(*table) == {key: approx(p) for key, p in swapped.items()}


@settings(deadline=None)
@given(tables())
def test_p_values_one_sided_not_above_two_sided(table):
    p = two_by_two.p_values(*table)
    for one_sided in ("fisher_one_sided", "barnard_one_sided"):
        assert p[one_sided] <= p[one_sided.removesuffix("_one_sided")] * (1 + 1e-9)


@settings(deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.booleans())
def test_p_values_empty_margin(n1, n2, full):
    p = two_by_two.p_values(n1 * full, n1, n2 * full, n2)
    assert {key: p[key] for key in EXACT} == dict.fromkeys(EXACT, 1.0)
    assert {key: p[key] for key in ASYMPTOTIC} == dict.fromkeys(ASYMPTOTIC)
    assert (p["mid_p"], p["mid_p_one_sided"]) == (1.0, 0.5)


# Independent definitions, by brute force


def hypergeometric(n1, n2, successes):
    return {
        x1: Fraction(math.comb(n1, x1) * math.comb(n2, successes - x1), math.comb(n1 + n2, successes))
        for x1 in range(n1 + 1)
        if 0 <= successes - x1 <= n2
    }


def fisher_greater(x1, n1, x2, n2):
    return sum(p for x, p in hypergeometric(n1, n2, x1 + x2).items() if x >= x1)


def fisher_less(x1, n1, x2, n2):
    return sum(p for x, p in hypergeometric(n1, n2, x1 + x2).items() if x <= x1)


def fisher_two_sided(x1, n1, x2, n2):
    probabilities = hypergeometric(n1, n2, x1 + x2)
    return sum(p for p in probabilities.values() if p <= probabilities[x1])


def observed_tail(x1, n1, x2, n2):
    less, greater = fisher_less(x1, n1, x2, n2), fisher_greater(x1, n1, x2, n2)
    difference = Fraction(x1, n1) - Fraction(x2, n2)
    return min(less, greater) if difference == 0 else greater if difference > 0 else less


def signed_wald(pooled):
    def statistic(x1, n1, x2, n2):
        """Signed square of the Wald statistic; infinite (10^9) for a difference without variance."""
        p1, p2, p = Fraction(x1, n1), Fraction(x2, n2), Fraction(x1 + x2, n1 + n2)
        variance = p * (1 - p) * (Fraction(1, n1) + Fraction(1, n2))
        if not pooled:
            variance = p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2
        square = Fraction(0) if p1 == p2 else (p1 - p2) ** 2 / variance if variance else Fraction(10**9)
        return square if p1 > p2 else -square

    return statistic


GRID = np.linspace(0, 1, 20001)


def supremum_on_grid(n1, n2, extreme, grid=GRID):
    first, second = ([math.comb(n, x) * grid**x * (1 - grid) ** (n - x) for x in range(n + 1)] for n in (n1, n2))
    total = np.zeros_like(grid)
    for i, j in product(range(n1 + 1), range(n2 + 1)):
        if extreme(i, j):
            total += first[i] * second[j]
    return total.max()


def assert_is_supremum(p, on_grid):
    # The grid can only miss the maximum by a little, never exceed it.
    assert on_grid * (1 - 1e-12) <= p <= on_grid * (1 + 2e-6)


@settings(deadline=None)
@given(tables(largest=12))
def test_fisher_brute_force(table):
    assert P["fisher"](*table) == approx(float(fisher_two_sided(*table)), rel=1e-15)
    assert P["fisher_one_sided"](*table) == approx(float(observed_tail(*table)), rel=1e-15)
    smaller = min(fisher_less(*table), fisher_greater(*table))
    assert P["fisher_doubled"](*table) == approx(min(1.0, 2 * float(smaller)), rel=1e-15)


@settings(deadline=None)
@given(tables(largest=12))
def test_mid_p_brute_force(table):
    observed = hypergeometric(table[1], table[3], table[0] + table[2])[table[0]]
    smaller = min(fisher_less(*table), fisher_greater(*table))
    assert P["mid_p"](*table) == approx(float(2 * (smaller - observed / 2)), rel=1e-15)
    assert P["mid_p_one_sided"](*table) == approx(float(observed_tail(*table) - observed / 2), rel=1e-15)
    assert P["mid_p_fisher"](*table) == approx(P["fisher"](*table) - float(observed) / 2, rel=1e-9)


@pytest.mark.parametrize("pooled", [True, False])
@settings(max_examples=40, deadline=None)
@given(table=tables(largest=9))
@example(table=(5, 9, 3, 7))
@example(table=(0, 5, 5, 5))
@example(table=(1, 3, 0, 2))
def test_barnard_brute_force(pooled, table):
    _, n1, _, n2 = table
    statistic = signed_wald(pooled)
    observed = statistic(*table)

    p = P["barnard" if pooled else "barnard_unpooled"](*table)
    as_extreme = supremum_on_grid(n1, n2, lambda i, j: abs(statistic(i, n1, j, n2)) >= abs(observed))
    assert_is_supremum(p, as_extreme)

    sign = 1 if observed > 0 else -1
    one_sided = unconditional.barnard(*table, pooled=pooled, sides=1)
    as_far = supremum_on_grid(n1, n2, lambda i, j: sign * statistic(i, n1, j, n2) >= abs(observed))
    assert_is_supremum(one_sided, as_far)


@settings(max_examples=30, deadline=None)
@given(tables(largest=9))
@example((1, 6, 3, 4))
def test_boschloo_brute_force(table):
    x1, n1, x2, n2 = table

    def largest_probability(fisher_p):
        observed = fisher_p(*table)
        return supremum_on_grid(n1, n2, lambda i, j: fisher_p(i, n1, j, n2) <= observed)

    less, greater = largest_probability(fisher_less), largest_probability(fisher_greater)
    towards = greater if x1 * n2 > x2 * n1 else less if x1 * n2 < x2 * n1 else min(less, greater)
    assert_is_supremum(P["boschloo_one_sided"](*table), towards)
    assert_is_supremum(P["boschloo_doubled"](*table), min(1.0, 2 * min(less, greater)))
    assert_is_supremum(P["boschloo"](*table), largest_probability(fisher_two_sided))


# The maximum over the common proportion


def test_supremum_closed_form():
    # Boschloo, 5/6 against 0/4: the maximum of p⁵(1 − p)⁴(6 − 5p).
    p = (84 - math.sqrt(1056)) / 100
    assert P["boschloo_one_sided"](5, 6, 0, 4) == pytest.approx(p**5 * (1 - p) ** 4 * (6 - 5 * p), rel=1e-12)


@pytest.mark.parametrize("table", [(60, 100, 45, 99), (3, 150, 9, 160), (1, 400, 2, 20), (25, 60, 59, 61)])
@pytest.mark.parametrize("pooled", [True, False])
def test_supremum_against_very_fine_grid(table, pooled):
    region = unconditional._wald_region(*table, pooled, 2)
    angles = np.linspace(0, np.pi, 200_001)[1:-1]
    blocks = np.array_split(angles, 50)
    finest = max(unconditional._probability(block, region.astype(float)).max() for block in blocks)
    p = unconditional.barnard(*table, pooled=pooled, sides=2)
    assert finest * (1 - 1e-12) <= p <= finest * (1 + 1e-8)


@settings(max_examples=50, deadline=None)
@given(tables(largest=60), st.booleans())
def test_supremum_against_fine_grid(table, pooled):
    region = unconditional._wald_region(*table, pooled, 2)
    finest = unconditional._probability(np.linspace(0, np.pi, 20_001)[1:-1], region.astype(float)).max()
    p = unconditional.barnard(*table, pooled=pooled, sides=2)
    assert finest * (1 - 1e-11) <= p <= min(1.0, finest * (1 + 1e-6))


def test_wald_region_beyond_64_bits():
    # 64-bit products overflow here; Fractions say which tables are as extreme.
    table = (100, 150, 80, 149)
    statistic = signed_wald(pooled=False)
    region = unconditional._wald_region(*table, pooled=False, sides=2)
    for i, j in product(range(0, 151, 10), range(0, 150, 7)):
        assert region[i, j] == (abs(statistic(i, 150, j, 149)) >= abs(statistic(*table)))


# Libraries, where they are right


def nonempty(table):
    x1, n1, x2, n2 = table
    return 0 < x1 + x2 < n1 + n2


@settings(deadline=None)
@given(tables(largest=200).filter(nonempty))
def test_chi_square_as_scipy(table):
    x1, n1, x2, n2 = table
    cells = [[x1, n1 - x1], [x2, n2 - x2]]
    p = two_by_two.p_values(*table) if n1 + n2 < 60 else {key: P[key](*table) for key in ASYMPTOTIC}
    pearson = stats.chi2_contingency(cells, correction=False)
    assert p["pearson"] == approx(pearson.pvalue)
    assert p["z_pooled"] == approx(pearson.pvalue)
    assert p["pearson_one_sided"] == approx(pearson.pvalue / 2)
    assert p["yates"] == approx(stats.chi2_contingency(cells, correction=True).pvalue)
    g = stats.chi2_contingency(cells, correction=False, lambda_="log-likelihood")
    assert p["likelihood_ratio"] == pytest.approx(g.pvalue, rel=1e-6)
    n_minus_1 = pearson.statistic * (n1 + n2 - 1) / (n1 + n2)
    assert p["n_minus_1"] == approx(stats.chi2.sf(n_minus_1, 1))


@settings(deadline=None)
@given(tables(largest=100))
def test_fisher_as_scipy(table):
    x1, n1, x2, n2 = table
    cells = [[x1, n1 - x1], [x2, n2 - x2]]
    assert P["fisher"](*table) == approx(stats.fisher_exact(cells).pvalue)
    if x1 * n2 != x2 * n1:
        direction = "greater" if x1 * n2 > x2 * n1 else "less"
        assert P["fisher_one_sided"](*table) == approx(stats.fisher_exact(cells, direction).pvalue)


@pytest.mark.parametrize("table", [(22, 24, 10, 18), (7, 19, 8, 11), (2, 10, 7, 9), (43, 53, 40, 79)])
def test_boschloo_doubled_as_scipy(table):
    x1, n1, x2, n2 = table
    # SciPy takes the columns as the groups.
    expected = stats.boschloo_exact([[x1, x2], [n1 - x1, n2 - x2]], n=64).pvalue
    assert P["boschloo_doubled"](*table) == pytest.approx(expected, rel=1e-7)


@settings(deadline=None)
@given(tables(largest=200).filter(nonempty))
def test_z_pooled_as_statsmodels(table):
    x1, n1, x2, n2 = table
    _, two_sided = proportions_ztest([x1, x2], [n1, n2])
    assert P["z_pooled"](*table) == approx(two_sided)
    direction = "larger" if x1 * n2 >= x2 * n1 else "smaller"
    _, one_sided = proportions_ztest([x1, x2], [n1, n2], alternative=direction)
    assert P["z_pooled_one_sided"](*table) == approx(one_sided)


@pytest.mark.filterwarnings("ignore:divide by zero")  # of the ratio, which statsmodels returns as well
@settings(deadline=None)
@given(tables(largest=200).filter(lambda table: 0 < table[0] < table[1] or 0 < table[2] < table[3]))
def test_z_unpooled_as_statsmodels(table):
    x1, n1, x2, n2 = table
    expected = proportions_2indep(x1, n1, x2, n2, method="wald").pvalue
    assert P["z_unpooled"](*table) == approx(expected, rel=1e-8)
    assert P["z_unpooled_one_sided"](*table) == approx(expected / 2, rel=1e-8)


# Boundaries


def test_z_unpooled_difference_without_variance_is_undefined():
    assert P["z_unpooled"](0, 10, 12, 12) is None
    assert P["pearson"](0, 10, 12, 12) == pytest.approx(math.erfc(math.sqrt(11)))


def test_yates_correction_stops_at_0():
    # |ad − bc| = 1 is less than N/2.
    assert P["yates"](1, 3, 1, 2) == 1.0


def test_one_sided_equal_proportions():
    p = two_by_two.p_values(3, 9, 4, 12)
    assert p["z_pooled_one_sided"] == p["z_unpooled_one_sided"] == 0.5
    assert p["barnard_one_sided"] == 1.0
    assert p["fisher_one_sided"] == float(min(fisher_less(3, 9, 4, 12), fisher_greater(3, 9, 4, 12)))


def test_one_sided_looks_in_the_observed_direction_though_the_other_tail_is_smaller():
    table = (1, 3, 10, 29)  # .333 is below .345
    assert P["fisher_one_sided"](*table) == approx(float(fisher_less(*table)))
    assert P["fisher_one_sided"](*table) > float(fisher_greater(*table))
    towards = unconditional.boschloo(3, 29, fisher_less(*table), sides=1)
    other = unconditional.boschloo(3, 29, fisher_greater(*table), sides=1)
    assert P["boschloo_one_sided"](*table) == towards > other


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ((6, 5, 1, 5), "x1/n1 must satisfy 0 <= x <= n and n >= 1, got 6/5"),
        ((1, 5, -1, 5), "x2/n2 must satisfy .* got -1/5"),
        ((0, 0, 1, 5), "x1/n1 must satisfy .* got 0/0"),
        ((1.5, 5, 1, 5), "whole numbers, got 1.5/5"),
        ((1.0, 5, 1, 5), "whole numbers"),
    ],
)
def test_p_values_impossible_counts(table, message):
    with pytest.raises(ValueError, match=message):
        two_by_two.p_values(*table)
    for p in P.values():
        with pytest.raises(ValueError, match=message):
            p(*table)


def test_p_values_numpy_integers_do_not_overflow():
    counts = (300, 400, 350, 420)
    assert two_by_two.p_values(*np.array(counts, dtype=np.int16)) == two_by_two.p_values(*counts)


def test_p_values_beyond_work_bound():
    p = two_by_two.p_values(500_000, 1_000_000, 501_000, 1_000_000)
    assert {key for key, value in p.items() if value is None} == {*EXACT, "mid_p", "mid_p_fisher", "mid_p_one_sided"}
    vaccine = two_by_two.p_values(8, 18_198, 162, 18_325)
    assert vaccine["fisher"] == approx(stats.fisher_exact([[8, 18_190], [162, 18_163]]).pvalue)
    assert vaccine["barnard"] is None


@pytest.mark.parametrize(("table", "computed"), [((400, 439, 380, 439), True), ((400, 600, 380, 600), False)])
def test_unconditional_tests_stop_at_the_work_bound(table, computed):
    for key in ("barnard", "barnard_unpooled", "boschloo", "boschloo_one_sided"):
        assert (P[key](*table) is not None) == computed, key


# What papers call them


def test_tests_are_distinct_and_in_the_order_of_p_values():
    keys = [test.key for test in two_by_two.TESTS]
    assert list(two_by_two.p_values(1, 4, 2, 5)) == keys
    assert len(set(keys)) == len({test.label for test in two_by_two.TESTS}) == len(keys) == 21
    assert {test.sides for test in two_by_two.TESTS} == {1, 2}


def test_test_named_by_each_of_its_names():
    for test in two_by_two.TESTS:
        for name in test.names:
            assert name == name.lower()
            assert test in two_by_two.test_named(name if test.sides == 2 else f"one-sided {name}")


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("Chi-squared test", "pearson yates"),
        ("χ2-test", "pearson yates"),
        ("𝜒² test (two-sided)", "pearson yates"),
        ("Pearson's chi-square", "pearson"),
        ("χ2 without continuity correction", "pearson"),
        ("chi-square test with Yates’ continuity correction", "yates"),
        ("Yates-corrected chi-squared test", "yates"),
        ("chi-square test, with continuity correction", "yates"),
        ("one-tailed chi-square test", "pearson_one_sided"),
        ("N − 1 χ² test", "n_minus_1"),
        ("likelihood-ratio test", "likelihood_ratio"),
        ("Fisher's exact test", "fisher fisher_doubled"),
        ("Fishers exact probability test", "fisher fisher_doubled"),
        ("two-tailed Fisher exact", "fisher fisher_doubled"),
        ("one-sided Fisher's exact test", "fisher_one_sided"),
        ("χ² or Fisher's exact test, as appropriate", "pearson yates fisher fisher_doubled"),
        ("Student's t test or chi-square", "pearson yates"),
        ("Fisher mid-P", "mid_p mid_p_fisher"),
        ("Chi-Quadrat-Test", "pearson yates"),
        ("test du khi-deux", "pearson yates"),
        ("exakter Fisher-Test", "fisher fisher_doubled"),
        ("prueba exacta de Fisher", "fisher fisher_doubled"),
        ("test esatto di Fisher", "fisher fisher_doubled"),
        ("Barnard's exact test", "barnard barnard_unpooled"),
        ("Boschloo’s test", "boschloo boschloo_doubled"),
        ("two-proportion z-test", "z_pooled z_unpooled"),
        ("Fisher exact test, two-sided", "fisher fisher_doubled"),
        ("Wald test, one-sided", "z_unpooled_one_sided"),
        ("chi-square test for trend", ""),
        ("McNemar's chi-square", ""),
        ("Cochran–Mantel–Haenszel chi-square", ""),
        ("t test", ""),
        ("", ""),
    ],
)
def test_test_named_wordings(name, keys):
    assert [test.key for test in two_by_two.test_named(name)] == keys.split()
