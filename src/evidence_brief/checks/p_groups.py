"""Tests of more than two independent proportions, and of categories: tables with a row for each group."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import product
from typing import Any

from evidence_brief.agree import Figure, Later
from evidence_brief.checks.tried import Tried, try_all
from evidence_brief.patients import tables
from evidence_brief.printed import Interval
from evidence_brief.stats import exact, rxc, rxc_exact
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

Table = list[list[int]]
EXACT = "fisher_freeman_halton"
"""The test that goes through all tables, and may take too long."""


@dataclass(frozen=True)
class GroupTest:
    """A test of a table with one row for each group, by both paths: P values, or None where undefined."""

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
        _p(lambda table: rxc.trend([[row[0] for row in table], [row[1] for row in table]])),
        _second(lambda table: exact.trend([row[0] for row in table], [sum(row) for row in table])),
    ),
)


def try_groups(study: Study, claim: Claim, printed: Interval, *, quick: bool = False) -> list[Tried]:
    """Each test with its P values, one for each set of tables that the compared figures allow.

    The trend test, whose scores are the order of the groups, is only tried where the source names it; `quick` leaves
    out the exact test, which may take seconds.
    """
    grid = categories(study, claim)
    if grid is not None:
        found = [grid]
    else:
        options = product(*(tables(study, study.claims[name]) for name in claim.compares))
        found = [[[x, n - x] for x, n in groups] for groups in options]
    trend = "trend" in (claim.test or "").lower()
    family = [test for test in FAMILY if (trend or test.key != "trend") and not (quick and test.key == EXACT)]
    frozen = tuple(tuple(map(tuple, table)) for table in found)
    computed = ((test, _computed(test, frozen)) for test in family)
    return [try_all(test, found[0], printed, found[1]) for test, found in computed if found is not None]


@lru_cache(maxsize=256)
def _computed(
    test: GroupTest, found: tuple[tuple[tuple[int, ...], ...], ...]
) -> tuple[tuple[float, ...], tuple[Figure, ...]] | None:
    """P of each table where the test is defined, and the lowest and highest by both paths; None where it is not.

    None too where it is too much work for the second path: what is not computed twice is not shown.
    """
    lists = [[list(row) for row in table] for table in found]
    values = [(p, table) for table in lists if (p := test.first(table)) is not None]
    if not values:
        return None
    ends = {str(end[1]): end for end in (min(values, key=lambda v: v[0]), max(values, key=lambda v: v[0]))}
    second = [Later(partial(test.second, table)) for _, table in ends.values()]
    if test.key == EXACT and any(later.value is None for later in second):
        return None
    figures = tuple(Figure(test.label, p, q) for (p, _), q in zip(ends.values(), second, strict=True))
    return tuple(p for p, _ in values), figures


def categories(study: Study, claim: Claim) -> Table | None:
    """The table of groups by categories, where the compared figures are all its cells and no patient is left over.

    None where they are not such a table: stages I to IV of two groups are one, eight counts of twelve cells none.
    """
    compared = [study.claims[name] for name in claim.compares]
    groups, outcomes = (
        list(dict.fromkeys(cells)) for cells in zip(*((c.group, c.outcome) for c in compared), strict=True)
    )
    if len(groups) < 2 or len(outcomes) < 2 or None in groups or None in outcomes:
        return None
    cells = {(c.group, c.outcome): tables(study, c) for c in compared}
    if len(cells) != len(compared) or len(cells) != len(groups) * len(outcomes):
        return None
    if any(len(options) != 1 for options in cells.values()):
        return None
    table = [[cells[group, outcome][0][0] for outcome in outcomes] for group in groups]
    sizes = [cells[group, outcomes[0]][0][1] for group in groups]
    return table if [sum(row) for row in table] == sizes else None
