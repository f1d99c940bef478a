"""What is new in a text comes into the study file, and everything that stands there stays."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from evidence_brief.draft.edit import StudyText
from evidence_brief.draft.new import new_study
from evidence_brief.draft.update import update_study
from evidence_brief.project import Project
from evidence_brief.study.load import load_study

ARTICLE = """A drug against pain in adults

Of 60 patients, 30 received the drug and 30 received placebo. Remission occurred in 70.0% of the drug group and in
40.0% of the placebo group (P=.02).
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "pain.txt").write_text(ARTICLE, encoding="utf-8")
    new_study(Project(tmp_path), "pain", [tmp_path / "pain.txt"])
    return tmp_path / "data" / "pain"


def text_of(folder: Path) -> str:
    return (folder / "study.yml").read_text(encoding="utf-8")


def without(folder: Path, *values: str) -> None:
    """Take the claims of these values out."""
    study = StudyText.load(folder / "study.yml")
    for id, claim in study.claims().items():
        if claim["value"] in values:
            study.remove_claim(id)
    study.save(folder / "study.yml")


def test_update_of_a_whole_study_adds_nothing(folder: Path) -> None:
    before = text_of(folder)
    added = update_study(folder, write=True)
    assert added.claims == ()
    assert text_of(folder) == before


def test_update_adds_lines_alone(folder: Path) -> None:
    without(folder, "40.0%", "60", "P=.02")
    own = text_of(folder).replace("\naccepted: []", "\n# my words   \naccepted:   []  # none")
    own = own.replace("claims:\n", "claims:   # here\n").replace("status: draft}", "status: confirmed}", 1)
    (folder / "study.yml").write_text(own, encoding="utf-8")
    shown = update_study(folder, write=False)
    assert text_of(folder) == own
    added = update_study(folder, write=True)
    assert added == shown
    assert sorted(claim.value for claim in added.claims) == ["40.0%", "60", "P=.02"]
    lines = [line for line in difflib.ndiff(own.splitlines(), text_of(folder).splitlines()) if line[0] in "-+"]
    assert lines
    assert all(line.startswith("+ ") for line in lines)
    study = load_study(folder)
    by_value = {claim.value: claim for claim in study.file.claims}
    assert by_value["40.0%"].status == "draft"
    assert by_value["P=.02"].compares == (by_value["70.0%"].id, by_value["40.0%"].id)
    places = [study.anchors[claim.id].value_start for claim in study.file.claims]
    assert places == sorted(places)
    assert update_study(folder, write=True).claims == ()


def test_update_leaves_rejected_figures_out(folder: Path) -> None:
    without(folder, "40.0%")
    study = StudyText.load(folder / "study.yml")
    study.exclude("40.0% of the placebo group", "Rejected in the review.")
    study.save(folder / "study.yml")
    assert update_study(folder, write=True).claims == ()


def test_update_keeps_groups_of_the_same_label(folder: Path) -> None:
    before = load_study(folder).file.groups
    without(folder, "40.0%")
    update_study(folder, write=True)
    assert load_study(folder).file.groups == before


def test_update_of_a_study_in_other_style(folder: Path) -> None:
    """Block style, lists without indentation, Windows line ends: the new lines are of the kind that stands there."""
    study = load_study(folder)
    claim = study.file.claims[0]
    digest = study.file.sources["pain"].sha256
    text = (
        "id: pain\ntitle: Pain\nsources:\n  pain:\n    file: pain.txt\n    cite: 'Pain'\n"
        f"    sha256: {digest}\nclaims:\n- id: mine  # mine\n  quote: '{claim.quote}'\n  value: '{claim.value}'\n"
        f"  type: {claim.type}\n"
    )
    (folder / "study.yml").write_bytes(text.replace("\n", "\r\n").encode())
    added = update_study(folder, write=True)
    made = (folder / "study.yml").read_bytes().decode()
    assert made.count("\n") == made.count("\r\n")
    old = iter(made.split("\r\n"))
    assert all(line in old for line in text.splitlines())  # every line, in its order
    assert len(load_study(folder).claims) == 1 + len(added.claims)
