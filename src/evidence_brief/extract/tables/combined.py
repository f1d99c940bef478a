"""What belongs together over the whole table: counts that make a total, rows with the same words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.tables.claims import Made
from evidence_brief.extract.tables.layout import Column
from evidence_brief.extract.tables.sizes import whole_of

_SUMMARIES = ("mean_sd", "median_iqr", "range")


def with_parts(found: list[Candidate], made: Sequence[Made], columns: Sequence[Column]) -> list[Candidate]:
    """The candidates, where a count in the column of the whole is the sum of those in the columns of its groups."""
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
        if one.entry.kind in ("share", "count") and one.candidates[0].type == "count"
    }
    for (row, column), count in counts.items():
        parts = [counts[row, group.index] for group in groups if (row, group.index) in counts]
        if column == total.index and len(parts) == len(groups):
            sums[count.name] = tuple(part.name for part in parts)
    return [replace(c, parts=sums[c.name]) if c.name in sums else c for c in found]


def told_apart(found: list[Candidate]) -> list[Candidate]:
    """The candidates, where rows with the same words are told apart by their place: else they are of one thing."""
    about = Counter((c.type, c.group, c.outcome, c.time, c.unit) for c in found if c.type in _SUMMARIES)
    return [
        replace(c, outcome=f"{c.outcome} (row {c.name.split('-')[1]} of the table)")
        if c.type in _SUMMARIES and about[c.type, c.group, c.outcome, c.time, c.unit] > 1
        else c
        for c in found
    ]
