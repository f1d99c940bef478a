import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from evidence_brief.stats.meta import EQUAL_EFFECTS, TESTS, pool, prediction_interval
from evidence_brief.stats.meta_tau2 import METHODS, tau2

Y, V = [0.1, -0.4, 0.9, 1.4, 0.2, 0.6], [0.05, 0.1, 0.2, 0.15, 0.4, 0.08]


@st.composite
def studies(draw):
    k = draw(st.integers(2, 12))
    y = draw(st.lists(st.floats(-3, 3), min_size=k, max_size=k))
    return y, draw(st.lists(st.floats(0.01, 5), min_size=k, max_size=k))


@settings(deadline=None)
@given(studies(), st.sampled_from(["EE", "DL", "REML"]), st.sampled_from(TESTS))
def test_pool_estimate_lies_within_studies_and_interval(drawn, method, test):
    y, v = drawn
    found = pool(y, v, method, test)
    assert min(y) - 1e-9 <= found.estimate <= max(y) + 1e-9
    assert found.low <= found.estimate <= found.high
    assert found.p is None or 0 <= found.p <= 1
    assert found.df == (None if test == "z" else len(y) - 1)


@settings(deadline=None)
@given(studies(), st.sampled_from(["EE", "DL"]), st.sampled_from(TESTS), st.sampled_from([0.8, 0.95, 0.99]))
def test_pool_interval_holds_0_where_p_is_large(drawn, method, test, level):
    found = pool(*drawn, method, test, level)
    if found.p is not None and abs(found.p - (1 - level)) > 1e-9:
        assert (found.low <= 0 <= found.high) == (found.p > 1 - level)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@settings(deadline=None)
@given(studies())
def test_pool_as_statsmodels(drawn):
    y, v = map(np.array, drawn)
    expected = combine_effects(y, v, method_re="dl")
    fixed, fixed_hk = pool(y, v, "EE"), pool(y, v, "EE", "knha")
    assert (fixed.estimate, fixed.se) == pytest.approx(
        (expected.mean_effect_fe, expected.sd_eff_w_fe), rel=1e-9, abs=1e-12
    )
    assert fixed.q == pytest.approx(expected.q, rel=1e-6, abs=1e-9)
    assert fixed_hk.se == pytest.approx(expected.sd_eff_w_fe_hksj, rel=1e-6, abs=1e-9)
    if expected.tau2 > 0:  # statsmodels does not cut it off
        random, random_hk = pool(y, v, "DL"), pool(y, v, "DL", "knha")
        assert (random.tau2, random.se) == pytest.approx((expected.tau2, expected.sd_eff_w_re), rel=1e-6)
        assert random.estimate == pytest.approx(expected.mean_effect_re, rel=1e-6, abs=1e-9)
        assert random_hk.se == pytest.approx(expected.sd_eff_w_re_hksj, rel=1e-6)


def test_pool_equal_variances_by_hand():
    y, k = [0.0, 1.0, 2.0, 6.0, 3.0], 5
    found = pool(y, [0.5] * k, "DL", "knha", 0.9)
    sample = np.var(y, ddof=1)
    half_width = stats.t.ppf(0.95, k - 1) * math.sqrt(sample / k)
    assert found.estimate == pytest.approx(2.4)
    assert (found.low, found.high) == pytest.approx((2.4 - half_width, 2.4 + half_width), rel=1e-12)
    assert found.p == pytest.approx(stats.ttest_1samp(y, 0).pvalue, rel=1e-10)
    assert (found.i2, found.h2) == pytest.approx((100 * (sample - 0.5) / sample, sample / 0.5), rel=1e-12)


@settings(deadline=None)
@given(studies(), st.sampled_from(["EE", "DL", "PM"]))
def test_pool_adhoc_is_never_narrower_than_t(drawn, method):
    plain, modified = pool(*drawn, method, "t"), pool(*drawn, method, "adhoc")
    assert modified.se >= plain.se * (1 - 1e-12)
    assert modified.se == pytest.approx(max(plain.se, pool(*drawn, method, "knha").se), rel=1e-12)


def test_pool_paule_mandel_makes_the_knapp_hartung_factor_1():
    assert pool(Y, V, "PM", "knha").se == pytest.approx(pool(Y, V, "PM", "t").se, rel=1e-12)


def test_pool_i_squared_of_dersimonian_laird_is_that_of_q():
    found = pool(Y, V, "DL")
    assert found.i2 == pytest.approx(pool(Y, V, "EE").i2, rel=1e-12)
    assert found.h2 == pytest.approx(found.q / 5, rel=1e-12)


@pytest.mark.parametrize("method", EQUAL_EFFECTS)
def test_pool_equal_effects_by_any_name(method):
    found = pool(Y, V, method)
    assert (found.tau2, found.tau2_se) == (0.0, None)
    assert found.estimate == pytest.approx(np.average(Y, weights=1 / np.array(V)), rel=1e-12)


