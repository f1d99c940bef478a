"""What n values between two ends can have: the SD that their mean allows, and the end that their SD needs.

Decisions are made in exact fractions of the variance; square roots are for display.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor, inf, isqrt

from evidence_brief.printed import Interval
from evidence_brief.stats.closure import feasible
from evidence_brief.stats.ends import Ends
from evidence_brief.stats.medians import mean_limits, median_attainable
from evidence_brief.stats.ranges import sd_limits_attained, sd_of_range
from evidence_brief.stats.roots import root
from evidence_brief.stats.samples import Exact, degrees_of_freedom, squared_deviations

__all__ = [
    "cv_skew",
    "greatest_minimum",
    "least_maximum",
    "mean_limits",
    "median_attainable",
    "sd_limits",
    "sd_limits_attained",
    "sd_of_range",
    "sd_possible",
    "variance_limits",
]


def sd_limits(
    mean: Interval,
    n: int,
    minimum: Exact | None,
    maximum: Exact | None,
    step: Exact | None = None,
    *,
    population: bool = False,
) -> tuple[float, float]:
    """Smallest and largest SD of n values between the ends whose mean lies in the interval.

    An end that is None is unknown; where both are, the largest SD is infinite. With a `step`, values are whole
    multiples of it above the minimum (below the maximum, or from 0, where ends are unknown); without, any. The
    SD divides by n − 1, or by n for a `population`. ValueError where no such values have such a mean, for an n
    that has no SD, a maximum below the minimum, and a step that is not positive.

    The SD is largest with all values at the ends, which n values meet with at most one of them between; smallest
    with values as equal as the steps allow.

    Source: Bhatia & Davis 2000, Am Math Mon 107:353.
    """
    low, high = variance_limits(mean, n, minimum, maximum, step, population=population)
    return root(low), inf if high is None else root(high)


def variance_limits(
    mean: Interval,
    n: int,
    minimum: Exact | None,
    maximum: Exact | None,
    step: Exact | None = None,
    *,
    population: bool = False,
) -> tuple[Fraction, Fraction | None]:
    """The squares of `sd_limits`, exactly, and None for an infinite one. Arguments and errors are the same."""
    df, ends = degrees_of_freedom(n, population), Ends(minimum, maximum, step)
    if (means := ends.means(mean, n)) is None:
        raise ValueError("no such values have such a mean")
    most = ends.most_squares(means, n)
    return ends.least_squares(means, n) / df, None if most is None else most[0] / df


def sd_possible(
    mean: Interval,
    sd: Interval,
    n: int,
    minimum: Exact | None,
    maximum: Exact | None,
    step: Exact | None = None,
    *,
    population: bool = False,
) -> bool:
    """Whether n such values have a mean and an SD in the two intervals, decided exactly.

    Arguments as for `sd_limits`; a mean that is impossible makes the SD impossible too. Without a step, every SD
    between the limits is possible. With one, `closure.feasible` decides; where its bounds forbid that, an SD
    between the limits counts as possible.
    """
    squares, ends = squared_deviations(sd, n, population), Ends(minimum, maximum, step)
    if (means := ends.means(mean, n)) is None or squares.low > squares.high:
        return False
    least, most = ends.least_squares(means, n), ends.most_squares(means, n)
    highest, reached = most or (max(least, squares.high), True)
    if not squares.overlaps(Interval(least, highest, True, reached)):
        return False
    if step is None:
        return True
    # No value is further from the mean than the root of the sum of squared deviations.
    reach = step * (isqrt(ceil(squares.high / Fraction(step) ** 2)) + 1)
    low = ends.origin + step * floor((means.low - reach - ends.origin) / step) if minimum is None else minimum
    high = means.high + reach if maximum is None else maximum
    return feasible(mean, sd, n, low, high, step=step, population=population) is not False


def least_maximum(mean: Interval, sd: Interval, n: int, minimum: Exact, *, population: bool = False) -> float:
    """The smallest maximum under which n values from the minimum on can have a mean and SD in the intervals.

    Infinite where no maximum suffices: from a minimum on, an SD is at most √n times (mean − minimum). The SD
    divides by n − 1, or by n for a `population`. ValueError for an n that has no SD, an SD below 0, and a mean
    below the minimum.

    Source: the largest SD of `sd_limits`, solved for the maximum.
    """
    squares, means = squared_deviations(sd, n, population), Ends(minimum, None).means(mean, n)
    if squares.low > squares.high or means is None:
        raise ValueError(f"no values from {minimum} on have such a mean and SD")
    excesses = [(end - minimum) * n for end in (means.low, means.high)]
    widths = [_least_width(excess, squares.low, n) for excess in excesses]
    if squares.low > 0:
        # Between the ends of the mean, j values at the maximum and the others at the minimum need the least.
        first, last = (n * excess**2 / (excess**2 + n * squares.low) for excess in excesses)
        if whole := range(max(ceil(first), 1), min(floor(last), n - 1) + 1):
            j = min(max(n // 2, whole[0]), whole[-1])
            widths.append(root(squares.low * n / (j * (n - j))))
    return float(minimum) + min(widths)


def greatest_minimum(mean: Interval, sd: Interval, n: int, maximum: Exact, *, population: bool = False) -> float:
    """The largest minimum under which n values up to the maximum can have a mean and SD in the intervals.

    `least_maximum` in the mirror, with its errors; minus infinity where no minimum suffices.
    """
    mirrored = Interval(-mean.high, -mean.low, mean.includes_high, mean.includes_low)
    return -least_maximum(mirrored, sd, n, -maximum, population=population)


def cv_skew(mean: Interval, sd: Interval, minimum: Exact) -> bool:
    """Whether mean − 2 SD is below the smallest possible value, whatever the printed figures round: likely skewed.

    Source: Altman & Bland 1996, Detecting skewness from summary information, BMJ 313:1200.
    """
    return mean.high - 2 * sd.low < minimum


def _least_width(excess: Fraction, squares: Fraction, n: int) -> float:
    """The smallest width of a scale on which n values have this total above its minimum, and squared deviations.

    With k of them at the maximum and one between the ends, k w² + (excess − k w)² = squares + excess²/n.
    """
    needed = squares + excess**2 / n
    if needed == 0:
        return 0.0
    if (k := floor(excess**2 / needed)) == 0:
        return inf
    return (float(k * excess) + root(k * ((k + 1) * needed - excess**2))) / (k * (k + 1))
