"""Fragility: how many patients with another outcome would turn a significant result, or one that is not.

x1 events of n1 against x2 of n2. A result is significant if P < alpha. Arguments: whole counts, 0 <= x <= n,
n >= 1, 0 < alpha < 1 (as a Fraction or text where its decimals matter), else ValueError.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np

from evidence_brief.stats import unconditional
from evidence_brief.stats.effects import Effect
from evidence_brief.stats.effects_binary import log_odds_ratio, log_risk_ratio, risk_difference
from evidence_brief.stats.limits import proportions
from evidence_brief.stats.two_by_two import yates
from evidence_brief.stats.unconditional import Floats

WORK_BOUND = 100_000_000
"""Largest work of one index, in about 30 ns: a few seconds."""
FISHER_WORK, WALD_WORK = 1_000, 200
"""Work of one table, to which Fisher's test adds the events (or the non-events, if rarer) of the first table."""
DOUBT = 1e-6
"""Relative difference below which floats decide nothing about Fisher's P; their error is below 1e-7."""
LARGEST_GROUP = 1_000_000
"""Patients in a group beyond which floats are not asked."""

Significant = Callable[[int, int, int, int, Fraction], bool | None]


@dataclass(frozen=True)
class Fragility:
    """The index and the table in which the decision turns; None where no change of outcomes turns it.

    `quotient` is the index over all patients (Ahmed, Fowler & McCredie 2016, Ann Thorac Surg 102:2156).
    """

    index: int | None
    table: tuple[int, int, int, int] | None
    quotient: float | None


def fragility_index(x1: int, n1: int, x2: int, n2: int, alpha: Fraction | str = Fraction(1, 20)) -> Fragility | None:
    """Non-events made events in the group with fewer events until Fisher's two-sided P reaches alpha.

    0 if P is not below alpha to begin with. With as many events in both, the group with the lower risk is taken.
    None beyond WORK_BOUND.

    Source: Walsh et al. 2014, J Clin Epidemiol 67:622.
    """
    return _in_one_group((x1, n1, x2, n2), +1, alpha)


def reverse_fragility_index(
    x1: int, n1: int, x2: int, n2: int, alpha: Fraction | str = Fraction(1, 20)
) -> Fragility | None:
    """Events made non-events in the group with fewer events until Fisher's two-sided P falls below alpha.

    0 if P is below alpha to begin with; no index where even no events leave P above. None beyond WORK_BOUND.

    Source: Khan et al. 2020, JAMA Netw Open 3:e2012469.
    """
    return _in_one_group((x1, n1, x2, n2), -1, alpha)


def least_modifications(
    x1: int, n1: int, x2: int, n2: int, alpha: Fraction | str = Fraction(1, 20), *, test: str = "fisher"
) -> Fragility | None:
    """Fewest outcomes changed, in either group and either direction, that turn the decision of one of TESTS.

    None beyond WORK_BOUND.

    Source: Lin & Chu 2022, PLoS One 17:e0268754; Lin 2021, J Eval Clin Pract 27:384.
    """
    counts, limit = proportions(x1, n1, x2, n2), _alpha(alpha)
    if test not in TESTS:
        raise ValueError(f"fragility knows {', '.join(TESTS)}, not {test!r}")
    significant, work = TESTS[test], 0
    each = _fisher_work(counts) if test == "fisher" else WALD_WORK
    before = significant(*counts, limit)
    if before is None:
        return None
    for changes in range(1, n1 + n2 + 1):
        for table in _shell(counts, changes):
            work += each
            after = significant(*table, limit)
            if after is None or work > WORK_BOUND:
                return None
            if after != before:
                return Fragility(changes, table, changes / (n1 + n2))
    return Fragility(None, None, None)


