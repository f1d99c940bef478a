"""A ratio or difference of two reported figures: relative risk, odds ratio, risk difference, difference of means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence_brief.checks.estimate_values import (
    Computed,
    conditional_odds,
    from_means,
    from_percentages,
    from_tables,
    half_added,
    rounded_up,
)
from evidence_brief.checks.result import Finding, Judgement, Severity
from evidence_brief.checks.summaries import MISREAD, summaries_of
from evidence_brief.patients import COUNTED, shared_patients, tables
from evidence_brief.printed import Number
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Estimate from two figures"
BENIGN = "It may be adjusted for covariates or strata, come from a model or a pooled analysis, or be of other patients."
NAMES = {
    "RR": "relative risk",
    "OR": "odds ratio",
    "RD": "risk difference",
    "HR": "hazard ratio",
    "MD": "difference of means",
    "SMD": "standardised mean difference",
    "NNT": "number needed to treat",
}
HALF = "½ is added to each cell, one of which is empty"


def measure_of(study: Study, claim: Claim) -> str | None:
    """Which estimate it is: as the study file says, or as its value prints."""
    return claim.measure or study.values[claim.id].letter or None


def is_adjusted(claim: Claim) -> bool:
    """Whether it is of a model: the study file says so, or the printed value does ("aOR 1.9")."""
    return claim.adjusted or re.match(r"\s*(?:a(?=[A-Z]R\b)|A(?=(?:OR|HR)\b)|[Aa]dj)", claim.value) is not None


def check_estimates(study: Study) -> Iterator[Judgement | Finding]:
    """An estimate is what the two figures that it compares give, the first against the second.

    Reproduced from the counts or the means; reproduced-if the other way round, as another measure, from rounded
    percentages, or cut off; contradicted if none of these prints it.
    """
    for claim in study.claims.values():
        if claim.type == "estimate":
            if (reason := _why_not(study, claim)) is not None:
                yield Judgement(claim.id, "unchecked", METHOD, reason)
            else:
                yield from _judged(study, claim)


def _why_not(study: Study, claim: Claim) -> str | None:
    if is_adjusted(claim):
        return "It is adjusted: a model whose data are not reported gives it."
    if len(claim.compares) != 2:
        return "The two figures that this estimate compares are not reported."
    measure = measure_of(study, claim)
    if measure in ("HR", "other"):
        return "It depends on times or on a model, which are not reported."
    if measure == "SMD" and claim.paired:
        return "A standardised difference of the same patients depends on how they changed, which is not reported."
    if measure == "OR" and claim.paired:
        return "An odds ratio of the same patients depends on how many changed, which is not reported."
    first, second = (study.claims[name] for name in claim.compares)
    if not claim.paired and (reason := shared_patients(study, first, second)) is not None:
        return reason
    if {first.type, second.type} <= set(COUNTED):
        return None if tables(study, first) and tables(study, second) else "The counts behind it are not known."
    if first.type == second.type == "mean_sd":
        return None
    return "The figures that it compares are of kinds that no estimate compares."


@dataclass(frozen=True)
class Way:
    """A way to read an estimate: what it gives, and under which condition (None: as it is said to be)."""

    computed: Computed
    condition: str | None = None
    code: str = ""


def _ways(study: Study, claim: Claim) -> list[Way]:
    """As it is said to be, then under one departure."""
    measure, compared = measure_of(study, claim), (study.claims[claim.compares[0]], study.claims[claim.compares[1]])
    swapped = (compared[1], compared[0])
    if compared[0].type == "mean_sd":
        groups = summaries_of(study, claim.compares)
        known = None if isinstance(groups, str) else groups
        means = [study.values[other.id].first for other in compared]
        plain = from_means(measure, means, known)
        other = from_means(measure, means, [group.otherwise() for group in known]) if known and measure == "SMD" else []
        misread = [Way(way, MISREAD[known[0].spread], "estimate.spread") for way in other] if known else []
        turned = from_means(measure, means[::-1], known and known[::-1])
        return [
            *map(Way, plain),
            *misread,
            *(Way(way, "the second against the first", "estimate.turned") for way in turned),
        ]
    asked = [measure] if measure in ("RR", "OR", "RD", "NNT") else ["RR", "OR", "RD"] if measure is None else []
    others = [other for other in ("RR", "OR") if measure in ("RR", "OR") and other != measure]
    return [
        *(Way(from_tables(study, each, *compared)) for each in asked),
        *([Way(rounded_up(from_tables(study, "NNT", *compared)))] if measure == "NNT" else []),
        *([Way(conditional_odds(study, *compared))] if measure == "OR" else []),
        *(Way(from_tables(study, each, *swapped), "the second against the first", "estimate.turned") for each in asked),
        *(Way(half_added(study, each, *compared), HALF, "estimate.half") for each in asked if each in ("RR", "OR")),
        *(
            Way(from_tables(study, each, *compared), f"it is a{_n(each)} {NAMES[each]}", "estimate.other")
            for each in others
        ),
        *(
            Way(rounded, "of the rounded percentages", "estimate.rounded")
            for rounded in from_percentages(study, asked, compared)
        ),
    ]


def _n(measure: str) -> str:
    return "n" if NAMES[measure][0] in "aeiou" else ""


def _judged(study: Study, claim: Claim) -> Iterator[Judgement | Finding]:
    printed = study.values[claim.id].first
    ways = [way for way in _ways(study, claim) if way.computed.values]
    if not ways:
        yield Judgement(claim.id, "unchecked", METHOD, "This estimate is not defined for the reported figures.")
        return
    # As it is said to be, at the printed values and then near them; only then under a departure.
    for ask, wanted in ((True, "yes"), (True, "some"), (False, "yes"), (False, "some")):
        for way in ways:
            if (way.condition is None) == ask and way.computed.prints(printed.as_fraction) == wanted:
                yield from _found(claim, printed, way, wanted == "yes")
                return
    cut = printed.truncated.scaled(printed.scale)
    if (way := ways[0]).computed.prints(cut) != "no":
        yield from _found(claim, printed, Way(way.computed, "cut off instead of rounded", "estimate.truncated"), True)
        return
    yield from _none(study, claim, printed, ways[0].computed)


def _found(claim: Claim, printed: Number, way: Way, always: bool) -> Iterator[Judgement | Finding]:
    shown, figures = way.computed.shown(printed)
    words = f"The {way.computed.name} of the two figures is {shown}"
    if way.condition is None:
        why = f"{words}." if always else f"{words}; only some values that the figures stand for give {printed.text}."
        yield Judgement(claim.id, "reproduced" if always else "possible", METHOD, why, shown, figures=figures)
        return
    yield Judgement(
        claim.id, "reproduced-if", METHOD, f"{words}, {way.condition}.", shown, way.condition, figures=figures
    )
    severity: Severity = "note" if way.code == "estimate.turned" else "warning"
    sentence = f"{claim.value} is the {way.computed.name} only if {_if(way)}: {shown}."
    yield Finding(way.code, severity, (claim.id, *claim.compares), sentence)


def _if(way: Way) -> str:
    return {
        "estimate.turned": "the second figure is set against the first",
        "estimate.rounded": "computed from the rounded percentages",
    }.get(way.code, way.condition or "")


def _none(study: Study, claim: Claim, printed: Number, computed: Computed) -> Iterator[Judgement | Finding]:
    shown, figures = computed.shown(printed)
    first, second = (_counted(study, name) for name in claim.compares)
    sentence = f"{claim.value} is printed, but the {computed.name} of {first} and {second} is {shown}."
    yield Judgement(claim.id, "contradicted", METHOD, sentence, shown, figures=figures)
    yield Finding("estimate.mismatch", "contradiction", (claim.id, *claim.compares), sentence, BENIGN)


def _counted(study: Study, name: str) -> str:
    """A compared figure in words: 22/24 where its count is known."""
    claim = study.claims[name]
    options = tables(study, claim) if claim.type in COUNTED else ()
    return f"{options[0][0]}/{options[0][1]}" if len(options) == 1 else claim.value
