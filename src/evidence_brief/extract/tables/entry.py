"""One cell that is read, and where its parts stand in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from evidence_brief.extract.reading import Cell
from evidence_brief.extract.tables.forms import Form
from evidence_brief.extract.tables.layout import Column, Row

Kind = Literal["count", "share", "percent", "fraction", "mean", "median", "range", "estimate", "interval", "p", "r"]
Spans = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Entry:
    """A cell that is read. `spans` are in the text; `sure` is False where only the numbers can confirm its type."""

    row: Row
    column: Column
    kind: Kind
    spans: Spans
    spread: str | None = None
    measure: str | None = None
    adjusted: bool = False
    signed: bool = False  # prints a percent sign of its own
    sure: bool = True
    other: Spans | None = None  # of a mean: where its numbers stand if they should be a count and a percentage
    whole: tuple[int, int] | None = None  # row and column of the number of patients whom a mean is of
    mark: str = ""  # of a P value: the mark of its footnote
    sized: bool = True  # the number of patients of its group is the one that it is of


def made(
    kind: Kind,
    match: re.Match[str],
    cell: Cell,
    row: Row,
    column: Column,
    form: Form | None,
    names: dict[str, str | tuple[str, str]],
    *,
    sure: bool = True,
) -> Entry:
    """An entry with the spans of the named groups of a match; a pair of groups is from the first to the second."""
    spans: Spans = {}
    for name, groups in names.items():
        first, last = groups if isinstance(groups, tuple) else (groups, groups)
        if name == "share" and match[f"{last}p"]:
            last = f"{last}p"  # the percent sign is a part of the value
        spans[name] = (cell.start + match.start(first), cell.start + match.end(last))
    form = form or Form("other")
    return Entry(row, column, kind, spans, form.spread, form.measure, form.adjusted, sure=sure)


def with_interval(match: re.Match[str]) -> dict[str, str | tuple[str, str]]:
    """The parts of an estimate with its interval, each with its percent sign."""
    high = "highp" if match["highp"] else "high"
    return {"x": ("x", "xp") if match["xp"] else "x", "interval": ("low", high)}
