"""The P value of means of independent groups: t tests of two, analysis of variance of more, from printed summaries."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from evidence_brief.agree import Figure, Later
from evidence_brief.checks.p_decision import Case, Reading
from evidence_brief.checks.p_findings import decimals_of, judge, printed_p
from evidence_brief.checks.p_values import p_claims
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.summaries import MISREAD, Summary, skewed_among, summaries_of
from evidence_brief.checks.tried import Tried, try_range
from evidence_brief.patients import shared_among
from evidence_brief.printed import Interval
from evidence_brief.stats import exact, mean_ranges, means
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "P value of means"
BENIGN = (
    "A test of ranks, a transformation of skewed values, an analysis adjusted for values at baseline, a correction "
    "for multiple tests or patients with missing data could give another P value."
)
UNNAMED = "The source names no test: a test of ranks, an adjusted or a corrected one may have given what is printed."
Groups = Sequence[Summary]


@dataclass(frozen=True)
class MeanTest:
    """A test of independent means: P by either path for the groups' (mean, SD, n), and the range of P."""

    key: str
    label: str
    names: tuple[str, ...]
    first: Callable[..., float]
    second: Callable[..., Any]
    over: Callable[[Groups], tuple[float, float]]
    sides: int = 2


def _flat(groups: Sequence[tuple[Any, Any, int]]) -> list[Any]:
    return [part for group in groups for part in group]


def _t_range(of: Callable[..., Any], sides: int) -> Callable[[Groups], tuple[float, float]]:
    def over(groups: Groups) -> tuple[float, float]:
        found = of(*(part for group in groups for part in group.intervals))
        return found.p_low * sides / 2, found.p_high * sides / 2

    return over


def _anova_range(groups: Groups) -> tuple[float, float]:
    found = mean_ranges.anova_range([group.intervals for group in groups])
    return found.p_low, found.p_high


_T = ("t", "student", "student t", "t equal")
_WELCH = ("t", "welch", "welch t", "t unequal", "welch t unequal", "satterthwaite t")
_PAIR = (
    ("student", "Student t", _T, means.student, lambda *g: exact.student(*g)[2], mean_ranges.student_range),
    ("welch", "Welch t", _WELCH, means.welch, lambda *g: exact.welch(*g)[2], mean_ranges.welch_range),
)


def _sided(sides: int, first: Callable[..., Any]) -> Callable[..., float]:
    return lambda groups: first(*_flat(groups)).p * sides / 2


def _sided_second(sides: int, second: Callable[..., Any]) -> Callable[..., Any]:
    return lambda groups: second(*_flat(groups)) * sides / 2


TWO = tuple(
    MeanTest(
        key if sides == 2 else f"{key}_one_sided",
        label,
        wordings,
        _sided(sides, first),
        _sided_second(sides, second),
        _t_range(over, sides),
        sides,
    )
    for sides in (2, 1)
    for key, label, wordings, first, second, over in _PAIR
)


def _welch_range(groups: Groups) -> tuple[float, float]:
    """P of Welch's analysis over inputs with all SDs at either end: no bound, but near one for printed digits."""
    ends = [[(float(g.mean_printed), float(sd), g.n) for g, sd in zip(groups, sds, strict=True)] for sds in (
        [g.sd.low for g in groups], [g.sd.high for g in groups]) if all(sds)]  # fmt: skip
    found = [means.welch_anova(each).p for each in ends]
    return (min(found), max(found)) if found else (0.0, 1.0)


SEVERAL = (
    MeanTest(
        "anova",
        "Analysis of variance",
        ("anova", "f", "anova f"),
        lambda groups: means.anova(groups).p,
        lambda groups: exact.anova(groups)[3],
        _anova_range,
    ),
    MeanTest(
        "welch_anova",
        "Welch's analysis of variance",
        ("welch anova", "anova welch", "anova unequal"),
        lambda groups: means.welch_anova(groups).p,
        lambda groups: exact.welch_anova(groups)[3],
        _welch_range,
    ),
)


