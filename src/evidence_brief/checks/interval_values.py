"""A method of a confidence interval that was tried: its limits, whether they print as reported, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import NormalDist
from typing import Any

from evidence_brief.agree import Figure, Later, rounded
from evidence_brief.checks.result import Prints, Trial
from evidence_brief.printed import Interval, Number, show

Limits = tuple[float, float]
HUGE = 1e300
"""Limits beyond it are infinite."""


ROUNDED_QUANTILES = {0.9: (1.64, 1.645, 1.65), 0.95: (1.96,), 0.99: (2.58, 2.576)}
"""What people write for the normal quantile of a level."""


def rounded_levels(level: float) -> tuple[float, ...]:
    """The levels whose exact quantile is one of those that people write for this one."""
    return tuple(2 * NormalDist().cdf(z) - 1 for z in ROUNDED_QUANTILES.get(level, ()))


class Cut(Number):
    """A printed number read as cut off, not rounded."""

    @cached_property
    def interval(self) -> Interval:
        """Every value that is cut off to the text."""
        return self.truncated


@dataclass(frozen=True)
class TriedInterval:
    """A method of an interval, its limits for each set of counts, and whether they print as reported."""

    label: str
    names: tuple[str, ...]
    prints: Prints
    figures: tuple[Figure, Figure] | tuple[()] = ()
    key: str = ""
    sides: int = 2

    def text(self, numbers: Sequence[Number]) -> str:
        """The limits with one digit more than printed; nothing where they are not computed twice."""
        if not self.figures:
            return ""
        pairs = zip(self.figures, numbers, strict=True)
        return " to ".join(
            show(rounded(figure.first), max(number.decimals + 1, 0)) + ("%" if number.percent else "")
            for figure, number in pairs
        )

    def trial(self, numbers: Sequence[Number]) -> Trial:
        """The method as the ledger shows it."""
        return Trial(self.label, self.text(numbers) or "not shown", self.prints, self.figures)


def fits(limits: Limits, printed: Sequence[Interval]) -> bool:
    """Whether both limits lie in their printed intervals."""
    return all(abs(end) < HUGE and rounded(end) in interval for end, interval in zip(limits, printed, strict=True))


def limit_figures(
    label: str, first: Sequence[float], second: Callable[[], Sequence[Any]], numbers: Sequence[Number]
) -> tuple[Figure, Figure] | tuple[()]:
    """Both limits on the printed scale; nothing where one is infinite. `second` gives both by the second path."""
    if any(abs(end) > HUGE for end in first):
        return ()
    limits = Later(second)
    low, high = (
        Figure(f"{label}, {end} limit", a * float(1 / n.scale), _limit(limits, i, n), max(n.decimals + 1, 0))
        for i, (end, a, n) in enumerate(zip(("lower", "upper"), first, numbers, strict=True))
    )
    return low, high


def _limit(limits: Later, place: int, number: Number) -> Later:
    return Later(lambda: limits.value[place] * _factor(number))


def _factor(number: Number) -> int:
    return int(1 / number.scale)
