from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.printed import Interval, number, show
from evidence_brief.stats.debit import MOST_COUNTS, debit, debit_consistent


def printed(units, decimals=2):
    return number(show(Fraction(units, 10**decimals), decimals))


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
    assert debit(number("1").interval, number("0.1").interval, 1) == []
    with pytest.raises(ValueError, match="n >= 1"):
        debit(number("0.5").interval, number("0.5").interval, 0)


@settings(deadline=None, max_examples=300)
@given(
    st.tuples(st.integers(-20, 120), st.integers(0, 2)),
    st.tuples(st.integers(0, 60), st.integers(0, 2)),
    st.integers(1, 300),
    st.booleans(),
    st.sampled_from(["half", "truncated"]),
)
def test_debit_divisors_and_truncation_as_every_count_says(mean, sd, n, population, rounding):
    m, s = (f.interval if rounding == "half" else f.truncated for f in (printed(*mean), printed(*sd)))
    squares = Interval(max(s.low, Fraction(0)) ** 2, s.high**2, s.low < 0 or s.includes_low, s.includes_high)
    divisor = max(n * n if population else n * (n - 1), 1)
    expected = [x for x in range(n + 1) if Fraction(x, n) in m and Fraction(x * (n - x), divisor) in squares]
    assert debit(m, s, n, population=population) == expected
    assert bool(debit_consistent(*mean, *sd, n, population=population, rounding=rounding)) is bool(expected)


def test_debit_counts_on_both_sides_of_one_half():
    # Of ten values, an SD of .42 belongs to two and to eight ones.
    wide = Interval(Fraction(0), Fraction(1))
    assert debit(wide, number("0.42").interval, 10) == [2, 8]
    assert debit(wide, number("0.53").interval, 10) == [5]
    assert debit(wide, Interval(Fraction(0), Fraction(1)), 10) == list(range(11))


def test_debit_negative_sd_and_means_outside_0_to_1():
    assert debit(number("0.5").interval, number("-0.5").interval, 10) == []
    assert debit(number("1.2").interval, number("0.4").interval, 10) == []
    assert not debit_consistent(120, 2, 40, 2, 10)


def test_debit_huge_groups_come_to_an_end():
    found = debit(number("0.5").interval, number("0.5").interval, 10**40)
    assert len(found) == MOST_COUNTS
    assert Fraction(found[0], 10**40) == Fraction(45, 100)
    assert debit(number("0.5").interval, number("0.2").interval, 10**40) == []


def test_debit_arrays_broadcast_and_refuse():
    found = debit_consistent([[44], [11]], 2, [50, 31], 2, np.array([1683, 40]))
    assert found.tolist() == [[True, False], [False, False]]
    assert debit_consistent(50, 2, 50, 2, 10**7)
    with pytest.raises(ValueError, match="64 bits"):
        debit_consistent(50, 2, 50, 2, 2**31)
    with pytest.raises(ValueError, match="n must be at least 1"):
        debit_consistent(50, 2, 50, 2, 0)
