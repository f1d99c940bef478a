"""The score statistic of every table of two groups at once, for exact unconditional intervals.

Each function takes n1, n2 and the value that is tested and returns an (n1 + 1) by (n2 + 1) array: the statistic
of x1 (down) against x2 (across), 0 where a table says nothing of the value. Sources as in `score`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

HALVINGS = 60
SMALLEST = 1e-300
ROUNDING = 1e-13
"""A distance from the value tested smaller than this is the rounding of 0."""


def difference(n1: int, n2: int, delta: float) -> Floats:
    """Of p1 − p2, −1 <= delta <= 1 (Mee 1984)."""
    x1, x2 = counts(n1, n2)
    low = np.full((n1 + 1, n2 + 1), max(0.0, -delta))
    high = np.full((n1 + 1, n2 + 1), min(1.0, 1.0 - delta))
    for _ in range(HALVINGS):
        p2 = (low + high) / 2
        rising = _slope(x1, n1, p2 + delta) + _slope(x2, n2, p2) > 0
        low, high = np.where(rising, p2, low), np.where(rising, high, p2)
    p1, p2 = np.clip(low + delta, 0.0, 1.0), low
    return _standardised(x1 / n1 - x2 / n2 - delta, p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)


def _slope(x: Floats, n: int, p: Floats) -> Floats:
    slope: Floats = x / np.maximum(p, SMALLEST) - (n - x) / np.maximum(1 - p, SMALLEST)
    return slope


def unstandardised(n1: int, n2: int, delta: float) -> Floats:
    """The difference itself, in units of 1/(n1 n2): whole numbers, the same for every delta."""
    x1, x2 = counts(n1, n2)
    difference: Floats = x1 * n2 - x2 * n1
    return difference


def ratio(n1: int, n2: int, phi: float) -> Floats:
    """Of p1/p2, phi > 0 (Miettinen & Nurminen 1985)."""
    x1, x2 = counts(n1, n2)
    b = phi * (n1 + x2) + x1 + n2
    root = np.sqrt(np.maximum(0.0, b * b - 4 * (n1 + n2) * phi * (x1 + x2)))
    p2 = np.minimum(1.0, 2 * (x1 + x2) / (b + root))
    p1 = np.minimum(1.0, phi * p2)
    return _standardised(x1 / n1 - phi * x2 / n2, p1 * (1 - p1) / n1 + phi * p1 * (1 - p2) / n2)


def counts(n1: int, n2: int) -> tuple[Floats, Floats]:
    """0 to n1 down and 0 to n2 across."""
    return np.arange(n1 + 1.0)[:, np.newaxis], np.arange(n2 + 1.0)[np.newaxis, :]


def _standardised(excess: Floats, variance: Floats) -> Floats:
    excess = np.where(np.abs(excess) < ROUNDING, 0.0, excess)
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic: Floats = np.where(excess == 0, 0.0, excess / np.sqrt(variance))
    return statistic
