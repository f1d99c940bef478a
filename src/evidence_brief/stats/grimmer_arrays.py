"""GRIMMER for whole arrays of printed means and SDs: `grimmer.grimmer` on 64-bit integers, with the same answers."""

from __future__ import annotations

import numpy as np

from evidence_brief.stats.grimmer import first_pair
from evidence_brief.stats.printed_arrays import (
    Bools,
    Integers,
    IntegersLike,
    Rounding,
    at_least,
    integers,
    printed_ends,
)
from evidence_brief.stats.printed_arrays import product as times

SMALLEST_CLOSED = 5
"""From so many scores on every sum of squares of the right parity is reached (`power_sums`)."""

MOST_TOTALS = 100
"""Totals of one mean that are gone through at once for the whole array; cases with more are asked for singly."""


def grimmer_consistent(
    mean_units: IntegersLike,
    mean_decimals: IntegersLike,
    sd_units: IntegersLike,
    sd_decimals: IntegersLike,
    n: IntegersLike,
    *,
    items: IntegersLike = 1,
    minimum: IntegersLike | None = None,
    maximum: IntegersLike | None = None,
    population: bool = False,
    rounding: Rounding = "half",
) -> Bools:
    """Whether n scores (between the ends, where given) have the printed mean and SD.

    Arrays of whole numbers, which broadcast: 5.23 has 523 units and 2 decimals. A score is the mean of `items`
    whole numbers, hence in steps of 1/items. The SD divides by n − 1, or by n for a `population`. What `grimmer`
    leaves undecided counts as consistent. Exact; ValueError as `granularity.grim_consistent`.

    Source: Anaya 2016, PeerJ Preprints 4:e2400v1; Allard 2018; exact as `grimmer` and `power_sums` say.
    """
    n, items = at_least(1, "n", n), at_least(1, "items", items)
    scores = times(n, items)
    mean = printed_ends(mean_units, at_least(0, "mean_decimals", mean_decimals), rounding)
    first, last, width = _between(*mean.whole_numbers(scores), scores, minimum, maximum)
    # One score has no spread, and an SD of 0 by either divisor.
    divisor = np.maximum(times(n, n if population else n - 1), 1)
    sd = printed_ends(sd_units, at_least(0, "sd_decimals", sd_decimals), rounding).squared()
    least, most = sd.whole_numbers(times(divisor, times(items, items)))
    most = np.where(n == 1, np.minimum(most, 0), most)
    cases = np.broadcast_arrays(n, first, last, least, most, -1 if width is None else times(items, width))
    found = _reached(*cases[:5])
    open_ended = minimum is None and maximum is None
    settled = (found if open_ended else np.False_) & (n >= SMALLEST_CLOSED)
    for i in np.argwhere((found | (last - first >= MOST_TOTALS)) & ~settled):
        size, *ends, top = (int(column[tuple(i)]) for column in cases)
        totals, allowed = range(ends[0], ends[1] + 1), range(ends[2], ends[3] + 1)
        pair, undecided = first_pair(totals, allowed, size, not open_ended, None if width is None else top)
        found[tuple(i)] = pair is not None or undecided
    return found


def _between(
    first: Integers, last: Integers, scores: Integers, minimum: IntegersLike | None, maximum: IntegersLike | None
) -> tuple[Integers, Integers, Integers | None]:
    """The first and last total between the ends, counted from the minimum, and how far apart the ends are.

    Where there is a maximum alone, the totals are counted down from it.
    """
    lowest, highest = (
        None if end is None else integers(name, end) for name, end in (("minimum", minimum), ("maximum", maximum))
    )
    if lowest is None:
        if highest is None:
            return first, last, None
        first, last, lowest, highest = -last, -first, -highest, None
    below = times(scores, lowest)
    first, last = np.maximum(first - below, 0), last - below
    if highest is None:
        return first, last, None
    return first, np.minimum(last, times(scores, highest - lowest)), highest - lowest


def _reached(n: Integers, first: Integers, last: Integers, least: Integers, most: Integers) -> Bools:
    """Whether a total has a sum of squares of its parity that gives the SD, as far as the ends do not matter."""
    found = np.zeros(n.shape, dtype=np.bool_)
    for k in range(min(int((last - first).max(initial=-1)), MOST_TOTALS - 1) + 1):
        total = first + k
        found |= (total <= last) & (least <= most) & (_smallest_spread(total, least, n) <= most)
    return found


def _smallest_spread(total: Integers, least: Integers, n: Integers) -> Integers:
    """The smallest n Σ x² − (Σ x)², from `least` on, that the parity and scores as equal as can be allow."""
    square = times(total, total)
    each, more = total // n, total % n
    squares = np.maximum(-(-(least + square) // n), n * each**2 + more * (2 * each + 1))
    spread: Integers = n * (squares + (squares - total) % 2) - square
    return spread
