"""Of how many patients a figure is, and which numbers of patients print as a given percentage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from evidence_brief.printed import Interval, Number
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

MOST_COUNTS = 200
"""Counts that a printed percentage may stand for; beyond, they are not gone through one by one."""

COUNTED = ("count", "proportion")
"""Types of claims that count patients."""

_PERSONS = (
    "adults babies cases children controls females individuals infants males men neonates participants patients "
    "people persons subjects volunteers women"
)
PERSONS = frozenset(_PERSONS.split())
"""Units of counts that mean patients, whatever they are called."""


@dataclass(frozen=True)
class Denominator:
    """A number of patients, the claim that reports it, and words for it ("the 24 patients (IVIG)")."""

    n: int
    claim: str
    words: str
    unit: str = "patients"


def fitting_counts(percentage: Interval, n: int) -> range:
    """Every count x of n whose share lies in the interval (on the scale of 0 to 1); none of no patients."""
    if n <= 0:
        return range(0)
    counts = percentage.scaled(n).whole_numbers()
    return range(max(counts.start, 0), min(counts.stop, n + 1))


def truncated_share(number: Number) -> Interval:
    """Every share (0 to 1) that is cut off, instead of rounded, to the printed number."""
    return number.truncated.scaled(number.scale)


def group_size(study: Study, group: str | None) -> Denominator | None:
    """The reported number of patients of a group."""
    entry = study.file.groups.get(group) if group else None
    if entry is None or entry.n is None:
        return None
    unit = unit_of(study.claims[entry.n])
    n = int(study.values[entry.n].first.value)
    return Denominator(n, entry.n, f"{_the(n, unit)} ({entry.label})", unit)


def unit_of(count: Claim) -> str:
    """What a count counts: its unit, "patients" where it has none."""
    return count.unit or "patients"


def counts_members(claim: Claim, whole: Denominator) -> bool:
    """Whether a count counts the same things as the whole: events of a group may outnumber its patients."""
    return claim.unit is None or claim.unit == whole.unit or {claim.unit.lower(), whole.unit.lower()} <= PERSONS


def denominators(study: Study, claim: Claim) -> tuple[Denominator, ...]:
    """The patients whom the claim is about: those of its `of`, or else of its group; none if not known.

    Several, up to MOST_COUNTS, where `of` is a percentage that more than one count fits.
    """
    if claim.of is not None:
        return _counted(study, study.claims[claim.of])
    size = group_size(study, claim.group)
    return (size,) if size else ()


def why_unknown(study: Study, claim: Claim) -> str:
    """Why it is not known of how many patients a figure is (`denominators` is empty, or holds only 0)."""
    if any(d.n == 0 for d in denominators(study, claim)):
        return "It is of no patients (n = 0)."
    if claim.of is not None:
        whole = study.claims[claim.of]
        if leaves_too_many(study, whole):
            return f"The figure that it is a share of ({whole.value}) leaves too many possible numbers of patients."
        if denominators(study, whole):
            return f"The figure that it is a share of ({whole.value}) does not itself hold."
    return "The number of patients whom it is of is not reported."


def _counted(study: Study, claim: Claim) -> tuple[Denominator, ...]:
    """The patients whom a count or a proportion counts: several, where more than one count fits."""
    for group, entry in study.file.groups.items():
        if entry.n == claim.id and (size := group_size(study, group)) is not None:
            return (size,)
    unit = "patients"
    if claim.type == "count" or claim.count is not None:
        count = study.claims[claim.count or claim.id]
        counts, unit = [int(study.values[count.id].first.value)], unit_of(count)
    else:
        counts = sorted({x for x, _ in tables(study, claim)})
    what = f" with {claim.outcome}" if claim.outcome and unit.lower() in PERSONS else f" ({claim.outcome or claim.id})"
    return tuple(Denominator(x, claim.id, _the(x, unit) + what, unit) for x in counts)


def _the(n: int, unit: str) -> str:
    return f"the {n} {'patient' if n == 1 and unit == 'patients' else unit}"


def other_denominators(study: Study, claim: Claim) -> tuple[Denominator, ...]:
    """Other patients of whom the same words may speak: of the group, of its wholes, or counted in the group."""
    own = {d.n for d in denominators(study, claim)}
    found: dict[int, Denominator] = {}
    for group in (claim.group, *wholes(study, claim.group)):
        if (size := group_size(study, group)) is not None:
            found.setdefault(size.n, size)
    for other in study.claims.values():
        if _counts_others(other, claim) and len(counted := _counted(study, other)) == 1:
            found.setdefault(counted[0].n, counted[0])
    return tuple(d for n, d in found.items() if n not in own and n > 0)


def _counts_others(other: Claim, claim: Claim) -> bool:
    """Whether the other figure counts patients of the claim's group with another outcome."""
    counted = other.type in ("count", "proportion") and other.of is None and other.outcome is not None
    return counted and claim.group is not None and other.group == claim.group and other.outcome != claim.outcome


