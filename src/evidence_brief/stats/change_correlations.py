"""The correlations of two measurements that go with their SDs and the variance of their difference."""

from __future__ import annotations

from fractions import Fraction

from evidence_brief.printed import Interval
from evidence_brief.stats.roots import root
from evidence_brief.stats.summary_ends import Ends, sds

ROUNDING = Fraction(1, 10**12)
"""Square roots are floats: an end that is one is moved outwards by this part of it."""

NONE = Fraction(2)
"""Beyond every correlation."""


def correlations_of_change(sd1: Interval, sd2: Interval, change: tuple[Fraction, Fraction | None]) -> Interval | None:
    """Every correlation with which some SDs give a variance of the change in a range (no upper end: None).

    None where there is none. The variance sd1² + sd2² − 2 r sd1 sd2 falls with r. Hence r is largest where the
    largest variance just reaches the range, which is at a corner of the box of SDs, and smallest where the smallest
    variance does, which is on an edge.
    """
    first, second = sds(sd1), sds(sd2)
    high = max(_largest(s1, s2, change[0]) for s1 in first for s2 in second)
    low = -NONE
    if change[1] is not None:
        edges = [*((s, second) for s in first), *((s, first) for s in second)]
        low = min(_smallest_on_edge(s, across, change[1]) for s, across in edges)
    found = Interval(max(low, Fraction(-1)), min(high, Fraction(1)))
    return found if found.low <= found.high else None


def _largest(s1: Fraction, s2: Fraction, variance: Fraction) -> Fraction:
    """The largest r whose variance of the change is at least this."""
    if s1 and s2:
        return (s1**2 + s2**2 - variance) / (2 * s1 * s2)
    return NONE if s1**2 + s2**2 >= variance else -NONE


def _smallest_on_edge(s: Fraction, across: Ends, variance: Fraction) -> Fraction:
    """The smallest r whose variance of the change is at most this, for one SD and a range of the other."""
    if not s:
        return -NONE if across[0] ** 2 <= variance else NONE
    if s**2 > variance:
        # r is s'/2s + (s² − variance)/2ss' of the other SD s', smallest where both parts are equal.
        turn = Fraction(root(s**2 - variance))
        if across[0] < turn < across[1]:
            return turn / s * (1 - ROUNDING)
        other = across[0] if turn <= across[0] else across[1]
    else:
        other = across[0]
    if not other:
        return -NONE if s**2 <= variance else NONE
    return (s**2 + other**2 - variance) / (2 * s * other)
