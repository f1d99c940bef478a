"""Candidates from the cells that are read, with what belongs together in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.tables.entry import Entry
from evidence_brief.extract.tables.labels import is_category, is_time
from evidence_brief.extract.tables.sizes import group_in_stub
from evidence_brief.study.kinds import Kind

_SUMMARIES: dict[str, Kind] = {"mean": "mean_sd", "median": "median_iqr", "range": "range"}
_CHANGE = re.compile(r"\bchanges?\b|\bdifference\b|Δ|\bdelta\b", re.I)
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


@dataclass(frozen=True)
class _Writer:
    """Writes the candidates of one entry: what they all have is said once."""

    text: str
    entry: Entry
    name: str
    group: str | None
    outcome: str | None
    time: str | None

    def one(self, part: str, suffix: str, kind: Kind, **fields: Any) -> Candidate:
        """A candidate for a part of the cell."""
        start, end = self.entry.spans[part]
        about = {"group": self.group, "outcome": self.outcome, "time": self.time} | fields
        return Candidate(f"{self.name}{suffix}", kind, self.text[start:end], start, end, **about)


def made_of(text: str, entries: Iterable[Entry], prefix: str) -> list[Made]:
    """The candidates of each entry, in order."""
    return [Made(entry, _candidates(text, entry, prefix)) for entry in entries]


def _candidates(text: str, entry: Entry, prefix: str) -> tuple[Candidate, ...]:
    write = _Writer(text, entry, f"{prefix}-{entry.row.index}-{entry.column.index}", *_about(entry))
    if entry.kind == "p":
        return (write.one("x", "-p", "p_value", adjusted=entry.adjusted),)
    if entry.kind == "r":
        return (write.one("x", "", "correlation"),)
    if entry.kind in ("estimate", "interval"):
        return _estimate(write)
    if entry.kind in _SUMMARIES:
        of = None if entry.whole is None else f"{prefix}-{entry.whole[0]}-{entry.whole[1]}"
        return (_summary(write, _SUMMARIES[entry.kind], of),)
    return _shares(write)


def _about(entry: Entry) -> tuple[str | None, str | None, str | None]:
    """The group, the outcome and the time, as the headers and the stub say."""
    row, column = entry.row, entry.column
    outcome, time = row.stub.outcome or None, column.time
    of_patients = entry.kind in ("share", "count", "percent", "fraction")
    is_moment = outcome is not None and is_time(outcome) and not (of_patients and is_category(outcome))
    if is_moment and row.section is not None and time is None:
        outcome, time = row.section, outcome
    elif row.section is not None and outcome is not None:
        outcome = f"{row.section}: {outcome}"
    if entry.kind in ("p", "estimate", "interval", "r"):
        return None, outcome, time
    if (own := group_in_stub(row)) is not None and (column.group is None or column.size is None):
        return own, column.group, time
    if not entry.sized and entry.whole is None and column.group is not None:
        # A group of its own, so that nothing is held against the number in the header.
        return f"{column.group} (n not stated)", outcome, time
    return column.group, outcome, time


def _estimate(write: _Writer) -> tuple[Candidate, ...]:
    entry, found = write.entry, []
    if "x" in entry.spans:
        found.append(write.one("x", "", "estimate", measure=entry.measure, adjusted=entry.adjusted))
    low = "interval" if "interval" in entry.spans else "low"
    if low in entry.spans:
        of = found[0].name if found else None
        fields = {"measure": entry.measure, "adjusted": entry.adjusted, "of": of}
        found.append(write.one(low, "-ci", "confidence_interval", **fields))
    return tuple(found)


def _summary(write: _Writer, kind: Kind, of: str | None) -> Candidate:
    entry, outcome = write.entry, write.outcome or ""
    spread = entry.spread if entry.kind != "range" else None
    scale = outcome if _SCORE.search(outcome) else None
    change = _CHANGE.search(outcome) is not None or _CHANGE.search(entry.column.group or "") is not None
    unit = entry.row.stub.unit
    return write.one("x", "", kind, unit=unit, spread=spread, scale=scale, change=change, of=of)


def _shares(write: _Writer) -> tuple[Candidate, ...]:
    spans, found = write.entry.spans, []
    of = f"{write.name}-of" if "of" in spans else None
    count = write.name if "x" in spans else None
    if of is not None:
        found.append(write.one("of", "-of", "count", outcome=None))
    if count is not None:
        found.append(write.one("x", "", "count", of=of))
    if "share" in spans:
        unit = None if write.text[spans["share"][1] - 1] == "%" else "%"
        found.append(write.one("share", "-share", "proportion", unit=unit, count=count, of=of))
    return tuple(found)
