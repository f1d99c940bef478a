"""What the conventional methods give for a confidence interval of means, of their difference, and of a correlation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from evidence_brief.agree import Later
from evidence_brief.checks.interval_values import Limits, TriedInterval, fits, limit_figures
from evidence_brief.checks.result import Prints
from evidence_brief.checks.summaries import Summary, root_of_square
from evidence_brief.printed import Interval, Number
from evidence_brief.stats import correlations, effects, exact
from evidence_brief.stats.intervals import t_quantile
from evidence_brief.stats.limits import normal_quantile


def try_mean(known: Summary, level: Fraction, numbers: Sequence[Number]) -> list[TriedInterval]:
    """The t and the z interval of a mean, over the digits that mean and SD leave out."""
    root = known.n**0.5
    quantiles = (
        (
            "t",
            "Student t",
            ("t", "student t"),
            t_quantile(known.n - 1, float(level)),
            Later(lambda: exact.t_quantile(known.n - 1, level)),
        ),
        (
            "z",
            "Normal",
            ("z", "normal", "normal approximation", "wald"),
            normal_quantile(float(level)),
            Later(lambda: exact.z_quantile(level)),
        ),
    )
    return [
        _centred(
            key,
            label,
            names,
            (known.mean_printed, known.mean),
            quantile / root,
            second.times(1 / root_of_square(Fraction(known.n))),
            known,
            numbers,
        )
        for key, label, names, quantile, second in quantiles
    ]


def try_difference(groups: Sequence[Summary], level: Fraction, numbers: Sequence[Number]) -> Iterator[TriedInterval]:
    """Student's and Welch's interval of a difference of means, over the digits that are left out."""
    one, two = groups
    reach = one.mean + two.mean.mirrored()
    for key, label, names, equal in (
        ("student", "Student t", ("t", "student t", "pooled"), True),
        ("welch", "Welch t", ("t", "welch", "welch t"), False),
    ):
        if not (one.sd_printed or two.sd_printed):
            continue
        found = effects.mean_difference(*one.floats, *two.floats, level=float(level), equal_variances=equal)
        first = (found.lower, found.upper)
        second = partial(exact.mean_difference_ci, *one.exact, *two.exact, level, equal_variances=equal)
        half = (Fraction(first[1]) - Fraction(first[0])) / 2
        # Both SDs smaller or larger by their printed half unit change the half width by at most this factor.
        shrink = min(group.sd.low / group.sd_printed for group in groups if group.sd_printed)
        grow = max(group.sd.high / group.sd_printed for group in groups if group.sd_printed)
        width = Interval(half * shrink, half * grow)
        yield _ranged(key, label, names, first, second, (reach + width.mirrored(), reach + width), numbers)


def try_correlation(r: Number, n: int, level: Fraction, numbers: Sequence[Number]) -> TriedInterval | None:
    """Fisher's z interval of a correlation."""
    if not -1 < r.value < 1 or n < 4:
        return None
    first = correlations.correlation_ci(float(r.value), n, float(level))
    second = partial(exact.correlation_ci, r.value, n, level)
    largest = Fraction(999_999, 10**6)
    near = [max(min(end, largest), -largest) for end in (r.interval.low, r.interval.high)]
    ends = [correlations.correlation_ci(float(end), n, float(level)) for end in near]
    over = tuple(Interval(Fraction(low), Fraction(high)) for low, high in zip(*ends, strict=True))
    return _ranged("fisher_z", "Fisher z", ("fisher z", "fisher"), first, second, (over[0], over[1]), numbers)


def _centred(
    key: str,
    label: str,
    names: tuple[str, ...],
    centre: tuple[Fraction, Interval],
    per_sd: float,
    per_sd_second: Later,
    known: Summary,
    numbers: Sequence[Number],
) -> TriedInterval:
    """Centre ± per_sd × SD: at the printed values, and over all that print so."""
    point, reach = centre
    half = per_sd * float(known.sd_printed)
    first = (float(point) - half, float(point) + half)

    def second() -> tuple[Any, ...]:
        return tuple(point + sign * per_sd_second.value * known.sd_printed for sign in (-1, 1))

    width = Interval(Fraction(per_sd) * known.sd.low, Fraction(per_sd) * known.sd.high)
    over = (reach + width.mirrored(), reach + width)
    return _ranged(key, label, names, first, second, over, numbers)


def _ranged(
    key: str,
    label: str,
    names: tuple[str, ...],
    first: Limits,
    second: Callable[[], Sequence[Any]],
    over: tuple[Interval, Interval],
    numbers: Sequence[Number],
) -> TriedInterval:
    printed = [number.as_fraction for number in numbers]
    at_point = fits(first, printed)
    near = all(reach.overlaps(interval) for reach, interval in zip(over, printed, strict=True))
    prints: Prints = "yes" if at_point else "some" if near else "no"
    return TriedInterval(label, names, prints, limit_figures(label, first, second, numbers), key)
