"""Folders that somebody made to stop `brief verify`: it ends soon, with a clear error."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from tests.projects import run_brief
from tests.published import TRIAL, signed
from tests.verified import require_told, verified, verified_alone

from evidence_brief.publish.manifest import MANIFEST
from evidence_brief.publish.release import RECORD

pytestmark = pytest.mark.slow
DEEP = "[" * 100_000 + "]" * 100_000
posix = pytest.mark.skipif(os.name != "posix", reason="needs pipes, users and names of bytes")


@pytest.mark.parametrize("text", [DEEP, '{"a":' * 100_000 + "1" + "}" * 100_000, "9" * 100_000, '"\\ud800"', ""])
@pytest.mark.parametrize("name", [MANIFEST, RECORD])
def test_json_made_to_stop_a_reader_is_told(place: Path, name: str, text: str) -> None:
    (place / TRIAL / "v1.0" / name).write_text(text, encoding="utf-8")
    require_told(verified(place), name)


@pytest.mark.parametrize("name", [RECORD, "ledger.json", "inputs/analysis/recompute.ipynb", "inputs/_quarto.yml"])
def test_deep_files_with_sums_that_fit_are_told(place: Path, name: str) -> None:
    (place / TRIAL / "v1.0" / name).write_text(DEEP, encoding="utf-8")
    signed(place / TRIAL / "v1.0")
    result = verified_alone(place / TRIAL / "v1.0")
    assert result.outcome in ("damaged", "differs")
    assert result.error is not None
    assert len(str(result.error)) < 20_000


def pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def plug(path: Path) -> None:
    path.unlink(missing_ok=True)
    here = Path.cwd()
    os.chdir(path.parent)  # the names of sockets are short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def endless(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")


@posix
@pytest.mark.parametrize("make", [pipe, plug, endless])
@pytest.mark.parametrize("name", ["brief.html", "more", "inputs/data/trial/study.yml", RECORD, MANIFEST])
def test_a_pipe_a_socket_and_an_endless_file_do_not_stop_verify(
    place: Path, make: Callable[[Path], None], name: str
) -> None:
    make(place / TRIAL / "v1.0" / name)
    done = run_brief("verify", "--no-rebuild", "--from", str(place), f"{TRIAL}@v1.0", cwd=place)
    assert done.returncode == 11, done.stderr
    assert name in done.stderr
    assert "Traceback" not in done.stderr


@posix
def test_a_pipe_in_the_place_of_the_list_does_not_stop_verify_and_publish(place: Path) -> None:
    pipe(place / TRIAL / "versions.json")
    done = run_brief("verify", "--no-rebuild", "--from", str(place), cwd=place)
    assert done.returncode in (11, 13), done.stderr
    assert "versions.json" in done.stderr
    assert "Traceback" not in done.stderr


@posix
def test_names_that_are_no_utf_8_are_told(place: Path) -> None:
    folder = os.fsencode(place / TRIAL / "v1.0")
    Path(os.fsdecode(folder + b"/caf\xe9.html")).write_text("x", encoding="utf-8")
    require_told(verified(place), "caf\\udce9.html", "a path that is no UTF-8")
    done = run_brief("verify", "--no-rebuild", "--from", str(place), cwd=place, PYTHONIOENCODING="utf-8")
    assert done.returncode == 11
    assert "caf" in done.stderr


def test_a_huge_file_is_told_without_being_held_in_memory(place: Path) -> None:
    with (place / TRIAL / "v1.0" / "brief.pdf").open("r+b") as file:
        file.truncate(2**29)
    require_told(verified(place), "brief.pdf", str(2**29))


def _as_nobody(place: Path, answers: Any) -> None:
    os.setgid(65534)
    os.setuid(65534)
    result = verified(place)
    answers.put((result.outcome, str(result.error)))


@posix
@pytest.mark.parametrize("name", ["brief.html", "inputs/data", MANIFEST])
def test_a_file_that_cannot_be_read_is_told(place: Path, name: str) -> None:
    path = place / TRIAL / "v1.0" / name
    path.chmod(0)
    if os.geteuid() != 0:
        require_told(verified(place), name)
        path.chmod(0o700)
        return
    for folder in (place, *place.parents[:4]):  # what pytest has made for its user alone
        folder.chmod(0o755)
    context = get_context("fork")
    answers = context.Queue()
    process = context.Process(target=_as_nobody, args=(place, answers))
    process.start()
    outcome, told = answers.get(timeout=60)
    process.join()
    assert outcome == "damaged"
    assert name in told
    assert "ermission denied" in told


def test_a_list_with_an_endless_number_of_versions_is_read(place: Path) -> None:
    path = place / TRIAL / "versions.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    data["versions"] += [{"version": f"v{major}.0", "manifest": "0" * 64} for major in range(2, 50_000)]
    path.write_text(json.dumps(data), encoding="utf-8")
    require_told(verified(place), "versions.json")
