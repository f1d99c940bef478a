"""A publisher that can be killed: everything is imported and the version is built, so that each kill costs little.

`python -m tests.publisher KIND PROJECT` reads lines of JSON: `place` is where to, `made` the folder of a version,
`number` its number, `after` the seconds until it is killed, or `at` the file operation before which it is (none where
both are null). It answers with a line: how many seconds it took, how many file operations, and whether the version was
added; null where it was killed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

from fsspec.implementations.local import LocalFileSystem

from evidence_brief.project import Project
from evidence_brief.publish.lists import settle
from evidence_brief.publish.place import Folder, Place
from evidence_brief.publish.release import Number
from evidence_brief.publish.store import Store

STUDY, TITLE = "trial", "A small trial"


class Objects(LocalFileSystem):  # type: ignore[misc]  # fsspec has no types
    """A store as S3 is one, on a disk: an object is there whole or not at all, and can be made where there is none."""

    protocol = ("objects",)
    cachable = False

    def pipe_file(self, path: str, value: bytes, mode: str = "overwrite", **_: Any) -> None:
        """Put an object in one step."""
        aside = Path(os.environ["TMPDIR"]) / uuid4().hex
        aside.write_bytes(value)
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        if mode == "create":
            os.link(aside, path)  # raises FileExistsError
            aside.unlink()
        else:
            aside.replace(path)


def place_of(kind: str, root: Path) -> Place:
    """The folder, or the store of objects on a disk."""
    return Folder(root) if kind == "folder" else Store(Objects(), str(root), "objects://place")


class Operations:
    """Counts what is done to files under a folder, and kills this process before one of them."""

    def __init__(self, folder: str, last: int | None) -> None:
        self.folder, self.last, self.count = folder, last, 0
        sys.addaudithook(self.see)

    def see(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Called by Python before each operation."""
        if event not in ("open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.link"):
            return
        if any(isinstance(one, str | os.PathLike) and os.fspath(one).startswith(self.folder) for one in arguments):
            if self.count == self.last:
                os.kill(os.getpid(), signal.SIGKILL)
            self.count += 1


def add(project: Project, place: Place, asked: Any) -> tuple[float, int, bool]:
    """What `brief publish` does with a version that is built."""
    start, number = monotonic(), Number.of(asked["number"])
    operations = Operations(asked["place"], asked["at"])
    is_new = place.add(STUDY, number, Path(asked["made"]))
    if number in place.versions(STUDY):
        settle(project, place, STUDY, TITLE)
    return monotonic() - start, operations.count, is_new


def main(kind: str, project: str) -> None:
    """Serve until the input ends."""
    for line in sys.stdin:
        asked = json.loads(line)
        place = place_of(kind, Path(asked["place"]))
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            took = add(Project(Path(project)), place, asked)
            os.write(write, json.dumps(took).encode())
            os._exit(0)
        os.close(write)
        if asked["after"] is not None:
            sleep(asked["after"])
            os.kill(child, signal.SIGKILL)  # it is not waited for yet: the number is its own
        os.waitpid(child, 0)
        answer = os.read(read, 1000).decode()
        os.close(read)
        print(answer or "null", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
