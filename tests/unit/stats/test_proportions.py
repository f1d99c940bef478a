import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats
from statsmodels.stats.proportion import proportion_confint

from evidence_brief.stats import exact_proportions, proportions
from evidence_brief.stats.limits import Method

BY_KEY = {method.key: method for method in proportions.METHODS}
WITHOUT_ESTIMATE = {"plus_four", "arcsine"}
"""Methods that may leave the estimate out, at low levels and few people."""


@st.composite
def counts(draw, largest=300):
    n = draw(st.integers(1, largest))
    return draw(st.integers(0, n)), n


levels = st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99])
every_method = pytest.mark.parametrize("method", proportions.METHODS, ids=lambda method: method.key)


def test_methods_have_keys_and_names_of_their_own():
    assert len(BY_KEY) == len(proportions.METHODS) == 18
    assert all(isinstance(method, Method) and method.names and method.label for method in proportions.METHODS)


@every_method
@settings(deadline=None, max_examples=40)
@given(counts(), levels)
def test_interval_lies_in_0_to_1_and_mirrors_the_failures(method, count, level):
    x, n = count
    lower, upper = method.interval(x, n, level)
    assert 0 <= lower <= upper <= 1
    mirrored = method.interval(n - x, n, level)
    assert (lower, upper) == pytest.approx((1 - mirrored[1], 1 - mirrored[0]), abs=1e-12)
    if method.key not in WITHOUT_ESTIMATE:
        assert lower <= x / n + 1e-15
        assert upper >= x / n - 1e-15


@every_method
@settings(deadline=None, max_examples=40)
@given(counts())
def test_interval_grows_with_its_level(method, count):
    narrow, wide = method.interval(*count, 0.9), method.interval(*count, 0.95)
    assert wide[0] <= narrow[0] + 1e-12
    assert narrow[1] <= wide[1] + 1e-12


@settings(deadline=None)
@given(counts(), levels)
@pytest.mark.parametrize(
    ("key", "theirs"),
    [("wald", "normal"), ("wilson", "wilson"), ("agresti_coull", "agresti_coull"), ("clopper_pearson", "beta")],
)
def test_interval_as_statsmodels(key, theirs, count, level):
    expected = np.clip(proportion_confint(*count, alpha=1 - level, method=theirs), 0, 1)
    assert BY_KEY[key].interval(*count, level) == pytest.approx(expected, abs=1e-10)


@settings(deadline=None)
@given(counts(), levels)
def test_exact_limits_invert_their_tests(count, level):
    x, n = count
    alpha = (1 - level) / 2
    lower, upper = exact_proportions.clopper_pearson(x, n, level)
    if x:
        assert stats.binom.sf(x - 1, n, lower) == pytest.approx(alpha, rel=1e-9)
    if x < n:
        assert stats.binom.cdf(x, n, upper) == pytest.approx(alpha, rel=1e-9)
    lower, upper = exact_proportions.mid_p(x, n, level)
    if x:
        assert stats.binom.sf(x - 1, n, lower) - stats.binom.pmf(x, n, lower) / 2 == pytest.approx(alpha, rel=1e-9)


def blaker_p(x, n, p):
    """Blaker's acceptability of an array of p by its definition: every outcome whose smaller tail is not larger."""
    outcomes = np.arange(n + 1)[:, np.newaxis]
    smaller = np.minimum(stats.binom.cdf(outcomes, n, p), stats.binom.sf(outcomes - 1, n, p))
    return (stats.binom.pmf(outcomes, n, p) * (smaller <= smaller[x] * (1 + 1e-12))).sum(axis=0)


@pytest.mark.parametrize("level", [0.5, 0.8, 0.95, 0.99])
@pytest.mark.parametrize("n", [1, 2, 5, 13])
def test_blaker_as_every_p_that_his_test_accepts(n, level):
    grid = np.linspace(0, 1, 20001)[1:-1]
    for x in range(n + 1):
        accepted = grid[blaker_p(x, n, grid) >= 1 - level - 1e-12]
        lower, upper = exact_proportions.blaker(x, n, level)
        assert lower == pytest.approx(accepted[0] if x else 0, abs=6e-5)
        assert upper == pytest.approx(accepted[-1] if x < n else 1, abs=6e-5)


@settings(deadline=None, max_examples=50)
@given(counts(), levels)
def test_blaker_lies_within_clopper_pearson(count, level):
    outer, inner = exact_proportions.clopper_pearson(*count, level), exact_proportions.blaker(*count, level)
    assert outer[0] <= inner[0] <= inner[1] <= outer[1]


