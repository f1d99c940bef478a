"""What a median, a range and quartiles say of the n values that they describe: their mean, and their steps."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor

from evidence_brief.printed import Interval
from evidence_brief.stats.samples import Exact

Anchors = list[tuple[Fraction, Exact]]
"""Values at positions among the n sorted values: 1 to n, or so far from one to the next as the fraction says."""


def median_attainable(median: Interval, n: int, step: Exact, origin: Exact = 0) -> bool:
    """Whether a median of n values, all whole multiples of the step from the origin, lies in the interval.

    The median of an odd n is one of the values, of an even n half way between two. ValueError for n < 1 and a
    step that is not positive.
    """
    if n < 1 or step <= 0:
        raise ValueError(f"a median of steps needs n >= 1 and a positive step, got n = {n} and {step}")
    shift = Interval(Fraction(-origin), Fraction(-origin))
    return bool((median + shift).scaled((1 if n % 2 else 2) / Fraction(step)).whole_numbers())


def mean_limits(
    n: int, minimum: Exact, median: Exact, maximum: Exact, q1: Exact | None = None, q3: Exact | None = None
) -> tuple[Fraction, Fraction]:
    """Smallest and largest mean of n values with this median and range, and these quartiles where they are given.

    The median of an odd n is one of the values, of an even n half way between two. Programs define quartiles in
    different ways: the limits are the widest over all of `_quartile_positions`. They are reached for every odd n
    without quartiles, and otherwise too unless there are few values. ValueError for n < 1, and for figures that
    are out of order.

    Source: Hozo, Djulbegovic & Hozo 2005, BMC Med Res Methodol 5:13, section 2, for an odd n without quartiles.
    """
    figures = [minimum, q1, median, q3, maximum]
    known = [figure for figure in figures if figure is not None]
    if n < 1 or known != sorted(known) or (n == 1 and minimum < maximum):
        raise ValueError(f"no {n} values have, in this order, {', '.join(map(str, known))}")
    limits = []
    for first, third in _quartile_positions(n):
        positions = [Fraction(1), first, Fraction(n + 1, 2), third, Fraction(n)]
        anchors = [(at, x) for at, x in zip(positions, figures, strict=True) if x is not None]
        mirrored = [(n + 1 - at, -x) for at, x in reversed(anchors)]
        limits.append((_least_total(anchors, n), -_least_total(mirrored, n)))
    return min(low for low, _ in limits) / n, max(high for _, high in limits) / n


def _quartile_positions(n: int) -> set[tuple[Fraction, Fraction]]:
    """Positions of the quartiles among n values: definitions 1 to 9, and hinges without and with the median.

    Source: Hyndman & Fan 1996, Am Stat 50:361 (SAS has 1 to 4 and 6, SPSS and Prism 6, R and Excel 7 at first);
    Tukey 1977, Exploratory data analysis; Moore & McCabe 1989 for hinges without the median.
    """
    half, third = Fraction(1, 2), Fraction(1, 3)
    places: list[Callable[[Fraction], Fraction]] = [
        lambda p: Fraction(ceil(n * p)),
        lambda p: n * p + half if (n * p).denominator == 1 else Fraction(ceil(n * p)),
        lambda p: Fraction(round(n * p)),
        lambda p: n * p,
        lambda p: n * p + half,
        lambda p: (n + 1) * p,
        lambda p: (n - 1) * p + 1,
        lambda p: (n + third) * p + third,
        lambda p: (n + half / 2) * p + 3 * half / 4,
    ]
    pairs = [(place(half / 2), place(3 * half / 2)) for place in places]
    hinges = (Fraction(n // 2 + 1, 2), Fraction((n + 1) // 2 + 1, 2))
    pairs += [(hinge, n + 1 - hinge) for hinge in hinges]
    return {(max(first, Fraction(1)), min(last, Fraction(n))) for first, last in pairs}


def _least_total(anchors: Anchors, n: int) -> Fraction:
    """The smallest total of n sorted values with these anchors: each value is the last anchor at or before it.

    An anchor between two positions is a weighted mean of the values there. These are both equal to it in the
    smallest total, unless another anchor stands at one of them, or the lower may fall more than the upper and
    those up to the next anchor rise; then only the upper one counts, which may make the total too small.
    """
    starts = [1]
    for (before, _), (at, _), (after, _) in zip(anchors, anchors[1:], anchors[2:], strict=False):
        lower, weight = floor(at), at % 1
        between = floor(after) - lower - 2
        equal = lower > ceil(before) and between >= 0 and (1 + between) * (1 - weight) >= weight
        starts.append(min(max(lower if equal or weight == 0 else lower + 1, 2), n))
    starts += [n, n + 1]
    return Fraction(sum((last - first) * x for first, last, (_, x) in zip(starts, starts[1:], anchors, strict=False)))
