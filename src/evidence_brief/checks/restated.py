"""A figure that stands in the text more than once is the same each time."""

from __future__ import annotations

from collections.abc import Iterator

from evidence_brief.agree import Figure
from evidence_brief.checks.result import Finding, Judgement
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
        else:
            sentence = f"{claim.value} is printed where {earlier.value} stood before; they are one figure."
            yield Judgement(claim.id, "contradicted", METHOD, sentence)
            explanation = "Which of the two is right cannot be said; they may also be of different patients or moments."
            yield Finding("restated.differs", "contradiction", (claim.id, earlier.id), sentence, explanation)


def _agree(study: Study, claim: Claim, earlier: Claim) -> bool:
    one, other = study.values[claim.id], study.values[earlier.id]
    if claim.type == "date":
        return " ".join(claim.value.split()).lower() == " ".join(earlier.value.split()).lower()
    if claim.type == "p_value" and not (one.relation == other.relation == "="):
        return p_interval(one).overlaps(p_interval(other))
    pairs = list(zip(one.numbers, other.numbers, strict=False))
    return bool(pairs) and all(_same(a, b) for a, b in pairs)


def _same(one: Number, other: Number) -> bool:
    """Whether two printed numbers can be one: equal where they have the same digits, else one rounded further."""
    if one.decimals == other.decimals and one.percent == other.percent:
        return one.value == other.value
    return one.as_fraction.overlaps(other.as_fraction)
