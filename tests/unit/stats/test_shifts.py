from itertools import islice

import pytest

from evidence_brief.printed import number
from evidence_brief.stats import shifts
from evidence_brief.stats.samples import wanted
from evidence_brief.stats.shifts import shifted


@pytest.mark.parametrize(
    ("mean", "sd", "n", "minimum", "maximum", "restrictions"),
    [
        ("37.21", "20.01", 39, -2, 76, {}),
        ("3.12", "2.22", 25, 0, 7, {"fixed": {1: 0, 5: 0}}),
        ("3.12", "2.22", 25, 0, 7, {"at_least": {7: 2, 0: 1}}),
        ("50.31", "2.17", 300, 0, 100, {}),
        ("50.31", "48.17", 300, 0, 100, {}),
        ("0.50", "0.51", 20, 0, 1, {}),
    ],
)
def test_shifted_samples_have_a_wanted_sum_of_squares(mean, sd, n, minimum, maximum, restrictions):
    looked_for = wanted(number(mean).interval, number(sd).interval, n, minimum, maximum, **restrictions)
    found = list(islice(shifted(looked_for, seed=5), 4))
    assert len(found) == 4
    for sample in found:
        assert len(sample) == looked_for.n
        assert set(sample) <= set(looked_for.values)
        assert sum(value**2 for value in sample) in looked_for.squares[sum(sample)]


def test_shifted_nothing_wanted():
    assert list(shifted(wanted(number("9").interval, number("1").interval, 5, 1, 7), seed=5)) == []


def test_shifted_all_values_given():
    looked_for = wanted(number("1.5").interval, number("0.7").interval, 2, 1, 2, fixed={1: 1, 2: 1})
    assert next(shifted(looked_for, seed=5)) == []


def test_shifted_no_values_left(monkeypatch):
    # One value is left to choose, and none may be.
    looked_for = wanted(number("1.5").interval, number("0.7").interval, 2, 1, 2, fixed={1: 1, 2: 0})
    assert list(shifted(looked_for, seed=5)) == []


def test_shifted_gives_up(monkeypatch):
    monkeypatch.setattr(shifts, "TRIES", 1000)
    # 1, 2 and 3 alone; of even values there is none with an odd total.
    looked_for = wanted(number("2.33").interval, number("1.53").interval, 3, 0, 4, fixed={1: 0, 3: 0})
    assert list(shifted(looked_for, seed=5)) == []
