import math
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evidence_brief.stats import rxc, rxc_exact, two_by_two
from evidence_brief.stats.rxc_exact import fisher_freeman_halton

JOB_SATISFACTION = [[1, 2, 1, 0], [3, 3, 6, 1], [10, 10, 14, 9], [6, 7, 12, 11]]


@st.composite
def tables(draw, largest=30, most=5):
    columns = draw(st.integers(2, most))
    row = st.lists(st.integers(0, largest), min_size=columns, max_size=columns)
    return draw(st.lists(row, min_size=2, max_size=most))


@settings(deadline=None)
@given(tables())
def test_chi_squares_as_scipy(table):
    kept = rxc.filled(table)
    if kept is None:
        assert rxc.pearson(table) is rxc.likelihood_ratio(table) is None
        return
    for ours, power in ((rxc.pearson(table), "pearson"), (rxc.likelihood_ratio(table), "log-likelihood")):
        statistic, p, df, _ = stats.chi2_contingency(kept, correction=False, lambda_=power)
        assert (ours.statistic, ours.p) == pytest.approx((statistic, p), rel=1e-9, abs=1e-12)
        assert ours.df == df


@settings(deadline=None)
@given(st.lists(st.integers(0, 40), min_size=4, max_size=4))
def test_two_by_two_as_two_by_two(cells):
    a, b, c, d = cells
    table = [[a, b], [c, d]]
    if not (a + b and c + d):
        return
    for ours, theirs in (
        (rxc.pearson, two_by_two.pearson),
        (rxc.yates, two_by_two.yates),
        (rxc.likelihood_ratio, two_by_two.likelihood_ratio),
    ):
        result, expected = ours(table), theirs(a, a + b, c, c + d)
        assert (result and result.p) == (expected and pytest.approx(expected, rel=1e-9))
    assert fisher_freeman_halton(table) == pytest.approx(two_by_two.p_values(a, a + b, c, c + d)["fisher"], rel=1e-12)


def test_yates_statistic():
    assert rxc.yates([[3, 1], [1, 3]]) == rxc.Association(0.5, 1, pytest.approx(0.4795, abs=5e-5))
    assert rxc.yates([[0, 0], [1, 3]]) is None
    with pytest.raises(ValueError, match="two rows and two columns"):
        rxc.yates([[1, 2, 3], [4, 5, 6]])


def test_trend_as_r():
    # R's prop.trend.test of 83/86, 90/93, 129/136, 70/82, the smokers of its documentation.
    result = rxc.trend([[83, 90, 129, 70], [3, 3, 7, 12]])
    assert result == rxc.Association(pytest.approx(8.224922285, abs=5e-10), 1, pytest.approx(0.00413189748, abs=5e-12))


def test_trend_of_two_columns_is_pearsons_test():
    assert rxc.trend([[7, 2], [3, 9]]) == rxc.pearson([[7, 2], [3, 9]])


def test_trend_does_not_depend_on_the_scale_of_its_scores():
    table = [[5, 8, 2], [3, 9, 9]]
    assert rxc.trend(table, [1, 3, 5]) == rxc.trend(table)
    assert rxc.trend(table, [0, 1, 5]) != rxc.trend(table)


def test_trend_not_applicable():
    assert rxc.trend([[0, 0, 0], [3, 9, 9]]) is None
    assert rxc.trend([[1, 2, 3], [3, 9, 9]], [1, 1, 1]) is None
    with pytest.raises(ValueError, match="two rows"):
        rxc.trend([[1, 2], [3, 4], [5, 6]])
    with pytest.raises(ValueError, match="as many scores"):
        rxc.trend([[1, 2], [3, 4]], [1, 2, 3])


@pytest.mark.parametrize("table", [[], [[]], [[1, 2], [3]]])
def test_not_a_table(table):
    for test in (rxc.pearson, fisher_freeman_halton):
        with pytest.raises(ValueError, match="as many counts in each row"):
            test(table)


def test_counts_are_whole_and_not_negative():
    for table in ([[1, 2], [3, -1]], [[1, 2], [3, 1.5]]):
        with pytest.raises(ValueError, match="counts must be"):
            rxc.pearson(table)


def enumerated(table):
    """Probability of the tables not likelier than the observed one, every table built."""
    across, down, _ = rxc.margins(table)

    def rows(total, left):
        return (cells for cells in product(*(range(have + 1) for have in left)) if sum(cells) == total)

    found = [(tuple(down), 1)]
    for total in across:
        found = [
            (
                tuple(have - cell for have, cell in zip(left, cells, strict=True)),
                weight * math.prod(map(math.factorial, cells)),
            )
            for left, weight in found
            for cells in rows(total, left)
        ]
    observed = math.prod(math.factorial(cell) for row in table for cell in row)
    every = sum(Fraction(1, weight) for _, weight in found)
    return float(sum(Fraction(1, weight) for _, weight in found if weight >= observed) / every)


@settings(deadline=None, max_examples=60)
@given(tables(largest=3, most=3))
def test_fisher_freeman_halton_as_every_table_built(table):
    expected = enumerated(table) if rxc.filled(table) else 1.0
    assert fisher_freeman_halton(table) == pytest.approx(expected, rel=1e-14)


@settings(deadline=None, max_examples=30)
@given(tables(largest=6, most=3), st.randoms(use_true_random=False))
def test_fisher_freeman_halton_does_not_depend_on_the_order(table, random):
    turned = [list(row) for row in zip(*random.sample(table, len(table)), strict=True)]
    assert fisher_freeman_halton(turned) == fisher_freeman_halton(table)


@pytest.mark.parametrize(
    ("table", "p"),
    [
        pytest.param(JOB_SATISFACTION, "0.7827", id="Agresti 1990, p. 57, job satisfaction"),
        pytest.param([[0, 3, 2], [6, 5, 1], [1, 0, 4]], "0.01423619", id="R"),
        pytest.param(
            [[1, 1, 1, 0, 0, 0, 1, 3, 3], [4, 4, 4, 5, 5, 5, 6, 5, 0], [1, 1, 1, 0, 0, 0, 1, 0, 0]],
            "0.1170696",
            id="R, 3×9",
        ),
        pytest.param([[2, 0, 1, 2, 6], [1, 3, 1, 1, 1], [1, 0, 3, 1, 0], [1, 2, 1, 2, 0]], "0.09111777", id="R, 4×5"),
        pytest.param([[20, 15, 30], [25, 22, 10], [12, 40, 9]], "0.000001641205", id="R, 3×3 of 183"),
    ],
)
def test_fisher_freeman_halton_published(table, p):
    # R's fisher.test (FEXACT) prints these P values.
    assert fisher_freeman_halton(table) == pytest.approx(float(p), abs=0.5 * 10.0 ** -len(p.partition(".")[2]))


def test_fisher_freeman_halton_gives_up_in_time():
    many = [[2, 0, 1, 2, 6, 5, 1], [1, 3, 1, 1, 1, 2, 0], [1, 0, 3, 1, 0, 0, 3], [1, 2, 1, 2, 0, 1, 1]] * 2
    assert fisher_freeman_halton(many) is None
    assert fisher_freeman_halton([[rxc_exact.LARGEST_TOTAL, 1], [1, 1]]) is None


def test_fisher_freeman_halton_of_one_possible_table():
    assert fisher_freeman_halton([[3, 4], [0, 0]]) == 1.0
