"""The whole ledger of the first study, after imports, by both paths, against the first path's tests alone: medians.

The plain way has no ledger to compare with; the ratio says what computing each number a second time costs.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from evidence_brief.checks import p_tests
from evidence_brief.ledger import make_ledger
from evidence_brief.stats import exact, two_by_two, unconditional
from evidence_brief.stats.exact import tails
from evidence_brief.study.load import load_study

STUDY = Path(__file__).parents[1] / "data" / "ivig-dermatomyositis-2012"
TABLES = ((22, 24, 10, 18), (12, 24, 8, 18))
ROUNDS = 9


def forget() -> None:
    """Nothing is kept from before."""
    for cached in (unconditional.ways, unconditional.boschloo, p_tests._computed, tails._t_quantile):
        cached.cache_clear()


def timed(action: Callable[[], object]) -> float:
    forget()
    start = perf_counter()
    action()
    return perf_counter() - start


def main() -> None:
    study = load_study(STUDY)
    make_ledger(study)  # imports
    rounds = [
        (
            timed(lambda: make_ledger(study)),
            timed(lambda: [two_by_two.p_values(*table) for table in TABLES]),
            timed(lambda: [exact.p_values(*table) for table in TABLES]),
        )
        for _ in range(ROUNDS)
    ]
    ledger, first, second = (median(column) for column in zip(*rounds, strict=True))
    ratio = median(b / a for _, a, b in rounds)
    print(f"ledger of {len(study.claims)} claims, both paths        {ledger:.3f} s (target 0.3 s)")
    print(f"21 tests of two tables: first path         {first:.4f} s, second path {second:.4f} s, ratio {ratio:.1f}")


if __name__ == "__main__":
    main()
