import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evidence_brief.stats.meta_likelihood import log_likelihood
from evidence_brief.stats.meta_quadratic import inverse_variance
from evidence_brief.stats.meta_tau2 import tau2
from evidence_brief.stats.meta_tau2_interval import KINDS, tau2_interval

Y, V = [0.1, -0.4, 0.9, 1.4, 0.2, 0.6], [0.05, 0.1, 0.2, 0.15, 0.4, 0.08]
ALIKE = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5]


@st.composite
def studies(draw):
    k = draw(st.integers(2, 10))
    y = draw(st.lists(st.floats(-3, 3), min_size=k, max_size=k))
    return y, draw(st.lists(st.floats(0.01, 5), min_size=k, max_size=k))


@settings(deadline=None)
@given(studies(), st.sampled_from(KINDS))
def test_tau2_interval_widens_with_its_level(drawn, kind):
    narrow, wide = (tau2_interval(*drawn, kind, level) for level in (0.8, 0.95))
    if narrow is not None:
        assert 0 <= narrow[0] <= narrow[1]
        assert wide[0] <= narrow[0] * (1 + 1e-9)
        assert narrow[1] <= wide[1] * (1 + 1e-9)


@settings(deadline=None)
@given(studies(), st.sampled_from(KINDS), st.floats(-5, 5), st.sampled_from([0.5, 4.0]))
def test_tau2_interval_shifts_and_scales(drawn, kind, shift, scale):
    y, v = drawn
    other = tau2_interval([scale * (a + shift) for a in y], [scale**2 * a for a in v], kind)
    found = tau2_interval(y, v, kind)
    assert other == (None if found is None else pytest.approx([scale**2 * a for a in found], rel=1e-6, abs=1e-9))


def test_q_profile_limits_meet_the_quantiles():
    low, high = tau2_interval(Y, V)
    values = [inverse_variance(V, each).value(Y) for each in (low, high)]
    assert values == pytest.approx(stats.chi2.ppf([0.975, 0.025], 5), rel=1e-10)


def test_q_profile_of_equal_variances_is_that_of_a_sample_variance():
    y, k = [0.0, 1.0, 2.0, 6.0, 3.0], 5
    expected = (k - 1) * np.var(y, ddof=1) / stats.chi2.ppf([0.975, 0.025], k - 1) - 0.1
    assert tau2_interval(y, [0.1] * k) == pytest.approx(expected, rel=1e-12)
    assert tau2_interval(y, [0.1] * k, "GENQ", weights=[2.0] * k) == pytest.approx(expected, rel=1e-10)
    # Satterthwaite's gamma distribution is exact here.
    assert tau2_interval(y, [0.1] * k, "BT") == pytest.approx(expected, rel=1e-10)


def test_genq_limits_leave_the_tails():
    form = inverse_variance([math.sqrt(each) for each in V])
    low, high = tau2_interval(Y, V, "GENQ", weights=form.weights)
    q = form.value(Y)
    tails = [1 - form.cdf(q, [each + limit for each in V]) for limit in (low, high)]
    assert tails == pytest.approx([0.025, 0.975], abs=1e-10)


@pytest.mark.parametrize("method", ["ML", "REML"])
def test_profile_likelihood_limits_fall_by_half_the_quantile(method):
    low, high = tau2_interval(Y, V, "PL", method=method)
    best = tau2(Y, V, method).value
    levels = [log_likelihood(Y, V, each, method == "REML") for each in (low, best, high)]
    half = stats.chi2.ppf(0.95, 1) / 2
    assert levels[1] - levels[2] == pytest.approx(half, rel=1e-9)
    assert low == 0 or levels[1] - levels[0] == pytest.approx(half, rel=1e-9)


def test_profile_likelihood_of_a_low_estimate_begins_at_0():
    low, high = tau2_interval(ALIKE, V, "PL")
    assert low == 0 < high


@pytest.mark.parametrize("kind", ["QP", "GENQ", "BT"])
def test_tau2_interval_of_studies_too_much_alike_is_empty(kind):
    assert tau2_interval(ALIKE, V, kind) is None


def test_wald_and_sidik_jonkman_by_hand():
    found = tau2(Y, V, "DL")
    half_width = stats.norm.ppf(0.975) * found.se
    expected = (max(0.0, found.value - half_width), found.value + half_width)
    assert tau2_interval(Y, V, "Wald", method="DL") == pytest.approx(expected, rel=1e-12)
    scaled = 5 * tau2(Y, V, "SJ").value / stats.chi2.ppf([0.975, 0.025], 5)
    assert tau2_interval(Y, V, "SJ") == pytest.approx(scaled, rel=1e-12)


def test_tau2_interval_covers_as_often_as_it_says():
    # 1000 samples of seed 2; three standard errors of 95% are 2.1 points.
    rng = np.random.default_rng(2)
    v, true = np.array([0.1, 0.2, 0.3, 0.05, 0.5, 1.0]), 0.2
    limits = [tau2_interval(rng.normal(0, np.sqrt(v + true)), v) for _ in range(1000)]
    covered = sum(each is not None and each[0] <= true <= each[1] for each in limits)
    assert covered == pytest.approx(950, abs=21)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"kind": "qp"}, "kind must be one of QP"),
        ({"level": 95}, "level must lie between 0 and 1"),
        ({"kind": "PL", "method": "DL"}, "ML or REML"),
        ({"kind": "Wald", "method": "dl"}, "method must be one of"),
        ({"kind": "GENQ", "weights": [1.0]}, "weights must be 6"),
    ],
)
def test_tau2_interval_impossible_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        tau2_interval(Y, V, **arguments)


def test_tau2_interval_needs_two_studies():
    with pytest.raises(ValueError, match="at least two studies"):
        tau2_interval([1.0], [1.0])
