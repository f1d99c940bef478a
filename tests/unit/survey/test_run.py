"""A whole survey: bad files, going on where it was stopped, and the same table whatever the number of processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from evidence_brief.errors import FileFailed
from evidence_brief.survey import run
from evidence_brief.survey.local import Task
from evidence_brief.survey.run import Wish, survey
from evidence_brief.survey.table import write_table
from evidence_brief.survey.text import survey_content

TRIAL = (
    "Of 24 patients on the drug 22 (91.7%) responded, and of 18 on placebo 10 (55.6%). "
    "Hazard ratio 0.62 (95% CI 0.42 to 0.92; P=.02). t(28)=2.20, p<.05."
)
WRONG = "The test gave t(28)=2.20, p=.60, in all patients."


def write(folder: Path, files: dict[str, str | bytes]) -> None:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path / "texts", {f"{i:02}.txt": f"Text {chr(65 + i)}. {TRIAL}" for i in range(6)})
    write(
        tmp_path / "texts", {"wrong.txt": WRONG, "none.txt": "No figure at all.", "empty.txt": "", "bad.pdf": b"%PDF-"}
    )
    monkeypatch.chdir(tmp_path)
    return tmp_path / "texts"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read, which this process does itself, as they are read."""
    names: list[str] = []

    def here(tasks: Iterable[Task], jobs: int, limit: float) -> Iterator[tuple[Task, dict]]:
        for task in tasks:
            names.append(Path(task.file).name)
            yield task, asdict(survey_content(task.content, task.file, task.sha256))

    monkeypatch.setattr(run, "locally", here)
    return names


def wish(jobs: int = 1, to: str = "out.parquet", **more: object) -> Wish:
    return Wish(["texts"], Path(to), jobs, **more)  # type: ignore[arg-type]


def test_survey_lists_bad_files_and_files_without_figures_beside_the_others(texts: Path, read: list[str]):
    (texts / "secret.txt").symlink_to("nowhere")
    totals = survey(wish())
    rows = {row["file"]: row for row in pq.read_table("out.parquet").to_pylist()}
    assert {name: rows[f"texts/{name}"]["status"] for name in ("empty.txt", "bad.pdf", "secret.txt", "none.txt")} == {
        **dict.fromkeys(("empty.txt", "bad.pdf", "secret.txt"), "failed"),
        "none.txt": "no figures",
    }
    assert "empty" in rows["texts/empty.txt"]["error"]
    assert rows["texts/secret.txt"]["error"] == "cannot be read: No such file or directory"
    assert totals.files == {"figures": 7, "failed": 3, "no figures": 1}


def test_survey_row_says_what_is_contradicted_and_where(texts: Path, read: list[str]):
    survey(wish())
    [row] = [row for row in pq.read_table("out.parquet").to_pylist() if row["severity"] == "contradiction"
             and row["type"] == "p_value"]  # fmt: skip
    assert (row["file"], row["value"], row["verdict"]) == ("texts/wrong.txt", "p=.60", "contradicted")
    assert (row["code"], row["place"]) == ("p_value.decision", "line 1")
    assert WRONG[row["start"] : row["end"]] == "p=.60"
    assert row["sentence"][row["offset"] :].startswith("p=.60")


def test_survey_table_is_the_same_bytes_whatever_the_number_of_processes(texts: Path):
    survey(wish(1, "one.parquet"))
    survey(wish(3, "three.parquet"))
    assert Path("one.parquet").read_bytes() == Path("three.parquet").read_bytes()


def test_survey_reads_again_only_what_has_changed(texts: Path, read: list[str]):
    survey(wish())
    before = Path("out.parquet").read_bytes()
    read.clear()
    survey(wish())
    assert (read, Path("out.parquet").read_bytes()) == ([], before)
    write(texts, {"wrong.txt": TRIAL, "new.txt": TRIAL})
    (texts / "00.txt").unlink()
    survey(wish())
    assert sorted(read) == ["new.txt", "wrong.txt"]
    names = set(pq.read_table("out.parquet")["file"].to_pylist())
    assert "texts/new.txt" in names
    assert "texts/00.txt" not in names


def test_survey_of_another_version_starts_over(texts: Path, read: list[str], monkeypatch: pytest.MonkeyPatch):
    survey(wish())
    read.clear()
    monkeypatch.setattr(run, "version", lambda: "another")
    survey(wish())
    assert len(read) == 10


KILLED = """
import os, signal, sys
from pathlib import Path
from evidence_brief.survey import run
from evidence_brief.survey.store import Store

run.SAFE_EVERY = 0
put, files = Store.put, []
def counted(self, file, sha256, surveyed):
    put(self, file, sha256, surveyed)
    files.append(file)
    if len(files) == 5:
        os.kill(os.getpid(), signal.SIGKILL)
Store.put = counted
run.survey(run.Wish(["texts"], Path("out.parquet"), 1))
"""


def test_survey_that_was_killed_goes_on(texts: Path, read: list[str]):
    killed = subprocess.run([sys.executable, "-c", KILLED], env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)})
    assert killed.returncode == -9
    assert not Path("out.parquet").exists()
    survey(wish())
    assert len(read) == 6
    assert sorted(path.name for path in Path().iterdir()) == ["out.parquet", "texts"]
    survey(wish(1, "whole.parquet"))
    assert Path("whole.parquet").read_bytes() == Path("out.parquet").read_bytes()


def test_survey_that_fails_to_write_keeps_what_is_done(texts: Path, read: list[str], monkeypatch: pytest.MonkeyPatch):
    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(run, "write_table", full)
    with pytest.raises(OSError, match="no space left"):
        survey(wish())
    read.clear()
    monkeypatch.setattr(run, "write_table", write_table)
    survey(wish())
    assert read == []


def test_survey_replaces_no_file_of_somebody_else(texts: Path, read: list[str]):
    Path("out.parquet").write_text("mine")
    with pytest.raises(FileFailed, match="is no table of a survey"):
        survey(wish())
    assert Path("out.parquet").read_text() == "mine"


def test_survey_in_a_folder_that_cannot_be_written(texts: Path, read: list[str]):
    with pytest.raises(OSError, match="a folder"):
        survey(Wish(["texts"], texts, 1))


def test_survey_name_of_a_file_that_is_no_utf8(texts: Path, read: list[str]):
    os.rename(b"texts/wrong.txt", b"texts/wr\xf6ng.txt")
    survey(wish())
    assert "texts/wr\ufffdng.txt" in pq.read_table("out.parquet")["file"].to_pylist()


def test_survey_too_large_a_file_is_listed(texts: Path, read: list[str]):
    with (texts / "large.txt").open("wb") as large:
        large.truncate(20_000_001)
    survey(wish())
    errors = {row["file"]: row["error"] for row in pq.read_table("out.parquet").to_pylist()}
    assert errors["texts/large.txt"].startswith("is larger than 20 MB")
