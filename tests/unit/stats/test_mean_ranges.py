import math
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import stdtr

from evidence_brief.printed import Interval, number
from evidence_brief.stats import mean_ranges as ranges
from evidence_brief.stats import means, welch_range
from evidence_brief.stats.summary_ends import MOST_CORNERS, between_squares

TIGHT = 1e-6
PARTS = (Fraction(0), Fraction(1, 3), Fraction(1, 2), Fraction(9, 10), Fraction(1))


def printed(text):
    return number(text).interval


def exactly(value):
    return Interval(Fraction(value), Fraction(value))


def reaching(low, high):
    return Interval(Fraction(low), Fraction(high))


@st.composite
def intervals(draw, least=-200, most=200, widest=20):
    low = Fraction(draw(st.integers(least, most)), 10)
    return Interval(low, low + Fraction(draw(st.integers(0, widest)), 10))


mean_intervals = intervals()
sd_intervals = intervals(least=1, most=80)
sizes = st.integers(2, 60)
summaries = st.tuples(mean_intervals, sd_intervals, sizes)


def values(interval):
    return [float(interval.low + (interval.high - interval.low) * part) for part in PARTS]


def attained(test, *parts):
    """The test at points of every interval, ends included."""
    inputs = [values(part) if isinstance(part, Interval) else [part] for part in parts]
    return [test(*each) for each in product(*inputs)]


def assert_holds(found, tests):
    assert all(found.p_low <= test.p <= found.p_high for test in tests)
    sizes_of_t = [abs(test.t) for test in tests]
    assert found.t_low <= min(sizes_of_t) * (1 + 1e-12) + 1e-12
    assert found.t_high >= max(sizes_of_t) * (1 - 1e-12)


def assert_attained(found, tests):
    """The ends are those of the extreme points, apart from equal means, which lie between points."""
    assert found.p_low == pytest.approx(min(test.p for test in tests), rel=TIGHT, abs=1e-300)
    assert found.t_high == pytest.approx(max(abs(test.t) for test in tests), rel=TIGHT)
    if found.t_low:
        assert found.p_high == pytest.approx(max(test.p for test in tests), rel=TIGHT, abs=1e-300)
        assert found.t_low == pytest.approx(min(abs(test.t) for test in tests), rel=TIGHT)
    else:
        assert found.p_high == 1


# Two independent means


@settings(max_examples=25, deadline=None)
@given(summaries, summaries)
def test_student_range_is_attained_at_its_ends(first, second):
    found, tests = ranges.student_range(*first, *second), attained(means.student, *first, *second)
    assert_holds(found, tests)
    assert_attained(found, tests)


@settings(max_examples=40, deadline=None)
@given(summaries, summaries)
def test_welch_range_holds_what_is_attained(first, second):
    assert_holds(ranges.welch_range(*first, *second), attained(means.welch, *first, *second))


@settings(max_examples=40, deadline=None)
@given(summaries, summaries)
def test_welch_range_is_tight(first, second):
    """Against a fine grid of the SDs, at the means that differ least and most."""
    found = ranges.welch_range(*first, *second)
    (m1, sd1, n1), (m2, sd2, n2) = first, second
    v1, v2 = (np.linspace(float(sd.low), float(sd.high), 301) ** 2 / n for sd, n in ((sd1, n1), (sd2, n2)))
    total = v1[:, None] + v2
    df = total**2 / (v1[:, None] ** 2 / (n1 - 1) + v2**2 / (n2 - 1))
    far = float(max(m1.high - m2.low, m2.high - m1.low))
    near = float(max(m1.low - m2.high, m2.low - m1.high, 0))
    lowest = float(np.min(2 * stdtr(df, -far / np.sqrt(total))))
    highest = float(np.max(2 * stdtr(df, -near / np.sqrt(total))))
    assert found.p_low <= lowest * (1 + 1e-12)
    assert found.p_high >= highest * (1 - 1e-12)
    assert (found.p_low, found.p_high) == pytest.approx((lowest, highest), rel=3e-2, abs=1e-200)


def test_welch_range_is_smallest_between_corners():
    # A group of 3 with the larger variance leaves about 2 degrees of freedom; a larger SD of the large group gives
    # more of them, and a smaller P, until t falls too far.
    found = ranges.welch_range(exactly(5), reaching("0.1", 50), 60, exactly(0), exactly(1), 3)
    inside = [means.welch(5, 0.1 + i / 100, 60, 0, 1, 3).p for i in range(4991)]
    assert min(inside) < min(inside[0], inside[-1]) / 50
    assert found.p_low <= min(inside)
    assert found.p_low == pytest.approx(min(inside), rel=1e-4)


