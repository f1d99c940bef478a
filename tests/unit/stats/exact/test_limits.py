"""Intervals of proportions, differences and ratios: published, as other packages, and as laws."""

import math
from fractions import Fraction
from itertools import product

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from evidence_brief.stats import exact, intervals
from evidence_brief.stats.exact import ratios, score

NINETY_FIVE = Fraction(95, 100)
levels = st.sampled_from([Fraction(8, 10), Fraction(9, 10), NINETY_FIVE, Fraction(99, 100)])


@st.composite
def proportions(draw, largest=200):
    n = draw(st.integers(1, largest))
    return draw(st.integers(0, n)), n


def floats(limits):
    return tuple(float(limit) for limit in limits)


# One proportion


@pytest.mark.parametrize(
    ("name", "method", "inner"),
    [
        ("wald", "normal", False),
        ("agresti_coull", "agresti_coull", False),
        ("wilson", "wilson", False),
        ("clopper_pearson", "beta", False),
        ("jeffreys", "jeffreys", True),
    ],
)
@settings(deadline=None, max_examples=60)
@given(proportion=proportions(), level=levels)
def test_one_proportion_as_statsmodels(name, method, inner, proportion, level):
    x, n = proportion
    lower, upper = proportion_confint(x, n, alpha=float(1 - level), method=method)
    if inner:  # statsmodels leaves the limit of 0 of n above 0
        lower, upper = (0 if x == 0 else lower), (1 if x == n else upper)
    assert floats(getattr(exact, name)(x, n, level)) == pytest.approx((lower, upper), abs=1e-12)


@settings(deadline=None)
@given(proportions(), levels)
def test_wilson_as_first_path(proportion, level):
    assert floats(exact.wilson(*proportion, level)) == pytest.approx(
        intervals.wilson(*proportion, float(level)), abs=1e-12
    )


def test_one_proportion_published():
    # Newcombe 1998, Stat Med 17:857, table I: 81 of 263, 15 of 148, 0 of 20 and 1 of 29, methods 1, 3 and 5.
    published = {
        ("wald", 81, 263): (".2522", ".3638"),
        ("wilson", 81, 263): (".2553", ".3662"),
        ("clopper_pearson", 81, 263): (".2527", ".3676"),
        ("wilson", 15, 148): (".0624", ".1605"),
        ("clopper_pearson", 0, 20): (".0000", ".1684"),
        ("wilson", 0, 20): (".0000", ".1611"),
        ("wilson", 1, 29): (".0061", ".1718"),
        ("clopper_pearson", 1, 29): (".0009", ".1776"),
    }
    for (name, x, n), limits in published.items():
        assert tuple(f"{float(limit):.4f}"[1:] for limit in getattr(exact, name)(x, n)) == limits


@pytest.mark.parametrize("name", ["wald", "agresti_coull", "wilson", "clopper_pearson", "jeffreys"])
def test_one_proportion_mirrors_and_reaches_the_ends(name):
    function = getattr(exact, name)
    for n in (1, 2, 7, 30):
        assert function(0, n)[0] == 0
        assert function(n, n)[1] == 1
        for x in range(n + 1):
            lower, upper = floats(function(n - x, n))
            assert floats(function(x, n)) == pytest.approx((1 - upper, 1 - lower), abs=1e-14)


def test_unclipped_limits_overshoot():
    assert exact.wald(1, 29, clip=False)[0] < 0
    assert exact.agresti_coull(20, 20, clip=False)[1] > 1
    assert exact.difference_wald(9, 10, 1, 10, clip=False)[1] > 1
    assert exact.agresti_caffo(10, 10, 0, 10, clip=False)[1] > 1
    assert floats(exact.difference_wald(9, 10, 1, 10))[1] == floats(exact.agresti_caffo(10, 10, 0, 10))[1] == 1


# Differences

