"""Products and schedules: a total dose is the daily dose times the days, and doses fit into their period."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import prod

from evidence_brief.agree import Figure
from evidence_brief.checks.companions import in_unit, singular
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.printed import Interval, NotPrintedNumber, number, show
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

PRODUCT = "Product"
SCHEDULE = "Doses in the period"


def check_products(study: Study) -> Iterator[Judgement | Finding]:
    """A figure with `product` is the product of the figures that it names; doses with `every` fit into `within`."""
    for claim in study.claims.values():
        if claim.product:
            yield from _product(study, claim)
        if claim.every is not None and claim.within is not None:
            yield from _schedule(study, claim, claim.every, study.claims[claim.within])


def _product(study: Study, claim: Claim) -> Iterator[Judgement | Finding]:
    factors = [study.values[name].first for name in claim.product]
    printed = study.values[claim.id].first
    doses = {study.claims[name].unit for name in claim.product if study.claims[name].type == "dose"} - {None}
    if claim.unit is not None and claim.type == "dose" and doses and not any(_same(claim.unit, dose) for dose in doses):
        yield Judgement(claim.id, "unchecked", PRODUCT, "The doses are in other units than their product.")
        return
    if any(factor.value < 0 for factor in factors):
        yield Judgement(claim.id, "unchecked", PRODUCT, "A factor is negative.")
        return
    exact = prod((factor.value for factor in factors), start=Fraction(1))
    decimals = max(printed.decimals + 1, 0)
    figure = Figure("product", prod(float(factor.value) for factor in factors), exact, decimals)
    words = f"{' × '.join(factor.text for factor in factors)} = {show(exact, _digits(exact))}"
    # Whole numbers of days and doses are exact: only printed decimals were rounded.
    ends = [factor.interval if factor.decimals > 0 else Interval(factor.value, factor.value) for factor in factors]
    one = Fraction(1)
    reach = Interval(
        prod((max(end.low, Fraction(0)) for end in ends), start=one), prod((end.high for end in ends), start=one)
    )
    shown = show(exact, decimals)
    if exact in printed.interval:
        yield Judgement(claim.id, "reproduced", PRODUCT, f"{words}.", shown, figures=(figure,))
    elif reach.overlaps(printed.interval):
        why = f"{words}, which agrees with {printed.text} within rounding."
        yield Judgement(claim.id, "possible", PRODUCT, why, shown, figures=(figure,))
    else:
        sentence = f"{words}, but {claim.value}{_unit(claim)} is printed."
        yield Judgement(claim.id, "contradicted", PRODUCT, sentence, shown, figures=(figure,))
        explanation = "A dose may have been changed, left out or divided, or the figures may be in other units."
        yield Finding("product.mismatch", "contradiction", (claim.id, *claim.product), sentence, explanation)


def _same(unit: str, dose: str | None) -> bool:
    """Whether a total and a dose are in the same unit: mg and mg/day, g/kg and g/kg daily."""
    return dose is not None and dose.lower().startswith(unit.lower())


def _digits(value: Fraction) -> int:
    return next((d for d in range(6) if (value * 10**d).denominator == 1), 6)


def _unit(claim: Claim) -> str:
    return f" {claim.unit}" if claim.unit else ""


def _schedule(study: Study, claim: Claim, every: str, period: Claim) -> Iterator[Judgement | Finding]:
    interval, length = _interval(every), study.values[period.id].first.interval
    if interval is None:
        why = f"The interval between doses (“{every}”) is not a number of days, weeks, months or years."
        yield Judgement(claim.id, "unchecked", SCHEDULE, why)
        return
    step, unit = interval
    limit = in_unit(length, period.unit, unit)
    if limit is None:
        why = f"The interval between doses ({every}) and the period ({period.value}{_unit(period)}) do not compare."
        yield Judgement(claim.id, "unchecked", SCHEDULE, why)
        return
    most = int(limit.high // step) + 1  # one at the beginning, and one after each interval
    doses = max(int(part.value) for part in study.values[claim.id].numbers)
    words = f"{period.value}{_unit(period)} hold at most {most} doses, one every {every.removeprefix('1 ')}"
    if doses > most:
        sentence = f"{words}, but {doses} are printed ({claim.value})."
        yield Judgement(claim.id, "contradicted", SCHEDULE, sentence)
        explanation = "Doses may have been given closer together, or after the stated period."
        yield Finding("schedule.too_many", "contradiction", (claim.id, period.id), sentence, explanation)
    else:
        yield Judgement(claim.id, "possible", SCHEDULE, f"{words}; {claim.value} is not more.")


def _interval(every: str) -> tuple[Fraction, str] | None:
    """A number and its unit: "2 weeks", "month"."""
    amount, _, unit = every.strip().rpartition(" ")
    try:
        step = number(amount).value if amount else Fraction(1)
    except NotPrintedNumber:
        return None
    known = in_unit(Interval(step, step), unit, unit) is not None and singular(unit) in (
        *("second", "minute", "hour", "day", "week", "month", "year"),
    )
    return (step, unit) if known and step > 0 else None
