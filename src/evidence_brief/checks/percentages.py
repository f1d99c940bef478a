"""Percentage ⇄ count: which numbers of patients print as the reported percentage?

This is the GRIM test applied to counts, where the possible values are the multiples of 1/n.

Brown NJL, Heathers JAJ. The GRIM test: a simple technique detects numerous anomalies in the reporting of
results in psychology. Soc Psychol Personal Sci 2017;8:363-369.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evidence_brief.agree import Figure
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.rounding import DEPARTURES, Departure, rounded_elsewhere
from evidence_brief.checks.shares import Fit, Share
from evidence_brief.patients import (
    Denominator,
    denominators,
    fitting_counts,
    other_denominators,
    why_unknown,
)
from evidence_brief.printed import Interval
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Count over number of patients"
BACK = "Percentage of the patients"


def check_percentages(study: Study) -> Iterator[Judgement | Finding]:
    """A percentage is a whole number of patients over the number of patients whom it is of.

    Reproduced where the count is reported, or where the printed digits are fine enough for the number of patients
    (up to 100 for whole percentages, 1000 for one decimal) and a count prints as reported. Of more patients every
    percentage is attainable, so that the figure is only possible; likewise where it is a share of a percentage
    that allows several numbers of patients, of which only some give it.
    """
    for claim in study.claims.values():
        if claim.type != "proportion":
            continue
        share = _share(study, claim)
        if not share.printed.as_fraction.overlaps(Interval(Fraction(0), Fraction(1))):
            if claim.parts:  # a sum of rounded percentages may pass 100%: the check of totals judges it
                continue
            yield from _contradicted(claim, "percentage.outside", f"{share.text} lies outside 0 to 100%.", "")
        elif any(denominator.n > 0 for denominator in denominators(study, claim)):
            yield from _judged(study, claim, share)
        else:
            yield Judgement(claim.id, "unchecked", METHOD, why_unknown(study, claim))


def _share(study: Study, claim: Claim) -> Share:
    count = None if claim.count is None else int(study.values[claim.count].first.value)
    return Share(study.values[claim.id].first, count)


def _judged(study: Study, claim: Claim, share: Share) -> Iterator[Judgement | Finding]:
    known = [denominator for denominator in denominators(study, claim) if denominator.n > 0]
    if fits := share.fits(known):
        yield _fitting(study, claim, share, fits, len(fits) == len(known))
        if claim.count is not None:
            yield _count(claim.count, share, fits[0], len(known) == 1)
    elif (found := _departing(share, known)) is not None:
        yield from _departs(study, claim, share, *found)
    elif fits := share.fits(_telling(study, claim, share)):
        yield from _other(claim, share, known[0], fits[0])
    else:
        code = "percentage.mismatch" if claim.count else "percentage.impossible"
        n = known[0].n
        shown: str | None = None
        figures: tuple[Figure, ...] = ()
        if share.count is not None and share.count <= n:
            shown = f"{share.count}/{n} = {share.percent(Fraction(share.count, n), 1)}"
            figures = (share.figure(share.count, n),)
        rest = [other for other in other_denominators(study, claim) if share.count is None and share.powerless(other.n)]
        silent = f" Of {rest[0].words} every percentage with these digits is possible." if rest else ""
        explanation = f"{share.missing(n)}{silent}"
        yield from _contradicted(claim, code, share.impossible(known[0]), explanation, shown, figures)


def _telling(study: Study, claim: Claim, share: Share) -> list[Denominator]:
    """Other patients of whom not every percentage with these digits is possible: these alone explain anything."""
    others = other_denominators(study, claim)
    return [other for other in others if share.count is not None or not share.powerless(other.n)]


def _fitting(study: Study, claim: Claim, share: Share, fits: list[Fit], all_fit: bool) -> Judgement:
    fit, shown, figures = fits[0], share.shown(fits), share.figures(fits)
    if not all_fit and claim.of is not None:
        why = f"{fit.makes} {share.text}, but {study.claims[claim.of].value} allows other numbers of patients as well."
        return Judgement(claim.id, "possible", METHOD, why, shown, figures=figures)
    if share.count is None and share.powerless(fit.n):
        first, last = fit.counts[0], fit.counts[-1]
        many = f"from {first} to {last}" if last > first else f"{first}"
        why = f"Of {fit.whole.words} every percentage with these digits is possible; the count is {many}."
        return Judgement(claim.id, "possible", METHOD, why, shown, figures=figures)
    return Judgement(claim.id, "reproduced", METHOD, f"{fit.makes} {share.text}.", shown, figures=figures)


def _count(count: str, share: Share, fit: Fit, only: bool) -> Judgement:
    """What the percentage says of the count that it is the share of."""
    back = fitting_counts(share.printed.as_fraction, fit.n)
    if only and back[0] == back[-1]:
        why = f"{share.text} of {fit.whole.words} is {back[0]} patient{'' if back[0] == 1 else 's'}."
        figure = Figure("count", round(float(share.printed.value * share.printed.scale) * fit.n), Fraction(back[0]), 0)
        return Judgement(count, "reproduced", BACK, why, str(back[0]), figures=(figure,))
    return Judgement(count, "possible", BACK, f"{share.text} of {fit.whole.words} allows {fit.counts[0]}.")


def _departing(share: Share, known: list[Denominator]) -> tuple[Fit, Departure] | None:
    """The patients of whom the percentage is possible under a way of printing that is not rounding."""
    for departure in DEPARTURES:
        if fits := share.fits(known, departure.shares(share.printed)):
            return fits[0], departure
    return None


def _departs(study: Study, claim: Claim, share: Share, fit: Fit, departure: Departure) -> Iterator[Judgement | Finding]:
    x, n = fit.counts[0], fit.n
    exact = Fraction(x, n)
    arithmetic = f"{x}/{n} = {share.percent(exact, 1)}, which rounds to {share.percent(exact)}"
    if departure.twice:
        arithmetic = f"{x}/{n} = {share.percent(exact, 2)}, rounded to {share.percent(exact, 1)} and then again"
    sentence = f"{fit.makes} {share.text} only if {departure.words}: {arithmetic}."
    shown, figures = share.shown([fit]), share.figures([fit])
    yield Judgement(claim.id, "reproduced-if", METHOD, sentence, shown, departure.condition, figures=figures)
    explanations = [rounded_elsewhere(study, claim)]
    if others := share.fits(other_denominators(study, claim)):
        explanations.append(f"It would also be {others[0].words}.")
    claims = (claim.id, claim.count) if claim.count else (claim.id,)
    yield Finding(f"percentage.{departure.code}", "warning", claims, sentence, " ".join(filter(None, explanations)))


def _other(claim: Claim, share: Share, stated: Denominator, fit: Fit) -> Iterator[Judgement | Finding]:
    sentence = f"{share.impossible(stated)} It would be {fit.words}."
    shown, figures = share.shown([fit]), share.figures([fit])
    yield Judgement(claim.id, "reproduced-if", METHOD, sentence, shown, f"of {fit.whole.words}", figures=figures)
    yield Finding("percentage.other_denominator", "warning", (claim.id, fit.whole.claim), sentence)


def _contradicted(
    claim: Claim,
    code: str,
    sentence: str,
    explanation: str,
    shown: str | None = None,
    figures: tuple[Figure, ...] = (),
) -> Iterator[Judgement | Finding]:
    yield Judgement(claim.id, "contradicted", METHOD, sentence, shown, figures=figures)
    claims = (claim.id, claim.count) if claim.count else (claim.id,)
    yield Finding(code, "contradiction", claims, sentence, explanation)
