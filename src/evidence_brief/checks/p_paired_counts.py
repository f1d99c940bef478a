"""The P value of two proportions of the same patients: McNemar's test, on what is known of who changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from evidence_brief.agree import Figure, Later
from evidence_brief.checks.p_decision import Case
from evidence_brief.checks.p_findings import decimals_of, judge, printed_p
from evidence_brief.checks.p_values import p_claims
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.tried import Tried, try_all
from evidence_brief.patients import tables
from evidence_brief.printed import Interval
from evidence_brief.stats import exact, paired_tables
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "P value of paired proportions"
BENIGN = (
    "Patients with one measurement may be missing from the test, other patients may have been compared, or a model of "
    "repeated measurements used."
)
Counts = tuple[int, int]


SECOND = {"mcnemar": "asymptotic", "mcnemar_cc": "cc", "exact": "exact", "mid_p": "mid_p"}
"""The keys of the second path."""


@dataclass(frozen=True)
class PairedTest:
    """A two-sided test of the two counts of patients who changed."""

    key: str
    label: str
    names: tuple[str, ...]
    sides: int = 2


FAMILY = tuple(PairedTest(test.key, test.label, (*test.names, "mcnemar paired")) for test in paired_tables.TESTS)


def check_p_paired_counts(study: Study) -> Iterator[Judgement | Finding]:
    """A P value of paired proportions is what McNemar's test gives for the patients who changed.

    Where only the two proportions are printed, every number of changes that they allow is tried: reproduced if
    each prints it, possible if some does, contradicted if none.
    """
    for claim in p_claims(study, "paired proportions"):
        options = _discordant(study, claim)
        if isinstance(options, str):
            yield Judgement(claim.id, "unchecked", METHOD, options)
            continue
        value = study.values[claim.id]
        tried = _try(options, printed_p(value))
        cut = partial(_try, options, value.first.truncated) if value.relation == "=" else None
        if not tried:
            yield Judgement(claim.id, "unchecked", METHOD, "No patient changed, so that no test is defined.")
            continue
        case = Case(METHOD, FAMILY, claim.test, printed_p(value), tried, cut, decimals_of(value))
        compared = " and ".join(study.claims[name].value for name in claim.compares)
        yield from judge(claim, value, case, f"{compared} of the same patients", BENIGN)


def _discordant(study: Study, claim: Claim) -> list[Counts] | str:
    """The (gained, lost) that the printed figures allow, or why they are not known."""
    if claim.discordant:
        b, c = (int(study.values[name].first.value) for name in claim.discordant)
        return [(b, c)]
    if len(claim.compares) != 2:
        return "A paired comparison of more than two figures depends on the single patients, who are not reported."
    first, second = (tables(study, study.claims[name]) for name in claim.compares)
    pairs = {(x1, x2, n1) for x1, n1 in first for x2, n2 in second if n1 == n2}
    if not pairs:
        return "The two figures are not of the same known number of patients."
    found = [paired_tables.discordant_pairs(x1, x2, n) for x1, x2, n in pairs]
    if any(options is None for options in found):
        return "The two figures leave too many possible numbers of changes."
    return sorted({counts for options in found for counts in options or ()})


def _second(key: str, b: int, c: int) -> Any:
    return exact.mcnemar(b, c)[SECOND[key]]


def _try(options: list[Counts], printed: Interval) -> list[Tried]:
    tried = []
    for test in FAMILY:
        values = {counts: p for counts in options if (p := paired_tables.p_values(*counts)[test.key]) is not None}
        if values:
            ends = dict.fromkeys((min(values, key=values.__getitem__), max(values, key=values.__getitem__)))
            figures = tuple(Figure(test.label, values[end], Later(partial(_second, test.key, *end))) for end in ends)
            tried.append(try_all(test, tuple(values.values()), printed, figures))
    return tried
