import math
from fractions import Fraction
from itertools import permutations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evidence_brief.stats.exact import fisher_freeman_halton, likelihood_ratio_rxc, mcnemar, p_value, pearson_rxc, trend
from evidence_brief.stats.exact import tables as module


@st.composite
def full_tables(draw, largest=40):
    rows, columns = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    return [[draw(st.integers(1, largest)) for _ in range(columns)] for _ in range(rows)]


@pytest.mark.parametrize(("function", "method"), [(pearson_rxc, "pearson"), (likelihood_ratio_rxc, "log-likelihood")])
@settings(deadline=None)
@given(table=full_tables())
def test_chi_squares_as_scipy(function, method, table):
    statistic, df, p = function(table)
    expected = stats.chi2_contingency(table, correction=False, lambda_=method)
    assert (df, float(statistic)) == (expected.dof, pytest.approx(expected.statistic, rel=1e-9, abs=1e-9))
    assert float(p) == pytest.approx(expected.pvalue, rel=1e-8)


def test_pearson_of_party_and_gender():
    # Agresti 2007, Introduction to Categorical Data Analysis, p. 39: χ² = 30.1; R, help page of chisq.test: 30.07.
    statistic, df, p = pearson_rxc([[762, 327, 468], [484, 239, 477]])
    assert (round(float(statistic), 2), df, f"{float(p):.3e}") == (30.07, 2, "2.954e-07")


@settings(deadline=None)
@given(st.integers(1, 30), st.integers(1, 30), st.data())
def test_pearson_of_two_by_two_as_that_of_proportions(n1, n2, data):
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    result = pearson_rxc([[x1, n1 - x1], [x2, n2 - x2]])
    p = p_value("pearson", x1, n1, x2, n2)
    assert p is None if result is None else float(result[2]) == pytest.approx(float(p), rel=1e-12)


def test_independent_table_has_no_statistic_and_p_1():
    assert pearson_rxc([[1, 2, 3], [2, 4, 6]]) == (0, 2, 1)
    assert likelihood_ratio_rxc([[1, 2, 3], [2, 4, 6]])[2] == 1


@pytest.mark.parametrize("table", [[[0, 0], [3, 4]], [[0, 2], [0, 4]], [[0, 0], [0, 0]]])
def test_empty_margin_leaves_chi_squares_undefined(table):
    assert pearson_rxc(table) is None
    assert likelihood_ratio_rxc(table) is None
    assert fisher_freeman_halton(table) == 1


# Freeman–Halton


def by_shuffling(table):
    """Share of all orders of the column labels of the patients whose table is not likelier than the seen one."""
    sizes = [sum(row) for row in table]
    labels = [column for row in table for column, cell in enumerate(row) for _ in range(cell)]

    def likeliness(order):
        places, cells = iter(order), []
        for size in sizes:
            row = [next(places) for _ in range(size)]
            cells += [row.count(column) for column in range(len(table[0]))]
        return Fraction(1, math.prod(math.factorial(cell) for cell in cells))

    seen = likeliness(labels)
    orders = list(permutations(labels))
    return Fraction(sum(likeliness(order) <= seen for order in orders), len(orders))


@pytest.mark.parametrize(
    "table",
    [
        [[2, 0, 1], [0, 2, 1]],
        [[1, 1], [0, 2], [2, 1]],
        [[3, 0], [1, 3]],
        [[2, 1, 0], [0, 1, 1], [0, 0, 2]],
        [[0, 3, 0], [2, 0, 2]],
    ],
)
def test_freeman_halton_by_shuffling_the_patients(table):
    assert float(fisher_freeman_halton(table)) == pytest.approx(float(by_shuffling(table)), rel=1e-14)


@settings(deadline=None)
@given(st.integers(1, 30), st.integers(1, 30), st.data())
def test_freeman_halton_of_two_by_two_is_fisher(n1, n2, data):
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    p = fisher_freeman_halton([[x1, n1 - x1], [x2, n2 - x2]])
    assert p == p_value("fisher", x1, n1, x2, n2)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=3))
def test_freeman_halton_of_rows_as_of_columns_and_in_any_order(table):
    p = fisher_freeman_halton(table)
    turned = [list(column) for column in zip(*table, strict=True)]
    assert fisher_freeman_halton(turned) == fisher_freeman_halton(table[::-1]) == p
    assert 0 < p <= 1


