"""Fragility: how many patients with another outcome would turn a significant result, or one that is not.

x1 events of n1 against x2 of n2. A result is significant if P < alpha. Arguments: whole counts, 0 <= x <= n,
n >= 1, 0 < alpha < 1 (as a Fraction or text where its decimals matter), else ValueError.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from evidence_brief.stats import unconditional
from evidence_brief.stats.effects import Effect
from evidence_brief.stats.effects_binary import log_odds_ratio, log_risk_ratio, risk_difference
from evidence_brief.stats.limits import proportions
from evidence_brief.stats.two_by_two import yates

WORK_BOUND = 5_000_000
"""Largest work of one index: tables tried times the events (or non-events, if rarer) of the first table."""

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
    before = significant(*counts, limit)
    if before is None:
        return None
    for changes in range(1, n1 + n2 + 1):
        for table in _shell(counts, changes):
            work += _work(counts)
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
        if (changes + 1) * _work((x1, n1, x2, n2)) > WORK_BOUND:
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


def _work(counts: tuple[int, int, int, int]) -> int:
    x1, n1, x2, n2 = counts
    return 1 + min(x1 + x2, n1 + n2 - x1 - x2)


def _alpha(alpha: Fraction | str) -> Fraction:
    limit = Fraction(alpha)
    if not 0 < limit < 1:
        raise ValueError(f"alpha must lie between 0 and 1, as 0.05 does, got {alpha}")
    return limit


def _fisher(x1: int, n1: int, x2: int, n2: int, alpha: Fraction) -> bool | None:
    """Fisher's two-sided P below alpha, in whole numbers; None where there are too many to count."""
    ways = unconditional.ways(x1, n1, x2, n2)
    return None if ways is None else ways.not_likelier * alpha.denominator < alpha.numerator * ways.total


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
