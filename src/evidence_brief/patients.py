"""Of how many patients a figure is, and which numbers of patients print as a given percentage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from evidence_brief.printed import Interval, Number
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim


@dataclass(frozen=True)
class Denominator:
    """A number of patients, the claim that reports it, and words for it ("the 24 patients of IVIG")."""

    n: int
    claim: str
    words: str


def fitting_counts(percentage: Interval, n: int) -> range:
    """Every count x of n whose share lies in the interval (on the scale of 0 to 1)."""
    low, high = percentage.low * n, percentage.high * n
    first = ceil(low) if percentage.includes_low or low.denominator != 1 else floor(low) + 1
    last = floor(high) if percentage.includes_high or high.denominator != 1 else ceil(high) - 1
    return range(max(first, 0), min(last, n) + 1)


def truncated_share(number: Number) -> Interval:
    """Every share (0 to 1) that is cut off, instead of rounded, to the printed number."""
    return number.truncated.scaled(Fraction(1, 100)) if number.percent else number.truncated


def group_size(study: Study, group: str | None) -> Denominator | None:
    """The reported number of patients of a group."""
    entry = study.file.groups.get(group) if group else None
    if entry is None or entry.n is None:
        return None
    n = int(study.values[entry.n].first.value)
    return Denominator(n, entry.n, f"the {n} patients ({entry.label})")


def denominators(study: Study, claim: Claim) -> tuple[Denominator, ...]:
    """The patients whom the claim is about: those of its `of`, or else of its group; none if not reported.

    Several, where `of` is a percentage that more than one count fits.
    """
    if claim.of is not None:
        return _counted(study, study.claims[claim.of])
    size = group_size(study, claim.group)
    return (size,) if size else ()


def _counted(study: Study, claim: Claim) -> tuple[Denominator, ...]:
    """The patients whom a count or a proportion counts: several, where more than one count fits."""
    for group, entry in study.file.groups.items():
        if entry.n == claim.id and (size := group_size(study, group)) is not None:
            return (size,)
    if claim.type == "count" or claim.count is not None:
        counts = {int(study.values[claim.count or claim.id].first.value)}
    else:
        counts = {x for x, _ in tables(study, claim)}
    what = f"with {claim.outcome}" if claim.outcome else f"of “{claim.value}”"
    return tuple(Denominator(x, claim.id, f"the {x} patients {what}") for x in sorted(counts))


def other_denominators(study: Study, claim: Claim) -> tuple[Denominator, ...]:
    """Other patients of whom the same words may speak: of the group, of its wholes, or counted in the group."""
    own = {d.n for d in denominators(study, claim)}
    found: dict[int, Denominator] = {}
    for group in (claim.group, *wholes(study, claim.group)):
        if (size := group_size(study, group)) is not None:
            found.setdefault(size.n, size)
    for other in study.claims.values():
        if (
            other.type in ("count", "proportion")
            and other.group == claim.group
            and claim.group
            and other.id != claim.id
        ):
            if other.of is None and other.outcome and other.outcome != claim.outcome:
                counted = _counted(study, other)
                if len(counted) == 1:
                    found.setdefault(counted[0].n, counted[0])
    return tuple(d for n, d in found.items() if n not in own and n > 0)


def wholes(study: Study, group: str | None) -> Iterator[str]:
    """The groups that the group is a part of, directly or through others."""
    for name, entry in study.file.groups.items():
        if group in entry.parts:
            yield name
            yield from wholes(study, name)


def tables(study: Study, claim: Claim) -> tuple[tuple[int, int], ...]:
    """Every (x, n) that a count or proportion can stand for; empty where no n is reported or no count fits."""
    known = denominators(study, claim)
    if claim.type == "count" or claim.count is not None:
        x = int(study.values[claim.count or claim.id].first.value)
        return tuple((x, d.n) for d in known if x <= d.n)
    share = study.values[claim.id].first.as_fraction
    return tuple((x, d.n) for d in known for x in fitting_counts(share, d.n))
