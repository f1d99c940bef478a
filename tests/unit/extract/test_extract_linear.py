"""The time of the whole extraction grows with the length of the text, also where a text is one endless sentence."""

import time

import pytest

from evidence_brief.extract import extract

UNITS = (
    "p=.05 ",
    "(5% vs. 6%, P=.05) ",
    "from 5±2 to 6±2 and ",
    "n=12 ",
    "12 received drug and ",
    "5% of the placebo group vs ",
    "difference from baseline (P=.05) ",
    "OR 1.9 (95% CI 1.2-3.0) for 5% vs 9% ",
)


def seconds(text):
    """The least processor time of two runs: what else the machine does only adds."""
    times = []
    for _ in range(2):
        start = time.process_time()
        extract(text)
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear_in_an_endless_sentence(unit):
    short, long = (unit * (n // len(unit)) for n in (3_000, 24_000))
    assert seconds(long) < 24 * max(seconds(short), 0.002)
