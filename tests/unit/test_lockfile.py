"""What `requirements.lock` asks for on this machine, and the lines of it that ask for nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.projects import ROOT

from evidence_brief.lockfile import LOCK, Pin, read_lock

HASH = f"    --hash=sha256:{'0a' * 32}"


def lock(folder: Path, *lines: str) -> Path:
    (folder / LOCK).write_text("\n".join([*lines, ""]), encoding="utf-8")
    return folder


def test_pins_that_apply_here_with_their_lines(tmp_path: Path) -> None:
    folder = lock(
        tmp_path,
        "--index-url https://example.org/simple",
        "# a comment",
        "ZZ.First==1.0 \\",
        f"{HASH} \\",
        HASH,
        "zz-second==2.0 ; sys_platform == 'none' \\",
        HASH,
        "zz-third==3.0 ; python_full_version < '3' \\",
        HASH,
        "zz-third==4.0 ; python_full_version >= '3' \\",
        HASH,
        f"zz-fourth==5 --hash=sha256:{'0b' * 32}  # via zz-third",
    )
    pins, problems = read_lock(folder)
    assert problems == []
    assert sorted(pins.values(), key=lambda pin: pin.line) == [
        Pin("zz-first", "1.0", 3),
        Pin("zz-third", "4.0", 10),
        Pin("zz-fourth", "5", 12),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "zz-first",
        "zz-first>=1",
        "zz-first==1.*",
        "zz-first==1,!=2",
        "zz-first @ https://example.org/zz.whl",
        "<<<<<<< HEAD",
        "zz-first==1 ; nonsense == 'x' \\",
        "zz-first==1 \\ --hash=sha256:0a",
        "    --hash=sha256:0a0a",
        "    --hash=",
        "-r other.txt",
    ],
)
def test_a_line_that_locks_nothing_is_a_problem_at_its_place(tmp_path: Path, line: str) -> None:
    pins, (problem,) = read_lock(lock(tmp_path, "zz-zero==1 \\", HASH, line))
    assert list(pins) == ["zz-zero"]
    assert (problem.file, problem.line, problem.expected) == (LOCK, 3, "name==version")
    assert problem.found
    assert problem.found in line
    assert problem.mend


def test_two_versions_for_one_machine_are_a_problem(tmp_path: Path) -> None:
    folder = lock(tmp_path, "zz==1.0", "zz==1", "zz==2.0 ; python_version >= '3'")
    _, (problem,) = read_lock(folder)
    assert (problem.line, problem.expected) == (3, "1.0, as line 1 says")


def test_a_long_line_is_cut(tmp_path: Path) -> None:
    _, (problem,) = read_lock(lock(tmp_path, "x " * 100))
    assert problem.found is not None
    assert len(problem.found) == 60


def test_a_file_that_is_no_text_is_a_problem_with_its_line(tmp_path: Path) -> None:
    (tmp_path / LOCK).write_bytes(b"zz==1.0\n\xff\xfe")
    pins, (problem,) = read_lock(tmp_path)
    assert pins == {}
    assert (problem.line, problem.found) == (2, "byte 0xff")


def test_a_folder_in_its_place_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()
    pins, (problem,) = read_lock(tmp_path)
    assert pins == {}
    assert problem.message == "cannot be read"


def test_no_file_is_for_the_caller(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_lock(tmp_path)


@pytest.mark.parametrize(("version", "met"), [("1.0", True), ("1", True), ("1.0.1", False), ("1.0+cpu", False)])
def test_versions_are_the_same_however_they_are_spelled(version: str, met: bool) -> None:
    assert Pin("zz", "1.0", 1).is_met_by(version) is met


def test_the_lock_file_of_the_project_locks_all_that_its_package_needs() -> None:
    pins, problems = read_lock(ROOT)
    assert problems == []
    assert {"numpy", "papermill", "pypandoc-binary", "typst", "pytest"} <= set(pins)
