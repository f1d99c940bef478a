"""What is known of a mean of scores that move in steps between the ends of a scale.

Brown NJL, Heathers JAJ. The GRIM test: a simple technique detects numerous anomalies in the reporting of
results in psychology. Soc Psychol Personal Sci 2017;8:363-369.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from evidence_brief.patients import Denominator, denominators, why_unknown
from evidence_brief.printed import Number, number, show
from evidence_brief.stats.granularity import Steps
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim, Scale


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
