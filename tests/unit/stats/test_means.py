import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.oneway import anova_generic

from evidence_brief.stats import means

# R datasets::sleep (Student 1908) and PlantGrowth, R 4.2: t.test, oneway.test.
SLEEP = (0.75, 1.78900965775916, 10, 2.33, 2.00224873579683, 10)
SLEEP_R, SLEEP_CHANGE = 0.795170205833578, 1.22999548327987
PLANTS = [
    (5.032, 0.583091378392406, 10),
    (4.661, 0.793675696434703, 10),
    (5.526, 0.442573283322786, 10),
]

sds = st.floats(0.01, 50)
centres = st.floats(-100, 100)
counts = st.integers(2, 300)
groups = st.tuples(centres, sds, counts)


def test_student_as_r():
    found = means.student(*SLEEP)
    assert found.df == 18
    assert (found.t, found.p) == pytest.approx((-1.86081346748685, 0.0791867142159382), rel=1e-12)


def test_welch_as_r():
    found = means.welch(*SLEEP)
    assert (found.t, found.df, found.p) == pytest.approx((-1.86081346748685, 17.7764735161785, 0.0793941401873582))


def test_paired_as_r():
    first, sd1, n, second, sd2, _ = SLEEP
    found = means.paired(first, sd1, second, sd2, n, SLEEP_R)
    assert found.df == 9
    assert (found.t, found.p) == pytest.approx((-4.06212768338204, 0.00283289019738427), rel=1e-9)
    assert means.of_changes(first - second, SLEEP_CHANGE, n).p == pytest.approx(found.p, rel=1e-9)


def test_anova_as_r():
    found = means.anova(PLANTS)
    assert (found.df1, found.df2) == (2, 27)
    assert (found.f, found.p) == pytest.approx((4.84608786238014, 0.0159099583256229), rel=1e-11)


def test_welch_anova_as_r():
    found = means.welch_anova(PLANTS)
    assert (found.df1, found.df2) == pytest.approx((2, 17.1284186166441), rel=1e-12)
    assert (found.f, found.p) == pytest.approx((5.18097240811319, 0.01739282149017), rel=1e-11)


def test_combine_as_r():
    assert means.combine(PLANTS) == pytest.approx((30, 5.073, 0.701191842508168), rel=1e-12)


@settings(deadline=None)
@given(groups, groups)
def test_two_groups_as_scipy(first, second):
    for equal, ours in ((True, means.student), (False, means.welch)):
        expected = stats.ttest_ind_from_stats(*first, *second, equal_var=equal)
        found = ours(*first, *second)
        assert (found.t, found.p) == pytest.approx((expected.statistic, expected.pvalue), rel=1e-7, abs=1e-300)


@settings(deadline=None)
@given(st.lists(groups, min_size=2, max_size=6))
def test_several_groups_as_statsmodels(several):
    columns = [np.array(column, dtype=float) for column in zip(*several, strict=True)]
    for ours, kind in ((means.anova, "equal"), (means.welch_anova, "unequal")):
        expected = anova_generic(columns[0], columns[1] ** 2, columns[2], use_var=kind)
        found = ours(several)
        assert found.f == pytest.approx(expected.statistic, rel=1e-7, abs=1e-9)
        assert (found.df1, found.df2) == pytest.approx(expected.df, rel=1e-9)
        assert found.p == pytest.approx(expected.pvalue, rel=1e-6, abs=1e-12)


@settings(deadline=None)
@given(groups, groups)
def test_anova_of_two_groups_is_t_squared(first, second):
    for t_test, f_test in ((means.student, means.anova), (means.welch, means.welch_anova)):
        t, f = t_test(*first, *second), f_test([first, second])
        assert f.f == pytest.approx(t.t**2, rel=1e-9, abs=1e-12)
        assert f.df2 == pytest.approx(t.df, rel=1e-9)


@settings(deadline=None)
@given(groups, groups)
def test_swapped_groups_change_the_sign(first, second):
    for test in (means.student, means.welch):
        one, other = test(*first, *second), test(*second, *first)
        assert (one.t, one.p) == pytest.approx((-other.t, other.p), rel=1e-9)
    assert means.z_test(*first, *second).z == -means.z_test(*second, *first).z


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(-50, 50), min_size=2, max_size=8), min_size=1, max_size=5))
def test_combine_is_that_of_all_values_together(samples):
    given_groups = [(float(np.mean(s)), float(np.std(s, ddof=1)), len(s)) for s in samples]
    together = [value for s in samples for value in s]
    n, mean, sd = means.combine(given_groups)
    assert n == len(together)
    assert (mean, sd) == pytest.approx((np.mean(together), np.std(together, ddof=1)), rel=1e-9, abs=1e-6)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), min_size=3, max_size=12))
