"""The reading text as it grows: paragraphs apart by an empty line, each with its place in the original."""

from __future__ import annotations

from evidence_brief.errors import Problem, UnreadableSource
from evidence_brief.extract.reading import Segment, Table

GAP = "\n\n"
LONGEST_TEXT = 20_000_000  # signs; a file may unfold to more than it holds


class Page:
    """Collects the text, its segments and its tables, in the order in which they stand."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.segments: list[Segment] = []
        self.tables: list[Table] = []
        self._parts: list[str] = []
        self._length = 0
        self.last: list[str] = []  # the paragraphs since the last table

    @property
    def end(self) -> int:
        """Where the next sign will stand."""
        return self._length

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def paragraph(self, text: str, place: str) -> None:
        """Add a paragraph, or nothing where the text is empty."""
        if text:
            self.gap()
            self.add(text, place)
            self.last = [*self.last[-1:], text]

    def gap(self) -> None:
        """End the paragraph before, if there is one."""
        if self._length:
            self.add(GAP)

    def add(self, text: str, place: str | None = None) -> tuple[int, int]:
        """Add signs as they are, and say where they stand."""
        start = self._length
        self._length += len(text)
        if self._length > LONGEST_TEXT:
            found = f"more than {LONGEST_TEXT:,} signs"
            raise UnreadableSource(Problem(self.name, "holds more text than an article", found=found, mend=SHORTER))
        self._parts.append(text)
        if place is not None and text:
            self.segments.append(Segment(start, self._length, place))
        return start, self._length


SHORTER = "keep the article's text alone"
