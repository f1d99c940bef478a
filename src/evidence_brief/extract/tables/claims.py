"""Candidates from the cells that are read, with what belongs together in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.tables.entries import Entry
from evidence_brief.extract.tables.labels import is_time
from evidence_brief.extract.tables.sizes import group_in_stub

_SCORE = re.compile(r"\b(?:scores?|scale|subscale|inventory|questionnaire)\b", re.I)


@dataclass(frozen=True)
class Made:
    """The candidates of one cell, the first of which others compare or belong to."""

    entry: Entry
    candidates: tuple[Candidate, ...]
    whole: bool = False  # "22/24 (91.7)": the cell itself says of how many

    @property
    def main(self) -> Candidate:
        """What a P value compares, or is of: the percentage beside a count, the interval beside an estimate."""
        return self.candidates[-1]


def made_of(text: str, entries: Iterable[Entry], prefix: str) -> list[Made]:
    """The candidates of each entry, in order."""
    return [Made(entry, _candidates(text, entry, prefix)) for entry in entries]


def _candidates(text: str, entry: Entry, prefix: str) -> tuple[Candidate, ...]:
    name = f"{prefix}-{entry.row.index}-{entry.column.index}"
    about = _about(entry)

    def one(part: str, suffix: str, kind: str) -> Candidate:
        start, end = entry.spans[part]
        return replace(about, name=f"{name}{suffix}", type=kind, value=text[start:end], start=start, end=end)  # type: ignore[arg-type]

    if entry.kind == "p":
        return (replace(one("x", "-p", "p_value"), adjusted=entry.adjusted),)
    if entry.kind == "r":
        return (one("x", "", "correlation"),)
    if entry.kind in ("estimate", "interval"):
        return _estimate(entry, one)
    if entry.kind in ("mean", "median", "range"):
        return (_summary(entry, one),)
    return _shares(text, entry, one)


def _about(entry: Entry) -> Candidate:
    """A candidate with what the headers and the stub say, and no value yet."""
    row, column = entry.row, entry.column
    outcome, time = row.stub.outcome or None, column.time
    if outcome is not None and is_time(outcome) and row.section is not None and time is None:
        outcome, time = row.section, outcome
    elif row.section is not None and outcome is not None:
        outcome = f"{row.section}: {outcome}"
    group = column.group
    if entry.kind in ("p", "estimate", "interval", "r"):
        group = None
    elif (own := group_in_stub(row)) is not None and (column.group is None or column.size is None):
        group, outcome = own, column.group
    elif not entry.sized and group is not None:
        group = (
            f"{group} (n not stated)"  # a group of its own, so that nothing is held against the number in the header
        )
    return Candidate("", "count", "", 0, 0, group=group, outcome=outcome, time=time)


def _estimate(entry: Entry, one: object) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    if "x" in entry.spans:
        found.append(replace(one("x", "", "estimate"), measure=entry.measure, adjusted=entry.adjusted))  # type: ignore[operator]
    low = "interval" if "interval" in entry.spans else "low"
    if low in entry.spans:
        interval = one(low, "-ci", "confidence_interval")  # type: ignore[operator]
        of = found[0].name if found else None
        found.append(replace(interval, measure=entry.measure, adjusted=entry.adjusted, of=of))
    return tuple(found)


def _summary(entry: Entry, one: object) -> Candidate:
    kind = {"mean": "mean_sd", "median": "median_iqr", "range": "range"}[entry.kind]
    candidate: Candidate = one("x", "", kind)  # type: ignore[operator]
    outcome = candidate.outcome or ""
    spread = entry.spread if entry.kind != "range" else None
    scale = outcome if _SCORE.search(outcome) else None
    change = re.search(r"\bchanges?\b|\bdifference\b|Δ|\bdelta\b", f"{outcome} {entry.column.group or ''}", re.I)
    return replace(candidate, unit=entry.row.stub.unit, spread=spread, scale=scale, change=change is not None)


def _shares(text: str, entry: Entry, one: object) -> tuple[Candidate, ...]:
    found: list[Candidate] = []
    count = of = None
    if "of" in entry.spans:
        whole: Candidate = one("of", "-of", "count")  # type: ignore[operator]
        of = whole.name
        found.append(replace(whole, outcome=None))
    if "x" in entry.spans:
        counted: Candidate = one("x", "", "count")  # type: ignore[operator]
        count = counted.name
        found.append(replace(counted, of=of))
    if "share" in entry.spans:
        share: Candidate = one("share", "-share", "proportion")  # type: ignore[operator]
        unit = None if share.value.endswith("%") else "%"
        found.append(replace(share, unit=unit, count=count, of=of))
    return tuple(found)
