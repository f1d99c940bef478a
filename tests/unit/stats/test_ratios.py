import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import Table2x2

from evidence_brief.stats import conditional_odds_ratio, odds_ratios, ratios, score

SLOW = {"chan_zhang", "agresti_min"}
"""Tested by themselves."""

WITHOUT_ESTIMATE = {
    "adjusted_log",
    "half_if_zero",
    "price_bonett",
    "gart",
    "independence_smoothed",
    "adjusted_inverse_sinh",
}
"""Methods that add to the counts and so may leave the estimate out."""


@st.composite
def tables(draw, largest=60, least=0):
    n1, n2 = draw(st.integers(1 + 2 * least, largest)), draw(st.integers(1 + 2 * least, largest))
    return draw(st.integers(least, n1 - least)), n1, draw(st.integers(least, n2 - least)), n2


levels = st.sampled_from([0.5, 0.9, 0.95, 0.99])
MEASURES = ((ratios, ratios.relative_risk), (odds_ratios, odds_ratios.odds_ratio))
fast_methods = pytest.mark.parametrize(
    ("method", "estimate"),
    [
        pytest.param(method, estimate, id=f"{estimate.__name__} {method.key}")
        for module, estimate in MEASURES
        for method in module.METHODS
        if method.key not in SLOW
    ],
)


def same(limits):
    return pytest.approx(limits, rel=1e-7, abs=1e-12)


def inverse(limits):
    return tuple(1 / limit if limit else math.inf for limit in reversed(limits))


def test_methods_have_keys_of_their_own():
    for module, number in ((ratios, 13), (odds_ratios, 16)):
        assert len({method.key for method in module.METHODS}) == len(module.METHODS) == number


@pytest.mark.parametrize("estimate", [ratios.relative_risk, odds_ratios.odds_ratio])
def test_estimate_without_events(estimate):
    assert estimate(0, 5, 2, 6) == 0
    assert estimate(2, 5, 0, 6) == math.inf
    assert estimate(0, 5, 0, 6) is None


def test_estimates():
    assert ratios.relative_risk(7, 34, 1, 34) == pytest.approx(7, rel=1e-15)
    assert odds_ratios.odds_ratio(9, 13, 4, 14) == pytest.approx(5.625, rel=1e-15)


@fast_methods
@settings(deadline=None, max_examples=15)
@given(tables(), levels)
def test_interval_holds_the_estimate(method, estimate, table, level):
    lower, upper = method.interval(*table, level)
    assert 0 <= lower <= upper <= math.inf
    value = estimate(*table)
    if value is not None and method.key not in WITHOUT_ESTIMATE:
        assert lower <= value * (1 + 1e-12)
        assert upper >= value * (1 - 1e-12)


@fast_methods
@settings(deadline=None, max_examples=15)
@given(tables(), levels)
def test_swapped_groups_invert_the_interval(method, estimate, table, level):
    x1, n1, x2, n2 = table
    limits = method.interval(*table, level)
    assert method.interval(x2, n2, x1, n1, level) == same(inverse(limits))


@pytest.mark.parametrize(
    "method",
    # MOVER-R takes the odds of events, and the odds of failures give another interval.
    [method for method in odds_ratios.METHODS if method.key != "mover_wilson"],
    ids=lambda method: method.key,
)
@settings(deadline=None, max_examples=15)
@given(tables(), levels)
def test_odds_ratio_of_failures_is_the_inverse(method, table, level):
    x1, n1, x2, n2 = table
    limits = method.interval(*table, level)
    assert method.interval(n1 - x1, n1, n2 - x2, n2, level) == same(inverse(limits))


@fast_methods
@settings(deadline=None, max_examples=15)
@given(tables())
def test_interval_grows_with_its_level(method, estimate, table):
    narrow, wide = method.interval(*table, 0.9), method.interval(*table, 0.95)
    assert wide[0] <= narrow[0] * (1 + 1e-9)
    assert narrow[1] <= wide[1] * (1 + 1e-9)


