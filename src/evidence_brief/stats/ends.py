"""Values between two ends, in steps or not: the means, and the squared deviations, that n of them can have."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evidence_brief.printed import Interval
from evidence_brief.stats.samples import Exact, steps_between, totals_of


@dataclass(frozen=True)
class Ends:
    """From `minimum` to `maximum`, either of them None where it is unknown.

    With a `step`, values are whole multiples of it above the minimum; below the maximum where only that is
    known, and from 0 where neither is. ValueError for a maximum below the minimum and a step not positive.
    """

    minimum: Exact | None
    maximum: Exact | None
    step: Exact | None = None

    def __post_init__(self) -> None:
        low, high = self.minimum, self.maximum
        width = (0, 0) if low is None or high is None else (low, high)
        steps_between(*width, step=1 if self.step is None else self.step)

    @property
    def origin(self) -> Exact:
        """The value that steps are counted from."""
        known = self.maximum if self.minimum is None else self.minimum
        return 0 if known is None else known

    @property
    def last(self) -> Exact | None:
        """The largest value: the maximum, or the last step below it."""
        if self.minimum is None or self.maximum is None or self.step is None:
            return self.maximum
        return self.minimum + self.step * steps_between(self.minimum, self.maximum, self.step)

    def means(self, mean: Interval, n: int) -> Interval | None:
        """From the first to the last mean in the interval that n values can have; None where there is none."""
        if self.step is not None:
            totals, size = totals_of(mean, n, self.origin, self.step), Fraction(self.step) / n
            mean = Interval(self.origin + totals.start * size, self.origin + (totals.stop - 1) * size)
        low, high, includes_low, includes_high = mean.low, mean.high, mean.includes_low, mean.includes_high
        if self.minimum is not None and self.minimum > low:
            low, includes_low = Fraction(self.minimum), True
        if self.last is not None and self.last < high:
            high, includes_high = Fraction(self.last), True
        means = Interval(low, high, includes_low, includes_high)
        return means if means.overlaps(means) else None

    def least_squares(self, means: Interval, n: int) -> Fraction:
        """The smallest sum of squared deviations of n values with one of these means: as equal as steps allow."""
        if self.step is None:
            return Fraction(0)
        first, last = (int((end - self.origin) * n / self.step) for end in (means.low, means.high))
        if first % n == 0 or first // n != last // n:
            return Fraction(0)  # all on one step
        # Above one step, `more` values lie on the next one, and the sum is largest half way.
        least = min(more * (n - more) for more in (first % n, last % n))
        return Fraction(self.step) ** 2 * least / n

    def most_squares(self, means: Interval, n: int) -> tuple[Fraction, bool] | None:
        """The largest sum of squared deviations of n values with one of these means, and whether it is reached.

        None where it has no end. It is reached by all of the values at the ends, but for one at most; over the
        means it is largest at one of their ends, or where no value is left between the ends.
        """
        low, high = self.minimum, self.last
        if low is None:
            return None if high is None else (n * (n - 1) * (high - means.low) ** 2, means.includes_low)
        if high is None:
            return n * (n - 1) * (means.high - low) ** 2, means.includes_high
        if low == high:
            return Fraction(0), True
        shift = Interval(-Fraction(low), -Fraction(low))
        at_high = (means + shift).scaled(Fraction(n) / (high - low))
        candidates = [(at_high.low, means.includes_low), (at_high.high, means.includes_high)]
        if whole := at_high.whole_numbers():
            candidates.append((Fraction(min(max(n // 2, whole[0]), whole[-1])), True))
        most, reached = max((_squares_at(t, n), reached) for t, reached in candidates)
        return most * (Fraction(high) - low) ** 2, reached


def _squares_at(at_high: Fraction, n: int) -> Fraction:
    """Squared deviations of n values from 0 to 1 with this total, as many of them as it allows at 1."""
    whole, between = divmod(at_high, 1)
    return whole + between**2 - at_high**2 / n
