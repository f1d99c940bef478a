import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.stats.every_sample import every_sample, intervals, questions

from evidence_brief.printed import Interval, number
from evidence_brief.stats.bounds import (
    cv_skew,
    greatest_minimum,
    least_maximum,
    sd_limits,
    sd_possible,
    variance_limits,
)

ANY_SD = Interval(Fraction(0), Fraction(1000))
MEAN, SD = number("38.5").interval, number("34.3").interval


def exactly(value):
    return Interval(Fraction(value), Fraction(value))


def variance(sample, population=False):
    mean = Fraction(sum(sample)) / len(sample)
    return sum((x - mean) ** 2 for x in sample) / (len(sample) - (not population))


# Values in steps, against every sample


@settings(deadline=None, max_examples=200)
@given(questions())
def test_limits_of_steps_are_those_of_every_sample(question):
    (mean, _, *scale), options = question
    step, population = options["step"], options["population"]
    samples = every_sample(mean, ANY_SD, *scale, step=step, population=population)
    variances = [variance(sample, population) for sample in samples]
    if variances:
        limits = variance_limits(mean, *scale, step, population=population)
        assert limits == (min(variances), max(variances))
    else:
        with pytest.raises(ValueError, match="no such values"):
            variance_limits(mean, *scale, step, population=population)


@settings(deadline=None, max_examples=200)
@given(questions())
def test_possible_in_steps_as_in_every_sample(question):
    arguments, options = question
    step, population = options["step"], options["population"]
    some = any(True for _ in every_sample(*arguments, step=step, population=population))
    assert sd_possible(*arguments, step, population=population) == some


@settings(deadline=None, max_examples=60)
@given(intervals(), intervals(), st.integers(2, 3), st.sampled_from([(None, None), (0, None), (None, 3)]))
def test_possible_in_steps_with_unknown_ends(mean, sd, n, ends):
    # Mean and SD lie below 7, so that no value lies beyond 7 ± 7 √3.
    low, high = (-20 if ends[0] is None else ends[0]), (20 if ends[1] is None else ends[1])
    some = any(True for _ in every_sample(mean, sd, n, low, high))
    assert sd_possible(mean, sd, n, *ends, 1) == some


def test_possible_in_steps_undecided_counts_as_possible(monkeypatch):
    monkeypatch.setattr("evidence_brief.stats.bounds.feasible", lambda *arguments, **options: None)
    assert sd_possible(number("3.9").interval, number("1.5").interval, 50, 1, 7, 1)


# Values without steps


@given(st.lists(st.fractions(0, 10, max_denominator=7), min_size=2, max_size=12))
def test_limits_hold_any_values(values):
    mean = exactly(sum(values) / len(values))
    least, most = variance_limits(mean, len(values), 0, 10)
    assert least == 0
    assert variance(values) <= most
    assert sd_possible(mean, ANY_SD, len(values), min(values), max(values))


@given(st.integers(2, 12), st.fractions(0, 10, max_denominator=9), st.booleans())
def test_largest_is_reached(n, mean, population):
    values = [min(Fraction(10), max(Fraction(0), n * mean - 10 * i)) for i in range(n)]
    assert sum(values) == n * mean
    _, most = variance_limits(exactly(mean), n, 0, 10, population=population)
    assert most == variance(values, population)
    bhatia_davis = (10 - mean) * mean * Fraction(n, n - (not population))
    assert most <= bhatia_davis
    assert (most == bhatia_davis) == (set(values) <= {0, 10})


@given(st.integers(2, 9), st.fractions(0, 6, max_denominator=5), st.fractions(0, 6, max_denominator=5))
def test_limits_of_an_interval_are_the_widest_of_its_means(n, one, other):
    low, high = sorted((one, other))
    _, most = variance_limits(Interval(low, high), n, 0, 6)
    means = [low + (high - low) * i / 60 for i in range(61)] + [Fraction(6 * j, n) for j in range(n + 1)]
    assert most == max(variance_limits(exactly(mean), n, 0, 6)[1] for mean in means if low <= mean <= high)


@pytest.mark.parametrize(
    ("mean", "possible"),
    [
        (exactly(1), True),  # 0, 0, 0, 4 has the mean 1 and the SD 2
        (Interval(Fraction(1, 2), Fraction(1), includes_high=False), False),
        (Interval(Fraction(1, 2), Fraction(1)), True),
        (Interval(Fraction(1), Fraction(3, 2), includes_low=False), False),
        (Interval(Fraction(1), Fraction(2), includes_low=False), True),
        (exactly(5), False),
        (exactly(-1), False),
    ],
)
def test_possible_at_the_very_limit(mean, possible):
    assert sd_possible(mean, exactly(2), 4, 0, 4) == possible


def test_possible_beside_a_limit_that_is_left_out():
    assert not sd_possible(exactly(1), Interval(Fraction(2), Fraction(3), includes_low=False), 4, 0, 4)


def test_sd_below_0_is_impossible():
    assert not sd_possible(exactly(3), number("-1.2").interval, 5, 1, 7)
    assert not sd_possible(exactly(3), number("-1.2").interval, 5, 1, 7, 1)


def test_sd_of_0_is_possible_unless_the_steps_forbid():
    assert sd_possible(exactly(Fraction(7, 2)), exactly(0), 4, 1, 7)
    assert not sd_possible(exactly(Fraction(7, 2)), exactly(0), 4, 1, 7, 1)


def test_one_value_of_a_population():
    assert sd_limits(exactly(3), 1, 1, 7, population=True) == (0, 0)


def test_all_values_at_one_end():
    assert sd_limits(exactly(7), 100, 1, 7, 1) == (0, 0)
    assert sd_limits(exactly(5), 10, 5, 5) == (0, 0)


# Unknown ends


@given(st.integers(2, 30), st.fractions(0, 10), st.booleans())
def test_limit_with_one_end(n, mean, population):
    # All but one of the values stand at the end that is known: SD √n (mean − minimum).
    limit = n * mean**2 * Fraction(n - 1, n - (not population))
    assert variance_limits(exactly(mean), n, 0, None, population=population) == (0, limit)
    assert variance_limits(exactly(-mean), n, None, 0, population=population) == (0, limit)
    assert variance_limits(exactly(mean), n, 0, n * mean, population=population) == (0, limit)


def test_limit_with_no_end():
    assert sd_limits(MEAN, 24, None, None) == (0, math.inf)
    assert sd_possible(MEAN, SD, 24, None, None)
    low, high = sd_limits(exactly(Fraction(1, 2)), 2, None, None, 1)
    assert (low, high) == (pytest.approx(math.sqrt(1 / 2)), math.inf)


# The end that an SD needs


def test_least_maximum_of_a_printed_time():
    # 13 of 24 times at the maximum w, one between and ten at 0: 13 w² + (924 − 13 w)² = 23 × 34.3² + 924²/24.
    w = least_maximum(exactly(Fraction("38.5")), exactly(Fraction("34.3")), 24, 0)
    assert w == pytest.approx(69.0103, abs=5e-5)
    assert 13 * w**2 + (924 - 13 * w) ** 2 == pytest.approx(23 * 34.3**2 + 924**2 / 24)
    # Bhatia & Davis, for any number of times: 38.5 + 34.3² × 23/(24 × 38.5) = 67.79, less.
    assert w > 38.5 + 34.3**2 * 23 / (24 * 38.5)


@st.composite
def spread(draw):
    """n, an interval of means above 0, and an SD that some maximum allows."""
    n = draw(st.integers(2, 20))
    low, high = sorted(draw(st.fractions(Fraction(1, 10), 10, max_denominator=20)) for _ in range(2))
    share = draw(st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=100))
    sd = share * Fraction(sd_limits(exactly(high), n, 0, None)[1])
    return n, Interval(low, high), exactly(sd)


@settings(deadline=None)
@given(spread(), st.integers(-5, 5))
def test_least_maximum_is_the_least(question, minimum):
    n, mean, sd = question
    moved = Interval(mean.low + minimum, mean.high + minimum)
    least = Fraction(least_maximum(moved, sd, n, minimum))
    margin = (least - minimum) / 10**12
    assert sd_possible(moved, sd, n, minimum, least + margin)
    assert not sd_possible(moved, sd, n, minimum, least - margin)


@settings(deadline=None)
@given(spread(), st.integers(-5, 5))
def test_greatest_minimum_is_the_mirror(question, maximum):
    n, mean, sd = question
    mirrored = Interval(maximum - mean.high, maximum - mean.low)
    assert greatest_minimum(mirrored, sd, n, maximum) == pytest.approx(maximum - least_maximum(mean, sd, n, 0))


def test_least_maximum_without_spread_is_the_mean():
    assert least_maximum(Interval(Fraction(3), Fraction(4)), exactly(0), 5, 1) == 3
    assert least_maximum(exactly(1), exactly(0), 5, 1) == 1


def test_least_maximum_where_none_suffices():
    # √4 × (2 − 1) = 2 is the largest SD; 1, 1, 1, 5 has it.
    assert least_maximum(exactly(2), exactly(2), 4, 1) == pytest.approx(5)
    assert least_maximum(exactly(2), exactly(Fraction(21, 10)), 4, 1) == math.inf
    assert least_maximum(exactly(1), exactly(1), 4, 1) == math.inf
    assert greatest_minimum(exactly(-2), exactly(Fraction(21, 10)), 4, -1) == -math.inf


def test_least_maximum_of_a_population():
    assert least_maximum(exactly(2), exactly(2), 4, 0, population=True) == pytest.approx(4)  # 0, 0, 4, 4


@pytest.mark.parametrize(("mean", "sd"), [("0.5", "1.0"), ("3.0", "-1.0")])
def test_least_maximum_impossible(mean, sd):
    with pytest.raises(ValueError, match="no values from 1 on"):
        least_maximum(number(mean).interval, number(sd).interval, 5, 1)


# Skewness


@pytest.mark.parametrize(
    ("mean", "sd", "minimum", "skewed"),
    [("38.5", "34.3", 0, True), ("7.46", "6.26", 0, True), ("9.54", "1.02", 0, False), ("2.0", "1.0", 0, False)],
)
def test_skewed(mean, sd, minimum, skewed):
    assert cv_skew(number(mean).interval, number(sd).interval, minimum) == skewed


# Errors


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((1, 1, 7), "n >= 2"),
        ((5, 7, 1), "below the minimum"),
        ((5, 1, 7, 0), "positive"),
        ((5, 1, None, -1), "positive"),
    ],
)
@pytest.mark.parametrize("function", [sd_limits, lambda mean, *rest: sd_possible(mean, SD, *rest)])
def test_impossible_arguments(function, arguments, says):
    with pytest.raises(ValueError, match=says):
        function(MEAN, *arguments)


def test_limits_of_a_mean_beyond_the_scale():
    with pytest.raises(ValueError, match="no such values"):
        sd_limits(number("7.2").interval, 5, 1, 7)
    assert sd_limits(number("7.0").interval, 5, 1, 7)[0] == 0
