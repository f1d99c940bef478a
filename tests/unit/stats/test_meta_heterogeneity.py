import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evidence_brief.stats.meta_heterogeneity import (
    chi_square_p,
    h_squared,
    h_squared_of,
    heterogeneity,
    i_squared,
    i_squared_interval,
    i_squared_of,
    quantile,
    two_sided,
)


def test_heterogeneity_by_hand():
    found = heterogeneity([0.0, 1.0, 3.0], [1.0, 0.5, 0.25])
    mean = (0 + 2 + 12) / 7
    assert found.q == pytest.approx(mean**2 + 2 * (1 - mean) ** 2 + 4 * (3 - mean) ** 2)
    assert found.df == 2
    assert found.typical == pytest.approx(2 / (7 - 21 / 7))


def test_heterogeneity_of_one_study():
    found = heterogeneity([0.3], [0.2])
    assert (found.q, found.df, found.typical) == (0.0, 0, 0.2)


def test_i_squared_and_h_squared():
    assert (i_squared(12, 6), h_squared(12, 6)) == (50.0, 2.0)
    assert (i_squared(3, 6), h_squared(3, 6)) == (0.0, 0.5)
    assert (i_squared(0, 6), h_squared(0, 0)) == (0.0, 1.0)
    assert (i_squared_of(0.3, 0.1), h_squared_of(0.3, 0.1)) == pytest.approx((75.0, 4.0))


def test_i_squared_interval_higgins_2003_example():
    # Higgins et al. 2003, BMJ 327:557: tamoxifen, Q = 55.9 of 55 trials, I² = 3% (0 to 28%).
    assert [round(each) for each in i_squared_interval(55.9, 54)] == [0, 28]


def test_i_squared_interval_by_hand():
    se = (math.log(30) - math.log(9)) / (2 * (math.sqrt(60) - math.sqrt(17)))
    limits = [30 / 9 * math.exp(2 * sign * stats.norm.ppf(0.975) * se) for sign in (-1, 1)]
    assert i_squared_interval(30, 9) == pytest.approx([100 * (1 - 1 / each) for each in limits])
    se = math.sqrt((1 - 1 / (3 * 8**2)) / (2 * 8))
    low, high = i_squared_interval(8, 9)
    assert (low, high) == (0.0, pytest.approx(100 * (1 - 9 / 8 * math.exp(-2 * stats.norm.ppf(0.975) * se))))


@settings(deadline=None)
@given(st.floats(0, 1e4), st.integers(1, 200))
def test_i_squared_interval_holds_i_squared(q, df):
    limits = i_squared_interval(q, df)
    assert limits is not None or (df == 1 and q <= 2)
    if limits is not None:
        assert 0 <= limits[0] <= i_squared(q, df) + 1e-9
        assert i_squared(q, df) - 1e-9 <= limits[1] <= 100


@pytest.mark.parametrize(
    ("q", "df", "level", "message"),
    [
        (-1, 5, 0.95, "at least 0"),
        (math.nan, 5, 0.95, "finite"),
        (3, 0, 0.95, "df at least 1"),
        (3, 5, 95, "level must"),
    ],
)
def test_i_squared_interval_impossible(q, df, level, message):
    with pytest.raises(ValueError, match=message):
        i_squared_interval(q, df, level)


@settings(deadline=None)
@given(st.floats(-30, 30), st.integers(1, 300))
def test_distributions_as_scipy(statistic, df):
    assert two_sided(statistic, df) == pytest.approx(2 * stats.t.sf(abs(statistic), df), rel=1e-9, abs=1e-300)
    assert two_sided(statistic, None) == pytest.approx(2 * stats.norm.sf(abs(statistic)), rel=1e-9, abs=1e-300)
    assert chi_square_p(abs(statistic), df) == pytest.approx(stats.chi2.sf(abs(statistic), df), rel=1e-9)
    assert quantile(0.9, df) == pytest.approx(stats.t.ppf(0.95, df), rel=1e-9)
    assert quantile(0.9, None) == pytest.approx(stats.norm.ppf(0.95), rel=1e-12)


def test_chi_square_p_without_degrees_of_freedom():
    assert chi_square_p(0.0, 0) == 1.0
