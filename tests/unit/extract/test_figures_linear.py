"""Time grows with the length of the text, whatever stands in it."""

import time

import pytest

from evidence_brief.extract.figures import figures_and_apart

UNITS = [
    *("1", " ", "(", "1(", "[1,", "1,", "1,000,", "1-", "1±", "-1", ".1", "10e1", "1 x 10", "1. "),
    *("p=", "p=.05 ", "t(", "t(1", "χ2(", "1, ns", "1 p=ns ", "95% CI ", "OR 1.2 (", "median 1 (", "mean (SD) 1 "),
    *("six ", "1 of ", "1 and ", "1 aa aa aa aa aa aa ", "p for aa aa aa ", "http://a/1", "(Smith 2012", "İ1 "),
]


def seconds(text):
    """The least processor time of two runs: what else the machine does only adds."""
    times = []
    for _ in range(2):
        start = time.process_time()
        figures_and_apart(text)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear(unit):
    short, long = (unit * (n // len(unit)) for n in (2_000, 16_000))
    # Eight times the length takes eight times the time; a quadratic pattern would take sixty-four times.
    assert seconds(long) < 24 * max(seconds(short), 0.002)


def test_long_sequence_of_digits():
    figures, apart = figures_and_apart("1" * 1_000_000)
    assert figures == []
    assert len(apart) == 1
