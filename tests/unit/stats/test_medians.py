from fractions import Fraction
from itertools import combinations_with_replacement
from statistics import median

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from evidence_brief.printed import Interval, number
from evidence_brief.stats.medians import mean_limits, median_attainable

HYNDMAN_FAN = (
    "inverted_cdf",
    "averaged_inverted_cdf",
    "closest_observation",
    "interpolated_inverted_cdf",
    "hazen",
    "weibull",
    "linear",
    "median_unbiased",
    "normal_unbiased",
)
HALVES = st.integers(0, 20).map(lambda k: Fraction(k, 2))


def hinges(values, with_median):
    """Medians of the lower and the upper half."""
    half = (len(values) + with_median) // 2
    return median(values[:half]), median(values[-half:])


def all_quartiles(values):
    ordered = sorted(map(float, values))
    yield from (tuple(np.quantile(ordered, [0.25, 0.75], method=method)) for method in HYNDMAN_FAN)
    yield from (hinges(ordered, with_median) for with_median in (False, True) if len(values) > 1)


# Means


@settings(max_examples=300)
@given(st.lists(HALVES, min_size=1, max_size=25))
def test_mean_lies_within_the_limits_of_median_and_range(values):
    low, high = mean_limits(len(values), min(values), median(values), max(values))
    assert low <= Fraction(sum(values)) / len(values) <= high


@settings(deadline=None, max_examples=300)
@given(st.lists(HALVES, min_size=1, max_size=25))
def test_mean_lies_within_the_limits_of_any_quartiles(values):
    mean = Fraction(sum(values)) / len(values)
    for q1, q3 in all_quartiles(values):
        around = (Fraction(q1).limit_denominator(1000), Fraction(q3).limit_denominator(1000))
        low, high = mean_limits(len(values), min(values), median(values), max(values), *around)
        assert low <= mean <= high


@given(st.integers(1, 40), st.tuples(HALVES, HALVES, HALVES))
def test_mean_limits_of_odd_n_as_hozo(half, figures):
    n, (a, m, b) = 2 * half + 1, sorted(figures)
    # Equations of section 2: (a + m)/2 + (2b − a − m)/(2n), and its mirror.
    low, high = (a + m) / 2 + (2 * b - a - m) / (2 * n), (m + b) / 2 + (2 * a - m - b) / (2 * n)
    assert mean_limits(n, a, m, b) == (low, high)


@pytest.mark.parametrize("n", range(2, 9))
@pytest.mark.parametrize("figures", [(0, 1, 4), (0, Fraction(5, 2), 4), (1, 2, 3), (0, 2, 4)])
def test_mean_limits_are_reached(n, figures):
    a, m, b = figures
    steps = [Fraction(k, 2) for k in range(9)]
    samples = [s for s in combinations_with_replacement(steps, n) if (s[0], median(s), s[-1]) == figures]
    means = [Fraction(sum(s)) / n for s in samples]
    if means:
        assert mean_limits(n, a, m, b) == (min(means), max(means))
    else:
        assert n == 2  # the median of two values is their mean


def rows(n, position):
    """Weights of the sorted values at a position."""
    row = np.zeros(n)
    before = int(position)
    row[before - 1] = 1 - (position - before)
    if position > before:
        row[before] = position - before
    return row


def linear_programme(n, positions, figures):
    """Smallest and largest mean of sorted values with these figures at these positions; None if impossible."""
    order = np.zeros((n - 1, n))
    for i in range(n - 1):
        order[i, i], order[i, i + 1] = 1, -1
    equal = np.array([rows(n, float(position)) for position in positions])
    found = []
    for sign in (1, -1):
        result = linprog([sign] * n, order, np.zeros(n - 1), equal, list(map(float, figures)), (None, None))
        if result.status != 0:
            return None
        found.append(sign * result.fun / n)
    return found


