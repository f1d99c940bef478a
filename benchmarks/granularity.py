"""GRIM, DEBIT and GRIMMER on many printed figures at once, against the plain way in the same run: medians.

The plain ways: GRIM and DEBIT as a loop in Python over the exact functions (on fewer cases, per case); GRIMMER as
Allard's published shortcut, written anew, which looks at one total in floating point and is not always right; on a
scale, where no shortcut is published, as a loop over the exact function.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil, floor
from statistics import median
from time import perf_counter

import numpy as np

from evidence_brief.printed import number
from evidence_brief.stats.debit import debit, debit_consistent
from evidence_brief.stats.granularity import Steps, grim_consistent, grim_totals
from evidence_brief.stats.grimmer import grimmer
from evidence_brief.stats.grimmer_arrays import grimmer_consistent

ROUNDS = 5
MANY, GRIMMERS, FEW = 1_000_000, 100_000, 2_000
ONE = Steps(Fraction(1))
LIKERT = Steps(Fraction(1), Fraction(1), Fraction(7))


def seconds(action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start


def shortcut(mean: float, sd: float, n: int) -> bool:
    """Allard 2018: one total, and the parity of the sums of squares that print as the SD."""
    total = round(mean * n)
    if round(total / n, 2) != round(mean, 2):
        return False
    real = total / n
    low, high = max(0.0, sd - 0.005), sd + 0.005
    lowest, highest = ((n - 1) * end**2 + n * real**2 for end in (low, high))
    candidates = range(ceil(lowest), floor(highest) + 1)
    return any(
        squares % 2 == total % 2 and round(((squares - n * real**2) / (n - 1)) ** 0.5 + 1e-12, 2) == round(sd, 2)
        for squares in candidates
        if squares >= n * real**2
    )


def main() -> None:
    random = np.random.default_rng(1)
    n, mean, sd = (random.integers(low, high, MANY) for low, high in ((2, 201), (100, 700), (0, 300)))
    share, binary_sd = random.integers(0, 101, MANY), random.integers(0, 60, MANY)
    texts = [
        (f"{m / 100:.2f}", f"{s / 100:.2f}", int(k)) for m, s, k in zip(mean[:FEW], sd[:FEW], n[:FEW], strict=True)
    ]
    shares = [(f"{m / 100:.2f}", f"{s / 100:.2f}") for m, s in zip(share[:FEW], binary_sd[:FEW], strict=True)]
    some = slice(0, GRIMMERS)
    jobs = {
        "GRIM, a million": (
            lambda: grim_consistent(mean, 2, n),
            lambda: [bool(grim_totals(number(m).interval, k, ONE)) for m, _, k in texts],
            FEW / MANY,
        ),
        "DEBIT, a million": (
            lambda: debit_consistent(share, 2, binary_sd, 2, n),
            lambda: [
                debit(number(m).interval, number(s).interval, k)
                for (m, s), (_, _, k) in zip(shares, texts, strict=True)
            ],
            FEW / MANY,
        ),
        "GRIMMER, 100,000, n ≤ 200": (
            lambda: grimmer_consistent(mean[some], 2, sd[some], 2, n[some]),
            lambda: [shortcut(float(m), float(s), k) for m, s, k in texts],
            FEW / GRIMMERS,
        ),
        "GRIMMER on 1–7, 100,000": (
            lambda: grimmer_consistent(mean[some], 2, sd[some], 2, n[some], minimum=1, maximum=7),
            lambda: [grimmer(number(m).interval, number(s).interval, k, LIKERT) for m, s, k in texts],
            FEW / GRIMMERS,
        ),
    }
    print(f"{'what':<28}{'here':>12}{'plain way':>14}{'ratio':>10}")
    for name, (ours, plain, part) in jobs.items():
        rounds = [(seconds(ours), seconds(plain) / part) for _ in range(ROUNDS)]
        here, there = (median(column) for column in zip(*rounds, strict=True))
        print(f"{name:<28}{here:>10.3f} s{there:>12.2f} s{median(a / b for a, b in rounds):>10.4f}")


if __name__ == "__main__":
    main()
