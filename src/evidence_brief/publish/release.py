"""The record of a version: its number and date, what it says in one sum, and what changed since each earlier one.

It is `version.json` in the version's folder: the same inputs and the same record make the same bytes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

from evidence_brief.errors import DamagedVersion, Problem
from evidence_brief.publish.changes import Change

RECORD = "version.json"
Kind = Literal["first", "major", "minor"]
NAME = re.compile(r"v?(?P<major>[1-9]\d{0,5})(?:\.(?P<minor>\d{1,6}))?")


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
    def of(cls, text: str) -> Number:
        """Read "v1.0" or "1.0". Raises ValueError."""
        match = NAME.fullmatch(text)
        if match is None or match["minor"] is None:
            raise ValueError(f"{text!r} is no version")
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
        return "major" if self.since[0].is_major else "minor"

    @property
    def label(self) -> str:
        """How pages name it: "version 1.0, 24 November 2026"."""
        return f"version {self.number}, {long_date(self.date)}"


def long_date(text: str) -> str:
    """A date for readers, without the machine's language: "24 November 2026"."""
    day = date.fromisoformat(text)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def to_json(release: Release) -> str:
    """The record as canonical JSON."""
    data = asdict(release) | {"number": str(release.number), "kind": release.kind}
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def from_json(text: str, name: str) -> Release:
    """Read a record. Raises DamagedVersion, which names the file, for what is none."""
    try:
        data = json.loads(text)
        date.fromisoformat(data["date"])
        documents = {str(key): str(value) for key, value in data["documents"].items()}
        since = tuple(_since(item) for item in data["since"])
        return Release(str(data["study"]), Number.of(data["number"]), data["date"], documents, since)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        mend = "restore the file from a backup, or take another version"
        raise DamagedVersion(Problem(name, "is no record of a version", found=str(error)[:200], mend=mend)) from error


def _since(item: Mapping[str, Any]) -> Since:
    changes = tuple(_change(change) for change in item["changes"])
    Number.of(item["version"])
    date.fromisoformat(item["date"])
    return Since(item["version"], item["date"], changes, tuple(item["files"]), tuple(item["tools"]))


def _change(item: Mapping[str, Any]) -> Change:
    pairs = {key: (item[key][0], item[key][1]) for key in ("verdicts", "recomputed")}
    return Change(**{**item, **pairs, "causes": tuple(item["causes"])})
