"""Confidence intervals: recomputed from the figures that they are of, and held against estimate and P value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product

from evidence_brief.checks.estimates import BENIGN, is_adjusted, measure_of
from evidence_brief.checks.interval_counts import try_counts
from evidence_brief.checks.interval_means import try_correlation, try_difference, try_mean
from evidence_brief.checks.interval_values import Cut, TriedInterval
from evidence_brief.checks.p_tests import MOST_TABLES
from evidence_brief.checks.result import Finding, Judgement, Prints, Severity, Trial, Verdict
from evidence_brief.checks.summaries import summaries_of, summary_of
from evidence_brief.patients import COUNTED, group_size, shared_patients, tables
from evidence_brief.printed import Number
from evidence_brief.stats.named import named, names_more
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Confidence interval"
LEVEL = Fraction(95, 100)
OTHER_LEVELS = (Fraction(90, 100), Fraction(99, 100))


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
        tried = _tried(study, claim, level_of(study, claim), study.values[claim.id].numbers)
        if isinstance(tried, str):
            yield Judgement(claim.id, "unchecked", METHOD, tried)
        elif not tried:
            yield Judgement(claim.id, "unchecked", METHOD, "No method is defined for these figures.")
        else:
            yield from _judged(study, claim, tried)


def _tried(
    study: Study, claim: Claim, level: Fraction, numbers: Sequence[Number], departure: str = ""
) -> list[TriedInterval] | str:
    """Every method, as the figures are or under a departure, by its code: turned round, or their spread misread."""
    target = study.claims[claim.of] if claim.of else None
    if is_adjusted(claim) or (target is not None and is_adjusted(target)):
        return "It is of an adjusted estimate: a model whose data are not reported gives it."
    if target is not None and target.type == "proportion":
        options = tables(study, target)[:MOST_TABLES]
        return try_counts("proportion", options, level, numbers) or "The counts behind it are not known."
    if target is not None and target.type == "mean_sd":
        known = summary_of(study, target)
        if isinstance(known, str):
            return known
        return try_mean(known.otherwise() if departure == "interval.misread" else known, level, numbers)
    if target is not None and target.type == "correlation":
        return _of_correlation(study, target, level, numbers)
    compares = claim.compares or (target.compares if target is not None else ())
    compares = compares[::-1] if departure == "interval.turned" else compares
    if len(compares) != 2:
        return "The figures that it is of are not reported, or no method recomputes their interval."
    return _of_comparison(study, claim, target, compares, level, numbers, departure)


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
    departure: str,
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
        misread = departure == "interval.misread"
        return list(try_difference([g.otherwise() if misread else g for g in groups], level, numbers))
    if measure in ("RR", "OR", "RD") and {first.type, second.type} <= set(COUNTED):
        options = [(*one, *two) for one, two in product(tables(study, first), tables(study, second))]
        if not options or len(options) > MOST_TABLES:
            return "The counts behind it are not known."
        return try_counts(measure, options, level, numbers)
    if measure == "HR":
        return "A hazard ratio depends on the times of the events, which are not reported."
    return "Of which measure it is, is not said, or its figures do not determine it."


def _judged(study: Study, claim: Claim, tried: list[TriedInterval]) -> Iterator[Judgement | Finding]:
    numbers = study.values[claim.id].numbers
    wanted = list(named(tried, claim.method)) if claim.method else tried
    prints: tuple[tuple[Prints, Verdict], ...] = (("yes", "reproduced"), ("some", "possible"))
    for how, verdict in prints:
        if hits := [each for each in wanted if each.prints == how]:
            yield _hit(claim, hits, numbers, tried, verdict)
            return
    if claim.method and (hits := [each for each in tried if each.prints != "no"]):
        yield from _other_method(claim, hits[0], numbers, tried, claim.method, known=bool(wanted))
    elif claim.method and (not wanted or names_more(tried, claim.method)):
        why = f"The named method ({claim.method}) is none of those tried here, or not alone."
        yield Judgement(claim.id, "unchecked", METHOD, why)
    elif (departure := _departing(study, claim)) is not None:
        yield from departure
    else:
        yield from _none(claim, wanted, numbers, tried)


def _trials(tried: Sequence[TriedInterval], numbers: Sequence[Number]) -> tuple[Trial, ...]:
    return tuple(each.trial(numbers) for each in tried)


def _hit(
    claim: Claim,
    hits: Sequence[TriedInterval],
    numbers: Sequence[Number],
    tried: Sequence[TriedInterval],
    verdict: Verdict,
) -> Judgement:
    """The verdict by the methods that print it; shown is one that is computed twice, if any of them is."""
    shown = next((each for each in hits if each.figures), hits[0])
    names = [each.label for each in hits]
    who = f"{names[0]} and {len(names) - 1} other methods" if len(names) > 2 else " and ".join(names)
    text = shown.text(numbers)
    why = f"{who} {'prints' if len(names) == 1 else 'print'} it{': ' + text if text else ''}."
    if verdict == "possible":
        why += " Only some values that the figures stand for do."
    return Judgement(claim.id, verdict, names[0], why, text or None, None, _trials(tried, numbers), shown.figures)


def _other_method(
    claim: Claim,
    hit: TriedInterval,
    numbers: Sequence[Number],
    tried: Sequence[TriedInterval],
    method: str,
    *,
    known: bool,
) -> Iterator[Judgement | Finding]:
    condition = f"by the method {hit.label} instead of the named one ({method})"
    why = f"{hit.label} prints it; the source names “{method}”."
    text, trials = hit.text(numbers) or None, _trials(tried, numbers)
    yield Judgement(claim.id, "reproduced-if", hit.label, why, text, condition, trials, hit.figures)
    severity: Severity = "warning" if known else "note"
    yield Finding("interval.other_method", severity, (claim.id,), f"{claim.value}: {why}")


def _departing(study: Study, claim: Claim) -> list[Judgement | Finding] | None:
    """The interval under one departure: the figures turned round, both limits cut off, or another level."""
    value, level = study.values[claim.id], level_of(study, claim)
    numbers, cut = value.numbers, [Cut(n.text, n.value, n.decimals, n.percent) for n in value.numbers]
    ways = [
        ("the second figure is set against the first", "interval.turned", level, numbers),
        ("its limits are cut off instead of rounded", "interval.truncated", level, cut),
        (
            "the figures after ± are standard errors, not SDs, or the other way round",
            "interval.misread",
            level,
            numbers,
        ),
        *((f"it is a {_percent(other)} interval", "interval.other_level", other, numbers) for other in OTHER_LEVELS),
    ]
    for condition, code, at, read in ways if value.level is None else ways[:3]:
        tried = _tried(study, claim, at, read, code)
        hits = [each for each in tried if each.prints == "yes"] if not isinstance(tried, str) else []
        if hits:
            why = f"{hits[0].label} prints it if {condition}."
            text = hits[0].text(numbers) or None
            severity: Severity = "note" if code == "interval.turned" else "warning"
            return [
                Judgement(claim.id, "reproduced-if", hits[0].label, why, text, condition, figures=hits[0].figures),
                Finding(code, severity, (claim.id,), f"{claim.value}: {why}"),
            ]
    return None


def _percent(level: Fraction) -> str:
    return f"{float(100 * level):g}%"


def _none(
    claim: Claim, wanted: Sequence[TriedInterval], numbers: Sequence[Number], tried: Sequence[TriedInterval]
) -> Iterator[Judgement | Finding]:
    shown = next((each for each in wanted if each.figures), None)
    text, figures = (shown.text(numbers), shown.figures) if shown is not None else (None, ())
    given = f": {shown.label} gives {text}" if shown is not None else ""
    many = "No conventional method gives" if len(wanted) > 1 else "The conventional method does not give"
    sentence = f"{many} {claim.value}{given}."
    yield Judgement(claim.id, "contradicted", METHOD, sentence, text, None, _trials(tried, numbers), figures)
    claims = (claim.id, *((claim.of,) if claim.of else ()), *claim.compares)
    yield Finding("interval.mismatch", "contradiction", claims, sentence, BENIGN)
