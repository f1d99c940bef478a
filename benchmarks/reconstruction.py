"""Samples with a mean and an SD, counted and drawn, against listing every sample in plain Python.

Both count a smaller question in the same rounds. The larger one is counted alone: it has 32 million samples.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations_with_replacement
from statistics import median
from time import perf_counter

from evidence_brief.printed import Interval, number
from evidence_brief.stats.closure import closure_count, feasible
from evidence_brief.stats.sprite import draw

MEAN, SD = number("3.9").interval, number("1.5").interval
SCALE = (1, 7)
SMALL, LARGE = 20, 50
WIDE = (number("37.21").interval, number("20.01").interval, 39, -2, 76)
ROUNDS = 5


def listed(mean: Interval, sd: Interval, n: int) -> int:
    """Every sample in turn; its total and its sum of squares against what mean and SD allow."""
    squares = {
        total: (sd.low**2 * (n - 1) + Fraction(total**2, n), sd.high**2 * (n - 1) + Fraction(total**2, n))
        for total in mean.scaled(n).whole_numbers()
    }
    found = 0
    for sample in combinations_with_replacement(range(SCALE[0], SCALE[1] + 1), n):
        if limits := squares.get(sum(sample)):
            found += limits[0] <= sum(x * x for x in sample) <= limits[1]
    return found


def seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def main() -> None:
    print(f"{listed(MEAN, SD, SMALL)} = {closure_count(MEAN, SD, SMALL, *SCALE)} samples of {SMALL} on {SCALE}")
    rounds = [
        (seconds(lambda: listed(MEAN, SD, SMALL)), seconds(lambda: closure_count(MEAN, SD, SMALL, *SCALE)))
        for _ in range(ROUNDS)
    ]
    plain, here = (median(times) for times in zip(*rounds, strict=True))
    print(f"listed one by one {plain:.4f} s, counted {here:.4f} s: {median(a / b for a, b in rounds):.0f} times")
    print(f"{closure_count(MEAN, SD, LARGE, *SCALE)} samples of {LARGE} on {SCALE}")
    work: dict[str, Callable[[], object]] = {
        "counted": lambda: closure_count(MEAN, SD, LARGE, *SCALE),
        "shown to exist": lambda: feasible(MEAN, SD, LARGE, *SCALE),
        "1000 draws, each sample equally likely": lambda: draw(MEAN, SD, LARGE, *SCALE, how_many=1000, seed=1),
        "1000 draws on a wide scale, by shifting": lambda: draw(*WIDE, how_many=1000, seed=1),
    }
    for name, each in work.items():
        print(f"{name:<42}{median(seconds(each) for _ in range(ROUNDS)):.4f} s")


if __name__ == "__main__":
    main()
