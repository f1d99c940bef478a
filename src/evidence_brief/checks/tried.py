"""Tests that were tried for a printed P value: what they give, whether that prints as reported, and words for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evidence_brief.agree import Figure, rounded
from evidence_brief.checks.result import Prints, Trial
from evidence_brief.printed import Interval, show
from evidence_brief.stats.named import Named
from evidence_brief.stats.test_statistics import ALPHA

ANOTHER_TEST, FAR = 2, 10
"""P values of score, likelihood ratio, log-rank, rank and Wald tests of one comparison may differ by the first factor
where one lies on either side of 5%. Of 386 estimates with interval and P value in trial reports 58 differ by more than
rounding, mostly for this reason; only what the first factor (across 5%), or the second, leaves is contradicted."""


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


def decides_otherwise(printed: Interval, lowest: float, highest: float) -> bool:
    """Whether the printed P value lies on the other side of 5% than every recomputed one: a decision error."""
    if below_alpha(printed):
        return lowest >= ALPHA
    return printed.low >= ALPHA and highest < ALPHA


def below_alpha(printed: Interval) -> bool:
    """Whether every value that the printed P value stands for lies below 5%."""
    return printed.high < ALPHA or (printed.high == ALPHA and printed.low < ALPHA and not printed.includes_high)


def beyond_another_test(printed: Interval, over: tuple[float, float], flips: bool) -> bool:
    """Whether a printed P value is further from all that was recomputed than another test of the comparison explains.

    `over` are the lowest and the highest recomputed; `flips` says that they decide otherwise at 5%.
    """
    low, high = float(printed.low), float(printed.high)
    if high < over[0]:
        times = over[0] / high if high else float("inf")
    else:
        times = low / over[1] if over[1] else float("inf")
    return times > (ANOTHER_TEST if flips else FAR)
