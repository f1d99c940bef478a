"""GRIM: can whole-number scores of so many patients have the printed mean?

Brown NJL, Heathers JAJ. The GRIM test: a simple technique detects numerous anomalies in the reporting of
results in psychology. Soc Psychol Personal Sci 2017;8:363-369.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from math import floor

from evidence_brief.agree import Figure
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.rounding import DEPARTURES, Departure, rounded_elsewhere
from evidence_brief.checks.steps import Scored, ends, plain, scored
from evidence_brief.stats.granularity import Steps, grim_totals, joint_sizes
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

__all__ = ["METHOD", "Steps", "check_granularity", "grim_totals"]

METHOD = "GRIM"
FINER = (2, 3, 4, 5, 10)
"""Into how many parts a step may fall: a score that is the mean of so many items moves in such steps."""
# Which of the printed numbers are values on the scale: a standard deviation is not.
_OF_SCORES: dict[str, tuple[str, ...]] = {
    "mean_sd": ("mean",),
    "median_iqr": ("median", "lower end", "upper end"),
    "range": ("lower end", "upper end"),
}
MOST_TRIED = 1000
"""Smaller numbers of patients that are tried for an explanation."""


def check_granularity(study: Study) -> Iterator[Judgement | Finding]:
    """A mean of scores that move in steps can only take some values: whole multiples of the step over n.

    The verdict is possible at best, since this recomputes no mean. Without a stated step, or with so many patients
    that every printed mean is attainable, nothing is excluded, and the reason says so.
    """
    for claim in study.claims.values():
        if claim.type not in _OF_SCORES:
            continue
        if (sentence := _outside(study, claim)) is not None:
            yield Judgement(claim.id, "contradicted", "Ends of the scale", sentence)
            explanation = "Another version of the scale may have been used" + (
                "." if claim.change else ", or the figure may be of changes of it (`change: true` in the study file)."
            )
            yield Finding("scale.outside", "contradiction", (claim.id,), sentence, explanation)
        elif claim.type != "mean_sd":
            continue
        elif isinstance(known := scored(study, claim), str):
            yield Judgement(claim.id, "unchecked", METHOD, known)
        else:
            yield from _grim(study, claim, known)


def _outside(study: Study, claim: Claim) -> str | None:
    """What is wrong with a mean, a median, a quartile or an end of a range that lies beyond an end of its scale."""
    scale = study.file.scales.get(claim.scale) if claim.scale else None
    if scale is None:
        return None
    minimum, maximum = ends(scale, claim.change)
    numbers = study.values[claim.id].numbers
    for name, figure in zip(_OF_SCORES[claim.type], numbers, strict=False):
        of_scale = f"{'change on ' if claim.change else 'value of '}the scale {scale.label}"
        if minimum is not None and figure.interval.high < minimum:
            return f"The {name} {figure.text} is below the lowest {of_scale}, {plain(minimum)}."
        if maximum is not None and figure.interval.low > maximum:
            return f"The {name} {figure.text} is above the highest {of_scale}, {plain(maximum)}."
    return None


def _grim(study: Study, claim: Claim, known: Scored) -> Iterator[Judgement | Finding]:
    mean, n, steps = known.mean, known.n, known.steps
    numbers = {"n": str(n), "mean": mean.text, "step": plain(steps.step)}
    if totals := grim_totals(mean.interval, n, steps):
        yield _possible(claim, known, totals)
    elif (found := _departing(known)) is not None:
        sentence, shown = _arithmetic(known, *found)
        figures = (_mean(known, found[0]),)
        yield Judgement(claim.id, "reproduced-if", METHOD, sentence, shown, found[1].condition, figures=figures)
        explanation = f"{rounded_elsewhere(study, claim)} {_explanation(known)}".strip()
        yield Finding(f"granularity.{found[1].code}", "warning", (claim.id,), sentence, explanation, numbers)
    else:
        sentence = _impossible(known)
        yield Judgement(claim.id, "contradicted", METHOD, sentence)
        explanation = f"{_explanation(known)} {_together(study, claim, known)}".strip()
        yield Finding("granularity.grim", "contradiction", (claim.id,), sentence, explanation, numbers)


def _departing(known: Scored) -> tuple[int, Departure] | None:
    """A total (in steps) that gives the mean under a way of printing that is not rounding."""
    for departure in DEPARTURES:
        if totals := grim_totals(departure.values(known.mean), known.n, known.steps):
            return totals[0], departure
    return None


def _arithmetic(known: Scored, total: int, departure: Departure) -> tuple[str, str]:
    """The sentence on a mean that is possible only under a departure, and the division."""
    (division, result), (_, rounded), (_, finer) = (
        known.division(known.steps.total(total, known.n), more) for more in (1, 0, 2)
    )
    arithmetic = f"{division} = {result}, which rounds to {rounded}"
    if departure.twice:
        arithmetic = f"{division} = {finer}, rounded to {result} and then again"
    sentence = f"The mean {known.mean.text} of {known.words} is possible only if {departure.words}: {arithmetic}."
    return sentence, f"{division} = {result}"


def _possible(claim: Claim, known: Scored, totals: range) -> Judgement:
    if known.steps.step / known.n <= known.mean.unit:
        why = f"Of {known.words} every mean with these digits is attainable ({_in_steps(known.steps)})."
        return Judgement(claim.id, "possible", METHOD, why)
    total = known.steps.total(totals[0], known.n)
    why = f"A total of {plain(total)} over {known.words} gives {known.mean.text} ({_in_steps(known.steps)})."
    shown = " = ".join(known.division(total))
    return Judgement(claim.id, "possible", METHOD, why, shown, figures=(_mean(known, totals[0]),))


def _mean(known: Scored, steps: int) -> Figure:
    """The mean of a total, counted in steps, by both paths."""
    total = known.steps.total(steps, known.n)
    return Figure(f"{plain(total)}/{known.n}", float(total) / known.n, total / known.n, max(known.mean.decimals + 1, 0))


def _impossible(known: Scored) -> str:
    mean, n, steps = known.mean, known.n, known.steps
    below = floor((mean.value - steps.origin) * n / steps.step)
    divisions = (known.division(steps.total(k, n), more=0) for k in (below, below + 1))
    shown = " and ".join(f"{division} is {result}" for division, result in divisions)
    return f"No total of {known.words} gives a mean of {mean.text} with {_in_steps(steps)}: {shown}."


def _together(study: Study, claim: Claim, known: Scored) -> str:
    """The numbers of patients of whom all means of this group on this scale would be possible at once."""
    others = [
        other
        for other in study.claims.values()
        if other.type == "mean_sd" and (other.group, other.scale, other.of) == (claim.group, claim.scale, claim.of)
    ]
    means = [study.values[other.id].first.interval for other in others if other.change == claim.change]
    if len(means) < 2:
        return ""
    steps = replace(known.steps, step=known.steps.step / known.items)
    sizes = joint_sizes(means, min(known.patients.n, MOST_TRIED), steps) or []
    fitting = [n for n in sizes if 2 * n >= known.patients.n]
    found = (
        f"would be possible together of {_listed(fitting[-3:])} patients"
        if fitting
        else "fit no one number of patients"
    )
    return f"All {len(means)} means of this group on the scale {found}."


def _explanation(known: Scored) -> str:
    """Fewer patients, or finer steps, that would make the mean possible."""
    mean, patients, steps = known.mean.interval, known.patients.n, known.steps
    tried = range(patients - 1, max(patients // 2, patients - MOST_TRIED, 1) - 1, -1)
    fewer = list(islice((m for m in tried if grim_totals(mean, m * known.items, steps)), 3))
    finer = [k for k in FINER if grim_totals(mean, known.n, replace(steps, step=steps.step / k))]
    parts = []
    if fewer:
        parts.append(f"The mean may be of fewer patients: {_listed(fewer)} would fit.")
    if finer:
        parts.append(f"Single scores may move in steps of {plain(steps.step / finer[0])}: that would fit.")
    return " ".join(parts) or "Neither fewer patients nor finer steps, as far as they were tried, would fit."


def _listed(numbers: list[int]) -> str:
    words = [str(m) for m in sorted(numbers)]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _in_steps(steps: Steps) -> str:
    return "whole-number scores" if steps.step == 1 and steps.origin.denominator == 1 else _steps_of(steps)


def _steps_of(steps: Steps) -> str:
    return f"scores in steps of {plain(steps.step)}" + (f" from {plain(steps.origin)}" if steps.origin else "")