def test_welch_range_stops_at_the_bound_of_work_without_leaving_anything_out(monkeypatch):
    first, second = (exactly(5), reaching("0.1", 50), 60), (exactly(0), exactly(1), 3)
    full = ranges.welch_range(*first, *second)
    monkeypatch.setattr(welch_range, "MOST_CUTS", 3)
    assert ranges.welch_range(*first, *second).p_low < full.p_low
    assert ranges.welch_range(*first, *second).p_high >= full.p_high


@settings(max_examples=25, deadline=None)
@given(summaries, summaries)
def test_z_range_holds_what_is_attained(first, second):
    found, tests = ranges.z_range(*first, *second), attained(means.z_test, *first, *second)
    assert all(found.p_low <= test.p <= found.p_high for test in tests)
    assert found.p_low == pytest.approx(min(test.p for test in tests), rel=TIGHT, abs=1e-300)


@settings(deadline=None)
@given(summaries, summaries)
def test_ranges_of_exact_numbers_are_the_test_itself(first, second):
    point = [
        exactly(value.low) if isinstance(value, Interval) else value for group in (first, second) for value in group
    ]
    floats = [float(value.low) if isinstance(value, Interval) else value for value in point]
    for over, test in ((ranges.student_range, means.student), (ranges.welch_range, means.welch)):
        found, expected = over(*point), test(*floats)
        assert (found.p_low, found.p_high) == pytest.approx((expected.p, expected.p), rel=1e-8, abs=1e-300)
        assert found.t_low == found.t_high == pytest.approx(abs(expected.t))
        assert Fraction(found.p_low) in found.p


def test_ranges_do_not_depend_on_the_order_of_the_groups():
    first, second = (printed("5.2"), printed("1.4"), 20), (printed("6.1"), printed("2.0"), 31)
    for over in (ranges.student_range, ranges.welch_range, ranges.z_range):
        one, other = over(*first, *second), over(*second, *first)
        assert (one.p_low, one.p_high) == pytest.approx((other.p_low, other.p_high), rel=1e-8)


def test_ranges_where_an_sd_may_be_0():
    # "0.0" stands for up to 0.05, and for nothing below 0.
    both = (printed("5.0"), printed("0.0"), 10, printed("6.0"), printed("0.0"), 10)
    for over in (ranges.student_range, ranges.welch_range, ranges.z_range):
        found = over(*both)
        assert found.p_low == 0
        assert found.t_high == math.inf
        assert found.p_high < 1e-12
    one = ranges.welch_range(printed("5.0"), printed("0.0"), 10, printed("6.0"), printed("1.2"), 10)
    assert one.p_high >= means.welch(5.05, 0, 10, 5.95, 1.25, 10).p
    assert one.p_low <= means.welch(4.95, 0.05, 10, 6.05, 1.15, 10).p
    constant = ranges.welch_range(printed("5.0"), exactly(0), 10, printed("6.0"), printed("1.2"), 10)
    assert constant.p_high == pytest.approx(means.welch(5.05, 0, 10, 5.95, 1.25, 10).p, rel=TIGHT)


def test_ranges_of_equal_exact_means():
    found = ranges.welch_range(exactly(5), printed("0.0"), 10, exactly(5), printed("0.0"), 10)
    assert (found.t_high, found.p_low, found.p_high) == (0.0, pytest.approx(1), 1.0)


def test_ranges_of_numbers_beyond_floats():
    huge = printed("3×10^200")
    for over in (ranges.student_range, ranges.welch_range):
        found = over(huge, printed("1×10^200"), 10, printed("1×10^200"), printed("1×10^200"), 10)
        assert 0 < found.p_low < found.p_high <= 1
        assert over(huge, printed("1"), 10, printed("1"), printed("1"), 10).p_low == 0


# Pairs and changes


@st.composite
def correlations(draw):
    low = Fraction(draw(st.integers(-10, 9)), 10)
    return Interval(low, min(Fraction(1), low + Fraction(draw(st.integers(0, 8)), 10)))


def paired_or_none(*inputs):
    try:
        return means.paired(*inputs)
    except ValueError:
        return None  # no variance of the change


