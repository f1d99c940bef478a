"""P values adjusted for several tests, in the order given.

ValueError unless each P lies within 0 to 1. Adjusted values are at most 1; a hypothesis is rejected at level
alpha, below 1, exactly if its adjusted P is alpha or less.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import TypeVar

P = TypeVar("P", float, Fraction)


def bonferroni(p: Sequence[P]) -> list[P]:
    """Each P times their number m (Dunn 1961, J Am Stat Assoc 56:52)."""
    return [min(each * len(p), type(each)(1)) for each in _checked(p)]


def holm(p: Sequence[P]) -> list[P]:
    """Step down: the largest (m − i + 1) p(i) so far, from the smallest P on (Holm 1979, Scand J Stat 6:65)."""
    order = _ascending(_checked(p))
    return _placed(order, accumulate(((len(p) - i) * p[at] for i, at in enumerate(order)), max))


def hochberg(p: Sequence[P]) -> list[P]:
    """Step up: the smallest (m − i + 1) p(i) so far, from the largest P on (Hochberg 1988, Biometrika 75:800)."""
    order = _ascending(_checked(p))[::-1]
    return _placed(order, accumulate(((i + 1) * p[at] for i, at in enumerate(order)), min))


def benjamini_hochberg(p: Sequence[P]) -> list[P]:
    """Step up for the false discovery rate: the smallest m p(i)/i so far, from the largest P on.

    Source: Benjamini & Hochberg 1995, J R Stat Soc B 57:289.
    """
    order, m = _ascending(_checked(p))[::-1], len(p)
    return _placed(order, accumulate((p[at] * m / (m - i) for i, at in enumerate(order)), min))


def holm_decisions(lows: Sequence[Fraction], highs: Sequence[Fraction], alpha: Fraction) -> list[bool | None]:
    """Whether Holm's procedure rejects each hypothesis when each P lies anywhere from its low to its high.

    True or False if whatever the values are, None if it depends on them: no P that rises ever adds a rejection, so
    that the two ends decide. ValueError unless 0 <= low <= high <= 1, as many of each, and 0 < alpha < 1.

    Source: Holm 1979, Scand J Stat 6:65.
    """
    if len(lows) != len(highs) or any(low > high for low, high in zip(lows, highs, strict=True)):
        raise ValueError("each P value needs a low and a high end, low <= high")
    if not 0 < alpha < 1:
        raise ValueError(f"alpha must lie between 0 and 1, as 0.05 does, got {alpha}")
    ends = zip(holm(highs), holm(lows), strict=True)
    return [True if most <= alpha else None if least <= alpha else False for most, least in ends]


def _checked(p: Sequence[P]) -> Sequence[P]:
    for each in p:
        if not 0 <= each <= 1:
            raise ValueError(f"a P value lies within 0 to 1, got {each}")
    return p


def _ascending(p: Sequence[P]) -> list[int]:
    return sorted(range(len(p)), key=p.__getitem__)


def _placed(order: Sequence[int], adjusted: Iterable[P]) -> list[P]:
    """The adjusted values, cut at 1, where the P values stood that they belong to."""
    at = dict(zip(order, adjusted, strict=True))
    return [min(at[place], type(at[place])(1)) for place in range(len(order))]
