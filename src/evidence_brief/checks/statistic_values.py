"""What conventional tests give as their statistic: t and F of means, χ² and z of proportions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod, sqrt
from typing import Any

from evidence_brief.agree import Figure, Later, rounded
from evidence_brief.checks.result import Prints, Trial
from evidence_brief.checks.summaries import Summary
from evidence_brief.printed import Interval, Number, show
from evidence_brief.stats import exact, mean_ranges, means, rxc

Tables = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class StatisticTry:
    """A test and the absolute values of its statistic, by both paths; and the range over the printed digits."""

    key: str
    label: str
    names: tuple[str, ...]
    values: tuple[tuple[float, Any], ...]
    reach: Interval | None = None
    sides: int = 2

    def prints(self, printed: Number) -> Prints:
        """Whether all, some or none of the values print as reported, up to the sign."""
        wanted = printed.interval if printed.value >= 0 else printed.interval.mirrored()
        hits = [rounded(first) in wanted for first, _ in self.values]
        if all(hits):
            return "yes"
        return "some" if any(hits) or (self.reach is not None and self.reach.overlaps(wanted)) else "no"

    def figures(self, decimals: int) -> tuple[Figure, ...]:
        """The lowest and the highest value."""
        ends = {end[0]: end for end in (min(self.values, key=_first), max(self.values, key=_first))}
        return tuple(Figure(self.label, first, second, decimals) for first, second in ends.values())

    def shown(self, decimals: int) -> str:
        """The lowest to the highest value."""
        return " to ".join(show(rounded(figure.first), decimals) for figure in self.figures(decimals))

    def trial(self, printed: Number, decimals: int) -> Trial:
        """The test as the ledger shows it."""
        return Trial(self.label, self.shown(decimals), self.prints(printed), self.figures(decimals))


def _first(value: tuple[float, Any]) -> float:
    return value[0]


def of_means(letter: str, groups: Sequence[Summary]) -> list[StatisticTry]:
    """T of two groups (Student, Welch), F of two or more."""
    if all(group.sd_printed == 0 for group in groups):
        return []
    if letter.lower() == "f":
        over = mean_ranges.anova_range([group.intervals for group in groups])
        value = (
            means.anova([group.floats for group in groups]).f,
            Later(lambda: exact.anova([group.exact for group in groups])[0]),
        )
        reach = _reach(over.f_low, over.f_high)
        return [StatisticTry("anova", "Analysis of variance", ("anova", "f"), (value,), reach)]
    if letter.lower() != "t" or len(groups) != 2:
        return []
    one, two = groups
    student = (
        abs(means.student(*one.floats, *two.floats).t),
        Later(lambda: abs(exact.student(*one.exact, *two.exact)[0])),
    )
    welch = abs(means.welch(*one.floats, *two.floats).t), Later(lambda: abs(exact.welch(*one.exact, *two.exact)[0]))
    over_student = mean_ranges.student_range(*one.intervals, *two.intervals)
    over_welch = mean_ranges.welch_range(*one.intervals, *two.intervals)
    named = ("t", "student t", "student"), ("t", "welch t", "welch", "t unequal")
    return [
        StatisticTry("student", "Student t", named[0], (student,), _reach(over_student.t_low, over_student.t_high)),
        StatisticTry("welch", "Welch t", named[1], (welch,), _reach(over_welch.t_low, over_welch.t_high)),
    ]


def _reach(low: float, high: float) -> Interval:
    return Interval(rounded(low), rounded(min(high, 1e300)))


def of_tables(letter: str, options: Sequence[Tables], most: int) -> list[StatisticTry] | str:
    """χ² of two or more proportions (Pearson, Yates, N − 1, likelihood ratio), z of two."""
    if not all(options) or prod(len(each) for each in options) > most:
        return "The counts behind the compared figures are not known."
    found = [[[x, n - x] for x, n in groups] for groups in product(*options)]
    pearson = [
        (first, second) for table in found if (first := rxc.pearson(table)) and (second := exact.pearson_rxc(table))
    ]
    if not pearson:
        return "No test is defined where all or none had the event."
    plain = tuple((first.statistic, second[0]) for first, second in pearson)
    if letter.lower() == "z":
        if len(options) != 2:
            return []
        roots = tuple((sqrt(first), exact.root_of(second)) for first, second in plain)
        unpooled = tuple(value for table in found if (value := _z_unpooled(table)) is not None)
        tries = [StatisticTry("z_pooled", "z, pooled", ("z", "z pooled"), roots)]
        return (
            [*tries, StatisticTry("z_unpooled", "z, unpooled", ("z", "z unpooled", "wald z"), unpooled)]
            if unpooled
            else tries
        )
    if letter != "χ2":
        return []
    tries = [StatisticTry("pearson", "Pearson χ²", ("chi-square", "pearson", "pearson chi-square"), plain)]
    ratios = [
        (a.statistic, b[0]) for t in found if (a := rxc.likelihood_ratio(t)) and (b := exact.likelihood_ratio_rxc(t))
    ]
    tries.append(StatisticTry("likelihood_ratio", "Likelihood ratio χ²", ("likelihood ratio", "g"), tuple(ratios)))
    if len(options) == 2:
        n = sum(map(sum, found[0]))
        fewer = tuple((first * (n - 1) / n, second * Fraction(n - 1, n)) for first, second in plain)
        names = ("n-1 chi-square", "campbell", "mantel-haenszel chi-square", "chi-square")
        tries.append(StatisticTry("n_minus_1", "N − 1 χ²", names, fewer))
        tries.append(
            StatisticTry("yates", "Yates χ²", ("chi-square", "yates", "yates chi-square"), tuple(map(_yates, found)))
        )
    return tries


def _yates(table: list[list[int]]) -> tuple[float, Fraction]:
    """χ² with Yates' correction of two groups, by the products of the cells, and cell by cell."""
    (a, b), (c, d) = table
    n = a + b + c + d
    corrected = max(0.0, abs(a * d - b * c) - n / 2)
    first = n * corrected**2 / ((a + b) * (c + d) * (a + c) * (b + d))
    second = exact.pearson_chi2(a, a + b, c, c + d, Fraction(1, 2))
    return first, second if second is not None else Fraction(0)


def _z_unpooled(table: list[list[int]]) -> tuple[float, Any] | None:
    """|z| over the standard error of each group, by both paths; None without variance."""
    (x1, y1), (x2, y2) = table
    n1, n2 = x1 + y1, x2 + y2
    variance = Fraction(x1 * y1, n1**3) + Fraction(x2 * y2, n2**3)
    if not variance:
        return None
    first = abs(x1 / n1 - x2 / n2) / sqrt(x1 * y1 / n1**3 + x2 * y2 / n2**3)
    return first, exact.root_of((Fraction(x1, n1) - Fraction(x2, n2)) ** 2 / variance)
