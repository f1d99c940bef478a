"""The wheel, installed where nothing but what it declares to need is at hand, and nothing of the repository."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import distribution, packages_distributions
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from tests.projects import ROOT
from tests.small_project import contents, write_study

from evidence_brief.distributions import PRODUCT, closure
from evidence_brief.environment import code_sum
from evidence_brief.new_project import parts

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Installed:
    """The wheel, and a Python that has it and the packages that it needs, with those that they need."""

    wheel: Path
    folder: Path

    def run(self, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a command of this Python's; no variable and no folder leads it to the repository."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL"))}
        environment["PATH"] = f"{self.folder / 'bin'}:{environment['PATH']}"
        return subprocess.run(
            [self.folder / "bin" / command[0], *command[1:]],
            cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=300,
        )  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("installed")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    python = folder / "python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", python], check=True)
    site = next((python / "lib").glob("python*/site-packages"))
    for name in set(closure(PRODUCT)) - {PRODUCT}:
        needed = distribution(name)
        tops = {path.parts[0] for path in needed.files or [] if path.parts[0] not in ("..", "__pycache__")}
        for top in tops:
            if not (site / top).exists():
                (site / top).symlink_to(Path(str(needed.locate_file(top))))
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--offline", "--no-deps", "--no-cache"]
    subprocess.run([*uv, "--python", python / "bin" / "python", wheel], check=True, capture_output=True)
    return Installed(wheel, python)


def test_it_runs_apart_from_the_repository(installed: Installed, tmp_path: Path) -> None:
    code = (
        "import sys, evidence_brief; from evidence_brief.environment import code_sum;"
        "print(code_sum(), evidence_brief.__file__, *sys.path, sep='\\n')"
    )
    done = installed.run("python", "-c", code, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    known, file, *places = done.stdout.splitlines()
    assert Path(file).is_relative_to(installed.folder)
    assert [place for place in places if Path(place).is_relative_to(ROOT / "src")] == []
    assert known == code_sum()  # versions that one of them publishes, the other makes anew


def test_it_carries_what_new_projects_are_made_from_and_nothing_else(installed: Installed) -> None:
    prefix = "evidence_brief/template/"
    with ZipFile(installed.wheel) as wheel:
        carried = {name.removeprefix(prefix): wheel.read(name) for name in wheel.namelist() if name.startswith(prefix)}
    assert carried == {name: path.read_bytes() for name, path in parts(ROOT, example=True).items()}


def test_a_project_is_begun_checked_rendered_and_published_with_it(installed: Installed, tmp_path: Path) -> None:
    project = tmp_path / "Übersicht der Studien"

    def brief(*command: str, cwd: Path = project) -> None:
        done = installed.run("brief", *command, cwd=cwd)
        assert done.returncode == 0, (command, done.stdout, done.stderr)
        assert str(ROOT) not in done.stdout + done.stderr

    brief("init", project.name, "--example", cwd=tmp_path)
    brief("check")
    brief("doctor")
    write_study(project)  # a small one is made sooner than the example, whose files are those of this repository
    brief("render", "trial", "--engine", "embedded", "--to", "html")
    brief("publish", "trial", "--date", "2026-01-31")
    made = contents(project)
    assert {name: made[name] for name in parts(ROOT, example=True)} == {
        name: path.read_bytes() for name, path in parts(ROOT, example=True).items()
    }
    assert {f"_site/briefs/trial/{name}" for name in ("brief.html", "handout.html", "recompute.html")} <= set(made)
    assert "_site/index.html" in made
    assert "published/trial/v1.0/brief.pdf" in made
    assert made["published/trial/v1.0/inputs/requirements.lock"] == made["requirements.lock"]
    assert [name for name, data in made.items() if str(ROOT).encode() in data] == []


def test_every_imported_package_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    declared = {canonicalize_name(Requirement(line).name) for line in lines}
    owners = packages_distributions()
    found: dict[str, set[str]] = {}
    for path in (ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            else:
                continue
            for name in {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"evidence_brief"}:
                found.setdefault(name, set()).add(path.name)
    assert {"numpy", "typer"} <= set(found)
    undeclared = {
        name: sorted(files)
        for name, files in found.items()
        if not {canonicalize_name(owner) for owner in owners.get(name, [])} & declared
    }
    assert undeclared == {}