def test_pool_given_weights():
    a = np.array([1.0, 2, 3, 4, 5, 6])
    found = pool(Y, V, "DL", weights=a)
    expected = (a**2 * (np.array(V) + found.tau2)).sum() / a.sum() ** 2
    assert found.estimate == pytest.approx(np.average(Y, weights=a), rel=1e-12)
    assert found.se == pytest.approx(math.sqrt(expected), rel=1e-12)
    assert found.tau2 == pool(Y, V, "DL").tau2
    # The factor of Knapp and Hartung is about the estimate weighted by 1/(v + τ²).
    ratio = pool(Y, V, "DL", "knha").se / pool(Y, V, "DL", "t").se
    assert pool(Y, V, "DL", "knha", weights=a).se == pytest.approx(found.se * ratio, rel=1e-12)


def test_pool_general_moments_weigh_twice():
    a = [1.0, 2, 3, 4, 5, 6]
    found = pool(Y, V, "GENQ", weights=a)
    assert found.tau2 == tau2(Y, V, "GENQ", a).value
    assert found.estimate == pytest.approx(np.average(Y, weights=a), rel=1e-12)


def test_pool_given_tau2():
    found, estimated = pool(Y, V, "REML", tau2=0.25), pool(Y, V, "REML")
    assert (found.tau2, found.tau2_se) == (0.25, None)
    again = pool(Y, V, "REML", tau2=estimated.tau2)
    assert (again.estimate, again.low, again.i2) == (estimated.estimate, estimated.low, estimated.i2)


@pytest.mark.parametrize("method", ["EE", *(each for each in METHODS if not each.startswith("GENQ"))])
def test_pool_one_study_is_that_study(method):
    found = pool([0.5], [0.04], method)
    assert (found.k, found.estimate, found.q, found.q_df, found.q_p) == (1, 0.5, 0.0, 0, 1.0)
    assert found.se == pytest.approx(0.2)
    assert (found.i2, found.h2) == (0.0, 1.0)


def test_pool_equal_effects_have_no_knapp_hartung_statistic():
    found = pool([0.5, 0.5], [0.1, 0.2], "DL", "knha")
    assert (found.se, found.statistic, found.p) == (0.0, None, None)
    assert found.low == found.high == 0.5


def test_pool_undecided_median_is_none(monkeypatch):
    monkeypatch.setattr("evidence_brief.stats.meta_quadratic.MOST_STEPS", 40)
    assert pool([0.0, 1e20, 3.0], [1.0] * 3, "GENQM", weights=[1.0] * 3) is None


@pytest.mark.parametrize("kind", ["higgins", "t", "z"])
def test_prediction_interval_by_hand(kind):
    found = pool(Y, V, "REML")
    crit = {"higgins": stats.t.ppf(0.975, 4), "t": stats.t.ppf(0.975, 5), "z": stats.norm.ppf(0.975)}[kind]
    half_width = crit * math.sqrt(found.tau2 + found.se**2)
    expected = (found.estimate - half_width, found.estimate + half_width)
    assert prediction_interval(found, kind) == pytest.approx(expected, rel=1e-12)


def test_prediction_interval_needs_a_third_study():
    assert prediction_interval(pool(Y[:2], V[:2], "DL")) is None
    assert prediction_interval(pool(Y[:3], V[:3], "DL")) is not None


@pytest.mark.parametrize(
    ("method", "kind", "message"), [("EE", "higgins", "random-effects"), ("DL", "k-2", "kind must be one of higgins")]
)
def test_prediction_interval_impossible(method, kind, message):
    with pytest.raises(ValueError, match=message):
        prediction_interval(pool(Y, V, method), kind)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"method": "dl"}, "method must be one of DL"),
        ({"method": "dl", "tau2": 0.1}, "method must be one of DL"),
        ({"test": "hk"}, "test must be one of z"),
        ({"level": 95}, "level must lie between 0 and 1"),
        ({"weights": [1.0]}, "weights must be 6"),
        ({"tau2": -0.1}, "at least 0"),
        ({"tau2": math.nan}, "at least 0"),
        ({"method": "EE", "tau2": 0.1}, "random effects"),
    ],
)
def test_pool_impossible_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        pool(Y, V, **arguments)


@pytest.mark.parametrize("test", ["t", "knha", "adhoc"])
def test_pool_t_needs_two_studies(test):
    with pytest.raises(ValueError, match="at least two studies"):
        pool([0.5], [0.1], "DL", test)


@pytest.mark.parametrize("module", ["meta", "meta_tables", "meta_rates", "meta_tau2_interval", "meta_henmi_copas"])
def test_import_leaves_scipy_and_numpy_alone(module):
    code = f"import sys, evidence_brief.stats.{module}; sys.exit('scipy' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
