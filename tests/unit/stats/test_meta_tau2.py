import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from evidence_brief.stats import meta_quadratic
from evidence_brief.stats.meta_tau2 import METHODS, tau2

Y, V = [0.1, -0.4, 0.9, 1.4, 0.2, 0.6], [0.05, 0.1, 0.2, 0.15, 0.4, 0.08]
PLAIN = [method for method in METHODS if not method.startswith("GENQ")]


@st.composite
def studies(draw, fewest=2):
    k = draw(st.integers(fewest, 12))
    y = draw(st.lists(st.floats(-3, 3), min_size=k, max_size=k))
    return y, draw(st.lists(st.floats(0.01, 5), min_size=k, max_size=k))


def estimate(y, v, method):
    return tau2(y, v, method, [1 / each for each in v] if method.startswith("GENQ") else None)


@settings(deadline=None)
@given(studies(), st.sampled_from(METHODS))
def test_tau2_is_not_negative_and_has_a_standard_error(drawn, method):
    found = estimate(*drawn, method)
    assert found.value >= 0
    assert found.se > 0 or (method == "SJ" and found.value == 0)


@settings(deadline=None)
@given(studies(), st.sampled_from(METHODS), st.floats(-5, 5), st.sampled_from([0.5, 2.0, 8.0]))
def test_tau2_shifts_and_scales(drawn, method, shift, scale):
    y, v = drawn
    if method == "SJ2":  # its least initial value has a scale of its own
        return
    found, other = estimate(y, v, method), estimate([scale * (a + shift) for a in y], [scale**2 * a for a in v], method)
    assert other.value == pytest.approx(scale**2 * found.value, rel=1e-6, abs=1e-9)
    assert other.se == pytest.approx(scale**2 * found.se, rel=1e-6, abs=1e-9)


@settings(deadline=None)
@given(studies(), st.randoms(use_true_random=False), st.sampled_from(METHODS))
def test_tau2_does_not_heed_the_order(drawn, random, method):
    pairs = list(zip(*drawn, strict=True))
    random.shuffle(pairs)
    assert estimate(*zip(*pairs, strict=True), method).value == pytest.approx(
        estimate(*drawn, method).value, rel=1e-9, abs=1e-12
    )


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@settings(deadline=None)
@given(studies())
def test_tau2_dersimonian_laird_and_paule_mandel_as_statsmodels(drawn):
    y, v = map(np.array, drawn)
    # statsmodels lets the first be negative, and stops the second where Q is within 1e-5 of its mean. (With a tighter
    # atol it returns 0 where rounding takes Q below its mean: 0 and 2.5, variances 1 and 3.75, atol=1e-11, start 1.)
    moments, iterated = (combine_effects(y, v, method_re=name).tau2 for name in ("dl", "pm"))
    assert tau2(y, v, "DL").value == pytest.approx(max(0.0, moments), rel=1e-9, abs=1e-12)
    assert tau2(y, v, "PM").value == pytest.approx(iterated, abs=1e-3)


@pytest.mark.parametrize("method", PLAIN)
def test_tau2_of_equal_variances_in_closed_form(method):
    y, k = [0.0, 1.0, 2.0, 6.0, 3.0], 5
    sample, divided = np.var(y, ddof=1), np.var(y)
    expected = {
        "HS": divided - 0.5,
        "HSk": sample - 0.5,
        "ML": divided - 0.5,
        "SJ": divided / (0.5 + divided) * sample,
        "SJ2": (sample - 0.5) / sample * sample,
        "PMM": sample * (k - 1) / stats.chi2.median(k - 1) - 0.5,
    }
    assert tau2(y, [0.5] * k, method).value == pytest.approx(expected.get(method, sample - 0.5), rel=1e-12)


def test_tau2_median_unbiased_estimators_agree_for_equal_variances():
    y, v = [0.0, 1.0, 2.0, 6.0, 3.0], [0.5] * 5
    assert tau2(y, v, "GENQM", [2.0] * 5).value == pytest.approx(tau2(y, v, "PMM").value, rel=1e-11)