def wholes(study: Study, group: str | None) -> Iterator[str]:
    """The groups that the group is a part of, directly or through others."""
    for name, entry in study.file.groups.items():
        if group in entry.parts:
            yield name
            yield from wholes(study, name)


def members(study: Study, group: str | None) -> frozenset[str]:
    """The group and its parts, and theirs: two groups that share one of them share patients."""
    if group is None:
        return frozenset()
    return frozenset({group}).union(*(members(study, part) for part in study.file.groups[group].parts))


def shared_patients(study: Study, first: Claim, second: Claim) -> str | None:
    """Why two figures are not known to be of different patients, if so: no test of independent groups applies."""
    if first.of is not None and first.of == second.of:
        return "The two figures are of the same patients, so that no test of independent groups applies."
    one, two = (_group_of(study, claim) for claim in (first, second))
    if members(study, one) & members(study, two):
        if one == two and first.of != second.of:
            return "The two figures are of the same group, and nothing says that they are of different patients in it."
        return "The two figures share patients, so that no test of independent groups applies."
    if first.id in (second.of, second.within) or second.id in (first.of, first.within):
        return "One of the two figures is a part of the other, so that no test of independent groups applies."
    return None


def shared_among(study: Study, claims: Sequence[Claim]) -> str | None:
    """Why some two of several figures are not known to be of different patients, if so."""
    pairs = combinations(claims, 2)
    return next((reason for one, two in pairs if (reason := shared_patients(study, one, two)) is not None), None)


def _group_of(study: Study, claim: Claim) -> str | None:
    return claim.group or (_group_of(study, study.claims[claim.of]) if claim.of else None)


def tables(study: Study, claim: Claim) -> tuple[tuple[int, int], ...]:
    """Every (x, n) that a count or proportion can stand for, n being above 0.

    Empty where no n is reported, where no count fits, where a count is of other things than its whole, and
    where more than MOST_COUNTS tables fit.
    """
    found = tuple(islice(_tables(study, claim), MOST_COUNTS + 1))
    return found if len(found) <= MOST_COUNTS else ()


def leaves_too_many(study: Study, claim: Claim) -> bool:
    """Whether more than MOST_COUNTS tables fit a printed percentage, or what it is a share of."""
    if next(islice(_tables(study, claim), MOST_COUNTS, None), None) is not None:
        return True
    return claim.of is not None and leaves_too_many(study, study.claims[claim.of])


def _tables(study: Study, claim: Claim) -> Iterator[tuple[int, int]]:
    if claim.type not in ("count", "proportion"):
        return
    known = (d for d in denominators(study, claim) if d.n > 0)
    if claim.type == "count" or claim.count is not None:
        count = study.claims[claim.count or claim.id]
        x = int(study.values[count.id].first.value)
        yield from ((x, d.n) for d in known if x <= d.n and counts_members(count, d))
    else:
        share = study.values[claim.id].first.as_fraction
        yield from ((x, d.n) for d in known for x in fitting_counts(share, d.n))
