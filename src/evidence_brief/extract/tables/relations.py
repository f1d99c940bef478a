"""What belongs together across the cells of a row: a P value and what it compares, an estimate and its interval."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.tables.claims import Made
from evidence_brief.extract.tables.layout import Column, Row
from evidence_brief.extract.tables.notes import note_of
from evidence_brief.extract.tables.sizes import group_in_stub
from evidence_brief.extract.tables.tests_of import test_for

_NOT_APART = re.compile(
    r"\b(?:before|after|pre|post|baseline|follow[- ]?up|right|left|ipsilateral|contralateral|observed"
    r"|expected|predicted|first|second|"
    r"mother|infant|maternal|paired|matched|method|measured|estimated|normal range|reference)\b",
    re.I,
)
_ABSTRACT = 4000  # characters in which an article says its design: title and abstract
_CROSSOVER = re.compile(r"\bcross-?over\b|\bwithin[- ]subjects?\b|\bmanikin|\bsplit[- ]mouth\b", re.I)
_MATCHED = re.compile(r"\bmatched\b|\bpaired\b|\bcross[- ]?over\b|\bconditional\b|\btwins?\b|\bwithin[- ]group\b", re.I)


@dataclass(frozen=True)
class About:
    """The words that a table stands among: its caption, its notes, and the whole text."""

    caption: str
    notes: str
    text: str


class Scope:
    """The columns that a column of P values speaks of: those under the same outer headers, or all of the table."""

    def __init__(self, p: Column, columns: Sequence[Column]) -> None:
        ps = [c for c in columns if c.form is not None and c.form.kind == "p_value"]
        inside = [c for c in columns if c.outer[: len(p.outer)] == p.outer] if p.outer else list(columns)
        figures = [c for c in inside if _of_group(c)]
        alone = [c for c in ps if c in inside] == [p]
        if not figures and len(ps) == 1:
            figures = [c for c in columns if _of_group(c)]
        words = " ".join(p.headers)
        pairwise = re.search(r"\bvs?\.?\b|versus|between|within|\d", words) is not None and len(figures) > 2
        self.columns = figures if alone and not pairwise else []
        self.paired = self._times()
        self.independent = self._groups()

    def _times(self) -> bool:
        """Whether the columns are two moments of one group."""
        groups, times = {c.group for c in self.columns}, {c.time for c in self.columns}
        by_time = len({(c.time) for c in self.columns}) == 2 and None not in times
        return len(groups) == 1 and by_time and len(self.columns) == 2

    def _groups(self) -> bool:
        """Whether the columns are groups of different patients at one moment."""
        labels = {c.group for c in self.columns}
        if None in labels or len(labels) < 2 or len({c.time for c in self.columns}) > 1:
            return False
        if len({c.inner for c in self.columns}) < len(labels):
            return (
                False  # groups of two kinds at once, "stage A, drug" and "stage B, drug": which is compared is not said
            )
        return not any(_NOT_APART.search(label or "") for label in labels)


def _of_group(column: Column) -> bool:
    kinds = ("n_percent", "percent_n", "percent", "count", "mean", "median", None)
    return not column.total and (column.form.kind if column.form else None) in kinds


def related(made: Sequence[Made], rows: Sequence[Row], columns: Sequence[Column], about: About) -> list[Candidate]:
    """All candidates, with P values that name what they compare, or the estimate that they are of."""
    found = {(one.entry.row.index, one.entry.column.index): one for one in _with_intervals(made)}
    scopes = {c.index: Scope(c, columns) for c in columns if c.form is not None and c.form.kind == "p_value"}
    blanks = _blank_below(found, rows, scopes)
    out: list[Candidate] = []
    for (row, column), one in found.items():
        if one.entry.kind != "p":
            out.extend(one.candidates)
            continue
        p = one.main
        ambiguous = (row, column) in blanks
        estimate = _estimate_before(found, row, column, columns)
        if estimate is not None:
            out.append(
                p if ambiguous else replace(p, of=estimate.main.name, adjusted=p.adjusted or estimate.main.adjusted)
            )
        else:
            out.append(_comparing(p, one, found, scopes[column], ambiguous, about))
    return out


def _with_intervals(made: Sequence[Made]) -> list[Made]:
    """The same; an interval in a column of its own is of the estimate in the column before it."""
    found: list[Made] = []
    for one in made:
        last = found[-1] if found else None
        if one.entry.kind == "interval" and last is not None and last.entry.kind in ("estimate", "r"):
            beside = last.entry.row.index == one.entry.row.index and last.entry.column.outer == one.entry.column.outer
            if beside and len(last.candidates) == 1 and last.main.type == "estimate":
                interval = replace(one.main, of=last.main.name, measure=last.main.measure, adjusted=last.main.adjusted)
                found.append(replace(one, candidates=(interval,)))
                continue
        found.append(one)
    return found


def _estimate_before(found: dict[tuple[int, int], Made], row: int, p: int, columns: Sequence[Column]) -> Made | None:
    """The estimate or correlation nearest on the left of a P value, with no other P value between."""
    own = next(c for c in columns if c.index == p)
    near: list[Column] = []  # the columns of estimates since the last P value, under the same outer headers
    for column in reversed([c for c in columns if c.index < p]):
        kind = column.form.kind if column.form is not None else None
        if kind == "p_value":
            break
        if kind in ("estimate", "correlation", "interval") and column.outer == own.outer:
            near.append(column)
    if sum(c.form is not None and c.form.kind != "interval" for c in near) > 1:
        return None  # a P value after two estimates may compare them
    for column in near:
        one = found.get((row, column.index))
        if one is not None:
            return one if one.main.type != "confidence_interval" or one.main.of else None
    return None


def _blank_below(
    found: dict[tuple[int, int], Made], rows: Sequence[Row], scopes: dict[int, Scope]
) -> frozenset[tuple[int, int]]:
    """The P values beside which the next row, or the one before in the block, has none: they may be of the block."""
    blank = set()
    for row, following in pairwise(rows):
        for column in scopes:
            here, below = (row.index, column), (following.index, column)
            if here in found and below not in found and _counts(found, following):
                blank.add(here)
            within = row.section is not None and row.section == following.section
            if here not in found and below in found and within and _counts(found, row):
                blank.add(below)
    return frozenset(blank)


def _counts(found: dict[tuple[int, int], Made], row: Row) -> bool:
    """Whether a row holds counts, percentages or estimates: a category of a block."""
    kinds = {found[row.index, column].entry.kind for column in row.cells if (row.index, column) in found}
    return bool(kinds & {"share", "count", "percent", "fraction", "estimate"})


def _comparing(
    p: Candidate, one: Made, found: dict[tuple[int, int], Made], scope: Scope, ambiguous: bool, about: About
) -> Candidate:
    row = one.entry.row.index
    compared = [found[row, c.index].main for c in scope.columns if (row, c.index) in found]
    types = {candidate.type for candidate in compared}
    if len(compared) < 2 or len(compared) < len(scope.columns) or len(types) != 1 or p.adjusted or ambiguous:
        return p
    if not (scope.paired or scope.independent) or types & {"estimate", "correlation", "range"}:
        return p
    if group_in_stub(one.entry.row) is not None:
        return p  # the columns are of one group
    if scope.independent and _CROSSOVER.search(about.text, 0, _ABSTRACT):
        return p
    if scope.independent and _MATCHED.search(f"{' '.join(one.entry.column.headers)} {about.caption} {about.notes}"):
        return p
    notes = (
        note_of(one.entry.mark, about.notes) or f"{' '.join(one.entry.column.headers)} {about.caption} {about.notes}"
    )
    kind = types.pop()
    test = test_for(kind, len(compared), paired=scope.paired, notes=notes, caption=about.caption, text=about.text)
    return replace(p, compares=tuple(c.name for c in compared), paired=scope.paired, test=test)
