"""The P value of two means of the same patients: a function of the correlation, which is not reported."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import inf
from typing import Any

from evidence_brief.agree import Figure, Later, rounded
from evidence_brief.checks.p_findings import as_printed, decimals_of, printed_p
from evidence_brief.checks.p_values import p_claims
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.summaries import Summary, skewed_among, summaries_of
from evidence_brief.checks.tried import show_p
from evidence_brief.printed import Interval, show
from evidence_brief.stats import exact, mean_ranges, means
from evidence_brief.stats.intervals import t_quantile
from evidence_brief.stats.named import named, names_more
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Paired t test, by correlation"
BENIGN = (
    "A test of ranks, a model of repeated measurements, a correction for multiple tests, or other patients than those "
    "of the printed means could give another P value."
)
EVERY = Interval(Fraction(-1), Fraction(1))


class _Paired:
    """The wordings that may mean the paired t test."""

    key, label, sides = "paired", "Paired t", 2
    names = ("t", "paired t", "student t", "paired student t", "student")


def check_p_paired_means(study: Study) -> Iterator[Judgement | Finding]:
    """A P value of two means of the same patients needs the correlation r of the two measurements.

    Reproduced where the paired t test prints it for every r from −1 to 1; possible where it does for some r,
    which are named; contradicted where it does for none (and the values are not so skewed that a test of ranks
    is as likely).
    """
    for claim in p_claims(study, "paired means"):
        groups = paired_summaries(study, claim)
        if isinstance(groups, str):
            yield Judgement(claim.id, "unchecked", METHOD, groups)
        else:
            yield from _judged(study, claim, *groups)


def paired_summaries(study: Study, claim: Claim) -> tuple[Summary, Summary] | str:
    """The two means of the same patients whom a P value compares, or why no paired t test can be made of them."""
    if claim.test is not None and not named((_Paired(),), claim.test):
        return f"The named test ({claim.test}) cannot be computed from means and SDs."
    if len(claim.compares) != 2:
        return "A comparison of more than two measurements depends on their correlations, which are not reported."
    found = summaries_of(study, claim.compares)
    if isinstance(found, str):
        return found
    first, second = found
    if first.n != second.n:
        return (
            f"The two means are of different numbers of patients ({first.n} and {second.n}), so not of the same ones."
        )
    if not (first.sd_printed and second.sd_printed):
        return "A printed SD is 0, so that no test is defined."
    return first, second


def _judged(study: Study, claim: Claim, first: Summary, second: Summary) -> Iterator[Judgement | Finding]:
    value = study.values[claim.id]
    printed, decimals = printed_p(value), decimals_of(value)
    inputs = (first.mean, first.sd, second.mean, second.sd, first.n)
    over = mean_ranges.paired_range(*inputs, EVERY)
    least, most = (_at(first, second, r) for r in (1, -1))
    needed = mean_ranges.needed_r(*inputs, printed)
    if over.p_low in printed and over.p_high in printed:
        highest = show_p(most.first, decimals)
        shown = f"{highest} for every r" if highest.startswith("<") else f"{highest} or less for every r"
        why = f"The paired t test gives P {shown}: whatever the correlation of the two measurements."
        yield Judgement(claim.id, "reproduced", METHOD, why, shown, figures=(most,))
    elif needed is not None:
        yield from _for_some(claim, first, second, printed, needed)
    else:
        yield from _for_none(study, claim, (first, second), (least, most), decimals)


def _at(first: Summary, second: Summary, r: int) -> Figure:
    """P at the printed values under this correlation; 0 where no change varies."""
    if first.sd_printed**2 + second.sd_printed**2 == 2 * r * first.sd_printed * second.sd_printed:
        certain = first.mean_printed != second.mean_printed
        return Figure(f"Paired t, r = {r}", 0.0 if certain else 1.0, Fraction(0 if certain else 1))
    p = means.paired(
        float(first.mean_printed), float(first.sd_printed), float(second.mean_printed), float(second.sd_printed),
        first.n, float(r),
    ).p  # fmt: skip
    same = (first.mean_printed, first.sd_printed, second.mean_printed, second.sd_printed, first.n)
    return Figure(f"Paired t, r = {r}", p, Later(lambda: exact.paired(*same, Fraction(r))[2]))


def _for_some(
    claim: Claim, first: Summary, second: Summary, printed: Interval, needed: Interval
) -> Iterator[Judgement | Finding]:
    """The correlations under which it would be printed: at the printed values, or if need be near them."""
    low, high, exactly, figures = fitting_correlations(first, second, printed, needed)
    near = "" if exactly else " for some values that the figures stand for"
    words = f"at least {_r(low)}" if high >= 1 else f"at most {_r(high)}" if low <= -1 else f"{_r(low)} to {_r(high)}"
    why = f"The paired t test prints it{near} if the correlation of the two measurements is {words}."
    yield Judgement(claim.id, "possible", METHOD, why, f"r {words}" if figures else None, figures=figures)
    if needed.high < 0:
        sentence = (
            f"{as_printed(claim)} needs a negative correlation of {first.words} with {second.words} ({words}), "
            "which is unusual for two measurements of the same patients."
        )
        claims = (claim.id, *claim.compares)
        yield Finding("p_value.negative_correlation", "warning", claims, sentence, BENIGN)


def fitting_correlations(
    first: Summary, second: Summary, printed: Interval, needed: Interval
) -> tuple[float, float, bool, tuple[Figure, ...]]:
    """The lowest and highest correlation under which it is printed, and those of these ends that are not −1 or 1.

    At the printed means and SDs (then the third is true); where none gives it there, those `needed` for values that
    print the same, without figures.
    """
    ends = [_correlation_for(first, second, p) for p in (printed.high, printed.low)]
    low, high = (min(1.0, max(-1.0, end.first)) for end in ends)
    if low >= high:
        return float(needed.low), float(needed.high), False, ()
    return low, high, True, tuple(end for end in ends if -1 < end.first < 1)


def _r(value: float) -> str:
    return show(rounded(value), 2)


def _correlation_for(first: Summary, second: Summary, p: Fraction) -> Figure:
    """The correlation at which the paired t test gives p: (s1² + s2² − n d²/t²)/(2 s1 s2), t the quantile of p."""
    d, s1, s2 = first.mean_printed - second.mean_printed, first.sd_printed, second.sd_printed
    if p >= 1:
        return Figure("correlation", -inf, -inf, 2)
    square = float(d) ** 2 * first.n / t_quantile(first.n - 1, float(1 - p)) ** 2 if p > 0 else 0.0
    r = (float(s1) ** 2 + float(s2) ** 2 - square) / (2 * float(s1) * float(s2))

    def exactly() -> Any:
        exact_square = d**2 * first.n / exact.t_quantile(first.n - 1, 1 - p) ** 2 if p > 0 else Fraction(0)
        return (s1**2 + s2**2 - exact_square) / (2 * s1 * s2)

    return Figure("correlation", r, Later(exactly), 2)


def _for_none(
    study: Study, claim: Claim, groups: tuple[Summary, Summary], ends: tuple[Figure, Figure], decimals: int
) -> Iterator[Judgement | Finding]:
    least, most = (show_p(figure.first, decimals) for figure in ends)
    given = f"P from {least} (r = 1) to {most} (r = −1)"
    claims = (claim.id, *claim.compares)
    if claim.test is None and (skew := next(skewed_among(study, claim.compares), None)) is not None:
        why = f"The paired t test gives {given}. {skew}, so that a test of ranks may have been made."
        yield Judgement(claim.id, "unchecked", METHOD, why)
        yield Finding("p_value.untested", "note", claims, f"{as_printed(claim)}: {why}")
        return
    if claim.test is not None and names_more((_Paired(),), claim.test):
        why = f"The paired t test gives {given}; another of the named tests ({claim.test}) cannot be computed."
        yield Judgement(claim.id, "unchecked", METHOD, why)
        return
    sentence = (
        f"{as_printed(claim)} cannot be reproduced from {groups[0].words} and {groups[1].words} of the same patients: "
        f"no correlation gives it, the paired t test {given}."
    )
    yield Judgement(claim.id, "contradicted", METHOD, sentence, f"{least} to {most}", figures=ends)
    yield Finding("p_value.no_correlation", "contradiction", claims, sentence, BENIGN)
