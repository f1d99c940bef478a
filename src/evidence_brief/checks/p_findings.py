"""What a P value's decision says to a reader: the finding, its sentence, and the conclusion at 5%."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from evidence_brief.checks.p_decision import Case, Decision, decide
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.tried import below_alpha, decides_otherwise, span, two_sided
from evidence_brief.labels import sentence_case
from evidence_brief.printed import Interval, show
from evidence_brief.stats.test_statistics import ALPHA
from evidence_brief.study.kinds import Value
from evidence_brief.study.model import Claim


def is_zero(value: Value) -> bool:
    """Whether "P < .000" is printed: below what software prints as .000, since no P value is below 0."""
    return value.relation in "<≤" and bool(value.numbers) and value.first.value == 0


def printed_p(value: Value) -> Interval:
    """The P values that the printed one stands for; "P < .000" is read as P = .000."""
    return Interval(Fraction(0), value.first.unit / 2) if is_zero(value) else value.p


def decimals_of(value: Value) -> int:
    """How many decimals of a recomputed P value are shown: one more than printed."""
    return value.first.decimals + 1 if value.numbers else 3


def judge(claim: Claim, value: Value, case: Case, compared: str, benign: str) -> Iterator[Judgement | Finding]:
    """The judgement of a P value and its findings. `compared` names what was compared, in a sentence's middle."""
    decision = decide(case)
    if is_zero(value) and decision.verdict in ("reproduced", "possible"):
        words = f"No P value is below 0; {decision.why}"
        decision = replace(
            decision, verdict="reproduced-if", why=words, condition="read as P=.000", code="p_value.zero"
        )
    yield decision.judgement(claim.id, case)
    yield from _findings(claim, case, decision, compared, benign)


def _findings(claim: Claim, case: Case, decision: Decision, compared: str, benign: str) -> Iterator[Finding]:
    claims = (claim.id, *claim.compares, *((claim.of,) if claim.of else ()))
    values = [p for trial in two_sided(case.tried) for p in trial.values]
    lowest, highest = min(values), max(values)
    numbers = {"lowest": show(lowest, 6), "highest": show(highest, 6)}
    given, printed = span(two_sided(case.tried), case.decimals), as_printed(claim)
    if decision.code is not None:
        sentence = f"{printed}: {sentence_case(decision.why)}"
        yield Finding(decision.code, decision.severity, claims, sentence, "", numbers)
    if decision.verdict == "contradicted":
        left = f" {case.between.split(',')[0]} that take too long for so many patients were left out."
        sentence = (
            f"{printed} cannot be reproduced from {compared}: {_tests(case)} {given}{_nor_one_sided(case)}."
            f"{left if case.between else ''}{conclusion(case.printed, lowest, highest)}"
        )
        code = "p_value.decision" if decides_otherwise(case.printed, lowest, highest) else "p_value.mismatch"
        yield Finding(code, "contradiction", claims, sentence, benign, numbers)
    elif decision.verdict != "unchecked" and lowest < ALPHA <= highest:
        yield Finding("p_value.depends_on_test", "note", claims, _depends(case, printed, given), "", numbers)


def _depends(case: Case, printed: str, given: str) -> str:
    several = len(two_sided(case.tried)) > 1
    on = " on the test" if several else " on the digits that the printed figures leave out"
    if several and len(case.tried[0].values) > 1:
        on += " and on the digits that the printed figures leave out"
    what = f"{_tests(case)} P from" if several else f"{two_sided(case.tried)[0].label} gives P from"
    return f"Whether this result ({printed}) is significant at 5% depends{on}: {what} {given}."


def _tests(case: Case) -> str:
    tried = two_sided(case.tried)
    return "conventional two-sided tests give" if len(tried) > 1 else f"{tried[0].label} gives"


def _nor_one_sided(case: Case) -> str:
    one_sided = [trial.prints for trial in case.tried if trial.test.sides == 1]
    return ", and no one-sided test gives it either" if one_sided and set(one_sided) == {"no"} else ""


def conclusion(printed: Interval, lowest: float, highest: float) -> str:
    """Whether the conclusion at 5% changes with the recomputed P values; nothing if the printed one has none."""
    if lowest < ALPHA <= highest:
        return " Whether the difference is statistically significant at 5% depends on the test."
    significant = highest < ALPHA
    if decides_otherwise(printed, lowest, highest):
        return f" The conclusion changes: at 5% the difference is {'' if significant else 'not '}significant."
    if not below_alpha(printed) and printed.low < ALPHA:
        return f" At 5% the difference is {'' if significant else 'not '}statistically significant."
    return " The conclusion at 5% stays the same."


def as_printed(claim: Claim) -> str:
    """The P value as printed, named as one where a table's head does that."""
    return claim.value if claim.value[:1].isalpha() else f"P {'' if claim.value[:1] in '<>=≤≥' else '= '}{claim.value}"
