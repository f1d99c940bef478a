"""What a survey keeps of what is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence_brief.errors import FileFailed
from evidence_brief.survey.store import Store

DONE = {"status": "figures", "error": None, "rows": [["a", 1], ["b", None]]}


def test_store_knows_a_file_by_its_content(tmp_path: Path):
    store = Store(tmp_path / "store", "code")
    store.put("a.txt", "1", DONE)
    assert store.has("a.txt", "1")
    assert not store.has("a.txt", "2")
    assert not store.has("b.txt", "1")


def test_store_survives_with_what_was_committed(tmp_path: Path):
    store = Store(tmp_path / "store", "code")
    store.put("a.txt", "1", DONE)
    store.commit()
    store.put("b.txt", "1", DONE)
    store.close()
    again = Store(tmp_path / "store", "code")
    assert again.has("a.txt", "1")
    assert not again.has("b.txt", "1")
    assert list(again.rows(["a.txt"])) == [("a.txt", "1", "figures", None, [["a", 1], ["b", None]])]


def test_store_of_other_code_starts_over(tmp_path: Path):
    store = Store(tmp_path / "store", "code")
    store.put("a.txt", "1", DONE)
    store.commit()
    store.close()
    assert not Store(tmp_path / "store", "other").has("a.txt", "1")


def test_store_of_a_changed_file_holds_the_new_rows(tmp_path: Path):
    store = Store(tmp_path / "store", "code")
    store.put("a.txt", "1", DONE)
    store.put("a.txt", "2", {**DONE, "rows": []})
    assert list(store.rows(["a.txt"])) == [("a.txt", "2", "figures", None, [])]


def test_store_is_for_one_survey_at_a_time(tmp_path: Path):
    store = Store(tmp_path / "store", "code")
    store.put("a.txt", "1", DONE)
    with pytest.raises(FileFailed, match="another survey is writing it"):
        Store(tmp_path / "store", "code")


def test_store_that_is_no_store(tmp_path: Path):
    (tmp_path / "store").write_text("something else, longer than the header of a database, which is not there at all")
    with pytest.raises(FileFailed, match="cannot be written"):
        Store(tmp_path / "store", "code")


def test_store_is_removed_whole(tmp_path: Path):
    store = Store(tmp_path / "store", "code")
    store.put("a.txt", "1", DONE)
    store.commit()
    store.remove()
    assert list(tmp_path.iterdir()) == []
