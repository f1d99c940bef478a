from fractions import Fraction
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.printed import Interval, number, show
from evidence_brief.stats.granularity import Steps
from evidence_brief.stats.grimmer import first_pair, grimmer, spreads
from evidence_brief.stats.grimmer_arrays import grimmer_consistent

ONE = Steps(Fraction(1))


def printed(units, decimals=2):
    return number(show(Fraction(units, 10**decimals), decimals))


def summaries(sample):
    """Mean and variance (n − 1) of whole numbers, exactly."""
    n, total = len(sample), sum(sample)
    return Fraction(total, n), Fraction(n * sum(x * x for x in sample) - total**2, n * (n - 1))


def squared(sd):
    """The squares of the values of an interval that are not negative."""
    return Interval(max(sd.low, Fraction(0)) ** 2, sd.high**2, sd.low < 0 or sd.includes_low, sd.includes_high)


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


# Scales with one end, steps and items, other divisors and roundings


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from([(1, 0, 6), (Fraction(1, 2), 1, 4), (2, -3, 8), (Fraction(1, 3), 0, 2)]),
    st.integers(2, 4),
    st.integers(-40, 80),
    st.integers(0, 60),
    st.booleans(),
    st.booleans(),
)
def test_grimmer_steps_divisors_and_truncation_as_every_sample_says(scale, n, mean_units, sd_units, population, cut):
    step, low, high = map(Fraction, scale)
    values = [low + k * step for k in range(int((high - low) / step) + 1)]
    mean, sd = printed(mean_units, 1), printed(sd_units, 1)
    mean, sd = (mean.truncated, sd.truncated) if cut else (mean.interval, sd.interval)
    of_n = Fraction(n - 1, n) if population else 1
    of_mean = [sample for sample in combinations_with_replacement(values, n) if summaries(sample)[0] in mean]
    fits = [sample for sample in of_mean if summaries(sample)[1] * of_n in squared(sd)]
    found = grimmer(mean, sd, n, Steps(step, low, high), population=population)
    assert (found.verdict == "possible") is bool(fits)
    if fits:
        assert (found.total, found.squares) in {(sum(s), sum(x * x for x in s)) for s in fits}
    assert (found.verdict == "no total") is (not of_mean)


@pytest.mark.parametrize("n", [2, 3, 5])
@pytest.mark.parametrize("mean_units", [0, 3, 5, 14, 20])
def test_grimmer_with_one_end_as_every_sample_says(n, mean_units):
    # From 0 without a maximum no score is above the total, which is at most 20.5 · n / 10 here.
    mean = printed(mean_units, 1).interval
    samples = [summaries(sample) for sample in combinations_with_replacement(range(11), n)]
    for sd_units in range(0, 60):
        sd = printed(sd_units, 1).interval
        exists = any(value in mean and variance in squared(sd) for value, variance in samples)
        assert (grimmer(mean, sd, n, Steps(Fraction(1), Fraction(0))).verdict == "possible") is exists
        negative = Interval(-mean.high, -mean.low)
        mirrored = grimmer(negative, sd, n, Steps(Fraction(1), None, Fraction(0)))
        assert (mirrored.verdict == "possible") is exists
        assert mirrored.total is None or Fraction(mirrored.total, n) in negative


def test_grimmer_counts_the_pair_in_scores():
    # 1, 1, 4 on a scale from 1: total 6, squares 18, SD √3.
    found = grimmer(number("2.00").interval, number("1.732").interval, 3, Steps(Fraction(1), Fraction(1), Fraction(4)))
    assert (found.verdict, found.total, found.squares) == ("possible", 6, 18)


@pytest.mark.parametrize(
    ("mean", "sd", "n", "steps"),
    [
        ("81.7", "48.1", 1000, Steps(Fraction(1), Fraction(0), Fraction(100))),
        ("8", "5.4", 20_000, Steps(Fraction(1, 10), Fraction(0), Fraction(10))),
        ("831", "514", 7, Steps(Fraction(1), Fraction(0), Fraction(1000))),
    ],
)
def test_grimmer_decides_sds_beyond_the_largest_however_many_pairs(mean, sd, n, steps):
    assert grimmer(number(mean).interval, number(sd).interval, n, steps).verdict == "no sum of squares"


