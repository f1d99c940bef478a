"""Figures that the study does not print but that follow from it: intervals, differences, ratios, robustness."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from evidence_brief.agree import Figure, rounded
from evidence_brief.checks.summaries import Summary, summary_of
from evidence_brief.derived_robustness import ROBUSTNESS
from evidence_brief.labels import comparison, label
from evidence_brief.patients import shared_patients, tables
from evidence_brief.printed import show
from evidence_brief.stats import effects, exact
from evidence_brief.stats.intervals import mean_t, newcombe, wilson
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

LEVEL = Fraction(95, 100)


@dataclass(frozen=True)
class Derived:
    """An estimate with its 95% interval, recomputed from reported figures.

    `estimate`, `low` and `high` are on the scale of 0 to 1 for proportions and their differences; a figure
    without an interval has its estimate at both ends. `figures` holds what `text` prints, by both paths.
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
    figures: tuple[Figure, ...] = ()


def derive(study: Study) -> Iterator[Derived]:
    """Every interval, difference and ratio that the claims support, in their order.

    Where a claim has the id already, as a reported interval `response.ci` may, the figure's ends in "-derived".
    """
    for item in _derive(study):
        yield replace(item, id=f"{item.id}-derived") if item.id in study.claims else item


def _derive(study: Study) -> Iterator[Derived]:
    for claim in study.claims.values():
        if claim.type == "proportion":
            yield from _proportion(study, claim)
        elif claim.type == "mean_sd":
            yield from _mean(study, claim)
        elif claim.type == "p_value" and len(claim.compares) == 2 and not claim.paired:
            yield from _comparison(study, claim)


def _only_table(study: Study, claim: Claim) -> tuple[int, int] | None:
    options = tables(study, claim)
    return options[0] if len(options) == 1 else None


def figures_of(
    name: str, first: tuple[float, ...], second: tuple[Any, ...], decimals: int, factor: int = 1
) -> tuple[Figure, ...]:
    """An estimate and its limits by both paths, times a factor (100 for percentages)."""
    parts = (name, f"{name}, lower limit", f"{name}, upper limit")
    pairs = zip(parts, first, second, strict=False)
    return tuple(Figure(part, factor * a, factor * b, decimals) for part, a, b in pairs)


def shown(figures: tuple[Figure, ...], sign: str = "") -> str:
    """An estimate with its limits: 36.1 (9.6 to 58.8)."""
    estimate, low, high = (show(rounded(figure.first), figure.decimals) + sign for figure in figures)
    return f"{estimate} ({low} to {high})"


def _proportion(study: Study, claim: Claim) -> Iterator[Derived]:
    if (table := _only_table(study, claim)) is not None:
        x, n = table
        first, second = (x / n, *wilson(x, n)), (Fraction(x, n), *exact.wilson(x, n, LEVEL))
        figures = figures_of("proportion", first, second, 1, 100)
        name, method = label(study, claim), "Wilson score interval"
        yield Derived(f"{claim.id}.ci", name, "proportion", (claim.id,), *first, shown(figures, "%"), method, figures)


def _mean(study: Study, claim: Claim) -> Iterator[Derived]:
    known = summary_of(study, claim)
    if isinstance(known, str):
        return
    first = (float(known.mean_printed), *mean_t(float(known.mean_printed), float(known.sd_printed), known.n))
    second = (known.mean_printed, *exact.mean_ci(known.mean_printed, known.sd_printed, known.n, LEVEL))
    figures = figures_of("mean", first, second, max(study.values[claim.id].first.decimals, 0))
    name, method = label(study, claim), "Student t interval"
    yield Derived(f"{claim.id}.ci", name, "mean", (claim.id,), *first, shown(figures), method, figures)


def _comparison(study: Study, claim: Claim) -> Iterator[Derived]:
    one, two = (study.claims[name] for name in claim.compares)
    if shared_patients(study, one, two) is not None:
        return
    if one.type == two.type == "mean_sd":
        groups = [summary_of(study, each) for each in (one, two)]
        known = [group for group in groups if not isinstance(group, str)]
        if len(known) == 2 and all(group.sd_printed for group in known):
            yield from _means(study, claim, *known)
        return
    first, second = _only_table(study, one), _only_table(study, two)
    if first is not None and second is not None:
        yield _difference(study, claim, (*first, *second))
        for kind, compute in ROBUSTNESS.items():
            if (found := compute(study, *first, *second)) is not None:
                name = f"{found.name}: {comparison(study, claim)}"
                ends = (found.estimate, found.low, found.high)
                yield Derived(
                    f"{claim.id}.{kind}", name, kind, claim.compares, *ends, found.text, found.method, found.figures
                )


def _difference(study: Study, claim: Claim, table: tuple[int, int, int, int]) -> Derived:
    x1, n1, x2, n2 = table
    first = (x1 / n1 - x2 / n2, *newcombe(*table))
    second = (Fraction(x1, n1) - Fraction(x2, n2), *exact.newcombe(*table, LEVEL))
    figures = figures_of("risk difference", first, second, 1, 100)
    name, text = f"Risk difference: {comparison(study, claim)}", f"{shown(figures)} percentage points"
    method = "Newcombe hybrid score interval"
    return Derived(f"{claim.id}.rd", name, "difference", claim.compares, *first, text, method, figures)


def _means(study: Study, claim: Claim, one: Summary, two: Summary) -> Iterator[Derived]:
    found = effects.mean_difference(*one.floats, *two.floats, equal_variances=False)
    first = (found.difference, found.lower, found.upper)
    limits = exact.mean_difference_ci(*one.exact, *two.exact, LEVEL, equal_variances=False)
    decimals = max(study.values[one.claim].first.decimals, 0)
    figures = figures_of("difference of means", first, (one.mean_printed - two.mean_printed, *limits), decimals)
    name, method = f"Difference of means: {comparison(study, claim)}", "Welch t interval"
    yield Derived(f"{claim.id}.md", name, "mean difference", claim.compares, *first, shown(figures), method, figures)
