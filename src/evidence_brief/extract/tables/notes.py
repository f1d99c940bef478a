"""The notes of a table: the paragraphs that follow it in the text."""

from __future__ import annotations

import re

from evidence_brief.extract.reading import Table

_MOST, _LONGEST = 6, 1200
_NEXT = re.compile(r"\s*(?:Table|Figure|Fig\.)\s*\d")


def notes_of(text: str, table: Table) -> str:
    """Up to six short paragraphs after the table, as far as they may be its notes and not the text's next part."""
    kept: list[str] = []
    for paragraph in text[table.end : table.end + 3 * _LONGEST].split("\n\n")[: _MOST + 1]:
        if len(paragraph) > _LONGEST or _NEXT.match(paragraph):
            break
        kept.append(paragraph.strip())
    return "\n".join(filter(None, kept))
