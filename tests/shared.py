"""What is made once in a run of the tests, also where several processes run them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence_brief.folders import alone

FULL = os.environ.get("EVIDENCE_BRIEF_TESTS") == "full"
"""Whether tests that repeat something do so as often as when they were written, and not as often as time allows."""


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the process which needs it first fills, while the others wait; tests leave it as it is."""
    base = factory.getbasetemp()
    root = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared"
    folder, whole = root / name, root / f"{name}.whole"
    with alone(root / f"{name}.lock"):
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            whole.touch()
    return folder
