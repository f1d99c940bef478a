"""A table as columns and rows: which column is whose, which holds P values, what each row is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from evidence_brief.extract.reading import Cell, Table
from evidence_brief.extract.tables.cells import is_empty
from evidence_brief.extract.tables.forms import Form, form_of
from evidence_brief.extract.tables.labels import (
    Stub,
    is_time,
    is_total,
    label_of,
    names_no_group,
    names_sizes,
    size_in,
    stub_of,
)


@dataclass(frozen=True)
class Column:
    """A column: its headers, the group of patients and the time that they name, and the format of its cells.

    `outer` are the headers above the one that says what the cells are: the columns that share them belong together.
    """

    index: int
    headers: tuple[str, ...]
    form: Form | None
    group: str | None
    time: str | None
    size: int | None
    outer: tuple[str, ...]
    inner: str | None = None  # the innermost label: the group's own, where two groups have the same one
    sized: str | None = None  # the header that holds the number of patients
    total: bool = False
    unclear: bool = False  # numbers of patients stand in the headers, and it is not known which counts


@dataclass(frozen=True)
class Row:
    """A row of the body: its label and section, what it is about, and its cells by column (the stub left out)."""

    index: int
    label: str
    section: str | None
    stub: Stub
    section_form: Form | None
    cells: dict[int, Cell] = field(hash=False)
    has_own_size: bool = False
    label_cell: Cell | None = None


def columns_of(text: str, table: Table) -> tuple[Column, ...]:
    """The columns of the body, in order, the stub left out."""
    paths: dict[int, tuple[str, ...]] = {}
    beside = _label_columns(table)
    for cell in table.cells:
        if not cell.is_header and cell.column > 0 and cell.column not in beside:
            paths.setdefault(cell.column, tuple(h for h in cell.headers if h.strip()))
    plain = [_column(index, headers) for index, headers in sorted(paths.items())]
    return _apart(plain)


def _column(index: int, headers: tuple[str, ...]) -> tuple[Column, tuple[str, ...]]:
    """The column, and the labels in its headers, outermost first."""
    form: Form | None = None
    at = len(headers)
    labels: list[str] = []
    size, sized_at, unclear = None, -1, False
    time: str | None = None
    for i, words in enumerate(headers):
        if (found := form_of(without_size(words))) is not None:
            form, at = found, min(at, i)
        label = label_of(words)
        if (own := size_in(words)) is not None:
            # The inner of two numbers is of the inner group; of a moment, it is of some of the group.
            unclear = unclear or (size is not None and (not label or is_time(label)))
            size, sized_at = own.n, i
        elif names_sizes(words):
            unclear = True
        if label and is_time(label):
            time = label
        elif not names_no_group(label):
            labels.append(label)
    outer = headers[: min(at, len(headers) - 1)] if headers else ()
    total = bool(labels) and is_total(labels[-1])
    sized = headers[sized_at] if size is not None and not unclear else None
    group = labels[-1] if labels else None
    column = Column(index, headers, form, group, time, size if sized else None, outer, group, sized, total, unclear)
    return column, tuple(labels)


def without_size(words: str) -> str:
    """A header without its number of patients: what is left may be a format."""
    size = size_in(words)
    if size is None:
        return words
    cut = re.sub(r"[,;(\[]?\s*(?:total )?(?:n|N|No\.?)?\s*[=:]?\s*$", "", words[: size.start])
    return f"{cut} {words[size.end :].lstrip(') ]')}".strip(" ,;")


def _apart(columns: Sequence[tuple[Column, tuple[str, ...]]]) -> tuple[Column, ...]:
    """The columns with a name of its own for each group; a name with two numbers of patients is none."""
    paths: dict[str | None, set[tuple[str, ...]]] = {}
    for column, labels in columns:
        paths.setdefault(column.group, set()).add(labels)
    named = [
        replace(column, group=", ".join(dict.fromkeys(labels))) if len(paths[column.group]) > 1 and labels else column
        for column, labels in columns
    ]
    sizes: dict[str, set[int]] = {}
    for column in named:
        if column.group is not None and column.size is not None:
            sizes.setdefault(column.group, set()).add(column.size)
    return tuple(
        replace(column, size=None, sized=None, unclear=True) if len(sizes.get(column.group or "", ())) > 1 else column
        for column in named
    )


def rows_of(text: str, table: Table) -> tuple[Row, ...]:
    """The rows of the body that hold something beside their label, in order, each with the section it stands in."""
    found: list[Row] = []
    beside = _label_columns(table)
    for index, cells in _by_row(table):
        labels = [c for c in cells if (c.is_header or c.column in beside) and text[c.start : c.end].strip()]
        body = {c.column: c for c in cells if not c.is_header and c.column > 0 and c.column not in beside}
        if not any(not is_empty(text[c.start : c.end]) for c in body.values()):
            continue
        path = tuple(part for part in next((c.stub for c in body.values()), ()) if part.strip())
        path += tuple(words for c in labels if c.column in beside and (words := text[c.start : c.end]) not in path)
        label = path[-1] if path else ""
        above = _sections(path[:-1], label)
        form = next((f for part in reversed(above) if (f := form_of(part)) is not None), None)
        own = any(names_sizes(part) for part in path)
        section = ", ".join(stub_of(part).outcome for part in above) or None
        found.append(Row(index, label, section, stub_of(label), form, body, own, labels[-1] if labels else None))
    return tuple(found)


def _label_columns(table: Table) -> frozenset[int]:
    """The columns under the same header as the labels of the rows: what stands in them is a label too."""
    first = next((cell for cell in table.cells if cell.column == 0 and cell.headers and cell.is_header), None)
    if first is None:
        return frozenset()
    same = {cell.column for cell in table.cells if cell.column > 0 and cell.headers == first.headers}
    return frozenset(column for column in same if all(before in same for before in range(1, column)))


def _sections(above: tuple[str, ...], label: str) -> tuple[str, ...]:
    """The titles above a row; "Age, mean (SD)" has a format of its own, and is no longer under "Sex, n (%)"."""
    own = form_of(label)
    titled = {f.kind for part in above if (f := form_of(part)) is not None}
    return () if own is not None and titled and own.kind not in titled else above


def _by_row(table: Table) -> list[tuple[int, list[Cell]]]:
    """The rows of the body: those in which some cell is no header."""
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    return [(index, cells) for index, cells in sorted(rows.items()) if any(not cell.is_header for cell in cells)]
