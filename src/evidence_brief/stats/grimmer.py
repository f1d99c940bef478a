"""Is there a sample of scores in steps that has the printed mean and the printed standard deviation (GRIMMER)?

Anaya J. The GRIMMER test: a method for testing the validity of reported measures of variability. PeerJ Preprints
2016;4:e2400v1. Allard A. Analytic-GRIMMER: a new way of testing the possibility of standard deviations. 2018.
Both look at one total and at the parity of the sum of squares. Here every total that the mean allows is held
against every sum of squares that the standard deviation allows, and each pair is decided (`power_sums`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import islice
from typing import Literal

from evidence_brief.printed import Interval
from evidence_brief.stats import power_sums
from evidence_brief.stats.granularity import Steps, grim_totals

LARGEST_N = 10**15
MOST_TOTALS = 100_000
MOST_PAIRS = 5_000
FIRST_LOOK = 100
WORK_BOUND = 200_000
"""Numbers of scores, totals, pairs of a total and a sum of squares, and states of the search for each pair at
first and for all pairs together afterwards, beyond which the answer is "undecided" (about two seconds)."""

Verdict = Literal["possible", "no total", "no sum of squares", "undecided"]
Pair = tuple[int, int]
Candidate = tuple[int, int, int | None]


@dataclass(frozen=True)
class Grimmer:
    """Whether a sample with the mean and SD exists; if so, the total of its scores and of their squares.

    "no total": the mean alone is impossible (GRIM); "no sum of squares": each possible total lacks a sum of
    squares that gives the SD; "undecided": too much work.
    """

    verdict: Verdict
    total: Fraction | None = None
    squares: Fraction | None = None


def grimmer(mean: Interval, sd: Interval, n: int, steps: Steps, *, population: bool = False) -> Grimmer:
    """Whether n scores exist whose mean and SD lie in the intervals, decided exactly.

    Scores are the origin plus whole multiples of the step, within the ends of the scale where it has them; a
    score that is the mean of k items moves in 1/k of their step. The SD divides by n − 1, with `population` by
    n; that of one score is 0 by either. ValueError unless n >= 1 and the step is positive.

    Exact, as `power_sums` says.

    Source: Anaya 2016, PeerJ Preprints 4:e2400v1; Allard 2018, Analytic-GRIMMER.
    """
    if n < 1 or steps.step <= 0:
        raise ValueError(f"scores need n >= 1 and a positive step, got n = {n} and {steps.step}")
    if steps.minimum is None and steps.highest is not None:
        return _mirrored(mean, sd, n, steps, population)
    totals = grim_totals(mean, n, steps)
    if not totals:
        return Grimmer("no total")
    allowed = spreads(sd, n, steps.step, population=population)
    pair, undecided = first_pair(totals, allowed, n, steps.minimum is not None, steps.highest)
    if pair is None:
        return Grimmer("undecided" if undecided else "no sum of squares")
    total, squares = pair
    origin, step = steps.origin, steps.step
    of_squares = n * origin**2 + 2 * origin * step * total + step**2 * squares
    return Grimmer("possible", steps.total(total, n), of_squares)


def _mirrored(mean: Interval, sd: Interval, n: int, steps: Steps, population: bool) -> Grimmer:
    """Scores that end at a maximum alone, by their negatives, which begin at a minimum."""
    negative = Interval(-mean.high, -mean.low, mean.includes_high, mean.includes_low)
    last = steps.origin + (steps.highest or 0) * steps.step
    found = grimmer(negative, sd, n, Steps(steps.step, minimum=-last), population=population)
    return replace(found, total=None if found.total is None else -found.total)


def spreads(sd: Interval, n: int, step: Fraction = Fraction(1), *, population: bool = False) -> range:
    """Every n Σ x² − (Σ x)² of n numbers, counted in steps, whose SD lies in the interval.

    It is n(n − 1) times the variance (n² times the population variance), and 0 of one number. n >= 1.
    """
    if n == 1:
        return range(1) if 0 in sd else range(0)
    if sd.high < 0:
        return range(0)
    low = (sd.low**2, sd.includes_low) if sd.low >= 0 else (Fraction(0), True)
    squared = Interval(low[0], sd.high**2, low[1], sd.includes_high)
    return squared.scaled(n * (n if population else n - 1) / step**2).whole_numbers()


def first_pair(totals: range, allowed: range, n: int, from_zero: bool, highest: int | None) -> tuple[Pair | None, bool]:
    """A total and a sum of squares that n whole numbers have, or None and whether that is undecided.

    The total is one of `totals`, n Σ x² − (Σ x)² one of `allowed`. With `from_zero` no number is below 0, and none
    is above `highest` unless that is None. ValueError for a highest number without a lowest.
    """
    if highest is not None and not from_zero:
        raise ValueError("a highest number needs a lowest one: take the negatives")
    if not totals or not allowed or _too_wide(totals, allowed, n, highest):
        return None, False
    if n > LARGEST_N:
        return None, True
    pairs = _pairs(totals[:MOST_TOTALS], allowed, n, from_zero, highest)
    left: list[Candidate] = []
    for candidate in islice(pairs, MOST_PAIRS):  # a short look at each, then a long one at those it leaves open
        answer = power_sums.attained(n, *candidate, FIRST_LOOK)
        if answer:
            return candidate[:2], False
        if answer is None:
            left.append(candidate)
    undecided = next(pairs, None) is not None or bool(totals[MOST_TOTALS:])
    for candidate in left:
        answer = power_sums.attained(n, *candidate, WORK_BOUND // len(left))
        if answer:
            return candidate[:2], False
        undecided = undecided or answer is None
    return None, undecided


def _too_wide(totals: range, allowed: range, n: int, highest: int | None) -> bool:
    """Whether the scores of no total, even if all of them could stand at the ends, are so far apart.

    n Σ x² − T² is then T(n·highest − T), which is largest half way; Bhatia & Davis 2000, Am Math Mon 107:353.
    """
    if highest is None:
        return False
    nearest_half_way = min(max(totals[0], n * highest // 2), totals[-1])
    return allowed[0] > nearest_half_way * (n * highest - nearest_half_way)


def _pairs(totals: range, allowed: range, n: int, from_zero: bool, highest: int | None) -> Iterator[Candidate]:
    """Totals and sums of squares that the printed figures, the ends and the parity allow, with the highest number."""
    for total in totals:
        first = max(-(-(allowed[0] + total**2) // n), power_sums.smallest_squares(n, total))
        last = (allowed[-1] + total**2) // n
        # Without an end above, one number is the total at most.
        top = total if from_zero and highest is None else highest
        if top is not None:
            last = min(last, power_sums.largest_squares(total, top))
        for squares in range(first + (first - total) % 2, last + 1, 2):
            yield total, squares, top
