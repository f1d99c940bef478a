"""The notebook by hand, and the command without a kernel, make the same ledger."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.projects import SEED, run_brief

from evidence_brief.ledger import make_ledger
from evidence_brief.ledger_json import to_json
from evidence_brief.project import Project

pytestmark = pytest.mark.slow


def test_papermill_by_hand_makes_the_ledger_that_check_makes(project: Path) -> None:
    command = [sys.executable, "-m", "papermill", "analysis/recompute.ipynb", "out.ipynb", "-p", "study", SEED]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    saved = (project / "briefs" / SEED / "ledger.json").read_bytes()
    assert saved == to_json(make_ledger(Project(project).load(SEED))).encode()
    printed = json.loads(run_brief("check", "--json", cwd=project).stdout)
    ledger = json.loads(saved)
    assert [claim["id"] for claim in printed[SEED]] == [claim["id"] for claim in ledger["claims"]]
    for said, kept in zip(printed[SEED], ledger["claims"], strict=True):
        assert [finding["code"] for finding in said.pop("findings")] == kept.pop("findings")
        assert said == kept


def test_prepare_writes_the_brief_and_then_leaves_it_alone(project: Path) -> None:
    first = run_brief("prepare", cwd=project)
    assert first.returncode == 0, first.stderr
    made = {path.name for path in (project / "briefs" / SEED).iterdir()}
    documents = {"brief.qmd", "handout.qmd", "slides.qmd"}
    assert made == {"blocks", "figures", "ledger.json", "recompute.ipynb", *documents}
    assert "up to date" in run_brief("prepare", cwd=project).stderr
