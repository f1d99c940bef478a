"""What the conventional methods give for a confidence interval of reported figures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from evidence_brief.agree import Figure, rounded
from evidence_brief.checks.result import Prints, Trial
from evidence_brief.checks.summaries import Summary, root_of_square
from evidence_brief.printed import Interval, Number, show
from evidence_brief.stats import correlations, differences, effects, exact, odds_ratios, proportions, ratios
from evidence_brief.stats.intervals import t_quantile
from evidence_brief.stats.limits import Method, normal_quantile

FAMILIES: dict[str, tuple[Method, ...]] = {
    "proportion": proportions.METHODS,
    "RD": differences.METHODS,
    "RR": ratios.METHODS,
    "OR": odds_ratios.METHODS,
}
SECOND: dict[tuple[str, str], Callable[..., Any]] = {
    ("proportion", "wilson"): exact.wilson,
    ("proportion", "clopper_pearson"): exact.clopper_pearson,
    ("proportion", "wald"): exact.wald,
    ("proportion", "jeffreys"): exact.jeffreys,
    ("proportion", "agresti_coull"): exact.agresti_coull,
    ("RD", "newcombe"): exact.newcombe,
    ("RD", "wald"): exact.difference_wald,
    ("RD", "agresti_caffo"): exact.agresti_caffo,
    ("RD", "miettinen_nurminen"): exact.miettinen_nurminen,
    ("RD", "mee"): exact.mee,
    ("RR", "katz"): exact.relative_risk_log,
    ("RR", "koopman"): exact.koopman,
    ("RR", "miettinen_nurminen"): exact.rr_score,
    ("OR", "woolf"): exact.odds_ratio_log,
    ("OR", "cornfield_exact"): exact.odds_ratio_exact,
}
"""Methods that are computed twice, whose limits the brief shows; of the others it only says that they print it."""

Limits = tuple[float, float]


@dataclass(frozen=True)
class TriedInterval:
    """A method of an interval, its limits for each set of counts, and whether they print as reported."""

    label: str
    names: tuple[str, ...]
    prints: Prints
    figures: tuple[Figure, Figure] | tuple[()] = ()
    key: str = ""
    sides: int = 2

    def text(self, numbers: Sequence[Number]) -> str:
        """The limits with one digit more than printed; nothing where they are not computed twice."""
        if not self.figures:
            return ""
        pairs = zip(self.figures, numbers, strict=True)
        return " to ".join(
            show(rounded(figure.first), max(number.decimals + 1, 0)) + ("%" if number.percent else "")
            for figure, number in pairs
        )

    def trial(self, numbers: Sequence[Number]) -> Trial:
        """The method as the ledger shows it."""
        return Trial(self.label, self.text(numbers) or "not shown", self.prints, self.figures)


def try_counts(
    kind: str, options: Sequence[tuple[int, ...]], level: Fraction, numbers: Sequence[Number]
) -> list[TriedInterval]:
    """Every method of the family on every set of counts."""
    return [tried for method in FAMILIES[kind] if (tried := _try(kind, method, options, level, numbers)) is not None]


def _try(
    kind: str, method: Method, options: Sequence[tuple[int, ...]], level: Fraction, numbers: Sequence[Number]
) -> TriedInterval | None:
    printed = [number.as_fraction for number in numbers]
    found = [limits for counts in options if (limits := _limits(method, counts, float(level))) is not None]
    if not found:
        return None
    hits = [any(_fits(limits, printed) for limits in each) for each in found]
    prints: Prints = "yes" if all(hits) else "some" if any(hits) else "no"
    figures: tuple[Figure, Figure] | tuple[()] = ()
    if (second := SECOND.get((kind, method.key))) is not None:
        limits = second(*options[0], level)
        figures = _figures(method.label, found[0][0], limits, numbers) if limits is not None else ()
    return TriedInterval(method.label, method.names, prints, figures, method.key)


@lru_cache(maxsize=4096)
def _limits(method: Method, counts: tuple[int, ...], level: float) -> tuple[Limits, ...] | None:
    """The limits, and those not cut at the ends of the scale where a paper may print these."""
    limits = method.interval(*counts, level)
    if limits is None:
        return None
    uncut = method.unclipped(*counts, level) if method.unclipped else None
    return (limits,) if uncut is None else (limits, uncut)


def _fits(limits: Limits, printed: Sequence[Interval]) -> bool:
    return all(abs(end) < 1e300 and rounded(end) in interval for end, interval in zip(limits, printed, strict=True))


def _figures(
    label: str, first: Sequence[float], second: Sequence[Any], numbers: Sequence[Number]
) -> tuple[Figure, Figure] | tuple[()]:
    """Both limits on the printed scale; nothing where one is infinite."""
    if any(abs(end) > 1e300 for end in first):
        return ()
    low, high = (
        Figure(f"{label}, {end} limit", a * float(1 / n.scale), b * _factor(n), max(n.decimals + 1, 0))
        for end, a, b, n in zip(("lower", "upper"), first, second, numbers, strict=True)
    )
    return low, high


def _factor(number: Number) -> int:
    return int(1 / number.scale)


def try_mean(known: Summary, level: Fraction, numbers: Sequence[Number]) -> list[TriedInterval]:
    """The t and the z interval of a mean, over the digits that mean and SD leave out."""
    root = known.n**0.5
    quantiles = (
        (
            "t",
            "Student t",
            ("t", "student t"),
            t_quantile(known.n - 1, float(level)),
            exact.t_quantile(known.n - 1, level),
        ),
        (
            "z",
            "Normal",
            ("z", "normal", "normal approximation", "wald"),
            normal_quantile(float(level)),
            exact.z_quantile(level),
        ),
    )
    return [
        _centred(
            key,
            label,
            names,
            (known.mean_printed, known.mean),
            quantile / root,
            second / root_of_square(Fraction(known.n)),
            known,
            numbers,
        )
        for key, label, names, quantile, second in quantiles
    ]


def _centred(
    key: str,
    label: str,
    names: tuple[str, ...],
    centre: tuple[Fraction, Interval],
    per_sd: float,
    per_sd_second: Any,
    known: Summary,
    numbers: Sequence[Number],
) -> TriedInterval:
    """Centre ± per_sd × SD: at the printed values, and over all that print so."""
    point, reach = centre
    half = per_sd * float(known.sd_printed)
    first = (float(point) - half, float(point) + half)
    second = tuple(point + sign * per_sd_second * known.sd_printed for sign in (-1, 1))
    width = Interval(Fraction(per_sd) * known.sd.low, Fraction(per_sd) * known.sd.high)
    over = (reach + width.mirrored(), reach + width)
    return _ranged(key, label, names, first, second, over, numbers)


def _ranged(
    key: str,
    label: str,
    names: tuple[str, ...],
    first: Limits,
    second: Sequence[Any],
    over: tuple[Interval, Interval],
    numbers: Sequence[Number],
) -> TriedInterval:
    printed = [number.as_fraction for number in numbers]
    at_point = _fits(first, printed)
    near = all(reach.overlaps(interval) for reach, interval in zip(over, printed, strict=True))
    prints: Prints = "yes" if at_point else "some" if near else "no"
    return TriedInterval(label, names, prints, _figures(label, first, second, numbers), key)


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
        second = exact.mean_difference_ci(*one.exact, *two.exact, level, equal_variances=equal)
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
    second = exact.correlation_ci(r.value, n, level)
    largest = Fraction(999_999, 10**6)
    near = [max(min(end, largest), -largest) for end in (r.interval.low, r.interval.high)]
    ends = [correlations.correlation_ci(float(end), n, float(level)) for end in near]
    over = tuple(Interval(Fraction(low), Fraction(high)) for low, high in zip(*ends, strict=True))
    return _ranged("fisher_z", "Fisher z", ("fisher z", "fisher"), first, second, (over[0], over[1]), numbers)
