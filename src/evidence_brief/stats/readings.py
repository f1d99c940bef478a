"""The readings under which a printed P value fits a printed estimate and its confidence interval.

A P value need not come from the interval's own test, so most misfits accuse nobody: each reading that a paper
may have used has a name here, and only figures that no reading joins contradict each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evidence_brief.printed import Interval
from evidence_brief.stats import coherence

LEVELS = (Fraction(90, 100), Fraction(95, 100), Fraction(99, 100))
"""Levels of an interval that may have been labelled with another one."""


@dataclass(frozen=True)
class Readings:
    """What the three printed figures allow; without a P value `fits` is empty and `same_decision` True.

    `inside`: the estimate lies between the limits. `symmetric`: it may be their middle, as a Wald interval's is.
    `fits`: readings under which P fits, the plainest first. `same_decision`: P and interval agree on whether
    the effect is significant, so that another test may explain a P that fits no reading.
    """

    inside: bool
    symmetric: bool
    fits: tuple[str, ...]
    same_decision: bool

    @property
    def contradicts(self) -> bool:
        """The estimate lies outside its interval, or P fits no reading and decides otherwise than the interval.

        P must be meant for this very effect: one for an interaction, a trend or a margin of non-inferiority is not.
        """
        return not self.inside or not (self.fits or self.same_decision)


def readings(
    estimate: Interval,
    low: Interval,
    high: Interval,
    p: Interval | None,
    level: Fraction = Fraction(95, 100),
    *,
    log: bool,
    null: Fraction | int | None = None,
    df: float | None = None,
) -> Readings:
    """Hold a printed P (its interval; 0 to 0.001 for "P < .001") against estimate and limits.

    Arguments, errors and the scale as in `coherence.implied_p_range`, which is tried with the SE from the width,
    from either half of an interval that is not symmetric, with P one-sided, and at another level.

    Source: Altman & Bland 2011, BMJ 343:d2304; Georgescu & Wren 2018, Bioinformatics 34:1758 (errors in
    published ratios, their intervals and P values).
    """
    inside = coherence.inside(estimate, low, high)
    symmetric = coherence.symmetric(estimate, low, high, log=log)
    if p is None:
        return Readings(inside, symmetric, (), True)
    names = dict.fromkeys(_fits(estimate, low, high, p, level, log, null, df))
    against = (1 if log else 0) if null is None else null
    same = coherence.p_agrees_with_ci(p, low, high, null=against, level=level)
    return Readings(inside, symmetric, tuple(names), same)


def _fits(
    estimate: Interval,
    low: Interval,
    high: Interval,
    p: Interval,
    level: Fraction,
    log: bool,
    null: Fraction | int | None,
    df: float | None,
) -> Iterator[str]:
    for other in (level, *(each for each in LEVELS if each != level)):
        implied = coherence.implied_p_range(estimate, low, high, float(other), log=log, null=null, df=df)
        if implied is None:
            return
        symmetric = Interval(Fraction(implied.low), Fraction(implied.high))
        widest = Interval(Fraction(implied.widest_low), Fraction(implied.widest_high))
        if other != level:
            if p.overlaps(widest):
                yield f"{float(100 * other):g}% interval"
            continue
        if p.overlaps(symmetric):
            yield "symmetric interval"
        if p.overlaps(widest):
            yield "interval that need not be symmetric"
        if p.scaled(2).overlaps(widest):
            yield "one-sided P"
