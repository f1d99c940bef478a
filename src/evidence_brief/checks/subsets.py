"""Subsets: a part of the patients is never more than the whole."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.labels import sentence_case
from evidence_brief.patients import counts_members, denominators, tables
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Part of a whole"
OTHERS = "The two figures may be of different patients or of different moments."
EVENTS = "It may count events or measurements, of which one patient can have several, instead of patients."


def check_subsets(study: Study) -> Iterator[Judgement | Finding]:
    """A count is at most the number of patients whom it is of, and a subset at most the set (`within`).

    A count of other things than its whole (`unit: events`) may be larger, and is left alone.
    """
    for claim in study.claims.values():
        if claim.type == "count" and not any(group.n == claim.id for group in study.file.groups.values()):
            yield from _count_of_patients(study, claim)
        if claim.within is not None and study.claims[claim.within].type in ("count", "proportion"):
            yield from _within(study, claim, study.claims[claim.within])
    yield from _groups(study)


def _count_of_patients(study: Study, claim: Claim) -> Iterator[Judgement | Finding]:
    x = int(study.values[claim.id].first.value)
    known = denominators(study, claim)
    if not known:
        return
    largest = max(known, key=lambda denominator: denominator.n)
    if not counts_members(claim, largest):
        why = f"This counts {claim.unit}, whose number {largest.words} do not limit."
        yield Judgement(claim.id, "unchecked", METHOD, why)
    elif x > largest.n:
        yield from _larger(claim.id, largest.claim, f"{x} is more than {largest.words}.", EVENTS)
    else:
        why = f"No other figure determines this count; it is not more than {largest.words}."
        yield Judgement(claim.id, "possible", METHOD, why)


def _within(study: Study, part: Claim, whole: Claim) -> Iterator[Judgement | Finding]:
    parts, wholes = tables(study, part), tables(study, whole)
    least: Fraction | int
    most: Fraction | int
    subject, of_whole = part.outcome or part.id, whole.outcome or whole.id
    words = f"{subject} ({part.value}) is a part of {of_whole} ({whole.value})"
    if parts and wholes:
        least, most = min(x for x, _ in parts), max(x for x, _ in wholes)
    elif part.type == whole.type and part.group == whole.group and part.of == whole.of:
        least, most = _printed(study, part)[0], _printed(study, whole)[1]
    else:
        return
    if least > most:
        yield from _larger(part.id, whole.id, f"{words}, yet larger.", OTHERS)
    else:
        why = f"{words}, and is not larger; no other figure determines it."
        yield Judgement(part.id, "possible", METHOD, sentence_case(why))


def _printed(study: Study, claim: Claim) -> tuple[Fraction, Fraction]:
    """The least and the largest value that a figure stands for: a count for itself alone."""
    number = study.values[claim.id].first
    if claim.type == "count":
        return number.value, number.value
    return number.as_fraction.low, number.as_fraction.high


def _groups(study: Study) -> Iterator[Judgement | Finding]:
    groups = study.file.groups
    for whole in groups.values():
        for name in whole.parts:
            part = groups[name]
            if whole.n and part.n and study.values[part.n].first.value > study.values[whole.n].first.value:
                sentence = (
                    f"The group “{part.label}” ({study.values[part.n].text}) is a part of “{whole.label}” "
                    f"({study.values[whole.n].text}), yet larger."
                )
                yield from _larger(part.n, whole.n, sentence, OTHERS)


def _larger(part: str, whole: str, sentence: str, explanation: str) -> Iterator[Judgement | Finding]:
    yield Judgement(part, "contradicted", METHOD, sentence_case(sentence))
    yield Finding("subset.larger", "contradiction", (part, whole), sentence_case(sentence), explanation)
