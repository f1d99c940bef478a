import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize
from statsmodels.stats.contingency_tables import StratifiedTable

from evidence_brief.stats import two_by_two
from evidence_brief.stats.meta_effects import effects
from evidence_brief.stats.meta_tables import breslow_day, cochran_mantel_haenszel, mantel_haenszel, peto

P = {test.key: test.p for test in two_by_two.TESTS}
TABLES = [(8, 106, 5, 120), (22, 98, 16, 85), (3, 40, 9, 44)]
NOBODY, EVERYBODY = (0, 10, 0, 12), (10, 10, 12, 12)
MEASURES = ("RR", "OR", "RD")


@st.composite
def table(draw, fewest=0):
    n1, n2 = draw(st.integers(2, 80)), draw(st.integers(2, 80))
    return draw(st.integers(fewest, n1 - fewest)), n1, draw(st.integers(fewest, n2 - fewest)), n2


several = st.lists(table(), min_size=1, max_size=6)
full = st.lists(table(fewest=1), min_size=2, max_size=6)


@settings(deadline=None)
@given(full)
def test_mantel_haenszel_and_tests_as_statsmodels(tables):
    cells = [np.array([[x1, n1 - x1], [x2, n2 - x2]], dtype=float) for x1, n1, x2, n2 in tables]
    expected, found = StratifiedTable(cells), mantel_haenszel(tables, "OR")
    assert found.estimate == pytest.approx(expected.logodds_pooled, rel=1e-9, abs=1e-12)
    assert found.se == pytest.approx(expected.logodds_pooled_se, rel=1e-9)
    for correct in (False, True):
        theirs, ours = expected.test_null_odds(correction=correct), cochran_mantel_haenszel(tables, correct)
        deviation = abs(sum(x1 - n1 * (x1 + x2) / (n1 + n2) for x1, n1, x2, n2 in tables))
        if not correct or deviation >= 0.5:  # below ½ their correction overshoots 0
            assert (ours.statistic, ours.p) == pytest.approx((theirs.statistic, theirs.pvalue), rel=1e-7, abs=1e-12)
        else:
            assert (ours.statistic, ours.p) == (0.0, 1.0)


@settings(deadline=None)
@given(full)
def test_breslow_day_expected_cells_have_the_odds_ratio(tables):
    ratio = math.exp(mantel_haenszel(tables, "OR").estimate)
    statistic = differences = variances = 0.0
    for x1, n1, x2, n2 in tables:
        events = x1 + x2

        def excess(a, n1=n1, n2=n2, events=events):
            return a * (n2 - events + a) - ratio * (n1 - a) * (events - a)

        expected = optimize.brentq(excess, max(0, events - n2), min(n1, events), xtol=1e-13)
        variance = 1 / (1 / expected + 1 / (n1 - expected) + 1 / (events - expected) + 1 / (n2 - events + expected))
        statistic += (x1 - expected) ** 2 / variance
        differences, variances = differences + x1 - expected, variances + variance
    found, corrected = breslow_day(tables, tarone=False), breslow_day(tables)
    assert found.statistic == pytest.approx(statistic, rel=1e-6, abs=1e-9)
    assert corrected.statistic == pytest.approx(statistic - differences**2 / variances, rel=1e-6, abs=1e-9)
    assert found.df == corrected.df == len(tables) - 1


@settings(deadline=None)
@given(several, st.sampled_from(MEASURES))
def test_mantel_haenszel_swapped_groups_change_sign(tables, measure):
    found = mantel_haenszel(tables, measure)
    swapped = mantel_haenszel([(x2, n2, x1, n1) for x1, n1, x2, n2 in tables], measure)
    if found is None:
        assert swapped is None
    else:
        assert swapped.estimate == pytest.approx(-found.estimate, rel=1e-9, abs=1e-12)
        assert (swapped.se, swapped.q) == pytest.approx((found.se, found.q), rel=1e-9, abs=1e-12)


@settings(deadline=None)
@given(table(fewest=1), st.sampled_from(MEASURES))
def test_mantel_haenszel_of_one_table_is_that_table(one, measure):
    found = mantel_haenszel([one], measure)
    (y,), (v,) = effects([one], measure)
    assert found.estimate == pytest.approx(y, rel=1e-12, abs=1e-15)
    assert (found.k, found.q, found.q_df, found.q_p) == (1, 0.0, 0, 1.0)
    if measure != "RD":  # Robins' and Greenland's variances are then those of Woolf and Katz
        assert found.se == pytest.approx(math.sqrt(v), rel=1e-12)
    else:
        assert mantel_haenszel([one], "RD", rd_variance="greenland").se == pytest.approx(math.sqrt(v), rel=1e-12)


def test_mantel_haenszel_rd_sato_by_hand():
    # Rothman, Greenland & Lash 2008, Table 15-1, of two strata; P and Q of Sato 1989.
    tables = TABLES[:2]
    weight = sum(n1 * n2 / (n1 + n2) for _, n1, _, n2 in tables)
    rd = sum((x1 * n2 - x2 * n1) / (n1 + n2) for x1, n1, x2, n2 in tables) / weight
    p = sum((n1**2 * x2 - n2**2 * x1 + n1 * n2 * (n2 - n1) / 2) / (n1 + n2) ** 2 for x1, n1, x2, n2 in tables)
    q = sum((x1 * (n2 - x2) + x2 * (n1 - x1)) / (2 * (n1 + n2)) for x1, n1, x2, n2 in tables)
    found = mantel_haenszel(tables, "RD", 0.9)
    assert found.estimate == pytest.approx(rd, rel=1e-12)
    assert found.se == pytest.approx(math.sqrt(rd * p + q) / weight, rel=1e-12)


