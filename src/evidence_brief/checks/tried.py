"""Tests that were tried for a printed P value: what they give, whether that prints as reported, and words for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evidence_brief.agree import Figure, rounded
from evidence_brief.checks.result import Prints, Trial
from evidence_brief.printed import Interval, show
from evidence_brief.stats.named import Named


@dataclass(frozen=True)
class Tried:
    """One test, and the P values that it gives for what the printed figures stand for.

    `figures` holds the lowest and the highest by both paths.
    """

    test: Named
    values: tuple[float, ...]
    prints: Prints
    figures: tuple[Figure, ...] = ()

    @property
    def label(self) -> str:
        """The name of the test, and that it is one-sided if so."""
        sided = self.test.sides == 2 or "one-sided" in self.test.label
        return self.test.label if sided else f"{self.test.label}, one-sided"

    def trial(self, decimals: int) -> Trial:
        """The test as the ledger shows it."""
        figures = tuple(Figure(f.name, f.first, f.path, decimals) for f in self.figures)
        return Trial(self.label, span([self], decimals), self.prints, figures)


def try_all(test: Named, values: tuple[float, ...], printed: Interval, figures: tuple[Figure, ...] = ()) -> Tried:
    """Whether a test prints as reported for all, some, or none of these P values."""
    hits = [rounded(p) in printed for p in values]
    return Tried(test, values, "no" if not any(hits) else "yes" if all(hits) else "some", figures)


def try_range(
    test: Named,
    point: float,
    ends: Sequence[float],
    over: tuple[float, float],
    printed: Interval,
    figures: tuple[Figure, ...] = (),
) -> Tried:
    """Whether a test prints as reported at the printed inputs, or somewhere `over` all that they stand for.

    `ends` are the P values at those inputs that differ most and least; they are shown beside the `point`.
    """
    low, high = min(over[0], point, *ends), max(over[1], point, *ends)
    if rounded(point) in printed:
        prints: Prints = "yes"
    else:
        prints = "some" if Interval(rounded(low), rounded(high)).overlaps(printed) else "no"
    return Tried(test, (point, *ends), prints, figures)


def two_sided(tried: Sequence[Tried]) -> list[Tried]:
    """The two-sided ones among the tests."""
    return [trial for trial in tried if trial.test.sides == 2]


def names(tried: Sequence[Tried]) -> str:
    """The tests by name: both where they are two, else the first and how many more."""
    labels = [trial.label for trial in tried]
    return " and ".join(labels) if len(labels) <= 2 else f"{labels[0]} and {len(labels) - 1} other tests"


def give(tried: Sequence[Tried], decimals: int) -> str:
    """What the tests give, in words: "Pearson χ² and 3 other tests give 0.0065 to 0.0072"."""
    return f"{names(tried)} {'gives' if len(tried) == 1 else 'give'} {span(tried, decimals)}"


def span(tried: Sequence[Tried], decimals: int) -> str:
    """The lowest to the highest P value of the tests."""
    values = [p for trial in tried for p in trial.values]
    low, high = show_p(min(values), decimals), show_p(max(values), decimals)
    return low if low == high else f"{low} to {high}"


def show_p(p: float, decimals: int) -> str:
    """A P value with so many decimals, or the bound below which it lies."""
    smallest = Fraction(1, 10**decimals)
    return f"<{show(smallest, decimals)}" if p < smallest / 2 else show(rounded(p), decimals)
