"""`brief survey` from the command line, and on a Dask cluster of a scheduler and two workers on this machine."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

TEXTS = {
    "right.txt": "Hazard ratio 0.62 (95% CI 0.42 to 0.92; P=.02) in 120 patients.",
    "wrong.txt": "The test gave t(28)=2.20, p=.60, in all patients.",
    "none.txt": "Nothing was counted.",
    "scan.pdf": "%PDF-1.4 broken",
}


def brief(*arguments: str, input: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "evidence_brief", "survey", *arguments],
        capture_output=True,
        text=True,
        input=input,
        env={**os.environ, **environment},
        timeout=120,
    )


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return folder


def test_survey_works_without_a_project_and_leaves_with_0(texts: Path):
    done = brief("texts", "--to", "out.parquet", "--summary", "out.html", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert re.search(r"^4 files, \d+ figures$", done.stdout, re.M)
    assert re.search(r"^ +1  ✗ contradicted$", done.stdout, re.M)
    assert "texts/scan.pdf: " in done.stdout
    assert sorted(path.name for path in Path().iterdir()) == ["out.html", "out.parquet", "texts"]
    assert '<a href="texts/wrong.txt">texts/wrong.txt</a>' in Path("out.html").read_text(encoding="utf-8")


def test_survey_of_a_list_on_standard_input(texts: Path):
    done = brief("-", "--to", "out.parquet", "--jobs", "1", input="texts/right.txt\n")
    assert done.returncode == 0, done.stderr
    assert set(pq.read_table("out.parquet")["file"].to_pylist()) == {"texts/right.txt"}


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["texts", "--to", "out.csv"], 2, "does not end in .parquet"),
        (["texts", "--to", "out.parquet", "--summary", "out.parquet"], 2, "does not end in .html"),
        (["texts", "--to", "out.parquet", "--jobs", "0"], 2, "--jobs"),
        (["--to", "out.parquet"], 2, "PATHS"),
        (["nowhere", "--to", "out.parquet"], 9, "nowhere"),
        (["texts", "--to", "texts/right.txt/out.parquet"], 9, "right.txt"),
        (["texts", "--to", "out.parquet", "--scheduler", "tcp://127.0.0.1:1"], 2, "no scheduler answers"),
    ],
)
def test_survey_wrong_use(texts: Path, arguments: list[str], code: int, said: str):
    done = brief(*arguments, COLUMNS="300")
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not Path("out.parquet").exists()


def test_survey_on_a_cluster_without_its_package(texts: Path):
    hidden = texts.parent / "hidden"
    hidden.mkdir()
    (hidden / "distributed.py").write_text("raise ImportError('not installed')")
    path = os.pathsep.join([str(hidden), os.environ.get("PYTHONPATH", "")])
    done = brief("texts", "--to", "out.parquet", "--scheduler", "tcp://h:1", PYTHONPATH=path, COLUMNS="300")
    assert done.returncode == 2
    assert "python -m pip install 'evidence-brief[cluster]'" in done.stderr


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler with two workers, each a process of its own."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    place = tmp_path / "cluster"
    place.mkdir()
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    told = subprocess.Popen([*command, "--no-dashboard"], cwd=place, stderr=subprocess.PIPE, text=True)
    processes = [told]
    try:
        assert told.stderr is not None
        address = next(found[0] for line in told.stderr if (found := re.search(r"tcp://127\.0\.0\.1:\d+", line)))
        worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard"]
        processes += [subprocess.Popen([*worker, "--no-nanny"], cwd=place, **quiet) for _ in range(2)]
        yield address
    finally:
        for process in reversed(processes):
            process.kill()
        for process in processes:
            process.wait(20)
        if told.stderr is not None:
            told.stderr.close()


def test_survey_on_a_cluster_writes_the_same_table(texts: Path, scheduler: str):
    for i in range(40):
        (texts / f"{i:02}.txt").write_text(f"Study {i}. {TEXTS['right.txt']}")
    here = brief("texts", "--to", "here.parquet", "--jobs", "1")
    assert here.returncode == 0, here.stderr
    there = brief("texts", "--to", "there.parquet", "--scheduler", scheduler)
    assert there.returncode == 0, there.stderr
    assert Path("there.parquet").read_bytes() == Path("here.parquet").read_bytes()
