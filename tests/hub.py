"""A repository on disk as a server has it, a stand-in for `gh`, and the workflow's jobs run against them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.projects import ROOT
from tests.workflows import WORKFLOWS, outputs, run_step, script

REGENERATE = WORKFLOWS / "regenerate.yml"
PACK = script(REGENERATE, "regenerate", "pack")
PROPOSE = script(REGENERATE, "propose", "Open a pull request, unless there is one")
REPORT = script(REGENERATE, "report", "Open an issue, or comment on the one that is open")
RUN = "https://github.com/owner/briefs/actions/runs/7"
REDLINE = "### trial: version 1.1\n\nVersion 1.1: `$(touch stolen)` and \"quotes\" 'of' any kind; **½**\n"


@dataclass(frozen=True)
class Hub:
    """A repository on a server, and what its `gh` knows; `briefs` is the first checkout of it."""

    root: Path

    @property
    def briefs(self) -> Path:
        return self.root / "briefs"

    @property
    def known(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads((self.root / "bin" / "gh.json").read_text(encoding="utf-8"))
        return data

    def know(self, **parts: object) -> None:
        (self.root / "bin" / "gh.json").write_text(json.dumps(self.known | parts), encoding="utf-8")

    def git(self, *words: str, cwd: Path | None = None) -> str:
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *words]
        return subprocess.run(command, cwd=cwd or self.briefs, capture_output=True, text=True, check=True).stdout

    def branches(self) -> list[str]:
        return self.git("branch", "--format=%(refname:short)", cwd=self.root / "origin.git").split()

    def run(self, text: str, folder: Path, temporary: Path, **more: str) -> subprocess.CompletedProcess[str]:
        path = f"{self.root / 'bin'}{os.pathsep}{os.environ['PATH']}"
        told = {"PATH": path, "GH_TOKEN": "none", "GH_REPO": "owner/briefs", "BASE": "main", "RUN_URL": RUN}
        return run_step(text, folder, temporary, HOME=str(self.root), **told, **more)

    def regenerate(self, name: str, *, version: str | None, content: str = "a", date: str = "2026-03-02") -> Path:
        """What the job `regenerate` leaves for the others: a folder like RUNNER_TEMP, packed by its own step."""
        folder, temporary = self.root / name / "made", self.root / name / "temp"
        self.git("clone", "--quiet", str(self.root / "origin.git"), str(folder), cwd=self.root)
        made = temporary / "regenerate.x1"
        made.mkdir(parents=True)
        outcome = "changed" if version else "unchanged"
        if version:
            publish(folder, version, content, date)
        study = {
            "study": "trial",
            "outcome": outcome,
            "version": version or "v1.0",
            "redline": REDLINE if version else None,
        }
        (made / "regenerate.json").write_text(json.dumps({"outcome": outcome, "studies": [study]}), encoding="utf-8")
        (made / "regenerate.md").write_text(f"## {outcome}\n", encoding="utf-8")
        done = self.run(PACK, folder, temporary)
        assert done.returncode == 0, done.stderr
        assert outputs(temporary) == {"changed": "true" if version else "false"}
        return temporary

    def propose(self, temporary: Path) -> subprocess.CompletedProcess[str]:
        """The job `propose`, in a checkout of its own as GitHub makes it."""
        folder = temporary.parent / "proposed"
        self.git("clone", "--quiet", str(self.root / "origin.git"), str(folder), cwd=self.root)
        return self.run(PROPOSE, folder, temporary)


def publish(folder: Path, version: str, content: str, date: str) -> None:
    """Files as a version has them, with a name that an artifact would refuse, and one that git would ignore."""
    inputs = folder / "published" / "trial" / version / "inputs"
    inputs.mkdir(parents=True)
    (inputs / "Teil 2: Fragen?.txt").write_bytes(b"a\r\nb\n")
    (inputs / "a.pyc").write_bytes(b"\x00\r\n")
    (inputs.parent / "version.json").write_text(date, encoding="utf-8")
    listed = folder / "published" / "trial" / "versions.json"
    before = json.loads(listed.read_text(encoding="utf-8"))["versions"] if listed.is_file() else []
    entries = [{"version": version, "content": content, "date": date}, *before]
    listed.write_text(json.dumps({"study": "trial", "versions": entries}), encoding="utf-8")


def made_hub(tmp_path: Path) -> Hub:
    """A repository with one published version; this git changes line endings unless it is told not to."""
    hub = Hub(tmp_path)
    (tmp_path / "bin").mkdir()
    (tmp_path / ".gitconfig").write_text("[core]\n\tautocrlf = input\n", encoding="utf-8")
    shutil.copy(ROOT / "tests" / "fake_gh.py", tmp_path / "bin")
    (tmp_path / "bin" / "gh").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{tmp_path}/bin/fake_gh.py" "$@"\n')
    (tmp_path / "bin" / "gh").chmod(0o755)
    nothing = {"calls": [], "prs": [], "issues": [], "labels": [], "may_propose": True}
    (tmp_path / "bin" / "gh.json").write_text(json.dumps(nothing), encoding="utf-8")
    hub.git("init", "--quiet", "--bare", "--initial-branch=main", str(tmp_path / "origin.git"), cwd=tmp_path)
    hub.git("clone", "--quiet", str(tmp_path / "origin.git"), str(hub.briefs), cwd=tmp_path)
    hub.git("switch", "--quiet", "--create", "main")
    for name in (".gitignore", ".gitattributes"):
        shutil.copy(ROOT / name, hub.briefs)
    with (hub.briefs / ".gitignore").open("a", encoding="utf-8") as ignored:
        ignored.write("*.pyc\n")  # a team's own rule, which is no reason to lose a part of a version
    publish(hub.briefs, "v1.0", "0", "2026-01-05")
    hub.git("add", "--all", "--force")
    hub.git("commit", "--quiet", "--message", "First")
    hub.git("push", "--quiet", "origin", "main")
    return hub
