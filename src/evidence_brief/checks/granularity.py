"""GRIM: can whole-number scores of so many patients have the printed mean?

Brown NJL, Heathers JAJ. The GRIM test: a simple technique detects numerous anomalies in the reporting of
results in psychology. Soc Psychol Personal Sci 2017;8:363-369.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.patients import Denominator, denominators
from evidence_brief.printed import Interval, Number, number, show
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim, Scale

METHOD = "GRIM"


@dataclass(frozen=True)
class Steps:
    """The values that a single score can take: `origin` plus whole multiples of `step`, between the ends."""

    step: Fraction
    minimum: Fraction | None = None
    maximum: Fraction | None = None

    @property
    def origin(self) -> Fraction:
        """The value that the steps are counted from."""
        return self.minimum or Fraction(0)

    def total(self, k: int, n: int) -> Fraction:
        """The total of n scores that are k steps above the origin, all together."""
        return self.origin * n + k * self.step


def grim_totals(mean: Interval, n: int, steps: Steps) -> range:
    """The totals, counted in steps above n times the origin, whose mean over n scores lies in the interval.

    An empty range means that no such sample exists (GRIM-inconsistent). Ends that the interval does not
    include are honoured, and so are the ends of the scale.
    """
    low, high = (end * n / steps.step for end in (mean.low - steps.origin, mean.high - steps.origin))
    first = ceil(low) if mean.includes_low else floor(low) + 1
    last = floor(high) if mean.includes_high else ceil(high) - 1
    if steps.minimum is not None:
        first = max(first, 0)
    if steps.maximum is not None:
        last = min(last, floor((steps.maximum - steps.origin) * n / steps.step))
    return range(first, last + 1)


def check_granularity(study: Study) -> Iterator[Judgement | Finding]:
    """A mean of scores that move in steps can only take some values: multiples of step / n.

    Never more than possible: a mean is not recomputed by this. Without a stated step, or with so many patients
    that every printed mean is attainable, nothing is excluded, and the reason says so.
    """
    for claim in study.claims.values():
        if claim.type != "mean_sd":
            continue
        scale = study.file.scales.get(claim.scale) if claim.scale else None
        if scale is None:
            why = "No other reported figure determines this mean, and the study file names no scale for it."
            yield Judgement(claim.id, "unchecked", METHOD, why)
            continue
        yield from _on_scale(study, claim, scale)


def _on_scale(study: Study, claim: Claim, scale: Scale) -> Iterator[Judgement | Finding]:
    mean = study.values[claim.id].first
    minimum, maximum = _exact(scale.minimum), _exact(scale.maximum)
    if (minimum is not None and mean.interval.high < minimum) or (maximum is not None and mean.interval.low > maximum):
        ends = f"{scale.minimum or '…'} to {scale.maximum or '…'}"
        sentence = f"The mean {mean.text} lies outside the scale {scale.label} ({ends})."
        yield Judgement(claim.id, "contradicted", "Ends of the scale", sentence)
        explanation = "Another version of the scale may have been used."
        yield Finding("scale.outside", "contradiction", (claim.id,), sentence, explanation)
        return
    known = denominators(study, claim)
    step = _exact(scale.step)
    if step is None:
        why = f"The study file does not say in which steps {scale.label} is scored."
        yield Judgement(claim.id, "unchecked", METHOD, why)
    elif len(known) != 1 or known[0].n == 0:
        why = "The number of patients whom this mean is of is not reported."
        yield Judgement(claim.id, "unchecked", METHOD, why)
    else:
        yield from _grim(claim, mean, known[0], Steps(step / scale.items, minimum, maximum))


def _exact(text: str | None) -> Fraction | None:
    return None if text is None else number(text).value


def _grim(claim: Claim, mean: Number, patients: Denominator, steps: Steps) -> Iterator[Judgement | Finding]:
    n = patients.n
    if totals := grim_totals(mean.interval, n, steps):
        total = steps.total(totals[0], n)
        why = f"A total of {_plain(total)} over {patients.words} prints as {mean.text} ({_in_steps(steps)})."
        if steps.step / n <= mean.unit:
            why = f"With {n} patients every mean with these digits is attainable ({_in_steps(steps)})."
        shown = f"{_plain(total)}/{n} = {show(total / n, mean.decimals + 1)}"
        yield Judgement(claim.id, "possible", METHOD, why, shown)
    elif grim_totals(mean.truncated, n, steps):
        sentence = f"The mean {mean.text} of {patients.words} is possible only if cut off, not rounded."
        yield Judgement(claim.id, "reproduced-if", METHOD, sentence, condition="cut off instead of rounded")
        yield Finding("granularity.truncated", "note", (claim.id,), sentence)
    else:
        below = floor((mean.value - steps.origin) * n / steps.step)
        shown = " and ".join(
            f"{_plain(total)}/{n} is {show(total / n, mean.decimals)}"
            for total in (steps.total(below, n), steps.total(below + 1, n))
        )
        sentence = f"No total of {patients.words} gives a mean of {mean.text} with {_in_steps(steps)}: {shown}."
        yield Judgement(claim.id, "contradicted", METHOD, sentence)
        numbers = {"n": str(n), "mean": mean.text}
        yield Finding("granularity.grim", "contradiction", (claim.id,), sentence, _explanation(mean, n, steps), numbers)


def _explanation(mean: Number, n: int, steps: Steps) -> str:
    """Fewer patients, or finer steps, that would make the mean possible."""
    fewer = [m for m in range(n - 1, max(n // 2, 1) - 1, -1) if grim_totals(mean.interval, m, steps)]
    parts = []
    if fewer:
        parts.append(f"The mean may be of fewer patients: {_listed(fewer)} would fit.")
    if grim_totals(mean.interval, n, replace(steps, step=steps.step / 2)):
        parts.append("Single scores may move in half of these steps.")
    return " ".join(parts) or "Neither fewer patients, down to half of them, nor half steps make it possible."


def _listed(numbers: list[int]) -> str:
    words = [str(m) for m in sorted(numbers)]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _in_steps(steps: Steps) -> str:
    return "whole-number scores" if steps.step == 1 else f"scores in steps of {_plain(steps.step)}"


def _plain(value: Fraction) -> str:
    """A number without needless decimals."""
    decimals = next((d for d in range(4) if (value * 10**d).denominator == 1), 3)
    return show(value, decimals)
