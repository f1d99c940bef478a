"""Which files a survey reads."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from evidence_brief.errors import FileFailed
from evidence_brief.survey.inputs import files_of


@pytest.fixture(autouse=True)
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("b.txt", "a.HTML", "c.csv", "deep/er/d.nxml", ".hidden/e.txt", "deep/.f.txt", "deep/g.pdf"):
        path = tmp_path / "texts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("One figure: 12%.")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_inputs_of_a_folder_are_what_can_be_read_at_any_depth():
    assert files_of(["texts"]) == ["texts/a.HTML", "texts/b.txt", "texts/deep/er/d.nxml", "texts/deep/g.pdf"]


def test_inputs_named_file_is_read_whatever_it_is_called():
    assert files_of(["texts/c.csv"]) == ["texts/c.csv"]


def test_inputs_are_read_once_however_often_they_are_named():
    assert files_of(["./texts/b.txt", "texts/b.txt", "texts/deep/../b.txt"]) == ["texts/b.txt"]


def test_inputs_of_a_list(texts: Path):
    (texts / "list.txt").write_bytes(b"texts/b.txt\r\n\ntexts/deep\n")
    assert files_of(["@list.txt"]) == ["texts/b.txt", "texts/deep/er/d.nxml", "texts/deep/g.pdf"]


def test_inputs_of_standard_input(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"texts/b.txt\n")))
    assert files_of(["-"]) == ["texts/b.txt"]


def test_inputs_file_whose_name_begins_like_a_list(texts: Path):
    (texts / "@list.txt").write_text("12%")
    assert files_of(["@list.txt"]) == ["@list.txt"]


def test_inputs_link_to_the_folder_above_is_no_endless_circle(texts: Path):
    os.symlink("..", texts / "texts" / "deep" / "up")
    assert len(files_of(["texts"])) == 4


@pytest.mark.parametrize("path", ["nowhere", "@nowhere.txt"])
def test_inputs_path_that_leads_nowhere(path: str):
    with pytest.raises(FileFailed, match="nowhere"):
        files_of(["texts", path])


def test_inputs_list_that_names_what_is_not_there(texts: Path):
    (texts / "list.txt").write_text("texts/b.txt\ntexts/gone.txt\n")
    with pytest.raises(FileFailed, match="texts/gone.txt"):
        files_of(["@list.txt"])


def test_inputs_folder_without_texts(texts: Path):
    (texts / "empty").mkdir()
    with pytest.raises(FileFailed, match="no file that can be read"):
        files_of(["empty"])