@pytest.mark.parametrize("measure", MEASURES)
def test_mantel_haenszel_tables_that_say_nothing(measure):
    found, more = mantel_haenszel(TABLES, measure), mantel_haenszel([*TABLES, NOBODY], measure)
    assert (more.k, more.q_df) == (4, 2)
    if measure == "RD":
        assert abs(more.estimate) < abs(found.estimate)
    else:
        assert (more.estimate, more.se, more.q) == (found.estimate, found.se, found.q)


@pytest.mark.parametrize(
    ("tables", "measure"),
    [
        ([NOBODY], "RR"),
        ([NOBODY], "OR"),
        ([NOBODY], "RD"),
        ([EVERYBODY], "RR"),
        ([EVERYBODY], "OR"),
        ([(0, 10, 3, 12), (0, 5, 1, 6)], "RR"),
        ([(0, 10, 3, 12), (0, 5, 1, 6)], "OR"),
        ([(3, 10, 12, 12)], "OR"),
    ],
)
def test_mantel_haenszel_undefined(tables, measure):
    assert mantel_haenszel(tables, measure) is None


@settings(deadline=None)
@given(table())
def test_cochran_mantel_haenszel_of_one_table_is_its_chi_square(one):
    x1, _, x2, _ = one
    found, cochran = cochran_mantel_haenszel([one]), cochran_mantel_haenszel([one], cochran=True)
    corrected = cochran_mantel_haenszel([one], correct=True, cochran=True)
    if found is None:
        assert P["pearson"](*one) is None
        assert x1 + x2 in (0, one[1] + one[3])
    else:
        assert found.p == pytest.approx(P["n_minus_1"](*one), rel=1e-9)
        assert cochran.p == pytest.approx(P["pearson"](*one), rel=1e-9)
        assert corrected.p == pytest.approx(P["yates"](*one), rel=1e-9)


def test_cochran_mantel_haenszel_undefined():
    assert cochran_mantel_haenszel([NOBODY, EVERYBODY]) is None


def test_breslow_day_of_equal_odds_ratios_is_0():
    found = breslow_day([(2, 12, 1, 11), (4, 24, 2, 22)], tarone=False)
    assert found.statistic == pytest.approx(0, abs=1e-20)
    assert found.p == pytest.approx(1)


def test_breslow_day_of_an_odds_ratio_of_1():
    assert breslow_day([(2, 10, 1, 10), (1, 10, 2, 10)]).statistic == pytest.approx(2 * 0.5**2 / 0.6375, rel=1e-12)


def test_breslow_day_of_a_huge_odds_ratio_loses_no_cell():
    tables = [(10**9 - 1, 10**9, 1, 10**9), (10**9 - 3, 10**9, 2, 10**9), (10**6, 10**6, 0, 10**6)]
    assert math.isfinite(breslow_day(tables).statistic)


def test_breslow_day_counts_only_tables_that_say_something():
    assert breslow_day([*TABLES, NOBODY, EVERYBODY]) == breslow_day(TABLES)


@pytest.mark.parametrize("tables", [[TABLES[0]], [TABLES[0], NOBODY], [(0, 10, 3, 12), (0, 5, 1, 6)]])
def test_breslow_day_undefined(tables):
    assert breslow_day(tables) is None


@settings(deadline=None)
@given(several)
def test_peto_is_the_test_of_mantel_and_haenszel(tables):
    found, test = peto(tables), cochran_mantel_haenszel(tables)
    if found is None:
        assert test is None
    else:
        assert found.statistic**2 == pytest.approx(test.statistic, rel=1e-9, abs=1e-12)
        assert found.p == pytest.approx(test.p, rel=1e-9)


def test_peto_undefined():
    assert peto([NOBODY, EVERYBODY]) is None


def test_peto_counts_only_tables_that_say_something():
    found, more = peto(TABLES), peto([*TABLES, NOBODY])
    assert (more.k, more.q_df, more.estimate, more.q) == (4, 2, found.estimate, found.q)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"measure": "PETO"}, "measure must be RR, OR or RD"),
        ({"measure": "RD", "rd_variance": "stata"}, "rd_variance sato or greenland"),
        ({"measure": "OR", "level": 95}, "level must lie between 0 and 1"),
    ],
)
def test_mantel_haenszel_impossible_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        mantel_haenszel(TABLES, **arguments)


@pytest.mark.parametrize(
    "method", [lambda tables: mantel_haenszel(tables, "OR"), peto, breslow_day, cochran_mantel_haenszel]
)
@pytest.mark.parametrize(("tables", "message"), [([], "at least one table"), ([(5, 4, 1, 3)], "0 <= x <= n")])
def test_tables_impossible(method, tables, message):
    with pytest.raises(ValueError, match=message):
        method(tables)
