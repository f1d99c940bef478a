"""A source as it is read: one clean text, a map back to the original, and its tables."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Segment:
    """A span of the reading text (characters from 0, the end not included) and where it stands in the original.

    `place` is what a person can look up: "line 12", "page 3", "line 40, /article/body/sec[2]/p[1]".
    """

    start: int
    end: int
    place: str


@dataclass(frozen=True)
class Cell:
    """A cell of a table in the reading text, with the headers that stand above and beside it, outermost first.

    `row` and `column` count from 0, headers included; `headers` and `stub` are texts, not spans.
    """

    start: int
    end: int
    row: int
    column: int
    headers: tuple[str, ...]
    stub: tuple[str, ...]
    is_header: bool = False


@dataclass(frozen=True)
class Table:
    """A table, whose cells stand one row on a line in the reading text; `caption` is its title, "" if it has none."""

    start: int
    end: int
    caption: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Reading:
    """What was read of one file.

    `text` is the clean text: paragraphs apart by an empty line, no markup, no reference marks, no list of references.
    `segments` lie in order, without overlap. `decimal_mark` is "," where the text prints 0,05 for 0.05.
    """

    text: str
    media_type: str
    segments: tuple[Segment, ...] = ()
    tables: tuple[Table, ...] = ()
    title: str | None = None
    citation: str | None = None
    language: str | None = None
    decimal_mark: str = "."

    def place(self, position: int) -> str | None:
        """Where a position of the text stands in the original; None where the map does not say."""
        at = bisect_right(self._starts, position) - 1
        return self.segments[at].place if at >= 0 and position < self.segments[at].end else None

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]
