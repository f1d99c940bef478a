"""Times inside a period: what happens during a follow-up of 48 months is not later, on average not so spread out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import inf

from evidence_brief.agree import Figure, Later
from evidence_brief.checks.companions import in_unit, spread_kind
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.spread_limits import largest_sd
from evidence_brief.checks.summaries import Summary, summary_of
from evidence_brief.labels import sentence_case
from evidence_brief.patients import group_size, members
from evidence_brief.printed import Interval, show
from evidence_brief.stats import bounds, exact
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Time inside a period"
SPREAD = "Largest SD inside a period"
LIMIT = "The period may be a mean or a planned one, which some patients passed."


def check_durations(study: Study) -> Iterator[Judgement | Finding]:
    """A duration `within` a period is not longer; nor is a mean, a median, or an end of a range of durations.

    The SD of durations between 0 and the period T with mean m is at most √(m (T − m) n/(n − 1)) (Bhatia &
    Davis 2000, Am Math Mon 107:353). Assumes that no duration is counted beyond the period.
    """
    for claim in study.claims.values():
        if claim.within is None or claim.every is not None or claim.type in ("count", "proportion"):
            continue
        period = study.claims[claim.within]
        limit = in_unit(study.values[period.id].first.interval, period.unit, claim.unit)
        if limit is None:
            why = f"The units of {claim.value} and of the period ({period.value}) do not compare."
            yield Judgement(claim.id, "unchecked", METHOD, why)
        else:
            yield from _judged(study, claim, period, limit)
    yield from _follow_ups(study)


def _judged(study: Study, claim: Claim, period: Claim, limit: Interval) -> Iterator[Judgement | Finding]:
    value = study.values[claim.id]
    of_times = value.numbers if spread_kind(claim, value) not in ("sd", "se", "ci95") else value.numbers[:1]
    longest = max(of_times, key=lambda number: number.value)
    named = f"{period.value} {period.unit or ''}".strip()
    if longest.interval.low > limit.high:
        sentence = f"{sentence_case(_what(claim))} ({claim.value}) lies within {named}, yet {longest.text} is longer."
        yield Judgement(claim.id, "contradicted", METHOD, sentence)
        yield Finding("duration.longer", "contradiction", (claim.id, period.id), sentence, LIMIT)
        return
    known = summary_of(study, claim) if claim.type == "mean_sd" else ""
    if isinstance(known, str):
        yield Judgement(claim.id, "possible", METHOD, f"{claim.value} is not longer than {named}.")
    else:
        yield from _spread(study, claim, period, known, limit)


def _what(claim: Claim) -> str:
    return claim.outcome or claim.id


def _spread(
    study: Study, claim: Claim, period: Claim, known: Summary, limit: Interval
) -> Iterator[Judgement | Finding]:
    """The SD against the largest that durations between 0 and the period can have."""
    zero, printed = Fraction(0), (limit.low + limit.high) / 2
    largest = largest_sd(known, (zero, printed))
    named = f"{period.value} {period.unit or ''}".strip()
    decimals = max(study.values[claim.id].numbers[1].decimals, 1)
    shown = show(Fraction(largest.first), decimals)
    if bounds.sd_possible(known.mean, known.sd, known.n, zero, limit.high, None):
        why = f"Times between 0 and {named} with this mean can have an SD of up to {shown}."
        if known.sd_printed > Fraction(largest.first):
            why = f"Times between 0 and {named} with this mean can have this SD, within the digits that are printed."
        yield Judgement(claim.id, "possible", SPREAD, why, figures=(largest,))
        return
    sentence = (
        f"{sentence_case(_what(claim))} {claim.value}: times between 0 and {named} with this mean can have an SD of at "
        f"most {shown}."
    )
    needed, figures = _needed(known)
    explanation = (
        f"{sentence_case(named)} may be no limit: with this SD some patients were followed for {needed} "
        f"{claim.unit or ''} or longer.".replace("  ", " ")
        if needed
        else "No follow-up, however long, allows such an SD with this mean."
    )
    numbers = {"largest SD": shown, **({"least maximum": needed} if needed else {})}
    yield Judgement(claim.id, "contradicted", SPREAD, sentence, f"SD at most {shown}", figures=(largest, *figures))
    claims = (claim.id, period.id)
    yield Finding("duration.spread", "contradiction", claims, sentence, explanation, numbers)


def _needed(known: Summary) -> tuple[str, tuple[Figure, ...]]:
    """The smallest maximum under which the printed mean and SD are possible, from 0: its text, and both paths.

    Nothing where no maximum does.
    """
    mean, sd = known.mean_printed, known.sd_printed
    first = bounds.least_maximum(Interval(mean, mean), Interval(sd, sd), known.n, Fraction(0)) if mean > 0 else inf
    if first == inf:
        return "", ()
    figure = Figure(
        "least maximum", first, Later(lambda: exact.least_maximum_attained(mean, sd, known.n, Fraction(0))), 1
    )
    return show(Fraction(figure.first), 1), (figure,)


def _follow_ups(study: Study) -> Iterator[Finding]:
    """Periods that a median follow-up of more patients shows to be no limit for all of theirs.

    If k of N patients were followed no longer than the period, and k is more than half of N, then so is the
    median of the N.
    """
    periods = {c.within for c in study.claims.values() if c.within and study.claims[c.within].type == "duration"}
    for period in (study.claims[name] for name in study.claims if name in periods):
        for other in study.claims.values():
            same = other.type == "median_iqr" and other.outcome == period.outcome and period.outcome is not None
            if same and (sentence := _no_limit(study, period, other)) is not None:
                explanation = "The period may be a mean or a planned one, or the median of other patients."
                yield Finding("duration.follow_up", "warning", (period.id, other.id), sentence, explanation)


def _no_limit(study: Study, period: Claim, other: Claim) -> str | None:
    """Why a period cannot have been the longest for all of its group, given a median of a whole, if so."""
    median = in_unit(study.values[other.id].first.interval, other.unit, period.unit)
    whole, part = group_size(study, other.group), group_size(study, period.group)
    if median is None or whole is None or part is None or period.group not in members(study, other.group):
        return None
    if median.low <= study.values[period.id].first.interval.high or 2 * part.n <= whole.n:
        return None
    half = -(-whole.n // 2)
    return (
        f"The median {other.outcome} of {whole.words} is {other.value} {other.unit}: at least {half} of them were "
        f"followed so long, and only {whole.n - part.n} are not among {part.words}. So {period.value} {period.unit} "
        "cannot have been the longest time for all of these."
    )
