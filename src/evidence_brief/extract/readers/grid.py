"""The cells of a table in their grid, written one row a line."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from evidence_brief.extract.readers.headers import Above, Box, beside_of, head_of
from evidence_brief.extract.readers.page import Page
from evidence_brief.extract.reading import Cell, Table

CELL_GAP, ROW_GAP = "\t", "\n"
WIDEST = 1000  # columns that a cell may span, as in HTML
LARGEST = 500_000  # places of a grid; a larger one is read as lines


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
    if placed is not None:
        page.tables.append(Table(start, page.end, caption, _cells(placed, rows.head, spans)))


def _cells(placed: list[list[Box]], written_head: int, spans: list[tuple[Box, int, int]]) -> tuple[Cell, ...]:
    head = head_of(placed, written_head)
    above, beside = Above(placed, head), beside_of(placed[head:], placed[:head])
    cells = []
    for box, start, end in spans:
        stub, label = beside.get((box.row, box.column), ((), True))
        headers = above.of(box)
        cells.append(Cell(start, end, box.row, box.column, headers, stub, label or above.is_head(box.row)))
    return tuple(cells)


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
