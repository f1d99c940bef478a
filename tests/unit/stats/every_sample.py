"""Small questions about samples, and their answers by definition: every sample is looked at."""

from fractions import Fraction
from itertools import combinations_with_replacement

from hypothesis import strategies as st

from evidence_brief.printed import Interval

ENDS = st.fractions(-1, 7, max_denominator=6)


@st.composite
def intervals(draw):
    low, high = sorted((draw(ENDS), draw(ENDS)))
    return Interval(low, high, draw(st.booleans()), draw(st.booleans()))


@st.composite
def questions(draw):
    """Arguments of a question small enough to list every sample."""
    minimum, width = draw(st.integers(-2, 2)), draw(st.integers(0, 5))
    step = draw(st.sampled_from([1, Fraction(1, 2), Fraction(2, 3), 2]))
    scale = [minimum + step * i for i in range(width + 1)]
    counts = st.dictionaries(st.sampled_from(scale), st.integers(0, 2), max_size=2)
    fixed, at_least = draw(counts), draw(counts)
    at_least = {value: count for value, count in at_least.items() if value not in fixed}
    population = draw(st.booleans())
    n = draw(st.integers(1 if population else 2, 6))
    # The maximum need not be on a step.
    maximum = scale[-1] + draw(st.sampled_from([0, Fraction(1, 3)])) * step
    options = {"step": step, "fixed": fixed, "at_least": at_least, "population": population}
    return (draw(intervals()), draw(intervals()), n, minimum, maximum), options


def every_sample(mean, sd, n, minimum, maximum, *, step=1, fixed=None, at_least=None, population=False):
    """By definition: all multisets of n values, each looked at."""
    scale = [minimum + step * i for i in range(1000) if minimum + step * i <= maximum]
    for sample in combinations_with_replacement(scale, n):
        average = Fraction(sum(sample)) / n
        variance = sum((x - average) ** 2 for x in sample) / (n if population else n - 1)
        if (
            average in mean
            and root_in(variance, sd)
            and all(sample.count(x) == count for x, count in (fixed or {}).items())
            and all(sample.count(x) >= count for x, count in (at_least or {}).items())
        ):
            yield sample


def root_in(variance, sd):
    """Whether the square root lies in the interval, without taking it."""
    above = sd.low < 0 or variance > sd.low**2 or (sd.includes_low and variance == sd.low**2)
    below = sd.high >= 0 and (variance < sd.high**2 or (sd.includes_high and variance == sd.high**2))
    return above and below
