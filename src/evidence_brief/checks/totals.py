"""Totals: groups add up to the whole, and parts to their sum."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evidence_brief.agree import Figure
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.patients import denominators, tables, truncated_share
from evidence_brief.printed import Number, show
from evidence_brief.study.load import Study

SUM = "Sum of the parts"
REST = "Total less the other parts"


def check_totals(study: Study) -> Iterator[Judgement | Finding]:
    """A total is the sum of its parts, and each part is what the others leave of the total.

    Counts agree exactly; percentages within the rounding of every printed figure.
    """
    for total, parts in _sums(study):
        types = {study.claims[name].type for name in (total, *parts)}
        if types == {"count"}:
            yield from _exact(study, total, parts)
        elif types == {"proportion"} and len({_of(study, name) for name in (total, *parts)} - {()}) <= 1:
            yield from _rounded(study, total, parts)
        else:
            what = "of different kinds" if len(types) > 1 else "shares of different numbers of patients"
            why = f"The total and its parts are {what}, so that they cannot be added up."
            yield Judgement(total, "unchecked", SUM, why)


def _of(study: Study, name: str) -> tuple[int, ...]:
    """The numbers of patients that a percentage may be of."""
    return tuple(denominator.n for denominator in denominators(study, study.claims[name]))


def _sums(study: Study) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The (total, parts) that the groups and claims of the study state, each sum once."""
    groups = study.file.groups
    stated = set()
    for group in groups.values():
        sizes = tuple(size for part in group.parts if (size := groups[part].n))
        if group.n is not None and sizes and len(sizes) == len(group.parts):
            stated.add((group.n, frozenset(sizes)))
            yield group.n, sizes
    for claim in study.claims.values():
        if claim.parts and (claim.id, frozenset(claim.parts)) not in stated:
            yield claim.id, claim.parts


def _exact(study: Study, total: str, parts: tuple[str, ...]) -> Iterator[Judgement | Finding]:
    whole = int(study.values[total].first.value)
    terms = [int(study.values[part].first.value) for part in parts]
    words = " + ".join(str(term) for term in terms)
    if sum(terms) != whole:
        sentence = f"{_parts(words, terms)} {sum(terms)}, but the total is reported as {whole}."
        figure = Figure("sum", sum(map(float, terms)), Fraction(sum(terms)), 0)
        yield from _mismatch(total, parts, sentence, str(whole), str(sum(terms)), figure)
        return
    figure = Figure("sum", sum(float(term) for term in terms), Fraction(sum(terms)), 0)
    yield Judgement(total, "reproduced", SUM, f"{words} = {whole}.", str(whole), figures=(figure,))
    for i, (part, term) in enumerate(zip(parts, terms, strict=True)):
        if others := " − ".join(str(other) for other in (*terms[:i], *terms[i + 1 :])):
            rest = Figure("rest", float(whole) - sum(map(float, terms)) + float(term), Fraction(term), 0)
            yield Judgement(part, "reproduced", REST, f"{whole} − {others} = {term}.", str(term), figures=(rest,))


def _rounded(study: Study, total: str, parts: tuple[str, ...]) -> Iterator[Judgement | Finding]:
    whole, terms = study.values[total].first, [study.values[part].first for part in parts]
    exact = sum((_share(term) for term in terms), Fraction(0))
    decimals = max(number.decimals for number in (whole, *terms))
    shown = _shown(exact, whole, decimals)
    scale = 100 if whole.percent else 1
    figure = Figure("sum", scale * sum(float(_share(term)) for term in terms), scale * exact, max(decimals, 0))
    words = " + ".join(term.text for term in terms)
    possible = sum((term.as_fraction for term in terms[1:]), start=terms[0].as_fraction)
    cut = sum((truncated_share(term) for term in terms[1:]), start=truncated_share(terms[0]))
    if exact in whole.as_fraction:
        printed = "" if exact == _share(whole) else f", which prints as {whole.text}"
        yield Judgement(total, "reproduced", SUM, f"{words} = {shown}{printed}.", shown, figures=(figure,))
    elif possible.overlaps(whole.as_fraction) and _counts_allow(study, total, parts):
        why = f"{words} = {shown}, which agrees with {whole.text} within rounding."
        yield Judgement(total, "possible", SUM, why, shown, figures=(figure,))
    elif not possible.overlaps(whole.as_fraction) and cut.overlaps(truncated_share(whole)):
        sentence = f"{words} = {shown} agrees with {whole.text} only if figures were cut off, not rounded."
        condition = "cut off instead of rounded"
        yield Judgement(total, "reproduced-if", SUM, sentence, shown, condition, figures=(figure,))
        yield Finding("totals.truncated", "warning", (total, *parts), sentence)
    else:
        sentence = f"{_parts(words, terms)} {shown}, but the total is reported as {whole.text}, beyond rounding."
        yield from _mismatch(total, parts, sentence, whole.text, shown, figure)


def _counts_allow(study: Study, total: str, parts: tuple[str, ...]) -> bool:
    """Whether counts of the same patients that print as the parts can add up to one that prints as the total.

    True also where the counts are not known, or none prints as reported: then another check says so.
    """
    whole, *terms = (sorted({x for x, _ in tables(study, study.claims[name])}) for name in (total, *parts))
    if not whole or not all(terms):
        return True
    return sum(term[0] for term in terms) <= whole[-1] and whole[0] <= sum(term[-1] for term in terms)


def _mismatch(
    total: str, parts: tuple[str, ...], sentence: str, whole: str, summed: str, figure: Figure
) -> Iterator[Judgement | Finding]:
    yield Judgement(total, "contradicted", SUM, sentence, summed, figures=(figure,))
    for part in parts:
        why = f"{sentence} Which of these figures is wrong cannot be said."
        yield Judgement(part, "unchecked", REST, why)
    explanation = "Patients may belong to no part or to several, or one of the figures may be of another moment."
    numbers = {"total": whole, "sum": summed}
    yield Finding("totals.mismatch", "contradiction", (total, *parts), sentence, explanation, numbers)


def _parts(words: str, terms: list[int] | list[Number]) -> str:
    return f"The parts {words} make" if len(terms) > 1 else f"The only part, {words}, makes"


def _shown(share: Fraction, like: Number, decimals: int) -> str:
    return show(share * 100, max(decimals, 0)) + "%" if like.percent else show(share, max(decimals, 0))


def _share(number: Number) -> Fraction:
    """The printed number itself on the scale of 0 to 1."""
    return number.value * number.scale
