"""What `brief publish` does not build upon: a version that is damaged, and a date before the newest version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.projects import run_brief
from tests.published import TRIAL, relabel, tiny_project

from evidence_brief.freshness import sums

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that says something newer than the versions in the place; its notebook has run."""
    project = tiny_project(tmp_path_factory.mktemp("refuses") / "project")
    relabel(project, "Another label")
    assert run_brief("prepare", cwd=project).returncode == 0
    return project


def test_damaged_older_version_is_named_and_nothing_is_published(place: Path, project: Path) -> None:
    page = place / TRIAL / "v1.0" / "brief.html"
    page.write_bytes(page.read_bytes().replace(b"50.0%", b"51.0%"))
    before = sums(place)
    done = run_brief("publish", "--to", str(place), "--date", "2026-12-01", cwd=project)
    assert done.returncode == 11
    assert f"{TRIAL}@v1.0: brief.html" in done.stderr
    assert sums(place) == before


def test_earlier_date_is_refused_and_nothing_is_published(place: Path, project: Path) -> None:
    before = sums(place)
    done = run_brief("publish", "--to", str(place), "--date", "2026-11-23", cwd=project)
    assert done.returncode == 13
    assert "2026-11-24 or later" in done.stderr
    assert "give a later --date" in done.stderr
    assert sums(place) == before


def test_clock_that_is_wrong_gives_the_date_of_the_newest_version(place: Path, project: Path) -> None:
    done = run_brief("publish", "--to", str(place), cwd=project, SOURCE_DATE_EPOCH="0")
    assert done.returncode == 0, done.stderr
    record = json.loads((place / TRIAL / "v1.2" / "version.json").read_text(encoding="utf-8"))
    assert record["date"] == "2026-11-24"


def test_same_day_is_no_earlier_date(place: Path, project: Path) -> None:
    done = run_brief("publish", "--to", str(place), "--date", "2026-11-24", cwd=project)
    assert done.returncode == 0, done.stderr
    assert (place / TRIAL / "v1.2" / "brief.html").is_file()
