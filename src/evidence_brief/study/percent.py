"""Percentages whose sign is printed elsewhere: "11% (95% CI 3 to 25)", a risk difference of "−25.0" points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from evidence_brief.study.kinds import Value
from evidence_brief.study.model import Claim, StudyFile


def with_percent(file: StudyFile, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values, where an interval of a percentage, or a risk difference above 1 in size, is in percent too."""
    read = dict(values)
    claims = {claim.id: claim for claim in file.claims}
    for claim in file.claims:
        value = read.get(claim.id)
        if value is not None and claim.type == "estimate" and (claim.measure or value.letter) == "RD":
            read[claim.id] = _in_percent(value)
    for claim in file.claims:
        value = read.get(claim.id)
        if value is not None and claim.type == "confidence_interval" and _is_of_percent(claim, claims, read):
            target = read.get(claim.of or "")
            read[claim.id] = _signed(value) if target is not None and _holds(value, target) else _in_percent(value)
    return read


def _holds(interval: Value, target: Value) -> bool:
    """Whether the limits hold a figure in percent as both are printed: "0.66% (95% CI 0.48 to 0.84)"."""
    inside = sorted(number.value for number in interval.numbers)
    return target.first.percent and inside[0] <= target.first.value <= inside[-1]


def _is_of_percent(claim: Claim, claims: Mapping[str, Claim], values: Mapping[str, Value]) -> bool:
    """Whether the interval is of a figure in percent, or of a risk difference."""
    target = values.get(claim.of or "")
    if target is not None and claims[claim.of or ""].type in ("proportion", "estimate"):
        return target.first.percent
    return claim.measure == "RD"


def _in_percent(value: Value) -> Value:
    """The value in percent, unless it has the sign already or no number is above 1 in size."""
    if any(number.percent for number in value.numbers) or all(abs(number.value) <= 1 for number in value.numbers):
        return value
    return _signed(value)


def _signed(value: Value) -> Value:
    return replace(value, numbers=tuple(replace(number, percent=True) for number in value.numbers))
