"""Printed test statistics against their printed P values: t, F, χ², z, r, Spearman's rs, Q, H and G.

Statistics are intervals, since they are rounded when printed, and so are degrees of freedom with decimals (Welch,
Greenhouse–Geisser). A statistic's sign is ignored: it depends on which group came first. That P values can be
recomputed so, and that one-sided tests and corrections explain most differences: Nuijten et al. 2016, Behav Res
Methods 48:1205 (statcheck).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil
from typing import Literal

from evidence_brief.printed import Interval, Number
from evidence_brief.stats.distributions import outward, p_chi2, p_f, p_r, p_t, p_z

Df = Fraction | int | Interval
"""Degrees of freedom: exact where they are whole, an interval where they are printed with decimals."""

ALPHA = Fraction(1, 20)
MOST_TESTS = 20
"""The largest number of tests for which a Bonferroni correction is named as what would explain a P value."""

_TAILS: dict[str, tuple[int, Callable[..., float]]] = {
    "t": (1, p_t),
    "F": (2, p_f),
    "z": (0, p_z),
    "r": (1, p_r),
    "rs": (1, p_r),
    **dict.fromkeys(("χ2", "Q", "H", "G"), (1, p_chi2)),
}
_SIGNED = ("t", "z", "r", "rs")

Verdict = Literal["consistent", "one-sided", "inconsistent"]


@dataclass(frozen=True)
class Judged:
    """Whether a statistic and a P value go together.

    `p` is every two-sided P of the statistic. Unless consistent, `explanations` names the departures under which
    they would go together: "one-sided", "one-sided, in the other direction", "corrected for k tests" (Bonferroni,
    the smallest such k), "corrected for sphericity".
    """

    verdict: Verdict
    p: Interval
    explanations: tuple[str, ...] = ()


def printed_df(number: Number) -> Df:
    """Degrees of freedom as printed: exact where whole, else every value that prints so."""
    return number.value if number.value.denominator == 1 else number.interval


def p_range(letter: str, statistic: Interval, df: Sequence[Df], *, sides: int = 2) -> tuple[float, float]:
    """Smallest and largest P of a printed statistic, as (low, high), moved outwards by `distributions.PRECISION`.

    Letters and their degrees of freedom: t, r, rs (pairs − 2), χ2, Q, H, G: one; F: two; z: none. One-sided (the
    observed direction) for t, z, r, rs, F with 1 numerator and χ² with 1 degree of freedom. Between the ends of
    intervals of df, P is taken to change in one direction.
    ValueError for another letter or number of df, df not above 0, an empty interval, a statistic that is negative
    throughout but has no sign, a correlation beyond −1 to 1, and sides that the test does not have.
    """
    if letter not in _TAILS:
        raise ValueError(f"the statistic must be one of {', '.join(_TAILS)}, got {letter!r}")
    needed, tail = _TAILS[letter]
    if len(df) != needed:
        raise ValueError(f"{letter} has {needed} degrees of freedom, got {len(df)}")
    if sides != 2 and (sides != 1 or not _has_sides(letter, df)):
        raise ValueError(f"a test by {letter} with these degrees of freedom has no {sides}-sided P value")
    low, high = _size(letter, statistic)
    parts = [(float(each.low), float(each.high)) if isinstance(each, Interval) else (float(each),) for each in df]
    smallest = min(tail(high, *part) for part in product(*parts))
    largest = max(tail(low, *part) for part in product(*parts))
    return outward(smallest * sides / 2, largest * sides / 2)


def judge(letter: str, statistic: Interval, df: Sequence[Df], p: Interval) -> Judged:
    """Whether some value that prints as the statistic has a P in the printed interval `p`; errors as `p_range`."""
    found = _interval(p_range(letter, statistic, df))
    if found.overlaps(p):
        return Judged("consistent", found)
    one_sided = tuple(_one_sided(found, p)) if _has_sides(letter, df) else ()
    others = []
    if (tests := bonferroni(found, p)) is not None:
        others.append(f"corrected for {tests} tests")
    if letter == "F" and _sphericity(statistic, df, found).overlaps(p):
        others.append("corrected for sphericity")
    return Judged("one-sided" if one_sided else "inconsistent", found, (*one_sided, *others))


def decision_error(reported: Interval, recomputed: Interval, alpha: Fraction = ALPHA) -> bool:
    """Whether significance flips: every reported P lies on one side of alpha, and every recomputed one on the other.

    "P ≤ alpha" is significant and "NS" is not; "P = .05", which stands for values on both sides, decides nothing.
    """
    significant = reported.high < alpha or (reported.high == alpha and reported.low < alpha)
    if significant:
        return recomputed.low > alpha
    return reported.low >= alpha and recomputed.high < alpha


def bonferroni(recomputed: Interval, reported: Interval) -> int | None:
    """The smallest number of tests, 2 to MOST_TESTS, by which P was multiplied if reported; None if none fits.

    A product above 1 counts as 1 (Bonferroni's inequality; Dunn 1961, J Am Stat Assoc 56:52).
    """
    first = 2 if recomputed.high == 0 else max(2, ceil(reported.low / recomputed.high))
    for tests in range(first, MOST_TESTS + 1):
        if Interval(min(Fraction(1), recomputed.low * tests), min(Fraction(1), recomputed.high * tests)).overlaps(
            reported
        ):
            return tests
    return None


def _one_sided(found: Interval, p: Interval) -> list[str]:
    half = found.scaled(Fraction(1, 2))
    other = Interval(1 - half.high, 1 - half.low)
    names = ((half, "one-sided"), (other, "one-sided, in the other direction"))
    return [name for interval, name in names if interval.overlaps(p)]


def _sphericity(statistic: Interval, df: Sequence[Df], found: Interval) -> Interval:
    """P of F while both df are multiplied by anything from 1/df1 to 1 (Greenhouse & Geisser 1959, Psychometrika 24:95).

    The lower bound of the factor gives 1 and df2/df1; P at that end and at the other bound what lies between.
    """
    df1, df2 = (each.low if isinstance(each, Interval) else Fraction(each) for each in df)
    if df1 <= 1:
        return found
    corrected = _interval(p_range("F", statistic, (1, df2 / df1)))
    return Interval(min(found.low, corrected.low), max(found.high, corrected.high))


def _has_sides(letter: str, df: Sequence[Df]) -> bool:
    return letter in _SIGNED or (letter in ("F", "χ2") and df[0] == 1)


def _size(letter: str, statistic: Interval) -> tuple[float, float]:
    """The smallest and the largest size of a statistic."""
    low, high = statistic.low, statistic.high
    if low > high:
        raise ValueError(f"the interval from {low} to {high} is empty")
    if letter not in _SIGNED:
        if high < 0:
            raise ValueError(f"{letter} cannot be negative, got at most {float(high)}")
        return _float(max(Fraction(0), low)), _float(high)
    small, large = (Fraction(0) if low <= 0 <= high else min(abs(low), abs(high))), max(abs(low), abs(high))
    if letter in ("r", "rs"):
        if small > 1:
            raise ValueError(f"a correlation lies between -1 and 1, got {float(low)} to {float(high)}")
        large = min(large, Fraction(1))
    return _float(small), _float(large)


def _float(value: Fraction) -> float:
    return float(min(value, Fraction(10**300)))


def _interval(ends: tuple[float, float]) -> Interval:
    return Interval(Fraction(ends[0]), Fraction(ends[1]))
