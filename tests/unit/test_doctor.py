"""`brief doctor`: each thing that differs is an item with a way to mend it, and nothing is a traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import namedtuple
from collections.abc import Callable, Iterator
from pathlib import Path

import pypandoc
import pytest
from tests.projects import ROOT, run_brief

from evidence_brief import doctor_tools, environment
from evidence_brief.doctor import Item, examine
from evidence_brief.lockfile import LOCK
from evidence_brief.project import Project
from evidence_brief.terminal_doctor import show_items

Install = Callable[..., Path]
PIP = f"run `python -m pip install -r {LOCK}`"
DAMAGED = "import sys; sys.modules.update(dict.fromkeys({names}, None)); from evidence_brief.cli import main; main()"


@pytest.fixture
def small(tmp_path: Path, install: Install) -> Project:
    """A project whole but for its lock file; evidence-brief needs zz-first, that zz-second, and nothing zz-tool."""
    install("evidence-brief", "0.1.0", "zz-first>=1")
    install("zz-first", "1.0", "zz-second")
    install("zz-second", "2.0")
    install("zz-tool", "3.0")
    root = tmp_path / "project"
    for folder in ("data", "analysis", "reports/_extensions/evidence"):
        (root / folder).mkdir(parents=True)
    for file in ("_quarto.yml", "analysis/recompute.ipynb", "reports/brief.qmd"):
        (root / file).touch()
    return Project(root)


def look(project: Project, *lock: str) -> dict[str, Item]:
    """The items by name, with these lines in the lock file."""
    (project.root / LOCK).write_text("\n".join(lock), encoding="utf-8")
    return {item.name: item for item in examine(project)}


ALL = ("zz-first==1.0", "zz-second==2.0", "zz-tool==3.0")


def test_all_as_locked_is_well(small: Project) -> None:
    found = look(small, *ALL)
    assert [item for item in found.values() if item.locked] == [
        Item("zz-first", "ok", "1.0", locked=True),
        Item("zz-second", "ok", "2.0", locked=True),
        Item("zz-tool", "ok", "3.0", locked=True),
    ]
    assert found[LOCK] == Item(LOCK, "ok", "3 packages for this machine")
    assert found["project"].found == "whole, with 0 studies"
    assert found["evidence-brief"] == Item("evidence-brief", "ok", "0.1.0")
    assert found["Typst"].state == found["folders"].state == found["Python"].state == "ok"


def test_another_version_of_what_is_needed_is_a_problem(small: Project) -> None:
    found = look(small, "zz-first==1.0", "zz-second==2.1", "zz-tool==3.0")
    assert found["zz-second"] == Item("zz-second", "problem", "2.0", "2.1", PIP, locked=True)
    assert found["zz-first"].state == "ok"


def test_another_version_or_lack_of_a_tool_is_a_warning(small: Project) -> None:
    found = look(small, *ALL[:2], "zz-tool==3.1", "zz-more==4.0")
    assert found["zz-tool"] == Item("zz-tool", "warning", "3.0", "3.1", PIP, locked=True)
    assert found["zz-more"] == Item("zz-more", "warning", "missing", "4.0", PIP, locked=True)


def test_lack_of_what_is_needed_is_a_problem(small: Project, install: Install) -> None:
    shutil.rmtree(next((small.root.parent / "packages").glob("zz_second*")))
    install("zz-other", "1.0")
    found = look(small, *ALL)
    assert found["zz-second"] == Item("zz-second", "problem", "missing", "2.0", PIP, locked=True)
    found = look(small, "zz-first==1.0")
    assert found["zz-second"].state == "problem"
    assert found["zz-second"].expected == "installed, as evidence-brief needs it"


def test_markers_decide_what_is_looked_at(small: Project) -> None:
    old, new = "zz-second==1.0 ; python_full_version < '3'", "zz-second==2.0 ; python_full_version >= '3'"
    found = look(small, "zz-first==1.0", old, new, "zz-absent==1 ; sys_platform == 'none'")
    assert found["zz-second"] == Item("zz-second", "ok", "2.0", locked=True)
    assert "zz-absent" not in found


def test_what_the_lock_file_leaves_open_is_a_warning(small: Project) -> None:
    found = look(small, "zz-first==1.0")
    assert found[LOCK].state == "warning"
    assert found[LOCK].found == "does not lock zz-second"


def test_a_corrupt_line_is_a_problem_and_the_others_are_looked_at(small: Project) -> None:
    found = look(small, "zz-first==9", "=======", "zz-tool==3.0")
    assert found[f"{LOCK}:2"].state == "problem"
    assert "=======" in found[f"{LOCK}:2"].found
    assert found[f"{LOCK}:2"].mend
    assert found["zz-first"].expected == "9"


def test_no_lock_file_is_a_warning(small: Project) -> None:
    found = {item.name: item for item in examine(small)}
    assert (found[LOCK].state, found[LOCK].found) == ("warning", "missing")
    assert not any(item.locked for item in found.values())


def test_the_projects_own_environment_is_made_anew(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", str(small.root / ".venv"))
    for name in ("Makefile", "environment.sh"):
        shutil.copy2(ROOT / name, small.root)
    assert look(small, "zz-first==9")["zz-first"].mend == (
        f"run `rm -rf .venv && make brief`: it makes .venv anew from {LOCK}"
    )


def test_needs_that_came_after_the_installation_are_a_problem(small: Project) -> None:
    file = small.root / "pyproject.toml"
    file.write_text('[project]\nname = "evidence-brief"\ndependencies = ["zz-first >=1", "zz-new"]\n', encoding="utf-8")
    assert look(small, *ALL)["evidence-brief"].found == "installed before it needed zz-new"
    file.write_text('[project]\nname = "other"\ndependencies = ["zz-new"]\n', encoding="utf-8")
    assert look(small, *ALL)["evidence-brief"].state == "ok"
    file.write_text("[project", encoding="utf-8")
    assert look(small, *ALL)["evidence-brief"].state == "ok"


def test_a_python_that_is_too_old_is_a_problem(small: Project, install: Install) -> None:
    with (install("evidence-brief", "0.0.0") / "METADATA").open("r+", encoding="utf-8") as file:
        file.write("Metadata-Version: 2.4\nVersion: 1\nRequires-Python: >=4\n\n")
    shutil.rmtree(next((small.root.parent / "packages").glob("evidence_brief-0.1.0*")))
    item = look(small, *ALL)["Python"]
    assert (item.state, item.expected) == ("problem", ">=4")
    assert item.mend


def test_a_part_that_is_missing_is_a_problem(small: Project) -> None:
    (small.root / "reports" / "brief.qmd").unlink()
    item = look(small, *ALL)["reports/brief.qmd"]
    assert (item.state, item.mend) == ("problem", "run `git checkout HEAD -- reports/brief.qmd`")


def test_a_file_in_the_place_of_a_folder_is_a_problem(small: Project) -> None:
    (small.root / "_site").touch()
    found = look(small, *ALL)
    assert (found["_site"].state, found["_site"].mend) == ("problem", "move the file `_site` away")
    assert "folders" not in found


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write into every folder")
def test_a_folder_without_permission_is_a_problem(small: Project) -> None:
    (small.root / "briefs").mkdir(mode=0o500)
    item = look(small, *ALL)["briefs"]
    assert (item.state, item.mend) == ("problem", "run `chmod u+rwx briefs`")


def test_little_room_is_a_warning(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "free")
    for free, state in ((199_000_000, "warning"), (200_000_000, "ok")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: usage(free))
        assert look(small, *ALL)["disk"].state == state


@pytest.mark.parametrize(
    ("version", "state"), [(None, "ok"), ("1.9.36", "ok"), ("1.9", "ok"), ("1.10.2", "warning"), ("unknown", "warning")]
)
def test_quarto_is_the_tested_one_or_absent(monkeypatch: pytest.MonkeyPatch, version: str | None, state: str) -> None:
    monkeypatch.setattr(doctor_tools, "quarto_version", lambda: version)
    item = doctor_tools.quarto()
    assert item.state == state
    assert (item.mend is None) == (state == "ok")


def look_for_pandoc_anew() -> None:
    environment.pandoc_command.cache_clear()
    environment.pandoc_version.cache_clear()


@pytest.fixture
def anew() -> Iterator[None]:
    """Pandoc is looked for anew, in the test and after it."""
    look_for_pandoc_anew()
    yield
    look_for_pandoc_anew()


def program(file: Path, script: str) -> Path:
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)
    return file


@pytest.mark.usefixtures("anew")
def test_a_newer_pandoc_on_path_is_not_the_one_that_renders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked = environment.pandoc_version()
    program(tmp_path / "pandoc", "echo pandoc 99.1")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    look_for_pandoc_anew()
    item = doctor_tools.pandoc(PIP)
    assert (item.state, item.found) == ("ok", locked)


@pytest.mark.usefixtures("anew")
def test_a_pandoc_that_does_not_run_is_a_problem_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pypandoc, "__file__", str(tmp_path / "__init__.py"))
    (tmp_path / "files").mkdir()
    program(tmp_path / "files" / "pandoc", "exit 3")
    item = doctor_tools.pandoc(PIP)
    assert (item.state, item.mend) == ("problem", PIP)
    assert "Traceback" not in "".join(capfd.readouterr())


def test_a_typst_that_is_missing_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    item = doctor_tools.typst(PIP)
    assert (item.state, item.mend) == ("problem", PIP)


@pytest.mark.parametrize(
    ("script", "state", "found"),
    [
        ("echo /elsewhere", "problem", "another Python"),
        ("exit 1", "problem", "no Python that runs"),
        (f'exec "{sys.executable}" "$@"', "ok", "this Python"),
    ],
)
def test_the_kernel_is_this_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, state: str, found: str
) -> None:
    command = program(tmp_path / "other", script)
    write_kernel(tmp_path, json.dumps({"argv": [str(command)], "display_name": "P", "language": "python"}))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    item = doctor_tools.kernel()
    assert item.state == state
    assert found in item.found


@pytest.mark.parametrize("text", ["{", "[]", '{"argv": 5}', '{"argv": []}', '{"argv": ["/nowhere/python"]}'])
def test_a_kernel_that_cannot_start_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    write_kernel(tmp_path, text)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    item = doctor_tools.kernel()
    assert item.state == "problem"
    assert item.mend


def write_kernel(folder: Path, text: str) -> None:
    (folder / "kernels" / "python3").mkdir(parents=True)
    (folder / "kernels" / "python3" / "kernel.json").write_text(text, encoding="utf-8")


def test_the_display_begins_with_the_counts_and_puts_together_what_is_mended_together(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    tools = [Item(f"tool{i}", "warning", "missing", "1.0", PIP, locked=True) for i in range(14)]
    well = [Item(f"well{i}", "ok", "1.0", locked=True) for i in range(3)]
    show_items(
        [*tools, *well, Item("numpy", "problem", "2.0", "2.1", PIP, locked=True), Item("disk", "ok", "9 GB free")]
    )
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == "1 problem, 14 warnings, 3 locked packages as they should be"
    assert lines[3].startswith("✗ problem numpy 2.0; locked is 2.1 run `python -m pip")
    assert any(line.startswith("! warning 14 packages tool0 missing; locked is 1.0") for line in lines)
    assert "and 2 more, which --json lists" in lines
    assert lines[-1] == "✓ ok disk 9 GB free"
    assert not any("well" in line for line in lines)


def lock_of_what_runs(project: Path, **other: str) -> dict[str, str]:
    """Lock what is installed, but for other versions; and the environment in which nothing else differs."""
    known = environment.packages() | other
    pins = [
        f"{name}=={version}" for name, version in known.items() if name not in ("python", "pandoc", "evidence-brief")
    ]
    (project / LOCK).write_text("\n".join(pins), encoding="utf-8")
    return {"JUPYTER_PATH": "", "PATH": str(project)}


def test_doctor_of_a_project_without_a_study_that_is_as_locked(project: Path) -> None:
    shutil.rmtree(project / "data")
    (project / "data").mkdir()
    done = run_brief("doctor", cwd=project, **lock_of_what_runs(project))
    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    assert done.stdout.startswith("0 problems, 0 warnings, ")


def test_doctor_of_the_repositorys_lock_file_with_another_numpy(project: Path) -> None:
    text = (ROOT / LOCK).read_text(encoding="utf-8")
    lines = [f"numpy==0.0.{i}" if line.startswith("numpy==") else line for i, line in enumerate(text.splitlines())]
    assert lines != text.splitlines()
    first = next(line for line in lines if line.startswith("numpy==")).removeprefix("numpy==")
    (project / LOCK).write_text("\n".join(lines), encoding="utf-8")
    done = run_brief("doctor", cwd=project)
    assert done.returncode == 12
    assert "✗ problem" in done.stdout
    assert "Traceback" not in done.stderr
    items = json.loads(run_brief("doctor", "--json", cwd=project).stdout)
    numpy = next(item for item in items if item["name"] == "numpy")
    assert numpy["state"] == "problem"
    assert numpy["expected"] == first


def test_doctor_outside_a_project_says_so(tmp_path: Path) -> None:
    done = run_brief("doctor", cwd=tmp_path)
    assert done.returncode == 8
    assert "no evidence-brief project" in done.stderr


def test_doctor_runs_where_much_is_missing(project: Path) -> None:
    names = (
        "numpy",
        "ruamel",
        "ruamel.yaml",
        "typst",
        "pypandoc",
        "jupyter_client",
        "nbformat",
        "papermill",
    )
    command = [sys.executable, "-c", DAMAGED.format(names=names), "doctor", "--json"]
    done = subprocess.run(command, cwd=project, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (12, "")
    found = {item["name"]: item["state"] for item in json.loads(done.stdout)}
    assert [found[name] for name in ("Pandoc", "Typst", "kernel python3")] == ["problem"] * 3
