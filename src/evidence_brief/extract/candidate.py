"""What `extract` finds: a figure in a text, as a draft of a claim."""

from __future__ import annotations

from dataclasses import dataclass

from evidence_brief.study.kinds import Kind


@dataclass(frozen=True)
class Candidate:
    """One figure found in a text. Its fields are those of a claim; other candidates are named by their `name`.

    `start` and `end` are the span of the value in the text, in characters from 0, the end not included, so that
    `text[start:end] == value`. `group`, `outcome` and `time` are words of the text, None where it says nothing.
    """

    name: str
    type: Kind
    value: str
    start: int
    end: int
    group: str | None = None
    outcome: str | None = None
    time: str | None = None
    unit: str | None = None
    scale: str | None = None
    spread: str | None = None
    measure: str | None = None
    test: str | None = None
    method: str | None = None
    every: str | None = None
    change: bool = False
    paired: bool = False
    adjusted: bool = False
    size_of: str | None = None  # of a count: the label of the group whose number of patients it is
    count: str | None = None
    of: str | None = None
    within: str | None = None
    restates: str | None = None
    compares: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Apart:
    """A numeral that is no figure of the study, and why: a reference mark, a year, a part of a name."""

    start: int
    end: int
    reason: str
