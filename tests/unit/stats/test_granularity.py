from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_brief.printed import number, show
from evidence_brief.stats.granularity import LARGEST_SIZE, Steps, grim_consistent, grim_totals, joint_sizes

ONE = Steps(Fraction(1))


def printed(units, decimals=2):
    return number(show(Fraction(units, 10**decimals), decimals))


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


def test_grim_vectorised_decimals_and_items_broadcast():
    # 6.5 of 10 is 65; 6.55 of 10 is not; with two items each 131/20 is.
    assert list(grim_consistent([65, 655, 655], [1, 2, 2], 10, [1, 1, 2])) == [True, False, True]
    assert grim_consistent(np.empty(0, dtype=np.int64), 2, 10).shape == (0,)


def test_grim_vectorised_large_numbers_that_fit():
    assert bool(grim_consistent(956, 2, 2**40))
    assert bool(grim_consistent(9560000000000001, 15, 100)) is False


def test_joint_sizes_stop_at_their_bound():
    mean = [number("5").interval]
    assert joint_sizes(mean, 20, ONE) == list(range(1, 21))
    assert joint_sizes(mean, LARGEST_SIZE + 1, ONE) is None
    with pytest.raises(ValueError, match="largest >= 1"):
        joint_sizes(mean, 0, ONE)


def test_steps_end_at_the_last_whole_step():
    assert Steps(Fraction(2), Fraction(1), Fraction(6)).highest == 2
    assert Steps(Fraction(1, 3), None, Fraction(5)).highest == 15
    assert Steps(Fraction(1)).highest is None
