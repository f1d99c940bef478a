import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize, stats
from statsmodels.stats.contingency_tables import mcnemar

from evidence_brief.stats import paired_differences, paired_ratios, paired_tables

few = st.integers(0, 80)
cells = st.tuples(few, few, few, few).filter(any)
levels = st.sampled_from([0.5, 0.9, 0.95, 0.99])
GROUPS = {
    "difference": paired_differences.METHODS,
    "ratio": paired_ratios.RATIO_METHODS,
    "odds": paired_ratios.ODDS_METHODS,
}
every_method = pytest.mark.parametrize(
    ("measure", "method"),
    [pytest.param(measure, method, id=f"{measure} {method.key}") for measure in GROUPS for method in GROUPS[measure]],
)


def mirrored(measure, limits):
    if measure == "difference":
        return -limits[1], -limits[0]
    return tuple(1 / limit if limit else math.inf for limit in reversed(limits))


@settings(deadline=None)
@given(few, few)
def test_p_values_as_statsmodels(b, c):
    p = paired_tables.p_values(b, c)
    assert p["exact"] == pytest.approx(mcnemar([[0, b], [c, 0]], exact=True).pvalue, rel=1e-10)
    if b + c:
        assert p["mcnemar"] == pytest.approx(mcnemar([[0, b], [c, 0]], exact=False, correction=False).pvalue, rel=1e-10)
    if b != c:
        assert p["mcnemar_cc"] == pytest.approx(mcnemar([[0, b], [c, 0]], exact=False).pvalue, rel=1e-10)


@settings(deadline=None)
@given(few, few)
def test_mid_p_counts_the_observed_half(b, c):
    p = paired_tables.p_values(b, c)
    observed = math.comb(b + c, b) / 2 ** (b + c)
    assert p["mid_p"] == pytest.approx(1 - observed / 2 if b == c else p["exact"] - observed, rel=1e-10)


@settings(deadline=None)
@given(few, few)
def test_p_values_are_probabilities_and_symmetric(b, c):
    p = paired_tables.p_values(b, c)
    assert all(value is None or 0 < value <= 1 for value in p.values())
    assert p == pytest.approx(paired_tables.p_values(c, b))


def test_no_pair_disagrees():
    assert paired_tables.p_values(0, 0) == {"mcnemar": None, "mcnemar_cc": None, "exact": 1.0, "mid_p": 0.5}


def test_impossible_counts():
    for b, c in ((-1, 2), (1.5, 2)):
        with pytest.raises(ValueError, match="counts must be"):
            paired_tables.p_values(b, c)


def unconditional_by_hand(b, c, n):
    p = np.linspace(0, 1, 20001)
    total = 0 * p
    for x in range(n + 1):
        for y in range(n - x + 1):
            if x + y and (x - y) ** 2 * (b + c) >= (b - c) ** 2 * (x + y):
                total += math.comb(n, x) * math.comb(n - x, y) * (p / 2) ** (x + y) * (1 - p) ** (n - x - y)
    return total.max()


@pytest.mark.parametrize(("b", "c", "n"), [(0, 1, 14), (2, 5, 9), (1, 7, 21), (0, 3, 3), (4, 6, 30), (1, 0, 1)])
def test_exact_unconditional_as_counted_by_hand(b, c, n):
    assert paired_tables.exact_unconditional(b, c, n) == pytest.approx(unconditional_by_hand(b, c, n), rel=1e-6)


def test_exact_unconditional_bounds():
    assert paired_tables.exact_unconditional(3, 3, 10) == 1.0
    assert paired_tables.exact_unconditional(300, 350, 1000) == pytest.approx(0.0531, abs=1e-4)
    assert paired_tables.exact_unconditional(3, 5, 1001) is None
    with pytest.raises(ValueError, match="number of pairs"):
        paired_tables.exact_unconditional(3, 5, 7)
    with pytest.raises(ValueError, match="gamma"):
        paired_tables.exact_unconditional(3, 5, 9, gamma=1.0)


def test_margins_allow_every_table_between_their_ends():
    assert paired_tables.discordant_pairs(3, 4, 5) == [(0, 1), (1, 2)]
    assert paired_tables.discordant_pairs(2, 2, 4) == [(0, 0), (1, 1), (2, 2)]
    assert paired_tables.discordant_pairs(5, 0, 5) == [(5, 0)]


@settings(deadline=None, max_examples=50)
@given(st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12)).filter(any))
def test_margins_ranges_hold_the_p_values_of_the_table(table):
    a, b, c, _ = table
    ranges = paired_tables.mcnemar_from_margins(a + b, a + c, sum(table))
    for key, p in paired_tables.p_values(b, c).items():
        if p is not None:
            least, greatest = ranges[key]
            assert least <= p <= greatest


