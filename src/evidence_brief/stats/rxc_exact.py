"""Fisher's exact test of a table of r rows and c columns, in whole numbers.

Tables with the observed margins are built column by column. What counts of the columns so far is what they leave to
each row, whatever the order, and the product of the factorials of their cells: columns that agree on both are
counted together. Where every table that can follow is, or none is, at least as extreme as the observed one, these
are counted without being built. Only that shortcut uses logarithms, with MARGIN to spare; equally likely tables tie
exactly.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from evidence_brief.stats.rxc import Table, filled, margins

WORK_BOUND = 1_000_000
"""Largest number of columns built before the test is given up, two or three seconds."""

LARGEST_TOTAL = 5_000
"""Largest number of people in a table that is counted."""

MARGIN = 1e-6

Left = tuple[int, ...]


def fisher_freeman_halton(table: Table) -> float | None:
    """Probability of every table with these margins that is not likelier than this one; None beyond WORK_BOUND.

    1 where fewer than two rows or columns hold anyone, as only one table is possible. ValueError as in `rxc`.

    Source: Freeman & Halton 1951, Biometrika 38:141; Mehta & Patel 1983, J Am Stat Assoc 78:427 (bounds).
    """
    rows = filled(table)
    if rows is None:
        return 1.0
    if len(rows) > len(rows[0]):
        rows = list(zip(*rows, strict=True))
    across, down, total = margins(rows)
    if total > LARGEST_TOTAL:
        return None
    observed = math.prod(math.factorial(cell) for row in rows for cell in row)
    extreme = _count(tuple(sorted(across)), sorted(down, reverse=True), observed)
    return None if extreme is None else float(extreme / _ways(across))


def _count(across: Left, down: list[int], observed: int) -> int | None:
    """Number of ways to arrive at tables whose product of factorials is `observed` or more."""
    extreme, work, logarithm = 0, 0, math.log(observed)
    reached = Counter({(across, 1): 1})  # what is left to each row, product of factorials: number of ways
    for index, column in enumerate(down):
        ways = math.prod(map(math.factorial, down[: index + 1]))
        following: Counter[tuple[Left, int]] = Counter()
        futures: dict[Left, _Future] = {}
        for (left, product), number in reached.items():
            needed = logarithm - math.log(product)
            for cells in _columns(column, left, sum(left)):
                work += 1
                if work > WORK_BOUND:
                    return None
                rest = tuple(sorted([have - cell for have, cell in zip(left, cells, strict=True)]))
                future = futures.get(rest) or futures.setdefault(rest, _Future(rest, down[index + 1 :]))
                still = needed - sum([math.lgamma(cell + 1) for cell in cells])
                if future.most < still - MARGIN:
                    continue
                so_far = product * math.prod([math.factorial(cell) for cell in cells])
                if future.least > still + MARGIN or (not future.down and so_far >= observed):
                    extreme += number * future.ways * (ways // so_far)
                elif future.down:
                    following[rest, so_far] += number
        reached = following
    return extreme


@dataclass(frozen=True)
class _Future:
    """What can follow where so much is left to each row, and these columns are still to be filled."""

    left: Left
    down: list[int]

    @cached_property
    def ways(self) -> int:
        """Number of ways to fill the columns."""
        return _ways(self.left)

    @cached_property
    def most(self) -> float:
        """Upper bound of the log of the product of the factorials of the cells."""
        return min(_log_factorials(self.left), _log_factorials(self.down))

    @cached_property
    def least(self) -> float:
        """Lower bound of that log: Lagrange's dual, in which each cell is the best at its own price."""
        if not self.down:
            return 0.0
        rows, columns = len(self.left), len(self.down)
        shift = math.log(sum(self.left) + rows * columns / 2) / 2
        row_prices = [math.log(row + columns / 2) - shift for row in self.left]
        column_prices = [math.log(column + rows / 2) - shift for column in self.down]
        bound = sum(price * row for price, row in zip(row_prices, self.left, strict=True))
        bound += sum(price * column for price, column in zip(column_prices, self.down, strict=True))
        for price in (first + second for first in row_prices for second in column_prices):
            cell = math.floor(math.exp(price))  # the least of log cell! − price × cell
            bound += math.lgamma(cell + 1) - price * cell
        return bound


def _columns(column: int, left: Left, total: int) -> Iterator[Left]:
    """Every way to fill a column with what is left to each row, `total` in all."""
    if len(left) == 1:
        yield (column,)
        return
    others = total - left[0]
    for cell in range(max(0, column - others), min(column, left[0]) + 1):
        for rest in _columns(column - cell, left[1:], others):
            yield (cell, *rest)


def _log_factorials(counts: Sequence[int]) -> float:
    return math.fsum(math.lgamma(count + 1) for count in counts)


def _ways(parts: Sequence[int]) -> int:
    """Multinomial coefficient."""
    return math.factorial(sum(parts)) // math.prod(map(math.factorial, parts))
