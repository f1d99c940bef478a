import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.stats.meta_effects import effects, log_of

TABLE = (4, 123, 11, 139)


@st.composite
def tables(draw):
    n1, n2 = draw(st.integers(1, 200)), draw(st.integers(1, 200))
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


def test_effects_of_a_full_table_by_hand():
    assert effects([TABLE], "RR") == (
        [pytest.approx(math.log(4 / 123 / (11 / 139)))],
        [pytest.approx(1 / 4 - 1 / 123 + 1 / 11 - 1 / 139)],
    )
    assert effects([TABLE], "OR") == (
        [pytest.approx(math.log(4 * 128 / (119 * 11)))],
        [pytest.approx(1 / 4 + 1 / 119 + 1 / 11 + 1 / 128)],
    )
    assert effects([TABLE], "RD") == (
        [pytest.approx(4 / 123 - 11 / 139)],
        [pytest.approx(4 * 119 / 123**3 + 11 * 128 / 139**3)],
    )
    expected, variance = 15 * 123 / 262, 15 * 247 * 123 * 139 / (262**2 * 261)
    assert effects([TABLE], "PETO") == ([pytest.approx((4 - expected) / variance)], [pytest.approx(1 / variance)])


def test_effects_add_to_tables_with_an_empty_cell():
    both = [TABLE, (0, 10, 3, 12)]
    half = effects([(1, 22, 7, 26)], "OR")  # ½ in each cell, all doubled
    y, v = effects(both, "OR")
    assert y[1] == pytest.approx(half[0][0])
    assert v[1] == pytest.approx(2 * half[1][0])
    assert (y[0], v[0]) == (effects([TABLE], "OR")[0][0], effects([TABLE], "OR")[1][0])
    assert effects(both, "OR", to="all") == effects(both, "OR", to="any zero")
    assert effects([TABLE], "OR", to="any zero") == effects([TABLE], "OR", to="none")
    assert effects([TABLE], "OR", to="all") != effects([TABLE], "OR")


def test_effects_drop_tables_that_say_nothing():
    three = [TABLE, (0, 10, 0, 12), (10, 10, 12, 12)]
    assert len(effects(three, "OR")[0]) == 3
    assert effects(three, "OR", drop=True) == effects([TABLE], "OR")
    assert effects(three, "PETO") == effects([TABLE], "PETO")


@settings(deadline=None)
@given(tables(), st.sampled_from(["RR", "OR", "RD"]))
def test_effects_of_swapped_groups_change_sign(table, measure):
    x1, n1, x2, n2 = table
    (y,), (v,) = effects([table], measure)
    (swapped,), (variance,) = effects([(x2, n2, x1, n1)], measure)
    assert swapped == pytest.approx(-y, rel=1e-12, abs=1e-12)
    assert variance == pytest.approx(v, rel=1e-12)
    assert v > 0


@settings(deadline=None)
@given(tables())
def test_effects_or_of_failures_is_the_inverse(table):
    x1, n1, x2, n2 = table
    (y,), (v,) = effects([table], "OR")
    (failures,), (variance,) = effects([(n1 - x1, n1, n2 - x2, n2)], "OR")
    assert failures == pytest.approx(-y, rel=1e-12, abs=1e-12)
    assert variance == pytest.approx(v, rel=1e-12)


@pytest.mark.parametrize(
    ("table", "measure"),
    [
        ((0, 10, 3, 12), "OR"),
        ((3, 10, 12, 12), "OR"),
        ((0, 10, 3, 12), "RR"),
        ((10, 10, 12, 12), "RR"),
        ((0, 10, 0, 12), "RD"),
        ((0, 10, 12, 12), "RD"),
    ],
)
def test_effects_infinite_or_sure(table, measure):
    for arguments in ({"to": "none"}, {"add": 0}):
        with pytest.raises(ValueError, match="add to"):
            effects([table], measure, **arguments)


def test_effects_rr_of_everybody_in_one_group_is_finite():
    assert effects([(10, 10, 6, 12)], "RR", to="none") == (
        [pytest.approx(math.log(2))],
        [pytest.approx(1 / 6 - 1 / 12)],
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"measure": "HR"}, "measure must be one of RR"),
        ({"measure": "OR", "to": "only0"}, "to one of zero"),
        ({"measure": "OR", "add": -1}, "add at least 0"),
        ({"measure": "OR", "add": math.nan}, "add at least 0"),
    ],
)
def test_effects_impossible_arguments(arguments, message):
    with pytest.raises(ValueError, match=message):
        effects([TABLE], **arguments)


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ([], "at least one table"),
        ([(5, 4, 1, 3)], "0 <= x <= n"),
        ([(-1, 4, 1, 3)], "0 <= x <= n"),
        ([(0, 0, 1, 3)], "n >= 1"),
        ([(1.0, 4, 1, 3)], "whole numbers"),
    ],
)
def test_effects_impossible_tables(tables, message):
    with pytest.raises(ValueError, match=message):
        effects(tables, "OR")


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [
        (Fraction(1), 0.0),
        (Fraction(1, 10**30), -30 * math.log(10)),
        (Fraction(10**400), 400 * math.log(10)),
        (1 + Fraction(1, 10**20), 1e-20),
        (Fraction(3, 2), math.log(1.5)),
        (Fraction(1, 2), math.log(0.5)),
    ],
)
def test_log_of_small_large_and_near_1(ratio, expected):
    assert log_of(ratio) == pytest.approx(expected, rel=1e-14)
