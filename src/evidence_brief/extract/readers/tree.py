"""Walk an XML or HTML tree and write its paragraphs: what JATS and HTML have in common."""

from __future__ import annotations

import html.entities
from collections.abc import Callable
from typing import Any, ClassVar

from evidence_brief.errors import Problem, UnreadableSource
from evidence_brief.extract.readers.formulas import mathml_text
from evidence_brief.extract.readers.grid import Rows, write_table
from evidence_brief.extract.readers.headers import DEEPEST_INDENT, Box
from evidence_brief.extract.readers.page import Page
from evidence_brief.extract.readers.places import Places, local
from evidence_brief.extract.readers.signs import (
    MARK,
    collapsed,
    lowered,
    mark,
    only_marks,
    raised,
    seen,
    without_marks,
)

_INDENTS = " \u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"


class Tree:
    """Writes what stands inside an element: its blocks as paragraphs, everything else as running text."""

    BLOCKS: ClassVar[frozenset[str]] = frozenset()
    SKIPPED: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, page: Page, places: Places) -> None:
        self.page = page
        self.places = places
        self.in_table = False
        self._running: list[str] = []
        self._block: Any = None
        self.handlers: dict[str, Callable[[Any], None]] = {
            "sup": self.superscript,
            "sub": lambda e: self.write(lowered(self.inside(e))),
            "math": lambda e: self.write(f" {seen(mathml_text(e))} "),
        }

    def walk(self, element: Any) -> None:
        """Write what stands inside the element."""
        self.write(seen(element.text or ""))
        for child in element:
            tag = local(child)
            if not tag:
                self._entity(child)
            elif tag in self.SKIPPED or self.hidden(child):
                pass
            elif tag in self.handlers:
                self.handlers[tag](child)
            elif tag in self.BLOCKS:
                self.block(child)
            else:
                self.walk(child)
            self.write(seen(child.tail or ""))

    def hidden(self, element: Any) -> bool:
        """Whether a reader of the page does not see the element."""
        return False

    def write(self, text: str) -> None:
        """Add running text."""
        if text:
            self._running.append(text)

    def block(self, element: Any) -> None:
        """Write the element as paragraphs of its own."""
        self.flush()
        outer, self._block = self._block, element
        self.walk(element)
        self.flush()
        self._block = outer

    def flush(self) -> None:
        """End the paragraph; inside a cell there is but one."""
        if self.in_table:
            self._running.append(" ")
            return
        text, self._running = without_marks("".join(self._running)), []
        if text:
            self.page.paragraph(text, self.places.of(self._block))

    def inside(self, element: Any) -> str:
        """The running text inside an element, as it stands before its paragraph is whole."""
        outer, self._running = self._running, []
        in_table, self.in_table = self.in_table, True
        self.walk(element)
        text, self._running = "".join(self._running), outer
        self.in_table = in_table
        return text

    def before(self) -> str:
        """The last signs of the running text."""
        return "".join(self._running[-4:])[-4:]

    def superscript(self, element: Any) -> None:
        """Write a superscript: a power, a footnote mark apart from its number, or reference marks."""
        in_table = self.in_table
        text = self.inside(element)
        self.write(MARK if only_marks(text) else raised(text, self.before(), in_table=in_table))

    def note(self, element: Any) -> None:
        """Write a mark that leads to a footnote."""
        self.write(raised(collapsed(self.inside(element)), self.before(), note=True))

    def reference(self, element: Any) -> None:
        """Write a mark that leads to the list of references, so that it can be left out."""
        self.write(mark(self.inside(element)))

    def table(self, element: Any, caption: str) -> None:
        """Write the rows of a table."""
        rows = Rows()
        for row, in_head in rows_of(element):
            if in_head and rows.head == len(rows.rows):
                rows.head += 1
            rows.rows.append([self._box(cell) for cell in row])
        write_table(self.page, rows, caption)

    def _box(self, cell: Any) -> Box:
        text = self.inside(cell)
        indent = len(text) - len(text.lstrip(_INDENTS)) if text.lstrip("\t\r\n")[:1] in _INDENTS[1:] else 0
        header = local(cell) == "th"
        spans = (_span(cell.get("rowspan"), zero=10**6), _span(cell.get("colspan"), zero=1))
        return Box(
            without_marks(text), self.places.of(cell), header, min(indent + _style_indent(cell), DEEPEST_INDENT), *spans
        )

    def _entity(self, element: Any) -> None:
        name = getattr(element, "name", None)
        if name is None:  # a comment, an instruction
            return
        sign = html.entities.html5.get(f"{name};")
        if sign is None:
            found, mend = f"&{name}; in line {element.sourceline or '?'}", "write the sign itself in its place"
            raise UnreadableSource(
                Problem(self.page.name, "has a sign that only a DTD explains", found=found, mend=mend)
            )
        self.write(sign)


def rows_of(table: Any) -> list[tuple[list[Any], bool]]:
    """The cells of each row of a table, and whether the row stands in the head; the foot stands last."""
    rows: list[tuple[list[Any], bool]] = []
    foot: list[tuple[list[Any], bool]] = []
    for part in table:
        tag = local(part)
        if tag in ("thead", "tbody", "tfoot"):
            found = [(cells, tag == "thead") for cells in _cells(part)]
            (foot if tag == "tfoot" else rows).extend(found)
    loose = [(cells, False) for cells in _cells(table)]
    return rows + loose + foot


def _cells(part: Any) -> list[list[Any]]:
    """The cells of each row; those that stand in none are a row."""
    loose = [cell for cell in part if local(cell) in ("td", "th")]
    rows = [[cell for cell in row if local(cell) in ("td", "th")] for row in part if local(row) == "tr"]
    return rows + ([loose] if loose else [])


def _span(text: str | None, zero: int) -> int:
    """The number of rows or columns that a cell spans; 0 means all that follow, nonsense means 1."""
    text = (text or "1").strip()
    if not (text.isascii() and text.isdecimal()):
        return 1
    return min(int(text[:7]), 10**6) or zero


def _style_indent(cell: Any) -> int:
    """How far style sheets set a row label in, in steps of a few pixels or parts of an em."""
    style = cell.get("style", "")
    if "padding-left" not in style and "text-indent" not in style:
        return 0
    for part in style.split(";"):
        name, _, value = part.partition(":")
        if name.strip() in ("padding-left", "text-indent"):
            digits = "".join(sign for sign in value.strip()[:8] if sign.isascii() and (sign.isdigit() or sign == "."))
            size = float(digits) if digits.replace(".", "", 1).isdecimal() else 0.0
            return round(size * (4 if "em" in value else 0.25))
    return 0
