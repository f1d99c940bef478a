"""Times of a study that can stand on one axis: periods, durations, and when figures were measured."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from evidence_brief.checks.companions import in_unit, singular, spread_kind
from evidence_brief.labels import sentence_case
from evidence_brief.ledger import Ledger
from evidence_brief.plots.style import clipped, wrapped
from evidence_brief.printed import Interval, NotPrintedNumber, number
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

FAMILIES = ("day", "month")
"""Units to which times convert exactly; days and months do not convert into each other."""
WIDTH_OF_TITLE = 34  # characters
_TIME = re.compile(r"(?:at |after )?(?P<n>[\d.,]+|[a-z-]+)[ -](?P<unit>[a-z]+)|(?P<before>[a-z]+) (?P<after>\d+)", re.I)
_WHAT = {"median_iqr": "median ", "mean_sd": "mean ", "range": "range "}


@dataclass(frozen=True)
class Time:
    """A time in the unit of its axis: a point (`middle`), a span (`low` to `high`), or both.

    `whole` is the period inside which it lies, `kind` says how it is drawn: a period, a figure, or a moment.
    """

    name: str
    title: str
    text: str
    kind: str
    middle: float | None
    low: float
    high: float
    whole: float | None = None
    wrong: bool = False

    @property
    def words(self) -> str:
        """The time in words."""
        return f"{self.name}: {self.text}{', contradicted' * self.wrong}"


@dataclass(frozen=True)
class Axis:
    """Times that share an axis, in its unit ("month")."""

    unit: str
    times: tuple[Time, ...]


def axes_of(study: Study, ledger: Ledger) -> list[Axis]:
    """One axis for times in days and weeks, one for those in months and years: each with a duration, and two rows."""
    found = []
    for family in FAMILIES:
        claims = [claim for claim in study.claims.values() if _is_time(claim, family)]
        units = Counter(singular(claim.unit or "") for claim in claims)
        if units:
            unit = units.most_common(1)[0][0]
            times = (*(_time(study, ledger, claim, unit) for claim in claims), *_moments(study, unit))
            if len(times) > 1:
                found.append(Axis(unit, times))
    return found


def _is_time(claim: Claim, family: str) -> bool:
    own = claim.type in ("duration", "median_iqr", "mean_sd", "range") and claim.restates is None
    return own and not claim.change and claim.every is None and _converted(Fraction(1), claim.unit, family) is not None


def _converted(value: Fraction, unit: str | None, wanted: str) -> Fraction | None:
    found = in_unit(Interval(value, value), unit, wanted)
    return None if found is None else found.low


def _time(study: Study, ledger: Ledger, claim: Claim, unit: str) -> Time:
    value = study.values[claim.id]
    factor = _converted(Fraction(1), claim.unit, unit) or Fraction(1)
    numbers = [float(part.value * factor) for part in value.numbers]
    kind = spread_kind(claim, value)
    middle = None if claim.type == "range" else numbers[0]
    low, high = (numbers[0], numbers[0]) if len(numbers) == 1 else (numbers[-2], numbers[-1])
    if kind in ("sd", "se"):
        low, high = numbers[0] - numbers[1], numbers[0] + numbers[1]
    group = study.file.groups[claim.group].label if claim.group else ""
    name = sentence_case(", ".join(part for part in (claim.outcome or claim.label or claim.id, group) if part))
    text = f"{_WHAT.get(claim.type, '')}{claim.value} {claim.unit}"
    whole, period = None, study.claims.get(claim.within or "")
    if period is not None and (limit := _converted(study.values[period.id].first.value, period.unit, unit)) is not None:
        whole = float(limit)
        text += f", within {period.value} {period.unit}"
    wrong = ledger.row(claim.id).verdict == "contradicted"
    drawn = "period" if claim.type == "duration" else "figure"
    return Time(name, _title(name, claim, group), text, drawn, middle, low, high, whole, wrong)


def _title(name: str, claim: Claim, group: str) -> str:
    """The name in lines; where it is long, the group on a line of its own."""
    if claim.outcome is None or len(name) <= 2 * WIDTH_OF_TITLE - 8:
        return wrapped(name, WIDTH_OF_TITLE, 2)
    lines = (wrapped(sentence_case(claim.outcome), WIDTH_OF_TITLE, 2), clipped(group, WIDTH_OF_TITLE))
    return "\n".join(line for line in lines if line)


def _moments(study: Study, unit: str) -> Iterator[Time]:
    """The times at which figures were measured, as far as they are a number and a unit: "6 months"."""
    seen: dict[str, list[str]] = {}
    for claim in study.claims.values():
        if claim.time is not None and claim.outcome is not None:
            outcomes = seen.setdefault(claim.time, [])
            if claim.outcome not in outcomes:
                outcomes.append(claim.outcome)
    for time, outcomes in seen.items():
        at = _moment(time, unit)
        if at is not None:
            name = sentence_case(", ".join(outcomes))
            yield Time(name, wrapped(name, WIDTH_OF_TITLE, 2), f"at {time.removeprefix('at ')}", "moment", at, at, at)


def _moment(text: str, unit: str) -> float | None:
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    count, named = (match["n"], match["unit"]) if match["n"] else (match["after"], match["before"])
    try:
        value = number(count).value
    except NotPrintedNumber:
        return None
    found = _converted(value, named, unit)
    return None if found is None else float(found)
