"""A test statistic from the figures that it compares, and the degrees of freedom that it can have."""

from __future__ import annotations

from collections.abc import Iterator

from evidence_brief.checks.p_groups import categories
from evidence_brief.checks.p_tests import MOST_TABLES
from evidence_brief.checks.result import Finding, Judgement, Prints, Verdict
from evidence_brief.checks.statistic_values import StatisticTry, of_means, of_tables
from evidence_brief.checks.summaries import MISREAD, summaries_of
from evidence_brief.patients import COUNTED, denominators, shared_among, tables
from evidence_brief.printed import Number
from evidence_brief.stats.named import named, names_more
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Test statistic"
BENIGN = "Another test, a model with covariates, or patients with missing data could give another statistic."


def check_statistics(study: Study) -> Iterator[Judgement | Finding]:
    """A test statistic is what a conventional test gives for the figures that it compares; its sign may be turned.

    A correlation lies between −1 and 1, and χ² and F are not negative.
    """
    for claim in study.claims.values():
        if claim.type == "correlation":
            printed = study.values[claim.id].first.interval
            if printed.low > 1 or printed.high < -1:
                yield from _outside(claim, f"{claim.value}: a correlation lies between −1 and 1.")
        elif claim.type == "test_statistic":
            value = study.values[claim.id]
            if value.letter in ("χ2", "F", "f", "Q", "H") and value.first.interval.high < 0:
                yield from _outside(claim, f"{claim.value}: this statistic is never negative.")
            else:
                yield from _judged(study, claim)


def _outside(claim: Claim, sentence: str) -> Iterator[Judgement | Finding]:
    yield Judgement(claim.id, "contradicted", METHOD, sentence)
    yield Finding("statistic.outside", "contradiction", (claim.id,), sentence)


def _judged(study: Study, claim: Claim) -> Iterator[Judgement | Finding]:
    tried = _tried(study, claim)
    if isinstance(tried, str) or not tried:
        why = tried if isinstance(tried, str) else "No conventional test of the compared figures has this statistic."
        yield Judgement(claim.id, "unchecked", METHOD, why)
        return
    printed = study.values[claim.id].first
    wanted = _wanted(claim, tried)
    too_many = _too_many_df(study, claim)
    ways: tuple[tuple[list[StatisticTry], Prints, Verdict], ...] = (
        (wanted, "yes", "reproduced"),
        (wanted, "some", "possible"),
        *(((tried, "yes", "reproduced-if"), (tried, "some", "reproduced-if")) if wanted else ()),
    )
    for tests, how, verdict in ways:
        if hits := [each for each in tests if each.prints(printed) == how]:
            condition = None if too_many is None else "of other degrees of freedom than these patients leave"
            softer: Verdict = "reproduced-if" if condition and verdict == "reproduced" else verdict
            yield from _hit(claim, hits[0], printed, softer, tried, condition)
            yield from [too_many] if too_many is not None else []
            return
    misread = _misread(study, claim)
    if hits := [each for each in _wanted(claim, misread) if each.prints(printed) == "yes"]:
        condition = MISREAD[_spread(study, claim)]
        yield from _hit(claim, hits[0], printed, "reproduced-if", tried, condition)
        sentence = f"{claim.value} is what {hits[0].label} gives if {condition}."
        yield Finding("statistic.spread", "warning", (claim.id, *claim.compares), sentence)
    elif not wanted:
        yield Judgement(claim.id, "unchecked", METHOD, f"The named test ({claim.test}) is none of those tried here.")
    elif claim.test and names_more(tried, claim.test):
        why = f"Another of the named tests ({claim.test}) cannot be computed from these figures."
        yield Judgement(claim.id, "unchecked", METHOD, why)
    else:
        yield from _none(claim, wanted, printed, tried)


def _wanted(claim: Claim, tried: list[StatisticTry]) -> list[StatisticTry]:
    """Those that the source names, or all where it names none."""
    return list(named(tried, claim.test)) if claim.test else tried


def _spread(study: Study, claim: Claim) -> str:
    groups = summaries_of(study, claim.compares)
    return "sd" if isinstance(groups, str) else groups[0].spread


