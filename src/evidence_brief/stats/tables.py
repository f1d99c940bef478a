"""Exact counts of samples by number of values, total and sum of squares.

One value of the scale is admitted after the other. The samples of k values are counted in the digits of one long
whole number, at positions that total and sum of squares give: one value more in each sample is then a shift of
all digits, and two collections of samples together are a sum. This is the expansion of the generating function
Π 1 / (1 − x·yᵛ·zᵛ²) over the values v (a knapsack with repetition), in exact whole numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import comb, isqrt
from operator import add, or_

from evidence_brief.stats.samples import Wanted

WORK_BOUND = 100_000_000_000
"""Most bits that are shifted to count samples (some seconds)."""

LOOKING_UP = 10_000
"""How many bits are shifted in the time in which one wanted total and sum of squares is looked up."""

MEMORY_BOUND = 4_000_000_000
"""Most bits that are kept at a time (half a gigabyte)."""


@dataclass(frozen=True)
class Layout:
    """Where the digit of a total and a sum of squares stands in a long whole number, and how wide a digit is.

    Positions differ because totals lie within half a `stride` of 0, as they must by Cauchy's inequality,
    total² <= n × sum of squares. From the bit `width` on, sums of squares are larger than any wanted one.
    """

    stride: int
    bits: int
    width: int

    @classmethod
    def of(cls, looked_for: Wanted, bits: int) -> Layout:
        """The layout for sums of squares up to the largest wanted one, and one value more."""
        squares, furthest = looked_for.largest_squares, max((abs(v) for v in looked_for.values), default=0)
        half = isqrt(looked_for.n * (squares + furthest**2))
        return cls(2 * half + 1, bits, (squares * (2 * half + 1) + half + 1) * bits)

    def shift(self, total: int, squares: int) -> int:
        """The number of bits below the digit."""
        return (squares * self.stride + total) * self.bits

    def bytes_of(self, ways: int) -> bytes:
        """The long number in bytes, lowest first, so that `digit` finds its digits at once."""
        return ways.to_bytes((ways.bit_length() + 7) // 8, "little")

    def digit(self, ways: bytes, total: int, squares: int) -> int:
        """One digit of the long number."""
        byte, bit = divmod(self.shift(total, squares), 8)
        here = int.from_bytes(ways[byte : byte + self.bits // 8 + 2], "little")
        return here >> bit & ((1 << self.bits) - 1)


def counting(looked_for: Wanted, work_bound: int = WORK_BOUND) -> Layout | None:
    """The layout whose digits are wide enough for every count; None beyond the bounds."""
    if not _within_bounds(looked_for, Layout.of(looked_for, 1), work_bound):
        return None
    most = comb(looked_for.n + len(looked_for.values), looked_for.n)
    layout = Layout.of(looked_for, most.bit_length())
    return layout if _within_bounds(looked_for, layout, work_bound) else None


def _within_bounds(looked_for: Wanted, layout: Layout, work_bound: int) -> bool:
    kept = layout.width * (looked_for.n + 1)
    looked_up = sum(map(len, looked_for.squares.values()))
    return kept <= MEMORY_BOUND and kept * len(looked_for.values) + LOOKING_UP * looked_up <= work_bound


def layers(looked_for: Wanted, layout: Layout, join: Callable[[int, int], int] = add) -> Iterator[list[int]]:
    """Long numbers by number of values, 0 to n: before any value is admitted, and after each.

    The list is the same one each time, and changes. Values far from the centre come first, since few of them
    make a sum of squares. `join` adds counts, or with `or_` marks by a bit what is above 0.
    """
    ways = [1] + [0] * looked_for.n
    mask = (1 << layout.width) - 1
    yield ways
    for value in admitted(looked_for):
        shift = layout.shift(value, value**2)
        for k in range(1, looked_for.n + 1):
            if ways[k - 1]:
                ways[k] = join(ways[k], (ways[k - 1] << shift) & mask)
        yield ways


def admitted(looked_for: Wanted) -> list[int]:
    """The values in the order in which `layers` admits them."""
    return sorted(looked_for.values, key=abs, reverse=True)


def targets(looked_for: Wanted) -> Iterator[tuple[int, int]]:
    """Each wanted total with each sum of squares wanted for it."""
    for total, squares in looked_for.squares.items():
        for square in squares:
            yield total, square


def count_samples(looked_for: Wanted) -> int | None:
    """The number of samples with a wanted total and sum of squares; None beyond the bounds."""
    if not looked_for.squares:
        return 0
    if (layout := counting(looked_for)) is None:
        return None
    *_, last = layers(looked_for, layout)
    ways = layout.bytes_of(last[-1])
    return sum(layout.digit(ways, *target) for target in targets(looked_for))


def any_sample(looked_for: Wanted, work_bound: int = WORK_BOUND) -> bool | None:
    """Whether there is such a sample; None beyond the bounds, which reach further than those of a count."""
    if not looked_for.squares:
        return False
    layout = Layout.of(looked_for, 1)
    if not _within_bounds(looked_for, layout, work_bound):
        return None
    *_, last = layers(looked_for, layout, or_)
    ways = layout.bytes_of(last[-1])
    return any(layout.digit(ways, *target) for target in targets(looked_for))
