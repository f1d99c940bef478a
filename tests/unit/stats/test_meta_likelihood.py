import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evidence_brief.stats.meta_likelihood import log_likelihood, maximum, score


@st.composite
def studies(draw):
    k = draw(st.integers(2, 12))
    y = draw(st.lists(st.floats(-3, 3), min_size=k, max_size=k))
    return y, draw(st.lists(st.floats(0.01, 10), min_size=k, max_size=k))


both = st.booleans()


def test_log_likelihood_is_that_of_normal_distributions():
    y, v, tau2 = [0.3, -1.2, 0.8, 2.0], [0.1, 0.5, 0.2, 1.5], 0.7
    spread = np.sqrt(np.array(v) + tau2)
    mean = np.average(y, weights=spread**-2)
    full = stats.norm.logpdf(y, mean, spread).sum() + 4 / 2 * math.log(2 * math.pi)
    assert log_likelihood(y, v, tau2, restricted=False) == pytest.approx(full, rel=1e-12)
    assert log_likelihood(y, v, tau2, restricted=True) == pytest.approx(full - math.log((spread**-2).sum()) / 2)


@settings(deadline=None)
@given(studies(), st.floats(0.1, 3), both)
def test_score_is_the_derivative(drawn, tau2, restricted):
    y, v = drawn
    low, high = (log_likelihood(y, v, tau2 + step, restricted) for step in (-1e-5, 1e-5))
    assert score(y, v, tau2, restricted) == pytest.approx((high - low) / 2e-5, rel=1e-4, abs=1e-5)


@settings(deadline=None, max_examples=50)
@given(studies(), both)
def test_maximum_beats_a_fine_grid(drawn, restricted):
    y, v = drawn
    best = log_likelihood(y, v, maximum(y, v, restricted), restricted)
    grid = [0.0, *np.geomspace(1e-6, 100, 800)]
    assert best >= max(log_likelihood(y, v, tau2, restricted) for tau2 in grid) - 1e-12


def test_maximum_of_equal_variances_in_closed_form():
    y, v = [0.0, 1.0, 2.0, 5.0], [0.5] * 4
    assert maximum(y, v, restricted=True) == pytest.approx(np.var(y, ddof=1) - 0.5, rel=1e-12)
    assert maximum(y, v, restricted=False) == pytest.approx(np.var(y) - 0.5, rel=1e-12)


@pytest.mark.parametrize(
    ("y", "v", "far"),
    [
        ([0.0, 0.001, 9.0, -9.0], [1e-4, 1e-4, 1.0, 1.0], True),
        ([0.0, 0.01, 0.02, 3.0, -3.0], [1e-3, 1e-3, 1e-3, 1.0, 1.0], False),
    ],
)
def test_maximum_of_two_maxima_is_the_higher(y, v, far):
    # Exact studies agree, vague ones are far apart: the likelihood has a peak at 0 and another one far off.
    rising = [score(y, v, tau2, restricted=True) > 0 for tau2 in (0.0, 1.0, 1e3)]
    assert rising == [False, True, False]
    assert (maximum(y, v, restricted=True) > 1) == far


def test_maximum_of_equal_effects_is_0():
    assert maximum([1.0, 1.0, 1.0], [0.1, 0.2, 0.3], restricted=True) == 0.0