def _misread(study: Study, claim: Claim) -> list[StatisticTry]:
    """The statistics under the other reading of what follows the means."""
    groups = summaries_of(study, claim.compares) if _types(study, claim) == {"mean_sd"} else ""
    letter = study.values[claim.id].letter
    return [] if isinstance(groups, str) else of_means(letter, [group.otherwise() for group in groups])


def _types(study: Study, claim: Claim) -> set[str]:
    return {study.claims[name].type for name in claim.compares}


def _hit(
    claim: Claim,
    hit: StatisticTry,
    printed: Number,
    verdict: Verdict,
    tried: list[StatisticTry],
    condition: str | None,
) -> Iterator[Judgement | Finding]:
    """The verdict by the test that gives the statistic: the wanted one, or another than the source names."""
    decimals = max(printed.decimals + 1, 0)
    trials = tuple(each.trial(printed, decimals) for each in tried)
    shown, why, other = hit.shown(decimals), f"{hit.label} gives {hit.shown(decimals)}", condition is None
    if verdict == "possible":
        why += "; only some values that the printed figures stand for give the reported one"
    if verdict == "reproduced-if" and other:
        condition = f"with {hit.label} instead of the named test ({claim.test})"
        why += f"; the source names “{claim.test}”"
    yield Judgement(claim.id, verdict, hit.label, f"{why}.", shown, condition, trials, hit.figures(decimals))
    if condition is not None and other:
        yield Finding("statistic.other_test", "warning", (claim.id, *claim.compares), f"{claim.value}: {why}.")


def _none(
    claim: Claim, wanted: list[StatisticTry], printed: Number, tried: list[StatisticTry]
) -> Iterator[Judgement | Finding]:
    decimals = max(printed.decimals + 1, 0)
    trials = tuple(each.trial(printed, decimals) for each in tried)
    given = "; ".join(f"{each.label} gives {each.shown(decimals)}" for each in wanted)
    sentence = f"{claim.value} is printed, but of the reported figures {given}."
    shown, figures = wanted[0].shown(decimals), wanted[0].figures(decimals)
    yield Judgement(claim.id, "contradicted", METHOD, sentence, shown, None, trials, figures)
    yield Finding("statistic.mismatch", "contradiction", (claim.id, *claim.compares), sentence, BENIGN)


def _too_many_df(study: Study, claim: Claim) -> Finding | None:
    """Degrees of freedom that the compared groups do not leave: n − k of k groups at most; of χ² k − 1."""
    value, groups = study.values[claim.id], len(claim.compares)
    df = value.numbers[-1] if len(value.numbers) > 1 else None
    if df is None or claim.paired or groups < 2:
        return None
    sizes = [known[0].n for name in claim.compares if (known := denominators(study, study.claims[name]))]
    claims, explanation = (claim.id, *claim.compares), "Other patients or groups may have been compared."
    if value.letter in ("t", "F") and len(sizes) == groups and df.interval.low > sum(sizes) - groups:
        left = sum(sizes) - groups
        sentence = f"{claim.value}: {sum(sizes)} patients in {groups} groups leave at most {left} degrees of freedom."
        return Finding("statistic.df", "warning", claims, sentence, explanation)
    if value.letter == "χ2" and df.value != groups - 1 and categories(study, claim) is None:
        sentence = f"{claim.value}: χ² of {groups} groups has {groups - 1} degrees of freedom."
        return Finding("statistic.df", "warning", claims, sentence, explanation)
    return None


def _tried(study: Study, claim: Claim) -> list[StatisticTry] | str:
    if claim.adjusted:
        return "It is of a model with covariates, whose data are not reported."
    if not claim.compares:
        return "The figures that it compares are not reported."
    if claim.paired:
        return "A statistic of the same patients depends on their single values, which are not reported."
    compared = [study.claims[name] for name in claim.compares]
    if (reason := shared_among(study, compared)) is not None:
        return reason
    letter = study.values[claim.id].letter
    types = _types(study, claim)
    if types == {"mean_sd"}:
        groups = summaries_of(study, claim.compares)
        return groups if isinstance(groups, str) else of_means(letter, groups)
    if types <= set(COUNTED):
        options = [tables(study, other) for other in compared]
        return of_tables(letter, options, MOST_TABLES)
    return "The figures that it compares are of kinds that no such test compares."
