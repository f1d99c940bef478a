"""Figures that the study does not print but that follow from it: 95% intervals and risk differences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite, sqrt

from evidence_brief.labels import comparison, label
from evidence_brief.patients import denominators, shared_patients, tables
from evidence_brief.printed import show
from evidence_brief.stats.intervals import mean_t, newcombe, wilson
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim


@dataclass(frozen=True)
class Derived:
    """An estimate with its 95% interval, recomputed from reported figures.

    `estimate`, `low` and `high` are on the scale of 0 to 1 for proportions and their differences.
    """

    id: str
    label: str
    kind: str
    claims: tuple[str, ...]
    estimate: float
    low: float
    high: float
    text: str
    method: str


def derive(study: Study) -> Iterator[Derived]:
    """Every interval and difference that the claims support, in their order."""
    for claim in study.claims.values():
        if claim.type == "proportion":
            yield from _proportion(study, claim)
        elif claim.type == "mean_sd" and len(study.values[claim.id].numbers) == 2:
            yield from _mean(study, claim)
        elif claim.type == "p_value" and len(claim.compares) == 2 and not claim.paired:
            yield from _difference(study, claim)


def _only_table(study: Study, claim: Claim) -> tuple[int, int] | None:
    options = tables(study, claim)
    return options[0] if len(options) == 1 else None


def _proportion(study: Study, claim: Claim) -> Iterator[Derived]:
    if (table := _only_table(study, claim)) is not None:
        x, n = table
        low, high = wilson(x, n)
        text = f"{_percent(x / n)} ({_percent(low)} to {_percent(high)})"
        name = label(study, claim)
        yield Derived(
            f"{claim.id}.ci", name, "proportion", (claim.id,), x / n, low, high, text, "Wilson score interval"
        )


def _difference(study: Study, claim: Claim) -> Iterator[Derived]:
    first, second = (study.claims[name] for name in claim.compares)
    one, two = _only_table(study, first), _only_table(study, second)
    if one is None or two is None or shared_patients(study, first, second) is not None:
        return
    estimate = one[0] / one[1] - two[0] / two[1]
    low, high = newcombe(*one, *two)
    points = [_points(value) for value in (estimate, low, high)]
    text = f"{points[0]} ({points[1]} to {points[2]}) percentage points"
    name = f"Risk difference: {comparison(study, claim)}"
    method = "Newcombe hybrid score interval"
    yield Derived(f"{claim.id}.rd", name, "difference", claim.compares, estimate, low, high, text, method)


def _mean(study: Study, claim: Claim) -> Iterator[Derived]:
    patients = denominators(study, claim)
    value = study.values[claim.id]
    kind = claim.spread or value.letter or "sd"
    mean, spread = (float(number.value) for number in value.numbers)
    if len(patients) != 1 or patients[0].n < 2 or kind not in ("sd", "se"):
        return
    n = patients[0].n
    sd = spread * sqrt(n) if kind == "se" else spread
    if not (isfinite(sd) and sd >= 0):
        return
    low, high = mean_t(mean, sd, n)
    shown = [show(end, max(value.first.decimals, 0)) for end in (mean, low, high)]
    text = f"{shown[0]} ({shown[1]} to {shown[2]})"
    yield Derived(
        f"{claim.id}.ci",
        label(study, claim),
        "mean",
        (claim.id,),
        mean,
        low,
        high,
        text,
        "Student t interval",
    )


def _percent(share: float) -> str:
    return show(share * 100, 1) + "%"


def _points(difference: float) -> str:
    return show(difference * 100, 1)
