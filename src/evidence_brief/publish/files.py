"""The files of a published version: which there are, their sums, and the paths that a manifest may hold."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from evidence_brief.errors import DamagedVersion, Problem, told

MANIFEST = "ro-crate-metadata.json"
"""The manifest's name, as RO-Crate prescribes it; it stands in the folder of the version and lists all other files."""


@dataclass(frozen=True)
class File:
    """What a file is known by: the sha256 of its bytes in hexadecimal, and their number."""

    sha256: str
    size: int


def files_of(folder: Path) -> dict[str, File]:
    """Every regular file of the folder but the manifest, by its posix path in it.

    Raises DamagedVersion if there is anything else, for example a symbolic link: it would lead out of the version.
    """
    files, problems = survey(folder)
    if problems:
        raise DamagedVersion(*problems)
    return files


def survey(folder: Path) -> tuple[dict[str, File], list[Problem]]:
    """Every regular file of the folder but the manifest, and what cannot be in a version or cannot be read."""
    files: dict[str, File] = {}
    problems: list[Problem] = []
    try:
        for path, entry in _walk(folder, folder):
            if (fault := _fault_of_entry(path, entry)) is not None:
                problems.append(_strange(path, fault))
            elif path != MANIFEST:
                files[path] = _file(Path(entry.path))
    except OSError as error:
        where, words = told(error)
        path = Path(where or folder).relative_to(folder).as_posix()
        mend = "give yourself the permission to read it, or restore the version from where it was published"
        problems.append(Problem(_printable(path), "cannot be read", found=words, mend=mend))
    return files, problems


def _walk(folder: Path, root: Path) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All entries that are no folders, by their paths in the root; links are not followed."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path), root)
            else:
                yield Path(entry.path).relative_to(root).as_posix(), entry


def _fault_of_entry(path: str, entry: os.DirEntry[str]) -> str | None:
    if entry.is_symlink():
        return "a symbolic link"
    if not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
        return "a special file"
    return None if path == MANIFEST else fault_of_path(path)


def _strange(path: str, fault: str) -> Problem:
    return Problem(
        _printable(path),
        "a published version cannot hold this",
        expected="regular files, whose names have no backslash and no control character",
        found=fault,
        mend="remove it, or restore the version from where it was published",
    )


def _printable(path: str) -> str:
    """The path as it can be printed, also where it is no UTF-8."""
    return path.encode("utf-8", "backslashreplace").decode()


def _file(path: Path) -> File:
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
        return File(found, stream.tell())


def fault_of_path(path: str) -> str | None:
    """What keeps the path out of a manifest, since it would lead out of the version or differ between systems."""
    if path == MANIFEST:
        return "the manifest itself"
    if "\\" in path or any(ord(sign) < 32 or ord(sign) == 127 for sign in path):
        return "a path with a backslash or a control character"
    if any(0xD800 <= ord(sign) <= 0xDFFF for sign in path):
        return "a path that is no UTF-8"
    if path.startswith("/") or PureWindowsPath(path).drive:
        return "an absolute path"
    if any(part in {"", ".", ".."} for part in path.split("/")):
        return "a path with an empty part, . or .."
    return None
