"""Totals: groups add up to the whole, and parts to their sum."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.printed import Number, show
from evidence_brief.study.load import Study


def check_totals(study: Study) -> Iterator[Judgement | Finding]:
    """A total is the sum of its parts, and each part is what the others leave of the total.

    Counts must agree exactly; percentages within the rounding of every printed figure.
    """
    for total, parts in _sums(study):
        if study.claims[total].type == "count" and all(study.claims[part].type == "count" for part in parts):
            yield from _exact(study, total, parts)
        elif study.claims[total].type == "proportion":
            yield from _rounded(study, total, parts)


def _sums(study: Study) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The (total, parts) that the groups and claims of the study state."""
    groups = study.file.groups
    for group in groups.values():
        sizes = [groups[part].n for part in group.parts]
        if group.n is not None and sizes and all(sizes):
            yield group.n, tuple(size for size in sizes if size)
    for claim in study.claims.values():
        if claim.parts:
            yield claim.id, claim.parts


def _exact(study: Study, total: str, parts: tuple[str, ...]) -> Iterator[Judgement | Finding]:
    whole = int(study.values[total].first.value)
    terms = [int(study.values[part].first.value) for part in parts]
    sum_text = " + ".join(str(term) for term in terms)
    if sum(terms) != whole:
        sentence = f"The parts {sum_text} make {sum(terms)}, but the total is reported as {whole}."
        yield Judgement(total, "contradicted", "Sum of the parts", sentence, str(sum(terms)))
        yield Finding(
            "totals.mismatch",
            "contradiction",
            (total, *parts),
            sentence,
            "Patients may belong to no part or to several, or one of the figures may be of another moment.",
            {"total": str(whole), "sum": str(sum(terms))},
        )
        return
    yield Judgement(total, "reproduced", "Sum of the parts", f"{sum_text} = {whole}.", str(whole))
    for part, term in zip(parts, terms, strict=True):
        others = " − ".join(str(other) for name, other in zip(parts, terms, strict=True) if name != part)
        if others:
            yield Judgement(
                part, "reproduced", "Total less the other parts", f"{whole} − {others} = {term}.", str(term)
            )


def _rounded(study: Study, total: str, parts: tuple[str, ...]) -> Iterator[Judgement | Finding]:
    whole = study.values[total].first
    terms = [study.values[part].first for part in parts if study.claims[part].type == "proportion"]
    if len(terms) != len(parts):
        return
    possible = sum((term.as_fraction for term in terms[1:]), start=terms[0].as_fraction)
    exact = sum(_share(term) for term in terms)
    words = " + ".join(term.text for term in terms)
    shown = show(exact * 100, whole.decimals) + "%" if whole.percent else show(exact, whole.decimals)
    if not possible.overlaps(whole.as_fraction):
        sentence = f"The parts {words} make {shown}, but the total is reported as {whole.text}."
        yield Judgement(total, "contradicted", "Sum of the parts", sentence, shown)
        yield Finding(
            "totals.mismatch",
            "contradiction",
            (total, *parts),
            f"{sentence} Rounding of the parts cannot explain it.",
            "The parts may overlap, or leave some patients out.",
            {"total": whole.text, "sum": shown},
        )
    elif exact == _share(whole):
        yield Judgement(total, "reproduced", "Sum of the parts", f"{words} = {whole.text}.", shown)
    else:
        why = f"{words} = {shown}, which agrees with {whole.text} within rounding."
        yield Judgement(total, "possible", "Sum of the parts", why, shown)


def _share(number: Number) -> Fraction:
    """The printed number itself on the scale of 0 to 1."""
    return number.value / 100 if number.percent else number.value
