"""Percentage ⇄ count: which numbers of patients print as the reported percentage?

The test of granularity for percentages: Brown NJL, Heathers JAJ. The GRIM test. Soc Psychol Personal Sci
2017;8:363-369, applied to counts, where the possible values are the multiples of 1/n.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import floor

from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.patients import (
    Denominator,
    denominators,
    fitting_counts,
    other_denominators,
    truncated_share,
)
from evidence_brief.printed import Interval, Number, show
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Count over number of patients"
MISSING = "Fewer patients than stated may have been counted (missing data)"


def check_percentages(study: Study) -> Iterator[Judgement | Finding]:
    """A percentage is a whole number of patients over the number of patients whom it is of.

    Reproduced where the count is reported, or where the printed digits are fine enough for the number of
    patients (n ≤ 10^(decimals + 2)) and a count prints as reported. Where n is larger every percentage is
    attainable, so that the figure is only possible.
    """
    for claim in study.claims.values():
        if claim.type != "proportion":
            continue
        printed = study.values[claim.id].first
        if not printed.as_fraction.overlaps(Interval(Fraction(0), Fraction(1))):
            yield from _contradiction(claim, "percentage.outside", f"{printed.text} lies outside 0 to 100%.", "")
        elif known := denominators(study, claim):
            yield from _judged(study, claim, printed, known)
        else:
            why = "The number of patients whom this percentage is of is not reported, or does not itself hold."
            yield Judgement(claim.id, "unchecked", METHOD, why)


def _judged(
    study: Study, claim: Claim, printed: Number, known: tuple[Denominator, ...]
) -> Iterator[Judgement | Finding]:
    for denominator in known:
        if x := _fit(study, claim, printed.as_fraction, denominator.n):
            yield from _fits(study, claim, printed, denominator, x)
            return
    for denominator in known:
        if x := _fit(study, claim, truncated_share(printed), denominator.n):
            sentence = f"{_ratio(x[0], denominator, printed)} prints as {printed.text} only if cut off, not rounded."
            yield _departure(claim, x[0], denominator.n, printed, "cut off instead of rounded", sentence)
            yield Finding("percentage.truncated", "note", (claim.id,), sentence)
            return
    for denominator in other_denominators(study, claim):
        if len(x := _fit(study, claim, printed.as_fraction, denominator.n)) == 1:
            sentence = f"{_impossible(study, claim, printed, known[0])} It is {x[0]} of {denominator.words}."
            yield _departure(claim, x[0], denominator.n, printed, f"of {denominator.words}", sentence)
            yield Finding("percentage.other_denominator", "warning", (claim.id, denominator.claim), sentence)
            return
    code = "percentage.mismatch" if claim.count else "percentage.impossible"
    explanation = _missing_patients(study, claim, printed, known[0].n)
    yield from _contradiction(claim, code, _impossible(study, claim, printed, known[0]), explanation)


def _fit(study: Study, claim: Claim, share: Interval, n: int) -> range:
    """The counts of n that the share allows: only the reported one, where the study reports it."""
    counts = fitting_counts(share, n)
    if claim.count is None:
        return counts
    x = int(study.values[claim.count].first.value)
    return range(x, x + 1) if x in counts else range(0)


def _fits(
    study: Study, claim: Claim, printed: Number, denominator: Denominator, counts: range
) -> Iterator[Judgement | Finding]:
    x, n = counts[0], denominator.n
    shown = f"{x}/{n} = {_percent(Fraction(x, n), printed, 1)}"
    if claim.count is not None:
        yield Judgement(
            claim.id, "reproduced", METHOD, f"{x} of {denominator.words} is {shown.split(' = ')[1]}.", shown
        )
        yield (
            Judgement(
                claim.count,
                "reproduced",
                "Percentage of the patients",
                f"{printed.text} of {denominator.words} is {x}.",
                str(x),
            )
            if len(fitting_counts(printed.as_fraction, n)) == 1
            else Judgement(
                claim.count,
                "possible",
                "Percentage of the patients",
                f"{printed.text} of {denominator.words} allows {x}.",
            )
        )
    elif n <= 10 ** (printed.decimals + (2 if printed.percent else 0)):
        yield Judgement(claim.id, "reproduced", METHOD, f"{x} of {denominator.words} prints as {printed.text}.", shown)
    else:
        many = f"from {counts[0]} to {counts[-1]}" if len(counts) > 1 else str(x)
        why = f"With {n} patients every percentage with these digits is attainable; the count is {many}."
        yield Judgement(claim.id, "possible", METHOD, why, shown if len(counts) == 1 else None)


def _departure(claim: Claim, x: int, n: int, printed: Number, condition: str, why: str) -> Judgement:
    return Judgement(
        claim.id, "reproduced-if", METHOD, why, f"{x}/{n} = {_percent(Fraction(x, n), printed, 1)}", condition
    )


def _contradiction(claim: Claim, code: str, sentence: str, explanation: str) -> Iterator[Judgement | Finding]:
    yield Judgement(claim.id, "contradicted", METHOD, sentence)
    claims = (claim.id, claim.count) if claim.count else (claim.id,)
    yield Finding(code, "contradiction", claims, sentence, explanation)


def _impossible(study: Study, claim: Claim, printed: Number, denominator: Denominator) -> str:
    n = denominator.n
    if claim.count is not None:
        x = int(study.values[claim.count].first.value)
        if x > n:
            return f"{x} is more than {denominator.words}."
        return f"{_ratio(x, denominator, printed)}, not {printed.text}."
    share = printed.value / 100 if printed.percent else printed.value
    below = min(floor(share * n), n)
    neighbours = [f"{x} is {_percent(Fraction(x, n), printed)}" for x in (below, below + 1) if 0 <= x <= n] if n else []
    tail = f": {' and '.join(neighbours)}" if neighbours else ""
    return f"No number of {denominator.words} prints as {printed.text}{tail}."


def _missing_patients(study: Study, claim: Claim, printed: Number, n: int) -> str:
    """The smaller numbers of patients, down to half, of which the percentage would be possible."""
    fewer = [m for m in range(n - 1, max(n // 2, 1) - 1, -1) if _fit(study, claim, printed.as_fraction, m)][:3]
    if not fewer:
        return "Even with up to half of the patients missing, no number of patients gives this figure."
    return f"{MISSING}: it would be possible with {' or '.join(str(m) for m in sorted(fewer))} patients."


def _ratio(x: int, denominator: Denominator, printed: Number) -> str:
    return (
        f"{x} of {denominator.words} is {_percent(Fraction(x, denominator.n), printed)}"
        if denominator.n
        else f"{x} of 0"
    )


def _percent(share: Fraction, printed: Number, more: int = 0) -> str:
    """The share as the text prints it, with so many digits more."""
    if printed.percent:
        return show(share * 100, max(printed.decimals + more, 0)) + "%"
    return show(share, max(printed.decimals + more, 0))
