"""`brief doctor STUDY@VERSION`: whether what runs here is what made a version."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.projects import run_brief
from tests.published import TRIAL

from evidence_brief.publish.manifest import MANIFEST, from_json, to_json

pytestmark = pytest.mark.slow


def test_doctor_finds_nothing_where_the_version_was_made(two_versions: Path, tmp_path: Path) -> None:
    for name in (f"{TRIAL}@v1", str(two_versions / TRIAL / "v1.0")):
        done = run_brief("doctor", name, "--from", str(two_versions), cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stdout.startswith("0 problems, 0 warnings")


def test_doctor_names_what_differs_and_the_lock_file_that_mends_it(place: Path, tmp_path: Path) -> None:
    path = place / TRIAL / "v1.0" / MANIFEST
    manifest = from_json(path.read_text(encoding="utf-8"), MANIFEST)
    packages = {**manifest.packages, "numpy": "0.9", "python": "3.99.1", "gone-since": "1.0"}
    del packages["scipy"]
    path.write_text(to_json(replace(manifest, packages=packages, code="0" * 64)), encoding="utf-8")
    done = run_brief("doctor", f"{TRIAL}@v1.0", "--from", str(place), "--json", cwd=tmp_path)
    assert done.returncode == 12
    items = {item["name"]: item for item in json.loads(done.stdout)}
    assert {name: item["state"] for name, item in items.items() if item["state"] != "ok"} == {
        "python": "problem",
        "code of evidence-brief": "problem",
        "numpy": "problem",
        "gone-since": "problem",
        "scipy": "warning",
    }
    assert items["numpy"]["expected"] == "0.9"
    assert f"{TRIAL}/v1.0/inputs/requirements.lock" in items["numpy"]["mend"]
    assert "3.99.1" in items["python"]["mend"]


def test_doctor_of_a_version_that_is_not_there_says_which_are(two_versions: Path, tmp_path: Path) -> None:
    done = run_brief("doctor", f"{TRIAL}@v7", "--from", str(two_versions), cwd=tmp_path)
    assert done.returncode == 3
    assert f"{TRIAL}@v1.0, {TRIAL}@v1.1" in done.stderr


def test_doctor_of_a_damaged_manifest_is_a_clear_error(place: Path, tmp_path: Path) -> None:
    (place / TRIAL / "v1.0" / MANIFEST).write_text("{}", encoding="utf-8")
    done = run_brief("doctor", f"{TRIAL}@v1.0", "--from", str(place), cwd=tmp_path)
    assert done.returncode == 11
    assert MANIFEST in done.stderr
    assert "Traceback" not in done.stderr
