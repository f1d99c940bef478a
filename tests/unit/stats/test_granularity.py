from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.printed import Interval, number
from evidence_brief.stats.debit import debit, debit_consistent
from evidence_brief.stats.granularity import Steps, grim_consistent, grim_totals, joint_sizes
from evidence_brief.stats.grimmer import grimmer
from evidence_brief.stats.grimmer_arrays import grimmer_consistent

ONE = Steps(Fraction(1))


def printed(units, decimals=2):
    return number(f"{'-' if units < 0 else ''}{abs(units) / 10**decimals:.{decimals}f}")


def summaries(sample):
    """Mean and variance (n − 1) of whole numbers, exactly."""
    n, total = len(sample), sum(sample)
    return Fraction(total, n), Fraction(n * sum(x * x for x in sample) - total**2, n * (n - 1))


# GRIM


@pytest.mark.parametrize(
    ("mean", "n", "consistent"),
    [("5.23", 28, False), ("5.25", 28, True), ("9.56", 24, False), ("9.54", 24, True), ("9.56", 100, True)],
)
def test_grim_totals(mean, n, consistent):
    assert bool(grim_totals(number(mean).interval, n, ONE)) is consistent


@given(st.integers(-400, 400), st.integers(1, 60), st.integers(1, 4), st.booleans())
def test_grim_vectorised_as_one_by_one(units, n, items, cut):
    value = printed(units)
    interval = value.truncated if cut and units != 0 else value.interval
    rounding = "truncated" if cut and units != 0 else "half"
    expected = bool(grim_totals(interval, n * items, ONE))
    assert bool(grim_consistent(units, 2, n, items, rounding=rounding)) is expected


def test_grim_vectorised_percentages_broadcast():
    # 91.7% of 24 is 22, of 25 nothing.
    assert list(grim_consistent(917, 1, np.array([24, 25]), percent=True)) == [True, False]


@pytest.mark.parametrize(
    "arguments",
    [(5.23, 2, 28), (523, 2, 0), (523, -1, 28), (523, 2, 28, 0), (523, 19, 28), (2**61, 2, 28), (523, 2, 2**59)],
)
def test_grim_vectorised_refuses(arguments):
    with pytest.raises(ValueError):
        grim_consistent(*arguments)


def test_joint_sizes_are_those_that_each_mean_allows():
    means = [number(text).interval for text in ("6.71", "9.54", "9.56")]
    sizes = joint_sizes(means, 100, ONE)
    assert 24 not in sizes
    assert sizes == [n for n in range(1, 101) if all(grim_totals(mean, n, ONE) for mean in means)]
    assert 24 in joint_sizes(means[:2], 100, ONE)
    assert joint_sizes(means, 10**9, ONE) is None
    with pytest.raises(ValueError):
        joint_sizes([], 10, ONE)


# GRIMMER


def every_sample(n, low, high):
    return [summaries(sample) for sample in combinations_with_replacement(range(low, high + 1), n)]


@pytest.mark.parametrize(("n", "low", "high"), [(2, 0, 6), (3, 1, 5), (4, 0, 4), (5, 1, 4), (6, 0, 3)])
def test_grimmer_on_a_scale_as_every_sample_says(n, low, high):
    samples = every_sample(n, low, high)
    steps = Steps(Fraction(1), Fraction(low), Fraction(high))
    for mean_units in range(10 * low, 10 * high + 1):
        mean = printed(mean_units, 1).interval
        variances = [variance for value, variance in samples if value in mean]
        for sd_units in range(0, 10 * (high - low) + 1):
            sd = printed(sd_units, 1).interval
            low2 = max(sd.low, Fraction(0)) ** 2
            exists = any(low2 <= variance <= sd.high**2 for variance in variances)
            assert (grimmer(mean, sd, n, steps).verdict == "possible") is exists, (mean_units, sd_units)


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_grimmer_without_ends_as_every_sample_near_the_mean_says(n):
    # An SD of at most 2 keeps every value within 2√n of the mean.
    samples = every_sample(n, -6, 10)
    for mean_units in range(150, 260, 7):
        mean = printed(mean_units).interval
        variances = [variance for value, variance in samples if value in mean]
        for sd_units in range(0, 200, 3):
            sd = printed(sd_units).interval
            low2 = max(sd.low, Fraction(0)) ** 2
            exists = any(low2 <= variance <= sd.high**2 for variance in variances)
            assert (grimmer(mean, sd, n, ONE).verdict == "possible") is exists


