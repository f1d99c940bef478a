"""Days of a scheduler in one process: `python days.py PROJECT OUT date|clock FIRST LAST`.

Each day runs `brief regenerate`, leaves its summaries in OUT, and prints a line of JSON with its date, its exit code
and the sum of `published/`. With `clock` no date is given: the clock of the process and the times of all files are
moved instead.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path

from typer.testing import CliRunner

from evidence_brief import cli_versions
from evidence_brief.cli import app
from evidence_brief.errors import UserError


class Moved(datetime):
    """A clock that shows what `time.time` says, which is moved."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Moved:
        return cls.fromtimestamp(time.time(), tz)


def sum_of(folder: Path) -> str:
    """One sum of all files, their names and their bytes."""
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        found.update(f"{path.relative_to(folder)}\n".encode() + (path.read_bytes() if path.is_file() else b""))
    return found.hexdigest()


def move_clock(project: Path, day: date) -> None:
    """The process and every file are of this day; on every second day SOURCE_DATE_EPOCH alone says so."""
    moment = datetime(day.year, day.month, day.day, 5, 0, tzinfo=UTC).timestamp()
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    if day.toordinal() % 2:
        os.environ["SOURCE_DATE_EPOCH"] = str(int(moment))
    else:
        time.time = lambda: moment
    for path in project.rglob("*"):
        os.utime(path, (moment, moment), follow_symlinks=False)


def main(project: Path, out: Path, how: str, first: date, last: date) -> None:
    """Run each day."""
    os.chdir(project)
    if how == "clock":
        setattr(cli_versions, "datetime", Moved)  # noqa: B010  # the clock of the command
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if how == "clock":
            move_clock(project, day)
        made = ["--json", str(out / f"{day}.json"), "--markdown", str(out / f"{day}.md")]
        dated = ["--date", day.isoformat()] if how == "date" else []
        done = CliRunner().invoke(app, ["regenerate", "--engine", "embedded", "--jobs", "1", *made, *dated])
        code = done.exception.exit_code if isinstance(done.exception, UserError) else done.exit_code
        told = {"date": day.isoformat(), "code": code, "published": sum_of(project / "published")}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], *(date.fromisoformat(day) for day in sys.argv[4:6]))
