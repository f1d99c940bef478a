"""A copy of the project in a folder of its own, and the command as a person runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
SEED = "ivig-dermatomyositis-2012"


def copy_project(folder: Path) -> Path:
    """The inputs of the project, without anything generated."""
    for name in ("analysis", "reports", "data"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("_quarto.yml", "index.qmd"):
        shutil.copy2(ROOT / name, folder)
    return folder


def run_brief(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command `brief` in the folder; the embedded engine is what `auto` finds unless Quarto is asked for."""
    command = [sys.executable, "-m", "evidence_brief", *arguments]
    return subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
