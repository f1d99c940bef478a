"""From the tests that print a P value to its verdict, and the departure that it needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from evidence_brief.agree import rounded
from evidence_brief.checks.result import Judgement, Severity, Verdict
from evidence_brief.checks.tried import Tried, beyond_another_test, decides_otherwise, give, names, span, two_sided
from evidence_brief.printed import Interval
from evidence_brief.stats.named import Named, named, names_more


@dataclass(frozen=True)
class Reading:
    """Another reading of the printed inputs (standard errors for SDs): a departure, with its words.

    `tried` makes the tests under it, which are only needed where nothing else prints the P value.
    """

    code: str
    condition: str
    words: str
    tried: Callable[[], list[Tried]]


@dataclass(frozen=True)
class Case:
    """A printed P value and every test of the compared figures.

    `method` names the family of tests, all of which `family` holds; `named` is the test that the source names;
    `cut` makes the tests against the values that are cut off to the printed P value, where "=" is printed;
    `decimals` is how many are shown. `between` says which tests were left out whose P value lies between those of
    the others, and `uncomputed` which defensible tests nobody can compute from what is printed: what such a test
    might print is not contradicted. `unlike` says which tests of another kind, where the source names none, may have
    given a P value that is near. `readings` are other readings of the inputs.
    """

    method: str
    family: Sequence[Named]
    named: str | None
    printed: Interval
    tried: list[Tried]
    cut: Callable[[], list[Tried]] | None
    decimals: int
    between: str = ""
    uncomputed: str = ""
    unlike: str = ""
    readings: tuple[Reading, ...] = ()

    @cached_property
    def cut_off(self) -> list[Tried]:
        """The tests against the values that are cut off to the printed P value; none unless "=" is printed."""
        return self.cut() if self.cut is not None else []

    @property
    def certain(self) -> bool:
        """Whether a wanted test prints it in any case, so that further tests change no verdict."""
        return any(trial.prints == "yes" for trial in self.wanted(self.tried))

    def meant(self) -> tuple[Named, ...]:
        """The tests of the family that the source's wording may mean."""
        return named(self.family, self.named) if self.named is not None else ()

    def wanted(self, tried: Sequence[Tried]) -> list[Tried]:
        """Those that the source names, or every two-sided one."""
        if self.named is None:
            return two_sided(tried)
        keys = {test.key for test in self.meant()}
        return [trial for trial in tried if trial.test.key in keys]

    def one_sided(self) -> list[Tried]:
        """The one-sided tests that print it: of the named one alone, where the source names one."""
        hits = [trial for trial in self.tried if trial.test.sides == 1 and trial.prints != "no"]
        if self.named is None:
            return hits
        halves = {f"{test.key}_one_sided" for test in self.meant()}
        return [trial for trial in hits if trial.test.key in halves]


@dataclass(frozen=True)
class Decision:
    """A verdict with its reason, the tests that bear it, the condition, and the code of its finding."""

    verdict: Verdict
    hits: list[Tried]
    why: str
    condition: str | None = None
    code: str | None = None
    severity: Severity = "warning"

    def judgement(self, claim: str, case: Case) -> Judgement:
        """The judgement of the claim; `recomputed` is what the first of the tests gives."""
        shown = self.hits[:1] if self.verdict != "contradicted" else two_sided(case.tried)
        recomputed = span(shown, case.decimals) if shown else None
        method = names(self.hits) if self.hits else case.method
        figures = tuple(figure for trial in shown for figure in trial.trial(case.decimals).figures)
        trials = tuple(trial.trial(case.decimals) for trial in case.tried)
        return Judgement(claim, self.verdict, method, self.why, recomputed, self.condition, trials, figures)