def test_freeman_halton_bounded(monkeypatch):
    table = [[5, 5, 5], [5, 5, 5]]
    assert fisher_freeman_halton(table) == 1
    monkeypatch.setattr(module, "WORK_BOUND", 10_000)
    assert fisher_freeman_halton(table) is None
    assert fisher_freeman_halton([[100_000, 100_001], [100_002, 100_003]]) is None


# Trend


def test_trend_of_smokers():
    # Fleiss 1981, Statistical Methods for Rates and Proportions, p. 139, as on R's help page of prop.trend.test.
    chi2, df, p = trend([83, 90, 129, 70], [86, 93, 136, 82])
    assert (round(float(chi2), 4), df, round(float(p), 6)) == (8.2249, 1, 0.004132)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=2, max_size=5))
def test_trend_by_armitage_formula(groups):
    events, sizes = [x for x, _ in groups], [x + rest for x, rest in groups]
    people, cases = sum(sizes), sum(events)
    result = trend(events, sizes)
    if not 0 < cases < people or sum(size > 0 for size in sizes) < 2:
        assert result is None
        return
    joint = Fraction(cases, people)
    score = sum(i * (x - n * joint) for i, (x, n) in enumerate(zip(events, sizes, strict=True)))
    spread = sum(i * i * n for i, n in enumerate(sizes)) - Fraction(
        sum(i * n for i, n in enumerate(sizes)) ** 2, people
    )
    assert result[0] == score**2 / (joint * (1 - joint) * spread)
    assert trend(events[::-1], sizes[::-1]) == result


def test_trend_of_two_groups_is_pearson():
    assert trend([3, 9], [12, 15])[2] == p_value("pearson", 3, 12, 9, 15)


# McNemar


def test_mcnemar_published():
    # Fagerland, Lydersen & Laake 2013, BMC Med Res Methodol 13:91, tables 1 and 2 (Bentur 2009: 1 and 7 pairs;
    # Cavo 2012: 6 and 16), and the R package contingencytables for six digits of the second.
    shown = {key: f"{float(p):.4f}" for key, p in mcnemar(1, 7).items()}
    assert shown == {"asymptotic": "0.0339", "cc": "0.0771", "exact": "0.0703", "mid_p": "0.0391"}
    shown = {key: f"{float(p):.6f}" for key, p in mcnemar(6, 16).items()}
    assert shown == {"asymptotic": "0.033006", "cc": "0.055009", "exact": "0.052479", "mid_p": "0.034690"}


@pytest.mark.parametrize(("b", "c"), list(product(range(6), repeat=2)))
def test_mcnemar_exact_as_the_binomial_test(b, c):
    p = mcnemar(b, c)
    assert float(p["exact"]) == pytest.approx(stats.binomtest(b, b + c).pvalue if b + c else 1, rel=1e-12)
    if b + c:
        assert float(p["asymptotic"]) == pytest.approx(stats.chi2.sf((b - c) ** 2 / (b + c), 1), rel=1e-12)
        assert float(p["cc"]) == pytest.approx(stats.chi2.sf(max(0, abs(b - c) - 1) ** 2 / (b + c), 1), rel=1e-12)
    assert mcnemar(c, b) == p


def test_mcnemar_of_equal_counts():
    p = mcnemar(1, 1)
    assert (p["asymptotic"], p["cc"], p["exact"], p["mid_p"]) == (1, 1, 1, Fraction(3, 4))


def test_mcnemar_without_discordant_pairs():
    assert mcnemar(0, 0) == {"asymptotic": None, "cc": None, "exact": 1, "mid_p": Fraction(1, 2)}


def test_mcnemar_exact_bounded():
    p = mcnemar(module.PAIRS_BOUND, 1)
    assert (p["exact"], p["mid_p"]) == (None, None)
    assert p["asymptotic"] is not None


@pytest.mark.parametrize(
    "call",
    [
        lambda: pearson_rxc([[1, 2]]),
        lambda: pearson_rxc([[1], [2]]),
        lambda: likelihood_ratio_rxc([[1, 2], [3]]),
        lambda: fisher_freeman_halton([[1, -2], [3, 4]]),
        lambda: trend([1], [2]),
        lambda: trend([1, 3], [2, 2]),
        lambda: trend([1, 2], [2, 2, 2]),
        lambda: mcnemar(-1, 2),
    ],
)
def test_impossible_tables_raise(call):
    with pytest.raises(ValueError, match="table needs|trend needs|at least 0"):
        call()
