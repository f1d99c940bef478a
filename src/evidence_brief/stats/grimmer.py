"""Is there a sample of scores in steps that has the printed mean and the printed standard deviation (GRIMMER)?

Anaya J. The GRIMMER test: a method for testing the validity of reported measures of variability. PeerJ Preprints
2016;4:e2400v1. Allard A. Analytic-GRIMMER: a new way of testing the possibility of standard deviations. 2018.
Both look at one total and at the parity of the sum of squares. Here every total that the mean allows is held
against every sum of squares that the standard deviation allows, and each pair is decided (`power_sums`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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

    Source: Anaya 2016; Allard 2018; exact as `power_sums` says.
    """
    if n < 1 or steps.step <= 0:
        raise ValueError(f"scores need n >= 1 and a positive step, got n = {n} and {steps.step}")
    totals = grim_totals(mean, n, steps)
    if not totals:
        return Grimmer("no total")
    if n > LARGEST_N:
        return Grimmer("undecided")
    allowed = spreads(sd, n, steps.step, population=population)
    found, undecided = _first_possible(_pairs(totals, allowed, n, steps), n, steps)
    if found is not None:
        return _possible(*found, n, steps)
    return Grimmer("undecided" if undecided or totals[MOST_TOTALS:] else "no sum of squares")


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


def _pairs(totals: range, allowed: range, n: int, steps: Steps) -> Iterator[Pair]:
    """Totals and sums of squares, in steps above the origin, that the printed figures and the parity allow."""
    for total in totals[:MOST_TOTALS]:
        first = max(-(-(allowed.start + total**2) // n), power_sums.smallest_squares(n, total))
        last = (allowed.stop - 1 + total**2) // n
        for squares in range(first + (first - total) % 2, last + 1, 2):
            yield total, squares


def _first_possible(pairs: Iterator[Pair], n: int, steps: Steps) -> tuple[Pair | None, bool]:
    """The first pair that some sample has, and whether one was undecided: a short look at each, then a long one."""
    left: list[Pair] = []
    for pair in islice(pairs, MOST_PAIRS):
        answer = _attained(pair, n, steps, FIRST_LOOK)
        if answer:
            return pair, False
        if answer is None:
            left.append(pair)
    undecided = next(pairs, None) is not None
    for pair in left:
        answer = _attained(pair, n, steps, WORK_BOUND // len(left))
        if answer:
            return pair, False
        undecided = undecided or answer is None
    return None, undecided


def _attained(pair: Pair, n: int, steps: Steps, limit: int) -> bool | None:
    total, squares = pair
    highest = steps.highest
    if steps.minimum is not None:  # without a maximum, one score is the total at most
        return power_sums.attained(n, total, squares, total if highest is None else highest, limit)
    if highest is None:
        return power_sums.attained(n, total, squares, None, limit)
    below = n * highest - total  # steps below the maximum
    return power_sums.attained(n, below, squares + highest * (n * highest - 2 * total), below, limit)


def _possible(total: int, squares: int, n: int, steps: Steps) -> Grimmer:
    """The pair counted in scores."""
    origin, step = steps.origin, steps.step
    of_squares = n * origin**2 + 2 * origin * step * total + step**2 * squares
    return Grimmer("possible", steps.total(total, n), of_squares)
