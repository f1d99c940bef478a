"""The second path: every recomputed number stands in the ledger twice, and a disagreement stops the build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import isfinite
from typing import Any

from evidence_brief.errors import PathsDisagree, Problem
from evidence_brief.printed import show

RELATIVE = 1e-9
"""Largest difference of the two paths, relative to the second."""

ZERO = 1e-15
"""What floats leave of a difference that is zero."""

SIGNIFICANT = 10
"""Digits to which the first path is computed: those behind them are binary noise, and rounded away before printing."""


class Later:
    """A number of the second path that is computed when it is first asked for: a survey, which prints none, never asks.

    Exact arithmetic takes a hundred times as long as the floats that decide the verdict.
    """

    def __init__(self, compute: Callable[[], Any]) -> None:
        self._compute = compute

    @cached_property
    def value(self) -> Any:
        """The number, computed once."""
        return self._compute()

    def times(self, factor: Fraction | int) -> Later:
        """The number multiplied by a factor, later too."""
        return Later(lambda: self.value * factor)

    def __reduce__(self) -> tuple[Callable[[Any], Any], tuple[Any]]:
        return _known, (self.value,)


def _known(value: Any) -> Any:
    """What a `Later` is in another process: its number."""
    return value


@dataclass(frozen=True)
class Figure:
    """A recomputed number twice: by the first path (floats), and by the second (`stats.exact`), which shares nothing.

    `path` is the number by the second path, or a `Later`. `decimals` is how many of it are shown; the ledger refuses
    to be made where the two disagree.
    """

    name: str
    first: float
    path: Fraction | Later | Any
    decimals: int = 6

    @property
    def second(self) -> Any:
        """The number by the second path."""
        return self.path.value if isinstance(self.path, Later) else self.path


def require_agreement(study: str, named: Iterable[tuple[str, Figure]]) -> None:
    """Compare the two paths of each (claim, figure). Raises PathsDisagree with every one that differs."""
    if problems := list(_problems(study, named)):
        raise PathsDisagree(*problems)


def _problems(study: str, named: Iterable[tuple[str, Figure]]) -> Iterator[Problem]:
    for claim, figure in named:
        if not agree(figure):
            yield Problem(
                f"data/{study}/study.yml",
                f"the two computations of “{figure.name}” disagree",
                claim=claim,
                expected=f"{as_text(figure.second)} (exact)",
                found=f"{as_text(figure.first)} (floating point)",
                mend="this is a defect of evidence-brief, not of the study: report it with the study file",
            )


def agree(figure: Figure) -> bool:
    """Whether the two paths differ by no more than RELATIVE and print the same digits."""
    first, second = float(figure.first), float(figure.second)
    if not (isfinite(first) and isfinite(second)):
        return first == second
    if abs(first - second) > max(RELATIVE * abs(second), ZERO):
        return False
    return show(rounded(first), figure.decimals) == show(rounded(second), figure.decimals)


def rounded(value: float) -> Fraction:
    """A number to SIGNIFICANT digits: .0065 is 13/2000 and prints as .007 (half up), the nearest float lies below."""
    return Fraction(f"{value:.{SIGNIFICANT}g}")


def as_text(value: Any) -> str:
    """A number of either path for the ledger: ten significant digits."""
    return f"{float(value):.{SIGNIFICANT}g}"
