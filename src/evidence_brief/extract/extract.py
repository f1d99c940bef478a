"""The figures of a text, as candidates of claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evidence_brief.extract.candidate import Apart, Candidate
from evidence_brief.extract.context import in_context
from evidence_brief.extract.figures import figures_and_apart
from evidence_brief.extract.reading import Table
from evidence_brief.extract.tables import figures_of_table


def extract(text: str, *, tables: Sequence[Table] = (), decimal_mark: str = ".") -> list[Candidate]:
    """Every figure of the text, in order, each with what its sentence or its table says of it.

    `tables` are those of a `Reading`: their cells are read with their headers instead of as sentences. Pure: the
    same text gives the same list. Takes time linear in the length of the text.
    """
    return extract_and_apart(text, tables=tables, decimal_mark=decimal_mark)[0]


def extract_and_apart(
    text: str, *, tables: Sequence[Table] = (), decimal_mark: str = "."
) -> tuple[list[Candidate], list[Apart]]:
    """The same, and the numerals that are no figures of the study, from one reading of the text."""
    prose = _without(text, tables)
    typed, apart = figures_and_apart(prose, decimal_mark)
    found = in_context(prose, typed)
    for table in tables:
        found += figures_of_table(text, table, decimal_mark)
        apart += _apart_in(text, table, decimal_mark)
    return sorted(found, key=lambda candidate: (candidate.start, candidate.end)), apart


def _apart_in(text: str, table: Table, decimal_mark: str) -> list[Apart]:
    """The numerals of a table that are no figures: levels of intervals, parts of names."""
    found = figures_and_apart(text[table.start : table.end], decimal_mark)[1]
    return [replace(item, start=item.start + table.start, end=item.end + table.start) for item in found]


def _without(text: str, tables: Sequence[Table]) -> str:
    """The text with blanks in place of its tables, so that all positions stay."""
    for table in tables:
        blank = re.sub(r"[^\n]", " ", text[table.start : table.end])
        text = text[: table.start] + blank + text[table.end :]
    return text
