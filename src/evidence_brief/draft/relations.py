"""Relations between candidates as those between claims: what a study file would refuse is left out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from evidence_brief.extract.candidate import Candidate
from evidence_brief.study.model import ONLY_FOR
from evidence_brief.study.references import circles_in, targets_of

ONE = ("count", "of", "within", "restates")
SEVERAL = ("compares", "parts")
Fields = dict[str, Any]


def relations(candidate: Candidate, claims: Mapping[str, tuple[str, str]]) -> Fields:
    """The relations of a candidate to others, whose (id, type) stand in `claims` by their names."""
    kind = candidate.type
    found: Fields = {}
    for field in ONE:
        target = claims.get(getattr(candidate, field) or "")
        if target is not None and _may(field, kind) and target[1] in targets_of(field, kind):
            found[field] = target[0]
    for field in SEVERAL:
        names = getattr(candidate, field)
        targets = [claims[name] for name in names if name in claims and claims[name][1] in targets_of(field, kind)]
        ids = tuple(dict.fromkeys(name for name, _ in targets))
        # A comparison with a part of what is compared would be another one.
        if len(ids) == len(names) >= 2 and _may(field, kind):
            found[field] = ids
    if kind == "mean_sd" and not (candidate.change and len(found.get("compares", ())) == 2):
        found.pop("compares", None)
    if candidate.paired and "compares" in found and _may("paired", kind):
        found["paired"] = True
    if candidate.every and "within" in found and _may("every", kind):
        found["every"] = candidate.every
    return found


def _may(field: str, kind: str) -> bool:
    return kind in ONLY_FOR.get(field, (kind,))


def without_circles(claims: Mapping[str, Fields]) -> None:
    """Take out the relations of claims (by their ids) that lead back to where they began."""
    order = {name: i for i, name in enumerate(claims)}
    claims = {name: claim for name, claim in claims.items() if claim}
    for fields in (("count", "of", "parts"), ("of", "within", "restates")):
        edges = {name: [*_targets(claim, fields)] for name, claim in claims.items()}
        # Where all lead backwards there is no circle, and nothing to be sorted.
        if all(order[target] < order[name] for name, targets in edges.items() for target in targets):
            continue
        for circle in circles_in(edges):
            last, first = claims[circle[-2]], circle[0]
            for field in fields:
                if first in _targets(last, (field,)):
                    last.pop(field)
                    if field == "within":
                        last.pop("every", None)


def _targets(claim: Fields, fields: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for field in fields:
        value = claim.get(field)
        found += [value] if isinstance(value, str) else value or ()
    return found
