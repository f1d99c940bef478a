import math
from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evidence_brief.stats import means as first_path
from evidence_brief.stats.exact import (
    anova,
    cohen_d,
    combine,
    hedges_g,
    implied_r,
    least_maximum,
    least_maximum_attained,
    mean_ci,
    mean_difference_ci,
    of_changes,
    paired,
    sd_limit,
    sd_limit_attained,
    student,
    welch,
    welch_anova,
)

means = st.fractions(-100, 100, max_denominator=100)
sds = st.fractions(Fraction(1, 100), 50, max_denominator=100)
sizes = st.integers(2, 200)
groups = st.tuples(means, sds, sizes)
samples = st.lists(st.integers(-20, 20), min_size=2, max_size=8)

# Cushny & Peebles 1905, J Physiol 32:501: hours of sleep that ten patients gained from two drugs.
FIRST = [Fraction(x, 10) for x in (7, -16, -2, -12, -1, 34, 37, 8, 0, 20)]
SECOND = [Fraction(x, 10) for x in (19, 8, 11, 1, -1, 44, 55, 16, 46, 34)]


def summary(values):
    """Mean, SD to 40 digits and n, of exact values."""
    mean = Fraction(sum(values)) / len(values)
    square = sum((x - mean) ** 2 for x in values) / (len(values) - 1)
    return mean, Fraction(math.isqrt(int(square * 10**80)), 10**40), len(values)


def test_t_tests_of_the_gain_of_sleep():
    # R, help page of t.test: t = −1.8608 with 17.776 df, P = .07939 (Welch); −4.0621 with 9 df, P = .002833 (paired).
    t, df, p = welch(*summary(FIRST), *summary(SECOND))
    assert (round(float(t), 4), round(float(df), 3), round(float(p), 5)) == (-1.8608, 17.776, 0.07939)
    change = summary([a - b for a, b in zip(FIRST, SECOND, strict=True)])
    t, df, p = of_changes(*change)
    assert (round(float(t), 4), df, round(float(p), 6)) == (-4.0621, 9, 0.002833)
    (m1, sd1, n), (m2, sd2, _) = summary(FIRST), summary(SECOND)
    by_correlation = paired(m1, sd1, m2, sd2, n, implied_r(sd1, sd2, change[1]))
    assert float(by_correlation[2]) == pytest.approx(float(p), rel=1e-12)


def test_analysis_of_variance_of_plant_growth():
    # Dobson 1983, An Introduction to Statistical Modelling; R's PlantGrowth: F = 4.8461, P = .01591.
    yields = [(Fraction("5.032"), Fraction(".5830914"), 10), (Fraction("4.661"), Fraction(".7936757"), 10)]
    f, df1, df2, p = anova([*yields, (Fraction("5.526"), Fraction(".4425733"), 10)])
    assert (round(float(f), 4), df1, df2, round(float(p), 5)) == (4.8461, 2, 27, 0.01591)


@settings(deadline=None)
@given(groups, groups)
def test_student_and_welch_as_scipy(first, second):
    for function, equal in ((student, True), (welch, False)):
        t, _, p = function(*first, *second)
        expected = stats.ttest_ind_from_stats(*map(float, first), *map(float, second), equal_var=equal)
        assert float(t) == pytest.approx(expected.statistic, rel=1e-9, abs=1e-12)
        assert float(p) == pytest.approx(expected.pvalue, rel=1e-8, abs=1e-290)


@settings(deadline=None)
@given(groups, groups)
def test_tests_swapped_groups_change_the_sign_alone(first, second):
    for function in (student, welch):
        (t, df, p), (swapped, df_swapped, p_swapped) = function(*first, *second), function(*second, *first)
        assert df_swapped == df
        assert (float(swapped), float(p_swapped)) == pytest.approx((-float(t), float(p)), rel=1e-14, abs=1e-290)


@settings(deadline=None)
@given(groups, groups)
def test_analysis_of_variance_of_two_groups_is_student(first, second):
    t, df, p = student(*first, *second)
    f, df1, df2, p_of_f = anova([first, second])
    assert (df1, df2, float(f)) == (1, df, pytest.approx(float(t**2), rel=1e-12))
    assert float(p_of_f) == pytest.approx(float(p), rel=1e-12, abs=1e-290)