@settings(deadline=None, max_examples=50)
@given(tables(least=1), levels)
def test_log_intervals_as_statsmodels(table, level):
    x1, n1, x2, n2 = table
    theirs = Table2x2([[x1, n1 - x1], [x2, n2 - x2]])
    assert odds_ratios.woolf(*table, level) == same(theirs.oddsratio_confint(1 - level))
    assert ratios.katz(*table, level) == same(theirs.riskratio_confint(1 - level))


@settings(deadline=None, max_examples=50)
@given(tables(least=1), levels)
def test_koopman_limits_solve_his_own_equation(table, level):
    # Koopman's U, not the standardised difference from which the limits are found.
    x1, n1, x2, n2 = table
    for phi in ratios.koopman(*table, level):
        b = phi * (n1 + x2) + x1 + n2
        p1 = (b - math.sqrt(b * b - 4 * phi * (n1 + n2) * (x1 + x2))) / (2 * (n1 + n2))
        u = (x1 - n1 * p1) ** 2 / (n1 * p1 * (1 - p1)) * (1 + n1 * (phi - p1) / (n2 * (1 - p1)))
        assert u == pytest.approx(stats.chi2.ppf(level, 1), rel=1e-5)


@settings(deadline=None, max_examples=50)
@given(tables(least=1), levels)
def test_cornfield_limits_solve_his_equation(table, level):
    x1, n1, x2, n2 = table
    for psi in odds_ratios.cornfield(*table, level):
        excess, variance, _ = score.odds_ratio_moments(*table, psi)
        p1 = (x1 - excess / variance) / n1
        p2 = (x1 + x2 - n1 * p1) / n2
        assert p1 * (1 - p2) / (p2 * (1 - p1)) == pytest.approx(psi, rel=1e-6)
        z = (x1 - n1 * p1) * math.sqrt(1 / (n1 * p1 * (1 - p1)) + 1 / (n2 * p2 * (1 - p2)))
        assert z**2 == pytest.approx(stats.chi2.ppf(level, 1), rel=1e-6)


@pytest.mark.parametrize(
    ("table", "level", "limits"),
    [
        pytest.param((3, 14, 60, 92), 0.99, (0.0209, 0.8797), id="Cornfield 1956"),
        pytest.param((28, 99, 23, 182), 0.95, (1.41, 5.30), id="Gart 1985"),
    ],
)
def test_cornfield_cc_published(table, level, limits):
    assert odds_ratios.cornfield_cc(*table, level) == pytest.approx(limits, abs=6e-5 if level == 0.99 else 5e-3)


def test_gart_skewness_published():
    assert odds_ratios.gart_skewness(28, 99, 23, 182) == pytest.approx((1.40, 5.33), abs=5e-3)


@pytest.mark.parametrize(
    ("interval", "table", "limits"),
    [
        pytest.param(ratios.adjusted_log, (7, 34, 1, 34), (0.9241, 27.0523), id="adjusted log"),
        pytest.param(ratios.katz, (7, 34, 1, 34), (0.9096, 53.8695), id="Katz"),
        pytest.param(odds_ratios.gart, (0, 16, 15, 72), (0.0064, 1.9804), id="Gart"),
        pytest.param(odds_ratios.inverse_sinh, (9, 13, 4, 14), (1.2472, 25.3686), id="inverse sinh"),
        pytest.param(odds_ratios.mover_wilson, (24, 73, 53, 65), (0.0504, 0.2419), id="MOVER"),
        pytest.param(odds_ratios.baptista_pike_mid_p, (15, 45, 2, 5), (0.1415, 4.6034), id="Baptista-Pike mid-P"),
    ],
)
def test_interval_published(interval, table, limits):
    # Fagerland, Lydersen & Laake's book and Fagerland & Newcombe 2013.
    assert interval(*table) == pytest.approx(limits, abs=5.1e-5)


def test_no_event_gives_every_ratio_to_the_logarithm():
    assert ratios.katz(0, 5, 3, 5) == odds_ratios.woolf(0, 5, 3, 5) == (0, math.inf)
    assert ratios.half_if_zero(0, 5, 3, 5) == pytest.approx(ratios._log_wald(0.5, 6, 3.5, 6, 0.95))
    assert odds_ratios.half_if_zero(0, 5, 3, 5) == odds_ratios.gart(0, 5, 3, 5)
    assert odds_ratios.half_if_zero(1, 5, 3, 5) == odds_ratios.woolf(1, 5, 3, 5)


