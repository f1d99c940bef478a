"""SPRITE: samples that a study may have had, drawn from those with its mean and standard deviation."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, islice

from evidence_brief.printed import Interval
from evidence_brief.stats.samples import Counts, Exact, Wanted, wanted
from evidence_brief.stats.shifts import shifted
from evidence_brief.stats.tables import Layout, admitted, counting, layers, targets

KEPT_BOUND = 4_000_000_000
"""Most bits of tables that are kept to draw from (half a gigabyte); beyond it, samples are found by shifting."""

SHIFTED_BOUND = 1_000_000
"""Most scores, of all samples together, that are found by shifting (some ten seconds)."""


@dataclass(frozen=True)
class Draws:
    """Samples, each sorted, and how they came about.

    `uniform` says that each of the `possible` different samples was equally likely in each draw; then there are
    as many draws as were asked for, or none because no sample exists. Otherwise they were found by shifting,
    `possible` is not known (None), and fewer than asked for, or none, say nothing of whether more exist.
    """

    samples: tuple[tuple[Fraction, ...], ...]
    uniform: bool
    possible: int | None


def draw(
    mean: Interval,
    sd: Interval,
    n: int,
    minimum: Exact,
    maximum: Exact,
    *,
    how_many: int,
    seed: int,
    step: Exact = 1,
    fixed: Counts | None = None,
    at_least: Counts | None = None,
    population: bool = False,
) -> Draws:
    """Random samples of n values minimum, minimum + step … up to maximum with this mean and SD, independently drawn.

    `fixed` maps values to how often exactly they occur, `at_least` to how often at least; the SD divides by
    n − 1, or by n for a `population`. The same seed (of NumPy's PCG64) gives the same draws. Drawn from all
    samples where `tables` can count them within KEPT_BOUND, otherwise by `shifts`. ValueError for a negative
    number of draws, and as `samples.wanted` says.

    Source: Heathers, Anaya, van der Zee & Brown 2018, Recovering data from summary statistics: sample parameter
    reconstruction via iterative techniques (SPRITE), PeerJ Preprints 26968.
    """
    if how_many < 0:
        raise ValueError(f"the number of draws cannot be {how_many}")
    looked_for = wanted(mean, sd, n, minimum, maximum, step=step, fixed=fixed, at_least=at_least, population=population)
    if looked_for is None:
        return Draws((), uniform=False, possible=None)
    if not looked_for.squares:
        return Draws((), uniform=True, possible=0)
    if (layout := counting(looked_for, KEPT_BOUND)) is None:
        found = islice(shifted(looked_for, seed=seed), min(how_many, SHIFTED_BOUND // n))
        return Draws(tuple(map(looked_for.sample, found)), uniform=False, possible=None)
    every = Numbered(looked_for, layout)
    chosen = islice(_below(every.possible, seed), how_many)
    return Draws(tuple(looked_for.sample(every[i]) for i in chosen), uniform=True, possible=every.possible)


class Numbered:
    """All samples in a fixed order, of which each is built when it is asked for by its number, from 0."""

    def __init__(self, looked_for: Wanted, layout: Layout) -> None:
        self._n, self._values, self._layout = looked_for.n, admitted(looked_for), layout
        self._layers = [[layout.bytes_of(ways) for ways in layer] for layer in layers(looked_for, layout)]
        self._targets = list(targets(looked_for))
        self._up_to = list(accumulate(self._ways(len(self._values), self._n, *target) for target in self._targets))
        self.possible = self._up_to[-1]

    def __getitem__(self, number: int) -> list[int]:
        if not 0 <= number < self.possible:
            raise IndexError(f"there are {self.possible} samples, and no number {number}")
        which = bisect_right(self._up_to, number)
        total, squares = self._targets[which]
        rest = number - (self._up_to[which - 1] if which else 0)
        k, chosen = self._n, []
        for admitted_before in range(len(self._values) - 1, -1, -1):
            value = self._values[admitted_before]
            # Samples without the value come first; then it is taken once, and the question is the same again.
            while rest >= (without := self._ways(admitted_before, k, total, squares)):
                rest -= without
                chosen.append(value)
                k, total, squares = k - 1, total - value, squares - value**2
        return chosen

    def _ways(self, admitted: int, k: int, total: int, squares: int) -> int:
        return self._layout.digit(self._layers[admitted][k], total, squares)


def _below(limit: int, seed: int) -> Iterator[int]:
    """Random whole numbers from 0 to limit − 1, equally likely however large the limit; none below 0."""
    from numpy.random import PCG64, Generator  # here, because importing NumPy takes long

    random = Generator(PCG64(seed))
    bits = limit.bit_length()
    while limit:
        number = int.from_bytes(random.bytes((bits + 7) // 8), "little") >> -bits % 8
        if number < limit:
            yield number