def test_margins_without_a_defined_test_and_beyond_the_bound():
    assert paired_tables.mcnemar_from_margins(0, 0, 5)["mcnemar"] is None
    assert paired_tables.mcnemar_from_margins(0, 0, 5)["exact"] == (1.0, 1.0)
    n = 2 * paired_tables.MARGINS_BOUND
    assert paired_tables.discordant_pairs(n // 2, n // 2, n) is None
    assert set(paired_tables.mcnemar_from_margins(n // 2, n // 2, n).values()) == {None}
    with pytest.raises(ValueError, match="number of pairs"):
        paired_tables.mcnemar_from_margins(6, 2, 5)


@every_method
@settings(deadline=None, max_examples=20)
@given(cells, levels)
def test_interval_mirrors_first_and_second(measure, method, table, level):
    a, b, c, d = table
    lower, upper = method.interval(*table, level)
    assert lower <= upper
    assert (-1 if measure == "difference" else 0) <= lower
    assert upper <= (1 + 1e-15 if measure == "difference" else math.inf)
    assert method.interval(a, c, b, d, level) == pytest.approx(mirrored(measure, (lower, upper)), rel=1e-6, abs=1e-8)


@every_method
@settings(deadline=None, max_examples=20)
@given(cells)
def test_interval_grows_with_its_level(measure, method, table):
    narrow, wide = method.interval(*table, 0.9), method.interval(*table, 0.95)
    assert wide[0] <= narrow[0] + 1e-7
    assert narrow[1] <= wide[1] * (1 + 1e-7) + 1e-7


@settings(deadline=None, max_examples=30)
@given(st.tuples(few, st.integers(1, 80), st.integers(1, 80), few), levels)
def test_tango_limits_invert_the_test_at_likeliest_proportions(table, level):
    # A second path: the likeliest probability by SciPy's search of the multinomial likelihood.
    a, b, c, d = table
    n = sum(table)
    for delta in paired_differences.tango(*table, level):

        def unlikely(p, delta=delta):
            return -(b * math.log(p + delta) + c * math.log(p) + (a + d) * math.log(max(1e-300, 1 - 2 * p - delta)))

        low, high = max(0, -delta) + 1e-12, (1 - delta) / 2 - 1e-12
        p = optimize.minimize_scalar(unlikely, bounds=(low, high), method="bounded", options={"xatol": 1e-13}).x
        z = (b - c - n * delta) / math.sqrt(n * (2 * p + delta * (1 - delta)))
        assert abs(z) == pytest.approx(stats.norm.ppf((1 + level) / 2), rel=1e-3)


@pytest.mark.parametrize(
    ("interval", "table", "limits"),
    [
        pytest.param(paired_differences.newcombe, (1, 1, 7, 12), (-0.507, -0.026), id="Fagerland 2014"),
        pytest.param(paired_differences.wald_cc, (1, 1, 7, 12), (-0.529, -0.042), id="Fagerland 2014 cc"),
        pytest.param(paired_differences.newcombe_uncorrected, (20, 12, 2, 16), (0.0618, 0.3242), id="Newcombe 1998, 8"),
        pytest.param(paired_ratios.ratio_tang, (59, 6, 16, 80), (0.7476, 0.9876), id="Tang"),
        pytest.param(paired_ratios.ratio_bonett_price_cc, (59, 6, 16, 80), (0.7475, 1.0058), id="Bonett-Price cc"),
        pytest.param(paired_ratios.odds_blaker, (0, 25, 2, 0), (3.2994, 74.0582), id="Blaker"),
        pytest.param(paired_ratios.odds_mid_p, (0, 25, 2, 0), (3.4681, 78.2972), id="mid-P"),
        pytest.param(paired_ratios.odds_wald_laplace, (0, 25, 2, 0), (2.6232, 28.6333), id="Laplace"),
    ],
)
def test_interval_published(interval, table, limits):
    assert interval(*table) == pytest.approx(limits, abs=5.1e-4 if "1, 1, 7" in str(table) else 5.1e-5)


def test_wald_cc_of_newcombe_adds_one_pair_at_each_end():
    plain, wide = (
        function(53, 16, 8, 9) for function in (paired_differences.wald, paired_differences.wald_cc_newcombe)
    )
    assert wide == pytest.approx((plain[0] - 1 / 86, plain[1] + 1 / 86))


def test_nobody_or_no_disagreement_gives_every_ratio():
    assert paired_ratios.ratio_wald(0, 0, 3, 5) == paired_ratios.odds_exact(4, 0, 0, 5) == (0, math.inf)
    assert paired_ratios.ratio_bonett_price(0, 0, 0, 5) == paired_ratios.odds_wald(4, 0, 3, 5) == (0, math.inf)
    assert paired_ratios.ratio_tang(0, 0, 3, 5)[0] == 0
    assert paired_ratios.ratio_tang(0, 3, 0, 5)[1] == math.inf


@every_method
def test_impossible_arguments(measure, method):
    with pytest.raises(ValueError, match="at least one pair"):
        method.interval(0, 0, 0, 0)
    with pytest.raises(ValueError, match="0 or more"):
        method.interval(1, -1, 2, 3)
    with pytest.raises(ValueError, match="level must lie"):
        method.interval(1, 2, 3, 4, 95)
