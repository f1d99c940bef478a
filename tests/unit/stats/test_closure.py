from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.stats.every_sample import every_sample, questions

from evidence_brief.printed import Interval, number
from evidence_brief.stats import closure, samples, tables
from evidence_brief.stats.closure import closure_count, feasible


@settings(deadline=None, max_examples=400)
@given(questions())
def test_closure_count_lists_every_sample(question):
    arguments, options = question
    expected = sum(1 for _ in every_sample(*arguments, **options))
    assert closure_count(*arguments, **options) == expected
    assert feasible(*arguments, **options) == (expected > 0)


@settings(deadline=None, max_examples=100)
@given(questions())
def test_feasible_found_by_shifting_is_so(question):
    # Without the tables of small questions, shifting must find a sample only where there is one.
    arguments, options = question
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(closure, "AT_ONCE", 0)
        assert feasible(*arguments, **options) == any(True for _ in every_sample(*arguments, **options))


@settings(deadline=None, max_examples=50)
@given(st.integers(2, 30), st.integers(0, 6), st.integers(-5, 5))
def test_closure_count_without_limits_counts_all_multisets(n, width, minimum):
    everything = Interval(Fraction(-100), Fraction(100))
    assert closure_count(everything, everything, n, minimum, minimum + width) == multisets(n, width + 1)


def multisets(n, kinds):
    """Recurrence of the multiset coefficient, from one kind of value on."""
    ways = [1] * (n + 1)
    for _ in range(kinds - 1):
        for k in range(1, n + 1):
            ways[k] += ways[k - 1]
    return ways[n]


@settings(deadline=None, max_examples=30)
@given(st.integers(2, 25), st.integers(20, 55), st.integers(0, 25))
def test_closure_count_mirrored_scale(n, mean, sd):
    of_mean = Interval(Fraction(mean, 10) - Fraction(1, 4), Fraction(mean, 10) + Fraction(1, 4))
    of_sd = number(f"{sd / 10:.1f}").interval
    mirrored = Interval(8 - of_mean.high, 8 - of_mean.low)
    assert closure_count(of_mean, of_sd, n, 1, 7) == closure_count(mirrored, of_sd, n, 1, 7)


def test_closure_count_fifty_on_a_seven_point_scale():
    assert closure_count(number("3.9").interval, number("1.5").interval, 50, 1, 7) == 102845


def test_closure_count_open_end():
    # 1, 2, 3 has the SD 1 exactly.
    two, up_to_one = Interval(Fraction(2), Fraction(2)), Interval(Fraction(1, 2), Fraction(1), includes_high=False)
    assert closure_count(two, Interval(Fraction(1, 2), Fraction(1)), 3, 1, 3) == 1
    assert closure_count(two, up_to_one, 3, 1, 3) == 0


def test_feasible_where_parity_forbids():
    # Total 55; 244.53 <= 10 s² <= 245.53 leaves 245, hence squares of 520: even, where the total is odd.
    assert feasible(number("5.00").interval, number("4.95").interval, 11, -3, 16) is False
    assert feasible(number("5.00").interval, number("4.94").interval, 11, -3, 16) is True


def test_feasible_on_a_wide_scale_finds_a_sample():
    assert feasible(number("50.31").interval, number("20.17").interval, 2000, 0, 100) is True


def test_feasible_on_a_wide_scale_decided_by_tables(monkeypatch):
    monkeypatch.setattr(closure, "shifted", lambda looked_for, *, seed: iter(()))
    assert feasible(number("10.60").interval, number("6.66").interval, 20, 0, 30) is True


def test_feasible_undecided_beyond_the_bounds(monkeypatch):
    monkeypatch.setattr(tables, "MEMORY_BOUND", 1000)
    monkeypatch.setattr(closure, "shifted", lambda looked_for, *, seed: iter(()))
    assert feasible(number("3.9").interval, number("1.5").interval, 50, 1, 7) is None
    assert closure_count(number("3.9").interval, number("1.5").interval, 50, 1, 7) is None


def test_beyond_the_size_bound():
    question = (number("3.9").interval, number("1.5").interval, samples.SIZE_BOUND + 1, 1, 7)
    assert closure_count(*question) is None
    assert feasible(*question) is None


def test_too_many_different_values_to_look_through():
    everything = Interval(Fraction(0), Fraction(10**6))
    assert closure_count(Interval(Fraction(5 * 10**5), Fraction(5 * 10**5)), everything, 2, 0, 10**6) is None


def test_more_values_fixed_than_there_are():
    everything = Interval(Fraction(0), Fraction(10))
    assert closure_count(everything, everything, 3, 1, 7, fixed={1: 2, 2: 2}) == 0
    assert closure_count(everything, everything, 4, 1, 7, fixed={1: 2, 2: 2}) == 1


@pytest.mark.parametrize(
    ("arguments", "options", "says"),
    [
        ((1, 1, 7), {}, "n >= 2"),
        ((0, 1, 7), {"population": True}, "n >= 1"),
        ((5, 7, 1), {}, "below the minimum"),
        ((5, 1, 7), {"step": 0}, "positive"),
        ((5, 1, 7), {"fixed": {8: 1}}, "not on the scale"),
        ((5, 1, 7), {"fixed": {Fraction(1, 2): 1}}, "not on the scale"),
        ((5, 1, 7), {"at_least": {2: -1}}, "-1 times"),
        ((5, 1, 7), {"fixed": {2: 1}, "at_least": {2: 1}}, "restricted once"),
    ],
)
@pytest.mark.parametrize("function", [closure_count, feasible])
def test_impossible_arguments(function, arguments, options, says):
    with pytest.raises(ValueError, match=says):
        function(number("3.9").interval, number("1.5").interval, *arguments, **options)
