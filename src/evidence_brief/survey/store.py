"""What a survey has done so far, kept on disk: a survey that was killed reads only what is left."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from evidence_brief.errors import FileFailed, Problem

ENDING = ".unfinished"
"""What is added to the name of the table for the file beside it that holds the work so far."""

_TABLES = """
CREATE TABLE IF NOT EXISTS code (sum TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS done (
    file TEXT PRIMARY KEY, sha256 TEXT, status TEXT NOT NULL, error TEXT, rows TEXT NOT NULL
) WITHOUT ROWID;
"""


class Store:
    """The rows of every file that is done, by its name; what another version of the program did is dropped."""

    def __init__(self, path: Path, code: str) -> None:
        self.path = path
        with self._failing():
            self._database = sqlite3.connect(path, timeout=1.0, check_same_thread=False, isolation_level="DEFERRED")
            self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._database.execute("PRAGMA synchronous = NORMAL")
            self._database.executescript("BEGIN EXCLUSIVE;" + _TABLES + "COMMIT;")
            if self._database.execute("SELECT sum FROM code").fetchall() != [(code,)]:
                self._database.executescript("BEGIN; DELETE FROM code; DELETE FROM done; COMMIT;")
                self._database.execute("INSERT INTO code VALUES (?)", (code,))
            self._database.commit()

    def has(self, file: str, sha256: str | None) -> bool:
        """Whether the file with this content is done."""
        with self._failing():
            found = self._database.execute("SELECT sha256 FROM done WHERE file = ?", (file,)).fetchone()
        return found is not None and found[0] == sha256

    def put(self, file: str, sha256: str | None, surveyed: dict[str, Any]) -> None:
        """Keep what became of a file; it is safe after the next `commit`."""
        rows = json.dumps(surveyed["rows"], ensure_ascii=False)
        with self._failing():
            self._database.execute(
                "INSERT OR REPLACE INTO done VALUES (?, ?, ?, ?, ?)",
                (file, sha256, surveyed["status"], surveyed["error"], rows),
            )

    def commit(self) -> None:
        """Make all that was put safe from being killed."""
        with self._failing():
            self._database.commit()

    def rows(self, files: list[str]) -> Iterator[tuple[str, str | None, str, str | None, list[list[Any]]]]:
        """Per file its name, sum, status, error and rows, in the order of the names that are given."""
        for file in files:
            with self._failing():
                found = self._database.execute(
                    "SELECT file, sha256, status, error, rows FROM done WHERE file = ?", (file,)
                ).fetchone()
            yield (*found[:4], json.loads(found[4]))

    def close(self) -> None:
        """Let go of the file; what was not made safe is lost."""
        self._database.close()

    def remove(self) -> None:
        """Close and delete it: the table is written."""
        self.close()
        for ending in ("", "-journal"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            locked = "locked" in str(error)
            mend = "wait until the other survey is done, or name another file"
            if not locked:
                mend = "make room on the disk, or delete this file to begin anew, and run the command again"
            found = "another survey is writing it" if locked else str(error)
            raise FileFailed(Problem(str(self.path), "cannot be written", found=found, mend=mend)) from error
