"""What every interval of counts shares: its entry in a table of methods, its arguments, and its search.

An interval that inverts a test is the set of values that the test does not reject. Its ends are found by
halving on that yes or no alone, down to neighbouring floats, so no solver can fail or stop early.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

Limits = tuple[float, float]


@dataclass(frozen=True)
class Method:
    """A method of a confidence interval, as a paper may name it.

    `interval(*counts, level)` gives (lower, upper), or None where an exact method takes too long. `unclipped`,
    where there is one, gives the same limits before they are cut at the ends of the scale: a paper may print
    either.
    """

    key: str
    label: str
    names: tuple[str, ...]
    interval: Callable[..., Limits | None]
    unclipped: Callable[..., Limits | None] | None = None


def normal_quantile(level: float) -> float:
    """Quantile z of a two-sided interval of this level, 1.96 for 0.95; ValueError unless 0 < level < 1."""
    return -NormalDist().inv_cdf(tail(level))


def tail(level: float) -> float:
    """What a two-sided interval of this level leaves at each end; ValueError unless 0 < level < 1."""
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, as 0.95 does, got {level}")
    return (1 - level) / 2


def whole(*counts: int) -> tuple[int, ...]:
    """The counts as Python's integers, which cannot overflow; ValueError unless each is whole and 0 or more."""
    try:
        exact = tuple(operator.index(count) for count in counts)
    except TypeError:
        raise ValueError(f"counts must be whole numbers, got {', '.join(map(repr, counts))}") from None
    if min(exact) < 0:
        raise ValueError(f"counts must be 0 or more, got {', '.join(map(str, exact))}")
    return exact


def proportion(x: int, n: int) -> tuple[int, int]:
    """The counts x and n as Python's integers; ValueError unless they are whole, 0 <= x <= n and n >= 1."""
    try:
        x, n = operator.index(x), operator.index(n)
    except TypeError:
        raise ValueError(f"counts must be whole numbers, got {x!r}/{n!r}") from None
    if n < 1 or not 0 <= x <= n:
        raise ValueError(f"a proportion needs 0 <= x <= n and n >= 1, got {x}/{n}")
    return x, n


def proportions(x1: int, n1: int, x2: int, n2: int) -> tuple[int, int, int, int]:
    """The counts of two groups as Python's integers; ValueError as `proportion`."""
    return (*proportion(x1, n1), *proportion(x2, n2))


def clipped(limits: Limits, low: float, high: float) -> Limits:
    """The limits cut at the ends of the scale."""
    return min(high, max(low, limits[0])), max(low, min(high, limits[1]))


def edge(inside: Callable[[float], bool], within: float, beyond: float) -> float:
    """Where `inside` stops holding on the way from `within`, where it holds, to `beyond`.

    `beyond` itself where it holds there too. Ends at neighbouring floats, on the side that is not inside.
    """
    if inside(beyond):
        return beyond
    while True:
        middle = within + (beyond - within) / 2
        if middle in (within, beyond):
            return beyond
        if inside(middle):
            within = middle
        else:
            beyond = middle


FARTHEST = 1e150
"""A ratio beyond which none is looked for: a float does not hold its square."""


def ratio_edge(inside: Callable[[float], bool], within: float) -> float:
    """Where `inside` stops holding above `within` on the scale of ratios, ∞ where it never does.

    `within` is the estimate; 0 where it is 0, as if `inside` held close to 0.
    """
    if within == 0:
        within = 1.0
        while within > 0 and not inside(within):
            within /= 2
    beyond = within or math.ulp(0.0)
    while inside(beyond):
        within, beyond = beyond, beyond * 2
        if beyond > FARTHEST:
            return math.inf
    return edge(inside, within, beyond)
