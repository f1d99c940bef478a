"""Verify published versions: is everything as it was published, and do its inputs still make it?"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from ruamel.yaml.error import YAMLError

from evidence_brief.errors import (
    DamagedVersion,
    FileFailed,
    InvalidStudy,
    NotReproduced,
    PlaceFailed,
    Problem,
    UserError,
    of_file,
    told,
)
from evidence_brief.publish.build import INSIDE, Say
from evidence_brief.publish.intact import Held, against_list, held, listing
from evidence_brief.publish.lists import misled
from evidence_brief.publish.manifest import MANIFEST
from evidence_brief.publish.place import LIST, Folder, Place, numbers
from evidence_brief.publish.rebuild import Rebuilt, rebuild
from evidence_brief.publish.release import RECORD
from evidence_brief.publish.wanted import Wanted

Outcome = Literal["identical", "intact", "differs", "damaged", "unknown"]
"""Made anew byte for byte; whole, and not (wholly) made anew; whole, and made anew otherwise; not as published; and not
known, where the place or this machine failed."""

_OF_MACHINE = (
    *(errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM),
    *(errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EIO),
)
"""Errors that say nothing of a version: the disk is full, or cannot be written."""


@dataclass(frozen=True)
class Verified:
    """What was found of one version; `error` holds all of it that is wrong."""

    name: str
    outcome: Outcome
    anchored: bool
    rebuilt: Rebuilt | None = None
    error: UserError | None = None


def verify(place: Place, one: Wanted, *, anew: bool, kept: Path | None, say: Say) -> Verified:
    """Verify one version; with `anew`, it is made once more from its inputs. Every error is returned, not raised."""
    try:
        with _at_hand(place, one) as folder:
            entry, wrong = _listed(place, one, folder)
            say("checking sums")
            state = held(folder, one.name, None if entry is None else str(entry.get("manifest")))
            wrong += _misplaced(one, folder, state)
            if entry is not None and state.manifest is not None:
                wrong += against_list(entry, state.manifest, state.release, one.name)
            if entry is not None and one.number is not None:
                wrong += misled(place, one.study, one.number.name)
            state = replace(state, problems=(*state.problems, *wrong))
            rebuilt, failure = _rebuilt(folder, state, kept, say) if anew else (None, None)
    except (PlaceFailed, FileFailed) as error:
        return Verified(one.name, "unknown", anchored=False, error=error)
    except UserError as error:
        return Verified(one.name, "damaged", anchored=False, error=error)
    outcome, found = _outcome(one.name, state, rebuilt, failure)
    return Verified(one.name, outcome, entry is not None, rebuilt, found)


def _misplaced(one: Wanted, folder: Path, state: Held) -> list[Problem]:
    """Where a whole version stands in the place of another one."""
    if one.number is None or state.manifest is None:
        return []
    found = f"{state.manifest.study}@v{state.manifest.version}"
    if folder.is_symlink() or found != f"{one.study}@{one.number.name}":
        found = "a symbolic link" if folder.is_symlink() else found
        mend = "restore the version from a backup"
        return [Problem(f"{one.name}: {MANIFEST}", "another version stands here", found=found, mend=mend)]
    return []


def _outcome(
    name: str, state: Held, rebuilt: Rebuilt | None, failure: UserError | None
) -> tuple[Outcome, UserError | None]:
    if state.problems:
        return "damaged", DamagedVersion(*(_located(problem, rebuilt) for problem in state.problems))
    if isinstance(failure, FileFailed):
        return "unknown", failure
    if failure is not None:
        # What would be kept of a notebook that fails is gone with the folder in which it was made anew.
        found = (problem for problem in failure.problems if not problem.file.startswith(".brief/"))
        return "differs", NotReproduced(*(replace(problem, file=f"{name}: {problem.file}") for problem in found))
    if rebuilt is None:
        return "intact", None
    if rebuilt.differences or (rebuilt.not_made and not rebuilt.why_not):
        return "differs", NotReproduced(*_problems(name, rebuilt))
    return "intact" if rebuilt.why_not else "identical", None


def _located(problem: Problem, rebuilt: Rebuilt | None) -> Problem:
    """The problem of a changed file with the place in it, where its inputs could make it anew."""
    for one in rebuilt.differences if rebuilt else ():
        if problem.file.endswith(f": {one.file}"):
            message = f"{problem.message}, from byte {one.first} to {one.last}"
            if not (one.expected or one.found):
                return replace(problem, message=message)
            return replace(problem, message=message, expected=one.found, found=one.expected)
    return problem


@contextmanager
def _at_hand(place: Place, one: Wanted) -> Iterator[Path]:
    if one.folder is not None:
        yield one.folder
        return
    assert one.number is not None
    if isinstance(place, Folder):  # copying would follow what has no place in a version, or wait for it
        yield place.root / one.study / one.number.name
        return
    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / one.number.name
        place.fetch(one.study, one.number, folder)
        yield folder


def _listed(place: Place, one: Wanted, folder: Path) -> tuple[dict[str, Any] | None, list[Problem]]:
    """What the list of versions says of this one, in the place or beside a folder; and what is wrong with it."""
    name = folder.resolve().name if one.number is None else one.number.name
    if one.number is not None:
        data = place.read(f"{one.study}/{LIST}")
    else:
        beside = folder.resolve().parent / LIST
        data = beside.read_bytes() if beside.is_file() and numbers([name]) else None
    try:
        return listing(None if data is None else data.decode("utf-8", "replace"), name), []
    except DamagedVersion as error:
        return None, [replace(problem, file=f"{one.name}: {problem.file}") for problem in error.problems]


def _rebuilt(folder: Path, state: Held, kept: Path | None, say: Say) -> tuple[Rebuilt | None, UserError | None]:
    """Made anew where the inputs and the record are as they were: then it also tells what was changed in a page."""
    if state.manifest is None or state.release is None:
        return None, None
    if any(path == RECORD or path.startswith(f"{INSIDE}/") for path in state.damaged):
        return None, None
    try:
        return rebuild(folder, state.manifest, state.release, kept, say), None
    except UserError as error:
        return None, error
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, YAMLError) as error:
        if isinstance(error, OSError) and told(error)[1] in map(os.strerror, _OF_MACHINE):
            return None, of_file(error)
        # Inputs with sums that fit, and yet no inputs: whoever changed them changed the manifest too.
        message = "cannot be made anew: its inputs cannot be read"
        found = f"{type(error).__name__}: {str(error)[:200]}"
        return None, InvalidStudy(Problem(INSIDE, message, found=found))


def _problems(name: str, rebuilt: Rebuilt) -> Iterator[Problem]:
    for one in rebuilt.differences:
        message = f"comes out otherwise from byte {one.first} to {one.last}"
        yield Problem(f"{name}: {one.file}", message, expected=one.expected or None, found=one.found or None)
    for path in rebuilt.not_made if not rebuilt.why_not else ():
        words = "is none of its inputs" if path.startswith(f"{INSIDE}/") else "is not made any more"
        yield Problem(f"{name}: {path}", words)
    for text in rebuilt.figures:
        yield Problem(f"{name}: figure {text}", "it moved")
    if rebuilt.tools:
        mend = "to make it byte for byte, install the lock file inside the version: inputs/requirements.lock"
        yield Problem(name, "what runs here is not what made it", found="; ".join(rebuilt.tools), mend=mend)
