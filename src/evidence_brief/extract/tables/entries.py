"""The cells of a table with what each stands for: its own signs, the stub, the header and the notes decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from evidence_brief.extract.reading import Cell
from evidence_brief.extract.tables.cells import CELL, INTERVAL, LONGEST, P, is_empty, whole, with_point
from evidence_brief.extract.tables.entry import Entry, made, with_interval
from evidence_brief.extract.tables.forms import Form
from evidence_brief.extract.tables.group_cells import summary
from evidence_brief.extract.tables.layout import Column, Row


def entries_of(
    text: str, rows: Sequence[Row], columns: Sequence[Column], stated: Sequence[Form], decimal_mark: str
) -> Iterator[Entry]:
    """Every cell whose type is known, or may become so by the numbers, in the order of the text."""
    by_index = {column.index: column for column in columns}
    for row in rows:
        yield from _joined(_entries_of_row(text, row, by_index, stated, decimal_mark))


def _joined(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries of a row; a count in a column "n" goes with the percentage, or the mean, in the next column."""
    last: Entry | None = None
    for entry in entries:
        next_ = entry
        if last is not None and last.kind == "count" and _are_one(last.column, entry.column):
            if entry.kind == "percent":
                next_ = replace(entry, spans=last.spans | entry.spans)
                last = None
            elif entry.kind in ("mean", "median"):
                next_ = replace(entry, whole=(last.row.index, last.column.index))
        if last is not None:
            yield last
        last = next_
    if last is not None:
        yield last


def _are_one(count: Column, other: Column) -> bool:
    """Whether two columns stand side by side under the same headers, and the first is headed "n"."""
    beside = count.index + 1 == other.index and count.outer == other.outer
    return beside and count.form is not None and count.form.kind == "count"


def _entries_of_row(
    text: str, row: Row, by_index: Mapping[int, Column], stated: Sequence[Form], decimal_mark: str
) -> Iterator[Entry]:
    for index, cell in row.cells.items():
        column = by_index[index]
        content = text[cell.start : cell.end]
        if len(content) < LONGEST and not is_empty(content):
            entry = _entry(with_point(content, decimal_mark), cell, row, column, stated)
            if entry is not None:
                yield entry


def _entry(content: str, cell: Cell, row: Row, column: Column, stated: Sequence[Form]) -> Entry | None:
    form = column.form
    if form is not None and form.kind == "p_value":
        p = P.fullmatch(content)
        return replace(made("p", p, cell, row, column, form, {"x": "p"}), mark=p["mark"].strip()) if p else None
    if form is not None and form.kind == "interval":
        match = INTERVAL.fullmatch(content)
        return made("interval", match, cell, row, column, form, {"low": ("low", "high")}) if match else None
    match = CELL.fullmatch(content)
    if match is None or match["lead"]:
        return None
    if form is not None and form.kind in ("estimate", "correlation"):
        return _estimate(match, cell, row, column, form)
    if form is not None and form.kind in ("other", "range"):
        return None
    return summary(match, cell, row, column, stated)


def _estimate(match: re.Match[str], cell: Cell, row: Row, column: Column, form: Form) -> Entry | None:
    if match["sd"] or match["of"] or match["to"] or match["y"]:
        return None
    if form.kind == "correlation":
        return None if match["low"] else made("r", match, cell, row, column, form, {"x": "x"})
    if match["low"]:
        names: dict[str, str | tuple[str, str]] = with_interval(match)
        return made("estimate", match, cell, row, column, form, names) if form.spread == "ci95" else None
    if form.spread == "ci95" and whole(match["x"]) is not None:
        return None  # "1" in a column of estimates with intervals: the category that the others are held against
    return made("estimate", match, cell, row, column, form, {"x": "x"})