def check_p_means(study: Study) -> Iterator[Judgement | Finding]:
    """A reported P value is what a test of means gives for the reported means, SDs and numbers of patients.

    Reproduced where a conventional test prints it at the printed values; possible where only some values that
    print so give it; reproduced-if one-sided, under another test than the named one, or with standard errors
    taken for SDs; contradicted where none does. Where the values are evidently skewed and the source names no
    test, a test of ranks is as likely, and nothing is contradicted.
    """
    for claim in p_claims(study, "means"):
        groups = _groups(study, claim)
        if isinstance(groups, str):
            yield Judgement(claim.id, "unchecked", METHOD, groups)
            continue
        value = study.values[claim.id]
        family = TWO if len(groups) == 2 else SEVERAL
        tried = try_means(family, groups, printed_p(value))
        cut = partial(try_means, family, groups, value.first.truncated) if value.relation == "=" else None
        readings = (_reread(family, groups, printed_p(value)),)
        skew = next(skewed_among(study, claim.compares), None)
        ranks = f"{skew}, so that a test of ranks may have been made." if skew else ""
        decimals = decimals_of(value)
        case = Case(METHOD, family, claim.test, printed_p(value), tried, cut, decimals, "", ranks, UNNAMED, readings)
        yield from judge(claim, value, case, " against ".join(group.words for group in groups), BENIGN)


def _groups(study: Study, claim: Claim) -> list[Summary] | str:
    compared = [study.claims[name] for name in claim.compares]
    if (reason := shared_among(study, compared)) is not None:
        return reason
    groups = summaries_of(study, claim.compares)
    if not isinstance(groups, str) and all(group.sd_printed == 0 for group in groups):
        return "All printed SDs are 0, so that no test is defined."
    return groups


def try_means(family: Sequence[MeanTest], groups: Groups, printed: Interval) -> list[Tried]:
    """Each test at the printed values, with the range over all values that print so."""
    varied = all(group.sd_printed for group in groups)
    return [_try(test, groups, printed) for test in family if varied or test.key != "welch_anova"]


def _try(test: MeanTest, groups: Groups, printed: Interval) -> Tried:
    inputs = [[group.exact for group in groups], *_ends(groups)]
    figures = tuple(Figure(test.label, test.first(_floats(each)), Later(partial(test.second, each))) for each in inputs)
    point, *ends = [figure.first for figure in figures]
    low, high = test.over(groups)
    return try_range(test, point, ends, (low, high), printed, figures)


def _floats(groups: Sequence[tuple[Fraction, Fraction, int]]) -> list[tuple[float, float, int]]:
    return [(float(mean), float(sd), n) for mean, sd, n in groups]


def _ends(groups: Groups) -> list[list[tuple[Fraction, Fraction, int]]]:
    """The inputs within the printed digits that make two means differ most and least, relative to their SDs."""
    if len(groups) != 2 or not any(group.sd.low for group in groups):
        return []
    one, two = groups
    down, up = one.mean.high - two.mean.low, two.mean.high - one.mean.low
    most = (one.mean.high, two.mean.low) if down >= up else (one.mean.low, two.mean.high)
    least = (one.mean.low, two.mean.high) if down >= up else (one.mean.high, two.mean.low)
    if one.mean.overlaps(two.mean):
        least = (one.mean_printed, one.mean_printed)
    return [
        [(mean, group.sd.low, group.n) for mean, group in zip(most, groups, strict=True)],
        [(mean, group.sd.high, group.n) for mean, group in zip(least, groups, strict=True)],
    ]


def _reread(family: Sequence[MeanTest], groups: Groups, printed: Interval) -> Reading:
    """The other reading of what follows the means: standard errors for SDs, or the other way round."""
    condition, others = MISREAD[groups[0].spread], [group.otherwise() for group in groups]
    code = "p_value.se" if others[0].spread == "se" else "p_value.sd"
    return Reading(code, condition, f"if {condition}", partial(try_means, family, others, printed))
