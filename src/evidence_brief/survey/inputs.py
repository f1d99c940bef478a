"""Which files a survey reads: those that are named, those in folders, and those that lists name."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from evidence_brief.errors import FileFailed, Problem, of_file

READ = frozenset((".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".xml", ".nxml", ".pdf"))
"""Endings of the files that are read out of folders; a file that is named is read whatever it is called."""


def files_of(paths: Iterable[str]) -> list[str]:
    """The files, each once, in the order of their names; those of folders at any depth, hidden ones left out.

    `@list.txt` names a file with one path a line, `-` is such a list on standard input. Raises FileFailed where a
    path leads nowhere, or where nothing is left to read.
    """
    found: set[str] = set()
    missing: list[str] = []
    for path in _named(paths):
        if os.path.isdir(path):
            found.update(_inside(path))
        elif os.path.lexists(path):
            found.add(os.path.normpath(path))
        else:
            missing.append(path)
    if missing:
        more = f" and {len(missing) - 20} more" if len(missing) > 20 else ""
        found_none = f"nothing of this name{more}"
        mend = "name files, folders, or lists of them as @list.txt"
        raise FileFailed(*(Problem(path, "cannot be read", found=found_none, mend=mend) for path in missing[:20]))
    if not found:
        mend = f"files with these endings are read: {', '.join(sorted(READ))}"
        raise FileFailed(Problem("the paths", "hold no file that can be read", mend=mend))
    return sorted(found, key=os.fsencode)


def _named(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if path == "-":
            yield from _lines(sys.stdin.buffer.read())
        elif path.startswith("@") and not os.path.lexists(path):
            try:
                yield from _lines(Path(path[1:]).read_bytes())
            except OSError as error:
                raise of_file(error) from error
        else:
            yield path


def _lines(content: bytes) -> Iterator[str]:
    yield from (os.fsdecode(line) for line in content.splitlines() if line.strip())


def _inside(folder: str) -> Iterator[str]:
    """The files of a folder that can be read; links to folders are not followed, so that no circle is endless."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if not name.startswith(".") and os.path.splitext(name)[1].lower() in READ:
                yield os.path.normpath(os.path.join(place, name))
