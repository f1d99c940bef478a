"""The numbers of patients of the groups: in the headers, or in a row "No. of patients"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.reading import Table
from evidence_brief.extract.tables.labels import is_time, label_of, names_no_group, size_in
from evidence_brief.extract.tables.layout import Column, Row

_ROW = re.compile(
    r"(?:total |overall )?(?:no\.?|nr\.?|numbers?|n|sample size|participants|patients|subjects)"
    r"(?: of)?(?: (?:the )?(?:patients|subjects|participants|cases|individuals|women|men|children|people|animals))?"
    r"(?: \(?(?:n|no\.?)\)?|, n)?[ :*]*",
    re.I,
)
_WHOLE = re.compile(r"\s*[(]?(?:[nN]\s*=\s*)?(?P<n>[1-9]\d{0,2}(?:[,\u2009\u202f\u00a0 ]\d{3})+|\d{1,6})\)?\s*")


def sizes_in_headers(text: str, table: Table, columns: Sequence[Column], prefix: str) -> Iterator[Candidate]:
    """A count for each group whose header names its number of patients, with `size_of` the group's label."""
    wanted = {" ".join((c.sized or "").split()): c for c in reversed(columns) if c.sized and c.group}
    done: set[str] = set()
    for cell in table.cells:
        if not cell.is_header or not wanted:
            continue
        content = text[cell.start : cell.end]
        column = wanted.get(" ".join(content.split()))
        if column is None or column.group is None or column.group in done or (size := size_in(content)) is None:
            continue
        done.add(column.group)
        start, end = cell.start + size.start, cell.start + size.end
        yield _size(f"{prefix}-{cell.row}-{cell.column}-n", text, start, end, column.group)


def sizes_in_rows(
    text: str, rows: Sequence[Row], columns: Sequence[Column], prefix: str
) -> tuple[list[Candidate], tuple[Column, ...], frozenset[int]]:
    """The counts of a row "No. of patients" where no header names any, the columns with these numbers, and the row."""
    named = [row for row in rows if _ROW.fullmatch(row.label)]
    if len(named) != 1 or named[0].section is not None or any(column.size or column.unclear for column in columns):
        return [], tuple(columns), frozenset(row.index for row in named)
    row, found, sized = named[0], [], []
    for column in columns:
        cell = row.cells.get(column.index)
        match = _WHOLE.fullmatch(text, cell.start, cell.end) if cell is not None else None
        if match is None or column.group is None or column.form is not None or column.time is not None:
            sized.append(column)
            continue
        n = int(re.sub(r"\D", "", match["n"]))
        name = f"{prefix}-{row.index}-{column.index}-n"
        found.append(_size(name, text, *match.span("n"), column.group))
        sized.append(replace(column, size=n))
    groups = [candidate.size_of for candidate in found]
    if len(set(groups)) < len(groups) or rows[0].index != row.index:
        return [], tuple(columns), frozenset({row.index})
    return found, tuple(sized), frozenset({row.index})


def _size(name: str, text: str, start: int, end: int, group: str) -> Candidate:
    return Candidate(name, "count", text[start:end], start, end, group=group, size_of=group)


def whole_of(columns: Sequence[Column]) -> tuple[Column, tuple[Column, ...]] | None:
    """The column of the whole, and the columns of the groups that make it up, where their numbers add up."""
    counted = [c for c in columns if c.form is None or c.form.kind not in ("p_value", "estimate", "interval", "other")]
    totals = [c for c in counted if c.total]
    groups = [c for c in counted if not c.total]
    if len(totals) != 1 or len(groups) < 2 or len({c.outer for c in groups}) > 1:
        return None  # other columns cut the whole in another way
    labels = {c.group for c in groups if c.group}
    if len(labels) < len(groups) or totals[0].size is None:
        return None
    return (totals[0], tuple(groups)) if sum(c.size or 0 for c in groups) == totals[0].size else None


def group_in_stub(row: Row) -> str | None:
    """The group that a row is of, where its label names a number of patients: "IVIG (n = 24)"."""
    label = label_of(row.label)
    return label if size_in(row.label) and not names_no_group(label) and not is_time(label) else None


def sizes_in_stubs(text: str, rows: Sequence[Row], prefix: str) -> Iterator[Candidate]:
    """A count for each row whose label names a group with its number of patients, where no other row has that label."""
    groups = [group_in_stub(row) for row in rows]
    times = Counter(groups)
    for row, group in zip(rows, groups, strict=True):
        cell = row.label_cell
        if group is None or times[group] > 1 or cell is None:
            continue
        size = size_in(text[cell.start : cell.end])
        if size is not None:
            start, end = cell.start + size.start, cell.start + size.end
            yield _size(f"{prefix}-{row.index}-{cell.column}-n", text, start, end, group)
