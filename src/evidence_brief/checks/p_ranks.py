"""Mann–Whitney U: a value that two groups of these sizes can have, and the P value beside it.

Mann HB, Whitney DR. On a test of whether one of two random variables is stochastically larger than the other.
Ann Math Stat 1947;18:50-60.
"""

from __future__ import annotations

from collections.abc import Iterator

from evidence_brief.checks.p_findings import as_printed, printed_p
from evidence_brief.checks.p_values import p_claims
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.patients import group_size
from evidence_brief.stats.rank_tests import u_and_p, u_possible
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Mann–Whitney U"
BENIGN = "Values with few steps have many ties, whose exact P value depends on every tie; or patients may be missing."


def check_p_ranks(study: Study) -> Iterator[Judgement | Finding]:
    """U of n1 and n2 patients lies between 0 and n1 n2 and is a whole number, or with ties a half.

    Its P value is held against the exact distribution and the normal approximation, with and without continuity
    correction, and with ties, which are not known and only make the variance smaller. Where none fits, the two are
    not contradicted (an exact test of tied values is not bounded), but there is a warning.
    """
    for claim in study.claims.values():
        if _is_u(study, claim) and (sizes := _sizes(study, claim)) is not None:
            yield from _value(study, claim, sizes)
    for claim in p_claims(study, "reported figure"):
        of = study.claims[claim.of or ""]
        if _is_u(study, of) and (sizes := _sizes(study, of)) is not None:
            yield from _p_value(study, claim, of, sizes)


def _is_u(study: Study, claim: Claim) -> bool:
    return claim.type == "test_statistic" and study.values[claim.id].letter.upper() == "U"


def _sizes(study: Study, claim: Claim) -> tuple[int, int] | None:
    """The numbers of patients of the two groups that U compares."""
    known = [group_size(study, study.claims[name].group) for name in claim.compares]
    sizes = [size.n for size in known if size is not None and size.n > 0]
    return (sizes[0], sizes[1]) if len(known) == len(sizes) == 2 else None


def _value(study: Study, claim: Claim, sizes: tuple[int, int]) -> Iterator[Judgement | Finding]:
    n1, n2 = sizes
    if u_possible(study.values[claim.id].first.interval, n1, n2):
        why = f"Groups of {n1} and {n2} can have this U."
        yield Judgement(claim.id, "possible", METHOD, why)
        return
    sentence = f"{claim.value}: U of groups of {n1} and {n2} is a whole number or a half from 0 to {n1 * n2}."
    yield Judgement(claim.id, "contradicted", METHOD, sentence)
    yield Finding("statistic.u_impossible", "contradiction", (claim.id,), sentence, "Other numbers may be compared.")


def _p_value(study: Study, claim: Claim, of: Claim, sizes: tuple[int, int]) -> Iterator[Judgement | Finding]:
    u, p = study.values[of.id].first.interval, printed_p(study.values[claim.id])
    found = u_and_p(u, p, *sizes)
    if found is None or not found.attainable:
        return
    if found.together == "yes":
        why = f"{of.value} of groups of {sizes[0]} and {sizes[1]} has this P value ({', '.join(found.untied)})."
        yield Judgement(claim.id, "reproduced", METHOD, why)
    elif found.together == "if tied":
        why = f"{of.value} of groups of {sizes[0]} and {sizes[1]} can have this P value if values are tied."
        yield Judgement(claim.id, "possible", METHOD, why)
    elif (one := u_and_p(u, p, *sizes, sides=1)) is not None and one.together == "yes":
        why = f"{of.value} of groups of {sizes[0]} and {sizes[1]} has this P value one-sided ({', '.join(one.untied)})."
        yield Judgement(claim.id, "reproduced-if", METHOD, why, condition="one-sided")
        yield Finding("p_value.one_sided", "warning", (claim.id, of.id), f"{as_printed(claim)}: {why}")
    else:
        sentence = (
            f"{as_printed(claim)} is not what {of.value} of groups of {sizes[0]} and {sizes[1]} gives: neither exactly "
            "nor by the normal approximation, with ties or without."
        )
        yield Judgement(claim.id, "unchecked", METHOD, f"{sentence} {BENIGN}")
        yield Finding("p_value.u", "warning", (claim.id, of.id), sentence, BENIGN)
