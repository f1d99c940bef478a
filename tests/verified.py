"""Verify a version as `brief verify` does, in this process."""

from __future__ import annotations

from pathlib import Path

from tests.published import TRIAL

from evidence_brief.publish.place import Folder
from evidence_brief.publish.release import Number
from evidence_brief.publish.verify import Verified, verify
from evidence_brief.publish.wanted import Wanted

FIRST, SECOND = Number(1, 0), Number(1, 1)


def verified(place: Path, number: Number = FIRST, *, anew: bool = False) -> Verified:
    """What is found of a version in a place."""
    one = Wanted(f"{TRIAL}@{number.name}", TRIAL, number)
    return verify(Folder(place), one, anew=anew, kept=None, say=lambda _: None)


def verified_alone(folder: Path, *, anew: bool = True) -> Verified:
    """What is found of a folder that somebody has downloaded."""
    return verify(Folder(folder.parent), Wanted("here", folder=folder), anew=anew, kept=None, say=lambda _: None)


def require_told(result: Verified, *words: str, outcome: str = "damaged") -> None:
    """The outcome, and an error that says these words, the name of the file among them."""
    assert result.outcome == outcome, result
    assert result.error is not None
    assert [word for word in words if word not in str(result.error)] == [], result.error