@given(st.lists(st.integers(1, 7), min_size=2, max_size=40))
def test_grimmer_never_accuses_a_real_sample(sample):
    mean, variance = summaries(sample)
    sd = float(variance) ** 0.5
    printed_mean, printed_sd = number(f"{float(mean):.2f}").interval, number(f"{sd:.2f}").interval
    found = grimmer(printed_mean, printed_sd, len(sample), Steps(Fraction(1), Fraction(1), Fraction(7)))
    assert found.verdict == "possible"
    assert Fraction(found.total, len(sample)) in printed_mean


def test_grimmer_population_sd():
    mean, sd = number("2.0").interval, number("1.0").interval
    assert grimmer(mean, sd, 2, ONE).verdict == "no sum of squares"
    assert grimmer(mean, sd, 2, ONE, population=True).verdict == "possible"


@pytest.mark.parametrize(("n", "step"), [(0, 1), (5, 0), (5, -1)])
def test_grimmer_refuses(n, step):
    with pytest.raises(ValueError):
        grimmer(number("2.0").interval, number("1.0").interval, n, Steps(Fraction(step)))


def test_grimmer_of_one_score_has_no_spread():
    assert grimmer(number("2").interval, number("0.0").interval, 1, ONE).verdict == "possible"
    assert grimmer(number("2").interval, number("1.0").interval, 1, ONE).verdict == "no sum of squares"


def test_grimmer_ends_without_an_answer_where_the_work_is_too_much():
    mean, sd = Interval(Fraction(5), Fraction(6)), Interval(Fraction(1), Fraction(2))
    assert grimmer(mean, sd, 10**16, ONE).verdict == "undecided"


@settings(deadline=None)
@given(st.integers(-300, 700), st.integers(0, 400), st.integers(1, 200), st.booleans())
def test_grimmer_vectorised_as_one_by_one(mean, sd, n, on_a_scale):
    steps = Steps(Fraction(1), Fraction(1), Fraction(7)) if on_a_scale else ONE
    ends = {"minimum": 1, "maximum": 7} if on_a_scale else {}
    answer = grimmer(printed(mean).interval, printed(sd).interval, n, steps).verdict
    found = grimmer_consistent([mean], 2, [sd], 2, [n], **ends)
    assert bool(found[0]) is (answer in ("possible", "undecided"))


# DEBIT


@given(st.integers(0, 100), st.integers(0, 60), st.integers(2, 300))
def test_debit_as_every_count_says(mean, sd, n):
    m, s = printed(mean).interval, printed(sd).interval
    low2 = max(s.low, Fraction(0)) ** 2
    expected = [
        x for x in range(n + 1) if Fraction(x, n) in m and low2 <= Fraction(x * (n - x), n * (n - 1)) <= s.high**2
    ]
    assert debit(m, s, n) == expected
    assert bool(debit_consistent(mean, 2, sd, 2, n)) is bool(expected)


@given(st.integers(2, 400), st.data())
def test_debit_never_accuses_a_real_count(n, data):
    x = data.draw(st.integers(0, n))
    mean, sd = x / n, (x * (n - x) / (n * (n - 1))) ** 0.5
    assert x in debit(number(f"{mean:.3f}").interval, number(f"{sd:.3f}").interval, n)


def test_debit_population_and_single_values():
    assert debit(number("0.50").interval, number("0.50").interval, 2, population=True) == [1]
    assert debit(number("0.50").interval, number("0.71").interval, 2) == [1]
    assert debit(number("1").interval, number("0").interval, 1) == [1]
    with pytest.raises(ValueError):
        debit(number("0.5").interval, number("0.5").interval, 0)
    with pytest.raises(ValueError):
        debit_consistent(50, 2, 50, 2, 1)
