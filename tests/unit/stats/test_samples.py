from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from evidence_brief.printed import Interval, number
from evidence_brief.stats.samples import least_squares, most_squares, squared_deviations, wanted


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=8))
def test_squares_lie_between_least_and_most(values):
    squares, total, n = sum(value**2 for value in values), sum(values), len(values)
    assert least_squares(total, n) <= squares <= most_squares(total, n, -5, 5)


@given(st.integers(1, 30), st.integers(-90, 90))
def test_least_squares_are_of_values_one_apart(n, total):
    values = [total // n + (i < total % n) for i in range(n)]
    assert sum(values) == total
    assert least_squares(total, n) == sum(value**2 for value in values)


@given(st.integers(1, 30), st.integers(-4, 4), st.integers(0, 6), st.data())
def test_most_squares_are_of_values_at_the_ends(n, lowest, width, data):
    total = data.draw(st.integers(n * lowest, n * (lowest + width)))
    values, left = [], total - n * lowest
    for _ in range(n):
        values.append(lowest + min(width, left))
        left -= min(width, left)
    assert sum(values) == total
    assert most_squares(total, n, lowest, lowest + width) == sum(value**2 for value in values)


def test_squares_of_no_values():
    assert least_squares(0, 0) == most_squares(0, 0, -3, 3) == 0


def test_squared_deviations_of_an_sd_from_below_0():
    assert squared_deviations(number("0.0").interval, 5, False) == Interval(Fraction(0), 4 * Fraction(1, 400))


def test_squared_deviations_of_a_negative_sd_are_none():
    deviations = squared_deviations(number("-1").interval, 5, False)
    assert deviations.low > deviations.high


def test_wanted_restores_the_scale():
    half = Fraction(1, 2)
    exactly = Interval(Fraction(2), Fraction(2))
    looked_for = wanted(exactly, Interval(Fraction(0), Fraction(9)), 3, -half, 5, step=half, fixed={-half: 1})
    assert looked_for.n == 2
    # What is left must have the total 6 + ½, in steps from the centre: the one wanted total of two values.
    chosen = [next(iter(looked_for.squares)), 0]
    sample = looked_for.sample(chosen)
    assert (len(sample), sum(sample), sample[0]) == (3, 6, -half)


def test_wanted_has_no_value_that_is_too_far():
    looked_for = wanted(number("50.0").interval, number("1.0").interval, 10, 0, 100)
    assert max(map(abs, looked_for.values)) <= 4
    assert len(looked_for.values) < 10