@pytest.mark.parametrize(
    ("x", "n", "lower", "upper"),
    [(2, 123, 0.0029, 0.0575), (131, 134, 0.935973, 0.993871)],
    ids=["Lecoutre", "Klaschka"],
)
def test_blaker_published(x, n, lower, upper):
    assert exact_proportions.blaker(x, n) == pytest.approx((lower, upper), abs=5.1e-5 if n == 123 else 5.1e-7)


def test_blaker_mid_p_published():
    # Fagerland, Lydersen & Laake's code: 0 of 1 gives 0 to 0.9; 100 of 500 at 50% gives 0.1881 to 0.2121.
    assert exact_proportions.blaker_mid_p(0, 1) == pytest.approx((0, 0.9), abs=1e-12)
    assert exact_proportions.blaker_mid_p(100, 500, 0.5) == pytest.approx((0.1881, 0.2121), abs=5e-5)


@settings(deadline=None)
@given(counts(), levels)
def test_likelihood_ratio_limits_solve_their_equation(count, level):
    x, n = count

    def log_likelihood(p):
        return stats.binom.logpmf(x, n, p)

    for limit in proportions.likelihood_ratio(x, n, level):
        if 0 < limit < 1:
            twice = 2 * (log_likelihood(x / n) - log_likelihood(limit))
            assert twice == pytest.approx(stats.chi2.ppf(level, 1), rel=1e-9)


@settings(deadline=None)
@given(counts(), levels)
def test_wilson_cc_lower_limit_solves_its_equation(count, level):
    x, n = count
    z = stats.norm.ppf((1 + level) / 2)
    lower = proportions.wilson_cc(x, n, level)[0]
    if lower > 0:
        assert x / n - lower - 1 / (2 * n) == pytest.approx(z * math.sqrt(lower * (1 - lower) / n), abs=1e-12)


def test_score_skewness_published():
    # Laud 2017: 0 of 20 and 1 of 29.
    assert proportions.score_skewness(0, 20) == pytest.approx((0, 0.1297), abs=5e-5)
    assert proportions.score_skewness(1, 29) == pytest.approx((0.0020, 0.1549), abs=5e-5)


def test_modified_wilson_takes_the_poisson_limit_near_the_ends():
    # λ with P(X = 0) = 0.95 is −log 0.95, so 1 of 20 has the lower limit −log(0.95)/20.
    assert proportions.modified_wilson(1, 20)[0] == pytest.approx(-math.log(0.95) / 20, rel=1e-12)
    assert proportions.modified_wilson(19, 20)[1] == pytest.approx(1 + math.log(0.95) / 20, rel=1e-12)
    assert proportions.modified_wilson(3, 20) == proportions.wilson(3, 20)
    assert proportions.modified_wilson(3, 60)[0] != proportions.wilson(3, 60)[0]


def test_modified_jeffreys_near_the_ends():
    assert exact_proportions.modified_jeffreys(1, 10)[0] == 0
    assert exact_proportions.modified_jeffreys(0, 10)[1] == pytest.approx(1 - 0.025 ** (1 / 10), rel=1e-12)
    assert exact_proportions.modified_jeffreys(4, 10) == exact_proportions.jeffreys(4, 10)


def test_pratt_is_close_to_clopper_pearson_at_both_ends():
    assert exact_proportions.pratt(84, 101) == pytest.approx(exact_proportions.clopper_pearson(84, 101), abs=1e-4)


@pytest.mark.parametrize("key", ["wald", "wald_cc", "agresti_coull", "plus_four"])
def test_unclipped_limits_overshoot_and_clipped_do_not(key):
    method = BY_KEY[key]
    lower, upper = method.unclipped(1, 40, 0.999)
    assert lower < 0
    assert method.interval(1, 40, 0.999) == (0.0, upper)


def test_logit_says_nothing_where_nobody_or_everybody_has_the_event():
    assert proportions.logit(0, 10) == (0, 1)
    assert proportions.logit(10, 10) == (0, 1)


def test_witting_spreads_each_outcome_over_its_draw():
    # With u = 0 the lower limit is that of 1 − level in one tail of x, with u = 1 that of x + 1.
    one_sided = optimize.brentq(lambda p: stats.binom.sf(83, 101, p) - 0.05, 0.5, 0.9)
    assert exact_proportions.witting(84, 101, 0.0)[0] == pytest.approx(one_sided, abs=1e-10)
    with pytest.raises(ValueError, match="u must lie"):
        exact_proportions.witting(84, 101, 1.5)


@every_method
def test_impossible_arguments(method):
    with pytest.raises(ValueError, match="0 <= x <= n"):
        method.interval(6, 5)
    with pytest.raises(ValueError, match="level must lie"):
        method.interval(2, 5, 95)
