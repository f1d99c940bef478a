"""Ways of printing that depart from rounding, and how the study prints its other figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from evidence_brief.checks.steps import scored
from evidence_brief.patients import denominators, fitting_counts, tables, truncated_share
from evidence_brief.printed import Interval, Number, show
from evidence_brief.stats.granularity import grim_totals
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim


@dataclass(frozen=True)
class Departure:
    """A way of printing a number that is not rounding: its code, its words, and the values that print so."""

    code: str
    condition: str
    words: str
    values: Callable[[Number], Interval]
    twice: bool = False

    def shares(self, printed: Number) -> Interval:
        """The values on the scale of 0 to 1 when the number is a percentage."""
        return self.values(printed).scaled(printed.scale)


def rounded_twice(printed: Number) -> Interval:
    """Every value that prints as the text when it is first rounded to one digit more, and that half up.

    61.8474 is 61.85 and then 61.9: common where a table is rounded for the abstract.
    """
    half, tenth = printed.unit / 2, printed.unit / 20
    if printed.value < 0:
        return Interval(printed.value + half, printed.value + half + tenth)
    return Interval(printed.value - half - tenth, printed.value - half)


DEPARTURES = (
    Departure("truncated", "cut off instead of rounded", "cut off, not rounded", lambda printed: printed.truncated),
    Departure("rounded_twice", "rounded twice", "rounded twice", rounded_twice, twice=True),
)


def rounded_elsewhere(study: Study, claim: Claim) -> str:
    """A sentence that names another mean or percentage which only rounding prints, the same type first.

    Empty where the study holds none: then all its figures may be cut off.
    """
    others = [other for other in study.claims.values() if other.id != claim.id]
    for other in sorted(others, key=lambda other: other.type != claim.type):
        example = _mean(study, other) if other.type == "mean_sd" else _percentage(study, other)
        if example:
            return f"Elsewhere the study rounds: {example}."
    return ""


def _mean(study: Study, claim: Claim) -> str | None:
    known = scored(study, claim)
    if isinstance(known, str):
        return None
    totals = grim_totals(known.mean.interval, known.n, known.steps)
    if not totals or grim_totals(known.mean.truncated, known.n, known.steps):
        return None
    division, result = known.division(known.steps.total(totals[0], known.n))
    return f"{division} = {result} is printed as {known.mean.text}"


def _percentage(study: Study, claim: Claim) -> str | None:
    if claim.type != "proportion" or len(options := tables(study, claim)) != 1 or len(denominators(study, claim)) != 1:
        return None
    (x, n), printed = options[0], study.values[claim.id].first
    share = printed.as_fraction
    if x not in fitting_counts(share, n) or fitting_counts(truncated_share(printed), n):
        return None
    more = max(printed.decimals + 1, 0)
    shown = f"{show(100 * x / n, more)}%" if printed.percent else show(x / n, more)
    return f"{x}/{n} = {shown} is printed as {printed.text}"