def _in_one_group(counts: tuple[int, int, int, int], step: int, alpha: Fraction | str) -> Fragility | None:
    x1, n1, x2, n2 = proportions(*counts)
    limit, first = _alpha(alpha), (x1, -n1) <= (x2, -n2)
    room = (n1 - x1 if first else n2 - x2) if step > 0 else (x1 if first else x2)
    for changes in range(room + 1):
        if (changes + 1) * _fisher_work((x1, n1, x2, n2)) > WORK_BOUND:
            return None
        moved = step * changes
        table = (x1 + moved, n1, x2, n2) if first else (x1, n1, x2 + moved, n2)
        significant = _fisher(*table, limit)
        if significant is None:
            return None
        if significant == (step < 0):
            return Fragility(changes, table, changes / (n1 + n2))
    return Fragility(None, None, None)


def _shell(counts: tuple[int, int, int, int], changes: int) -> Iterator[tuple[int, int, int, int]]:
    """Every table that differs from this one in exactly so many outcomes."""
    x1, n1, x2, n2 = counts
    for first in range(max(-x1, -changes), min(n1 - x1, changes) + 1):
        rest = changes - abs(first)
        for second in {-rest, rest}:
            if 0 <= x2 + second <= n2:
                yield x1 + first, n1, x2 + second, n2


def _fisher_work(counts: tuple[int, int, int, int]) -> int:
    x1, n1, x2, n2 = counts
    return FISHER_WORK + min(x1 + x2, n1 + n2 - x1 - x2)


def _alpha(alpha: Fraction | str) -> Fraction:
    limit = Fraction(alpha)
    if not 0 < limit < 1:
        raise ValueError(f"alpha must lie between 0 and 1, as 0.05 does, got {alpha}")
    return limit


def _fisher(x1: int, n1: int, x2: int, n2: int, alpha: Fraction) -> bool | None:
    """Fisher's two-sided P below alpha: by floats where they are sure, else in whole numbers (None if too long)."""
    low, high = _fisher_bounds(x1, n1, x2, n2) if max(n1, n2) <= LARGEST_GROUP else (0.0, 1.0)
    if high < alpha or low >= alpha:
        return high < alpha
    ways = unconditional.ways(x1, n1, x2, n2)
    return None if ways is None else ways.not_likelier * alpha.denominator < alpha.numerator * ways.total


def _fisher_bounds(x1: int, n1: int, x2: int, n2: int) -> tuple[float, float]:
    """Fisher's two-sided P without, and with, the tables about as likely as this one."""
    lowest, highest = max(0, x1 - (n2 - x2)), min(n1, x1 + x2)
    first, second = _log_combinations(n1), _log_combinations(n2)
    logs = first[lowest : highest + 1] + second[x1 + x2 - highest : x1 + x2 - lowest + 1][::-1]
    logs = logs - logs[x1 - lowest]
    weights = np.exp(logs - logs.max())
    total = weights.sum()
    low, high = weights[logs < -DOUBT].sum() / total, weights[logs <= DOUBT].sum() / total
    return float(low) * (1 - DOUBT), float(high) * (1 + DOUBT)


@lru_cache(maxsize=4)
def _log_combinations(n: int) -> Floats:
    from scipy.special import gammaln  # here, because importing SciPy takes long

    x = np.arange(n + 1)
    logs: Floats = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
    return logs


def _yates(x1: int, n1: int, x2: int, n2: int, alpha: Fraction) -> bool:
    p = yates(x1, n1, x2, n2)
    return p is not None and p < alpha


def _wald(effect: Callable[[int, int, int, int], Effect]) -> Significant:
    """Wald test of an effect; P is 1 for an empty margin, 0 for a difference without variance."""

    def significant(x1: int, n1: int, x2: int, n2: int, alpha: Fraction) -> bool:
        if x1 + x2 in (0, n1 + n2):
            return False
        value = effect(x1, n1, x2, n2)
        return not value.variance or math.erfc(abs(value.estimate) / value.se / math.sqrt(2)) < alpha

    return significant


TESTS: dict[str, Significant] = {
    "fisher": _fisher,
    "yates": _yates,
    "OR": _wald(log_odds_ratio),
    "RR": _wald(log_risk_ratio),
    "RD": _wald(risk_difference),
}
"""Fisher's exact test, Yates' χ², and Wald tests of ln OR, ln RR (½ added to an empty cell's table) and RD."""
