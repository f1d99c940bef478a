import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.stats.power_sums import attained, largest_squares, smallest_squares

ENOUGH = 10**6


def sums_of(n, values):
    """Every (total, sum of squares) of n of the values, by adding one after the other."""
    sums = {(0, 0)}
    for _ in range(n):
        sums = {(total + x, squares + x * x) for total, squares in sums for x in values}
    return sums


@pytest.mark.parametrize(
    ("n", "highest"), [(1, 30), (2, 24), (3, 18), (4, 14), (5, 11), (6, 8), (8, 6), (12, 3), (3, 0)]
)
def test_attained_on_a_scale_as_all_numbers_say(n, highest):
    sums = sums_of(n, range(highest + 1))
    for total in range(-1, n * highest + 2):
        for squares in range(-1, n * highest**2 + 2):
            assert attained(n, total, squares, highest, ENOUGH) is ((total, squares) in sums), (total, squares)


@pytest.mark.parametrize(("n", "reach"), [(1, 12), (2, 12), (3, 12), (4, 10), (5, 8), (6, 7), (7, 6)])
def test_attained_without_ends_as_all_numbers_near_the_mean_say(n, reach):
    # No number has more than the whole sum of squares, so those up to its root are all that matter.
    sums = sums_of(n, range(-reach, reach + 1))
    for total in range(-n, n + 1):
        for squares in range(reach**2):
            assert attained(n, total, squares, None, ENOUGH) is ((total, squares) in sums), (total, squares)


@settings(deadline=None)
@given(st.integers(0, 60), st.lists(st.integers(0, 60), min_size=1, max_size=60))
def test_attained_by_numbers_that_exist(more, numbers):
    highest = max(numbers) + more
    total, squares = sum(numbers), sum(x * x for x in numbers)
    assert attained(len(numbers), total, squares, highest, ENOUGH)
    assert attained(len(numbers), total, squares, None, ENOUGH)
    assert not attained(len(numbers), total, squares + 1, highest, ENOUGH)  # of the other parity


@settings(deadline=None)
@given(st.integers(1, 40), st.integers(1, 200), st.data())
def test_attained_looked_at_from_either_end(n, highest, data):
    total = data.draw(st.integers(0, n * highest))
    squares = data.draw(st.integers(smallest_squares(n, total), largest_squares(total, highest)))
    mirrored = n * highest - total, squares + n * highest**2 - 2 * highest * total
    assert attained(n, total, squares, highest, ENOUGH) is attained(n, *mirrored, highest, ENOUGH)


@given(st.integers(1, 12), st.integers(1, 6))
def test_smallest_and_largest_squares_are_attained(n, highest):
    for total in range(n * highest + 1):
        for squares in (smallest_squares(n, total), largest_squares(total, highest)):
            assert attained(n, total, squares, highest, ENOUGH)


def test_attained_four_numbers_by_legendre():
    # Total 0: the sum of squares is that of three squares, which 28 = 4·7 is not; any even one otherwise.
    assert attained(4, 0, 28, None, ENOUGH) is False
    assert attained(4, 0, 26, None, ENOUGH) is True


@pytest.mark.parametrize(("n", "total"), [(10**6, 3_500_000), (10**12, 35 * 10**11)])
def test_attained_by_a_large_group_within_few_states(n, total):
    middle = (smallest_squares(n, total) + largest_squares(total, 7)) // 2
    assert attained(n, total, middle + (middle - total) % 2, 7, 100)


def test_attained_stops_at_its_limit():
    # Two below the largest sum of squares is a gap, for which every way of staying near it is gone through.
    total, gap = 25_000, largest_squares(25_000, 1000) - 2 * 5_001
    assert attained(50, total, gap, 1000, ENOUGH) is False
    assert attained(50, total, gap, 1000, 2) is None
    assert attained(3, 10**9, 10**18, None, 1) is None
