"""Means with their SDs and numbers of patients, as intervals and at the printed values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isqrt

from evidence_brief.checks.companions import singular
from evidence_brief.checks.steps import exact, plain
from evidence_brief.patients import denominators, why_unknown
from evidence_brief.printed import Interval
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

ROOT_DIGITS = 40
"""Decimals to which square roots are taken where the second path needs them as fractions."""

TIMES = frozenset(("second", "minute", "hour", "day", "week", "month", "year"))
"""Units of durations, which are never below 0."""


Group = tuple[Fraction, Fraction, int]

MISREAD = {
    "sd": "the figures after ± are standard errors, not SDs",
    "se": "the figures after ± are SDs, not standard errors",
}
"""The departure under which `Summary.otherwise` holds, by what the figures are said to be."""


@dataclass(frozen=True)
class Summary:
    """A printed mean with its SD and n: the values that they stand for, and those that are printed.

    `spread` says what was printed after the mean (sd or se); `sd` and `sd_printed` are always of an SD.
    """

    claim: str
    n: int
    mean: Interval
    sd: Interval
    mean_printed: Fraction
    sd_printed: Fraction
    spread: str
    words: str

    @property
    def exact(self) -> Group:
        """Mean, SD and n as printed, for the second path."""
        return self.mean_printed, self.sd_printed, self.n

    @property
    def floats(self) -> tuple[float, float, int]:
        """Mean, SD and n as printed, for the first path."""
        return float(self.mean_printed), float(self.sd_printed), self.n

    @property
    def intervals(self) -> tuple[Interval, Interval, int]:
        """Every mean and SD that prints so, and n."""
        return self.mean, self.sd, self.n

    def otherwise(self) -> Summary:
        """The other reading of what follows the mean: a standard error for an SD, or an SD for a standard error."""
        return self.reread("sd" if self.spread == "se" else "se")

    def reread(self, as_spread: str) -> Summary:
        """The same with the printed spread taken for an SE ("se"), or for an SD ("sd")."""
        if as_spread == self.spread:
            return self
        root = root_of_square(Fraction(self.n))
        factor = root if as_spread == "se" else 1 / root
        return replace(self, sd=self.sd.scaled(factor), sd_printed=self.sd_printed * factor, spread=as_spread)


def root_of_square(square: Fraction) -> Fraction:
    """The square root of a number that is not negative, to ROOT_DIGITS decimals (exact for squares)."""
    scaled = square * 10 ** (2 * ROOT_DIGITS)
    return Fraction(isqrt(scaled.numerator // scaled.denominator), 10**ROOT_DIGITS)


def summary_of(study: Study, claim: Claim) -> Summary | str:
    """What is known of a mean with its spread, or why no test can be made of it."""
    value = study.values[claim.id]
    kind = claim.spread or value.letter or "sd"
    if len(value.numbers) != 2 or kind not in ("sd", "se"):
        return f"{claim.value} is printed without a standard deviation."
    known = denominators(study, claim)
    if not known or known[0].n == 0:
        return f"Of how many patients {claim.value} is, is not known. {why_unknown(study, claim)}"
    if len(known) > 1:
        return f"Of how many patients {claim.value} is, is not known."
    mean, spread = value.numbers
    if spread.value < 0 or known[0].n < 2:
        return f"{claim.value} of {known[0].words} has no standard deviation."
    sd = Interval(max(spread.interval.low, Fraction(0)), spread.interval.high)
    group = study.file.groups[claim.group].label if claim.group else ""
    words = f"{claim.value} (n = {known[0].n}{', ' + group if group else ''})"
    read = Summary(claim.id, known[0].n, mean.interval, sd, mean.value, spread.value, "sd", words)
    return read.reread("se") if kind == "se" else read


def summaries_of(study: Study, claims: tuple[str, ...]) -> list[Summary] | str:
    """Those of several claims, or why one of them has none."""
    found = [summary_of(study, study.claims[name]) for name in claims]
    reasons = [each for each in found if isinstance(each, str)]
    return reasons[0] if reasons else [each for each in found if not isinstance(each, str)]


def least_value(study: Study, claim: Claim) -> Fraction | None:
    """The lowest possible value of what a mean is of: of its scale, or 0 for durations and numbers of doses."""
    scale = study.file.scales.get(claim.scale) if claim.scale else None
    if claim.change:
        return None
    if scale is not None:
        return exact(scale.minimum)
    return Fraction(0) if claim.unit and singular(claim.unit) in TIMES else None


def skewed(study: Study, claim: Claim) -> str | None:
    """Why the values behind a mean and SD cannot be normal, if so: mean − 2 SD lies below the lowest value.

    Altman DG, Bland JM. Detecting skewness from summary information. BMJ 1996;313:1200.
    """
    known, least = summary_of(study, claim), least_value(study, claim)
    scale = study.file.scales.get(claim.scale) if claim.scale and not claim.change else None
    most = exact(scale.maximum) if scale is not None else None
    if isinstance(known, str):
        return None
    if least is not None and known.mean.high - 2 * known.sd.low < least:
        return f"{claim.value} is of skewed values: two SDs below the mean lie under the lowest value, {plain(least)}"
    if most is not None and known.mean.low + 2 * known.sd.low > most:
        return f"{claim.value} is of skewed values: two SDs above the mean lie over the highest value, {plain(most)}"
    return None


def skewed_among(study: Study, claims: tuple[str, ...]) -> Iterator[str]:
    """The reasons of those that are skewed."""
    for name in claims:
        if (reason := skewed(study, study.claims[name])) is not None:
            yield reason
