"""All tests of one 2×2 table against SciPy's exact ones, in turn: medians and their ratio.

SciPy drops tied tables (docs/disagreements.md), so that the two do not always agree; this is about time alone.
"""

from __future__ import annotations

from statistics import median
from time import perf_counter

from scipy import stats

from evidence_brief.stats import two_by_two, unconditional

TABLES = ((22, 24, 10, 18), (60, 100, 45, 99), (150, 250, 120, 240), (400, 439, 380, 439))
ROUNDS = 5


def ours(x1: int, n1: int, x2: int, n2: int) -> float:
    """Seconds for every test of the product, with nothing kept from before."""
    for cached in (unconditional.ways, unconditional.boschloo):
        cached.cache_clear()
    start = perf_counter()
    two_by_two.p_values(x1, n1, x2, n2)
    return perf_counter() - start


def scipys(x1: int, n1: int, x2: int, n2: int) -> float:
    """Seconds for SciPy's Fisher, Barnard (pooled and unpooled) and Boschloo."""
    table = [[x1, x2], [n1 - x1, n2 - x2]]
    start = perf_counter()
    stats.fisher_exact(table)
    stats.barnard_exact(table, pooled=True)
    stats.barnard_exact(table, pooled=False)
    stats.boschloo_exact(table)
    return perf_counter() - start


def main() -> None:
    print(f"{'table':<22}{'all tests here':>16}{'SciPy, four tests':>20}{'ratio':>8}")
    for table in TABLES:
        rounds = [(ours(*table), scipys(*table)) for _ in range(ROUNDS)]
        here, there = (median(values) for values in zip(*rounds, strict=True))
        name = "{}/{} and {}/{}".format(*table)
        print(f"{name:<22}{here:>14.4f} s{there:>18.4f} s{median(a / b for a, b in rounds):>8.2f}")


if __name__ == "__main__":
    main()
