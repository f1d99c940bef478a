"""Is the printed SD one that values with this mean can have, between the ends that they cannot pass?

Bhatia R, Davis C. A better bound on the variance. Am Math Mon 2000;107:353-357.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evidence_brief.agree import Figure, Later
from evidence_brief.checks.companions import attained_ends
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.spread_limits import largest_sd
from evidence_brief.checks.steps import ends, plain
from evidence_brief.checks.summaries import Summary, skewed, summary_of
from evidence_brief.printed import Interval, show
from evidence_brief.stats import bounds, exact, ranges
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Largest SD between two ends"
ATTAINED = "SD of values that reach both ends"


def check_spreads(study: Study) -> Iterator[Judgement | Finding]:
    """An SD is not negative, and neither larger nor smaller than the ends of the scale, or of the range, allow.

    Between ends a and b values with mean m have an SD of at most √((b − m)(m − a) n/(n − 1)). Values that reach
    a printed minimum and maximum have at least the SD that is left when all others stand still.
    """
    for claim in study.claims.values():
        if claim.type != "mean_sd":
            continue
        numbers = study.values[claim.id].numbers
        if len(numbers) == 2 and numbers[1].value < 0:
            sentence = f"{claim.value}: a standard deviation is not negative."
            yield Judgement(claim.id, "contradicted", METHOD, sentence)
            yield Finding("spread.negative", "contradiction", (claim.id,), sentence)
        elif not isinstance(known := summary_of(study, claim), str):
            yield from _between_ends(study, claim, known)
    yield from _skewed(study)


def _between_ends(study: Study, claim: Claim, known: Summary) -> Iterator[Judgement | Finding]:
    scale = study.file.scales.get(claim.scale) if claim.scale else None
    low, high = ends(scale, claim.change) if scale else (None, None)
    if low is not None and high is not None and known.mean.overlaps(Interval(low, high)):
        what = f"on the scale {scale.label if scale else ''} ({plain(low)} to {plain(high)})"
        yield from _limited(claim, known, (low, high), what, (claim.id,))
    if (found := attained_ends(study, claim)) is not None:
        yield from _attained(study, claim, known, *found)


def _limited(
    claim: Claim, known: Summary, limits: tuple[Fraction, Fraction], what: str, claims: tuple[str, ...]
) -> Iterator[Judgement | Finding]:
    """The SD against the largest one between two ends."""
    largest = largest_sd(known, limits)
    shown = show(Fraction(largest.first), 2)
    if bounds.sd_possible(known.mean, known.sd, known.n, *limits, None):
        why = f"Values {what} with this mean can have an SD of up to {shown}."
        if known.sd_printed > Fraction(largest.first):
            why = f"Values {what} with this mean can have this SD, within the digits that are printed."
        yield Judgement(claim.id, "possible", METHOD, why, figures=(largest,))
        return
    sentence = f"{claim.value}: values {what} with this mean can have an SD of at most {shown}."
    yield Judgement(claim.id, "contradicted", METHOD, sentence, f"SD at most {shown}", figures=(largest,))
    explanation = f"{_otherwise(known, limits)} Another version of the scale may have been used.".strip()
    yield Finding("spread.too_large", "contradiction", claims, sentence, explanation, {"largest SD": shown})


def _otherwise(known: Summary, limits: tuple[Fraction, Fraction]) -> str:
    """What the figure would be under the other reading of ±, where that is possible."""
    other = known.reread("sd" if known.spread == "se" else "se")
    if not bounds.sd_possible(other.mean, other.sd, other.n, *limits, None):
        return ""
    was, would = ("standard error", "SD") if known.spread == "se" else ("SD", "standard error")
    sd = show(other.sd_printed, 2)
    return f"It is printed as a {was}; if it were a {would}, the SD would be {sd}, which is possible."


def _attained(
    study: Study, claim: Claim, known: Summary, seen: Claim, low: Interval, high: Interval
) -> Iterator[Judgement | Finding]:
    """The mean and SD of values of which the lowest and the highest are printed."""
    claims = (claim.id,) if seen.id == claim.id else (claim.id, seen.id)
    if known.mean.high < low.low or known.mean.low > high.high:
        sentence = f"The mean {claim.value} lies outside the range that is printed for it ({seen.value})."
        yield Judgement(claim.id, "contradicted", ATTAINED, sentence)
        yield Finding("mean.outside_range", "contradiction", claims, sentence, "They may be of different patients.")
    elif low.low < high.high and not bounds.sd_possible(known.mean, known.sd, known.n, low.low, high.high, None):
        yield from _limited(claim, known, (low.low, high.high), f"in the range {seen.value}", claims)
    elif (width := high.low - low.high) > 0 and known.n >= 2:
        yield from _least(claim, known, width, seen, claims)


def _least(
    claim: Claim, known: Summary, width: Fraction, seen: Claim, claims: tuple[str, ...]
) -> Iterator[Judgement | Finding]:
    """The SD against the smallest one of values that reach both ends: w/√(2 (n − 1)), the rest in the middle."""
    least, _ = ranges.sd_of_range(known.n, width)
    figure = Figure("smallest SD", float(least), Later(lambda: exact.least_sd_of_range(known.n, width)), 4)
    shown = show(Fraction(figure.first), 2)
    if known.sd.high**2 * 2 * (known.n - 1) >= width**2:
        why = f"Values that reach both ends of {seen.value} have an SD of at least {shown}."
        yield Judgement(claim.id, "possible", ATTAINED, why, figures=(figure,))
        return
    sentence = f"{claim.value}: {known.n} values that reach both ends of {seen.value} have an SD of at least {shown}."
    yield Judgement(claim.id, "contradicted", ATTAINED, sentence, f"SD at least {shown}", figures=(figure,))
    other, (_, most) = known.reread("se"), ranges.sd_of_range(known.n, width)
    enough = other.sd.high**2 * 2 * (known.n - 1) >= width**2 and float(other.sd.low) <= most
    explanation = ""
    if known.spread == "sd" and enough:
        explanation = f"If it were a standard error, the SD would be {show(other.sd_printed, 2)}, which is possible."
    yield Finding("spread.too_small", "contradiction", claims, sentence, explanation, {"smallest SD": shown})


def _skewed(study: Study) -> Iterator[Finding]:
    """One note for all means whose values cannot be normal."""
    found = {c.id: reason for c in study.claims.values() if c.type == "mean_sd" and (reason := skewed(study, c))}
    if found:
        values = ", ".join(study.claims[name].value for name in found)
        are = "is" if len(found) == 1 else "are"
        sentence = (
            f"{values} {are} of skewed values: two SDs from the mean lie beyond an end of the possible values. Median "
            "and quartiles would describe them better, and t tests and t intervals of them are approximate."
        )
        yield Finding("spread.skewed", "note", tuple(found), sentence)
