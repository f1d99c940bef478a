"""From a table to candidate claims.

`forms` reads formats out of words, `labels` groups, times, outcomes and units, `cells` the numbers of a cell; `layout`
makes columns and rows of a table, `entries` and `group_cells` decide what each cell stands for, `trust` and `doubts`
leave out what the table's own figures speak against, `claims` and `relations` make candidates.
"""

from __future__ import annotations

from dataclasses import replace

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.reading import Table
from evidence_brief.extract.tables.claims import made_of
from evidence_brief.extract.tables.combined import told_apart, with_parts
from evidence_brief.extract.tables.doubts import of_parts, without_doubtful
from evidence_brief.extract.tables.entries import entries_of
from evidence_brief.extract.tables.forms import forms_stated, is_weighted
from evidence_brief.extract.tables.layout import columns_of, rows_of
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
    weighted = is_weighted(words)
    if weighted:  # shares of weighted or imputed patients are of no counts; means and P values are those of a model
        entries = (entry for entry in entries if entry.kind not in ("share", "percent"))
    kept = without_doubtful(text, trusted(text, entries, words, decimal_mark), decimal_mark)
    made = made_of(text, of_parts(text, kept, whole_of(columns), decimal_mark), prefix)
    found = [
        *sizes,
        *from_rows,
        *sizes_in_stubs(text, rows, prefix),
        *related(made, rows, columns, About(table.caption, notes, text)),
    ]
    if weighted:
        found = [replace(item, adjusted=True) if item.type in ("mean_sd", "p_value") else item for item in found]
    return sorted(told_apart(with_parts(found, made, columns)), key=lambda candidate: (candidate.start, candidate.end))
