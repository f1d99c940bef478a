"""A publisher that can be killed: everything is imported and the version is built, so that each kill costs little.

`python -m tests.publisher KIND PROJECT` reads lines of JSON: `place` is where to, `made` the folder of a version,
`number` its number, `after` the seconds until it is killed (none where null). It answers with a line: how many seconds
adding took, how many all of it, and whether the version was added; null where it was killed.
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


def add(project: Project, place: Place, made: Path, number: str) -> tuple[float, float, bool]:
    """What `brief publish` does with a version that is built."""
    start = monotonic()
    is_new = place.add(STUDY, Number.of(number), made)
    added = monotonic()
    if is_new:
        settle(project, place, STUDY, TITLE)
    return added - start, monotonic() - start, is_new


def main(kind: str, project: str) -> None:
    """Serve until the input ends."""
    for line in sys.stdin:
        asked = json.loads(line)
        place = place_of(kind, Path(asked["place"]))
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            took = add(Project(Path(project)), place, Path(asked["made"]), asked["number"])
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
