"""The figures of a text, as candidates of claims."""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.context import in_context
from evidence_brief.extract.figures import figures
from evidence_brief.extract.reading import Table
from evidence_brief.extract.tables import figures_of_table


def extract(text: str, *, tables: Sequence[Table] = (), decimal_mark: str = ".") -> list[Candidate]:
    """Every figure of the text, in order, each with what its sentence or its table says of it.

    `tables` are those of a `Reading`: their cells are read with their headers instead of as sentences. Pure: the
    same text gives the same list. Takes time linear in the length of the text.
    """
    prose = _without(text, tables)
    found = in_context(prose, figures(prose, decimal_mark))
    for table in tables:
        found += figures_of_table(text, table, decimal_mark)
    return sorted(found, key=lambda candidate: (candidate.start, candidate.end))


def _without(text: str, tables: Sequence[Table]) -> str:
    """The text with blanks in place of its tables, so that all positions stay."""
    for table in tables:
        blank = re.sub(r"[^\n]", " ", text[table.start : table.end])
        text = text[: table.start] + blank + text[table.end :]
    return text
