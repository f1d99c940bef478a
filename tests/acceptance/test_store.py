"""Versions in a store of objects, from the command: publish, verify, diff."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.projects import run_brief
from tests.small_project import contents, run_elsewhere, small_project, write_study
from tests.stores import forget_clients, s3_server

from evidence_brief.publish.store import Store

pytestmark = pytest.mark.slow
PLACE = "s3://briefs/team a/versions"


@pytest.fixture(scope="module")
def s3() -> Iterator[dict[str, str]]:
    with s3_server() as variables:
        yield variables


@pytest.fixture(scope="module")
def project(published: Path, tmp_path_factory: pytest.TempPathFactory, s3: dict[str, str]) -> Path:
    """A project whose versions were moved from a folder into the store, and that published a third one there."""
    project = small_project(tmp_path_factory.mktemp("store"))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in s3.items():
            patch.setenv(name, value)
        forget_clients()
        store = Store.open(PLACE)
        for path, data in contents(published / "published").items():
            store.replace(path, data)
        forget_clients()
    write_study(project, placebo="30%", file="Bericht über 50 %.txt")
    text = run_elsewhere("publish", "--to", PLACE, "--date", "2026-03-31", cwd=project, **s3)
    assert f"trial: v3.0 is new (major), in {PLACE}/trial/v3.0" in text
    return project


def test_store_verifies_a_version_and_makes_it_anew(project: Path, s3: dict[str, str]) -> None:
    text = run_elsewhere("verify", "trial@v3.0", "--from", PLACE, "--json", cwd=project, **s3)
    (found,) = json.loads(text)
    assert (found["version"], found["outcome"], found["anchored"]) == ("trial@v3.0", "identical", True)


def test_store_verifies_versions_that_came_from_a_folder(project: Path, s3: dict[str, str]) -> None:
    text = run_elsewhere("verify", "--from", PLACE, "--no-rebuild", "--json", cwd=project, **s3)
    found = [(one["version"], one["outcome"], one["anchored"]) for one in json.loads(text)]
    assert found == [(f"trial@v{number}.0", "intact", True) for number in (1, 2, 3)]


def test_store_says_what_changed(project: Path, s3: dict[str, str]) -> None:
    text = run_elsewhere("diff", "trial", "v2", "v3", "--from", PLACE, "--json", cwd=project.parent, **s3)
    data = json.loads(text)
    assert data["major"]
    by_id = {change["id"]: change for change in data["changes"]}
    assert (by_id["placebo"]["old"], by_id["placebo"]["new"], by_id["placebo"]["causes"]) == ("50%", "30%", ["source"])


def test_store_publishes_nothing_where_nothing_changed(project: Path, s3: dict[str, str]) -> None:
    text = run_elsewhere("publish", "--to", PLACE, cwd=project, **s3)
    assert text == "trial: unchanged since v3.0 of 31 March 2026\n"


def test_store_without_its_bucket_fails_in_words(project: Path, s3: dict[str, str]) -> None:
    for arguments in (("publish", "--to", "s3://no-such/x"), ("verify", "--from", "s3://no-such/x")):
        done = run_brief(*arguments, cwd=project, **s3)
        assert done.returncode not in (0, 1)
        assert "there is no bucket 'no-such'" in done.stderr
        assert "Traceback" not in done.stderr
    assert not (project / "s3:").exists()
    assert "published" not in {name.split("/")[0] for name in contents(project)}
