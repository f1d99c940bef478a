"""A printed percentage, and the counts over numbers of patients that it may stand for, in numbers and words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from math import ceil, floor

from evidence_brief.agree import Figure
from evidence_brief.patients import Denominator, fitting_counts
from evidence_brief.printed import Interval, Number, show

MISSING = "Fewer patients than stated may have been counted (missing data)"
MOST_TRIED = 1000
"""Smaller numbers of patients that are tried for an explanation."""


@dataclass(frozen=True)
class Fit:
    """Counts of these patients that print as the percentage: at least one."""

    whole: Denominator
    counts: range

    @property
    def n(self) -> int:
        """The number of patients."""
        return self.whole.n

    @property
    def words(self) -> str:
        """The share in words: "22 of the 24 patients (IVIG)"."""
        first, last = self.counts[0], self.counts[-1]
        several = "" if last == first else f" or {last}" if last == first + 1 else f" to {last}"
        return f"{self.counts[0]}{several} of {self.whole.words}"

    @property
    def makes(self) -> str:
        """The share as the subject of "… make 91.7%"."""
        return f"{self.counts[0]} of {self.whole.words} {_make(self.counts[0])}"


@dataclass(frozen=True)
class Share:
    """A printed percentage (or proportion), and the count that it is the share of, where that is reported."""

    printed: Number
    count: int | None = None

    @property
    def text(self) -> str:
        """As printed, with its sign where the text leaves that to a column's head."""
        sign = "%" if self.printed.percent and self.printed.text[-1:].isdigit() else ""
        return self.printed.text + sign

    def powerless(self, n: int) -> bool:
        """Whether every percentage with these digits is some count of n."""
        unit = self.printed.unit * self.printed.scale
        return unit * n > 1

    def fits(self, known: Iterable[Denominator], share: Interval | None = None) -> list[Fit]:
        """The patients of whom the percentage (or another interval of shares) is possible, with the counts."""
        found = ((whole, self._counts(share or self.printed.as_fraction, whole.n)) for whole in known)
        return [Fit(whole, counts) for whole, counts in found if counts]

    def _counts(self, share: Interval, n: int) -> range:
        """The counts of n that the share allows: only the reported one, where the study reports it."""
        counts = fitting_counts(share, n)
        if self.count is None:
            return counts
        return range(self.count, self.count + 1) if self.count in counts else range(0)

    def percent(self, share: Fraction, more: int = 0) -> str:
        """A share (0 to 1) as the text prints it, with so many digits more."""
        decimals = max(self.printed.decimals + more, 0)
        return f"{show(share * 100, decimals)}%" if self.printed.percent else show(share, decimals)

    def shown(self, fits: list[Fit]) -> str | None:
        """The division that gives the percentage, "22/24 = 91.67%", where few counts are possible."""
        if len(fits) > 2 or any(fit.counts[-1] > fit.counts[0] for fit in fits):
            return None
        divisions = ((fit.counts[0], fit.n) for fit in fits)
        return " or ".join(f"{x}/{n} = {self.percent(Fraction(x, n), 1)}" for x, n in divisions)

    def figures(self, fits: list[Fit]) -> tuple[Figure, ...]:
        """The shares in `shown`, by both paths."""
        if self.shown(fits) is None:
            return ()
        return tuple(self.figure(fit.counts[0], fit.n) for fit in fits)

    def figure(self, x: int, n: int) -> Figure:
        """The share of x of n as the text prints it, by both paths."""
        factor = 100 if self.printed.percent else 1
        return Figure(f"{x}/{n}", factor * x / n, factor * Fraction(x, n), max(self.printed.decimals + 1, 0))

    def impossible(self, whole: Denominator) -> str:
        """Why the percentage cannot be of these patients: the count, or those next to it, and what they make."""
        n = whole.n
        if self.count is not None:
            if self.count > n:
                return f"{self.count} is more than {whole.words}."
            made = self.percent(Fraction(self.count, n))
            return f"{self.count} of {whole.words} {_make(self.count)} {made}, not {self.text}."
        share = self.printed.value * self.printed.scale
        below = floor(share * n)
        next_to = (x for x in (below, below + 1) if 0 <= x <= n)
        made = " and ".join(f"{x} {_make(x)} {self.percent(Fraction(x, n))}" for x in next_to)
        return f"No number of {whole.words} makes {self.text}" + (f": {made}." if made else ".")

    def missing(self, n: int) -> str:
        """The next smaller numbers of patients, down to half, of whom the percentage would be possible."""
        if self.count is not None and self.count > n:
            return "The count may be of other patients, or of events, of which one patient can have several."
        least = max(n // 2, n - MOST_TRIED, 1)
        share = self.printed.as_fraction
        if self.count is None:
            tried = range(n - 1, least - 1, -1)
        else:
            most = floor(self.count / share.low) if share.low > 0 else n - 1
            fewest = ceil(self.count / share.high) if share.high > 0 else n
            tried = range(min(most, n - 1), max(fewest, n // 2, 1) - 1, -1)
        if fewer := list(islice((m for m in tried if self._counts(share, m)), 3)):
            numbers = [str(m) for m in sorted(fewer)]
            listed = " or ".join(part for part in (", ".join(numbers[:-1]), numbers[-1]) if part)
            return f"{MISSING}: it would be possible with {listed} patients."
        count = "" if self.count is None else f" of whom {self.count} are counted"
        return f"Even with up to half of the patients missing, no number of patients{count} gives this figure."


def _make(x: int) -> str:
    return "makes" if x == 1 else "make"
