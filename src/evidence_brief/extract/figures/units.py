"""The unit that stands after a number, also where a list prints it once: "30 or 60 μg", "6, 12 and 24 months"."""

from __future__ import annotations

import re
from typing import NamedTuple

from evidence_brief.extract.figures.intervals import level_at
from evidence_brief.extract.figures.scan import Scan
from evidence_brief.extract.figures.vocabulary import NOUN, PERSON, STOPPED, TIME, TIMES, UNIT, is_dose

_LIST = re.compile(r"\s?(?:,|;|and|or|vs\.?|versus|to|, and|, or|/|-|–|and/or|compared (?:with|to))\s")
_BEFORE = re.compile(r"(?:^|[^a-z])(?P<unit>weeks?|months?|days?|years?|hours?|wk)[ -]$")
LONGEST_LIST = 8


class Unit(NamedTuple):
    """A unit: what kind of figure it makes (time, dose, measured, persons, things, percent), and its words."""

    kind: str
    words: str | None
    end: int


def unit_after(scan: Scan, i: int) -> Unit | None:
    """The unit of number i, its own or the one of the list that it stands in."""
    for j in range(i, min(i + LONGEST_LIST, len(scan.tokens))):
        if j > i and (_LIST.fullmatch(scan.gap(j)) is None or level_at(scan, j)):
            return None
        if (unit := own_unit(scan, scan.tokens[j].stop, scan.tokens[j].percent)) is not None:
            return unit
    return None


def own_unit(scan: Scan, at: int, percent: bool = False) -> Unit | None:
    """The unit that stands at this place."""
    low = scan.low
    if percent:
        return Unit("percent", "%", at)
    if (match := TIME.match(low, at)) is not None:
        return Unit("time", TIMES[match["unit"]], match.end())
    if (match := UNIT.match(low, at)) is not None:
        kind = "dose" if is_dose(match["base"], match["over"]) else "measured"
        return Unit(kind, scan.text[match.start("unit") : match.end("unit")], match.end())
    if (match := PERSON.match(low, at)) is not None:
        return Unit("persons", None, match.end())
    if (match := NOUN.match(low, at)) is not None:
        return Unit("things", scan.text[match.start("unit") : match.end("unit")], match.end())
    return None


def unit_before(scan: Scan, i: int) -> str | None:
    """The unit of time that stands before its number: "week 26", "days 1 and 8"."""
    match = _BEFORE.search(scan.gaps[i])
    return TIMES[match["unit"]] if match else None


def stops(scan: Scan, at: int) -> bool:
    """Whether no noun follows that would say what a count counts: "24 received"."""
    return STOPPED.match(scan.low, at) is not None
