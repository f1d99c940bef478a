from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_brief.printed import Interval, Number
from evidence_brief.stats.printed_arrays import LARGEST, at_least, integers, printed_ends, product

units = st.integers(-10_000, 10_000)


def as_printed(digits, decimals, rounding):
    value = Fraction(digits, 10**decimals)
    number = Number("", value, decimals)
    return number.interval if rounding == "half" else number.truncated


def interval(ends):
    low, high = (Fraction(int(end), int(ends.denominator)) for end in (ends.low, ends.high))
    return Interval(low, high, not ends.without_low, not ends.without_high)


@given(units, st.integers(0, 6), st.sampled_from(["half", "truncated"]))
def test_printed_ends_as_one_by_one(digits, decimals, rounding):
    assert interval(printed_ends(digits, np.asarray(decimals), rounding)) == as_printed(digits, decimals, rounding)


@given(units, st.integers(0, 4), st.sampled_from(["half", "truncated"]), st.integers(1, 10_000))
def test_whole_numbers_as_one_by_one(digits, decimals, rounding, factor):
    first, last = printed_ends(digits, np.asarray(decimals), rounding).whole_numbers(np.asarray(factor))
    expected = as_printed(digits, decimals, rounding).scaled(factor).whole_numbers()
    assert range(int(first), int(last) + 1) == expected


@given(units, st.integers(0, 3), st.sampled_from(["half", "truncated"]), st.integers(1, 1000))
def test_squared_holds_the_squares_of_what_is_not_negative(digits, decimals, rounding, factor):
    values = as_printed(digits, decimals, rounding)
    first, last = printed_ends(digits, np.asarray(decimals), rounding).squared().whole_numbers(np.asarray(factor))
    low = Interval(
        max(values.low, Fraction(0)), values.high, values.low < 0 or values.includes_low, values.includes_high
    )
    squares = Interval(low.low**2, low.high**2, low.includes_low, low.includes_high)
    assert range(int(first), int(last) + 1) == (range(0) if low.high < 0 else squares.scaled(factor).whole_numbers())


def test_product_refuses_what_would_not_fit():
    assert product(np.array([LARGEST, 1]), np.array([1, LARGEST])).tolist() == [LARGEST, LARGEST]
    with pytest.raises(ValueError, match="64 bits"):
        product(np.array([LARGEST]), np.array([2]))
    with pytest.raises(ValueError, match="64 bits"):
        product(np.array([-(2**31)]), np.array([2**31]))
    assert product(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)).size == 0


@pytest.mark.parametrize("values", [1.0, [True], ["1"], [10**30], [2**63], -(2**61)])
def test_integers_refuses(values):
    with pytest.raises(ValueError, match="n must"):
        integers("n", values)


def test_integers_takes_every_kind_of_whole_number():
    for kind in (np.int8, np.uint8, np.int32, np.uint64):
        assert integers("n", np.array([100], dtype=kind)).dtype == np.int64
    with pytest.raises(ValueError, match="n must be at least 1, got 0"):
        at_least(1, "n", [3, 0])


@pytest.mark.parametrize(("decimals", "rounding"), [(19, "half"), (2, "up")])
def test_printed_ends_refuses(decimals, rounding):
    with pytest.raises(ValueError, match="decimals|rounding"):
        printed_ends(1, np.asarray(decimals), rounding)
