"""Own words in the places of the reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence_brief.errors import InvalidStudy
from evidence_brief.notes import own_words


def notes(folder: Path, text: str) -> Path:
    study = folder / "data" / "trial"
    study.mkdir(parents=True)
    (study / "notes.md").write_text(text, encoding="utf-8")
    return study


def test_own_words_stand_under_the_name_of_their_place(tmp_path: Path) -> None:
    folder = notes(
        tmp_path, "# summary\n\nMine: [age]{.reported}.\n\n## A smaller heading\n\nMore.\n\n# question\nWhy?\n"
    )
    found = own_words(folder, {"summary", "question", "ledger"})
    assert found == {
        "summary": "Mine: [age]{.reported}.\n\n## A smaller heading\n\nMore.\n",
        "question": "Why?\n",
    }


def test_own_words_are_not_needed(tmp_path: Path) -> None:
    assert own_words(tmp_path, {"summary"}) == {}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# sumary\n\nMine.\n", "notes.md:1: no report has such a place"),
        ("Mine.\n", "notes.md:1: has text under no heading"),
        ("# summary\n\nOne.\n\n# summary\n\nTwo.\n", "notes.md:5: the place has two texts"),
    ],
)
def test_own_words_for_no_place_are_an_error_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InvalidStudy) as caught:
        own_words(notes(tmp_path, text), {"summary"})
    assert words in str(caught.value)


def test_headings_inside_code_are_text(tmp_path: Path) -> None:
    text = "# summary\n\n```sh\n# a comment\n```\n"
    assert own_words(notes(tmp_path, text), {"summary"}) == {"summary": "```sh\n# a comment\n```\n"}


def test_own_words_in_another_encoding_are_an_error(tmp_path: Path) -> None:
    folder = notes(tmp_path, "")
    (folder / "notes.md").write_bytes("# summary\n\nGrößer.\n".encode("latin-1"))
    with pytest.raises(InvalidStudy, match="no UTF-8 text"):
        own_words(folder, {"summary"})
