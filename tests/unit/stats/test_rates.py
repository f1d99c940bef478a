import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.stats import rates

events, times = st.integers(1, 500), st.floats(1, 1e5)


def test_rate_by_sas():
    # 14 events in 400 (SAS through zEpid).
    one = rates.rate(14, 400)
    assert (one.estimate, f"{one.se:.6f}") == (0.035, "0.009354")
    assert [f"{limit:.5f}" for limit in one.interval()] == ["0.01667", "0.05333"]


def test_rates_of_two_groups_by_sas_and_openepi():
    # 6 events in 100 against 14 in 400 (SAS and OpenEpi through zEpid).
    ratio, difference = rates.log_rate_ratio(6, 100, 14, 400), rates.rate_difference(6, 100, 14, 400)
    assert f"{ratio.se:.9f}" == "0.487950036"
    assert [f"{math.exp(limit):.9f}" for limit in ratio.interval()] == ["0.658778447", "4.460946657"]
    assert difference.estimate == pytest.approx(0.025)
    assert [f"{limit:.5f}" for limit in difference.interval()] == ["-0.02639", "0.07639"]


@settings(deadline=None)
@given(events, times, events, times)
def test_rates_swapped_groups_change_sign(x1, t1, x2, t2):
    for measure in (rates.log_rate_ratio, rates.rate_difference, rates.root_rate_difference):
        one, other = measure(x1, t1, x2, t2), measure(x2, t2, x1, t1)
        assert one.estimate == pytest.approx(-other.estimate, abs=1e-12)
        assert one.variance == pytest.approx(other.variance)


@settings(deadline=None)
@given(events, times, st.floats(0.01, 100))
def test_log_rate_ratio_does_not_depend_on_the_unit_of_time(x, t, unit):
    one, other = rates.log_rate_ratio(x, t, 7, 50), rates.log_rate_ratio(x, t * unit, 7, 50 * unit)
    assert one.estimate == pytest.approx(other.estimate, abs=1e-9)
    assert one.variance == other.variance


def test_rates_without_events():
    assert rates.log_rate_ratio(0, 10, 5, 10).estimate == pytest.approx(math.log(0.5 / 5.5))
    assert rates.rate(0, 10).interval() == (0, 0)
    assert rates.root_rate(0, 10).estimate == 0
    assert rates.logit_proportion(0, 10).estimate == pytest.approx(math.log(0.5 / 10.5))
    assert rates.freeman_tukey_rate(0, 4).estimate == 0.25


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: rates.rate(-1, 5),
        lambda: rates.rate(1.5, 5),
        lambda: rates.rate(1, math.nan),
        lambda: rates.log_rate(0, 5, correction=0),
        lambda: rates.log_rate(0, 5, correction=-1),
        lambda: rates.arcsine_proportion(6, 5),
    ],
)
def test_rates_impossible_arguments(impossible):
    with pytest.raises(ValueError):
        impossible()
