"""How outputs get to their places whole, whatever stops the process that makes them."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp


@contextmanager
def own_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder in `parent` whose name begins with `prefix`, which no other process uses, removed afterwards.

    What killed processes have left there is removed first: the system has let go of their locks.
    """
    parent.mkdir(parents=True, exist_ok=True)
    _sweep(parent, prefix)
    unseen = Path(mkdtemp(prefix=".fresh-", dir=parent))
    lock = os.open(unseen, os.O_RDONLY)
    try:
        _lock(lock)
        # It gets its name with its lock: nobody can take it for one that was left.
        folder = unseen.rename(parent / (prefix + unseen.name.removeprefix(".fresh-")))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(lock)


def _sweep(parent: Path, prefix: str) -> None:
    for folder in sorted(parent.glob(f"{prefix}*")):
        try:
            lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            continue  # gone already, or no folder
        try:
            if _lock(lock):
                shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(lock)


def _lock(folder: int) -> bool:
    """Whether this process has the folder for itself now; False too where the file system knows no locks."""
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def alone(lock: Path) -> Iterator[None]:
    """Wait until no other process is inside for the same file; a killed one is inside no more."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def require_writable(folder: Path) -> None:
    """Raise OSError when the folder, or the one above in which it would be made, takes no files."""
    above = next(path for path in (folder, *folder.parents) if path.exists())
    if not above.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, "not a folder", str(above))
    if not os.access(above, os.W_OK):
        raise PermissionError(errno.EACCES, "no permission to write", str(above))


def keep_times(made: Path, place: Path) -> None:
    """Give each file that is made as it was before its time of before: `quarto preview` renders what is newer."""
    for path in made.rglob("*"):
        before = place / path.relative_to(made)
        if path.is_file() and before.is_file() and path.read_bytes() == before.read_bytes():
            shutil.copystat(before, path)


def put_in_place(made: Path, place: Path) -> None:
    """Move a whole folder to its place; what stood there before is replaced only by all of the new one.

    Where the system can exchange two folders in one step, there is no moment without either.
    """
    with own_folder(place.parent, ".new-") as aside:
        new = aside / "new"
        shutil.move(made, new)
        if not place.exists():
            new.rename(place)
        elif not _exchanged(new, place):
            place.rename(aside / "old")
            try:
                new.rename(place)
            except OSError:
                (aside / "old").rename(place)
                raise


def _exchanged(one: Path, other: Path) -> bool:
    """Whether the two folders could change their names in one step: `renameat2` of Linux, since 3.15."""
    if not sys.platform.startswith("linux"):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that at its place stands the old or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with own_folder(path.parent, ".new-") as aside:
        new = aside / path.name
        with new.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
