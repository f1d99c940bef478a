"""The P value of two independent proportions, under every conventional test; of more than two, by r×c tests."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from evidence_brief.checks.p_decision import Case
from evidence_brief.checks.p_findings import decimals_of, judge, printed_p
from evidence_brief.checks.p_groups import FAMILY, categories, try_groups
from evidence_brief.checks.p_tests import MOST_TABLES, left_out, try_two_by_two, unconditional_differ
from evidence_brief.checks.p_values import p_claims
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.patients import counts_members, denominators, leaves_too_many, shared_among, tables, why_unknown
from evidence_brief.stats.two_by_two import TESTS
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "P value of two proportions"
METHOD_OF_GROUPS = "P value of several proportions"
BENIGN = (
    "An adjusted analysis, a regression model, an analysis of times to the event (such as a log-rank test), a "
    "correction for multiple tests, a matched design or patients with missing data could give another P value."
)
TOO_MANY = "The printed percentages leave too many possible counts of patients to say what the P value is."
BETWEEN = "Exact tests, which take too long for so many patients, may give what lies between."


def check_p_proportions(study: Study) -> Iterator[Judgement | Finding]:
    """A reported P value is what some conventional test gives for the reported proportions.

    Reproduced by a two-sided test (the named one, where the source names one); reproduced-if by another test
    than the named one, one-sided, or cut off; contradicted if no test prints it.
    """
    for claim in p_claims(study, "proportions"):
        if categories(study, claim) is not None:
            yield from _of_several(study, claim)
        elif (reason := _why_not(study, claim)) is not None:
            yield Judgement(claim.id, "unchecked", METHOD, reason)
        elif len(claim.compares) == 2:
            yield from _of_two(study, claim)
        else:
            yield from _of_several(study, claim)


def _of_two(study: Study, claim: Claim) -> Iterator[Judgement | Finding]:
    case = _case(study, claim, quick=True) if study.verdicts_alone else None
    if case is None or not _enough(study, claim, case):
        case = _case(study, claim, quick=False)
    yield from judge(claim, study.values[claim.id], case, _compared_words(study, claim), BENIGN)


def _enough(study: Study, claim: Claim, quick: Case) -> bool:
    """Whether the unconditional tests, which take long, change nothing of the verdict and of its findings."""
    if quick.certain or claim.test is not None or not quick.tried:
        return quick.certain
    value = study.values[claim.id]
    wanted = [quick.printed, *([value.first.truncated] if value.relation == "=" else [])]
    return not unconditional_differ(study, claim, wanted, quick.tried)


def _case(study: Study, claim: Claim, *, quick: bool) -> Case:
    """The P value under every test, or under the quick ones."""
    value = study.values[claim.id]
    tried = try_two_by_two(study, claim, printed_p(value), quick=quick)
    cut = partial(try_two_by_two, study, claim, value.first.truncated, quick=quick) if value.relation == "=" else None
    between = BETWEEN if left_out(tried, quick=quick) else ""
    return Case(METHOD, TESTS, claim.test, printed_p(value), tried, cut, decimals_of(value), between)


def _of_several(study: Study, claim: Claim) -> Iterator[Judgement | Finding]:
    case = _case_of_several(study, claim, quick=True) if study.verdicts_alone else None
    if case is None or not case.certain:
        case = _case_of_several(study, claim, quick=False)
    if not any(trial.test.sides == 2 for trial in case.tried):
        yield Judgement(claim.id, "unchecked", METHOD_OF_GROUPS, "No test is defined where all or none had the event.")
        return
    yield from judge(claim, study.values[claim.id], case, _compared_words(study, claim), BENIGN)


def _case_of_several(study: Study, claim: Claim, *, quick: bool) -> Case:
    """The P value of several groups under every test, or under the quick ones."""
    value = study.values[claim.id]
    tried = try_groups(study, claim, printed_p(value), quick=quick)
    cut = partial(try_groups, study, claim, value.first.truncated, quick=quick) if value.relation == "=" else None
    return Case(METHOD_OF_GROUPS, FAMILY, claim.test, printed_p(value), tried, cut, decimals_of(value))


def _why_not(study: Study, claim: Claim) -> str | None:
    """Why this P value cannot be recomputed from independent proportions, if so."""
    compared = [study.claims[name] for name in claim.compares]
    return shared_among(study, compared) or _why_no_tables(study, compared)


def _why_no_tables(study: Study, compared: list[Claim]) -> str | None:
    pairs = 1
    for other in compared:
        options = tables(study, other)
        pairs *= len(options)
        if options:
            continue
        known = denominators(study, other)
        if leaves_too_many(study, other):
            return TOO_MANY
        if not any(denominator.n for denominator in known):
            return f"Of how many patients {other.value} is, is not known. {why_unknown(study, other)}"
        if other.type == "count" and not counts_members(other, known[0]):
            return f"{other.value} counts {other.unit}, not patients, so that no test of proportions applies."
        return f"{other.value} does not fit its number of patients."
    return TOO_MANY if pairs > MOST_TABLES else None


def _compared_words(study: Study, claim: Claim) -> str:
    return " against ".join(_compared(study, name) for name in claim.compares)


def _compared(study: Study, name: str) -> str:
    claim = study.claims[name]
    options = tables(study, claim)
    sizes = {n for _, n in options}
    text = f"{options[0][0]} of {options[0][1]}" if len(options) == 1 else claim.value
    if len(options) > 1 and len(sizes) == 1:
        text = f"{claim.value} of {options[0][1]}"
    return f"{text} ({study.file.groups[claim.group].label})" if claim.group else text
