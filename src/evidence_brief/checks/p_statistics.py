"""The P value of a reported test statistic or correlation: the tail of its distribution."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from types import ModuleType
from typing import Any

from evidence_brief.agree import Figure, Later
from evidence_brief.checks.p_decision import Case
from evidence_brief.checks.p_findings import decimals_of, judge, printed_p
from evidence_brief.checks.p_values import p_claims
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.tried import Tried, try_range
from evidence_brief.patients import group_size
from evidence_brief.printed import Interval
from evidence_brief.stats import distributions, exact
from evidence_brief.stats.test_statistics import Df, p_range, printed_df
from evidence_brief.stats.test_statistics import judge as explained
from evidence_brief.study.kinds import Value
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "P value of a test statistic"
_OTHER_TAIL = re.compile(r"\bexact\b|permutation|bootstrap|kendall|\bpartial\b", re.I)
BENIGN = (
    "The test may be one-sided, the P value corrected for multiple tests, or the degrees of freedom corrected "
    "(Greenhouse–Geisser, Welch) and printed uncorrected."
)
ONE_SIDED = re.compile(r"\b(one|1|single)[\s-]*(sided|tailed)", re.I)
CORRECTED = re.compile(r"bonferroni|holm|hochberg|sidak|šidák|tukey|scheff|dunn|correct|adjust", re.I)
SMALL_RANKS = "Spearman's correlation of few pairs has an exact P value, which may be another."
SIDED = ("t", "z", "r", "rs")
"""Statistics with a sign: their P value may be one-sided."""


@dataclass(frozen=True)
class Tail:
    """The P value of a statistic, two-sided or one-sided."""

    key: str
    label: str
    sides: int
    names: tuple[str, ...] = ()


Computed = tuple[Tail, float, tuple[float, float], Figure]
"""A tail, P at the printed statistic, the range of P over all that print so, and the P value by both paths."""


@dataclass(frozen=True)
class Statistic:
    """A printed statistic: its letter, the values that it stands for, the printed value, and its df, likewise."""

    letter: str
    interval: Interval
    value: Fraction
    df: tuple[Fraction, ...]
    df_over: tuple[Df, ...]


def check_p_statistics(study: Study) -> Iterator[Judgement | Finding]:
    """A P value `of` a test statistic or a correlation is the tail of its distribution at the printed value.

    Reproduced where the printed statistic gives it; possible where a value that prints as the statistic does;
    reproduced-if one-sided; contradicted otherwise, as a decision error where 5% lies between.
    """
    for claim in p_claims(study, "reported figure"):
        of = study.claims[claim.of or ""]
        if of.type not in ("test_statistic", "correlation"):
            continue
        if claim.test is not None and CORRECTED.search(claim.test):
            why = f"It is corrected for several tests ({claim.test}), whose number is not reported."
            yield Judgement(claim.id, "unchecked", METHOD, why)
        elif claim.test is not None and _OTHER_TAIL.search(claim.test):
            why = f"The named test ({claim.test}) has another distribution than the printed figure's own."
            yield Judgement(claim.id, "unchecked", METHOD, why)
        else:
            found = statistic_of(study, of)
            if isinstance(found, str):
                yield Judgement(claim.id, "unchecked", METHOD, found)
            else:
                yield from judge_tails(study, claim, of, _tails(found), _explanations(study, claim, found))


def statistic_of(study: Study, claim: Claim) -> Statistic | str:
    """What is known of a statistic or correlation, or why its P value cannot be computed."""
    value = study.values[claim.id]
    letter = value.letter or "r"
    known, df = ("t", "F", "χ2", "z", "r", "rs", "Q", "H", "G"), tuple(number.value for number in value.numbers[1:])
    df_over: tuple[Df, ...] = tuple(printed_df(number) for number in value.numbers[1:])
    letter = {"f": "F", "T": "t", "Z": "z", "R": "r", "q": "Q", "h": "H"}.get(letter, letter)
    if letter not in known:
        return f"The distribution of {claim.value} is not known from what is printed."
    if letter in ("r", "rs") and not df and (size := group_size(study, claim.group)) is not None and size.n > 2:
        df = df_over = (Fraction(size.n - 2),)
    needed = {"F": 2, "z": 0}.get(letter, 1)
    if letter == "z":
        df = df_over = ()
    if len(df) != needed or any(part <= 0 for part in df):
        return f"The degrees of freedom of {claim.value} are not reported."
    if letter in ("F", "χ2", "Q", "H") and value.first.value < 0:
        return f"{claim.value} is negative, which this statistic never is."
    if letter in ("r", "rs") and abs(value.first.value) > 1:
        return f"{claim.value} is no correlation: it lies outside −1 to 1."
    return Statistic(letter, value.first.interval, value.first.value, df, df_over)


def _explanations(study: Study, claim: Claim, found: Statistic) -> str:
    """What would explain a P value that the statistic does not have, so far as it fits."""
    named = explained(found.letter, found.interval, found.df_over, printed_p(study.values[claim.id])).explanations
    return f"{BENIGN} It would fit if {' or '.join(named)}." if named else BENIGN


def _tails(found: Statistic) -> list[Computed]:
    sides = (2, 1) if found.letter in SIDED else (2,)
    label = {"χ2": "χ²", "rs": "Spearman r"}.get(found.letter, found.letter)
    tails = []
    for each in sides:
        tail = Tail("tail" if each == 2 else "tail_one_sided", f"{label} distribution", each)
        first = _tail(distributions, found.letter, float(found.value), [float(part) for part in found.df], each)
        second = Later(partial(_tail, exact, found.letter, found.value, found.df, each))
        over = p_range(found.letter, found.interval, found.df_over, sides=each)
        tails.append((tail, first, over, Figure(tail.label, first, second)))
    return tails


def _tail(path: ModuleType, letter: str, x: Any, df: Sequence[Any], sides: int) -> Any:
    """P of a statistic by the path (`distributions` or `exact`), whose functions have the same names."""
    if letter == "z":
        return path.p_z(x, sides)
    if letter == "t":
        return path.p_t(x, df[0], sides)
    if letter in ("r", "rs"):
        return path.p_r(x, df[0], sides)
    return path.p_f(x, df[0], df[1]) if letter == "F" else path.p_chi2(x, df[0])


def _try(tails: list[Computed], printed: Interval) -> list[Tried]:
    return [try_range(tail, first, (), over, printed, (figure,)) for tail, first, over, figure in tails]


def judge_tails(
    study: Study, claim: Claim, of: Claim, tails: list[Computed], benign: str = BENIGN
) -> Iterator[Judgement | Finding]:
    """The judgement of a P value by the two-sided tail, or the one-sided one where the source names it so."""
    value = study.values[claim.id]
    tried, cut = _try(tails, printed_p(value)), _cut(tails, value)
    family = tuple(tail for tail, *_ in tails)
    # The statistic is printed, so that a name for the test only says whether it was one-sided.
    if claim.test is not None and ONE_SIDED.search(claim.test) and len(tails) == 2:
        tried, cut, family = _as_named(tails, printed_p(value), value)
    ranks = SMALL_RANKS if study.values[of.id].letter == "rs" else ""
    case = Case(METHOD, family, None, printed_p(value), tried, cut, decimals_of(value), "", ranks)
    yield from judge(claim, value, case, of.value, benign)


def _cut(tails: list[Computed], value: Value) -> Callable[[], list[Tried]] | None:
    return partial(_try, tails, value.first.truncated) if value.relation == "=" else None


def _as_named(
    tails: list[Computed], printed: Interval, value: Value
) -> tuple[list[Tried], Callable[[], list[Tried]] | None, tuple[Tail, ...]]:
    """The one-sided tail alone, where the source says that the test is one-sided."""
    _, first, over, figure = tails[1]
    named = [(Tail("tail", f"{figure.name}, one-sided", 2), first, over, figure)]
    return _try(named, printed), _cut(named, value), (named[0][0],)
