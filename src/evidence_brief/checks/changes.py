"""A mean change against the two means that it lies between, and its SD against theirs."""

from __future__ import annotations

from collections.abc import Iterator

from evidence_brief.agree import Figure, Later, rounded
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.summaries import summary_of
from evidence_brief.patients import denominators
from evidence_brief.printed import show
from evidence_brief.stats import exact, mean_ranges, means
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Difference of the two means"
CORRELATION = "Correlation that the three SDs imply"
EXPLANATION = "Patients with one measurement may be in one of the figures alone, or the change may be adjusted."


def check_changes(study: Study) -> Iterator[Judgement | Finding]:
    """A mean change is the second mean less the first (or the other way round), of the same patients.

    Its SD belongs to a correlation r of the two measurements: sd² = sd1² + sd2² − 2 r sd1 sd2 (Cochrane Handbook
    6.5.2.8). Where no r from −1 to 1 gives it, the three SDs contradict each other.
    """
    for claim in study.claims.values():
        if claim.type == "mean_sd" and claim.compares:
            first, second = (study.claims[name] for name in claim.compares)
            if claim.adjusted:
                yield Judgement(claim.id, "unchecked", METHOD, "It is adjusted: a model whose data are not reported.")
                continue
            if claim.unit == "%" and "%" not in (first.unit, second.unit):
                why = "It is a percent change, which is a mean of the patients' own and not that of the two means."
                yield Judgement(claim.id, "unchecked", METHOD, why)
                continue
            sizes = {tuple(d.n for d in denominators(study, each)) for each in (claim, first, second)} - {()}
            if len(sizes) > 1:
                why = "The change and the two means are of different numbers of patients."
                yield Judgement(claim.id, "unchecked", METHOD, why)
                continue
            yield from _mean(study, claim, first, second)
            yield from _spread(study, claim, first, second)


def _mean(study: Study, claim: Claim, first: Claim, second: Claim) -> Iterator[Judgement | Finding]:
    printed = study.values[claim.id].first
    before, after = study.values[first.id].first, study.values[second.id].first
    exact_change = after.value - before.value
    figure = Figure("change", float(after.value) - float(before.value), exact_change, max(printed.decimals, 0))
    shown = show(exact_change, max(printed.decimals, before.decimals, after.decimals, 0))
    reach = after.interval + before.interval.mirrored()
    words = f"{after.text} − {before.text} = {shown}"
    signed = printed.text.startswith(("+", "-"))
    for interval, value in ((reach, exact_change), (reach.mirrored(), -exact_change)):
        if signed and value != exact_change and interval.overlaps(printed.interval):
            yield from _turned(claim, (first, second), words, shown, figure)
            return
        if value in printed.interval:
            yield Judgement(claim.id, "reproduced", METHOD, f"{words}.", shown, figures=(figure,))
            return
        if interval.overlaps(printed.interval):
            why = f"{words}, which agrees with {printed.text} within rounding."
            yield Judgement(claim.id, "possible", METHOD, why, shown, figures=(figure,))
            return
    sentence = f"{words}, but a mean change of {printed.text} is printed."
    yield Judgement(claim.id, "contradicted", METHOD, sentence, shown, figures=(figure,))
    claims = (claim.id, first.id, second.id)
    yield Finding("change.mean", "contradiction", claims, sentence, EXPLANATION)


def _turned(
    claim: Claim, compared: tuple[Claim, Claim], words: str, shown: str, figure: Figure
) -> Iterator[Judgement | Finding]:
    """A change that is printed with the sign of the opposite direction."""
    condition = "the first mean less the second"
    why = f"{words}; {claim.value} has the other sign."
    yield Judgement(claim.id, "reproduced-if", METHOD, why, shown, condition, figures=(figure,))
    yield Finding("change.sign", "warning", (claim.id, *(each.id for each in compared)), why)


def _spread(study: Study, claim: Claim, first: Claim, second: Claim) -> Iterator[Judgement | Finding]:
    known = [summary_of(study, each) for each in (claim, first, second)]
    summaries = [each for each in known if not isinstance(each, str)]
    if len(summaries) < 3:
        return
    change, before, after = summaries
    if not (before.sd_printed and after.sd_printed):
        return
    floats = (float(before.sd_printed), float(after.sd_printed), float(change.sd_printed))
    second_path = Later(lambda: exact.implied_r(before.sd_printed, after.sd_printed, change.sd_printed))
    figure = Figure("correlation", means.implied_r(*floats), second_path, 2)
    shown = show(rounded(figure.first), 2)
    found = mean_ranges.implied_r_range(before.sd, after.sd, change.sd)
    claims = (claim.id, first.id, second.id)
    if found is None:
        sentence = (
            f"An SD of {claim.value} cannot be of the change from {first.value} to {second.value}: it would need a "
            f"correlation of {shown}."
        )
        yield Judgement(claim.id, "contradicted", CORRELATION, sentence, f"r = {shown}", figures=(figure,))
        yield Finding("change.spread", "contradiction", claims, sentence, EXPLANATION)
        return
    why = f"The SD of the change belongs to a correlation of {shown} of the two measurements."
    yield Judgement(claim.id, "possible", CORRELATION, why, f"r = {shown}", figures=(figure,))
    if found.high < 0:
        sentence = (
            f"{claim.value}: its SD implies a negative correlation of the two measurements ({shown}), which is unusual."
        )
        yield Finding("change.negative_correlation", "warning", claims, sentence, EXPLANATION)
