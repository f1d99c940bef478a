"""A figure that stands in the text more than once is the same each time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence_brief.agree import Figure
from evidence_brief.checks.companions import in_unit
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.rounding import DEPARTURES
from evidence_brief.printed import Number
from evidence_brief.study.kinds import p_interval
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Restated figure"


def check_restated(study: Study) -> Iterator[Judgement | Finding]:
    """A figure that repeats an earlier one (`restates`) prints the same, or less exactly: 91.7% and later 92%."""
    for claim in study.claims.values():
        if claim.restates is None:
            continue
        earlier = study.claims[claim.restates]
        if _agree(study, claim, earlier):
            shown = earlier.value
            figures = tuple(
                Figure(f"{earlier.id} {i}", float(number.value), number.value, max(number.decimals, 0))
                for i, number in enumerate(study.values[earlier.id].numbers, 1)
            )
            why = f"It repeats {earlier.value} (line {study.anchors[earlier.id].line})."
            yield Judgement(claim.id, "reproduced", METHOD, why, shown if figures else None, figures=figures)
        elif (words := _departing(study, claim, earlier)) is not None:
            why = f"It repeats {earlier.value} (line {study.anchors[earlier.id].line}), {words}."
            yield Judgement(claim.id, "reproduced-if", METHOD, why, condition=words)
            sentence = f"{claim.value} repeats {earlier.value} only if {words}."
            yield Finding("restated.rounding", "warning", (claim.id, earlier.id), sentence)
        else:
            sentence = f"{claim.value} is printed where {earlier.value} stood before; they are one figure."
            yield Judgement(claim.id, "contradicted", METHOD, sentence)
            explanation = "Which of the two is right cannot be said; they may also be of different patients or moments."
            yield Finding("restated.differs", "contradiction", (claim.id, earlier.id), sentence, explanation)


def _departing(study: Study, claim: Claim, earlier: Claim) -> str | None:
    """The words for a way of printing that is not rounding, under which the later figure is the earlier one."""
    one, other = study.values[claim.id].numbers, study.values[earlier.id].numbers
    pairs = list(zip(one, other, strict=False))
    for departure in DEPARTURES:
        fits = (departure.shares(a).overlaps(b.as_fraction) for a, b in pairs if a.decimals < b.decimals)
        if pairs and all(a.decimals < b.decimals for a, b in pairs) and all(fits):
            return departure.condition
    return None


def _agree(study: Study, claim: Claim, earlier: Claim) -> bool:
    one, other = study.values[claim.id], study.values[earlier.id]
    if claim.type == "date":
        return _day(claim.value) == _day(earlier.value)
    if claim.type == "p_value" and not (one.relation == other.relation == "="):
        return p_interval(one).overlaps(p_interval(other))
    pairs = list(zip(one.numbers, other.numbers, strict=False))
    if claim.type == "duration" and claim.unit != earlier.unit:
        length = in_unit(other.first.interval, earlier.unit, claim.unit)
        return length is not None and length.overlaps(one.first.interval)
    return bool(pairs) and all(_same(a, b) for a, b in pairs)


def _day(text: str) -> list[str]:
    """The parts of a date in any order: "May 17, 2012" is "17 May 2012"."""
    return sorted(part.lower().removesuffix("th") for part in re.findall(r"\w+", text))


def _same(one: Number, other: Number) -> bool:
    """Whether two printed numbers can be one: equal where they have the same digits, else one rounded further."""
    if one.decimals == other.decimals and one.percent == other.percent:
        return one.value == other.value
    return one.as_fraction.overlaps(other.as_fraction)
