import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evidence_brief.stats import sensitivity

ratios = st.floats(0.05, 20)


@settings(deadline=None)
@given(ratios, ratios)
def test_e_value_mirrors_reciprocals(estimate, true):
    one = sensitivity.e_value(estimate, true=true)
    other = sensitivity.e_value(1 / estimate, true=1 / true)
    assert one.point == pytest.approx(other.point, rel=1e-6)
    assert one.point >= 1


@settings(deadline=None)
@given(ratios)
def test_e_value_is_the_least_confounding_that_explains_the_effect(estimate):
    # With both associations at E, the bias factor E²/(2E − 1) is the risk ratio (Ding & VanderWeele 2016).
    e = sensitivity.e_value(estimate).point
    assert e**2 / (2 * e - 1) == pytest.approx(max(estimate, 1 / estimate), rel=1e-7)


@settings(deadline=None)
@given(ratios, ratios, ratios)
def test_e_value_of_the_limit_is_never_above_that_of_the_estimate(a, b, c):
    low, estimate, high = sorted((a, b, c))
    found = sensitivity.e_value(estimate, low, high)
    assert 1 <= found.limit <= found.point
    assert (found.limit == 1) == (low <= 1 <= high)


@pytest.mark.parametrize(
    ("arguments", "limit"),
    [
        ((2.0, 1.2, 3.0), 1.2 + math.sqrt(1.2 * 0.2)),
        ((0.5, 0.3, 0.8), 1.25 + math.sqrt(1.25 * 0.25)),
        ((2.0, 0.9, 3.0), 1.0),
        ((2.0, 1.0, 3.0), 1.0),
        ((1.0, 0.9, 3.0), 1.0),
        ((2.0, None, 3.0), None),
        ((1.0, None, None), None),
        ((0.5, 0.3, None), None),
    ],
)
def test_e_value_takes_the_limit_nearer_to_no_effect(arguments, limit):
    found = sensitivity.e_value(*arguments).limit
    assert found == (limit if limit is None else pytest.approx(limit))


def test_e_value_measures():
    assert sensitivity.e_value(4, measure="OR, common outcome") == sensitivity.e_value(2)
    assert sensitivity.e_value(4, measure="OR, rare outcome") == sensitivity.e_value(4)
    hazard = (1 - 0.5 ** math.sqrt(1.3)) / (1 - 0.5 ** math.sqrt(1 / 1.3))
    assert sensitivity.e_value(1.3, measure="HR, common outcome") == sensitivity.e_value(hazard)
    assert sensitivity.e_value(-0.5, -0.8, -0.2, measure="SMD").point == pytest.approx(
        sensitivity.e_value(math.exp(0.455)).point
    )
    assert sensitivity.e_value(0.0, -0.3, 0.3, measure="SMD") == sensitivity.EValue(1.0, 1.0)


def test_e_value_of_a_difference_of_means_in_se():
    found = sensitivity.e_value_smd(-0.5, 0.4, true=-0.1)
    assert found.limit == 1
    assert found.point == pytest.approx(sensitivity.e_value(math.exp(0.91 * 0.4)).point)


@settings(deadline=None)
@given(st.integers(1, 200), st.integers(200, 2000), st.integers(1, 200), st.integers(200, 2000))
def test_e_value_of_a_risk_difference_to_none_is_that_of_the_risk_ratio(x1, n1, x2, n2):
    # Ding & VanderWeele 2016, p. 376: for a true difference of 0 the bias factor is the observed risk ratio.
    assume(x1 / n1 > x2 / n2)
    found = sensitivity.e_value_risk_difference(x1, n1, x2, n2)
    assert found.point == pytest.approx(sensitivity.e_value(x1 / n1 / (x2 / n2)).point, rel=1e-6)
    assert 1 <= found.limit <= found.point


def test_e_value_of_a_risk_difference_whose_interval_holds_0():
    assert sensitivity.e_value_risk_difference(55, 108833, 51, 108829).limit == 1


IMPOSSIBLE = {
    "outside": lambda: sensitivity.e_value(1.2, 1.3, 1.4),
    "outside above": lambda: sensitivity.e_value(0.8, 0.3, 0.7),
    "ratio of 0": lambda: sensitivity.e_value(0),
    "not finite": lambda: sensitivity.e_value(math.nan),
    "limit below 0": lambda: sensitivity.e_value(2, -1, 3),
    "unknown measure": lambda: sensitivity.e_value(2, measure="OR"),
    "SE below 0": lambda: sensitivity.e_value_smd(0.5, -1),
    "no events": lambda: sensitivity.e_value_risk_difference(5, 10, 0, 10),
    "difference below the true one": lambda: sensitivity.e_value_risk_difference(100, 300, 50, 250, true=0.8),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_e_value_impossible_arguments(case):
    with pytest.raises(ValueError):
        IMPOSSIBLE[case]()
