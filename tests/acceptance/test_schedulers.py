"""What `docs/publishing.md` shows for schedulers does what it says there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
import typer
from ruamel.yaml import YAML
from tests.projects import ROOT
from tests.workflows import ACTION, read

from evidence_brief.cli import app

GUIDE = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", GUIDE, re.S)


def yaml_block(with_: str) -> Any:
    return YAML(typ="safe").load(next(block for block in blocks("yaml") if with_ in block))


def test_the_guide_names_only_verbs_and_options_that_there_are() -> None:
    verbs = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    named = re.findall(r"(?:bin/)?\bbrief ([a-z]+)((?:[^`|\n#]|\\\|)*)", GUIDE + README)
    assert {"publish", "verify", "diff", "regenerate", "check"} <= {verb for verb, _ in named}
    for verb, rest in named:
        known: list[Any] = verbs[verb].params if verb in verbs else []
        options = {option for parameter in known for option in (*parameter.opts, *parameter.secondary_opts)}
        assert set(re.findall(r"--[a-z-]+", rest)) <= options, f"brief {verb}{rest}"


@pytest.mark.parametrize("heading", ["### cron", "### GitHub", "### GitLab", "## Before every commit"])
def test_the_guide_has_an_example_for_each_way(heading: str) -> None:
    assert re.search(r"```\w+\n", re.split(r"\n##+ ", GUIDE.partition(f"{heading}\n")[2])[0])


def test_the_example_of_the_action_passes_inputs_and_reads_outputs_that_there_are() -> None:
    action = read(ACTION)
    steps = yaml_block("evidence-brief@main")["jobs"]["regenerate"]["steps"]
    step = next(step for step in steps if "evidence-brief@" in step.get("uses", ""))
    assert set(step["with"]) <= set(action["inputs"])
    for name in (*action["inputs"], *action["outputs"]):
        assert f"`{name}`" in GUIDE, name
    assert set(re.findall(r"briefs\.outputs\.(\w+)", GUIDE)) <= set(action["outputs"])


def test_the_example_of_pre_commit_names_a_hook_that_there_is() -> None:
    hooks = yaml_block("hooks:")["repos"][0]["hooks"]
    assert {hook["id"] for hook in hooks} <= {hook["id"] for hook in read(ROOT / ".pre-commit-hooks.yaml")}


def tool(folder: Path, name: str, does: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{does}\n", encoding="utf-8")
    path.chmod(0o755)


def run(shell: list[str], folder: Path, tools: Path, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(folder), **more}
    return subprocess.run(shell, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("code", "made", "mail"),
    [(0, "", ""), (16, "", "Briefs: something new\nsummary\n"), (11, "", "Briefs: regeneration failed (11)\nlog\n"),
     (0, "exit 2", "Briefs: regeneration failed (2)\n")],
    ids=["unchanged", "changed", "failed", "no environment"],
)  # fmt: skip
def test_the_script_for_cron_writes_only_where_there_is_something_to_read(
    tmp_path: Path, code: int, made: str, mail: str
) -> None:
    tools, briefs = tmp_path / "tools", tmp_path / "briefs"
    tool(tools, "git", "")
    tool(tools, "make", made)
    tool(tools, "flock", 'shift; exec "$@"')
    tool(tools, "mail", f'{{ echo "$2"; cat; }} >> {shlex.quote(str(tmp_path / "mail"))}')
    tool(briefs, ".venv/bin/brief", f'echo summary > "$3"; echo log; exit {code}')
    script = next(block for block in blocks("sh") if block.startswith("#!"))
    done = run(["sh", "-c", script], tmp_path, tools, BRIEFS=str(briefs))
    assert done.stderr == ""
    got = tmp_path / "mail"
    assert (got.read_text(encoding="utf-8") if got.is_file() else "") == mail


@pytest.mark.parametrize(("code", "left", "pushed"), [(0, 0, False), (16, 0, True), (11, 1, True), (3, 1, False)])
def test_the_job_for_gitlab_opens_a_merge_request_of_what_is_new(
    tmp_path: Path, code: int, left: int, pushed: bool
) -> None:
    origin, briefs, tools = tmp_path / "origin.git", tmp_path / "briefs", tmp_path / "tools"
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch=main", origin], check=True)
    subprocess.run(["git", "-C", origin, "config", "receive.advertisePushOptions", "true"], check=True)
    tool(origin, "hooks/post-receive", 'env | grep ^GIT_PUSH_OPTION | sort > "$PWD/options"')
    subprocess.run(["git", "clone", "--quiet", origin, briefs], check=True, capture_output=True)
    first = ["-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--allow-empty", "-m", "First"]
    subprocess.run(["git", "-C", briefs, *first], check=True)
    tool(tools, "make", "")
    makes = "mkdir -p published; echo new > published/page.pyc" if pushed else "mkdir -p published"
    tool(briefs, ".venv/bin/brief", f'{makes}; printf "# Redline\\n" > "$3"; exit {code}')
    (briefs / ".gitignore").write_text("*.pyc\n", encoding="utf-8")
    lines = yaml_block("resource_group")["regenerate"]["script"]
    # GitLab runs the lines in one shell; its address becomes the one on this disk.
    script = "\n".join(lines).replace("https://briefs:$PUSH_TOKEN@$CI_SERVER_HOST/$CI_PROJECT_PATH.git", str(origin))
    assert str(origin) in script
    done = run(["bash", "-eo", "pipefail", "-c", script], briefs, tools, CI_DEFAULT_BRANCH="main")
    assert done.returncode == left, done.stderr
    assert (origin / "refs" / "heads" / "regenerate").exists() is pushed
    if pushed:
        message = subprocess.run(["git", "-C", origin, "log", "-1", "--format=%B", "regenerate"],
                                 capture_output=True, text=True, check=True).stdout  # fmt: skip
        assert message.strip() == "New versions of briefs\n\n# Redline"
        assert "merge_request.create\n" in (origin / "options").read_text(encoding="utf-8")
        assert "merge_request.target=main\n" in (origin / "options").read_text(encoding="utf-8")
