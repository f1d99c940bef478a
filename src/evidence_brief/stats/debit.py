"""Which counts of a binary outcome have the printed mean and standard deviation (DEBIT)?

Heathers JAJ, Brown NJL. DEBIT: a simple consistency test for binary data. 2019. https://osf.io/5vb3u/
Of n values of which x are 1 and the others 0, the mean is x/n and the variance x(n − x)/(n(n − 1)).
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from evidence_brief.printed import Interval
from evidence_brief.stats.granularity import Steps, grim_totals

if TYPE_CHECKING:
    from evidence_brief.stats.printed_arrays import Bools, Integers, IntegersLike, Rounding

BINARY = Steps(Fraction(1), Fraction(0), Fraction(1))


def debit(mean: Interval, sd: Interval, n: int, *, population: bool = False) -> list[int]:
    """Every count x of n ones whose mean and SD lie in the intervals; none where the two cannot be of binary data.

    The SD divides by n − 1, or by n for a `population`. ValueError unless n >= 1 (2 for a sample SD above 0).

    Source: Heathers & Brown 2019.
    """
    if n < 1:
        raise ValueError(f"binary data need n >= 1, got {n}")
    df = n if population else n - 1
    low, high = max(sd.low, Fraction(0)), sd.high
    if high < 0:
        return []
    squares = Interval(low**2, high**2, sd.includes_low or sd.low < 0, sd.includes_high)
    counts = grim_totals(mean, n, BINARY)
    return [x for x in counts if (Fraction(x * (n - x), n * df) if df else Fraction(0)) in squares]


def debit_consistent(
    mean_units: IntegersLike,
    mean_decimals: IntegersLike,
    sd_units: IntegersLike,
    sd_decimals: IntegersLike,
    n: IntegersLike,
    rounding: Rounding = "half",
) -> Bools:
    """Whether some count has the printed mean and sample SD; arrays of whole numbers, which broadcast.

    `units` are the printed digits as a whole number: .44 has 44 and 2 decimals. x(n − x) rises up to n/2 and
    falls behind it, so that an SD allows two runs of counts, of which one must meet the counts of the mean. Exact
    in 64-bit integers; ValueError as `granularity.grim_consistent`, and for n below 2.

    Source: Heathers & Brown 2019.
    """
    import numpy as np

    from evidence_brief.stats.printed_arrays import at_least, printed_ends, product

    sizes = at_least(2, "n", n)
    first, last = printed_ends(mean_units, at_least(0, "mean_decimals", mean_decimals), rounding).whole_numbers(sizes)
    first, last = np.maximum(first, 0), np.minimum(last, sizes)
    spread = printed_ends(sd_units, at_least(0, "sd_decimals", sd_decimals), rounding).squared()
    least, most = spread.whole_numbers(product(sizes, sizes - 1))
    square = product(sizes, sizes)
    outer = (sizes - _root(square - 4 * least) + 1) // 2
    inner = (sizes - _root_above(square - 4 * most)) // 2
    inner = np.minimum(inner, sizes // 2)
    some = (least <= most) & (4 * least <= square) & (outer <= inner)
    below = np.maximum(first, outer) <= np.minimum(last, inner)
    above = np.maximum(first, sizes - inner) <= np.minimum(last, sizes - outer)
    both: Bools = some & (below | above)
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