@settings(deadline=None, max_examples=40)
@given(tables(least=1, largest=25), levels)
def test_exact_conditional_limits_invert_fishers_test(table, level):
    x1, n1, x2, n2 = table
    alpha = (1 - level) / 2
    lower, upper = conditional_odds_ratio.cornfield_exact(*table, level)
    arguments = (n1 + n2, n1, x1 + x2)
    assert stats.nchypergeom_fisher.sf(x1 - 1, *arguments, lower) == pytest.approx(alpha, rel=1e-6)
    assert stats.nchypergeom_fisher.cdf(x1, *arguments, upper) == pytest.approx(alpha, rel=1e-6)


def two_sided_p(table, eta):
    x1, n1, x2, n2 = table
    weights = {
        x: math.log(math.comb(n1, x) * math.comb(n2, x1 + x2 - x)) + x * eta
        for x in range(max(0, x1 - (n2 - x2)), min(n1, x1 + x2) + 1)
    }
    total = math.fsum(math.exp(weight - weights[x1]) for weight in weights.values())
    return math.fsum(math.exp(w - weights[x1]) for w in weights.values() if w <= weights[x1] + 1e-12) / total


@pytest.mark.parametrize("table", [(1, 8, 5, 12), (3, 6, 2, 9), (6, 7, 1, 5), (4, 4, 2, 6), (2, 9, 2, 9)])
@pytest.mark.parametrize("level", [0.8, 0.95])
def test_baptista_pike_as_every_value_that_the_test_accepts(table, level):
    grid = [step / 500 for step in range(-5000, 5001)]
    accepted = [eta for eta in grid if two_sided_p(table, eta) >= 1 - level]
    lower, upper = conditional_odds_ratio.baptista_pike(*table, level)
    assert math.log(lower) == pytest.approx(accepted[0], abs=2.1e-3)
    if upper == math.inf:
        assert accepted[-1] == grid[-1]
    else:
        assert math.log(upper) == pytest.approx(accepted[-1], abs=2.1e-3)


def test_conditional_estimate_as_r():
    # R's fisher.test of 9, 4, 4, 10 prints 5.232651 (its root is found to 1e-5) and 0.8472082 to 40.44656.
    assert conditional_odds_ratio.conditional_estimate(9, 13, 4, 14) == pytest.approx(5.23265, abs=1e-5)
    assert conditional_odds_ratio.cornfield_exact(9, 13, 4, 14) == pytest.approx((0.84721, 40.447), rel=3e-4)
    assert conditional_odds_ratio.conditional_estimate(0, 13, 4, 14) == 0
    assert conditional_odds_ratio.conditional_estimate(9, 13, 0, 14) == math.inf
    assert conditional_odds_ratio.conditional_estimate(13, 13, 14, 14) is None


def test_very_large_tables_are_given_up(monkeypatch):
    monkeypatch.setattr(conditional_odds_ratio, "WORK_BOUND", 10)
    assert conditional_odds_ratio.cornfield_exact(20, 40, 20, 40) is None
    assert conditional_odds_ratio.baptista_pike(20, 40, 20, 40) is None
    assert conditional_odds_ratio.conditional_estimate(20, 40, 20, 40) is None


@pytest.mark.parametrize("method", [*ratios.METHODS, *odds_ratios.METHODS], ids=lambda method: method.key)
def test_impossible_arguments(method):
    with pytest.raises(ValueError, match="0 <= x <= n"):
        method.interval(6, 5, 1, 5)
    with pytest.raises(ValueError, match="level must lie"):
        method.interval(2, 5, 1, 5, 95)


def test_interval_without_an_upper_limit_has_none_from_either_side():
    assert odds_ratios.gart_skewness(1, 1, 0, 2, 0.99) == (0.0, math.inf)
    assert odds_ratios.gart_skewness(0, 1, 2, 2, 0.99) == (0.0, math.inf)
