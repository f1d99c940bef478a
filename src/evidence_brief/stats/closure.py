"""CLOSURE: how many samples of scores on a scale with steps have the printed mean and standard deviation?

A sample is what its values are, in whatever order (a multiset). None is listed: see `tables`.
"""

from __future__ import annotations

from evidence_brief.printed import Interval
from evidence_brief.stats.samples import Counts, Exact, wanted
from evidence_brief.stats.shifts import shifted
from evidence_brief.stats.tables import any_sample, count_samples

AT_ONCE = 1_000_000_000
"""Most bits to shift (some hundredths of a second) for which `feasible` does not look for a sample first."""


def closure_count(
    mean: Interval,
    sd: Interval,
    n: int,
    minimum: Exact,
    maximum: Exact,
    *,
    step: Exact = 1,
    fixed: Counts | None = None,
    at_least: Counts | None = None,
    population: bool = False,
) -> int | None:
    """How many different samples of n values minimum, minimum + step … up to maximum have this mean and SD.

    `fixed` maps values to how often exactly they occur, `at_least` to how often at least; the SD divides by
    n − 1, or by n for a `population`. None where the count would take more than `tables.WORK_BOUND` or
    `samples.SIZE_BOUND` allow. ValueError as `samples.wanted` says.

    Source: Jung, CLOSURE (complete listing of original samples of underlying raw evidence), whose samples are
    counted here; Wilner, Wood & Simons 2018, Complete recovery of values in Diophantine systems (CORVIDS).
    """
    looked_for = wanted(mean, sd, n, minimum, maximum, step=step, fixed=fixed, at_least=at_least, population=population)
    return None if looked_for is None else count_samples(looked_for)


def feasible(
    mean: Interval,
    sd: Interval,
    n: int,
    minimum: Exact,
    maximum: Exact,
    *,
    step: Exact = 1,
    fixed: Counts | None = None,
    at_least: Counts | None = None,
    population: bool = False,
) -> bool | None:
    """Whether some sample of n values minimum, minimum + step … up to maximum has this mean and SD.

    Arguments and errors as for `closure_count`. A sample that `shifts` comes upon (seed 0) is proof; where it
    finds none, tables of all samples decide. None where these would go beyond the bounds.
    """
    looked_for = wanted(mean, sd, n, minimum, maximum, step=step, fixed=fixed, at_least=at_least, population=population)
    if looked_for is None:
        return None
    if (decided := any_sample(looked_for, AT_ONCE)) is not None:
        return decided
    if next(shifted(looked_for, seed=0), None) is not None:
        return True
    return any_sample(looked_for)
