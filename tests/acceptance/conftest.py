"""A copy of the project in a folder of its own, and the command as a person runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SEED = "ivig-dermatomyositis-2012"
Brief = Callable[..., subprocess.CompletedProcess[str]]


def copy_project(folder: Path) -> Path:
    """The inputs of the project, without anything generated."""
    for name in ("analysis", "reports", "data"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy2(ROOT / "_quarto.yml", folder)
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


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose seed study was rendered once by the embedded engine; tests leave it as it is."""
    folder = copy_project(tmp_path_factory.mktemp("rendered"))
    done = run_brief("render", "--engine", "embedded", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder
