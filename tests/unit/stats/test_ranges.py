from fractions import Fraction
from itertools import product
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.printed import Interval, number
from evidence_brief.stats.ranges import sd_limits_attained, sd_of_range
from evidence_brief.stats.roots import root

VALUES = st.fractions(0, 10, max_denominator=6)


def exactly(value):
    return Interval(Fraction(value), Fraction(value))


def around(draw, value):
    """An interval in which the value lies."""
    below, above = (draw(st.fractions(0, 2, max_denominator=5)) for _ in range(2))
    return Interval(value - below, value + above)


def sd(sample, population=False):
    mean = Fraction(sum(sample)) / len(sample)
    return root(sum((x - mean) ** 2 for x in sample) / (len(sample) - (not population)))


# SD of a range


@given(st.lists(VALUES, min_size=2, max_size=9), st.booleans())
def test_sd_of_range_holds_any_values(values, population):
    low, high = sd_of_range(len(values), max(values) - min(values), population=population)
    assert low * (1 - 1e-15) <= sd(values, population) <= high * (1 + 1e-15)


@pytest.mark.parametrize("n", [2, 3, 4, 9, 10])
def test_sd_of_range_is_reached(n):
    low, high = sd_of_range(n, 10)
    assert low == pytest.approx(sd([0, 10] + [5] * (n - 2)))
    assert low == pytest.approx(10 / sqrt(2 * (n - 1)))
    assert high == pytest.approx(sd([0] * (n // 2) + [10] * (n - n // 2)))


@pytest.mark.parametrize(("n", "width"), [(1, 5), (5, -1)])
def test_sd_of_range_impossible(n, width):
    with pytest.raises(ValueError, match="n >= 2"):
        sd_of_range(n, width)


# SD of a range and a mean


@st.composite
def printed_samples(draw):
    """Values, with intervals in which their mean, minimum and maximum lie."""
    values = draw(st.lists(VALUES, min_size=2, max_size=7))
    mean = sum(values) / len(values)
    return values, around(draw, mean), around(draw, min(values)), around(draw, max(values))


@settings(max_examples=400)
@given(printed_samples(), st.booleans())
def test_attained_limits_hold_any_values(printed, population):
    values, mean, minimum, maximum = printed
    low, high = sd_limits_attained(mean, len(values), minimum, maximum, population=population)
    assert low * (1 - 1e-15) <= sd(values, population) <= high * (1 + 1e-15)


@st.composite
def boxes(draw):
    """Intervals of a mean, a minimum and a maximum; the last two do not overlap."""
    minimum = Interval(*sorted(draw(st.fractions(0, 4, max_denominator=3)) for _ in range(2)))
    maximum = Interval(*sorted(draw(st.fractions(5, 9, max_denominator=3)) for _ in range(2)))
    mean = Interval(*sorted(draw(st.fractions(0, 9, max_denominator=3)) for _ in range(2)))
    return draw(st.integers(2, 6)), mean, minimum, maximum


@settings(deadline=None, max_examples=200)
@given(boxes())
def test_attained_limits_are_reached(box):
    n, mean, minimum, maximum = box
    reached = []
    for low, high in product(candidates(n, mean, maximum, minimum), candidates(n, mean, minimum, maximum)):
        first, last = ((n - 1) * low + high) / n, (low + (n - 1) * high) / n
        kinks = [low + (high - low) * j / n for j in range(n + 1)]
        for m in (mean.low, mean.high, (low + high) / 2, *kinks):
            if m in mean and first <= m <= last:
                reached += [root(squares / (n - 1)) for squares in ends(n, m, low, high)]
    if reached:
        assert sd_limits_attained(mean, n, minimum, maximum) == (min(reached), max(reached))
    else:
        with pytest.raises(ValueError, match="no two or more values"):
            sd_limits_attained(mean, n, minimum, maximum)


def candidates(n, mean, one_end, interval):
    """Values in the interval at which the SD may be extreme: its ends, or all others at one value or one end."""
    values = {interval.low, interval.high}
    for m, end in product((mean.low, mean.high), (one_end.low, one_end.high)):
        values |= {(n * m - end) / (n - 1), n * m - (n - 1) * end}
    return sorted(value for value in values if value in interval)


def ends(n, mean, low, high):
    """Least and largest sum of squares of n values from low to high, both reached, with this mean."""
    rest, others = n * mean - low - high, n - 2
    equal = [rest / others] * others if others else []
    apart = [min(high, max(low, rest - (others - 1) * low - (high - low) * i)) for i in range(others)]
    for sample in ([low, high, *equal], [low, high, *apart]):
        assert sum(sample) == n * mean
        yield sum((x - mean) ** 2 for x in sample)


def test_attained_limits_of_exact_figures():
    low, high = sd_limits_attained(exactly(5), 10, exactly(0), exactly(10))
    assert (low, high) == sd_of_range(10, 10)
    low, high = sd_limits_attained(exactly(3), 5, exactly(1), exactly(7))
    assert low == pytest.approx(sd([1, 7, Fraction(7, 3), Fraction(7, 3), Fraction(7, 3)]))
    assert high == pytest.approx(sd([1, 1, 1, 5, 7]))


def test_attained_limits_where_the_ends_may_be_one():
    assert sd_limits_attained(number("5").interval, 4, number("5").interval, number("5").interval)[0] == 0


@pytest.mark.parametrize(
    ("mean", "n", "minimum", "maximum"),
    [("1.0", 10, "1.0", "9.0"), ("9.0", 10, "1.0", "9.0"), ("5.0", 10, "9.0", "1.0"), ("5.0", 1, "1.0", "9.0")],
)
def test_attained_limits_impossible(mean, n, minimum, maximum):
    # A mean at an end would need all values there.
    with pytest.raises(ValueError, match="no two or more values"):
        sd_limits_attained(number(mean).interval, n, number(minimum).interval, number(maximum).interval)
