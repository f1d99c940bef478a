"""Which totals of scores, moving in steps between the ends of a scale, have the printed mean (GRIM)?

Brown NJL, Heathers JAJ. The GRIM test: a simple technique detects numerous anomalies in the reporting of
results in psychology. Soc Psychol Personal Sci 2017;8:363-369.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from evidence_brief.patients import Denominator, denominators, why_unknown
from evidence_brief.printed import Interval, Number, number, show
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim, Scale


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
    include are honoured, and so are the ends of the scale: a scale whose width is no whole number of steps
    ends at its last step. For a mean of k items per patient, n is k times the number of patients.
    """
    above_origin = mean + Interval(-steps.origin, -steps.origin)
    totals = above_origin.scaled(n / steps.step).whole_numbers()
    first, stop = totals.start, totals.stop
    if steps.minimum is not None:
        first = max(first, 0)
    if steps.maximum is not None:
        stop = min(stop, n * floor((steps.maximum - steps.origin) / steps.step) + 1)
    return range(first, stop)


@dataclass(frozen=True)
class Scored:
    """A printed mean, the patients whom it is of, the items of one score, and the steps of one item."""

    mean: Number
    patients: Denominator
    items: int
    steps: Steps

    @property
    def n(self) -> int:
        """How many single values the mean is of."""
        return self.patients.n * self.items

    @property
    def words(self) -> str:
        """The patients, and on how many items each was scored."""
        return self.patients.words + (f" with {self.items} items each" if self.items > 1 else "")

    def division(self, total: Fraction, more: int = 1) -> tuple[str, str]:
        """The total over n, as ("179/24", "7.458") with so many decimals more than printed."""
        return f"{plain(total)}/{self.n}", show(total / self.n, max(self.mean.decimals + more, 0))


def scored(study: Study, claim: Claim) -> Scored | str:
    """What is known of a mean on a scale, or why GRIM cannot be asked."""
    scale = study.file.scales.get(claim.scale) if claim.scale else None
    if scale is None:
        return "No other reported figure determines this mean, and the study file names no scale for it."
    step = exact(scale.step)
    if step is None or step <= 0:
        return f"The study file does not say in which steps {scale.label} is scored."
    known = denominators(study, claim)
    if not known or known[0].n == 0:
        return why_unknown(study, claim)
    if len(known) > 1:
        return "The figure that it is of leaves several possible numbers of patients."
    mean = study.values[claim.id].first
    return Scored(mean, known[0], scale.items, Steps(step, *ends(scale, claim.change)))


def ends(scale: Scale, change: bool) -> tuple[Fraction | None, Fraction | None]:
    """The lowest and highest value of a score, or of a change of it; None where the scale states no end."""
    lowest, highest = exact(scale.minimum), exact(scale.maximum)
    if not change:
        return lowest, highest
    if lowest is None or highest is None:
        return None, None
    return lowest - highest, highest - lowest


def exact(text: str | None) -> Fraction | None:
    """The number that a field of a scale states, if it does."""
    return None if text is None else number(text).value


def plain(value: Fraction) -> str:
    """A number without needless decimals."""
    decimals = next((d for d in range(4) if (value * 10**d).denominator == 1), 3)
    return show(value, decimals)
