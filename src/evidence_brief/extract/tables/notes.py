"""The notes of a table: the paragraphs that follow it in the text."""

from __future__ import annotations

import re

from evidence_brief.extract.reading import Table
from evidence_brief.extract.tables.cells import SIGNS

_MOST, _LONGEST = 12, 1200
_NEXT = re.compile(r"\s*(?:Table|Figure|Fig\.)\s*\d")
_NOTE = re.compile(
    rf"\s*(?:[{SIGNS}⁺¹²³⁴⁵⁶⁷⁸⁹(\[#]|[a-z1-9]\)?[ .:]|(?:Foot)?notes?\b|Abbrev|Legend|Key\b|Values?\b|Data\b"
    rf"|Results?\b|Signif|Statist|All |Numbers?\b"
    r"|P\b|p\b|[nN]\b|NS\b|SDs?\b|SE|CI\b|IQR|Means?\b|Medians?\b|Percent|Figures?\b|Variables\b|Continuous"
    r"|Categorical|[A-Z][\w/-]{0,12}\s?[=:,]|Missing|Some |Due to|Not all|\*)"
)


def notes_of(text: str, table: Table) -> str:
    """The paragraphs after the table that begin like notes, up to the first that does not."""
    kept: list[str] = []
    for paragraph in text[table.end : table.end + 4 * _LONGEST].split("\n\n")[: _MOST + 1]:
        if not paragraph.strip():
            continue
        if len(paragraph) > _LONGEST or _NEXT.match(paragraph) or not _NOTE.match(paragraph):
            break
        kept.append(paragraph.strip())
    return "\n".join(kept)


def note_of(mark: str, notes: str) -> str | None:
    """The note that begins with a mark, None where none or several do."""
    found = [line for line in notes.split("\n") if mark and line.startswith(mark)]
    return found[0] if len(found) == 1 else None