DEFINITIONS = [
    lambda n, p: float(np.ceil(n * p)),
    lambda n, p: n * p + 0.5 if n * p == int(n * p) else float(np.ceil(n * p)),
    lambda n, p: float(np.round(n * p)),  # half to even
    lambda n, p: n * p,
    lambda n, p: n * p + 0.5,
    lambda n, p: (n + 1) * p,
    lambda n, p: (n - 1) * p + 1,
    lambda n, p: (n + 1 / 3) * p + 1 / 3,
    lambda n, p: (n + 1 / 4) * p + 3 / 8,
    lambda n, p: (n // 2 + 1) / 2 if p < 0.5 else n + 1 - (n // 2 + 1) / 2,
    lambda n, p: ((n + 1) // 2 + 1) / 2 if p < 0.5 else n + 1 - ((n + 1) // 2 + 1) / 2,
]


@pytest.mark.parametrize("n", [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 25, 50, 51])
def test_mean_limits_with_quartiles_by_linear_programming(n):
    figures = (0, 2, 5, 6, 10)
    low, high = mean_limits(n, *(figures[i] for i in (0, 2, 4, 1, 3)))
    found = []
    for place in DEFINITIONS:
        at = [min(max(place(n, p), 1), n) for p in (0.25, 0.75)]
        found.append(linear_programme(n, [1, at[0], (n + 1) / 2, at[1], n], figures))
    found = [limits for limits in found if limits is not None]
    assert all(low <= limits[0] + 1e-9 and limits[1] - 1e-9 <= high for limits in found)
    if n >= 13:  # the widest is one of them
        assert min(limits[0] for limits in found) == pytest.approx(float(low))
        assert max(limits[1] for limits in found) == pytest.approx(float(high))


def test_mean_limits_with_one_quartile():
    both, first, third, none = (mean_limits(41, 0, 5, 10, *known) for known in ((2, 6), (2,), (None, 6), ()))
    assert none[0] < min(first[0], third[0]) < both[0]
    assert both[1] < min(first[1], third[1]) < none[1]


def test_mean_limits_of_one_value():
    assert mean_limits(1, 4, 4, 4) == (4, 4)


@pytest.mark.parametrize(
    "arguments",
    [(0, 1, 2, 3), (5, 3, 2, 4), (5, 1, 5, 4), (5, 1, 2, 4, 3, 4), (5, 1, 2, 4, 1, 5), (1, 1, 2, 3)],
)
def test_mean_limits_out_of_order(arguments):
    with pytest.raises(ValueError, match="no . values have"):
        mean_limits(*arguments)


# Medians


@pytest.mark.parametrize(
    ("text", "n", "step", "origin", "attainable"),
    [
        ("3", 7, 1, 0, True),
        ("3.5", 7, 1, 0, False),
        ("3.5", 8, 1, 0, True),
        ("3.25", 8, 1, 0, False),
        ("3.25", 8, Fraction(1, 2), 0, True),
        ("3.3", 8, Fraction(1, 2), 0, True),  # 3.25, printed with one decimal
        ("3.3", 7, Fraction(1, 3), 0, True),
        ("3.5", 7, 1, Fraction(1, 2), True),
        ("3", 7, 1, Fraction(1, 2), True),  # 2.5 or 3.5, of which both print as 3 under some rule
        ("3.0", 7, 1, Fraction(1, 2), False),
        ("-2.5", 4, 1, 0, True),
    ],
)
def test_median_attainable(text, n, step, origin, attainable):
    assert median_attainable(number(text).interval, n, step, origin) == attainable


@given(st.lists(st.integers(-9, 9), min_size=1, max_size=9))
def test_median_of_any_whole_numbers_is_attainable(values):
    middle = Fraction(median(values))
    assert median_attainable(Interval(middle, middle), len(values), 1)


@pytest.mark.parametrize(("n", "step"), [(0, 1), (5, 0), (5, -1)])
def test_median_impossible_arguments(n, step):
    with pytest.raises(ValueError, match="n >= 1"):
        median_attainable(number("3").interval, n, step)
