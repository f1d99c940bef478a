"""SPRITE's search: random scores are shifted, two at a time and against each other, until their SD fits.

A shift of one score up and of another as far down keeps the total. It is made when the sum of squares comes no
further from the wanted ones, and now and then all the same, so that the search leaves dead ends.

Source: Heathers, Anaya, van der Zee & Brown 2018, Recovering data from summary statistics: sample parameter
reconstruction via iterative techniques (SPRITE), PeerJ Preprints 26968.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence_brief.stats.samples import Wanted

if TYPE_CHECKING:
    from numpy.random import Generator

STARTS = 5
"""Random starts from which one sample is looked for."""

TRIES, TRIES_PER_SCORE = 50_000, 200
"""Shifts that are tried from each start: so many, or so many for each score where that is more."""

AGAINST = 0.02
"""Share of the shifts by one step that are made although they lead away from the wanted sums of squares."""

BLOCK = 1000


def shifted(looked_for: Wanted, *, seed: int) -> Iterator[list[int]]:
    """Samples found by shifting, without end, in steps from the centre; ends early where STARTS find none.

    The samples are not equally likely. The same seed (of NumPy's PCG64) gives the same samples.
    """
    from numpy.random import PCG64, Generator  # here, because importing NumPy takes long

    random = Generator(PCG64(seed))
    while looked_for.squares:
        starts = (_from_a_start(looked_for, random) for _ in range(STARTS))
        found = next((sample for sample in starts if sample is not None), None)
        if found is None:
            return
        yield found


def _from_a_start(looked_for: Wanted, random: Generator) -> list[int] | None:
    if not looked_for.values:
        return [] if looked_for.n == 0 else None
    total = list(looked_for.squares)[random.integers(len(looked_for.squares))]
    sample = [looked_for.values[i] for i in random.integers(len(looked_for.values), size=looked_for.n)]
    if not _reach_total(sample, total, looked_for.values, random):
        return None
    return sample if _reach_squares(sample, looked_for.squares[total], looked_for.values, random) else None


def _reach_total(sample: list[int], total: int, values: tuple[int, ...], random: Generator) -> bool:
    """Move scores, one at a time, until they have the total; whether they do."""
    allowed, lowest, highest = frozenset(values), values[0], values[-1]
    missing = total - sum(sample)
    for first, how_far, _, _ in _chances(random, len(sample)):
        if missing == 0:
            return True
        i = int(first * len(sample))
        room = highest - sample[i] if missing > 0 else sample[i] - lowest
        step = 1 + int(how_far * min(abs(missing), room))
        moved = sample[i] + (step if missing > 0 else -step)
        if moved in allowed and step <= abs(missing):
            missing -= moved - sample[i]
            sample[i] = moved
    return False


def _reach_squares(sample: list[int], wanted: range, values: tuple[int, ...], random: Generator) -> bool:
    """Shift scores until their sum of squares is a wanted one; whether it is."""
    allowed, lowest, highest = frozenset(values), values[0], values[-1]
    squares = sum(value**2 for value in sample)
    for first, second, how_far, against in _chances(random, len(sample)):
        if squares in wanted:
            return True
        i, j = int(first * len(sample)), int(second * len(sample))
        # Small shifts are as likely as large ones, for the last of the way.
        step = int((1 + min(highest - sample[i], sample[j] - lowest)) ** how_far)
        up, down = sample[i] + step, sample[j] - step
        if i == j or up not in allowed or down not in allowed:
            continue
        after = squares + up**2 + down**2 - sample[i] ** 2 - sample[j] ** 2
        if _distance(after, wanted) <= _distance(squares, wanted) or (step == 1 and against < AGAINST):
            sample[i], sample[j], squares = up, down, after
    return False


def _distance(squares: int, wanted: range) -> int:
    return max(wanted[0] - squares, squares - wanted[-1], 0)


def _chances(random: Generator, n: int) -> Iterator[list[float]]:
    """Four numbers from 0 to 1 for each try, as long as tries are left."""
    for _ in range(max(TRIES, TRIES_PER_SCORE * n) // BLOCK):
        yield from random.random((BLOCK, 4)).tolist()
