"""What makes a version: what a reader is told, and nothing of how it was made."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.published import TRIAL, tiny_project

from evidence_brief.ledger import make_ledger
from evidence_brief.project import Project
from evidence_brief.publish.content import documents

STUDY = f"data/{TRIAL}/study.yml"


def sums(root: Path) -> dict[str, str]:
    project = Project(root)
    study = project.load(TRIAL)
    return documents(project, study, make_ledger(study))


def edited(root: Path, file: str, old: str, new: str) -> dict[str, str]:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return sums(root)


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (STUDY, "title: A small trial", "title: Another trial"),
        (STUDY, "News, 2012", "News, 2013"),
        (STUDY, 'label: "Drug"', 'label: "The drug"'),
        ("reports/brief.qmd", "## What does not add up", "## What does not fit"),
        ("_quarto.yml", "https://example.org", "https://example.net"),
    ],
)
def test_what_a_reader_is_told_is_content(tmp_path: Path, file: str, old: str, new: str) -> None:
    before = sums(tiny_project(tmp_path, brief_alone=False))
    assert edited(tmp_path, file, old, new) != before


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (STUDY, "id: trial\n", "# A remark.\nid: trial\n"),
        ("reports/styles/page.css", "--paper: #fdfdfb", "--paper: #ffffff"),
        ("analysis/recompute.ipynb", '"nbformat": 4', '"nbformat":  4'),
        ("_quarto.yml", "search: true", "search: false"),
    ],
)
def test_looks_and_making_are_no_content(tmp_path: Path, file: str, old: str, new: str) -> None:
    before = sums(tiny_project(tmp_path, brief_alone=False))
    assert edited(tmp_path, file, old, new) == before


def test_own_words_are_content_wherever_they_stand(tmp_path: Path) -> None:
    project = tiny_project(tmp_path, brief_alone=False)
    notes = project / "data" / TRIAL / "notes.md"
    seen = [sums(project)]
    for text in ("# reproduce\n\nAsk us.\n", "# reproduce\n\nAsk them.\n", "# cite\n\nAsk us.\n"):
        notes.write_text(text, encoding="utf-8")
        seen.append(sums(project))
    assert len({tuple(sorted(each.items())) for each in seen}) == len(seen)
