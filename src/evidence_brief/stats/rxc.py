"""Tests of association in a table of r rows and c columns of counts.

A table is a sequence of rows of equal length, whole counts of 0 or more. Rows and columns without anyone are left
out. ValueError where it is not such a table. A result is None where fewer than two rows or columns are left.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from evidence_brief.stats import two_by_two
from evidence_brief.stats.limits import whole

Table = Sequence[Sequence[int]]


@dataclass(frozen=True)
class Association:
    """A χ² statistic, its degrees of freedom and its P value."""

    statistic: float
    df: int
    p: float


def pearson(table: Table) -> Association | None:
    """Pearson's χ² without correction, (r − 1)(c − 1) df.

    Source: Pearson 1900, Philos Mag 50:157; Fisher 1922, J R Stat Soc 85:87.
    """
    rows = filled(table)
    if rows is None:
        return None
    across, down, total = margins(rows)
    squares = sum(
        Fraction(cell**2, row_total * column_total)
        for row, row_total in zip(rows, across, strict=True)
        for cell, column_total in zip(row, down, strict=True)
    )
    return _association(float(total * (squares - 1)), (len(across) - 1) * (len(down) - 1))


def likelihood_ratio(table: Table) -> Association | None:
    """Likelihood ratio χ², G = 2 Σ O ln(O/E), (r − 1)(c − 1) df. Source: Wilks 1935, Ann Math Stat 6:190."""
    rows = filled(table)
    if rows is None:
        return None
    across, down, total = margins(rows)
    g = 2 * math.fsum(
        cell * math.log(cell * total / (row_total * column_total))
        for row, row_total in zip(rows, across, strict=True)
        for cell, column_total in zip(row, down, strict=True)
        if cell
    )
    return _association(max(0.0, g), (len(across) - 1) * (len(down) - 1))


def yates(table: Table) -> Association | None:
    """χ² with Yates' correction, never beyond 0; ValueError unless the table is 2×2. Source: Yates 1934."""
    rows = counts(table)
    if [len(row) for row in rows] != [2, 2]:
        raise ValueError("Yates' correction is defined for a table of two rows and two columns")
    (a, b), (c, d) = rows
    if 0 in (a + b, c + d, a + c, b + d):
        return None
    p = two_by_two.yates(a, a + b, c, c + d)
    twice = max(0, 2 * abs(a * d - b * c) - (a + b + c + d))
    statistic = Fraction(twice**2 * (a + b + c + d), 4 * (a + b) * (c + d) * (a + c) * (b + d))
    return None if p is None else Association(float(statistic), 1, p)


def trend(table: Table, scores: Sequence[int] | None = None) -> Association | None:
    """Cochran–Armitage χ² for trend across the columns of two rows, 1 df, two-sided; scores 0 to k − 1 if not given.

    None where the trend has no variance. ValueError unless there are two rows, and as many scores as columns.

    Source: Cochran 1954, Biometrics 10:417; Armitage 1955, Biometrics 11:375.
    """
    rows = counts(table)
    if len(rows) != 2:
        raise ValueError("a test for trend needs a table of two rows")
    scores = range(len(rows[0])) if scores is None else scores
    if len(scores) != len(rows[0]):
        raise ValueError(f"a test for trend needs as many scores as columns, got {len(scores)} for {len(rows[0])}")
    (first, second), down, total = margins(rows)
    weighted = sum(score * column for score, column in zip(scores, down, strict=True))
    spread = total * sum(score**2 * column for score, column in zip(scores, down, strict=True)) - weighted**2
    if not (first and second and spread):
        return None
    excess = total * sum(score * cell for score, cell in zip(scores, rows[0], strict=True)) - first * weighted
    return _association(float(Fraction(excess**2 * total, first * second * spread)), 1)


def _association(statistic: float, df: int) -> Association:
    from scipy.special import gammaincc

    return Association(statistic, df, float(gammaincc(df / 2, statistic / 2)))


def filled(table: Table) -> list[tuple[int, ...]] | None:
    """The table without empty rows and columns; None where fewer than two of either are left."""
    rows = [row for row in counts(table) if any(row)]
    columns = [column for column in zip(*rows, strict=True) if any(column)]
    return list(zip(*columns, strict=True)) if len(rows) > 1 and len(columns) > 1 else None


def counts(table: Table) -> list[tuple[int, ...]]:
    """The table in Python's integers; ValueError where it is not one."""
    rows = [whole(*row) if len(row) else () for row in table]
    if not rows or not rows[0] or len({len(row) for row in rows}) > 1:
        raise ValueError("a table needs at least one row, and as many counts in each row")
    return rows


def margins(rows: Sequence[Sequence[int]]) -> tuple[list[int], list[int], int]:
    """Totals of the rows, of the columns, and of the table."""
    across, down = [sum(row) for row in rows], [sum(column) for column in zip(*rows, strict=True)]
    return across, down, sum(across)
