"""Tests of the proportions of more than two independent groups: the k×2 table of events and no events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from typing import Any

from evidence_brief.agree import Figure
from evidence_brief.checks.tried import Tried, try_all
from evidence_brief.patients import tables
from evidence_brief.printed import Interval
from evidence_brief.stats import exact, rxc, rxc_exact
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

Table = list[list[int]]


@dataclass(frozen=True)
class GroupTest:
    """A test of a k×2 table (one row for each group), by both paths: P values, or None where undefined."""

    key: str
    label: str
    names: tuple[str, ...]
    first: Callable[[Table], float | None]
    second: Callable[[Table], Any]
    sides: int = 2


def _p(test: Callable[[Table], Any]) -> Callable[[Table], float | None]:
    def p(table: Table) -> float | None:
        result = test(table)
        return None if result is None else float(result.p)

    return p


def _second(test: Callable[[Table], Any]) -> Callable[[Table], Any]:
    def p(table: Table) -> Any:
        result = test(table)
        return None if result is None else result[2]

    return p


FAMILY = (
    GroupTest(
        "pearson",
        "Pearson χ²",
        ("chi-square", "pearson", "pearson chi-square", "χ²"),
        _p(rxc.pearson),
        _second(exact.pearson_rxc),
    ),
    GroupTest(
        "likelihood_ratio",
        "Likelihood ratio χ²",
        ("likelihood ratio", "likelihood-ratio chi-square", "g", "g-test"),
        _p(rxc.likelihood_ratio),
        _second(exact.likelihood_ratio_rxc),
    ),
    GroupTest(
        "fisher_freeman_halton",
        "Fisher–Freeman–Halton exact",
        ("fisher", "fisher exact", "freeman-halton"),
        rxc_exact.fisher_freeman_halton,
        exact.fisher_freeman_halton,
    ),
    GroupTest(
        "trend",
        "Cochran–Armitage trend",
        ("cochran-armitage", "cochran-armitage trend", "chi-square trend", "chi-square for linear trend", "trend"),
        _p(rxc.trend),
        _second(lambda table: exact.trend([row[0] for row in table], [sum(row) for row in table])),
    ),
)


def try_groups(study: Study, claim: Claim, printed: Interval) -> list[Tried]:
    """Each test with its P values, one for each set of tables that the compared figures allow.

    The trend test, whose scores are the order of the groups, is only tried where the source names it.
    """
    options = product(*(tables(study, study.claims[name]) for name in claim.compares))
    found = [[[x, n - x] for x, n in groups] for groups in options]
    tried = []
    for test in FAMILY:
        if test.key == "trend" and "trend" not in (claim.test or "").lower():
            continue
        values = [(p, table) for table in found if (p := test.first(table)) is not None]
        if values:
            ends = {str(end[1]): end for end in (min(values, key=lambda v: v[0]), max(values, key=lambda v: v[0]))}
            figures = tuple(
                Figure(test.label, p, second)
                for p, table in ends.values()
                if (second := test.second(table)) is not None
            )
            tried.append(try_all(test, tuple(p for p, _ in values), printed, figures))
    return tried
