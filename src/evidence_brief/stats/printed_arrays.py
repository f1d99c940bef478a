"""Printed intervals of whole arrays, in 64-bit integers: `printed.Number.interval` and `.truncated`, vectorised.

Whatever would not fit 64 bits is refused by a ValueError, never wrapped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
IntegersLike = npt.ArrayLike
Rounding = Literal["half", "truncated"]

LARGEST = 2**61
"""No operand goes beyond this, so that the sum of three of them fits 64 bits."""

MOST_DECIMALS = 18
"""Ten to this power fits."""


@dataclass(frozen=True)
class Ends:
    """Numerators of the lower and upper ends over a common denominator, and which of the ends are left out."""

    low: Integers
    high: Integers
    denominator: Integers
    without_low: Bools
    without_high: Bools

    def whole_numbers(self, factor: Integers) -> tuple[Integers, Integers]:
        """First and last whole number within factor × interval; none where the first is above the last."""
        low, high = product(self.low, factor), product(self.high, factor)
        first = (low + self.denominator - 1 + self.without_low) // self.denominator
        return first, (high - self.without_high) // self.denominator

    def squared(self) -> Ends:
        """The squares of the values that are not negative; an interval below 0 holds none of them."""
        low, high = np.maximum(self.low, 0), self.high
        squares = product(low, low), np.where(high < 0, -1, product(high, high))
        return Ends(
            *squares, product(self.denominator, self.denominator), self.without_low & (self.low >= 0), self.without_high
        )


def printed_ends(units: IntegersLike, decimals: Integers, rounding: Rounding) -> Ends:
    """The values that print as units × 10^−decimals; ValueError for an unknown rounding or too many decimals."""
    digits = integers("units", units)
    if (decimals > MOST_DECIMALS).any():
        raise ValueError(f"decimals must be at most {MOST_DECIMALS}, got {decimals.max()}")
    scale = 10**decimals
    never = np.zeros(digits.shape, dtype=np.bool_)
    if rounding == "half":
        return Ends(2 * digits - 1, 2 * digits + 1, 2 * scale, never, never)
    if rounding == "truncated":
        negative = digits < 0
        return Ends(digits - negative, digits + ~negative, scale, negative, ~negative)
    raise ValueError(f"rounding must be 'half' or 'truncated', got {rounding!r}")


def integers(name: str, values: IntegersLike) -> Integers:
    """The values as 64-bit integers; ValueError where they are not whole numbers or do not fit."""
    array = np.asarray(values)
    if array.dtype.kind not in "iu":
        raise ValueError(f"{name} must be whole numbers, got an array of {array.dtype}")
    if (array > LARGEST // 2).any() or (array < -LARGEST // 2).any():
        raise ValueError(f"{name} must fit 60 bits")
    return array.astype(np.int64)


def at_least(lowest: int, name: str, values: IntegersLike) -> Integers:
    """The values as 64-bit integers; ValueError where one is below the lowest."""
    array = integers(name, values)
    if (array < lowest).any():
        raise ValueError(f"{name} must be at least {lowest}, got {array.min()}")
    return array


def product(first: Integers, second: Integers) -> Integers:
    """The products; ValueError where one would not fit."""
    if (
        _largest(first) * _largest(second) > LARGEST
        and (np.abs(first) > LARGEST // np.maximum(np.abs(second), 1)).any()
    ):
        raise ValueError("numbers so large are not computed exactly in 64 bits; ask for each of them singly")
    return first * second


def _largest(values: Integers) -> int:
    return max(abs(int(values.min())), abs(int(values.max()))) if values.size else 0