EVERY = [
    (x1, n1, x2, n2) for n1, n2 in ((1, 1), (1, 4), (3, 2), (5, 5)) for x1, x2 in product(range(n1 + 1), range(n2 + 1))
]
DIFFERENCES = ["difference_wald", "agresti_caffo", "newcombe", "mee", "miettinen_nurminen"]
RATIOS = ["relative_risk_log", "odds_ratio_log", "koopman", "rr_score", "odds_ratio_exact"]


@pytest.mark.parametrize(
    ("name", "method"), [("difference_wald", "wald"), ("agresti_caffo", "agresti-caffo"), ("newcombe", "newcomb")]
)
@settings(deadline=None, max_examples=60)
@given(first=proportions(), second=proportions(), level=levels)
def test_difference_as_statsmodels(name, method, first, second, level):
    expected = confint_proportions_2indep(*first, *second, method=method, alpha=float(1 - level))
    clipped = max(-1, expected[0]), min(1, expected[1])
    assert floats(getattr(exact, name)(*first, *second, level)) == pytest.approx(clipped, abs=1e-12)


@pytest.mark.parametrize(
    ("table", "limits"),
    [
        # Newcombe 1998, Stat Med 17:873, table II: methods 1, 5, 6 and 10.
        ((56, 70, 48, 80), [".0575 .3425", ".0533 .3377", ".0528 .3382", ".0524 .3339"]),
        ((9, 10, 3, 10), [".2605 .9395", ".1821 .8370", ".1700 .8406", ".1705 .8090"]),
    ],
)
def test_difference_published(table, limits):
    names = ("difference_wald", "mee", "miettinen_nurminen", "newcombe")
    shown = [" ".join(f"{float(limit):.4f}"[1:] for limit in getattr(exact, name)(*table)) for name in names]
    assert shown == limits


@pytest.mark.parametrize("name", DIFFERENCES)
def test_difference_mirrors_and_holds_the_estimate(name):
    function = getattr(exact, name)
    for x1, n1, x2, n2 in EVERY:
        lower, upper = floats(function(x1, n1, x2, n2))
        assert -1 <= lower <= upper <= 1
        if name != "agresti_caffo":
            assert lower - 1e-15 <= float(exact.risk_difference(x1, n1, x2, n2)) <= upper + 1e-15
        for mirrored in (function(x2, n2, x1, n1), function(n1 - x1, n1, n2 - x2, n2)):
            assert floats(mirrored) == pytest.approx((-upper, -lower), abs=1e-14)


def binomial_score(x, n, p):
    return (x - n * p) / (p * (1 - p))


