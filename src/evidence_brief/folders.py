"""How outputs get to their places whole, whatever stops the process that makes them."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from tempfile import mkdtemp

NEW = ".new-"
"""How the names of files and folders begin that are on the way to their places."""


@contextmanager
def own_folder(parent: Path, prefix: str) -> Iterator[Path]:
    """A new folder in `parent` whose name begins with `prefix`, which no other process uses, removed afterwards.

    What killed processes have left there is removed before and after: the system has let go of their locks.
    """
    parent.mkdir(parents=True, exist_ok=True)
    with _looked_after(parent, prefix):
        folder = Path(mkdtemp(prefix=prefix, dir=parent))
        lock = os.open(folder, os.O_RDONLY)
        _lock(lock)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)
        # The kernel of a run that was killed lives on for a second, and writes into the folder that was removed.
        sweep(parent, prefix)


def sweep(parent: Path, prefix: str) -> None:
    """Remove what killed processes have left in the folder under this prefix."""
    try:
        with _looked_after(parent, prefix):
            pass
    except OSError:
        return  # the folder is gone, or not ours


@contextmanager
def _looked_after(parent: Path, prefix: str) -> Iterator[None]:
    """Sweep the folder and be alone in it meanwhile, so that nothing is swept between its making and its lock."""
    guard = os.open(parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # a file system without locks: there nothing is swept either
            fcntl.flock(guard, fcntl.LOCK_EX)
        for path in sorted(parent.glob(f"{prefix}*")):
            _remove_unless_used(path)
        yield
    finally:
        os.close(guard)


def _remove_unless_used(path: Path) -> None:
    try:
        lock = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return  # gone already, or no file of ours
    try:
        if not _lock(lock):
            return
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
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


def require_file(path: Path) -> None:
    """Raise OSError when no file can be written there."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, "a folder, where a file is to be written", str(path))
    require_writable(path.parent)


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
    with own_folder(place.parent, NEW) as aside:
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
    new = path.parent / f"{NEW}{token_hex(8)}"
    with _looked_after(path.parent, NEW):
        file = new.open("xb")
        _lock(file.fileno())
    try:
        with file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
