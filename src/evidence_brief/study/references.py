"""Whether the names in a study file lead somewhere, to the right kind of thing, and never in a circle."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter

from evidence_brief.errors import Problem
from evidence_brief.study.model import Claim, StudyFile
from evidence_brief.study.yaml_lines import Document, Path_

_PATIENTS = ("count", "proportion")
_PERIODS = ("duration",)
# What each reference of a claim may lead to: of every type of claim, or of some types of their own.
_TARGETS: dict[str, tuple[str, ...]] = {
    "count": ("count",),
    "of": _PATIENTS,
    "within": _PERIODS,
    "parts": _PATIENTS,
    "product": ("count", "dose", "duration", "median_iqr"),
    "discordant": ("count",),
    "compares": ("count", "proportion", "mean_sd", "median_iqr", "duration", "correlation"),
}
_OF_TYPE: dict[tuple[str, str], tuple[str, ...]] = {
    ("of", "confidence_interval"): ("estimate", "proportion", "mean_sd", "median_iqr", "correlation"),
    ("of", "p_value"): ("test_statistic", "estimate", "correlation", "confidence_interval", "mean_sd"),
    ("of", "test_statistic"): ("estimate", "correlation"),
    ("compares", "mean_sd"): ("mean_sd",),
    ("within", "count"): (*_PATIENTS, *_PERIODS),
    ("within", "proportion"): _PATIENTS,
}


def reference_problems(file: StudyFile, document: Document) -> Iterator[Problem]:
    """Every name that is used twice, leads nowhere, leads to the wrong kind of claim, or leads back to itself."""
    yield from _duplicates(file, document)
    claims = {claim.id: claim for claim in file.claims}
    for name, group in file.groups.items():
        path: Path_ = ("groups", name)
        yield from _check(document, (*path, "n"), [group.n] if group.n else [], claims, ("count",))
        for i, part in enumerate(group.parts):
            yield from _known(document, (*path, "parts", i), part, "group", list(file.groups))
            if part in group.parts[:i]:
                place = (*path, "parts", i)
                yield document.problem(place, f"`parts` names {part} twice", mend="name each group once")
    for i, claim in enumerate(file.claims):
        yield from _of_claim(file, document, ("claims", i), claim, claims)
    for i, exclusion in enumerate(file.exclusions):
        if exclusion.source is not None:
            yield from _known(document, ("exclusions", i, "source"), exclusion.source, "source", list(file.sources))
    for i, accepted in enumerate(file.accepted):
        for j, target in enumerate(accepted.claims):
            yield from _known(document, ("accepted", i, "claims", j), target, "claim", list(claims))
    yield from _circles(file, document)


def _of_claim(
    file: StudyFile, document: Document, path: Path_, claim: Claim, claims: dict[str, Claim]
) -> Iterator[Problem]:
    """The references of one claim."""
    for field, container in (("group", file.groups), ("scale", file.scales), ("source", file.sources)):
        if (target := getattr(claim, field)) is not None:
            yield from _known(document, (*path, field), target, field, list(container))
    for field in _TARGETS:
        value = getattr(claim, field)
        targets = value if isinstance(value, tuple) else [value] if value else []
        yield from _check(document, (*path, field), targets, claims, targets_of(field, claim.type))
    if claim.restates is not None:
        yield from _check(document, (*path, "restates"), [claim.restates], claims, (claim.type,))


def targets_of(field: str, kind: str) -> tuple[str, ...]:
    """The types of claims that this reference of a claim of this type may lead to."""
    return (kind,) if field == "restates" else _OF_TYPE.get((field, kind), _TARGETS[field])


def _duplicates(file: StudyFile, document: Document) -> Iterator[Problem]:
    seen: Counter[str] = Counter()
    for i, claim in enumerate(file.claims):
        if seen[claim.id]:
            first = next(j for j, other in enumerate(file.claims) if other.id == claim.id)
            found = f"also on line {document.line(('claims', first, 'id'))}"
            yield document.problem(("claims", i, "id"), "the id is used twice", found=found, mend="rename one of them")
        seen[claim.id] += 1


def _known(document: Document, path: Path_, target: str, what: str, names: list[str]) -> Iterator[Problem]:
    if target in names:
        return
    near = difflib.get_close_matches(target, names, 1)
    mend = f"did you mean `{near[0]}`?" if near else f"add the {what}, or take the reference out"
    expected = f"one of {', '.join(names)}" if 0 < len(names) <= 8 else f"a {what} of this study"
    field = next(step for step in reversed(path) if isinstance(step, str))
    yield document.problem(path, f"`{field}` names no {what}", expected=expected, found=target, mend=mend)


def _check(
    document: Document,
    path: Path_,
    targets: list[str] | tuple[str, ...],
    claims: dict[str, Claim],
    kinds: tuple[str, ...],
) -> Iterator[Problem]:
    """Each target is a claim of one of these kinds, and none stands twice."""
    for i, target in enumerate(targets):
        place = (*path, i) if isinstance(targets, tuple) else path
        if target not in claims:
            yield from _known(document, place, target, "claim", list(claims))
        elif claims[target].type not in kinds:
            found = f"{target}, a {claims[target].type}"
            yield document.problem(
                place,
                f"`{path[-1]}` names a claim of the wrong type",
                expected=" or ".join(kinds),
                found=found,
                mend="name another claim, or correct the type of that one",
            )
        elif target in targets[:i]:
            yield document.problem(place, f"`{path[-1]}` names {target} twice", mend="name each claim once")


def _circles(file: StudyFile, document: Document) -> Iterator[Problem]:
    lines: dict[str, Path_] = {claim.id: ("claims", i) for i, claim in enumerate(file.claims)}
    sums = {claim.id: [*_given(claim.count, claim.of), *claim.parts, *claim.product] for claim in file.claims}
    subsets = {claim.id: _given(claim.of, claim.within, claim.restates) for claim in file.claims}
    groups = {name: list(group.parts) for name, group in file.groups.items()}
    seen: set[frozenset[str]] = set()
    if len(lines) < len(file.claims):  # while an id is used twice, nobody knows which of the two is meant
        sums, subsets = {}, {}
    for edges, what in ((sums, "claims"), (subsets, "claims"), (groups, "groups")):
        for circle in circles_in(edges):
            if frozenset(circle) in seen:
                continue
            seen.add(frozenset(circle))
            path: Path_ = lines[circle[0]] if what == "claims" else ("groups", circle[0])
            yield document.problem(
                path,
                f"the {what} refer to each other in a circle",
                found=" → ".join(circle),
                mend="remove one reference",
            )


def _given(*targets: str | None) -> list[str]:
    return [target for target in targets if target]


def circles_in(edges: dict[str, list[str]]) -> Iterator[list[str]]:
    """Each circle, from the name that stands first in the file; its last reference is then left out."""
    order = {name: i for i, name in enumerate(edges)}
    while True:
        try:
            TopologicalSorter(edges).prepare()
        except CycleError as error:
            # The sorter names the referred-to before the referrer, and the first name again at the end.
            circle: list[str] = list(reversed(error.args[1]))[:-1]
            start = circle.index(min(circle, key=order.__getitem__))
            circle = [*circle[start:], *circle[:start]]
            edges[circle[-1]] = [target for target in edges[circle[-1]] if target != circle[0]]
            yield [*circle, circle[0]]
        else:
            return
