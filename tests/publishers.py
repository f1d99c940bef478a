"""Publishers in processes of their own, asked by tests to add versions (see publisher.py)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from tests.projects import ROOT

from evidence_brief.publish.release import Number


@dataclass(frozen=True)
class Publisher:
    """A publisher that waits to be asked; `kind` says where it publishes to, a "folder" or a "store"."""

    kind: str
    asked: IO[str]
    answers: IO[str]

    def ask(self, place: Path, made: Path, number: Number, after: float | None = None) -> Any:
        """Add a version and bring the lists up to date; what became of it (null: it was killed)."""
        self.begin(place, made, number, after)
        return self.end()

    def begin(self, place: Path, made: Path, number: Number, after: float | None = None) -> None:
        """The same, without waiting for the answer."""
        line = {"place": str(place), "made": str(made), "number": str(number), "after": after}
        print(json.dumps(line), file=self.asked, flush=True)

    def end(self) -> Any:
        """Wait for the answer."""
        return json.loads(self.answers.readline())


@contextmanager
def serving(kind: str, project: Path, folder: Path) -> Iterator[Publisher]:
    """A publisher, ready when asked, ended afterwards; `folder` is for what it needs itself."""
    aside = folder / "aside"
    aside.mkdir(exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.publisher", kind, str(project)],
        cwd=ROOT,
        env={**os.environ, "TMPDIR": str(aside)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    yield Publisher(kind, process.stdin, process.stdout)
    process.stdin.close()
    assert process.wait(timeout=60) == 0
