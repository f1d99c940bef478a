"""Tests of larger and of paired tables: r × c, trend, and discordant pairs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

from evidence_brief.stats.exact.core import mpf, mpmath, precise, real, whole
from evidence_brief.stats.exact.tails import p_chi2, p_z

# Tables with the same margins × patients^1.5, about how the time grows: 900,000 tables of up to 500 patients.
WORK_BOUND = 10_000_000_000
PAIRS_BOUND = 50_000  # discordant pairs of the exact tests

Table = Sequence[Sequence[int]]


@precise
def pearson_rxc(table: Table) -> tuple[Fraction, int, mpf] | None:
    """Pearson's χ² = Σ (O − E)²/E of a table of r >= 2 rows and c >= 2 columns, as (χ², df, P).

    None where a row or column is empty: the test is undefined. ValueError for another shape or counts below 0.

    Source: Pearson 1900, Philos Mag 50:157; degrees of freedom of Fisher 1922, J R Stat Soc 85:87.
    """
    cells, df = _seen_and_expected(table)
    if not all(expected for _, expected in cells):
        return None
    chi2 = sum(((seen - expected) ** 2 / expected for seen, expected in cells), start=Fraction(0))
    return chi2, df, p_chi2(chi2, df)


@precise
def likelihood_ratio_rxc(table: Table) -> tuple[mpf, int, mpf] | None:
    """Likelihood ratio G = 2 Σ O ln(O/E) of a table, as (G, df, P); None and ValueError as `pearson_rxc`.

    Source: Wilks 1935, Ann Math Stat 6:190.
    """
    cells, df = _seen_and_expected(table)
    if not all(expected for _, expected in cells):
        return None
    g = 2 * mpmath.fsum(seen * mpmath.log(real("O/E", seen / expected)) for seen, expected in cells if seen)
    g = max(mpf(0), g)  # independence itself may come out as −10⁻³⁰
    return g, df, p_chi2(g, df)


@precise
def fisher_freeman_halton(table: Table) -> mpf | None:
    """Exact P of a table: the share of all tables with its margins that are not likelier than it.

    By enumeration in whole numbers, so that equally likely tables tie. None beyond WORK_BOUND; ValueError as
    `pearson_rxc`.

    Source: Freeman & Halton 1951, Biometrika 38:141.
    """
    rows = _checked(table)
    columns = sorted(zip(*rows, strict=True), key=sum)
    margins, observed = [sum(row) for row in rows], math.prod(_ways(column) for column in columns)
    not_likelier = 0
    for tables, weight in enumerate(_weights(margins, [sum(column) for column in columns]), 1):
        if tables * max(500, sum(margins)) ** 1.5 > WORK_BOUND:
            return None
        not_likelier += weight if weight <= observed else 0
    return real("P", Fraction(not_likelier, _ways(margins)))


def _weights(rows: Sequence[int], columns: list[int], so_far: int = 1) -> Iterator[int]:
    """Ways to arrive at each table with these margins, one column after the other."""
    if len(columns) == 1:
        yield so_far * _ways(rows)
        return
    for column in _columns(rows, columns[0]):
        left = [row - cell for row, cell in zip(rows, column, strict=True)]
        yield from _weights(left, columns[1:], so_far * _ways(column))


def _columns(rows: Sequence[int], total: int) -> Iterator[tuple[int, ...]]:
    """Every column of this total with no cell above what its row has left."""
    if len(rows) == 1:
        yield (total,)
        return
    for cell in range(max(0, total - sum(rows[1:])), min(rows[0], total) + 1):
        for rest in _columns(rows[1:], total - cell):
            yield (cell, *rest)


def _ways(cells: Sequence[int]) -> int:
    """Multinomial coefficient: ways to share sum(cells) patients out to the cells."""
    ways, patients = 1, 0
    for cell in cells:
        patients += cell
        ways *= math.comb(patients, cell)
    return ways


@precise
def trend(events: Sequence[int], sizes: Sequence[int]) -> tuple[Fraction, int, mpf] | None:
    """Cochran–Armitage trend of events[i] of sizes[i] over the scores i = 0, 1, 2 …, as (χ², 1, P).

    It is N r², with r the correlation of score and outcome over the patients. None where all or none have the
    event, or all patients one score. ValueError unless two or more groups with 0 <= events <= size.

    Source: Armitage 1955, Biometrics 11:375.
    """
    events, sizes = [whole("events", x) for x in events], [whole("size", n) for n in sizes]
    if len(events) != len(sizes) or len(sizes) < 2 or any(x > n for x, n in zip(events, sizes, strict=True)):
        raise ValueError(f"a trend needs two or more groups with 0 <= events <= size, got {events} of {sizes}")
    patients, cases = sum(sizes), sum(events)
    of_all, of_cases = (sum(i * n for i, n in enumerate(group)) for group in (sizes, events))
    spread = patients * sum(i * i * n for i, n in enumerate(sizes)) - of_all**2
    variances = spread * cases * (patients - cases)
    if variances == 0:
        return None
    chi2 = Fraction(patients * (patients * of_cases - cases * of_all) ** 2, variances)
    return chi2, 1, p_chi2(chi2, 1)


@precise
def mcnemar(b: int, c: int) -> dict[str, mpf | None]:
    """P values of McNemar's tests from the two counts of discordant pairs, by key.

    asymptotic: (b − c)²/(b + c), 1 df (McNemar 1947, Psychometrika 12:153); cc: (|b − c| − 1)²/(b + c), at least
    0 (Edwards 1948, Psychometrika 13:185); both None without discordant pairs. exact: twice the smaller tail of
    the binomial at ½, at most 1; mid_p: that less the probability of b, but where b = c 1 less half of it
    (Fagerland, Lydersen & Laake 2013, BMC Med Res Methodol 13:91, and its supplement).
    """
    b, c = whole("b", b), whole("c", c)
    pairs = b + c
    p: dict[str, mpf | None] = {"asymptotic": None, "cc": None, "exact": None, "mid_p": None}
    if pairs:
        p["asymptotic"] = p_z(abs(b - c) / mpmath.sqrt(pairs))
        p["cc"] = p_z(max(0, abs(b - c) - 1) / mpmath.sqrt(pairs))
    if pairs <= PAIRS_BOUND:
        point, tail = _binomial_point_and_tail(min(b, c), pairs)
        p["exact"] = real("P", min(Fraction(1), 2 * tail))
        p["mid_p"] = real("P", 1 - point / 2 if b == c else 2 * tail - point)
    return p


def _binomial_point_and_tail(x: int, n: int) -> tuple[Fraction, Fraction]:
    """Probability of x heads in n throws of a coin, and of x or fewer."""
    ways = total = 1
    for i in range(x):
        ways = ways * (n - i) // (i + 1)
        total += ways
    return Fraction(ways, 2**n), Fraction(total, 2**n)


def _seen_and_expected(table: Table) -> tuple[list[tuple[int, Fraction]], int]:
    """Each count with what independence expects, and the degrees of freedom."""
    rows = _checked(table)
    columns = [sum(column) for column in zip(*rows, strict=True)]
    patients = max(1, sum(columns))
    cells = [(x, Fraction(sum(row) * column, patients)) for row in rows for x, column in zip(row, columns, strict=True)]
    return cells, (len(rows) - 1) * (len(columns) - 1)


def _checked(table: Table) -> list[list[int]]:
    rows = [[whole("count", cell) for cell in row] for row in table]
    if len(rows) < 2 or len(rows[0]) < 2 or any(len(row) != len(rows[0]) for row in rows):
        raise ValueError(f"a table needs two or more rows and columns of equal length, got {rows}")
    return rows
