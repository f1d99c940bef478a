"""Samples of n values on a scale with steps, as far as a mean and a standard deviation determine them.

Values are counted in whole steps from a centre beside the mean. A sample then has the wanted mean and standard
deviation exactly when its total and its sum of squares, both whole numbers, are among the wanted ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor, isqrt

from evidence_brief.printed import Interval

Exact = Fraction | int
Counts = Mapping[Exact, int]

SIZE_BOUND = 100_000
"""Largest n, number of totals, and number of different values for which samples are looked for."""


@dataclass(frozen=True)
class Wanted:
    """The values that remain to be chosen when the restrictions are met.

    `n` is how many, `values` what they may be (in steps from `centre`), and `squares` the sums of squares that
    are wanted for each total: no total, no sample. `given` counts the values that the restrictions set.
    """

    n: int
    values: tuple[int, ...]
    squares: dict[int, range]
    given: dict[int, int]
    centre: Fraction
    step: Fraction

    @property
    def largest_squares(self) -> int:
        """The largest wanted sum of squares; 0 where none is wanted."""
        return max((sums[-1] for sums in self.squares.values()), default=0)

    def sample(self, chosen: Iterable[int]) -> tuple[Fraction, ...]:
        """The whole sample on its scale, sorted, from the chosen values."""
        given = (value for value, count in self.given.items() for _ in range(count))
        return tuple(self.centre + self.step * value for value in sorted([*given, *chosen]))


def wanted(
    mean: Interval,
    sd: Interval,
    n: int,
    minimum: Exact,
    maximum: Exact,
    *,
    step: Exact = 1,
    fixed: Counts | None = None,
    at_least: Counts | None = None,
    population: bool = False,
) -> Wanted | None:
    """What a sample of n values minimum, minimum + step … up to maximum must be like; None beyond SIZE_BOUND.

    `fixed` maps values to how often exactly they occur, `at_least` to how often at least. The SD divides by
    n − 1, or by n for a `population`. ValueError for an n that has no SD, a step that is not positive, a maximum
    below the minimum, a count below 0, and a restricted value off the scale or restricted twice.
    """
    degrees_of_freedom(n, population)
    width = steps_between(minimum, maximum, step)
    totals = totals_of(mean, n, minimum, step)
    totals = range(max(totals.start, 0), min(totals.stop, n * width + 1))
    if n > SIZE_BOUND or len(totals) > SIZE_BOUND:
        return None
    origin = min((totals.start + totals.stop + n) // (2 * n), width) if totals else 0  # the mean, in whole steps
    fixed, at_least = fixed or {}, at_least or {}
    counts = _from(origin, {**at_least, **fixed}, minimum, step, width)
    excluded = _from(origin, fixed, minimum, step, width).keys()
    if fixed.keys() & at_least.keys():
        raise ValueError("a value is restricted once: to occur exactly, or at least, so many times")
    deviations = squared_deviations(sd, n, population).scaled(1 / Fraction(step) ** 2)
    centred = range(totals.start - n * origin, totals.stop - n * origin)
    free = n - sum(counts.values())
    squares = _squares(centred, deviations, n, counts, free, (-origin, width - origin))
    reach = isqrt(max((sums[-1] for sums in squares.values()), default=0))
    values = range(max(-origin, -reach), min(width - origin, reach) + 1)
    if len(values) > SIZE_BOUND:
        return None
    chosen = tuple(value for value in values if value not in excluded)
    return Wanted(free, chosen, squares, counts, minimum + Fraction(step) * origin, Fraction(step))


def _from(origin: int, counts: Counts, minimum: Exact, step: Exact, width: int) -> dict[int, int]:
    """The counts by value in steps from the origin."""
    centred = {}
    for value, count in counts.items():
        steps = (value - Fraction(minimum)) / step
        if steps.denominator != 1 or not 0 <= steps <= width:
            raise ValueError(f"the restricted value {value} is not on the scale")
        if count < 0:
            raise ValueError(f"a value cannot occur {count} times")
        centred[int(steps) - origin] = count
    return centred


def _squares(
    totals: range, deviations: Interval, n: int, counts: dict[int, int], free: int, ends: tuple[int, int]
) -> dict[int, range]:
    """The sums of squares wanted of the `free` values, by their total."""
    squares = {}
    given_total = sum(value * count for value, count in counts.items())
    given_squares = sum(value**2 * count for value, count in counts.items())
    for total in totals:
        square = Fraction(total**2, n)
        sums = (deviations + Interval(square, square)).whole_numbers()
        rest = total - given_total
        if not free * ends[0] <= rest <= free * ends[1] or free < 0:
            continue
        first = max(sums.start - given_squares, least_squares(rest, free))
        last = min(sums.stop - 1 - given_squares, most_squares(rest, free, *ends))
        # A whole number and its square are both even or both odd, and so are a total and a sum of squares.
        if found := range(first + (first - rest) % 2, last + 1, 2):
            squares[rest] = found
    return squares


def degrees_of_freedom(n: int, population: bool) -> int:
    """What the sum of squared deviations is divided by: n − 1, or n of a population; ValueError if n has no SD."""
    if n < (1 if population else 2):
        raise ValueError(f"a standard deviation needs n >= {1 if population else 2}, got n = {n}")
    return n if population else n - 1


def squared_deviations(sd: Interval, n: int, population: bool) -> Interval:
    """The sums of squared deviations from the mean that give such an SD; empty where the SD is below 0."""
    df = degrees_of_freedom(n, population)
    if sd.high < 0:
        return Interval(Fraction(1), Fraction(0))
    low, includes_low = (sd.low, sd.includes_low) if sd.low >= 0 else (Fraction(0), True)
    return Interval(df * low**2, df * sd.high**2, includes_low, sd.includes_high)


def steps_between(minimum: Exact, maximum: Exact, step: Exact) -> int:
    """How many whole steps fit between the ends of the scale; ValueError where they are no scale."""
    if step <= 0:
        raise ValueError(f"a step must be positive, got {step}")
    if maximum < minimum:
        raise ValueError(f"the maximum {maximum} lies below the minimum {minimum}")
    return floor((maximum - Fraction(minimum)) / step)


def totals_of(mean: Interval, n: int, origin: Exact, step: Exact) -> range:
    """The totals of n values, in steps above n times the origin, that give a mean in the interval."""
    shift = Interval(Fraction(-origin), Fraction(-origin))
    return (mean + shift).scaled(Fraction(n) / step).whole_numbers()


def least_squares(total: int, n: int) -> int:
    """The smallest sum of squares of n whole numbers with this total: as equal as can be."""
    if n == 0:
        return 0
    each, more = divmod(total, n)
    return (n - more) * each**2 + more * (each + 1) ** 2


def most_squares(total: int, n: int, lowest: int, highest: int) -> int:
    """The largest sum of squares of n whole numbers between two ends with this total: at the ends, but for one."""
    if n == 0 or lowest == highest:
        return n * lowest**2
    at_highest, between = divmod(total - n * lowest, highest - lowest)
    if at_highest == n:
        return n * highest**2
    return at_highest * highest**2 + (lowest + between) ** 2 + (n - at_highest - 1) * lowest**2
