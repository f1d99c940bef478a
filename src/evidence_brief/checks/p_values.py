"""The P value of two independent proportions, under every conventional test.

Which tests count as conventional, and their sources: `evidence_brief.stats.two_by_two`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from typing import Literal

from evidence_brief.checks.result import Finding, Judgement, Trial
from evidence_brief.patients import group_size, tables, wholes
from evidence_brief.printed import Interval, show
from evidence_brief.stats.two_by_two import TESTS, Test, p_values, test_named
from evidence_brief.study.kinds import p_interval
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "P value of two proportions"
MOST_TABLES = 50
"""Pairs of tables that the printed percentages may leave; beyond, the P value says too little to be checked."""

BENIGN = (
    "An adjusted analysis, a correction for multiple tests, a matched design or patients with missing data could "
    "give another P value."
)
ALPHA = Fraction(1, 20)


def check_p_values(study: Study) -> Iterator[Judgement | Finding]:
    """A reported P value is what some conventional test gives for the reported proportions.

    Reproduced by a two-sided test (the named one, where the source names one); reproduced-if by another test
    than the named one, one-sided, or cut off; contradicted if no test prints it.
    """
    for claim in study.claims.values():
        if claim.type != "p_value":
            continue
        printed = study.values[claim.id]
        if printed.numbers and printed.first.interval.low > 1:
            sentence = f"{claim.value}: a P value cannot exceed 1."
            yield Judgement(claim.id, "contradicted", METHOD, sentence)
            yield Finding("p_value.outside", "contradiction", (claim.id,), sentence)
        elif (reason := _why_not(study, claim)) is not None:
            yield Judgement(claim.id, "unchecked", METHOD, reason)
        else:
            yield from _judged(study, claim)


def _why_not(study: Study, claim: Claim) -> str | None:
    """Why this P value cannot be recomputed from two independent proportions, if so."""
    if not claim.compares:
        return "The figures that this P value compares are not reported."
    compared = [study.claims[name] for name in claim.compares]
    if any(other.type not in ("count", "proportion") for other in compared):
        if claim.paired:
            return "A paired comparison of means depends on the correlation of the two measurements, which is not reported."
        return "This P value is not of two proportions; tests of other figures are not part of this version."
    if claim.paired:
        return "A paired comparison of proportions depends on how many patients changed, which is not reported."
    if len(compared) != 2:
        return "This P value compares more than two groups; such tests are not part of this version."
    first, second = compared
    if _share_patients(study, first.group, second.group):
        return "The two figures are of the same patients, so that no test of independent groups applies."
    pairs = [tables(study, other) for other in compared]
    if not all(pairs):
        return "The numbers of patients behind the compared figures are not reported, or do not fit them."
    if any(n == 0 for pair in pairs for _, n in pair):
        return "One of the compared groups has no patients."
    if len(pairs[0]) * len(pairs[1]) > MOST_TABLES:
        return "The printed percentages leave too many possible counts of patients to say what the P value is."
    return None


def _share_patients(study: Study, first: str | None, second: str | None) -> bool:
    """Whether the groups are the same, or one is a part of the other."""
    if first is None or second is None:
        return False
    return first == second or first in wholes(study, second) or second in wholes(study, first)


@dataclass(frozen=True)
class _Tried:
    """One test on every pair of tables that the printed figures allow."""

    test: Test
    values: tuple[float, ...]
    prints: Literal["yes", "some", "no"]


def p_values_of(study: Study, claim: Claim) -> list[tuple[Test, tuple[float, ...]]]:
    """Each test with its P values, one for each pair of tables that the compared figures allow.

    Tests that are undefined for all of these tables are left out.
    """
    first, second = (tables(study, study.claims[name]) for name in claim.compares)
    results = [p_values(x1, n1, x2, n2) for (x1, n1), (x2, n2) in product(first, second)]
    found = ((test, tuple(p for r in results if (p := r[test.key]) is not None)) for test in TESTS)
    return [(test, values) for test, values in found if values]


def _try(test: Test, values: tuple[float, ...], printed: Interval) -> _Tried:
    hits = [p in printed for p in values]
    return _Tried(test, values, "no" if not any(hits) else "yes" if all(hits) else "some")


def _judged(study: Study, claim: Claim) -> Iterator[Judgement | Finding]:
    value = study.values[claim.id]
    tried = [_try(test, values, p_interval(value)) for test, values in p_values_of(study, claim)]
    decimals = value.first.decimals + 1 if value.numbers else 3
    judgement, code = _decide(claim, tried, decimals)
    if code is None and judgement.verdict == "contradicted" and value.numbers and value.relation == "=":
        cut = [_try(trial.test, trial.values, value.first.truncated) for trial in tried]
        if hits := [trial for trial in cut if trial.prints != "no" and trial.test.sides == 2]:
            words = f"{hits[0].test.label} gives {_range(hits, decimals)}, which prints as reported only if cut off."
            judgement = _conditional(claim, hits, decimals, "cut off instead of rounded", words)
            code = "p_value.truncated"
    trials = tuple(Trial(_label(trial.test), _range([trial], decimals), trial.prints) for trial in tried)
    yield replace(judgement, trials=trials)
    yield from _findings(study, claim, judgement, code, tried, decimals)


def _decide(claim: Claim, tried: list[_Tried], decimals: int) -> tuple[Judgement, str | None]:
    """The verdict, and the code of the departure that it needs."""
    named = {test.key for test in test_named(claim.test)} if claim.test else set()
    two_sided = [trial for trial in tried if trial.test.sides == 2]
    wanted = [trial for trial in tried if trial.test.key in named] if claim.test else two_sided
    for prints, verdict in (("yes", "reproduced"), ("some", "possible")):
        if hits := [trial for trial in wanted if trial.prints == prints]:
            words = f"{_names(hits)} gives {_range(hits, decimals)}."
            if prints == "some":
                words += " The printed percentages allow several counts; only some of them give the reported P value."
            return Judgement(claim.id, verdict, _names(hits), words, _range(hits[:1], decimals)), None  # type: ignore[arg-type]
    if hits := [trial for trial in two_sided if trial.prints != "no"]:
        condition = f"with {_names(hits)} instead of the named test ({claim.test})"
        words = f"{_names(hits)} gives {_range(hits, decimals)}; the source names {claim.test}."
        return _conditional(claim, hits, decimals, condition, words), "p_value.other_test"
    if hits := [trial for trial in tried if trial.test.sides == 1 and trial.prints != "no"]:
        words = f"Only a one-sided test prints this P value: {_names(hits)} gives {_range(hits, decimals)}."
        return _conditional(claim, hits, decimals, "one-sided", words), "p_value.one_sided"
    reached = f"Two-sided tests of these proportions give P from {_range(two_sided, decimals)}."
    if claim.test and not named:
        why = f"The source names “{claim.test}”, which cannot be recomputed from counts. {reached}"
        return Judgement(claim.id, "unchecked", METHOD, why), None
    return Judgement(claim.id, "contradicted", METHOD, reached, _range(two_sided, decimals)), None


def _conditional(claim: Claim, hits: list[_Tried], decimals: int, condition: str, why: str) -> Judgement:
    return Judgement(claim.id, "reproduced-if", _names(hits), why, _range(hits[:1], decimals), condition)


def _findings(
    study: Study, claim: Claim, judgement: Judgement, code: str | None, tried: list[_Tried], decimals: int
) -> Iterator[Finding]:
    claims = (claim.id, *claim.compares)
    two_sided = [trial for trial in tried if trial.test.sides == 2]
    lowest, highest = (f(p for trial in two_sided for p in trial.values) for f in (min, max))
    numbers = {"lowest": show(lowest, 6), "highest": show(highest, 6)}
    if code is not None:
        yield Finding(code, "warning", claims, f"{claim.value}: {judgement.why}", "", numbers)
    if judgement.verdict == "contradicted":
        compared = " against ".join(_compared(study, name) for name in claim.compares)
        count = f"none of the {len(two_sided)} two-sided tests tried"
        sentence = (
            f"{claim.value} cannot be reproduced from {compared}: {count} gives it, nor a one-sided one; "
            f"they give P from {_range(two_sided, decimals)}. {_significance(study, claim, lowest, highest)}"
        )
        yield Finding("p_value.mismatch", "contradiction", claims, sentence, BENIGN, numbers)
    elif lowest < ALPHA <= highest:
        sentence = (
            f"Whether {claim.value} is below .05 depends on the test: conventional two-sided tests give P from "
            f"{_range(two_sided, decimals)}."
        )
        yield Finding("p_value.depends_on_test", "note", claims, sentence, "", numbers)


def _significance(study: Study, claim: Claim, lowest: float, highest: float) -> str:
    """Whether the conclusion at 5% changes with the recomputed P values."""
    printed = p_interval(study.values[claim.id])
    if lowest < ALPHA <= highest:
        return "Whether the difference is statistically significant at 5% depends on the test."
    if (printed.high < ALPHA and lowest >= ALPHA) or (printed.low >= ALPHA and highest < ALPHA):
        word = "is not" if lowest >= ALPHA else "is"
        return f"The conclusion changes: at 5% the difference {word} statistically significant."
    return "The conclusion at 5% stays the same."


def _compared(study: Study, name: str) -> str:
    claim = study.claims[name]
    options = tables(study, claim)
    text = f"{options[0][0]} of {options[0][1]}" if len(options) == 1 else f"{claim.value} of {options[0][1]}"
    size = group_size(study, claim.group)
    return f"{text} ({study.file.groups[claim.group].label})" if size and claim.group else text


def _names(hits: list[_Tried]) -> str:
    """The tests by name: all where they are few, else the first and how many more."""
    labels = [_label(trial.test) for trial in hits]
    return " and ".join(labels) if len(labels) <= 2 else f"{labels[0]} (and {len(labels) - 1} other tests)"


def _label(test: Test) -> str:
    return test.label if test.sides == 2 or "one-sided" in test.label else f"{test.label}, one-sided"


def _range(tried: list[_Tried], decimals: int) -> str:
    values = [p for trial in tried for p in trial.values]
    low, high = show_p(min(values), decimals), show_p(max(values), decimals)
    return low if low == high else f"{low} to {high}"


def show_p(p: float, decimals: int) -> str:
    """A P value with so many decimals, or the bound below which it lies."""
    smallest = Fraction(1, 10**decimals)
    return f"<{show(smallest, decimals)}" if p < smallest / 2 else show(p, decimals)
