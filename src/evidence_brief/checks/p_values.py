"""The P value of two independent proportions, under every conventional test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from evidence_brief.checks.p_decision import Case, Decision, decide
from evidence_brief.checks.p_tests import (
    MOST_TABLES,
    left_out,
    p_values_of,
    show_p,
    span,
    try_test,
    two_sided,
)
from evidence_brief.checks.result import Finding, Judgement, Trial
from evidence_brief.labels import sentence_case
from evidence_brief.patients import (
    counts_members,
    denominators,
    leaves_too_many,
    shared_patients,
    tables,
    why_unknown,
)
from evidence_brief.printed import Interval, show
from evidence_brief.study.kinds import Value, p_interval
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

__all__ = ["METHOD", "check_p_values", "p_values_of", "show_p"]

METHOD = "P value of two proportions"
BENIGN = (
    "An adjusted analysis, a regression model, an analysis of times to the event (such as a log-rank test), a "
    "correction for multiple tests, a matched design or patients with missing data could give another P value."
)
ALPHA = Fraction(1, 20)
TOO_MANY = "The printed percentages leave too many possible counts of patients to say what the P value is."


def check_p_values(study: Study) -> Iterator[Judgement | Finding]:
    """A reported P value is what some conventional test gives for the reported proportions.

    Reproduced by a two-sided test (the named one, where the source names one); reproduced-if by another test
    than the named one, one-sided, or cut off; contradicted if no test prints it.
    """
    for claim in study.claims.values():
        if claim.type != "p_value":
            continue
        value = study.values[claim.id]
        if not _is_zero(value) and not p_interval(value).overlaps(Interval(Fraction(0), Fraction(1))):
            sentence = f"{claim.value}: a P value lies between 0 and 1."
            yield Judgement(claim.id, "contradicted", METHOD, sentence)
            yield Finding("p_value.outside", "contradiction", (claim.id,), sentence)
        elif (reason := _why_not(study, claim)) is not None:
            yield Judgement(claim.id, "unchecked", METHOD, reason)
        else:
            yield from _judged(study, claim, value)


def _is_zero(value: Value) -> bool:
    """Whether "P < .000" is printed: below what software prints as .000, since no P value is below 0."""
    return value.relation in "<≤" and bool(value.numbers) and value.first.value == 0


def _why_not(study: Study, claim: Claim) -> str | None:
    """Why this P value cannot be recomputed from two independent proportions, if so."""
    if not claim.compares:
        return "The figures that this P value compares are not reported."
    compared = [study.claims[name] for name in claim.compares]
    proportions = all(other.type in ("count", "proportion") for other in compared)
    if claim.paired:
        depends = "how many patients changed" if proportions else "the correlation of the two measurements"
        return f"A paired comparison depends on {depends}, which is not reported."
    if not proportions:
        return "This P value is not of two proportions; tests of other figures are not part of this version."
    if len(compared) != 2:
        return "This P value compares more than two groups; such tests are not part of this version."
    if (reason := shared_patients(study, *compared)) is not None:
        return reason
    return _why_no_tables(study, compared)


def _why_no_tables(study: Study, compared: list[Claim]) -> str | None:
    for other in compared:
        if tables(study, other):
            continue
        known = denominators(study, other)
        if leaves_too_many(study, other):
            return TOO_MANY
        if not any(denominator.n for denominator in known):
            return f"Of how many patients {other.value} is, is not known. {why_unknown(study, other)}"
        if other.type == "count" and not counts_members(other, known[0]):
            return f"{other.value} counts {other.unit}, not patients, so that no test of proportions applies."
        return f"{other.value} does not fit its number of patients."
    first, second = (tables(study, other) for other in compared)
    return TOO_MANY if len(first) * len(second) > MOST_TABLES else None


def _judged(study: Study, claim: Claim, value: Value) -> Iterator[Judgement | Finding]:
    zero = _is_zero(value)
    printed = Interval(Fraction(0), value.first.unit / 2) if zero else p_interval(value)
    tried = [try_test(test, values, printed) for test, values in p_values_of(study, claim)]
    cut = None
    if value.relation == "=":
        cut = [try_test(trial.test, trial.values, value.first.truncated) for trial in tried]
    case = Case(claim.test, printed, tried, cut, value.first.decimals + 1 if value.numbers else 3)
    decision = decide(case)
    if zero and decision.verdict in ("reproduced", "possible"):
        words = f"No P value is below 0; {decision.why}"
        decision = Decision("reproduced-if", decision.hits, words, "read as P=.000", "p_value.zero")
    trials = tuple(Trial(trial.label, span([trial], case.decimals), trial.prints) for trial in tried)
    yield replace(decision.judgement(claim.id, case), trials=trials)
    yield from _findings(study, claim, case, decision)


def _findings(study: Study, claim: Claim, case: Case, decision: Decision) -> Iterator[Finding]:
    claims = (claim.id, *claim.compares)
    values = [p for trial in two_sided(case.tried) for p in trial.values]
    lowest, highest = min(values), max(values)
    numbers = {"lowest": show(lowest, 6), "highest": show(highest, 6)}
    given, printed = span(two_sided(case.tried), case.decimals), _printed(claim)
    if decision.code is not None:
        sentence = f"{printed}: {sentence_case(decision.why)}"
        yield Finding(decision.code, decision.severity, claims, sentence, "", numbers)
    if decision.verdict == "contradicted":
        compared = " against ".join(_compared(study, name) for name in claim.compares)
        omitted = " Exact tests that take too long for so many patients were left out." if left_out(case.tried) else ""
        sentence = (
            f"{printed} cannot be reproduced from {compared}: conventional two-sided tests give {given}, and no "
            f"one-sided test gives it either.{omitted}{_conclusion(case.printed, lowest, highest)}"
        )
        yield Finding("p_value.mismatch", "contradiction", claims, sentence, BENIGN, numbers)
    elif lowest < ALPHA <= highest:
        counts = " and on the counts behind the percentages" if len(case.tried[0].values) > 1 else ""
        sentence = (
            f"Whether this difference ({printed}) is significant at 5% depends on the test{counts}: conventional "
            f"two-sided tests give P from {given}."
        )
        yield Finding("p_value.depends_on_test", "note", claims, sentence, "", numbers)


def _conclusion(printed: Interval, lowest: float, highest: float) -> str:
    """Whether the conclusion at 5% changes with the recomputed P values; nothing if the printed one has none."""
    if lowest < ALPHA <= highest:
        return " Whether the difference is statistically significant at 5% depends on the test."
    significant = highest < ALPHA
    if printed.high < ALPHA or (printed.high == ALPHA and printed.low < ALPHA and not printed.includes_high):
        changes = not significant
    elif printed.low >= ALPHA:
        changes = significant
    else:
        return f" At 5% the difference is {'' if significant else 'not '}statistically significant."
    if changes:
        return f" The conclusion changes: at 5% the difference is {'' if significant else 'not '}significant."
    return " The conclusion at 5% stays the same."


def _printed(claim: Claim) -> str:
    """The P value as printed, named as one where a table's head does that."""
    return claim.value if claim.value[:1].isalpha() else f"P {'' if claim.value[:1] in '<>=≤≥' else '= '}{claim.value}"


def _compared(study: Study, name: str) -> str:
    claim = study.claims[name]
    options = tables(study, claim)
    sizes = {n for _, n in options}
    text = f"{options[0][0]} of {options[0][1]}" if len(options) == 1 else claim.value
    if len(options) > 1 and len(sizes) == 1:
        text = f"{claim.value} of {options[0][1]}"
    return f"{text} ({study.file.groups[claim.group].label})" if claim.group else text
