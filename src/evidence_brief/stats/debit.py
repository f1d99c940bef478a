"""Which counts of a binary outcome have the printed mean and standard deviation (DEBIT)?

Heathers JAJ, Brown NJL. DEBIT: a simple consistency test for binary data. 2019. https://osf.io/5vb3u/
Of n values of which x are 1 and the others 0, the mean is x/n and the variance x(n − x)/(n(n − 1)).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice
from math import isqrt
from typing import TYPE_CHECKING

from evidence_brief.printed import Interval
from evidence_brief.stats.granularity import Steps, grim_totals
from evidence_brief.stats.grimmer import spreads

if TYPE_CHECKING:
    from evidence_brief.stats.printed_arrays import Bools, Integers, IntegersLike, Rounding

BINARY = Steps(Fraction(1), Fraction(0), Fraction(1))

MOST_COUNTS = 100_000
"""So many counts are listed at most."""


def debit(mean: Interval, sd: Interval, n: int, *, population: bool = False) -> list[int]:
    """Every count x of n ones whose mean and SD lie in the intervals; none where the two cannot be of binary data.

    The SD divides by n − 1, or by n for a `population`; that of one value is 0 by either. Where there are more
    than MOST_COUNTS, the first ones are listed. ValueError unless n >= 1.

    Source: Heathers & Brown 2019.
    """
    if n < 1:
        raise ValueError(f"binary data need n >= 1, got {n}")
    counts = grim_totals(mean, n, BINARY)
    return list(islice(_of_both(counts, spreads(sd, n, population=population), n), MOST_COUNTS))


def _of_both(counts: range, allowed: range, n: int) -> Iterator[int]:
    """The counts of which x(n − x) is allowed; 4x(n − x) is n² − (n − 2x)², so these lie in two runs about n/2."""
    if not allowed or 4 * allowed.start > n**2:
        return
    farthest, beyond = isqrt(n**2 - 4 * allowed.start), n**2 - 4 * (allowed.stop - 1)
    nearest = isqrt(beyond - 1) + 1 if beyond > 0 else 0
    first, last = (n - farthest + 1) // 2, (n - nearest) // 2
    for run in (range(first, last + 1), range(max(n - last, last + 1), n - first + 1) if first <= last else range(0)):
        yield from range(max(run.start, counts.start), min(run.stop, counts.stop))


def debit_consistent(
    mean_units: IntegersLike,
    mean_decimals: IntegersLike,
    sd_units: IntegersLike,
    sd_decimals: IntegersLike,
    n: IntegersLike,
    *,
    population: bool = False,
    rounding: Rounding = "half",
) -> Bools:
    """Whether some count has the printed mean and SD; arrays of whole numbers, which broadcast.

    `units` are the printed digits as a whole number: .44 has 44 and 2 decimals. The SD is that of `debit`. Exact
    in 64-bit integers; ValueError as `granularity.grim_consistent`.

    Source: Heathers & Brown 2019.
    """
    import numpy as np

    from evidence_brief.stats.printed_arrays import at_least, printed_ends, product

    sizes = at_least(1, "n", n)
    first, last = printed_ends(mean_units, at_least(0, "mean_decimals", mean_decimals), rounding).whole_numbers(sizes)
    first, last = np.maximum(first, 0), np.minimum(last, sizes)
    spread = printed_ends(sd_units, at_least(0, "sd_decimals", sd_decimals), rounding).squared()
    # One value has no spread, and an SD of 0 by either divisor.
    least, most = spread.whole_numbers(np.maximum(product(sizes, sizes if population else sizes - 1), 1))
    square = product(sizes, sizes)
    some = (least <= most) & (least <= square // 4)
    # The two runs of counts that `debit` goes through, about n/2.
    outer = (sizes - _root(square - 4 * np.minimum(least, square // 4)) + 1) // 2
    inner = (sizes - _root_above(square - 4 * np.minimum(most, square // 4))) // 2
    below = np.maximum(first, outer) <= np.minimum(last, inner)
    above = np.maximum(first, sizes - inner) <= np.minimum(last, sizes - outer)
    both: Bools = some & (outer <= inner) & (below | above)
    return both


def _root(squares: Integers) -> Integers:
    """The largest whole numbers whose squares are not above these (0 below 0)."""
    import numpy as np

    positive = np.maximum(squares, 0)
    root = np.sqrt(positive.astype(np.float64)).astype(np.int64)
    root -= root * root > positive
    return root + ((root + 1) * (root + 1) <= positive)


def _root_above(squares: Integers) -> Integers:
    """The smallest whole numbers whose squares are not below these (0 below 0)."""
    root = _root(squares)
    return root + (root * root < squares)
