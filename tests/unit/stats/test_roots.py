import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_brief.stats.roots import root


@given(st.fractions(0, 10**6))
def test_root_squared(value):
    assert root(value) == pytest.approx(math.sqrt(value), rel=2e-16)


def test_root_of_squares_exact():
    assert root(Fraction(49, 64)) == 0.875


def test_root_beyond_the_floats():
    assert root(Fraction(10) ** 500) == pytest.approx(1e250)
    assert root(Fraction(10) ** -500) == pytest.approx(1e-250)


def test_root_below_0():
    with pytest.raises(ValueError, match="no square root"):
        root(Fraction(-1))
