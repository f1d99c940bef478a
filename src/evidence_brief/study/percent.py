"""Percentages whose sign is printed elsewhere: "11% (95% CI 3 to 25)", a risk difference of "−25.0" points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from evidence_brief.study.kinds import Value
from evidence_brief.study.model import Claim, StudyFile


def with_percent(file: StudyFile, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values, where an interval of a percentage, or a risk difference above 1 in size, is in percent too.

    An interval with a sign that its figure lacks is read as the figure is: 41.7 (29.1–55.1%).
    """
    read = dict(values)
    for claim in file.claims:
        value = read.get(claim.id)
        if value is not None and claim.type == "estimate" and (claim.measure or value.letter) == "RD":
            read[claim.id] = _in_percent(value)
    for claim in file.claims:
        value = read.get(claim.id)
        if value is None or claim.type != "confidence_interval":
            continue
        of = read.get(claim.of or "")
        if _is_of_percent(claim, read):
            read[claim.id] = _in_percent(value, of)
        elif of is not None and of.numbers and not of.first.percent and _holds(value, abs(of.first.value)):
            read[claim.id] = replace(value, numbers=tuple(replace(number, percent=False) for number in value.numbers))
    return read


def _holds(value: Value, size: Fraction) -> bool:
    """Whether a size lies between the ends of an interval by their digits alone."""
    sizes = [abs(number.value) for number in value.numbers]
    return min(sizes) <= size <= max(sizes)


def _is_of_percent(claim: Claim, values: Mapping[str, Value]) -> bool:
    """Whether the interval is of a figure in percent, or of a risk difference."""
    target = values.get(claim.of or "")
    if target is not None and target.numbers:
        return target.first.percent
    return claim.measure == "RD"


def _in_percent(value: Value, of: Value | None = None) -> Value:
    """The value in percent, unless it has the sign already or no number is above 1 in size.

    The interval of a figure in percent is so too where the figure lies in it by the digits alone: 0.66% (0.48–0.84).
    """
    numbers = value.numbers
    if any(number.percent for number in numbers):
        return value
    holds = of is not None and of.first.percent and _holds(value, abs(of.first.value))
    if not holds and all(abs(number.value) <= 1 for number in numbers):
        return value
    return replace(value, numbers=tuple(replace(number, percent=True) for number in numbers))