@settings(deadline=None)
@given(st.lists(samples, min_size=2, max_size=4))
def test_combine_as_of_all_people_at_once(parts):
    n, mean, sd = combine([summary(part) for part in parts])
    expected = summary([x for part in parts for x in part])
    assert (n, mean) == (expected[2], expected[0])
    assert float(sd) == pytest.approx(float(expected[1]), rel=1e-12)


def test_combine_takes_groups_of_one_person():
    n, mean, sd = combine([(1, 0, 1), (3, 99, 1)])
    assert (n, mean, float(sd)) == (2, 2, pytest.approx(math.sqrt(2)))


@settings(deadline=None)
@given(groups)
def test_mean_ci_as_scipy(group):
    mean, sd, n = map(float, group)
    expected = stats.t.interval(0.95, n - 1, mean, sd / math.sqrt(n))
    assert tuple(map(float, mean_ci(*group))) == pytest.approx(expected, rel=1e-9, abs=1e-9)


@settings(deadline=None, max_examples=50)
@given(groups, groups, st.booleans())
def test_mean_difference_ci_ends_where_p_is_what_the_level_leaves(first, second, equal):
    low, high = mean_difference_ci(*first, *second, Fraction(9, 10), equal_variances=equal)
    end = Fraction(str(float(low)))
    _, _, p = (student if equal else welch)(first[0] - end, *first[1:], *second)
    assert float(p) == pytest.approx(0.1, rel=1e-6)
    assert float(low + high) / 2 == pytest.approx(float(first[0] - second[0]), abs=1e-9)


def test_hedges_g_of_borenstein():
    # Borenstein et al. 2009, Introduction to Meta-Analysis, p. 26 to 28: g = 0.5924.
    assert round(float(hedges_g(103, Fraction("5.5"), 50, 100, Fraction("4.5"), 50)), 4) == 0.5924


@given(st.integers(2, 200), st.integers(2, 200))
def test_hedges_g_corrects_by_the_gamma_function(n1, n2):
    df = n1 + n2 - 2
    j = math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2)
    assert float(hedges_g(1, 1, n1, 0, 1, n2)) == pytest.approx(j, rel=1e-9)


# What SDs imply


def test_implied_r_published():
    # Gauhar 2016, TSC-40, as checked by the R package recalc: −.673 and .458.
    sds_of = {"-0.673": ("6.77", "7.45", "13.01"), "0.458": ("14.58", "7.79", "13.01")}
    assert [f"{float(implied_r(*map(Fraction, sds))):.3f}" for sds in sds_of.values()] == list(sds_of)


@given(sds, sds, st.fractions(-1, 1, max_denominator=20))
def test_implied_r_undoes_the_paired_variance(sd1, sd2, r):
    square = sd1**2 + sd2**2 - 2 * r * sd1 * sd2
    change = Fraction(math.isqrt(int(square * 10**80)), 10**40)
    assert float(implied_r(sd1, sd2, change)) == pytest.approx(float(r), abs=1e-9)


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_sd_limit_is_reached_and_never_passed(n):
    for sample in combinations_with_replacement(range(1, 6), n):
        mean, sd, _ = summary(sample)
        limit = float(sd_limit(mean, n, 1, 5))
        assert float(sd) <= limit * (1 + 1e-12)
        if set(sample) <= {1, 5}:
            assert float(sd) == pytest.approx(limit, abs=1e-12)


@given(means, sds, sizes, st.fractions(Fraction(1, 10), 50, max_denominator=10))
def test_least_maximum_is_where_the_limit_is_the_sd(mean, sd, n, above):
    maximum = least_maximum(mean, sd, n, mean - above)
    assert float(sd_limit(mean, n, mean - above, maximum)) == pytest.approx(float(sd), rel=1e-12)


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_sd_limit_attained_is_the_largest_of_all_samples(n):
    largest = {}
    for sample in combinations_with_replacement(range(1, 6), n):
        mean, sd, _ = summary(sample)
        largest[mean] = max(largest.get(mean, 0), sd)
    for mean, sd in largest.items():
        assert float(sd_limit_attained(mean, n, 1, 5)) == pytest.approx(float(sd), abs=1e-12)


