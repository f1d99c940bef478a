import math
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from evidence_brief.stats import intervals


@st.composite
def proportions(draw):
    n = draw(st.integers(1, 500))
    return draw(st.integers(0, n)), n


levels = st.sampled_from([0.8, 0.9, 0.95, 0.99])


@settings(deadline=None)
@given(proportions(), levels)
def test_wilson_as_statsmodels(proportion, level):
    x, n = proportion
    expected = proportion_confint(x, n, alpha=1 - level, method="wilson")
    assert intervals.wilson(x, n, level) == pytest.approx(expected, abs=1e-12)


@settings(deadline=None)
@given(proportions(), levels)
def test_wilson_limits_solve_the_score_equation(proportion, level):
    x, n = proportion
    z = stats.norm.ppf((1 + level) / 2)
    for limit in intervals.wilson(x, n, level):
        assert (x / n - limit) ** 2 == pytest.approx(z**2 * limit * (1 - limit) / n, abs=1e-12)


@settings(deadline=None)
@given(proportions())
def test_wilson_mirrors_successes_and_failures(proportion):
    x, n = proportion
    lower, upper = intervals.wilson(n - x, n)
    assert intervals.wilson(x, n) == pytest.approx((1 - upper, 1 - lower), abs=1e-12)


def test_wilson_none_and_all_reach_the_ends_exactly():
    for n in range(1, 200):
        assert intervals.wilson(0, n)[0] == 0.0
        assert intervals.wilson(n, n)[1] == 1.0


@settings(deadline=None)
@given(proportions(), proportions(), levels)
def test_newcombe_as_statsmodels(first, second, level):
    expected = confint_proportions_2indep(*first, *second, method="newcomb", alpha=1 - level)
    assert intervals.newcombe(*first, *second, level) == pytest.approx(expected, abs=1e-12)


@settings(deadline=None)
@given(proportions(), proportions())
def test_newcombe_swapped_groups_change_sign(first, second):
    lower, upper = intervals.newcombe(*second, *first)
    assert intervals.newcombe(*first, *second) == pytest.approx((-upper, -lower), abs=1e-12)


@settings(deadline=None)
@given(proportions(), proportions())
def test_newcombe_holds_the_difference_within_bounds(first, second):
    lower, upper = intervals.newcombe(*first, *second)
    assert -1 <= lower <= first[0] / first[1] - second[0] / second[1] <= upper <= 1


def test_mean_t_textbook():
    # Altman & Gardner 1986, BMJ 292:746: mean 146.4, SD 18.5, n = 100 gives 142.7 to 150.1.
    assert intervals.mean_t(146.4, 18.5, 100) == pytest.approx((142.7, 150.1), abs=0.05)


@settings(deadline=None)
@given(st.floats(-1e3, 1e3), st.floats(0, 1e3), st.integers(2, 1000), levels)
def test_mean_t_as_scipy(mean, sd, n, level):
    half_width = stats.t.ppf((1 + level) / 2, n - 1) * sd / math.sqrt(n)
    assert intervals.mean_t(mean, sd, n, level) == pytest.approx(
        (mean - half_width, mean + half_width), rel=1e-9, abs=1e-9
    )


@pytest.mark.parametrize(("x", "n"), [(-1, 5), (6, 5), (0, 0)])
def test_wilson_impossible_counts(x, n):
    with pytest.raises(ValueError, match="0 <= x <= n"):
        intervals.wilson(x, n)


@pytest.mark.parametrize("table", [(6, 5, 1, 5), (1, 5, -1, 5)])
def test_newcombe_impossible_counts(table):
    with pytest.raises(ValueError, match="0 <= x <= n"):
        intervals.newcombe(*table)


@pytest.mark.parametrize("level", [0, 1, 95, math.nan])
def test_level_outside_0_to_1(level):
    for interval in (
        lambda: intervals.wilson(1, 5, level),
        lambda: intervals.newcombe(1, 5, 2, 5, level),
        lambda: intervals.mean_t(1, 1, 5, level),
    ):
        with pytest.raises(ValueError, match="level must lie between 0 and 1"):
            interval()


@pytest.mark.parametrize(
    ("mean", "sd", "n", "message"),
    [(1, -1, 5, "sd at least 0"), (math.nan, 1, 5, "finite"), (1, math.inf, 5, "finite"), (1, 1, 1, "n >= 2")],
)
def test_mean_t_impossible_summaries(mean, sd, n, message):
    with pytest.raises(ValueError, match=message):
        intervals.mean_t(mean, sd, n)


@pytest.mark.parametrize("module", ["intervals", "two_by_two"])
def test_import_leaves_scipy_alone(module):
    code = f"import sys, evidence_brief.stats.{module}; sys.exit('scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
