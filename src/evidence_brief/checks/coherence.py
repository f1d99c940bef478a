"""Estimate, confidence interval and P value of the same comparison: do the three belong together?

Altman DG, Bland JM. How to obtain the P value from a confidence interval. BMJ 2011;343:d2304.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from evidence_brief.agree import Figure, Later, rounded
from evidence_brief.checks.estimates import measure_of
from evidence_brief.checks.intervals import level_of
from evidence_brief.checks.p_findings import as_printed, decimals_of, printed_p
from evidence_brief.checks.p_values import p_claims
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.tried import beyond_another_test, show_p
from evidence_brief.patients import denominators
from evidence_brief.printed import Interval, Number
from evidence_brief.stats import coherence, exact
from evidence_brief.stats.readings import readings
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Estimate inside its interval"
P_METHOD = "P value from estimate and interval"
RATIOS = ("RR", "OR", "HR")
_OF_INTERVAL = re.compile(r"\bwald\b|\bz\b|\bt\b|\bnormal\b", re.I)
BENIGN_P = (
    "The P value may be of another test (likelihood ratio, log-rank, exact) than the interval, one-sided, or corrected "
    "for multiple tests."
)


def check_coherence(study: Study) -> Iterator[Judgement | Finding]:
    """An estimate lies inside its interval, in its middle on its own scale; the P value follows from the two.

    Outside is contradicted. Off the middle is a warning alone, since exact, profile and bootstrap intervals are
    not symmetric. A P value is contradicted where no value that prints as the estimate and its limits gives it,
    by the whole width of the interval or by either half of it.
    """
    for claim in study.claims.values():
        if claim.type == "confidence_interval" and claim.of is not None:
            yield from _estimate_and_interval(study, claim, study.claims[claim.of])
    for claim in p_claims(study, "reported figure"):
        of = study.claims[claim.of or ""]
        interval = of if of.type == "confidence_interval" else _interval_of(study, of)
        estimate = study.claims[of.of] if of.type == "confidence_interval" and of.of else of
        if of.type not in ("estimate", "confidence_interval"):
            continue
        if interval is None or estimate.type != "estimate":
            why = "The confidence interval of the estimate, from which its P value would follow, is not reported."
            yield Judgement(claim.id, "unchecked", P_METHOD, why)
        else:
            yield from _p_value(study, claim, estimate, interval)


def _interval_of(study: Study, estimate: Claim) -> Claim | None:
    """The interval that the study file gives for an estimate."""
    found = (c for c in study.claims.values() if c.type == "confidence_interval" and c.of == estimate.id)
    return next(found, None)


def _estimate_and_interval(study: Study, claim: Claim, of: Claim) -> Iterator[Judgement | Finding]:
    low, high = (number.as_fraction for number in study.values[claim.id].numbers)
    estimate = study.values[of.id].first.as_fraction
    if low.low > high.high:
        return  # the ends are printed the other way round, which another check says
    if (outside := _outside(estimate, low, high)) and not _outside(estimate.mirrored(), low, high) and low.low < 0:
        sentence = f"{of.value} lies inside {claim.value} only with the other sign."
        for name in (of.id, claim.id):
            yield Judgement(name, "possible", METHOD, sentence)
        explanation = "A fall or a reduction may be printed without its sign; else one of the figures is misprinted."
        yield Finding("interval.sign", "warning", (of.id, claim.id), sentence, explanation)
        return
    if outside:
        sentence = f"{of.value} does not lie inside its interval, {claim.value}."
        for name in (of.id, claim.id):
            yield Judgement(name, "contradicted", METHOD, sentence)
        yield Finding(
            "interval.outside", "contradiction", (of.id, claim.id), sentence, "One of the figures may be misprinted."
        )
        return
    why = f"{of.value} lies inside {claim.value}."
    yield Judgement(of.id, "possible", METHOD, why)
    yield Judgement(claim.id, "possible", METHOD, why)
    if of.type != "estimate" or (measure := measure_of(study, of)) is None:
        return
    log = measure in RATIOS
    if (not log or low.high > 0) and not coherence.symmetric(estimate, low, high, log=log):
        scale = "log scale" if log else "scale"
        sentence = f"{of.value} does not lie in the middle of {claim.value} on its {scale}."
        explanation = "Exact, profile and bootstrap intervals are not symmetric; else one of the figures is misprinted."
        yield Finding("interval.asymmetric", "note", (of.id, claim.id), sentence, explanation)


def _outside(estimate: Interval, low: Interval, high: Interval) -> bool:
    """Whether no value that prints as the estimate lies between the limits."""
    return estimate.high < low.low or estimate.low > high.high


def _p_value(study: Study, claim: Claim, estimate: Claim, interval: Claim) -> Iterator[Judgement | Finding]:
    measure = measure_of(study, estimate)
    numbers = (study.values[estimate.id].first, *study.values[interval.id].numbers)
    log, level, df = measure in RATIOS, level_of(study, interval), _df(study, estimate)
    if (reason := _why_not(measure, log, numbers, df)) is not None:
        yield Judgement(claim.id, "unchecked", P_METHOD, reason)
        return
    of, low, high = (number.as_fraction for number in numbers)
    printed = printed_p(study.values[claim.id])
    figure = _figure(numbers, level, log, df, decimals_of(study.values[claim.id]))
    over = coherence.implied_p_range(of, low, high, float(level), log=log, df=df)
    claims, words = (claim.id, estimate.id, interval.id), f"{estimate.value} with {interval.value}"
    tried = [readings(of, low, high, printed, level, log=log, df=each) for each in dict.fromkeys((df, None))]
    read = next((each for each in tried if each.fits), tried[0])
    if read.fits:
        yield from _fits(claim, claims, words, figure, read.fits[0], rounded(figure.first) in printed)
        if not all(each.same_decision for each in tried):
            sentence = f"{as_printed(claim)} and {interval.value} disagree about significance at {_percent(1 - level)}."
            yield Finding("interval.decision", "warning", claims, sentence, BENIGN_P)
    elif over is not None:
        far = beyond_another_test(printed, (over.widest_low, over.widest_high), not read.same_decision)
        yield from _against(claim, claims, words, figure, far, not read.same_decision)


def _percent(share: Fraction) -> str:
    return f"{float(100 * share):g}%"


def _why_not(measure: str | None, log: bool, numbers: tuple[Number, ...], df: int | None) -> str | None:
    """Why the P value cannot be told from estimate and interval, if so."""
    if measure is None:
        return "Which measure the estimate is, is not said."
    if log and not all(number.value > 0 for number in numbers):
        return "A limit or the estimate is printed as 0, which has no logarithm."
    if measure in ("MD", "SMD") and df is None:
        return "Of how many patients the difference is, is not known, on which its t distribution depends."
    if numbers[1].value * numbers[1].scale >= numbers[2].value * numbers[2].scale:
        return "The limits of the interval are not in order."
    return None


def _df(study: Study, estimate: Claim) -> int | None:
    """Degrees of freedom of a difference of two means; None for other estimates, and where n is not known."""
    if measure_of(study, estimate) not in ("MD", "SMD") or len(estimate.compares) != 2:
        return None
    sizes = [denominators(study, study.claims[name]) for name in estimate.compares]
    if any(len(known) != 1 for known in sizes):
        return None
    total = sum(known[0].n for known in sizes)
    return sizes[0][0].n - 1 if estimate.paired else total - 2 if total > 2 else None


def _figure(numbers: tuple[Number, ...], level: Fraction, log: bool, df: int | None, decimals: int) -> Figure:
    """P at the printed values, by both paths."""
    of, low, high = (number.value * number.scale for number in numbers)
    points = [Interval(value, value) for value in (of, low, high)]
    first = coherence.implied_p_range(points[0], points[1], points[2], float(level), log=log, df=df)
    assert first is not None, "the limits are in order"

    def second() -> Any:
        if df is None:
            return exact.p_from_ci(of, low, high, level, log=log)
        return exact.p_t(of * 2 * exact.t_quantile(df, level) / (high - low), df)

    return Figure("P from the interval", first.low, Later(second), decimals)


def _fits(
    claim: Claim, claims: tuple[str, ...], words: str, figure: Figure, reading: str, at_point: bool
) -> Iterator[Judgement | Finding]:
    """The P value under the plainest reading that gives it."""
    shown = show_p(figure.first, figure.decimals)
    given = f"{words} gives P {shown}"
    if at_point:
        yield Judgement(claim.id, "reproduced", P_METHOD, f"{given}.", shown, figures=(figure,))
    elif reading in ("symmetric interval", "interval that need not be symmetric"):
        why = f"{given}; left-out digits, or an interval that is not symmetric, allow the printed one."
        yield Judgement(claim.id, "possible", P_METHOD, why, shown, figures=(figure,))
    else:
        condition = "one-sided" if reading == "one-sided P" else f"the interval is one of {reading.split()[0]}"
        why = f"{given}; it would print as reported if {condition}."
        yield Judgement(claim.id, "reproduced-if", P_METHOD, why, shown, condition, figures=(figure,))
        code = "p_value.one_sided" if reading == "one-sided P" else "interval.other_level"
        yield Finding(code, "warning", claims, f"{as_printed(claim)}: {why}")


def _against(
    claim: Claim, claims: tuple[str, ...], words: str, figure: Figure, far: bool, flips: bool
) -> Iterator[Judgement | Finding]:
    """The P value does not follow from the interval: a contradiction beyond what another test explains."""
    shown = show_p(figure.first, figure.decimals)
    sentence = f"{as_printed(claim)} does not follow from {words}, which gives P {shown}."
    other = "Another test than that of the interval may have given it, which nobody can recompute."
    if named := claim.test is not None and not _OF_INTERVAL.search(claim.test):
        other = f"The named test ({claim.test}) is not that of the interval."
    if far and not named:
        if flips:
            sentence += " The interval and the P value disagree about significance."
        yield Judgement(claim.id, "contradicted", P_METHOD, sentence, shown, figures=(figure,))
        yield Finding("interval.p_value", "contradiction", claims, sentence, BENIGN_P)
    else:
        yield Judgement(claim.id, "unchecked", P_METHOD, f"{sentence} {other}")
        yield Finding("interval.p_value", "warning", claims, sentence, BENIGN_P)