@settings(max_examples=25, deadline=None)
@given(mean_intervals, sd_intervals, mean_intervals, sd_intervals, sizes, correlations())
def test_paired_range_holds_what_is_attained(m1, sd1, m2, sd2, n, r):
    found = ranges.paired_range(m1, sd1, m2, sd2, n, r)
    tests = [test for test in attained(paired_or_none, m1, sd1, m2, sd2, n, r) if test]
    assert all(found.p_low * (1 - 1e-6) <= test.p <= found.p_high * (1 + 1e-6) for test in tests if test.t)
    if found.t_low and found.t_high < math.inf:
        assert found.p_high == pytest.approx(max(test.p for test in tests), rel=TIGHT, abs=1e-300)


def test_paired_range_at_a_known_correlation_is_smallest_on_an_edge():
    # sd1 fixed at 2, r = ½: the change varies least for sd2 = 1.
    found = ranges.paired_range(exactly(1), exactly(2), exactly(0), reaching("0.5", 3), 9, exactly("0.5"))
    assert found.t_high == pytest.approx(means.paired(1, 2, 0, 1, 9, 0.5).t)
    assert found.t_low == pytest.approx(means.paired(1, 2, 0, 3, 9, 0.5).t)


def test_paired_range_over_every_correlation():
    found = ranges.paired_range(exactly(5), exactly(2), exactly(4), exactly(3), 20)
    assert found.p_low == pytest.approx(means.paired(5, 2, 4, 3, 20, 1).p, rel=1e-8)
    assert found.p_high == pytest.approx(means.paired(5, 2, 4, 3, 20, -1).p, rel=1e-8)
    assert ranges.paired_range(exactly(5), exactly(2), exactly(4), exactly(2), 20).t_high == math.inf


@settings(max_examples=30, deadline=None)
@given(mean_intervals, sd_intervals, sizes)
def test_changes_range_is_attained_at_its_ends(mean, sd, n):
    found, tests = ranges.changes_range(mean, sd, n), attained(means.of_changes, mean, sd, n)
    assert_holds(found, tests)
    assert_attained(found, tests)


# Several groups


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(intervals(widest=60), sd_intervals, sizes), min_size=2, max_size=3))
def test_anova_range_holds_what_is_attained(groups):
    found = ranges.anova_range(groups)
    sizes_of = [n for _, _, n in groups]
    points = product(*(values(part) for mean, sd, _ in groups for part in (mean, Interval(sd.low, sd.high))))
    tests = [
        means.anova(list(zip(point[::2], point[1::2], sizes_of, strict=True)))
        for i, point in enumerate(points)
        if i % 7 == 0
    ]
    assert all(found.p_low <= test.p <= found.p_high for test in tests)
    assert all(found.f_low * (1 - 1e-9) <= test.f <= found.f_high * (1 + 1e-9) for test in tests)
    assert Fraction(found.p_low) in found.p


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(intervals(widest=60), sizes), min_size=2, max_size=5))
def test_between_squares_against_corners_and_coordinate_descent(groups):
    ms, ns = [mean for mean, _ in groups], [n for _, n in groups]

    def between(point):
        grand = sum(n * m for n, m in zip(ns, point, strict=True)) / Fraction(sum(ns))
        return sum(n * (m - grand) ** 2 for n, m in zip(ns, point, strict=True))

    least, most = between_squares(ms, ns)
    assert most == max(between(corner) for corner in product(*((m.low, m.high) for m in ms)))
    point = [m.low for m in ms]
    for _ in range(400):  # each mean in turn as near as it can to that of the others
        for i, m in enumerate(ms):
            others = sum(n * x for j, (n, x) in enumerate(zip(ns, point, strict=True)) if j != i)
            point[i] = min(max(Fraction(others, sum(ns) - ns[i]).limit_denominator(10**9), m.low), m.high)
    assert least <= between(point)
    assert float(least) == pytest.approx(float(between(point)), rel=1e-6, abs=1e-6)


def test_between_squares_of_more_groups_is_a_bound():
    ms, ns = [reaching(i % 3, i % 3 + 1) for i in range(MOST_CORNERS)], [5 + i for i in range(MOST_CORNERS)]
    exact = between_squares(ms, ns)
    more = between_squares([*ms, exactly("1.5")], [*ns, 2])
    assert more[1] >= exact[1]
    assert more[1] < exact[1] * 2