@given(means, st.integers(2, 60), st.fractions(0, 9, max_denominator=10), st.fractions(0, 9, max_denominator=10))
def test_sd_limit_attained_never_passes_the_bound(mean, n, below, above):
    low, high = mean - below, mean + above
    assert float(sd_limit_attained(mean, n, low, high)) <= float(sd_limit(mean, n, low, high)) * (1 + 1e-12)


@given(means, sds, sizes, st.fractions(Fraction(1, 10), 50, max_denominator=10))
def test_least_maximum_attained_is_where_the_largest_sd_is_the_sd(mean, sd, n, above):
    maximum = least_maximum_attained(mean, sd, n, mean - above)
    if sd**2 > n * above**2:
        assert maximum == math.inf
        return
    assert float(maximum) >= float(least_maximum(mean, sd, n, mean - above)) - 1e-9
    # Just above it the SD is possible, just below it is not.
    width = Fraction(str(maximum)) - mean
    assert float(sd_limit_attained(mean, n, mean - above, mean + width * (1 + Fraction(1, 10**9)))) >= float(sd)
    assert float(sd_limit_attained(mean, n, mean - above, mean + width * (1 - Fraction(1, 10**9)))) <= float(sd)


@pytest.mark.parametrize(("function", "args"), [(least_maximum_attained, (3, 0, 10)), (least_maximum, (3, 0, 10))])
def test_least_maximum_without_spread(function, args):
    assert function(*args, 3) == function(*args, 1) == 3


def test_sd_limit_at_an_end_is_0():
    assert sd_limit_attained(3, 10, 3, 3) == sd_limit_attained(8, 10, 3, 8) == 0
    assert sd_limit(3, 10, 3, 8) == 0


@pytest.mark.parametrize(
    "call",
    [
        lambda: student(1, -1, 5, 2, 1, 5),
        lambda: student(1, 1, 1, 2, 1, 5),
        lambda: student(1, 0, 5, 2, 0, 5),
        lambda: welch(1, 0, 5, 2, 0, 5),
        lambda: paired(1, 1, 2, 1, 5, Fraction(11, 10)),
        lambda: paired(1, 1, 2, 1, 5, 1),
        lambda: of_changes(1, 0, 5),
        lambda: anova([(1, 1, 5)]),
        lambda: anova([(1, 0, 5), (2, 0, 5)]),
        lambda: mean_ci(1, 1, 1),
        lambda: hedges_g(1, 0, 5, 2, 0, 5),
        lambda: combine([]),
        lambda: combine([(1, 0, 1)]),
        lambda: implied_r(0, 1, 1),
        lambda: implied_r(1, 1, -1),
        lambda: sd_limit(0, 5, 1, 7),
        lambda: sd_limit(3, 1, 1, 7),
        lambda: least_maximum(1, 1, 5, 2),
        lambda: least_maximum(1, 1, 5, 1),
        lambda: least_maximum_attained(1, 1, 5, 2),
        lambda: sd_limit_attained(8, 5, 1, 7),
    ],
)
def test_impossible_summaries_raise(call):
    with pytest.raises(ValueError, match=r"at least|between|needs|above 0|no maximum|below the minimum"):
        call()


def test_cohen_d_is_the_difference_over_the_pooled_sd():
    # Borenstein 2009, chapter 4: 103 ± 5.5 of 50 against 100 ± 4.5 of 50: d = .5970.
    d = cohen_d(103, Fraction(11, 2), 50, 100, Fraction(9, 2), 50)
    assert float(d) == pytest.approx(3 / math.sqrt((5.5**2 + 4.5**2) / 2), rel=1e-12)
    assert round(float(d), 4) == 0.5970


def test_welch_anova_as_the_first_path():
    groups = [(5, 1, 10), (6, Fraction(39, 10), 12), (7, Fraction(11, 10), 9)]
    first = first_path.welch_anova([(float(mean), float(sd), n) for mean, sd, n in groups])
    f, df1, df2, p = welch_anova(groups)
    assert (float(f), df1, float(df2)) == (pytest.approx(first.f, rel=1e-12), first.df1, pytest.approx(first.df2))
    assert float(p) == pytest.approx(first.p, rel=1e-9)
