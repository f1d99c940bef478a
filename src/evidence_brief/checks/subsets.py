"""Subsets: a part of the patients is never more than the whole."""

from __future__ import annotations

from collections.abc import Iterator

from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.patients import denominators, tables
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Part of a whole"


def check_subsets(study: Study) -> Iterator[Judgement | Finding]:
    """A count is at most the number of patients whom it is of, and a subset at most the set (`within`)."""
    for claim in study.claims.values():
        if claim.type == "count" and not any(group.n == claim.id for group in study.file.groups.values()):
            yield from _count_of_patients(study, claim)
        if claim.within is not None:
            yield from _within(study, claim, study.claims[claim.within])
    yield from _groups(study)


def _count_of_patients(study: Study, claim: Claim) -> Iterator[Judgement | Finding]:
    x = int(study.values[claim.id].first.value)
    known = denominators(study, claim)
    if not known:
        return
    largest = max(known, key=lambda denominator: denominator.n)
    if x > largest.n:
        yield from _larger(claim.id, largest.claim, f"{x} is more than {largest.words}.")
    else:
        yield Judgement(claim.id, "possible", METHOD, f"{x} lies between 0 and {largest.words}.")


def _within(study: Study, part: Claim, whole: Claim) -> Iterator[Judgement | Finding]:
    parts, whole_tables = tables(study, part), tables(study, whole)
    words = f"{part.outcome or part.id} ({part.value}) is a part of {whole.outcome or whole.id} ({whole.value})"
    if parts and whole_tables:
        if min(x for x, _ in parts) > max(x for x, _ in whole_tables):
            yield from _larger(part.id, whole.id, f"{words}, yet larger.")
        return
    same_patients = part.group == whole.group and part.of == whole.of and part.type == whole.type
    low, high = study.values[part.id].first.as_fraction.low, study.values[whole.id].first.as_fraction.high
    if same_patients and low > high:
        yield from _larger(part.id, whole.id, f"{words}, yet larger.")


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
                yield from _larger(part.n, whole.n, sentence)


def _larger(part: str, whole: str, sentence: str) -> Iterator[Judgement | Finding]:
    yield Judgement(part, "contradicted", METHOD, sentence[:1].upper() + sentence[1:])
    explanation = "The two figures may be of different patients or of different moments."
    yield Finding("subset.larger", "contradiction", (part, whole), sentence[:1].upper() + sentence[1:], explanation)
