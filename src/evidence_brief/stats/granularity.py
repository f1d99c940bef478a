"""Which totals of scores, moving in steps between the ends of a scale, have the printed mean (GRIM)?

Brown NJL, Heathers JAJ. The GRIM test: a simple technique detects numerous anomalies in the reporting of
results in psychology. Soc Psychol Personal Sci 2017;8:363-369.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING

from evidence_brief.printed import Interval

if TYPE_CHECKING:
    from evidence_brief.stats.printed_arrays import Bools, Integers, IntegersLike, Rounding

LARGEST_SIZE = 100_000
"""Up to how many scores `joint_sizes` tries."""


@dataclass(frozen=True)
class Steps:
    """The values that a single score can take: `origin` plus whole multiples of `step`, between the ends."""

    step: Fraction
    minimum: Fraction | None = None
    maximum: Fraction | None = None

    @property
    def origin(self) -> Fraction:
        """The value that the steps are counted from."""
        return self.minimum or Fraction(0)

    @property
    def highest(self) -> int | None:
        """How many steps above the origin the highest score is; None where the scale states no maximum."""
        return None if self.maximum is None else floor((self.maximum - self.origin) / self.step)

    def total(self, k: int, n: int) -> Fraction:
        """The total of n scores that are k steps above the origin, all together."""
        return self.origin * n + k * self.step


def grim_totals(mean: Interval, n: int, steps: Steps) -> range:
    """The totals, counted in steps above n times the origin, whose mean over n scores lies in the interval.

    An empty range means that no such sample exists (GRIM-inconsistent). Ends that the interval does not
    include are honoured, and so are the ends of the scale: a scale whose width is no whole number of steps
    ends at its last step. For a mean of k items per patient, n is k times the number of patients.
    """
    above_origin = mean + Interval(-steps.origin, -steps.origin)
    totals = above_origin.scaled(n / steps.step).whole_numbers()
    first, stop = totals.start, totals.stop
    if steps.minimum is not None:
        first = max(first, 0)
    if steps.highest is not None:
        stop = min(stop, n * steps.highest + 1)
    return range(first, stop)


def joint_sizes(means: Sequence[Interval], largest: int, steps: Steps) -> list[int] | None:
    """Every number of scores, from 1 to `largest`, of which all the means are possible: GRIM turned round.

    One mean gives the sizes that it alone allows, several the sizes of one group that all of them describe.
    None where `largest` is above LARGEST_SIZE. ValueError without a mean, or unless largest >= 1.

    The sizes are those at which GRIM is passed.

    Source: Brown & Heathers 2017, Soc Psychol Personal Sci 8:363.
    """
    if not means or largest < 1:
        raise ValueError(f"sizes need at least one mean and largest >= 1, got {len(means)} and {largest}")
    if largest > LARGEST_SIZE:
        return None
    sizes = list(range(1, largest + 1))
    for mean in means:
        sizes = [n for n in sizes if grim_totals(mean, n, steps)]
    return sizes


def grim_consistent(
    units: IntegersLike,
    decimals: IntegersLike,
    n: IntegersLike,
    items: IntegersLike = 1,
    percent: bool = False,
    rounding: Rounding = "half",
) -> Bools:
    """Whether some whole-number total of n × items scores has the printed mean (percentage); arrays broadcast.

    `units` are the printed digits as a whole number: 5.23 has 523 and 2 decimals. `rounding` "half" takes every
    usual rounding of halves, "truncated" digits that are cut off towards zero (0 from above). Exact in 64-bit
    integers; ValueError for arrays of other than whole numbers, n or items below 1, decimals below 0, and
    where a product would not fit 64 bits.

    Source: Brown & Heathers 2017.
    """
    from evidence_brief.stats.printed_arrays import at_least, printed_ends, product

    sizes: Integers = product(at_least(1, "n", n), at_least(1, "items", items))
    ends = printed_ends(units, at_least(0, "decimals", decimals) + (2 if percent else 0), rounding)
    first, last = ends.whole_numbers(sizes)
    return first <= last