@pytest.mark.parametrize(("name", "factor"), [("mee", 1), ("miettinen_nurminen", Fraction(40, 39))])
def test_score_difference_limits_solve_the_score_equation_at_the_likeliest_pair(name, factor):
    x1, n1, x2, n2 = 12, 18, 9, 22
    z = stats.norm.ppf(0.975)
    for delta in floats(getattr(exact, name)(x1, n1, x2, n2)):
        low, high = max(0, -delta) + 1e-13, min(1, 1 - delta) - 1e-13
        for _ in range(200):
            middle = (low + high) / 2
            rises = binomial_score(x1, n1, middle + delta) + binomial_score(x2, n2, middle) > 0
            low, high = (middle, high) if rises else (low, middle)
        p1, p2 = low + delta, low
        variance = float(factor) * (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
        assert abs(x1 / n1 - x2 / n2 - delta) == pytest.approx(z * math.sqrt(variance), rel=1e-9)


# Ratios


@settings(deadline=None, max_examples=60)
@given(proportions(60), proportions(60), levels)
def test_logarithmic_ratios_as_statsmodels(first, second, level):
    (x1, n1), (x2, n2) = first, second
    table = Table2x2([[x1, n1 - x1], [x2, n2 - x2]], shift_zeros=False)
    if x1 and x2:
        expected = table.riskratio_confint(float(1 - level))
        assert floats(exact.relative_risk_log(*first, *second, level)) == pytest.approx(expected, rel=1e-9)
    if 0 < x1 < n1 and 0 < x2 < n2:
        expected = table.oddsratio_confint(float(1 - level))
        assert floats(exact.odds_ratio_log(*first, *second, level)) == pytest.approx(expected, rel=1e-9)


def test_logarithmic_ratios_need_events():
    assert exact.relative_risk_log(0, 5, 2, 5) is exact.relative_risk_log(2, 5, 0, 5) is None
    assert exact.odds_ratio_log(5, 5, 2, 5) is exact.odds_ratio_log(2, 5, 0, 5) is None
    assert exact.relative_risk_log(5, 5, 5, 5) == (1, 1)


def test_ratio_estimates():
    assert exact.relative_risk(3, 10, 1, 20) == 6
    assert exact.odds_ratio(3, 10, 1, 20) == Fraction(57, 7)
    assert exact.relative_risk(3, 10, 0, 20) is exact.odds_ratio(10, 10, 1, 20) is None
    assert exact.risk_difference(3, 10, 1, 20) == Fraction(1, 4)


@settings(deadline=None, max_examples=40)
@given(proportions(40), proportions(40))
def test_exact_odds_ratio_as_scipy(first, second):
    (x1, n1), (x2, n2) = first, second
    limits = floats(exact.odds_ratio_exact(*first, *second))
    margins = (x1 + x2) * (n1 + n2 - x1 - x2)
    if margins == 0:
        assert limits == (0, math.inf)
        return
    found = stats.contingency.odds_ratio([[x1, n1 - x1], [x2, n2 - x2]], kind="conditional")
    expected = found.confidence_interval(0.95)
    assert limits == pytest.approx((expected.low, expected.high), rel=1e-6)


def tail_of_convicted_twins(odds_ratio, where):
    """Probability, in Fractions, of the tables on that side of 2 of 17 against 10 of 13."""
    weights = {i: math.comb(17, i) * math.comb(13, 12 - i) * Fraction(odds_ratio) ** i for i in range(13)}
    return sum(weight for i, weight in weights.items() if where(i)) / sum(weights.values())


def test_exact_odds_ratio_of_convicted_twins():
    # R's fisher.test prints 0.003325764 to 0.363182271: its root finder stops within 1.2e-4 of the root.
    lower, upper = floats(exact.odds_ratio_exact(2, 17, 10, 13))
    assert (lower, upper) == pytest.approx((0.003325764, 0.363182271), abs=1.2e-4)
    for ours, of_r, where in ((lower, "0.003325764", lambda i: i >= 2), (upper, "0.363182271", lambda i: i <= 2)):
        assert float(tail_of_convicted_twins(ours, where)) == pytest.approx(0.025, rel=1e-12)
        assert float(tail_of_convicted_twins(of_r, where)) != pytest.approx(0.025, rel=1e-6)


def test_exact_odds_ratio_bounded(monkeypatch):
    monkeypatch.setattr(ratios, "TABLES_BOUND", 3)
    assert exact.odds_ratio_exact(2, 17, 10, 13) is None
    assert exact.odds_ratio_exact(1, 10, 1, 10) is not None


def test_score_ratio_published():
    # Fagerland, Lydersen & Laake 2017, chapter 4 (7 of 34 against 1 of 34), as the R packages contingencytables
    # and PropCIs print it.
    assert tuple(f"{float(limit):.4f}" for limit in exact.koopman(7, 34, 1, 34)) == ("1.2209", "42.5757")


@pytest.mark.parametrize("name", RATIOS)
def test_ratio_turns_over_and_holds_the_estimate(name):
    function, is_odds = getattr(exact, name), name.startswith("odds")
    for x1, n1, x2, n2 in EVERY:
        limits, mirrored = function(x1, n1, x2, n2), function(x2, n2, x1, n1)
        estimate = (exact.odds_ratio if is_odds else exact.relative_risk)(x1, n1, x2, n2)
        if limits is None:
            assert mirrored is None
            continue
        lower, upper = floats(limits)
        assert 0 <= lower <= upper
        assert estimate is None or lower * (1 - 1e-14) <= estimate <= upper * (1 + 1e-14)
        turned = [0 if limit == math.inf else math.inf if limit == 0 else 1 / limit for limit in floats(mirrored)]
        assert (lower, upper) == pytest.approx(tuple(turned[::-1]), rel=1e-13)
        if not is_odds:
            assert (lower == 0) == (x1 == 0)
            assert (upper == math.inf) == (x2 == 0)


@pytest.mark.parametrize(("name", "factor"), [("koopman", 1), ("rr_score", Fraction(40, 39))])
def test_score_ratio_limits_solve_the_score_equation_of_koopman(name, factor):
    # Koopman's form: Σ (x − n p)²/(n p (1 − p)) = z², with the likeliest p2 from his quadratic.
    x1, n1, x2, n2 = 12, 18, 9, 22
    z = stats.norm.ppf(0.975)
    for ratio in floats(getattr(exact, name)(x1, n1, x2, n2)):
        a, b, c = (n1 + n2) * ratio, -(ratio * (n1 + x2) + x1 + n2), x1 + x2
        p2 = (-b - math.sqrt(b * b - 4 * a * c)) / (2 * a)
        p1 = ratio * p2
        distance = (x1 - n1 * p1) ** 2 / (n1 * p1 * (1 - p1)) + (x2 - n2 * p2) ** 2 / (n2 * p2 * (1 - p2))
        assert distance == pytest.approx(z**2 * float(factor), rel=1e-9)


@pytest.mark.parametrize("name", [*DIFFERENCES, *RATIOS])
@settings(deadline=None, max_examples=15)
@given(first=proportions(30), second=proportions(30))
def test_wider_level_holds_the_narrower(name, first, second):
    function = getattr(exact, name)
    narrow, wide = (function(*first, *second, level) for level in (Fraction(9, 10), Fraction(99, 100)))
    assert (narrow is None) == (wide is None)
    if narrow is not None:
        assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]


