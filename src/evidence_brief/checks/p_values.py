"""What a printed P value is of, which decides how it is recomputed; and P values that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from evidence_brief.checks.p_findings import is_zero
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.patients import COUNTED
from evidence_brief.printed import Interval
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "P value"
_POSSIBLE = Interval(Fraction(0), Fraction(1))
_MODEL_VALUE = re.compile(r"interaction|heterogeneity|inferiority|equivalence|trend", re.I)
_MODEL_SAID = re.compile(r"interaction|inferiority|equivalence|superiority margin", re.I)

Kind = Literal["proportions", "paired proportions", "means", "paired means", "reported figure", "unknown"]


def p_claims(study: Study, kind: Kind) -> Iterator[Claim]:
    """The P values of this kind that lie between 0 and 1 and are of no model with covariates."""
    for claim in study.claims.values():
        # What costs least is asked first: every check of P values goes through all claims.
        if claim.type != "p_value" or kind_of(study, claim) != kind:
            continue
        if not _of_a_model(claim) and not is_outside(study, claim):
            yield claim


def kind_of(study: Study, claim: Claim) -> Kind:
    """What a P value is of: the figure that it belongs to (`of`), or those that it compares."""
    if claim.of is not None:
        return "reported figure"
    types = {study.claims[name].type for name in claim.compares}
    if types and types <= set(COUNTED):
        return "paired proportions" if claim.paired else "proportions"
    if types == {"mean_sd"}:
        return "paired means" if claim.paired else "means"
    return "unknown"


def _of_a_model(claim: Claim) -> bool:
    """Whether it is of a model with covariates, or says that it is of an interaction, a trend or a margin."""
    said = " ".join(text for text in (claim.test, claim.label, claim.outcome) if text)
    return claim.adjusted or _MODEL_VALUE.search(claim.value) is not None or _MODEL_SAID.search(said) is not None


def is_outside(study: Study, claim: Claim) -> bool:
    """Whether what is printed is no P value: above 1, or below 0."""
    value = study.values[claim.id]
    return not is_zero(value) and not value.p.overlaps(_POSSIBLE)


def check_p_values(study: Study) -> Iterator[Judgement | Finding]:
    """What is printed as a P value lies between 0 and 1.

    Where no check can recompute it (it is of a model, or what it compares is not reported), the reason is said.
    """
    for claim in study.claims.values():
        if claim.type != "p_value":
            continue
        if is_outside(study, claim):
            sentence = f"{claim.value}: a P value lies between 0 and 1."
            yield Judgement(claim.id, "contradicted", METHOD, sentence)
            yield Finding("p_value.outside", "contradiction", (claim.id,), sentence)
        elif (reason := _why_not(study, claim)) is not None:
            yield Judgement(claim.id, "unchecked", METHOD, reason)


def _why_not(study: Study, claim: Claim) -> str | None:
    if _of_a_model(claim):
        return (
            "It is of a model (covariates, interaction, trend, margin or heterogeneity), whose data are not reported."
        )
    if kind_of(study, claim) != "unknown":
        return None
    if not claim.compares:
        return "The figures that this P value compares are not reported."
    types = sorted({study.claims[name].type for name in claim.compares})
    if types == ["median_iqr"]:
        return "A comparison of medians depends on the single values, which are not reported."
    return "The figures that it compares are of kinds that no test compares from what is printed."
