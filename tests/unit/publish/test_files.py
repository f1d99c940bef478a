"""The files of a version, and what it cannot hold."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from tests.unit.publish.conftest import TEXTS

from evidence_brief.errors import DamagedVersion
from evidence_brief.publish.files import fault_of_path
from evidence_brief.publish.manifest import MANIFEST, File, files_of


def test_files_of_gives_sum_and_size_of_every_file_but_the_manifest(version: Path) -> None:
    expected = {path: text.encode() for path, text in TEXTS.items()}
    assert files_of(version) == {p: File(hashlib.sha256(b).hexdigest(), len(b)) for p, b in expected.items()}


def test_files_of_names_every_link_and_special_file_at_once(version: Path) -> None:
    (version / "inputs" / "link.txt").symlink_to(version / "brief.html")
    (version / "folder").symlink_to(version / "inputs", target_is_directory=True)
    (version / "dangling").symlink_to("nowhere")
    os.mkfifo(version / "pipe")
    with pytest.raises(DamagedVersion) as caught:
        files_of(version)
    assert [(problem.file, problem.found) for problem in caught.value.problems] == [
        ("dangling", "a symbolic link"),
        ("folder", "a symbolic link"),
        ("inputs/link.txt", "a symbolic link"),
        ("pipe", "a special file"),
    ]


def test_files_of_refuses_a_manifest_that_is_a_link(folder: Path) -> None:
    (folder / MANIFEST).symlink_to(folder / "ledger.json")
    with pytest.raises(DamagedVersion, match=f"{MANIFEST}: a published version cannot hold this"):
        files_of(folder)


def test_files_of_refuses_names_that_no_manifest_can_hold(folder: Path) -> None:
    (folder / "a\\b").write_text("", encoding="utf-8")
    (folder / "a\nb").write_text("", encoding="utf-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_text("", encoding="utf-8")
    with pytest.raises(DamagedVersion) as caught:
        files_of(folder)
    assert len(caught.value.problems) == 3
    str(caught.value).encode()


def test_files_of_lists_a_file_in_a_lower_folder_that_is_named_as_the_manifest(folder: Path) -> None:
    (folder / "inputs" / MANIFEST).write_text("{}", encoding="utf-8")
    assert f"inputs/{MANIFEST}" in files_of(folder)


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../up", "a/../../up", "a//b", "a/", "./a", ".", "", "a\\b", "C:/a", "C:a", "a\x00b", "\ud800"],
)
def test_paths_that_lead_elsewhere_have_a_fault(path: str) -> None:
    assert fault_of_path(path) is not None


@pytest.mark.parametrize("path", ["a", "inputs/a b", "..a", "a..", "über/%41", "inputs/_quarto.yml"])
def test_paths_in_the_version_have_no_fault(path: str) -> None:
    assert fault_of_path(path) is None