def test_score_limits_are_as_far_apart_as_their_sources_say():
    assert exact.mee(7, 34, 1, 34)[0] > exact.miettinen_nurminen(7, 34, 1, 34)[0]
    with mpmath.workdps(30):
        assert score.mee(3, 9, 3, 9)[0] == -score.mee(3, 9, 3, 9)[1]


# Correlation


@settings(deadline=None)
@given(st.fractions(Fraction(-99, 100), Fraction(99, 100), max_denominator=100), st.integers(4, 500), levels)
def test_correlation_ci_by_the_inverse_hyperbolic_tangent(r, n, level):
    half = stats.norm.ppf(float(1 + level) / 2) / math.sqrt(n - 3)
    expected = math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)
    assert floats(exact.correlation_ci(r, n, level)) == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_correlation_ci_of_a_perfect_correlation_has_no_width():
    assert exact.correlation_ci(1, 10) == (1, 1)
    assert exact.correlation_ci(-1, 10) == (-1, -1)


@pytest.mark.parametrize(
    "call",
    [
        lambda: exact.wilson(3, 2),
        lambda: exact.wald(0, 0),
        lambda: exact.jeffreys(1, 5, Fraction(1)),
        lambda: exact.clopper_pearson(-1, 5),
        lambda: exact.newcombe(1, 2, 4, 3),
        lambda: exact.mee(1, 2, 1, 3, 0),
        lambda: exact.koopman(5, 2, 1, 3),
        lambda: exact.odds_ratio_exact(1, 0, 1, 3),
        lambda: exact.correlation_ci(2, 10),
        lambda: exact.correlation_ci(Fraction(1, 2), 3),
    ],
)
def test_impossible_arguments_raise(call):
    with pytest.raises(ValueError, match=r"must satisfy|at least|between"):
        call()
