"""The texts that say what a cell of a table is about: those above it, and those beside it."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

MOST_HEAD_ROWS, MOST_LABEL_COLUMNS, DEEPEST_INDENT = 20, 5, 40  # no table of an article has more
_FIGURE = re.compile(r"[(\[]?[<>=≤≥±+−–-]?\s?[.·]?\d|[Pp]\s?[<>=]|NS\b|[-–—]$")
_OF_ROWS = re.compile(r"(?:day|week|month|year|time|visit|dose|cycle|period|stage|grade)", re.IGNORECASE)


Beside = dict[tuple[int, int], tuple[tuple[str, ...], bool]]


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


def head_of(rows: list[list[Box]], written: int) -> int:
    """How many rows are the head: those that the table says, else rows of headers, else a first row without figures."""
    if written:
        return min(written, MOST_HEAD_ROWS)
    count = 0
    while count < min(len(rows) - 1, MOST_HEAD_ROWS) and _all_headers(rows[count]):
        count += 1
    if count or len(rows) < 2 or any(box.header for row in rows for box in row):
        return count
    first = rows[0]
    return int(
        len(first) > 1 and not any(map(_is_figure, first[1:])) and any(_is_figure(b) for r in rows for b in r[1:])
    )


def _all_headers(row: list[Box]) -> bool:
    return bool(row) and all(box.header or not box.text for box in row)


def _is_figure(box: Box) -> bool:
    return _FIGURE.match(box.text) is not None


class Above:
    """The headers above each cell: those of the head, or of the last row further down that is one of headers again."""

    def __init__(self, rows: list[list[Box]], head: int) -> None:
        self._starts, self._heads = [0], [rows[:head]]
        names = {(box.column, box.text) for row in rows[:head] for box in row if box.text}
        for row in rows[head:]:
            filled = [box for box in row if box.text]
            again = sum((box.column, box.text) in names for box in filled)
            if len(filled) > 1 and (_all_headers(row) or again * 2 > len(filled)):
                self._starts.append(row[0].row)
                self._heads.append([row])
        self._columns = [_columns(rows_) for rows_ in self._heads]
        self._head, self._again = head, frozenset(self._starts[1:])

    def is_head(self, row: int) -> bool:
        """Whether the row is one of headers."""
        return row < self._head or row in self._again

    def of(self, box: Box) -> tuple[str, ...]:
        """The texts above a cell, outermost first; of one in the head those that stand higher."""
        if box.row in self._again:
            return ()
        columns = self._columns[bisect_right(self._starts, box.row) - 1]
        texts = [one.text for one in columns.get(box.column, ()) if one.row < box.row and one.text]
        return tuple(text for i, text in enumerate(texts) if i == 0 or text != texts[i - 1])


def _columns(head: list[list[Box]]) -> dict[int, list[Box]]:
    columns: dict[int, list[Box]] = {}
    for row in head:
        for box in row:
            for column in range(box.column, box.column + box.columns):
                columns.setdefault(column, []).append(box)
    return columns


def beside_of(rows: list[list[Box]], head: list[list[Box]]) -> Beside:
    """Of each cell of the body the texts beside it, outermost first, and whether it is such a label itself.

    A row whose label is set in belongs to the row above that is less so. A row that holds nothing but a label is the
    title of the rows that follow, up to the next such row.
    """
    width = _label_columns(rows, head)
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


def _label_columns(rows: list[list[Box]], head: list[list[Box]]) -> int:
    """How many columns at the left hold labels: the first, and further ones without any figure.

    A column of days or doses holds labels too, where those before it stand beside several rows.
    """
    filled = [box for row in rows for box in row if box.text]
    figures = {box.column for box in filled if _is_figure(box) and not box.header}
    texts = {box.column for box in filled} - figures
    spanning = {box.column for box in filled if box.rows > 1}
    of_rows = {box.column for row in head for box in row if box.columns == 1 and _OF_ROWS.match(box.text)}
    last = max(figures | texts, default=0)
    width = 1
    while width < min(last, MOST_LABEL_COLUMNS) and (width in texts or (width in of_rows and width - 1 in spanning)):
        width += 1
    return width if figures else 1
