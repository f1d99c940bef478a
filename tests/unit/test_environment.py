"""What computes a brief: versions out of the packages' own metadata, and the sum of the code."""

from __future__ import annotations

import json
import platform
import shutil
from collections.abc import Callable
from pathlib import Path

import pypandoc
import pytest

from evidence_brief import __version__, environment, freshness
from evidence_brief.distributions import closure, installed, needed
from evidence_brief.freshness import input_sum
from evidence_brief.project import Project

Install = Callable[..., Path]


def test_closure_follows_needs_and_leaves_out_extras_and_other_machines(install: Install) -> None:
    install("zz-first", "1.0", "ZZ.Second>=2", "zz-extra; extra == 'more'", "zz-other; sys_platform == 'none'")
    install("zz-second", "2.1", "zz-third[more]; python_version >= '3'", "zz-first")
    assert closure("Zz_First") == {"zz-first": "1.0", "zz-second": "2.1", "zz-third": None}


def test_a_need_that_cannot_be_read_or_decided_is_passed_over(install: Install) -> None:
    install("zz-first", "1.0", "not a need", "zz-odd; sys_platform ~= 'x'", "zz-second")
    assert closure("zz-first") == {"zz-first": "1.0", "zz-second": None}


def test_an_interrupted_installation_is_none(install: Install) -> None:
    folder = install("zz-first", "1.0")
    (folder / "METADATA").unlink()
    assert installed("zz-first") is None


def test_packages_are_those_needed_with_python_and_the_pandoc_that_renders(install: Install) -> None:
    install("evidence-brief", "0.0.1", "zz-first", "zz-absent")
    install("zz-first", "1.0", "zz-second")
    install("zz-second", "2.1")
    found = environment.packages()
    assert found == {
        "evidence-brief": __version__,
        "pandoc": pypandoc.get_pandoc_version(),
        "python": platform.python_version(),
        "zz-first": "1.0",
        "zz-second": "2.1",
    }
    assert list(found) == sorted(found)


def test_packages_of_this_environment_name_no_machine_and_no_place() -> None:
    found = environment.packages()
    assert {"python", "pandoc"} <= set(found)
    text = json.dumps(found)
    assert "/" not in text
    assert str(Path.home()) not in text


def test_code_sum_is_of_paths_and_bytes_and_of_no_compiled_code_and_no_template(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "CODE", tmp_path)
    sums = []
    for name, text in (("a.py", "x"), ("a.py", "y"), ("a.toml", "y")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        sums.append(environment.code_sum.__wrapped__())
    assert len(set(sums)) == 3
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"z")
    (tmp_path / "template").mkdir()
    (tmp_path / "template" / "index.qmd").write_bytes(b"z")
    assert environment.code_sum.__wrapped__() == sums[-1]
    shutil.move(tmp_path / "a.toml", tmp_path / "b.toml")
    assert environment.code_sum.__wrapped__() not in sums


@pytest.mark.parametrize(
    ("script", "version"),
    [(None, None), ("echo 1.9.36", "1.9.36"), ("echo broken; exit 1", "unknown"), ("true", "unknown")],
)
def test_quarto_version_is_what_quarto_on_path_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, version: str | None
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if script is not None:
        quarto = tmp_path / "quarto"
        quarto.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        quarto.chmod(0o755)
    assert environment.quarto_version.__wrapped__() == version


def test_a_brief_is_stale_after_any_needed_package_changed(install: Install, project: Path) -> None:
    install("evidence-brief", "0.0.1", "zz-first")
    install("zz-first", "1.0", "zz-second")
    known = Project(project)
    study = known.studies()[0]
    before = input_sum(known, study, ["html"])
    assert input_sum(known, study, ["html"]) == before
    install("zz-second", "2.1")
    assert needed()["zz-second"] == "2.1"
    assert input_sum(known, study, ["html"]) != before