def test_anova_range_of_two_groups_is_students():
    first, second = (printed("5.2"), printed("1.4"), 20), (printed("6.1"), printed("2.0"), 31)
    f, t = ranges.anova_range([first, second]), ranges.student_range(*first, *second)
    assert (f.p_low, f.p_high) == pytest.approx((t.p_low, t.p_high))
    assert (f.f_low, f.f_high) == pytest.approx((t.t_low**2, t.t_high**2))


def test_anova_range_of_means_that_can_be_equal():
    groups = [
        (printed("5.2"), printed("1.4"), 20),
        (printed("5.3"), printed("2.0"), 31),
        (printed("5.25"), printed("2"), 9),
    ]
    found = ranges.anova_range(groups)
    assert (found.f_low, found.p_high) == (0.0, 1.0)


# All groups together


def test_combined_mean_of_subgroups():
    # INSPECT-SR guidance 4.10: 6.2 of 30 and 7.4 of 11 cannot make 7.3 of 41.
    found = ranges.combined_mean([(printed("6.2"), 30), (printed("7.4"), 11)])
    assert found.low == (Fraction("6.15") * 30 + Fraction("7.35") * 11) / 41
    assert found.high == (Fraction("6.25") * 30 + Fraction("7.45") * 11) / 41
    assert not found.overlaps(printed("7.3"))
    assert found.overlaps(printed("6.5"))


def test_combined_sd_holds_what_is_attained():
    groups = [(printed("5.2"), printed("1.4"), 20), (printed("6.1"), printed("2.0"), 31)]
    found = ranges.combined_sd(groups)
    inputs = [values(part) for mean, sd, _ in groups for part in (mean, sd)]
    sds = [means.combine([(a, b, 20), (c, d, 31)])[2] for a, b, c, d in product(*inputs)]
    assert found.low <= min(sds) < max(sds) <= found.high
    assert (float(found.low), float(found.high)) == pytest.approx((min(sds), max(sds)), rel=1e-9)


# Impossible arguments

ONE = (printed("5.2"), printed("1.4"))
EMPTY = Interval(Fraction(2), Fraction(1))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ranges.student_range(*ONE, 1, *ONE, 5), "n >= 2"),
        (lambda: ranges.welch_range(*ONE, 5, *ONE, 1), "n >= 2"),
        (lambda: ranges.z_range(*ONE, 5, *ONE, 0), "n >= 2"),
        (lambda: ranges.student_range(ONE[0], printed("-1.4"), 5, *ONE, 5), "at least 0"),
        (lambda: ranges.student_range(EMPTY, ONE[1], 5, *ONE, 5), "empty"),
        (lambda: ranges.student_range(ONE[0], EMPTY, 5, *ONE, 5), "empty"),
        (lambda: ranges.student_range(ONE[0], exactly(0), 5, ONE[0], exactly(0), 5), "no value varies"),
        (lambda: ranges.welch_range(ONE[0], exactly(0), 5, ONE[0], exactly(0), 5), "no value varies"),
        (lambda: ranges.changes_range(ONE[0], exactly(0), 5), "no value varies"),
        (lambda: ranges.changes_range(*ONE, 1), "n >= 2"),
        (lambda: ranges.paired_range(*ONE, *ONE, 1), "n >= 2"),
        (lambda: ranges.paired_range(*ONE, *ONE, 5, reaching(-1, 2)), "between -1 and 1"),
        (lambda: ranges.paired_range(*ONE, *ONE, 5, EMPTY), "between -1 and 1"),
        (lambda: ranges.anova_range([(*ONE, 5)]), "at least 2 groups"),
        (lambda: ranges.anova_range([(*ONE, 5), (*ONE, 1)]), "n >= 2"),
        (lambda: ranges.anova_range([(*ONE, 5), (EMPTY, ONE[1], 5)]), "empty"),
        (lambda: ranges.combined_mean([]), "one person or more"),
        (lambda: ranges.combined_mean([(ONE[0], 0)]), "one person or more"),
        (lambda: ranges.combined_sd([(*ONE, 1), (*ONE, 3)]), "n >= 2"),
        (lambda: ranges.needed_r(*ONE, *ONE, 5, EMPTY), "empty"),
        (lambda: ranges.needed_r(*ONE, *ONE, 1, printed("0.05")), "n >= 2"),
    ],
)
def test_ranges_impossible_arguments(call, message):
    with pytest.raises(ValueError, match=message):
        call()
