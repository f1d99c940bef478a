"""Quarto as the engine: one `quarto render` of a copy of the project that holds the studies asked for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from evidence_brief.errors import Problem, RenderFailed
from evidence_brief.project import Project

FORMATS = {"html": "html", "pdf": "typst"}


def quarto_command() -> str | None:
    """Where Quarto is, or None where it is not on PATH."""
    return shutil.which("quarto")


def render_quarto(job: Project, formats: Sequence[str]) -> Path:
    """Render every study of the job; its site folder is returned.

    The pre-render command of `_quarto.yml` runs the notebooks, and the post-render command inspects the
    output. Raises RenderFailed with the last lines of Quarto when one of them, or Quarto, fails.
    """
    quarto = quarto_command()
    if quarto is None:
        mend = "install it from https://quarto.org, or use `--engine embedded`"
        raise RenderFailed(Problem("quarto", "is not on PATH", mend=mend))
    # The commands of _quarto.yml are found beside the Python that runs this.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "QUARTO_PYTHON": sys.executable, "SOURCE_DATE_EPOCH": "0"}
    command = [quarto, "render", "--no-clean"]
    if set(formats) != set(FORMATS):
        command += ["--to", ",".join(FORMATS[name] for name in formats)]
    done = subprocess.run(command, cwd=job.root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        lines = [line for line in (done.stderr + done.stdout).splitlines() if line.strip()]
        raise RenderFailed(Problem("quarto render", "failed", found="\n              ".join(lines[-12:])))
    return job.root / "_site"