def decide(case: Case) -> Decision:
    """The verdict: by the named test, or any two-sided one; then by one departure; then none."""
    wanted = case.wanted(case.tried)
    prints: tuple[tuple[Literal["yes", "some"], Verdict], ...] = (("yes", "reproduced"), ("some", "possible"))
    for how, verdict in prints:
        if hits := [trial for trial in wanted if trial.prints == how]:
            words = f"{give(hits, case.decimals)}."
            if how == "some":
                words += " The printed figures stand for several values; only some of them give the reported P value."
            return Decision(verdict, hits, words)
    return _one_sided(case) or _other_test(case) or _cut_off(case) or _misread(case) or _none(case)


def _one_sided(case: Case) -> Decision | None:
    if hits := case.one_sided():
        given = give(hits, case.decimals)
        words = f"Only a one-sided test prints this P value: {given}."
        if case.named is not None:
            words = f"The named test ({case.named}) prints this P value only one-sided: {given}."
        elif any(trial.prints != "no" for trial in two_sided(case.cut_off)):
            words += " A two-sided one would do so if cut off instead of rounded."
        return Decision("reproduced-if", hits, words, "one-sided", "p_value.one_sided")
    return None


def _other_test(case: Case) -> Decision | None:
    """Another two-sided test than the named one; a note where that one cannot be computed from what is printed."""
    hits = [trial for trial in two_sided(case.tried) if trial.prints != "no"]
    if not case.meant():  # a test that nobody can compute here may give anything near: only a clear hit counts
        hits = [trial for trial in hits if trial.prints == "yes"]
    if case.named is None or not hits:
        return None
    given = give(hits, case.decimals)
    known = case.meant()
    if known and not case.wanted(case.tried):
        words = f"The named test ({case.named}) cannot be computed for these figures; {given}."
        return Decision("possible", hits, words)
    condition = f"with {names(hits)} instead of the named test ({case.named})"
    words = f"{given}; the source names “{case.named}”"
    if known:
        given_by_named = span(case.wanted(case.tried), case.decimals)
        words = f"{words}, which gives {given_by_named}."
        return Decision("reproduced-if", hits, words, condition, "p_value.other_test")
    words += ", which is none of the tests that are tried here."
    return Decision("reproduced-if", hits, words, condition, "p_value.other_test", "note")


def _cut_off(case: Case) -> Decision | None:
    hits = [trial for trial in case.wanted(case.cut_off) if trial.prints != "no"]
    if not hits:
        return None
    words = f"{give(hits, case.decimals)}, printed as reported only if cut off, not rounded."
    return Decision("reproduced-if", hits, words, "cut off instead of rounded", "p_value.truncated")


def _misread(case: Case) -> Decision | None:
    for reading in case.readings:
        if hits := [trial for trial in case.wanted(reading.tried()) if trial.prints == "yes"]:
            words = f"{give(hits, case.decimals)}, {reading.words}."
            return Decision("reproduced-if", hits, words, reading.condition, reading.code)
    return None


def _none(case: Case) -> Decision:
    """No test prints it: contradicted, unless a test that might could not be computed."""
    tried = two_sided(case.tried)
    reached = f"Two-sided tests of these figures give {span(tried, case.decimals)}."
    if case.named is not None and not case.wanted(case.tried):
        why = f"The named test ({case.named}) cannot be computed from these figures. {reached}"
        return Decision("unchecked", [], why)
    if case.named is not None and names_more(case.family, case.named):
        why = f"{reached} Another of the named tests ({case.named}) cannot be computed from these figures."
        return Decision("unchecked", [], why)
    values = [rounded(p) for trial in tried for p in trial.values]
    if case.named is None and case.between and case.printed.overlaps(Interval(min(values), max(values))):
        return Decision("possible", [], f"{reached} {case.between}")
    if case.named is None and case.uncomputed:
        return Decision("unchecked", [], f"{reached} {case.uncomputed}", code="p_value.untested", severity="note")
    ends = (float(min(values)), float(max(values)))
    near = not beyond_another_test(case.printed, ends, decides_otherwise(case.printed, *ends))
    if case.named is None and case.unlike and near:
        return Decision("unchecked", [], f"{reached} {case.unlike}", code="p_value.unnamed_test")
    return Decision("contradicted", [], reached)
