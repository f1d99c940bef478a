"""Confidence intervals: recomputed from the figures that they are of, and held against estimate and P value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from evidence_brief.checks.estimates import BENIGN, COUNTED, is_adjusted, measure_of
from evidence_brief.checks.interval_values import (
    TriedInterval,
    try_correlation,
    try_counts,
    try_difference,
    try_mean,
)
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.summaries import summaries_of, summary_of
from evidence_brief.patients import group_size, shared_patients, tables
from evidence_brief.printed import Number
from evidence_brief.stats.named import named
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Confidence interval"
LEVEL = Fraction(95, 100)
OTHER_LEVELS = (Fraction(90, 100), Fraction(99, 100))
MOST_TABLES = 50


def level_of(study: Study, claim: Claim) -> Fraction:
    """The level of an interval: as printed, 95% if it prints none."""
    return study.values[claim.id].level or LEVEL


def check_intervals(study: Study) -> Iterator[Judgement | Finding]:
    """A confidence interval is what a conventional method gives for the figures that it is of.

    Reproduced where both limits print as reported; possible where only some values that the figures stand for
    give it; reproduced-if by another method than the named one, or at another level; contradicted if no method
    gives it.
    """
    for claim in study.claims.values():
        if claim.type != "confidence_interval":
            continue
        tried = _tried(study, claim, level_of(study, claim))
        if isinstance(tried, str):
            yield Judgement(claim.id, "unchecked", METHOD, tried)
        elif not tried:
            yield Judgement(claim.id, "unchecked", METHOD, "No method is defined for these figures.")
        else:
            yield from _judged(study, claim, tried)


def _tried(study: Study, claim: Claim, level: Fraction) -> list[TriedInterval] | str:
    target = study.claims[claim.of] if claim.of else None
    numbers = study.values[claim.id].numbers
    if is_adjusted(claim) or (target is not None and is_adjusted(target)):
        return "It is of an adjusted estimate: a model whose data are not reported gives it."
    if target is not None and target.type == "proportion":
        options = tables(study, target)[:MOST_TABLES]
        return try_counts("proportion", options, level, numbers) or "The counts behind it are not known."
    if target is not None and target.type == "mean_sd":
        known = summary_of(study, target)
        return known if isinstance(known, str) else try_mean(known, level, numbers)
    if target is not None and target.type == "correlation":
        return _of_correlation(study, target, level, numbers)
    compares = claim.compares or (target.compares if target is not None else ())
    if len(compares) != 2:
        return "The figures that it is of are not reported, or no method recomputes their interval."
    return _of_comparison(study, claim, target, compares, level, numbers)


def _of_correlation(
    study: Study, target: Claim, level: Fraction, numbers: Sequence[Number]
) -> list[TriedInterval] | str:
    value, size = study.values[target.id], group_size(study, target.group)
    n = int(value.numbers[1].value) + 2 if len(value.numbers) > 1 else size.n if size else None
    if n is None:
        return "The number of patients of this correlation is not reported."
    tried = try_correlation(value.first, n, level, numbers)
    return [tried] if tried is not None else []


def _of_comparison(
    study: Study,
    claim: Claim,
    target: Claim | None,
    compares: tuple[str, ...],
    level: Fraction,
    numbers: Sequence[Number],
) -> list[TriedInterval] | str:
    first, second = (study.claims[name] for name in compares)
    measure = claim.measure or (measure_of(study, target) if target is not None else None)
    if claim.paired or (target is not None and target.paired):
        return "An interval for the same patients depends on their single values, which are not reported."
    if (reason := shared_patients(study, first, second)) is not None:
        return reason
    if first.type == second.type == "mean_sd":
        groups = summaries_of(study, compares)
        if isinstance(groups, str) or measure not in ("MD", None):
            return groups if isinstance(groups, str) else "No method of this version recomputes this interval."
        return list(try_difference(groups, level, numbers))
    if measure in ("RR", "OR", "RD") and {first.type, second.type} <= set(COUNTED):
        options = [(*one, *two) for one, two in product(tables(study, first), tables(study, second))]
        if not options or len(options) > MOST_TABLES:
            return "The counts behind it are not known."
        return try_counts(measure, options, level, numbers)
    return "A hazard ratio depends on the times of the events, which are not reported." if measure == "HR" else (
        "Of which measure it is, is not said, or its figures do not determine it."
    )


def _judged(study: Study, claim: Claim, tried: list[TriedInterval]) -> Iterator[Judgement | Finding]:
    numbers = study.values[claim.id].numbers
    trials = tuple(each.trial(numbers) for each in tried)
    wanted = list(named(tried, claim.method)) if claim.method else tried
    for how, verdict in (("yes", "reproduced"), ("some", "possible")):
        if hits := [each for each in wanted if each.prints == how]:
            yield _hit(claim, hits, numbers, trials, "reproduced" if verdict == "reproduced" else "possible")
            return
    if claim.method and (hits := [each for each in tried if each.prints != "no"]):
        condition = f"by the method {hits[0].label} instead of the named one ({claim.method})"
        why = f"{hits[0].label} prints it; the source names “{claim.method}”."
        yield Judgement(claim.id, "reproduced-if", hits[0].label, why, hits[0].text(numbers) or None, condition, trials, hits[0].figures)
        severity = "warning" if wanted else "note"
        yield Finding("interval.other_method", severity, (claim.id,), f"{claim.value}: {why}")
    elif claim.method and not wanted:
        yield Judgement(claim.id, "unchecked", METHOD, f"The named method ({claim.method}) is none of those tried here.")
    elif (other := _other_level(study, claim)) is not None:
        yield from other
    else:
        yield from _none(study, claim, wanted, numbers, trials)


def _hit(claim: Claim, hits: list[TriedInterval], numbers, trials, verdict) -> Judgement:  # type: ignore[no-untyped-def]
    shown = next((each for each in hits if each.figures), hits[0])
    more = f" and {len(hits) - 1} other methods print" if len(hits) > 2 else f" and {hits[1].label} print" if len(hits) > 1 else " prints"
    text = shown.text(numbers)
    why = f"{hits[0].label}{more} it." if not text else f"{hits[0].label}{more} it: {text}."
    if verdict == "possible":
        why += " Only some values that the figures stand for do."
    return Judgement(claim.id, verdict, hits[0].label, why, text or None, None, trials, shown.figures)


def _other_level(study: Study, claim: Claim) -> list[Judgement | Finding] | None:
    """The same at another level, which the text does not state."""
    if study.values[claim.id].level is not None:
        return None
    for level in OTHER_LEVELS:
        tried = _tried(study, claim, level)
        hits = [each for each in tried if each.prints == "yes"] if not isinstance(tried, str) else []
        if hits:
            condition = f"it is a {level * 100}% interval"
            why = f"{hits[0].label} prints it at {level * 100}%, not at 95%."
            text = hits[0].text(study.values[claim.id].numbers) or None
            return [
                Judgement(claim.id, "reproduced-if", hits[0].label, why, text, condition, figures=hits[0].figures),
                Finding("interval.other_level", "warning", (claim.id,), f"{claim.value}: {why}"),
            ]
    return None


def _none(study: Study, claim: Claim, tried: list[TriedInterval], numbers: Sequence[Number], trials) -> Iterator[Judgement | Finding]:  # type: ignore[no-untyped-def]
    shown = next((each for each in tried if each.figures), None)
    given = f": {shown.label} gives {shown.text(numbers)}" if shown is not None else ""
    many = "No conventional method gives" if len(tried) > 1 else "The conventional method does not give"
    sentence = f"{many} {claim.value}{given}."
    figures = shown.figures if shown is not None else ()
    text = shown.text(numbers) if shown is not None else None
    yield Judgement(claim.id, "contradicted", METHOD, sentence, text, None, trials, figures)
    claims = (claim.id, *((claim.of,) if claim.of else ()), *claim.compares)
    yield Finding("interval.mismatch", "contradiction", claims, sentence, BENIGN)
