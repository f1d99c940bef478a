"""An article as the page shows it: headings, paragraphs with their sentences, and tables with their cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from evidence_brief.checks.sentences import sentences

Span = tuple[int, int]

_BLOCK = re.compile(r"^[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", re.M)
_LONGEST_HEADING = 120  # characters


def blocks(text: str) -> list[dict[str, Any]]:
    """The passages between empty lines, each with its kind and its parts.

    The parts are spans: the sentences of a paragraph or heading, and of a table one list of cells for each row.
    """
    return [_block(text, *match.span()) for match in _BLOCK.finditer(text)]


def _block(text: str, start: int, end: int) -> dict[str, Any]:
    rows = list(_rows(text, start, end))
    if len(rows) > 1 and 2 * sum(len(row) > 1 for row in rows) > len(rows):
        return {"kind": "table", "start": start, "end": end, "rows": rows}
    start += len(text[start:end]) - len(text[start:end].lstrip())
    kind = "heading" if _is_heading(text[start:end].rstrip()) else "paragraph"
    return {"kind": kind, "start": start, "end": end, "sentences": sentences(text, start, end)}


def _rows(text: str, start: int, end: int) -> Iterator[list[Span]]:
    """The cells of each line, also the empty ones, which tabs set apart."""
    for line in re.finditer(r"[^\n]+", text[start:end]):
        first = start + line.start()
        cells = line[0].rstrip("\t").split("\t")
        ends = [first + end for end in accumulate(len(cell) + 1 for cell in cells)]
        yield [(last - 1 - len(cell), last - 1) for cell, last in zip(cells, ends, strict=True)]


def _is_heading(words: str) -> bool:
    """A short line of its own that ends no sentence; the text keeps no other mark of headings."""
    return len(words) <= _LONGEST_HEADING and "\n" not in words and words[-1] not in ".!?:;,…" and words[0].isupper()


def sentence_at(text: str, position: int) -> Span:
    """The sentence, or the row of a table, that a position lies in; the position itself between passages."""
    for match in _BLOCK.finditer(text):
        if match.start() <= position < match.end():
            found = _block(text, *match.span())
            spans = found.get("sentences") or [(row[0][0], row[-1][1]) for row in found["rows"]]
            return next((span for span in spans if span[0] <= position < span[1]), match.span())
    return position, position
