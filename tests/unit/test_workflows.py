"""What must hold of every workflow and of the action, read from their files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.workflows import ACTION, ROOT, WORKFLOWS, read, steps_of

FILES = [*sorted(WORKFLOWS.glob("*.yml")), ACTION]
EACH = pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
FLOWS = pytest.mark.parametrize("path", sorted(WORKFLOWS.glob("*.yml")), ids=lambda path: path.name)
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}")
REGENERATE = WORKFLOWS / "regenerate.yml"


def jobs(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = read(path)["jobs"]
    return found


@EACH
def test_a_workflow_uses_only_actions_pinned_by_commit_or_its_own(path: Path) -> None:
    used = [step["uses"] for step in steps_of(path) if "uses" in step]
    assert used
    assert [name for name in used if name != "./" and not PINNED.fullmatch(name)] == []


@EACH
def test_a_workflow_names_the_version_of_every_pinned_action_and_always_the_same(path: Path) -> None:
    versions: dict[str, set[str]] = {}
    for file in FILES:
        for name, commit, version in re.findall(
            r"uses: ([\w./-]+)@(\w+)(?: # (v[\d.]+))?\n", file.read_text(encoding="utf-8")
        ):
            versions.setdefault(name, set()).add(f"{commit} {version}")
    used = {step["uses"].partition("@")[0] for step in steps_of(path) if "@" in step.get("uses", "")}
    assert {name: found for name, found in versions.items() if name in used and len(found) != 1} == {}
    assert all(next(iter(versions[name])).split(" ")[1] for name in used)


@EACH
def test_a_workflow_puts_no_expression_into_shell_text(path: Path) -> None:
    assert [step["run"] for step in steps_of(path) if "${{" in step.get("run", "")] == []


def test_the_regeneration_runs_weekly_by_hand_and_never_twice_at_once() -> None:
    workflow = read(REGENERATE)
    assert [re.fullmatch(r"\d+ \d+ \* \* \d", item["cron"]) is not None for item in workflow["on"]["schedule"]] == [
        True
    ]
    assert set(workflow["on"]) == {"schedule", "workflow_dispatch"}
    assert workflow["concurrency"] == {"group": "regenerate", "cancel-in-progress": False}


def test_each_job_of_the_regeneration_has_the_rights_that_it_needs_and_no_other() -> None:
    assert read(REGENERATE)["permissions"] == {}
    assert {name: dict(job["permissions"]) for name, job in jobs(REGENERATE).items()} == {
        "regenerate": {"contents": "read"},
        "propose": {"contents": "write", "pull-requests": "write"},
        "report": {"issues": "write"},
    }


@FLOWS
def test_every_job_ends_by_itself(path: Path) -> None:
    assert all(job["timeout-minutes"] <= 90 for job in jobs(path).values())


@FLOWS
def test_a_workflow_leaves_no_token_in_the_folder_that_it_checks_out(path: Path) -> None:
    found = [step for step in steps_of(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert found
    assert all(step["with"]["persist-credentials"] is False for step in found)


def test_studies_are_made_where_no_token_can_write() -> None:
    """The code of studies' notebooks and of packages runs in the one job that can read alone."""
    for name, job in jobs(REGENERATE).items():
        makes = any(
            step.get("uses") == "./" or "brief " in step.get("run", "").replace("briefs", "") for step in job["steps"]
        )
        token = any("GH_TOKEN" in step.get("env", {}) for step in job["steps"])
        assert (makes, token) == ((True, False) if name == "regenerate" else (False, True)), name


def test_a_failure_is_reported_also_where_the_run_broke_off_before_a_summary() -> None:
    job = jobs(REGENERATE)["report"]
    assert "needs.regenerate.result != 'success'" in job["if"]
    assert "!cancelled()" in job["if"]
    assert job["steps"][0]["continue-on-error"] is True


def test_the_step_of_the_action_ends_before_its_job_so_that_it_fails_and_is_reported() -> None:
    job = jobs(REGENERATE)["regenerate"]
    step = next(step for step in job["steps"] if step.get("uses") == "./")
    assert sum(each.get("timeout-minutes", 0) for each in job["steps"]) > step["timeout-minutes"]
    assert step["timeout-minutes"] < job["timeout-minutes"]


def test_the_action_passes_every_input_on_and_quarto_may_fail() -> None:
    action = read(ACTION)
    text = str(action["runs"])
    assert [name for name in action["inputs"] if f"inputs.{name} " not in text.replace("}", " ")] == []
    quarto = next(step for step in steps_of(ACTION) if "quarto-actions" in step.get("uses", ""))
    assert quarto["continue-on-error"] is True
    assert quarto["if"] == "${{ inputs.quarto-version != '' }}"


def test_ci_and_the_regeneration_take_the_same_quarto() -> None:
    ci = next(step for step in steps_of(WORKFLOWS / "ci.yml") if "quarto-actions" in step.get("uses", ""))
    own = next(step for step in steps_of(REGENERATE) if step.get("uses") == "./")
    assert str(own["with"]["quarto-version"]) == str(ci["with"]["version"])


def test_the_hooks_for_other_repositories_are_a_manifest_of_pre_commit() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-manifest", ".pre-commit-hooks.yaml"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    hooks = {hook["id"]: hook for hook in read(ROOT / ".pre-commit-hooks.yaml")}
    assert set(hooks) == {"brief-check", "brief-check-strict"}
    assert all(re.search(hook["files"], "data/trial/study.yml") for hook in hooks.values())
    assert all(hook["pass_filenames"] is False for hook in hooks.values())


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="git knows nothing of this folder")
def test_git_keeps_the_bytes_of_published_versions_whatever_their_files_are_called() -> None:
    names = [
        f"published/trial/v1.0/{name}" for name in ("brief.pdf", "inputs/reports/__pycache__/a.pyc", "a.quarto_ipynb")
    ]
    ignored = subprocess.run(["git", "check-ignore", *names], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (ignored.returncode, ignored.stdout) == (1, "")
    told = subprocess.run(
        ["git", "check-attr", "text", "--", *names], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.count(": text: unset\n") == len(names)
