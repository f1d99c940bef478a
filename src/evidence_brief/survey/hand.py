"""One worker process and what looks after it: a time limit for each file, and a new process where one has died."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic
from typing import Any

from evidence_brief.errors import EnvironmentDiffers, Problem

MOST_FILES = 5000
"""Files after which a process is replaced, so that nothing that a library leaks adds up."""

STARTING = 120.0
"""Seconds that a process has to import what it needs: a network folder may be slow."""

COMMAND = (sys.executable, "-m", "evidence_brief.survey.worker")


class Ended(Exception):
    """The process ended, or had to be ended; the text says why."""


class Hand:
    """A worker process, started when it is first needed. `code` is the sum of the code that it runs.

    Raises EnvironmentDiffers where it does not start.
    """

    def __init__(self, limit: float, command: tuple[str, ...] = COMMAND) -> None:
        self.limit = limit
        self.command = command
        self.code = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._errors: Any = None
        self._left = 0
        self._rest = b""

    def survey(self, name: str, sha256: str, content: bytes) -> dict[str, Any]:
        """What became of the file. If the process dies of it, another one tries once more: it may not be to blame."""
        for last in (False, True):
            try:
                return self._asked(name, sha256, content)
            except Ended as error:
                told = str(error)
                if last or told.startswith("took longer"):
                    break
        return {"status": "failed", "error": told, "rows": []}

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout, self._errors):
                if pipe is not None:
                    pipe.close()
            self._process, self._rest = None, b""

    def _asked(self, name: str, sha256: str, content: bytes) -> dict[str, Any]:
        process = self._started()
        assert process.stdin is not None, "it is a pipe"
        deadline = monotonic() + self.limit
        header = json.dumps({"name": name, "sha256": sha256, "size": len(content)}).encode() + b"\n"
        try:
            self._send(process.stdin.fileno(), header + content, deadline)
        except BrokenPipeError as error:
            raise self._ended() from error
        self._left -= 1
        answer: dict[str, Any] = json.loads(self._line(deadline))
        return answer

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._left > 0:
            return self._process
        self.close()
        self._errors = TemporaryFile()  # noqa: SIM115  # it lives as long as the process
        # One thread for linear algebra in each process: the processes are as many as the cores.
        alone = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
        found = os.pathsep.join(filter(None, (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env={**os.environ, **alone, "PYTHONPATH": found},
            bufsize=0,
            start_new_session=True,  # an interrupt at the terminal is for the survey, which ends it
        )
        os.set_blocking(self._process.stdin.fileno(), False)  # type: ignore[union-attr]
        self._left = MOST_FILES
        try:
            self.code = json.loads(self._line(monotonic() + STARTING))
        except Ended as error:
            mend = "run `brief doctor`, which compares what is installed with what is needed"
            problem = Problem("a process of the survey", "does not start", found=str(error), mend=mend)
            raise EnvironmentDiffers(problem) from error
        return self._process

    def _send(self, pipe: int, data: bytes, deadline: float) -> None:
        left = memoryview(data)
        while left:
            if not select.select([], [pipe], [], max(0.0, deadline - monotonic()))[1]:
                raise self._late()
            try:
                left = left[os.write(pipe, left[:65536]) :]
            except BlockingIOError:
                continue

    def _line(self, deadline: float) -> bytes:
        assert self._process is not None, "it was started"
        assert self._process.stdout is not None, "it is a pipe"
        pipe = self._process.stdout.fileno()
        parts = [self._rest]
        while b"\n" not in parts[-1]:
            if not select.select([pipe], [], [], max(0.0, deadline - monotonic()))[0]:
                raise self._late()
            if not (part := os.read(pipe, 1 << 20)):
                raise self._ended()
            parts.append(part)
        line, _, self._rest = b"".join(parts).partition(b"\n")
        return line

    def _late(self) -> Ended:
        self.close()
        return Ended(f"took longer than {self.limit:g} seconds")

    def _ended(self) -> Ended:
        """Why the process ended: the last line that it wrote of an error of the program, or the signal."""
        assert self._process is not None, "it was started"
        code = self._process.wait()
        self._errors.seek(0)
        said = self._errors.read()[-2000:].decode("utf-8", "replace").strip().splitlines()
        self.close()
        if code < 0:
            return Ended(f"ended the process that read it (signal {signal.Signals(-code).name})")
        return Ended(f"made the program fail ({said[-1] if said else f'exit code {code}'})")
