"""From a table to candidate claims.

`forms` reads formats out of words, `labels` groups, times and units; `layout` makes columns and rows of a table,
`entries` reads its cells, `trust` holds them against the numbers of patients, `claims` and `relations` make candidates.
"""

from __future__ import annotations

from dataclasses import replace

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.reading import Table
from evidence_brief.extract.tables.claims import Made, made_of
from evidence_brief.extract.tables.entries import entries_of
from evidence_brief.extract.tables.forms import forms_stated, is_weighted
from evidence_brief.extract.tables.layout import Column, columns_of, rows_of
from evidence_brief.extract.tables.notes import notes_of
from evidence_brief.extract.tables.relations import About, related
from evidence_brief.extract.tables.sizes import sizes_in_headers, sizes_in_rows, sizes_in_stubs, whole_of
from evidence_brief.extract.tables.trust import trusted

__all__ = ["figures_of_table"]


def figures_of_table(text: str, table: Table, decimal_mark: str = ".") -> list[Candidate]:
    """The figures of a table of results, in the order of the text; what is uncertain is left out.

    Names begin with "t" and the place of the table in the text, so that those of several tables differ.
    """
    prefix = f"t{table.start}"
    columns, rows = columns_of(text, table), rows_of(text, table)
    if not columns or not rows:
        return []
    sizes = list(sizes_in_headers(text, table, columns, prefix))
    from_rows, columns, left_out = sizes_in_rows(text, rows, columns, prefix)
    rows = tuple(row for row in rows if row.index not in left_out)
    notes = notes_of(text, table)
    words = f"{table.caption} {notes}"
    entries = entries_of(text, rows, columns, forms_stated(table.caption, notes), decimal_mark)
    if is_weighted(words):
        entries = (entry for entry in entries if entry.kind not in ("share", "percent", "mean"))
    made = made_of(text, trusted(text, entries, words, decimal_mark), prefix)
    found = [
        *sizes,
        *from_rows,
        *sizes_in_stubs(text, rows, prefix),
        *related(made, rows, columns, About(table.caption, notes, text)),
    ]
    return sorted(_with_parts(found, made, columns), key=lambda candidate: (candidate.start, candidate.end))


def _with_parts(found: list[Candidate], made: list[Made], columns: tuple[Column, ...]) -> list[Candidate]:
    """The same, where a count in the column of the whole is the sum of those in the columns of its groups."""
    if (whole := whole_of(columns)) is None:
        return found
    total, groups = whole
    sizes = {candidate.size_of: candidate.name for candidate in found if candidate.size_of}
    sums = {}
    named = [sizes.get(column.group or "") for column in (total, *groups)]
    if all(named):
        sums[named[0] or ""] = tuple(name for name in named[1:] if name)
    counts = {
        (one.entry.row.index, one.entry.column.index): one.candidates[0]
        for one in made
        if one.entry.kind in ("share", "count")
    }
    for (row, column), count in counts.items():
        parts = [counts[row, group.index] for group in groups if (row, group.index) in counts]
        if column == total.index and len(parts) == len(groups) and count.type == "count":
            sums[count.name] = tuple(part.name for part in parts)
    return [replace(c, parts=sums[c.name]) if c.name in sums else c for c in found]
