"""The table of a survey: its columns, whole or not at all, and read back."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from evidence_brief.errors import FileFailed
from evidence_brief.survey import table
from evidence_brief.survey.columns import CLAIM, NAMES
from evidence_brief.survey.table import File, code_of, files_in, require_replaceable, write_table


def row(claim: str, number: int | None = None) -> list[object]:
    values = {"claim": claim, "verdict": "unchecked", "start": 3, "finding": number}
    return [values.get(name) for name, _ in CLAIM]


FILES: list[File] = [
    ("a.txt", "1", "figures", None, [row("x", 1), row("x", 2), row("y")]),
    ("b.txt", "2", "no figures", None, []),
    ("c.txt", None, "failed", "cannot be read: gone", []),
    ("d.txt", "4", "figures", None, [row("x")]),
]


def test_table_has_a_row_for_each_claim_and_finding_and_one_for_each_other_file(tmp_path: Path):
    write_table(tmp_path / "t.parquet", FILES, "code")
    found = pq.read_table(tmp_path / "t.parquet")
    assert tuple(found.column_names) == NAMES
    assert found["file"].to_pylist() == ["a.txt", "a.txt", "a.txt", "b.txt", "c.txt", "d.txt"]
    assert found["claim"].to_pylist() == ["x", "x", "y", None, None, "x"]
    assert found["finding"].to_pylist() == [1, 2, None, None, None, None]
    assert {str(field.type) for field in found.schema} == {"string", "int32"}


@pytest.mark.parametrize("piece", [1, 2, 3, 100])
def test_table_is_read_back_as_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int):
    monkeypatch.setattr(table, "PIECE", piece)
    write_table(tmp_path / "t.parquet", FILES, "code")
    assert list(files_in(tmp_path / "t.parquet")) == FILES


def test_table_without_any_row_of_a_claim(tmp_path: Path):
    write_table(tmp_path / "t.parquet", FILES[1:3], "code")
    assert [file[0] for file in files_in(tmp_path / "t.parquet")] == ["b.txt", "c.txt"]


def test_table_of_an_earlier_survey_stands_until_the_new_one_is_whole(tmp_path: Path):
    write_table(tmp_path / "t.parquet", FILES, "code")
    before = (tmp_path / "t.parquet").read_bytes()

    def breaking() -> Iterator[File]:
        yield FILES[0]
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        write_table(tmp_path / "t.parquet", breaking(), "code")
    assert (tmp_path / "t.parquet").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["t.parquet"]


def test_table_knows_the_code_that_made_it(tmp_path: Path):
    write_table(tmp_path / "t.parquet", FILES, "code")
    assert code_of(tmp_path / "t.parquet") == "code"
    assert code_of(tmp_path / "none.parquet") is None


def test_table_replaces_no_other_file(tmp_path: Path):
    (tmp_path / "t.parquet").write_bytes(b"PAR1 of somebody")
    with pytest.raises(FileFailed, match="is no table of a survey"):
        require_replaceable(tmp_path / "t.parquet")
    require_replaceable(tmp_path / "new.parquet")


def most_memory(tmp_path: Path, files: int) -> int:
    """The largest number of bytes that writing the table of so many files holds."""
    tracemalloc.start()
    write_table(tmp_path / "t.parquet", ((f"{i:05}", "1", "figures", None, [row("x")] * 10) for i in range(files)), "c")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


def test_table_of_many_files_takes_no_more_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(table, "PIECE", 500)
    most_memory(tmp_path, 60)
    assert most_memory(tmp_path, 3000) < 1.5 * most_memory(tmp_path, 150)
