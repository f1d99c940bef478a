"""Where versions are kept: a folder, or any store that fsspec knows. A version is added whole and never changed.

A version exists from the moment its manifest stands in its folder.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from evidence_brief.errors import PlaceFailed, Problem, told
from evidence_brief.folders import NEW, own_folder, sweep, write_whole
from evidence_brief.publish.release import Number
from evidence_brief.study.model import is_id

LIST = "versions.json"
ADDING = ".adding-"
SAFE = "what was published stays as it was"


class Place(Protocol):
    """A folder or a store with one folder for each study, and in it one for each version. Paths are relative to it."""

    @property
    def name(self) -> str:
        """How messages name it."""

    def studies(self) -> list[str]:
        """The studies that have versions here, sorted."""

    def versions(self, study: str) -> list[Number]:
        """The versions of a study, oldest first."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none."""

    def fetch(self, study: str, number: Number, to: Path) -> None:
        """Copy a version into a new folder, as it is."""

    def begun(self, study: str) -> list[Number]:
        """Versions of a study that somebody has begun to add and not finished, or not yet."""

    def add(self, study: str, number: Number, made: Path) -> bool:
        """Add a version whole; False, and nothing is changed, where another one has its number."""

    def replace(self, path: str, data: bytes) -> None:
        """Write a file that may change, such as the list of versions, in one step."""

    def tidy(self, study: str) -> None:
        """Remove what runs that were killed have left beside the versions."""


@contextmanager
def failing_clearly(what: str, name: str) -> Iterator[None]:
    """Turn a failure of the disk or the network into a user's error that says what is safe."""
    try:
        yield
    except OSError as error:
        file, words = told(error)
        where = f"{name}: {file}" if file else name
        mend = "mend the place (space, permissions, connection) and run the command again"
        found = f"{words}; {SAFE}"
        raise PlaceFailed(Problem(where, f"cannot {what}", found=found, mend=mend)) from error


class Folder:
    """A place on this machine. A version is copied beside its place and gets there in one rename."""

    def __init__(self, root: Path, name: str | None = None) -> None:
        self.root = root
        self.name = name or str(root)

    def studies(self) -> list[str]:
        """The studies that have versions here, sorted."""
        with failing_clearly("be read", self.name):
            names = sorted(path.name for path in self.root.iterdir()) if self.root.is_dir() else []
        return [name for name in names if is_id(name) and (self.versions(name) or (self.root / name / LIST).exists())]

    def versions(self, study: str) -> list[Number]:
        """The versions of a study, oldest first."""
        folder = self.root / study
        with failing_clearly("be read", self.name):
            found = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
        return numbers(found)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        with failing_clearly("be read", self.name):
            try:
                if not stat.S_ISREG((self.root / path).stat().st_mode):  # reading a pipe would wait for ever
                    raise OSError(errno.EINVAL, "no regular file", path)
                return (self.root / path).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def fetch(self, study: str, number: Number, to: Path) -> None:
        """Copy a version into a new folder, as it is: links stay links, and are found out."""
        with failing_clearly("be read", self.name):
            shutil.copytree(self.root / study / number.name, to, symlinks=True)

    def begun(self, study: str) -> list[Number]:
        """Never any: a version that is being copied stands elsewhere until it is whole."""
        return []

    def add(self, study: str, number: Number, made: Path) -> bool:
        """Add a version whole; False where another one has its number."""
        place = self.root / study / number.name
        with failing_clearly("be written", self.name), own_folder(self.root / study, ADDING) as aside:
            staged = aside / number.name
            shutil.copytree(made, staged)
            for path in staged.rglob("*"):
                _keep(path)
            if place.exists():
                return False
            try:
                staged.rename(place)
            except OSError:
                if place.exists():
                    return False
                raise
            _keep(place.parent)
        return True

    def replace(self, path: str, data: bytes) -> None:
        """Write a file that may change in one step."""
        with failing_clearly("be written", self.name):
            write_whole(self.root / path, data)

    def tidy(self, study: str) -> None:
        """Remove what runs that were killed have left beside the versions."""
        for folder, prefix in ((study, ADDING), (study, NEW), (f"{study}/latest", NEW)):
            sweep(self.root / folder, prefix)


def _keep(path: Path) -> None:
    """Have the system write a file or a folder to its disk: a version outlives a loss of power."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def numbers(names: list[str]) -> list[Number]:
    """The versions among names of folders, oldest first."""
    found = []
    for name in names:
        try:
            number = Number.of(name)
        except ValueError:
            continue
        if number.name == name:
            found.append(number)
    return sorted(found)


def open_place(where: str | None, root: Path) -> Place:
    """The place that a person names: a folder (relative to the current one) or an address such as `s3://bucket/briefs`.

    Without a name it is `published/` in the project. Raises PlaceFailed for a kind of store that is not known,
    and for the empty name that a variable without a value leaves.
    """
    if where is None:
        return Folder(root / "published", "published")
    if not where.removeprefix("file://").strip():
        mend = "name a folder or an address; without --to and --from it is published/ in the project"
        raise PlaceFailed(Problem(repr(where), "names no place", mend=mend))
    if where.startswith("file://"):
        return Folder(Path(where.removeprefix("file://")).resolve(), where)
    if "://" in where or "::" in where:
        from evidence_brief.publish.store import Store

        return Store.open(where)
    return Folder(Path(where).resolve(), where)