def test_grimmer_decides_huge_groups_that_are_possible():
    steps = Steps(Fraction(1), Fraction(0), Fraction(10))
    assert grimmer(number("5.61").interval, number("2.13").interval, 10**12, steps).verdict == "possible"


def test_grimmer_negative_sd_and_ends_without_a_score():
    steps = Steps(Fraction(1), Fraction(5), Fraction(4))
    assert grimmer(number("2.0").interval, number("-1.0").interval, 4, ONE).verdict == "no sum of squares"
    assert grimmer(number("4.5").interval, number("1.0").interval, 4, steps).verdict == "no total"


def test_spreads_honour_ends_that_are_left_out():
    # Ten scores: 90 times the variance.
    assert spreads(Interval(Fraction(1), Fraction(2)), 10) == range(90, 361)
    assert spreads(Interval(Fraction(1), Fraction(2), False, False), 10) == range(91, 360)
    assert spreads(Interval(Fraction(-1), Fraction(0)), 10) == range(0, 1)
    assert not spreads(Interval(Fraction(-1), Fraction(0), True, False), 10)


def test_first_pair_refuses_a_highest_number_without_a_lowest():
    with pytest.raises(ValueError, match="needs a lowest"):
        first_pair(range(1), range(1), 5, False, 7)


# Arrays

ENDS = [(None, None), (1, 7), (0, None), (None, 7), (-3, 3)]


@settings(deadline=None, max_examples=300)
@given(
    st.tuples(st.integers(-300, 700), st.integers(0, 2)),
    st.tuples(st.integers(0, 400), st.integers(0, 2)),
    st.integers(1, 200),
    st.integers(1, 3),
    st.sampled_from(ENDS),
    st.booleans(),
    st.sampled_from(["half", "truncated"]),
)
def test_grimmer_arrays_as_one_by_one(mean, sd, n, items, ends, population, rounding):
    steps = Steps(Fraction(1, items), *(None if end is None else Fraction(end) for end in ends))
    intervals = [
        figure.interval if rounding == "half" else figure.truncated for figure in (printed(*mean), printed(*sd))
    ]
    answer = grimmer(*intervals, n, steps, population=population).verdict
    found = grimmer_consistent(
        *mean, *sd, n, items=items, minimum=ends[0], maximum=ends[1], population=population, rounding=rounding
    )
    assert bool(found) is (answer in ("possible", "undecided"))


def test_grimmer_arrays_broadcast():
    # 8.9 ± 2.81 of 25 has the total 223; 2.6 ± 2.05 of 25 has nothing.
    found = grimmer_consistent([[89], [26]], 1, [281, 205], 2, 25)
    assert found.shape == (2, 2)
    assert (found[0, 0], found[1, 1]) == (True, False)
    bounded = grimmer_consistent(34, 1, 27, 1, 5, minimum=[1, 0, 1], maximum=[5, 10, 7])
    assert bounded.tolist() == [False, True, False]
    assert grimmer_consistent(np.empty(0, dtype=np.int64), 2, 100, 2, 25).shape == (0,)


@pytest.mark.parametrize("n", [3, 200])
def test_grimmer_arrays_many_totals(n):
    # A mean without decimals: up to n totals.
    means, sds = np.arange(1, 8), np.arange(0, 30)
    found = grimmer_consistent(means[:, np.newaxis], 0, sds, 1, n, minimum=1, maximum=7)
    steps = Steps(Fraction(1), Fraction(1), Fraction(7))
    for i, mean in enumerate(means):
        for j, sd in enumerate(sds):
            answer = grimmer(printed(int(mean), 0).interval, printed(int(sd), 1).interval, n, steps).verdict
            assert found[i, j] == (answer == "possible")


@pytest.mark.parametrize("arguments", [(1.5, 1, 1, 1, 5), (15, -1, 1, 1, 5), (15, 1, 1, 10, 5), (15, 1, 1, 1, 0)])
def test_grimmer_arrays_refuses(arguments):
    with pytest.raises(ValueError, match="whole numbers|at least|64 bits"):
        grimmer_consistent(*arguments)
