"""Errors that a user can mend: each names the place, what was expected, what was found, and one way out.

The command prints them without a traceback and leaves with the exit code of their class.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, at one place."""

    file: str
    message: str
    line: int | None = None
    claim: str | None = None
    expected: str | None = None
    found: str | None = None
    mend: str | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        lines = [f"{place}: " + (f"claim {self.claim}: " if self.claim else "") + self.message]
        for word, text in (("expected", self.expected), ("found", self.found), ("mend", self.mend)):
            if text:
                lines.append(f"    {word + ':':<10}{text}")
        return "\n".join(lines)


class UserError(Exception):
    """Several problems of one kind, reported together."""

    exit_code: ClassVar[int] = 1

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class InvalidStudy(UserError):
    """A study file, or a source that it names, is not as it must be."""

    exit_code = 3


class InvalidParameters(UserError):
    """A notebook was given parameters that it does not take, or not those that it needs."""

    exit_code = 4


class NotebookFailed(UserError):
    """A cell of a notebook raised an error."""

    exit_code = 5


class RenderFailed(UserError):
    """An engine could not make the page or the PDF."""

    exit_code = 6


class InspectionFailed(UserError):
    """What was rendered does not hold what the ledger says."""

    exit_code = 7


class NotAProject(UserError):
    """The folder is no evidence-brief project, or lacks one of its parts."""

    exit_code = 8


class FileFailed(UserError):
    """A file cannot be read or written: a full disk, no permission; what was made before stays as it was."""

    exit_code = 9


class PathsDisagree(UserError):
    """The two computations of a figure give different numbers: a defect of the product, never of the study."""

    exit_code = 10


class DamagedVersion(UserError):
    """A published version is not what its manifest says."""

    exit_code = 11


class EnvironmentDiffers(UserError):
    """What runs is not what the lock file says."""

    exit_code = 12


class PlaceFailed(UserError):
    """The place of the published versions cannot be read or written; what was published stays as it was."""

    exit_code = 13


class NotReproduced(UserError):
    """A published version is whole, but what runs here makes something else of its inputs, or cannot make it."""

    exit_code = 14


class FindingsDiffer(UserError):
    """The findings of a study are not the accepted ones, or its figures are drafts that nobody has confirmed."""

    exit_code = 15


class UnreadableSource(UserError):
    """A file that a study is to be made from is no text that can be read: scanned, encrypted, broken, too large."""

    exit_code = 17


_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_RIGHTS = (errno.EACCES, errno.EPERM, errno.EROFS)


def told(error: OSError) -> tuple[str | None, str]:
    """The file that an error of the system is about, where it says so, and its words.

    Copying a folder collects the errors of all its files; the first one says enough.
    """
    inner = error.args[0] if error.args else None
    if isinstance(inner, list) and inner and isinstance(inner[0], tuple):  # shutil.Error
        words = re.sub(r"^\[Errno \d+\] ", "", str(inner[0][-1]))
        return str(inner[0][1]), words.partition(": '")[0]
    where = error.filename2 or error.filename  # of two it is the one that is written to
    return None if where is None else str(where), error.strerror or str(error)


def of_file(error: OSError) -> FileFailed:
    """What a person can do about an error of the system; nothing that stood in its place before is lost."""
    where, words = told(error)
    mend = "mend it and run the command again"
    if error.errno in _ROOM or "space left" in words or "too large" in words:
        mend = "make room on the disk (or in its quota) and run the command again"
    elif error.errno in _RIGHTS:
        mend = "give yourself the permission, or name another folder, and run the command again"
    elif where is not None and "/.brief/" in where:
        mend = "delete the folder .brief: it only remembers what is up to date, and is made anew"
    found = f"{words}; what was made or published before stays as it was"
    return FileFailed(Problem(where or "a file", "cannot be read or written", found=found, mend=mend))


@contextmanager
def failing_as_user_error() -> Iterator[None]:
    """Turn an error of the system into one that a user can mend."""
    try:
        yield
    except OSError as error:
        raise of_file(error) from error
