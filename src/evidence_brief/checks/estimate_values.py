"""What the reported figures give for an estimate: one value for each pair of counts, or a value with its range."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil
from typing import Any

from evidence_brief.agree import Figure, Later, rounded
from evidence_brief.checks.result import Prints
from evidence_brief.checks.summaries import Summary
from evidence_brief.patients import tables
from evidence_brief.printed import Interval, Number, show
from evidence_brief.stats import effects, exact
from evidence_brief.stats.conditional_odds_ratio import conditional_estimate
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

NAMES = {"RR": "relative risk", "OR": "odds ratio", "RD": "risk difference", "NNT": "number needed to treat"}


LARGEST = 1e6
"""Odds ratios beyond it are those of an empty cell, as good as infinite."""


@dataclass(frozen=True)
class Computed:
    """Values of an estimate by both paths, on the scale of 0 to 1 where it is of percentages; and their range."""

    name: str
    values: tuple[tuple[float, Any], ...]
    reach: Interval | None = None

    def prints(self, printed: Interval) -> Prints:
        """Whether all, some or none of the values lie in the printed interval."""
        hits = [rounded(first) in printed for first, _ in self.values]
        if all(hits):
            return "yes"
        near = self.reach is not None and self.reach.overlaps(printed)
        return "some" if any(hits) or near else "no"

    def shown(self, printed: Number) -> tuple[str, tuple[Figure, ...]]:
        """The lowest to the highest value with one digit more than printed, and the figures behind them."""
        ends = {end[0]: end for end in (min(self.values, key=_first), max(self.values, key=_first))}
        decimals = max(printed.decimals + 1, 0)
        factor = 1 / printed.scale
        figures = tuple(
            Figure(self.name, first * float(factor), _times(second, factor), decimals)
            for first, second in ends.values()
        )
        sign = "%" if printed.percent else ""
        return " to ".join(show(rounded(figure.first), decimals) + sign for figure in figures), figures


def _first(value: tuple[float, Any]) -> float:
    return value[0]


def _times(second: Any, factor: Fraction) -> Any:
    return second.times(factor) if isinstance(second, Later) else second * factor


def from_tables(study: Study, measure: str, first: Claim, second: Claim) -> Computed:
    """The measure for every pair of counts that the two figures stand for; no value where it is undefined."""
    pairs = product(tables(study, first), tables(study, second))
    found = (_of_counts(measure, *one, *two) for one, two in pairs)
    return Computed(NAMES[measure], tuple(value for value in found if value is not None))


def conditional_odds(study: Study, first: Claim, second: Claim) -> Computed:
    """The odds ratio that both margins of the table make likeliest, which R's fisher.test prints."""
    pairs = product(tables(study, first), tables(study, second))
    found = ((odds, twice) for one, two in pairs if (odds := conditional_estimate(*one, *two)) is not None
             and 0 < odds < LARGEST and (twice := exact.conditional_odds_ratio(*one, *two)) is not None)  # fmt: skip
    return Computed("conditional odds ratio (Fisher)", tuple(found))


def rounded_up(computed: Computed) -> Computed:
    """The same rounded up to whole numbers, as numbers needed to treat are."""
    return Computed(
        f"{computed.name}, rounded up", tuple((float(ceil(q)), Fraction(ceil(q))) for _, q in computed.values)
    )


def half_added(study: Study, measure: str, first: Claim, second: Claim) -> Computed:
    """The ratio after ½ is added to each cell, where one is empty (Haldane 1956; Anscombe 1956)."""
    pairs = product(tables(study, first), tables(study, second))
    doubled = [
        (2 * x1 + 1, 2 * n1 + 2, 2 * x2 + 1, 2 * n2 + 2) for (x1, n1), (x2, n2) in pairs if _empty(x1, n1, x2, n2)
    ]
    found = (_of_counts(measure, *counts) for counts in doubled)
    return Computed(NAMES[measure], tuple(value for value in found if value is not None))


def _empty(x1: int, n1: int, x2: int, n2: int) -> bool:
    return not (x1 and x2 and x1 < n1 and x2 < n2)


def _of_counts(measure: str, x1: int, n1: int, x2: int, n2: int) -> tuple[float, Fraction] | None:
    difference = Fraction(x1, n1) - Fraction(x2, n2)
    if measure == "RD":
        return x1 / n1 - x2 / n2, difference
    if measure == "NNT":
        return (1 / abs(x1 / n1 - x2 / n2), 1 / abs(difference)) if difference else None
    above, below = (x1 * n2, n1 * x2) if measure == "RR" else (x1 * (n2 - x2), (n1 - x1) * x2)
    if not below:
        return None
    first = (x1 / n1) / (x2 / n2) if measure == "RR" else (x1 / (n1 - x1)) / (x2 / (n2 - x2)) if x2 < n2 else 0.0
    return first, Fraction(above, below)


def from_percentages(study: Study, measures: Sequence[str], compared: tuple[Claim, Claim]) -> Iterator[Computed]:
    """The measures of the percentages as printed: some papers compute with what they have rounded."""
    if any(claim.type != "proportion" for claim in compared):
        return
    p, q = (study.values[claim.id].first.value * study.values[claim.id].first.scale for claim in compared)
    for measure in measures:
        above, below = {"RR": (p, q), "OR": (p * (1 - q), (1 - p) * q), "RD": (p - q, Fraction(1))}[measure]
        if below:
            yield Computed(NAMES[measure], ((float(above) / float(below), above / below),))


def from_means(measure: str | None, means: list[Number], groups: list[Summary] | None) -> list[Computed]:
    """The difference of two means; and, divided by their SDs, Cohen's d and Hedges' g."""
    one, two = means
    if measure in ("MD", None):
        difference = one.value - two.value
        reach = one.interval + two.interval.mirrored()
        return [Computed("difference of means", ((float(one.value) - float(two.value), difference),), reach)]
    if measure != "SMD" or groups is None or not all(group.sd_printed for group in groups):
        return []
    first, second = groups
    floats, fractions = (*first.floats, *second.floats), (*first.exact, *second.exact)
    found = [("Cohen's d", effects.cohen_d(*floats).estimate, Later(lambda: exact.cohen_d(*fractions)))]
    if first.n + second.n > 3:
        found.append(("Hedges' g", effects.hedges_g(*floats).estimate, Later(lambda: exact.hedges_g(*fractions))))
    name = "standardised mean difference"
    over = _standardised(groups)
    return [Computed(f"{name} ({kind})", ((a, b),), over) for kind, a, b in found]


def _standardised(groups: list[Summary]) -> Interval | None:
    """The values that d and g can take over the printed digits: the difference over the least and largest SD."""
    one, two = groups
    difference = one.mean + two.mean.mirrored()
    smallest = min(group.sd.low for group in groups)
    if smallest <= 0:
        return None
    ends = [
        d / s
        for d in (difference.low, difference.high)
        for s in (_pooled(groups, low=True), _pooled(groups, low=False))
    ]
    j = Fraction(effects.small_sample_correction(one.n + two.n - 2)) if one.n + two.n > 3 else Fraction(1)
    ends += [end * j for end in ends]
    return Interval(min(ends), max(ends))


def _pooled(groups: list[Summary], *, low: bool) -> Fraction:
    ends = [float(group.sd.low if low else group.sd.high) for group in groups]
    return Fraction(effects.pooled_sd(ends[0], groups[0].n, ends[1], groups[1].n))
