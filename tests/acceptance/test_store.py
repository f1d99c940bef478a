"""Versions in a store of objects, from the command: publish, verify, diff."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.projects import run_brief
from tests.small_project import contents, run_elsewhere, small_project, write_study
from tests.stores import s3_server

pytestmark = pytest.mark.slow
PLACE = "s3://briefs/team a/versions"


@pytest.fixture(scope="module")
def s3() -> Iterator[dict[str, str]]:
    with s3_server() as variables:
        yield variables


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, s3: dict[str, str]) -> Path:
    """A project that has published two versions into the store, and one of them into a folder too."""
    project = small_project(tmp_path_factory.mktemp("store"))
    write_study(project, file="Bericht über 50 %.txt")
    for date, placebo in (("2026-01-31", "30%"), ("2026-02-28", "50%")):
        write_study(project, placebo=placebo, file="Bericht über 50 %.txt")
        text = run_elsewhere("publish", "--to", PLACE, "--date", date, cwd=project, **s3)
        assert f"in {PLACE}/trial/v" in text
    return project


def test_store_verifies_a_version_and_makes_it_anew(project: Path, s3: dict[str, str]) -> None:
    text = run_elsewhere("verify", "trial@v2.0", "--from", PLACE, "--json", cwd=project, **s3)
    (found,) = json.loads(text)
    assert (found["version"], found["outcome"], found["anchored"]) == ("trial@v2.0", "identical", True)


def test_store_says_what_changed(project: Path, s3: dict[str, str]) -> None:
    text = run_elsewhere("diff", "trial", "v1", "v2", "--from", PLACE, "--json", cwd=project.parent, **s3)
    data = json.loads(text)
    assert data["major"]
    assert {cause for change in data["changes"] for cause in change["causes"]} == {"source"}


def test_store_publishes_nothing_where_nothing_changed(project: Path, s3: dict[str, str]) -> None:
    text = run_elsewhere("publish", "--to", PLACE, cwd=project, **s3)
    assert text == "trial: unchanged since v2.0 of 28 February 2026\n"


def test_store_without_its_bucket_fails_in_words(project: Path, s3: dict[str, str]) -> None:
    for arguments in (("publish", "--to", "s3://no-such/x"), ("verify", "--from", "s3://no-such/x")):
        done = run_brief(*arguments, cwd=project, **s3)
        assert done.returncode not in (0, 1)
        assert "there is no bucket 'no-such'" in done.stderr
        assert "Traceback" not in done.stderr
    assert not (project / "s3:").exists()
    assert "published" not in {name.split("/")[0] for name in contents(project)}
