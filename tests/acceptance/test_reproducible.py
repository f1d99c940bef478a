"""The same project gives the same bytes, whoever publishes it, where, when and how."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.small_project import contents, run_elsewhere, small_project, write_study

pytestmark = pytest.mark.slow
STRANGE = {
    **{"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7", "PYTHONUTF8": "1"},
    **{"USER": "somebody", "LOGNAME": "somebody", "COLUMNS": "61", "NO_COLOR": "1"},
}
NOON = {"2026-01-31": "1769860800", "2026-02-28": "1772280000"}
"""Seconds since 1970 of a moment of those days, in UTC; in Kiritimati it is the next day."""


def touch(folder: Path) -> None:
    """Give every file another time, the later ones an earlier one."""
    for i, path in enumerate(sorted(folder.rglob("*"))):
        os.utime(path, (1_000_000_000 - 1000 * i, 1_000_000_000 - 1000 * i))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project of `published` in a deep folder, by another person; the second version comes after the render."""
    root = tmp_path_factory.mktemp("x")
    project = small_project(root / "a b" / "ü" / "deep" / "checkout", "trial", "other", backwards=True)
    strange = {**STRANGE, "HOME": str(root / "home"), "TMPDIR": str(root / "a b")}
    (root / "home").mkdir()
    touch(project)
    day, later = NOON.values()
    run_elsewhere("publish", "trial", cwd=project, umask=0o077, SOURCE_DATE_EPOCH=day, **strange)
    write_study(project, placebo="50%")
    touch(project / "data")
    run_elsewhere("render", "--engine", "embedded", "--jobs", "2", cwd=project, umask=0o077, **strange)
    run_elsewhere("publish", "trial", cwd=project, umask=0o027, SOURCE_DATE_EPOCH=later, **strange)
    return project


@pytest.mark.parametrize("place", ["published", "_site", "briefs"])
def test_everything_that_is_made_is_the_same_elsewhere(published: Path, elsewhere: Path, place: str) -> None:
    one, two = contents(published / place), contents(elsewhere / place)
    assert sorted(one) == sorted(two)
    assert [name for name in one if one[name] != two[name]] == []
    assert one


def test_published_place_has_all_that_readers_need(published: Path) -> None:
    names = set(contents(published / "published" / "trial"))
    assert {"versions.json", "versions.js", "index.html", "latest/index.html"} <= names
    for version in ("v1.0", "v2.0"):
        assert {f"{version}/{name}" for name in ("version.json", "ro-crate-metadata.json", "redline.html")} <= names
    assert not any(Path(name).name.startswith(".") for name in names)


def test_nothing_that_is_made_names_the_machine_or_who_made_it(published: Path, elsewhere: Path) -> None:
    for project in (published, elsewhere):
        marks = [str(project).encode(), b"/home/", b"/tmp/", os.uname().nodename.encode(), b"Kiritimati", b"somebody"]
        for place in ("published", "_site"):
            for name, data in contents(project / place).items():
                assert [mark for mark in marks if len(mark) > 4 and mark in data] == [], name
