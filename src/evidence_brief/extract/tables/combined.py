"""What belongs together over the whole table: counts that make a total, rows with the same words."""

from __future__ import annotations

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
    """The candidates, where rows or columns with the same words are told apart: else they are of one thing."""
    rows: dict[object, set[str]] = {}
    columns: dict[object, set[str]] = {}
    for candidate in found:
        if candidate.type in _SUMMARIES:
            _, row, column = candidate.name.split("-")
            rows.setdefault(_about(candidate), set()).add(row)
            columns.setdefault((_about(candidate), row), set()).add(column)
    return [_named(candidate, rows, columns) if candidate.type in _SUMMARIES else candidate for candidate in found]


def _about(c: Candidate) -> tuple[object, ...]:
    return c.type, c.group, c.outcome, c.time, c.unit


def _named(candidate: Candidate, rows: dict[object, set[str]], columns: dict[object, set[str]]) -> Candidate:
    _, row, column = candidate.name.split("-")
    places = []
    if len(rows[_about(candidate)]) > 1:
        places.append(f"row {row}")
    if len(columns[_about(candidate), row]) > 1:
        places.append(f"column {column}")
    return replace(candidate, outcome=f"{candidate.outcome} ({', '.join(places)})") if places else candidate
