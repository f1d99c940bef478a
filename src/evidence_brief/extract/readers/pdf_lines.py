"""The lines of a page of a PDF, made of its letters by where they stand: a superscript stays in its line."""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from evidence_brief.extract.readers.signs import lowered, raised, seen

BROKEN = "\ufffe"  # pdfium's sign for a hyphen at the end of a line
_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_SCRIPT = 0.85  # a letter so much smaller than its line, off its base, is a superscript or subscript
_REACH = 0.7  # how far off the base of the line it may stand, in heights of the line
_SPACE = 0.2  # so wide a gap, in heights of the line, is white space
_WIDE = 0.9  # a gap of so many heights stands between two columns of a table
_MARGIN = 0.12  # the share of a page, above and below, in which heads and page numbers stand
_APART = 1.6  # heights between a page number and the text
_NUMBERS = 4  # that a page may have; more of them are figures
_LETTERS = 4  # of a head; a line with fewer is a row of figures
_NUMBER = re.compile(r"(?:page )?[-–—]? ?\d{1,5}(?: ?(?:/|of) ?\d{1,5})? ?[-–—]?", re.IGNORECASE)


@dataclass(frozen=True)
class Glyph:
    """A letter, and where it stands on the page, in points from the lower left corner."""

    sign: str
    left: float
    right: float
    base: float
    height: float


@dataclass
class Line:
    """A line of a page. `number` counts the lines of the page from 1, in the order of the text."""

    page: int
    number: int
    page_height: float
    base: float
    height: float
    left: float
    right: float
    last: float  # the left side of its last letter
    text: str = ""
    parts: list[tuple[int, str]] = field(default_factory=list)  # above the base, on it, below it; and the text

    @property
    def place(self) -> str:
        """Where the line stands, in words."""
        return f"page {self.page}, line {self.number}"

    @property
    def in_margin(self) -> bool:
        """Whether it stands where heads and page numbers stand."""
        return not _MARGIN < self.base / max(self.page_height, 1.0) < 1 - _MARGIN


def lines_of(text_page: Any, number: int, page_height: float) -> list[Line]:
    """The lines of a page, with the letters as pdfium gives them."""
    lines: list[Line] = []
    gap = False
    for glyph in _glyphs(text_page):
        if glyph is None:
            gap = True
            continue
        level = _level(lines[-1], glyph) if lines else None
        if level is None:
            lines.append(
                Line(number, len(lines) + 1, page_height, glyph.base, glyph.height, glyph.left, glyph.right, glyph.left)
            )
            gap, level = False, 0
        line = lines[-1]
        space = glyph.left - line.right
        if (gap or space > _SPACE * line.height) and glyph.sign != BROKEN and line.parts:
            line.parts.append((0, "\t" if space > _WIDE * line.height else " "))
        line.parts.append((level, glyph.sign))
        line.right, line.last, gap = max(line.right, glyph.right), glyph.left, False
    for line in lines:
        line.text = _text(line.parts)
    return [line for line in lines if line.text]


def _glyphs(text_page: Any) -> list[Glyph | None]:
    """The letters of a page; None for white space between them. pdfium's ends of lines say nothing: it ends one at
    every superscript.
    """
    import pypdfium2.raw as raw

    count = text_page.count_chars()
    text = text_page.get_text_range() if count else ""
    if len(text) != count:  # letters outside the first plane of Unicode count twice
        text = "".join(chr(raw.FPDFText_GetUnicode(text_page, i)) for i in range(count))
    text = seen(text.replace("\x02", BROKEN).replace("\u00ad", BROKEN))
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    glyphs: list[Glyph | None] = []
    for i, sign in enumerate(text):
        if sign.isspace():
            if sign not in "\r\n":
                glyphs.append(None)
            continue
        raw.FPDFText_GetLooseCharBox(text_page, i, box)
        raw.FPDFText_GetCharOrigin(text_page, i, x, y)
        height = max(abs(box.top - box.bottom), 0.1)
        glyphs.append(Glyph(sign.translate(_LIGATURES), box.left, box.right, y.value, height))
    return glyphs


def _level(line: Line, glyph: Glyph) -> int | None:
    """1 where the letter stands above the base of the line, -1 below, 0 on it; None where it begins another line."""
    off = glyph.base - line.base
    reach = max(line.height, glyph.height)
    if glyph.left < line.last - 0.5 * reach or abs(off) > _REACH * reach:
        return None
    near = glyph.left - line.right < 0.5 * line.height
    if glyph.height < _SCRIPT * line.height and abs(off) > 0.04 * reach and near:
        return 1 if off > 0 else -1
    if abs(off) <= 0.1 * reach:
        return 0
    if line.height < _SCRIPT * glyph.height and all(level == 0 for level, _ in line.parts):
        line.parts = [(1 if off < 0 else -1, sign) for _, sign in line.parts]  # the line began with a superscript
        line.base, line.height = glyph.base, glyph.height
        return 0
    return None


def _text(parts: list[tuple[int, str]]) -> str:
    """The text of a line, its superscripts and subscripts as such."""
    text, at = "", 0
    pieces: list[str] = []
    while at < len(parts):
        level, until = parts[at][0], at
        while until < len(parts) and parts[until][0] == level:
            until += 1
        run = "".join(sign for _, sign in parts[at:until])
        text = pieces[-1] if pieces else ""
        pieces.append(raised(run, text) if level > 0 else lowered(run) if level < 0 else run)
        at = until
    return "".join(pieces).strip()


def without_heads(pages: list[list[Line]]) -> list[list[Line]]:
    """The pages without the lines in their margins that several pages share, and without their numbers."""
    counts = Counter(key for page in pages for key in {_key(line) for line in page if line.in_margin})
    often = max(2, len(pages) * 3 // 10)
    heads = {key for key, count in counts.items() if count >= often and sum(map(str.isalpha, key)) >= _LETTERS}
    kept = []
    for page in pages:
        numbers = _numbers(page)
        kept.append([line for line in page if line not in numbers and not (line.in_margin and _key(line) in heads)])
    return kept


def _numbers(page: list[Line]) -> list[Line]:
    """The page number, which stands apart from the text, that may end in a number too."""
    found = [line for line in page if line.in_margin and _NUMBER.fullmatch(line.text)]
    if len(found) > _NUMBERS:
        return []
    return [
        line
        for line in found
        if all(abs(line.base - other.base) > _APART * line.height for other in page if other is not line)
    ]


def _key(line: Line) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text.lower().split()))
