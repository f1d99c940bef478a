"""A table's cells in their grid, and the headers of each: those above it, and those beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from evidence_brief.extract.readers.page import Page
from evidence_brief.extract.reading import Cell, Table

CELL_GAP, ROW_GAP = "\t", "\n"
WIDEST = 1000  # columns that a cell may span, as in HTML
LARGEST = 500_000  # places of a grid; a larger one is read as lines
_FIGURE = re.compile(r"[(\[]?[<>=≤≥±+−–-]?\s?[.·]?\d|[Pp]\s?[<>=]|NS\b|[-–—]$")


@dataclass(frozen=True)
class Box:
    """A cell as it is written in the original. `indent` counts the white space that sets a row label in."""

    text: str
    place: str
    header: bool = False
    indent: int = 0
    rows: int = 1
    columns: int = 1
    row: int = 0
    column: int = 0


@dataclass
class Rows:
    """A table as it is written: its rows, and how many of them are the head."""

    rows: list[list[Box]] = field(default_factory=list)
    head: int = 0


def write_table(page: Page, rows: Rows, caption: str) -> None:
    """Write the table: one row a line, a tab between two cells; rows without any text are left out."""
    placed = _placed(rows)
    if not any(box.text for row in rows.rows for box in row):
        return
    page.gap()
    start = page.end
    spans: list[tuple[Box, int, int]] = []
    for row in placed or rows.rows:
        if any(box.text for box in row):
            if page.end > start:
                page.add(ROW_GAP)
            for i, box in enumerate(row):
                if i:
                    page.add(CELL_GAP)
                spans.append((box, *page.add(box.text, box.place)))
    if placed is None:
        return
    head = rows.head or _head(placed)
    above = _Above(placed[:head])
    beside = _beside(placed[head:])
    cells = tuple(
        Cell(start_, end, box.row, box.column, *_headers(box, head, above, beside)) for box, start_, end in spans
    )
    page.tables.append(Table(start, page.end, caption, cells))


def _headers(
    box: Box, head: int, above: _Above, beside: dict[tuple[int, int], tuple[tuple[str, ...], bool]]
) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    if box.row < head:
        return above.of(box, box.row), (), True
    stub, label = beside[box.row, box.column]
    return above.of(box, head), stub, label


def _placed(table: Rows) -> list[list[Box]] | None:
    """The cells with their rows and columns, as HTML places them; None where the grid would be too large."""
    taken: set[tuple[int, int]] = set()
    placed: list[list[Box]] = []
    area, last = 0, len(table.rows)
    for i, row in enumerate(table.rows):
        column, boxes = 0, []
        for box in row:
            while (i, column) in taken:
                column += 1
                area += 1
            until = table.head if i < table.head else last
            height, width = max(1, min(box.rows, until - i)), max(1, min(box.columns, WIDEST))
            area += height * width
            if area > LARGEST:
                return None
            if height > 1:
                taken.update((i + r, column + c) for r in range(1, height) for c in range(width))
            boxes.append(replace(box, row=i, column=column, rows=height, columns=width))
            column += width
        placed.append(boxes)
    return placed


def _head(rows: list[list[Box]]) -> int:
    """How many rows are the head where the table does not say: rows of headers, else a first row without figures."""
    count = 0
    while count < len(rows) - 1 and rows[count] and all(box.header or not box.text for box in rows[count]):
        count += 1
    if count or len(rows) < 2 or any(box.header for row in rows for box in row):
        return count
    first = rows[0]
    return int(len(first) > 1 and not any(_FIGURE.match(box.text) for box in first[1:]) and _has_figures(rows[1:]))


def _has_figures(rows: list[list[Box]]) -> bool:
    return any(_FIGURE.match(box.text) for row in rows for box in row[1:])


class _Above:
    """The headers above each column."""

    def __init__(self, head: Sequence[Sequence[Box]]) -> None:
        self._columns: dict[int, list[Box]] = {}
        for row in head:
            for box in row:
                for column in range(box.column, box.column + box.columns):
                    self._columns.setdefault(column, []).append(box)

    def of(self, box: Box, row: int) -> tuple[str, ...]:
        """The texts above a cell, outermost first, of rows before `row`."""
        texts = [one.text for one in self._columns.get(box.column, ()) if one.row < row and one.text]
        return tuple(text for i, text in enumerate(texts) if i == 0 or text != texts[i - 1])


def _beside(rows: list[list[Box]]) -> dict[tuple[int, int], tuple[tuple[str, ...], bool]]:
    """Of each cell of the body the texts beside it, outermost first, and whether it is such a label itself.

    A row whose label is set in belongs to the row above that is less so. A row that holds nothing but a label is the
    title of the rows that follow, up to the next such row.
    """
    width = _label_columns(rows)
    found: dict[tuple[int, int], tuple[tuple[str, ...], bool]] = {}
    above: list[tuple[float, str]] = []  # how far the row is set in, and its label
    spanning: list[Box] = []
    filled = [row for row in rows if any(box.text for box in row)]
    for i, row in enumerate(filled):
        spanning = [box for box in spanning if box.row + box.rows > row[0].row]
        indent, title = _indent(row, width), _title(row, width)
        level = indent - _depth(row) if title else indent
        while above and above[-1][0] >= level:
            above.pop()
        beside = [*(label for _, label in above), *(box.text for box in spanning)]
        for box in row:
            found[box.row, box.column] = (tuple(beside), box.column < width)
            if box.column < width and box.text:
                beside.append(box.text)
        labels = [box for box in row if box.column < width and box.text]
        spanning += [box for box in labels if box.rows > 1]
        deeper = i + 1 < len(filled) and _indent(filled[i + 1], width) > indent
        if labels and labels[0].rows == 1 and (title or deeper):
            above.append((indent if deeper else level, labels[0].text))
    return found


def _depth(row: list[Box]) -> float:
    """A row that is one cell over all columns stands above one that has empty cells beside its label."""
    return 0.75 if len(row) == 1 else 0.5


def _indent(row: list[Box], width: int) -> int:
    """How far the row's label is set in."""
    return next((box.indent for box in row if box.column < width and box.text), 0)


def _title(row: list[Box], width: int) -> bool:
    """Whether the row holds nothing but a label."""
    texts = [box for box in row if box.text]
    return len(texts) == 1 and texts[0].column < width and texts[0].rows == 1


def _label_columns(rows: list[list[Box]]) -> int:
    """How many columns at the left hold labels: the first, and further ones without any figure."""
    figures: set[int] = set()
    texts: set[int] = set()
    for row in rows:
        for box in row:
            if box.text:
                (figures if _FIGURE.match(box.text) and not box.header else texts).add(box.column)
    last = max(figures | texts, default=0)
    width = 1
    while width < last and width in texts and width not in figures:
        width += 1
    return width if figures else 1
