import math
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from evidence_brief.printed import Interval, number
from evidence_brief.stats import means
from evidence_brief.stats.mean_ranges import ALL_R, implied_r_range, needed_r, paired_range


def printed(text):
    return number(text).interval


def exactly(value):
    return Interval(Fraction(value), Fraction(value))


@st.composite
def intervals(draw, least=0, most=60, widest=12):
    low = Fraction(draw(st.integers(least, most)), 10)
    return Interval(low, low + Fraction(draw(st.integers(0, widest)), 10))


def grid(interval, steps=12):
    return {interval.low + (interval.high - interval.low) * Fraction(i, steps) for i in range(steps + 1)}


@settings(max_examples=150, deadline=None)
@given(intervals(), intervals(), intervals(most=100))
@example(exactly(2), Interval(Fraction(1), Fraction(3)), exactly(1))
def test_implied_r_range_against_a_grid(sd1, sd2, sd_change):
    found = implied_r_range(sd1, sd2, sd_change)
    inside = [
        (s1**2 + s2**2 - c**2) / (2 * s1 * s2)
        for s1, s2, c in product(grid(sd1), grid(sd2), (sd_change.low, sd_change.high))
        if s1 and s2
    ]
    possible = [r for r in inside if abs(r) <= 1]
    if possible:
        assert found is not None
        assert found.low <= min(possible) <= max(possible) <= found.high
    if sd1.low and sd2.low:
        attained = (min(inside), max(inside))
        if found is None:
            assert attained[0] > 1 or attained[1] < -1
        else:  # the grid misses the smallest r between its points by little
            assert max(attained[0], -1) - found.low < Fraction(1, 20)
            assert found.high == min(attained[1], 1)


def test_implied_r_range_is_smallest_on_an_edge():
    # For sd1 = 2 and a change of 1, r is smallest at sd2 = √3: √(1 − ¼).
    found = implied_r_range(exactly(2), Interval(Fraction(3, 2), Fraction(2)), exactly(1))
    assert float(found.low) == pytest.approx(math.sqrt(3) / 2)
    assert found.low < Fraction(math.sqrt(3) / 2)
    assert found.high == Fraction(4 + 4 - 1, 8)


@pytest.mark.parametrize(
    ("sd1", "sd2", "sd_change", "possible"),
    [
        ("8", "5", "3", True),  # r = 1
        ("8", "5", "2.9", True),  # 7.5 and 5.5 differ by 2
        ("8.0", "5.0", "2.0", False),
        ("8.0", "5.0", "13.1", True),
        ("8.0", "5.0", "13.2", False),
        ("0.0", "5.0", "5.1", True),
        ("0.0", "5.0", "5.2", False),
        ("0", "0", "0.9", True),
        ("0", "0", "3", False),
    ],
)
def test_sds_that_conflict(sd1, sd2, sd_change, possible):
    assert (implied_r_range(printed(sd1), printed(sd2), printed(sd_change)) is not None) == possible


def test_implied_r_range_of_an_sd_that_may_be_0_is_wide():
    assert implied_r_range(printed("0.0"), printed("5.0"), printed("5.0")) == ALL_R


@settings(max_examples=60, deadline=None)
@given(
    intervals(-50, 50, 5),
    intervals(1, 40, 5),
    intervals(-50, 50, 5),
    intervals(1, 40, 5),
    st.integers(2, 60),
    st.sampled_from(["0.001", "0.03", "0.04", "0.050", "0.2", "0.50", "0.9", "1.00", "0.000"]),
)
def test_needed_r_is_where_the_range_of_p_reaches_the_printed_one(m1, sd1, m2, sd2, n, text):
    p = printed(text)
    p = Interval(max(p.low, Fraction(0)), min(p.high, Fraction(1)))
    found = needed_r(m1, sd1, m2, sd2, n, p)
    for r in (Fraction(i, 10) for i in range(-9, 10)):
        reaches = paired_range(m1, sd1, m2, sd2, n, exactly(r)).p.overlaps(p)
        near_an_end = found is not None and min(abs(r - found.low), abs(r - found.high)) < Fraction(1, 10**6)
        assert near_an_end or reaches == (found is not None and r in found)


def test_needed_r_of_sleep():
    # Student 1908: the paired P of .00283 needs r = .795.
    inputs = (printed("0.75"), printed("1.789"), printed("2.33"), printed("2.002"), 10)
    found = needed_r(*inputs, printed("0.00283"))
    assert found.low < Fraction("0.7951702") < found.high
    assert found.high - found.low < Fraction("0.02")
    assert not paired_range(*inputs).p.overlaps(printed("0.9"))
    assert needed_r(*inputs, printed("0.9")) is None


def test_needed_r_of_every_correlation():
    inputs = (printed("10.0"), printed("1.0"), printed("5.0"), printed("1.0"), 40)
    below = Interval(Fraction(0), Fraction(1, 1000), includes_high=False)
    assert needed_r(*inputs, below) == ALL_R
    assert paired_range(*inputs).p_high < 0.001


def test_needed_r_at_the_ends_of_p():
    equal = (exactly(5), printed("1.0"), exactly(5), printed("1.0"), 10)
    apart = (exactly(5), printed("1.0"), exactly(6), printed("1.0"), 10)
    assert needed_r(*equal, exactly(1)) == ALL_R
    assert needed_r(*equal, Interval(Fraction(0), Fraction(1, 2))) is None
    assert needed_r(*apart, exactly(1)) is None
    assert needed_r(*apart, Interval(Fraction(0), Fraction(1))) == ALL_R
    assert needed_r(*apart, printed("1.2")) is None
    assert needed_r(*apart, printed("-0.2")) is None


def test_needed_r_gives_the_printed_p():
    inputs = (exactly(5), exactly(2), exactly(4), exactly(3), 20)
    found = needed_r(*inputs, Interval(Fraction("0.045"), Fraction("0.055")))
    assert means.paired(5, 2, 4, 3, 20, float(found.low)).p == pytest.approx(0.055, rel=1e-7)
    assert means.paired(5, 2, 4, 3, 20, float(found.high)).p == pytest.approx(0.045, rel=1e-7)
