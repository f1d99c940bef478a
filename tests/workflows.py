"""The workflows and the action as data, and their shell steps as a runner runs them."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
WORKFLOWS = ROOT / ".github" / "workflows"
ACTION = ROOT / "action.yml"


def read(path: Path) -> dict[str, Any]:
    """The file as data; `on` stays a word (YAML 1.2)."""
    data: dict[str, Any] = YAML(typ="safe").load(path)
    return data


def steps_of(path: Path) -> list[dict[str, Any]]:
    """All steps of a workflow's jobs, or of an action."""
    data = read(path)
    jobs = [data["runs"]] if "runs" in data else data["jobs"].values()
    return [step for job in jobs for step in job["steps"]]


def script(path: Path, job: str | None, name: str) -> str:
    """The shell text of the step of this name or id."""
    data = read(path)
    steps = data["runs"]["steps"] if job is None else data["jobs"][job]["steps"]
    found = next(step["run"] for step in steps if name in (step.get("name"), step.get("id")))
    return str(found)


def run_step(text: str, folder: Path, temporary: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run it in the folder by GitHub's own command for `shell: bash`."""
    temporary.mkdir(parents=True, exist_ok=True)
    file = temporary / "step.sh"
    file.write_text(text, encoding="utf-8")
    told = {"RUNNER_TEMP": str(temporary), "GITHUB_OUTPUT": str(temporary / "output")}
    told["GITHUB_STEP_SUMMARY"] = str(temporary / "page.md")
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", str(file)],
        cwd=folder,
        env={**os.environ, **told, **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def outputs(temporary: Path) -> dict[str, str]:
    """What the steps have written for others, by name."""
    file = temporary / "output"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return dict(line.split("=", 1) for line in lines)
