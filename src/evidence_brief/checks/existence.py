"""GRIMMER: do scores in whole steps exist whose mean and SD both print as reported? Decided by existence.

Anaya J. The GRIMMER test: a method for testing the validity of reported measures of variability. PeerJ
Preprints 2016;4:e2400v1.

Heathers JAJ, Brown NJL. DEBIT: a simple consistency test for binary data (scores of 0 and 1). 2019.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.steps import Scored, plain, scored
from evidence_brief.checks.summaries import Summary, summary_of
from evidence_brief.printed import Interval
from evidence_brief.stats.granularity import Steps, grim_totals
from evidence_brief.stats.grimmer import grimmer
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "GRIMMER"


def check_existence(study: Study) -> Iterator[Judgement | Finding]:
    """A mean and an SD of scores that move in steps belong to some set of scores.

    The verdict is possible at best; a mean that no scores have is left to GRIM. Reproduced-if where only figures
    that are cut off fit, or an SD that divides by n instead of n − 1.
    """
    for claim in study.claims.values():
        if claim.type != "mean_sd":
            continue
        known, summary = scored(study, claim), summary_of(study, claim)
        if isinstance(known, str) or isinstance(summary, str) or summary.spread != "sd":
            continue
        steps = replace(known.steps, step=known.steps.step / known.items)
        if grim_totals(summary.mean, summary.n, steps):
            yield from _judged(study, claim, known, summary, steps)


def _judged(study: Study, claim: Claim, known: Scored, summary: Summary, steps: Steps) -> Iterator[Judgement | Finding]:
    found = grimmer(summary.mean, summary.sd, summary.n, steps)
    if found.verdict == "undecided":
        why = f"Of {known.words} too many sets of scores are possible to go through."
        yield Judgement(claim.id, "unchecked", METHOD, why)
    elif found.verdict == "possible":
        why = f"Some scores of {known.words} have both this mean and this SD ({_steps(steps)})."
        yield Judgement(claim.id, "possible", METHOD, why)
    elif (departure := _departing(study, claim, summary, steps)) is not None:
        condition, code = departure
        sentence = f"Scores of {known.words} with {claim.value} exist only {condition} ({_steps(steps)})."
        yield Judgement(claim.id, "reproduced-if", METHOD, sentence, None, condition.removeprefix("if "))
        yield Finding(code, "warning", (claim.id,), sentence)
    else:
        sentence = f"No scores of {known.words} have both this mean and this SD ({claim.value}; {_steps(steps)})."
        yield Judgement(claim.id, "contradicted", METHOD, sentence)
        explanation = _explanation(summary, steps)
        yield Finding("granularity.grimmer", "contradiction", (claim.id,), sentence, explanation)


def _departing(study: Study, claim: Claim, summary: Summary, steps: Steps) -> tuple[str, str] | None:
    """The condition and code of a departure under which such scores exist."""
    mean, sd = study.values[claim.id].numbers
    cut = Interval(max(sd.truncated.low, Fraction(0)), sd.truncated.high, sd.truncated.includes_low, False)
    readings = ((summary.mean, cut), (mean.truncated, summary.sd), (mean.truncated, cut))
    if any(grimmer(m, s, summary.n, steps).verdict == "possible" for m, s in readings):
        return "if figures were cut off instead of rounded", "granularity.grimmer_truncated"
    if grimmer(summary.mean, summary.sd, summary.n, steps, population=True).verdict == "possible":
        return (
            "if the SD is that of a population (n below the sum of squares, not n − 1)",
            "granularity.grimmer_population",
        )
    return None


def _explanation(summary: Summary, steps: Steps) -> str:
    """Finer steps or fewer patients under which such scores exist."""
    finer = next((k for k in (2, 3, 4, 5, 10) if _exist(summary, summary.n, replace(steps, step=steps.step / k))), None)
    tried = range(summary.n - 1, max(summary.n // 2, summary.n - 20, 1), -1)
    fewer = next((n for n in tried if _exist(summary, n, steps)), None)
    parts = []
    if fewer is not None:
        parts.append(f"The figures may be of fewer patients: {fewer} would fit.")
    if finer is not None:
        parts.append(f"Single scores may move in steps of {plain(steps.step / finer)}: that would fit.")
    return " ".join(parts)


def _exist(summary: Summary, n: int, steps: Steps) -> bool:
    return grimmer(summary.mean, summary.sd, n, steps).verdict == "possible"


def _steps(steps: Steps) -> str:
    kind = "whole-number scores" if steps.step == 1 else f"scores in steps of {plain(steps.step)}"
    low, high = steps.minimum, steps.maximum
    between = f" from {plain(low)} to {plain(high)}" if low is not None and high is not None else ""
    return kind + between
