"""Figures of the same thing: the range beside a median, the SD beside a range, the period that bounds a duration."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evidence_brief.printed import Interval
from evidence_brief.study.kinds import Kind, Value
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

# In days, where that is exact; months and years only convert among themselves.
_DAYS = {"second": Fraction(1, 86400), "minute": Fraction(1, 1440), "hour": Fraction(1, 24), "day": Fraction(1)}
_DAYS |= {"week": Fraction(7)}
_MONTHS = {"month": Fraction(1), "year": Fraction(12)}
_SHORT = {"s": "second", "sec": "second", "min": "minute", "h": "hour", "hr": "hour", "d": "day", "wk": "week"}
_SHORT |= {"w": "week", "mo": "month", "mth": "month", "y": "year", "yr": "year"}


def companions(study: Study, claim: Claim, *types: Kind) -> Iterator[Claim]:
    """Other claims of these types about the same outcome of the same patients at the same time, in the same unit."""
    if claim.outcome is None:
        return
    for other in study.claims.values():
        if other.id != claim.id and other.type in types and _about(other) == _about(claim):
            yield other


def _about(claim: Claim) -> tuple[object, ...]:
    return claim.group, claim.outcome, claim.time, claim.of, claim.unit, claim.scale, claim.change


def spread_kind(claim: Claim, value: Value) -> str:
    """What a range is, or what stands after a mean or median: sd, se, ci95, iqr, range, or nothing where it is bare."""
    if claim.type == "range":
        return value.letter or "range"
    if len(value.numbers) < 2:
        return ""
    return claim.spread or value.letter or ("iqr" if claim.type == "median_iqr" else "sd")


def attained_ends(study: Study, claim: Claim) -> tuple[Claim, Interval, Interval] | None:
    """The lowest and highest value that were seen: of a range, or of a mean or median that is printed with one."""
    for other in companions(study, claim, "range", "median_iqr", "mean_sd"):
        value = study.values[other.id]
        if spread_kind(other, value) == "range":
            return other, value.numbers[-2].interval, value.numbers[-1].interval
    return None


def in_unit(value: Interval, unit: str | None, wanted: str | None) -> Interval | None:
    """A duration in another unit, where that is exact; None where it is not ("weeks" in months)."""
    if unit is not None and wanted is not None and singular(unit) == singular(wanted):
        return value
    for table in (_DAYS, _MONTHS):
        one, other = table.get(singular(unit or "")), table.get(singular(wanted or ""))
        if one is not None and other is not None:
            return value.scaled(one / other)
    return None


def singular(unit: str) -> str:
    """The unit without its plural: "months" and "mo" are "month"."""
    plain = unit.lower().strip().rstrip(".")
    plain = plain.removesuffix("s") if len(plain) > 1 else plain
    return _SHORT.get(plain, plain)