@pytest.mark.parametrize(("method", "weights"), [("DL", [1 / each for each in V]), ("HE", [3.0] * 6)])
def test_tau2_general_moments_include_the_older_ones(method, weights):
    assert tau2(Y, V, "GENQ", weights).value == pytest.approx(tau2(Y, V, method).value, rel=1e-12)
    assert tau2(Y, V, "GENQ", weights).se == pytest.approx(tau2(Y, V, method).se, rel=1e-12)


def test_tau2_two_steps_use_the_first():
    for second, first in (("DL2", "DL"), ("CA2", "CA")):
        weights = [1 / (each + tau2(Y, V, first).value) for each in V]
        assert tau2(Y, V, second) == tau2(Y, V, "GENQ", weights)


def test_tau2_iterated_steps_end_at_paule_mandel():
    value = 0.0
    for _ in range(500):
        weights = [1 / (each + value) for each in V]
        value = tau2(Y, V, "GENQ", weights).value
    assert tau2(Y, V, "DLIT").value == pytest.approx(value, rel=1e-12)
    for _ in range(2000):
        weights = np.array([1 / (each + value) for each in V])
        mean = np.average(Y, weights=weights)
        value *= (weights * (np.array(Y) - mean) ** 2).sum() / (len(Y) - 1)
    assert tau2(Y, V, "SJIT").value == pytest.approx(value, rel=1e-10)


@pytest.mark.parametrize("method", [each for each in METHODS if each not in ("SJ", "SJ2")])
def test_tau2_of_studies_more_alike_than_chance_is_0(method):
    assert estimate([0.5, 0.51, 0.49, 0.5], [0.1, 0.2, 0.3, 0.4], method).value == 0.0


@pytest.mark.parametrize("method", METHODS)
def test_tau2_of_equal_effects_is_0(method):
    assert estimate([0.5] * 4, [0.1, 0.2, 0.3, 0.4], method).value == 0.0


@pytest.mark.parametrize("method", METHODS)
def test_tau2_of_one_study(method):
    found = estimate([0.5], [0.1], method)
    assert (found.value, found.se) == (0.0, None)


def test_tau2_standard_error_as_simulated():
    # The estimates of 4000 samples, seed 1, spread as the standard error at the true τ² says.
    rng = np.random.default_rng(1)
    v, true = np.array([0.1, 0.2, 0.3, 0.05, 0.5] * 4), 2.0
    found = [tau2(rng.normal(0, np.sqrt(v + true)), v, "DL").value for _ in range(4000)]
    form = meta_quadratic.inverse_variance(v)
    expected = math.sqrt(2 * form.trace_of_square(v + true)) / form.trace([1.0] * 20)
    assert np.std(found) == pytest.approx(expected, rel=0.05)
    assert np.mean(found) == pytest.approx(true, rel=0.05)


def test_tau2_median_unbiased_gives_up_beyond_its_bound(monkeypatch):
    monkeypatch.setattr(meta_quadratic, "MOST_STEPS", 40)
    assert tau2([0.0, 1e20, 3.0], [1.0, 1.0, 1.0], "GENQM", [1.0] * 3) is None


@pytest.mark.parametrize(
    ("method", "weights", "message"),
    [
        ("dl", None, "method must be one of DL"),
        ("EE", None, "method must be one of DL"),
        ("GENQ", None, "GENQ needs weights"),
        ("GENQM", None, "GENQM needs weights"),
        ("GENQ", [1.0], "weights must be 6"),
        ("GENQ", [1, 1, 1, 1, 1, 0], "above 0"),
        ("GENQ", [1, 1, 1, 1, 1, math.inf], "finite"),
    ],
)
def test_tau2_impossible_arguments(method, weights, message):
    with pytest.raises(ValueError, match=message):
        tau2(Y, V, method, weights)


def test_tau2_impossible_effects():
    with pytest.raises(ValueError, match="above 0"):
        tau2([1, 2], [1, -1], "DL")
