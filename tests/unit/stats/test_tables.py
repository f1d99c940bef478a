from itertools import combinations_with_replacement
from operator import or_

import pytest

from evidence_brief.printed import number
from evidence_brief.stats import tables
from evidence_brief.stats.samples import wanted


@pytest.fixture
def looked_for():
    return wanted(number("3.2").interval, number("1.3").interval, 6, 1, 5)


def every_digit(looked_for, layout, ways):
    """Total and sum of squares of k values, with what the digits say."""
    long = layout.bytes_of(ways)
    furthest = 6 * max(map(abs, looked_for.values))
    for squares in range(looked_for.largest_squares + 1):
        for total in range(-furthest, furthest + 1):
            if total**2 <= looked_for.n * squares:
                yield (total, squares), layout.digit(long, total, squares)


def test_layers_count_the_samples_of_each_size(looked_for):
    layout = tables.counting(looked_for)
    admitted = tables.admitted(looked_for)
    for kinds, layer in enumerate(tables.layers(looked_for, layout)):
        for k, ways in enumerate(layer):
            counted = {}
            for sample in combinations_with_replacement(admitted[:kinds], k):
                at = (sum(sample), sum(value**2 for value in sample))
                counted[at] = counted.get(at, 0) + 1
            within = {at: count for at, count in counted.items() if at[1] <= looked_for.largest_squares}
            assert {at: digit for at, digit in every_digit(looked_for, layout, ways) if digit} == within


def test_marks_are_where_counts_are(looked_for):
    counts, marks = tables.counting(looked_for), tables.Layout.of(looked_for, 1)
    *_, counted = tables.layers(looked_for, counts)
    *_, marked = tables.layers(looked_for, marks, or_)
    for k in range(looked_for.n + 1):
        above_0 = {at for at, digit in every_digit(looked_for, counts, counted[k]) if digit}
        assert {at for at, digit in every_digit(looked_for, marks, marked[k]) if digit} == above_0


def test_admitted_from_far_to_near(looked_for):
    assert [abs(value) for value in tables.admitted(looked_for)] == [2, 2, 1, 1, 0]


def test_beyond_the_bounds_of_work_and_memory(looked_for, monkeypatch):
    assert tables.counting(looked_for, work_bound=1000) is None
    assert tables.any_sample(looked_for, work_bound=1000) is None
    monkeypatch.setattr(tables, "MEMORY_BOUND", 1000)
    assert tables.counting(looked_for) is None
    assert tables.count_samples(looked_for) is None


def test_bound_reached_by_the_counts_alone(looked_for):
    # A mark of one bit is within the bound that the digits of a count are not.
    layout = tables.Layout.of(looked_for, 1)
    looked_up = tables.LOOKING_UP * sum(map(len, looked_for.squares.values()))
    bound = looked_up + 2 * layout.width * (looked_for.n + 1) * len(looked_for.values)
    assert tables.counting(looked_for, bound) is None
    assert tables.any_sample(looked_for, bound) is True


def test_nothing_wanted():
    nothing = wanted(number("9.5").interval, number("1.3").interval, 6, 1, 5)
    assert tables.count_samples(nothing) == 0
    assert tables.any_sample(nothing) is False
