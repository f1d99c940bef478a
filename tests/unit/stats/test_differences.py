import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats
from statsmodels.stats.proportion import confint_proportions_2indep

from evidence_brief.stats import differences, score, tail_profiles

BY_KEY = {method.key: method for method in differences.METHODS}
SLOW = {"chan_zhang", "agresti_min", "santner_snell"}
"""Tested by themselves."""

WITHOUT_ESTIMATE = {"agresti_caffo", "carlin_louis", "brown_li", "mn_brown_li", "mover_jeffreys"}
"""Methods that add to the counts and so may leave the estimate out."""


@st.composite
def tables(draw, largest=60):
    n1, n2 = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


levels = st.sampled_from([0.5, 0.9, 0.95, 0.99])
fast_methods = pytest.mark.parametrize(
    "method", [method for method in differences.METHODS if method.key not in SLOW], ids=lambda method: method.key
)


def test_methods_have_keys_of_their_own():
    assert len(BY_KEY) == len(differences.METHODS) == 23


@fast_methods
@settings(deadline=None, max_examples=15)
@given(tables(), levels)
def test_interval_holds_the_difference_within_bounds(method, table, level):
    x1, n1, x2, n2 = table
    limits = method.interval(*table, level)
    if limits is None:
        assert method.key == "hauck_anderson"
        assert min(n1, n2) == 1
        return
    lower, upper = limits
    assert -1 <= lower <= upper <= 1
    if method.key not in WITHOUT_ESTIMATE:
        assert lower <= x1 / n1 - x2 / n2 + 1e-12
        assert upper >= x1 / n1 - x2 / n2 - 1e-12


@fast_methods
@settings(deadline=None, max_examples=15)
@given(tables(), levels)
def test_swapped_groups_and_swapped_outcomes_change_the_sign(method, table, level):
    x1, n1, x2, n2 = table
    limits = method.interval(*table, level)
    if limits is not None:
        mirrored = pytest.approx((-limits[1], -limits[0]), abs=1e-9)
        assert method.interval(x2, n2, x1, n1, level) == mirrored
        assert method.interval(n1 - x1, n1, n2 - x2, n2, level) == mirrored


@fast_methods
@settings(deadline=None, max_examples=15)
@given(tables())
def test_interval_grows_with_its_level(method, table):
    narrow, wide = method.interval(*table, 0.9), method.interval(*table, 0.95)
    if narrow is not None:
        assert wide[0] <= narrow[0] + 1e-12
        assert narrow[1] <= wide[1] + 1e-12


@settings(deadline=None, max_examples=50)
@given(tables(), levels)
def test_newcombe_as_statsmodels(table, level):
    expected = confint_proportions_2indep(*table, method="newcomb", alpha=1 - level)
    assert differences.newcombe(*table, level) == pytest.approx(expected, abs=1e-12)


@settings(deadline=None, max_examples=30)
@given(tables(), levels)
def test_score_limits_invert_the_test_at_likeliest_proportions(table, level):
    # A second path: the likeliest p2 by SciPy's bounded search, not by halving on the slope.
    x1, n1, x2, n2 = table
    z = stats.norm.ppf((1 + level) / 2)
    for delta in differences.miettinen_nurminen(*table, level):
        low, high = max(0, -delta), min(1, 1 - delta)
        if high - low < 1e-6:
            continue

        def unlikely(p2, delta=delta):
            return -stats.binom.logpmf(x1, n1, min(1, max(0, p2 + delta))) - stats.binom.logpmf(x2, n2, p2)

        p2 = optimize.minimize_scalar(unlikely, bounds=(low, high), method="bounded", options={"xatol": 1e-12}).x
        p1 = p2 + delta
        variance = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * (n1 + n2) / (n1 + n2 - 1)
        if variance > 1e-9:
            assert abs(x1 / n1 - x2 / n2 - delta) / math.sqrt(variance) == pytest.approx(z, rel=1e-4)


def test_mee_is_narrower_than_miettinen_nurminen_by_its_factor():
    mee, mn = differences.mee(7, 34, 1, 34), differences.miettinen_nurminen(7, 34, 1, 34)
    assert mn[0] < mee[0] < mee[1] < mn[1]
    for limits, factor in ((mee, 1), (mn, 68 / 67)):
        excess, variance, _ = score.difference_moments(7, 34, 1, 34, limits[0])
        assert excess / math.sqrt(variance * factor) == pytest.approx(1.959963984540054, rel=1e-9)


@settings(deadline=None, max_examples=40)
@given(tables(), levels)
def test_true_profile_limits_solve_their_equation(table, level):
    x1, n1, x2, n2 = table

    def log_likelihood(p1, p2):
        return stats.binom.logpmf(x1, n1, p1) + stats.binom.logpmf(x2, n2, p2)

    for delta in tail_profiles.true_profile(*table, level):
        if abs(delta) < 1:
            twice = 2 * (log_likelihood(x1 / n1, x2 / n2) - log_likelihood(*score.restricted(*table, delta)))
            assert twice == pytest.approx(stats.chi2.ppf(level, 1), rel=1e-6)


def test_tail_profiles_give_up_on_very_large_groups(monkeypatch):
    monkeypatch.setattr(tail_profiles, "WORK_BOUND", 19)
    assert tail_profiles.exact_profile(1, 10, 2, 10) is None
    assert tail_profiles.mid_p_profile(1, 10, 2, 9) is not None


def test_wald_cc_limited_as_r():
    # R 4.2, prop.test(c(10, 11), c(30, 30)) and prop.test(c(20, 11), c(30, 30)).
    assert differences.wald_cc_limited(10, 30, 11, 30) == pytest.approx((-0.307894748201, 0.241228081535), abs=1e-11)
    assert differences.wald_cc_limited(20, 30, 11, 30) == differences.wald_cc(20, 30, 11, 30)


def test_gart_nam_published():
    # Gart & Nam 1990: 7 of 25 against 2 of 25.
    assert differences.mee(7, 25, 2, 25) == pytest.approx((-0.014, 0.412), abs=5e-4)
    assert differences.gart_nam(7, 25, 2, 25) == pytest.approx((-0.014, 0.414), abs=5e-4)


@pytest.mark.parametrize("key", [key for key, method in BY_KEY.items() if method.unclipped])
def test_unclipped_limits_overshoot_and_clipped_do_not(key):
    method = BY_KEY[key]
    table = (0, 2, 0, 20) if key in ("beal_haldane", "jeffreys_perks") else (3, 3, 1, 4)
    limits = method.unclipped(*table, 0.9999)
    assert max(map(abs, limits)) > 1
    assert method.interval(*table, 0.9999) == (max(-1.0, limits[0]), min(1.0, limits[1]))


@pytest.mark.parametrize("method", differences.METHODS, ids=lambda method: method.key)
def test_impossible_arguments(method):
    with pytest.raises(ValueError, match="0 <= x <= n"):
        method.interval(6, 5, 1, 5)
    with pytest.raises(ValueError, match="level must lie"):
        method.interval(2, 5, 1, 5, 95)
