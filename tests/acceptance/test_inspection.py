"""What inspection sees in the rendered seed study: the clean one passes, planted faults do not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.projects import SEED, run_brief

pytestmark = pytest.mark.slow


def inspect(project: Path) -> tuple[int, str]:
    done = run_brief("inspect", cwd=project)
    return done.returncode, done.stderr


@pytest.fixture
def copied(rendered: Path, tmp_path: Path) -> Path:
    shutil.copytree(rendered, tmp_path, dirs_exist_ok=True)
    return tmp_path


def test_inspection_passes_what_was_just_rendered(rendered: Path) -> None:
    assert inspect(rendered) == (0, f"{SEED}: every claim stands in what was rendered\n")


def test_inspection_names_place_claim_and_both_texts_of_a_changed_digit(copied: Path) -> None:
    page = copied / "_site" / "briefs" / SEED / "brief.html"
    page.write_text(page.read_text(encoding="utf-8").replace("91.67%", "91.76%"), encoding="utf-8")
    code, words = inspect(copied)
    assert code == 7
    assert "brief.html: claim remission.ivig: a figure is not the ledger's" in words
    assert "brief.html: claim remission.ivig: the place `ledger` is not what the ledger says" in words
    assert "expected: 22/24 = 91.67%" in words
    assert "found:    22/24 = 91.76%" in words


def test_inspection_finds_a_number_in_own_words_that_is_no_figure(copied: Path) -> None:
    notes = copied / "data" / SEED / "notes.md"
    notes.write_text("# summary\n\nRemission came in 91.7%.\n", encoding="utf-8")
    code, words = inspect(copied)
    assert code == 7
    assert "the place `summary` has a number that is no figure of the ledger" in words


def test_inspection_finds_that_nothing_is_rendered(project: Path) -> None:
    code, words = inspect(project)
    assert code == 7
    assert "nothing is rendered" in words
