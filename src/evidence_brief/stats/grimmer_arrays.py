"""GRIMMER for whole arrays of printed means and SDs: `grimmer.grimmer` on 64-bit integers, with the same answers."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from evidence_brief.printed import Interval
from evidence_brief.stats.granularity import Steps
from evidence_brief.stats.grimmer import grimmer
from evidence_brief.stats.printed_arrays import Bools, Ends, Integers, IntegersLike, Rounding, at_least, printed_ends
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
    minimum: int | None = None,
    maximum: int | None = None,
    rounding: Rounding = "half",
) -> Bools:
    """Whether n whole-number scores (between the ends, where given) have the printed mean and sample SD.

    Arrays of whole numbers, which broadcast: 5.23 has 523 units and 2 decimals. What `grimmer` leaves undecided
    counts as consistent. Exact; ValueError as `granularity.grim_consistent`.

    Source: Anaya 2016, PeerJ Preprints 4:e2400v1; Allard 2018; exact as `grimmer` and `power_sums` say.
    """
    arrays = (
        mean_units,
        at_least(0, "mean_decimals", mean_decimals),
        sd_units,
        at_least(0, "sd_decimals", sd_decimals),
    )
    *printed, sizes = (np.ascontiguousarray(each) for each in np.broadcast_arrays(*arrays, at_least(1, "n", n)))
    mean, sd = printed_ends(printed[0], printed[1], rounding), printed_ends(printed[2], printed[3], rounding)
    first, last = mean.whole_numbers(sizes)
    found = _reached(first, last, sd, sizes)
    bounded = minimum is not None or maximum is not None
    alone = (sizes < SMALLEST_CLOSED) | (last - first >= MOST_TOTALS) | (bounded & found)
    steps = Steps(Fraction(1), *(None if end is None else Fraction(end) for end in (minimum, maximum)))
    for i in np.argwhere(alone & (first <= last)):
        at = tuple(i)
        answer = grimmer(_interval(mean, at), _interval(sd, at), int(sizes[at]), steps)
        found[at] = answer.verdict in ("possible", "undecided")
    return found


def _reached(first: Integers, last: Integers, sd: Ends, sizes: Integers) -> Bools:
    """Whether some total has a sum of squares of its own parity that gives the SD, for scores without ends."""
    least, most = sd.squared().whole_numbers(times(sizes, sizes - 1))
    found = np.zeros(sizes.shape, dtype=np.bool_)
    for k in range(min(int((last - first).max(initial=-1)), MOST_TOTALS - 1) + 1):
        total = first + k
        square = times(total, total)
        each, more = total // sizes, total % sizes
        smallest = sizes * each**2 + more * (2 * each + 1)
        lowest = np.maximum(-(-(least + square) // sizes), smallest)
        lowest = lowest + (lowest - total) % 2
        found |= (total <= last) & (least <= most) & (lowest <= (most + square) // sizes)
    return found


def _interval(ends: Ends, at: tuple[int, ...]) -> Interval:
    below = int(ends.denominator[at])
    low, high = Fraction(int(ends.low[at]), below), Fraction(int(ends.high[at]), below)
    return Interval(low, high, not ends.without_low[at], not ends.without_high[at])