def test_paired_is_that_of_the_changes(pairs):
    x, y = np.array(pairs, dtype=float).T
    if min(x.std(), y.std(), (x - y).std()) < 1e-9:
        return
    sd1, sd2, sd_change = (float(v.std(ddof=1)) for v in (x, y, x - y))
    r = means.implied_r(sd1, sd2, sd_change)
    assert r == pytest.approx(np.corrcoef(x, y)[0, 1], abs=1e-9)
    if abs(r) <= 1:
        found = means.paired(float(x.mean()), sd1, float(y.mean()), sd2, len(pairs), r)
        assert found.t == pytest.approx(stats.ttest_rel(x, y).statistic, rel=1e-5, abs=1e-9)


def test_paired_without_correlation_has_the_t_of_unrelated_groups():
    assert means.paired(5, 2, 4, 3, 20, 0).t == pytest.approx(means.student(5, 2, 20, 4, 3, 20).t)


def test_welch_with_one_constant_group_has_the_df_of_the_other():
    # Adiponectin of 8 people, 0.02 (0) against 1.62 (0.47).
    assert means.welch(0.02, 0, 8, 1.62, 0.47, 8).df == pytest.approx(7)


def test_z_test_is_normal():
    found = means.z_test(5.9, 2.0, 400, 5.5, 3.0, 900)
    assert found.z == pytest.approx(0.4 / math.sqrt(4 / 400 + 9 / 900))
    assert found.p == pytest.approx(2 * stats.norm.sf(found.z))


def test_pooled_sd_between_those_of_the_groups():
    assert means.pooled_sd([(0, 3, 5), (9, 4, 9)]) == pytest.approx(math.sqrt((4 * 9 + 8 * 16) / 12))


def test_p_of_r_falls_with_r_and_has_the_ends():
    curve = means.p_of_r(10, 3, 8.5, 2, 25, steps=40)
    assert [r for r, _ in curve] == pytest.approx(np.linspace(-1, 1, 41))
    assert all(later <= earlier for (_, earlier), (_, later) in pairwise(curve))
    assert curve[20][1] == means.paired(10, 3, 8.5, 2, 25, 0).p


def test_p_of_r_leaves_out_a_change_without_variance():
    assert [r for r, _ in means.p_of_r(10, 3, 8.5, 3, 25, steps=4)] == [-1, -0.5, 0, 0.5]


def test_implied_r_of_conflicting_sds_lies_outside():
    assert means.implied_r(8, 5, 2.0) > 1
    assert means.implied_r(8, 5, 13.5) < -1
    assert means.implied_r(5, 8, 6) == pytest.approx(0.6625)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: means.student(1, -1, 5, 1, 1, 5), "sd at least 0"),
        (lambda: means.student(math.nan, 1, 5, 1, 1, 5), "finite"),
        (lambda: means.student(1, 1e200, 5, 1, 1, 5), "finite"),
        (lambda: means.student(1, 1, 1, 1, 1, 5), "n >= 2"),
        (lambda: means.student(1, 0, 5, 2, 0, 5), "no value varies"),
        (lambda: means.welch(1, 0, 5, 2, 0, 5), "no value varies"),
        (lambda: means.z_test(1, 0, 5, 2, 0, 5), "no value varies"),
        (lambda: means.paired(1, 2, 2, 2, 5, 1), "no value varies"),
        (lambda: means.paired(1, 2, 2, 2, 5, 1.1), "between -1 and 1"),
        (lambda: means.paired(1, 2, 2, 2, 1, 0.5), "n >= 2"),
        (lambda: means.of_changes(1, 0, 5), "no value varies"),
        (lambda: means.anova([(1, 1, 5)]), "at least 2 groups are needed"),
        (lambda: means.anova([(1, 0, 5), (2, 0, 5)]), "no value varies"),
        (lambda: means.welch_anova([(1, 1, 5)]), "at least 2 groups are needed"),
        (lambda: means.welch_anova([(1, 1, 5), (1, 0, 5)]), "no value varies"),
        (lambda: means.combine([]), "at least 1 group is needed"),
        (lambda: means.pooled_sd([]), "at least 1 group is needed"),
        (lambda: means.implied_r(0, 1, 1), "above 0"),
    ],
)
def test_means_impossible_summaries(call, message):
    with pytest.raises(ValueError, match=message):
        call()
