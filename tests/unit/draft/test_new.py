"""A new study of an article: what is stored, what is refused, and that nothing is half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence_brief.draft.maps import map_text, segments_of
from evidence_brief.draft.new import new_study
from evidence_brief.errors import InvalidStudy, UnreadableSource
from evidence_brief.extract.reading import Segment
from evidence_brief.freshness import sums
from evidence_brief.project import Project
from evidence_brief.study.load import load_study

ARTICLE = """A drug against pain in adults

Of 60 patients, 30 received the drug and 30 received placebo. Remission occurred in 70.0% with the drug and in 40.0%
with placebo (P=.02).
"""
PAGE = """<!DOCTYPE html><html lang="en"><head><title>A page</title></head><body><h1>A drug against pain</h1>
<p>Of 60 patients, 30 received the drug. Remission occurred in 21 of 30 (70.0%).</p></body></html>
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "_quarto.yml").write_text("project:\n  type: website\n", encoding="utf-8")
    (tmp_path / "pain.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_new_study_of_a_text_is_the_text_and_its_study_file(root: Path) -> None:
    new_study(Project(root), "pain-2020", [root / "pain.txt"])
    folder = root / "data" / "pain-2020"
    assert sorted(path.name for path in folder.iterdir()) == ["pain.txt", "study.yml"]
    assert (folder / "pain.txt").read_bytes() == ARTICLE.encode()
    study = load_study(folder)
    assert study.file.title == "A drug against pain in adults"
    assert {"70.0%", "40.0%", "P=.02", "60"} <= {claim.value for claim in study.file.claims}
    assert {claim.status for claim in study.file.claims} == {"draft"}
    lines = (folder / "study.yml").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../study.schema.json"
    assert max(len(line) for line in lines) <= 110
    assert list(root.glob(".brief/jobs/*")) == []


def test_new_study_of_a_page_keeps_the_page_and_a_map(root: Path) -> None:
    new_study(Project(root), "pain", [root / "page.html", root / "pain.txt"], "Own title: it is")
    folder = root / "data" / "pain"
    study = load_study(folder)
    source = study.file.sources["page"]
    assert source.original is not None
    assert source.map is not None
    assert (folder / source.original.file).read_bytes() == PAGE.encode()
    segments = segments_of((folder / source.map.file).read_text(encoding="utf-8"))
    assert segments
    assert all(study.texts["page"][each.start : each.end].strip() for each in segments)
    assert study.file.title == "Own title: it is"
    assert {claim.source for claim in study.file.claims} == {"page", "pain"}


@pytest.mark.parametrize("part", ["original", "map"])
def test_changed_original_or_map_is_an_error(root: Path, part: str) -> None:
    study = new_study(Project(root), "pain", [root / "page.html"])
    stored = getattr(study.file.sources["page"], part)
    place = root / "data" / "pain" / stored.file
    place.write_bytes(place.read_bytes() + b" ")
    with pytest.raises(InvalidStudy, match=f"`{part}` is not the file that it was") as raised:
        load_study(root / "data" / "pain")
    assert raised.value.problems[0].line is not None
    place.unlink()
    with pytest.raises(InvalidStudy, match=f"`{part}` file is missing"):
        load_study(root / "data" / "pain")


@pytest.mark.parametrize("id", ["../x", "a/b", "", "CON", "nul.2", "x" * 81, "blocks", ".x", "PAIN", "a\nb", "..", "ü"])
def test_new_study_refuses_names(root: Path, id: str) -> None:
    new_study(Project(root), "pain", [root / "pain.txt"])
    before = sums(root)
    with pytest.raises(InvalidStudy):
        new_study(Project(root), id, [root / "pain.txt"])
    assert sums(root) == before


def test_new_study_tells_of_all_bad_files_at_once_and_writes_nothing(root: Path) -> None:
    (root / "empty.txt").write_bytes(b"")
    (root / "none.txt").write_text("Nothing is counted here.\n", encoding="utf-8")
    before = sums(root)
    with pytest.raises(UnreadableSource) as raised:
        new_study(Project(root), "pain", [root / "gone.txt", root / "empty.txt", root / "pain.txt", root / "pain.txt"])
    assert len(raised.value.problems) == 3
    with pytest.raises(UnreadableSource, match="no figure was found"):
        new_study(Project(root), "pain", [root / "none.txt"])
    assert sums(root) == before


def test_new_study_of_files_of_the_same_name(root: Path) -> None:
    (root / "other").mkdir()
    (root / "other" / "pain.txt").write_text("In 12 patients it was 50%.\n", encoding="utf-8")
    study = new_study(Project(root), "pain", [root / "pain.txt", root / "other" / "pain.txt"])
    assert list(study.file.sources) == ["pain", "pain.2"]


def test_new_study_of_a_text_of_windows_keeps_it_as_original(root: Path) -> None:
    content = ("\ufeff" + ARTICLE).replace("\n", "\r\n").encode()
    (root / "pain.txt").write_bytes(content)
    study = new_study(Project(root), "pain", [root / "pain.txt"])
    source = study.file.sources["pain"]
    if source.original is None:  # the reader takes it as it is
        assert (root / "data" / "pain" / source.file).read_bytes() == content
    else:
        assert (root / "data" / "pain" / source.original.file).read_bytes() == content


def test_map_comes_back_as_it_was() -> None:
    segments = (Segment(0, 3, "line 1"), Segment(5, 9, "page 2, “x”"))
    assert segments_of(map_text(segments)) == segments
    assert segments_of(map_text(())) == ()


@pytest.mark.parametrize("text", ["{}", "[[0, 1]]", '[[2, 1, "x"]]', "[1]", "no", "[[true, 1, 2]]"])
def test_map_that_is_none(text: str) -> None:
    with pytest.raises(ValueError):  # JSON says it in its own words
        segments_of(text)
