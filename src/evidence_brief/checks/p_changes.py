"""The P value of a mean change, from its SD and the number of patients."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evidence_brief.agree import Figure, Later
from evidence_brief.checks.p_statistics import ONE_SIDED, Computed, Tail, judge_tails
from evidence_brief.checks.p_values import p_claims
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.summaries import Summary, summary_of
from evidence_brief.stats import exact, mean_ranges, means
from evidence_brief.stats.named import named
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "t test of the change"
BENIGN = (
    "A test of ranks, a model of repeated measurements, a correction for multiple tests, or other patients could give "
    "another P value."
)


@dataclass(frozen=True)
class ChangeTest:
    """The wordings that may mean the t test of a change."""

    key: str = "t"
    label: str = "t test of the change"
    sides: int = 2
    names: tuple[str, ...] = ("t", "paired t", "one sample t", "one-sample t", "student", "student t")


def check_p_changes(study: Study) -> Iterator[Judgement | Finding]:
    """A P value of a mean change (`of`) is that of the t test of the change against 0."""
    for claim in p_claims(study, "reported figure"):
        of = study.claims[claim.of or ""]
        if of.type == "mean_sd":
            yield from _of_change(study, claim, of)


def _of_change(study: Study, claim: Claim, of: Claim) -> Iterator[Judgement | Finding]:
    """The P value of a mean change against 0: the t test of one sample."""
    known = summary_of(study, of)
    if isinstance(known, str) or not known.sd_printed:
        why = known if isinstance(known, str) else "The printed SD is 0, so that no test is defined."
        yield Judgement(claim.id, "unchecked", METHOD, why)
    elif claim.test is not None and not named((ChangeTest(),), ONE_SIDED.sub("", claim.test)):
        why = f"The named test ({claim.test}) cannot be computed from a mean and an SD."
        yield Judgement(claim.id, "unchecked", METHOD, why)
    else:
        yield from judge_tails(study, claim, of, _change_tails(known), BENIGN)


def _change_tails(known: Summary) -> list[Computed]:
    first = means.of_changes(float(known.mean_printed), float(known.sd_printed), known.n).p
    second = Later(lambda: exact.of_changes(known.mean_printed, known.sd_printed, known.n)[2])
    over = mean_ranges.changes_range(known.mean, known.sd, known.n)
    return [
        (
            Tail("tail" if sides == 2 else "tail_one_sided", "t test of the change", sides),
            first * sides / 2,
            (over.p_low * sides / 2, over.p_high * sides / 2),
            Figure("t test of the change", first * sides / 2, second.times(Fraction(sides, 2))),
        )
        for sides in (2, 1)
    ]
