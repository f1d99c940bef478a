"""Errors that a user can mend: each names the place, what was expected, what was found, and one way out.

The command prints them without a traceback and leaves with the exit code of their class.
"""

from __future__ import annotations

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


class PathsDisagree(UserError):
    """The two computations of a figure give different numbers: a defect of the product, never of the study."""

    exit_code = 10


class EnvironmentDiffers(UserError):
    """What runs is not what the lock file says."""

    exit_code = 12
