"""The record of a version: its number and date, what it says in one sum, and what changed since each earlier one.

It is `version.json` in the version's folder: the same inputs and the same record make the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal, get_args

from evidence_brief.checks.result import VERDICTS
from evidence_brief.errors import DamagedVersion, Problem
from evidence_brief.publish.changes import CAUSES, Change, What
from evidence_brief.publish.typed import WRONG, items, optional, pair, said, text, texts

RECORD = "version.json"
Kind = Literal["first", "major", "minor"]
NAME = re.compile(r"v?(?P<major>[1-9][0-9]{0,5})(?:\.(?P<minor>0|[1-9][0-9]{0,5}))?")


@dataclass(frozen=True, order=True)
class Number:
    """Two parts: the first changes with a verdict or a conclusion, the second with anything else that a brief says."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"

    @property
    def name(self) -> str:
        """The name of the version's folder: "v1.0"."""
        return f"v{self}"

    @classmethod
    def of(cls, name: str) -> Number:
        """Read "v1.0" or "1.0". Raises ValueError."""
        match = NAME.fullmatch(name)
        if match is None or match["minor"] is None:
            raise ValueError(f"{name!r} is no version")
        return cls(int(match["major"]), int(match["minor"]))

    def next(self, kind: Kind) -> Number:
        """The number of a version that follows this one."""
        return Number(self.major + 1, 0) if kind == "major" else Number(self.major, self.minor + 1)


FIRST = Number(1, 0)


@dataclass(frozen=True)
class Since:
    """What changed since one earlier version; `files` and `tools` are the inputs and the packages that differ."""

    version: str
    date: str
    changes: tuple[Change, ...]
    files: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()

    @property
    def is_major(self) -> bool:
        """Whether a verdict or a conclusion changed."""
        return any(change.is_major for change in self.changes)


@dataclass(frozen=True)
class Release:
    """A version of a study's brief. `since` begins with the version before it; it is empty for the first."""

    study: str
    number: Number
    date: str
    documents: Mapping[str, str] = field(default_factory=dict)
    since: Sequence[Since] = ()

    @property
    def kind(self) -> Kind:
        """What kind of change it is against the version before it."""
        if not self.since:
            return "first"
        return "major" if self.number.minor == 0 else "minor"

    @property
    def label(self) -> str:
        """How pages name it: "version 1.0, 24 November 2026"."""
        return f"version {self.number}, {long_date(self.date)}"


def long_date(iso: str) -> str:
    """A date for readers, without the machine's language: "24 November 2026"."""
    day = date.fromisoformat(iso)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def to_json(release: Release) -> str:
    """The record as canonical JSON."""
    data = asdict(release) | {"number": str(release.number), "kind": release.kind}
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def from_json(source: str, name: str) -> Release:
    """Read a record. Raises DamagedVersion, which names the file, for what is none."""
    try:
        data = json.loads(source)
        documents = {key: text({key: value}, key) for key, value in data["documents"].items()}
        since = tuple(_since(item) for item in items(data, "since"))
        return Release(text(data, "study"), _number(data, "number"), _date(data), documents, since)
    except WRONG as error:
        mend = "restore the file from a backup, or take another version"
        raise DamagedVersion(Problem(name, "is no record of a version", found=said(error), mend=mend)) from error


def _since(item: Mapping[str, Any]) -> Since:
    found = tuple(_change(change) for change in items(item, "changes"))
    return Since(str(_number(item, "version")), _date(item), found, texts(item, "files"), texts(item, "tools"))


def _number(item: Mapping[str, Any], key: str) -> Number:
    """A number as records have it, without the letter."""
    number = Number.of(text(item, key))
    if str(number) != item[key]:
        raise ValueError(f"{key} is {item[key]!r}, which is no version")
    return number


def _date(item: Mapping[str, Any]) -> str:
    day = text(item, "date")
    if date.fromisoformat(day).isoformat() != day:
        raise ValueError(f"date is {day!r}, which is no date like 2026-01-31")
    return day


def _change(item: Mapping[str, Any]) -> Change:
    what: Any = text(item, "what", get_args(What))
    causes: Any = texts(item, "causes", CAUSES)
    old, new, flips, was = (optional(item, key) for key in ("old", "new", "flips", "was"))
    verdicts, recomputed = pair(item, "verdicts", VERDICTS), pair(item, "recomputed")
    return Change(what, text(item, "id"), text(item, "label"), old, new, verdicts, recomputed, flips, was, causes)
