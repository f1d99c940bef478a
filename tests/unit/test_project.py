"""Folders of a project, and outputs that get to their places whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence_brief.errors import InvalidStudy, NotAProject
from evidence_brief.folders import put_in_place
from evidence_brief.freshness import input_sum, is_fresh, remember
from evidence_brief.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "project"
    for folder in ("data/one", "analysis", "reports/_extensions/evidence"):
        (root / folder).mkdir(parents=True)
    (root / "_quarto.yml").write_text("project: {}\n", encoding="utf-8")
    (root / "data" / "one" / "study.yml").write_text("id: one\n", encoding="utf-8")
    return Project(root.resolve())


def test_find_looks_in_the_folders_above(project: Project) -> None:
    assert Project.find(project.root / "data" / "one") == project


def test_find_outside_a_project_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotAProject, match="no evidence-brief project"):
        Project.find(tmp_path)


def test_select_takes_all_studies_or_the_named_ones_once(project: Project) -> None:
    assert project.select(None) == ["one"]
    assert project.select(["one", "one"]) == ["one"]


def test_select_names_every_unknown_study(project: Project) -> None:
    with pytest.raises(InvalidStudy) as caught:
        project.select(["two", "one", "../one"])
    assert [problem.file for problem in caught.value.problems] == ["data/two", "data/../one"]


def test_select_in_an_empty_project_says_how_to_begin(project: Project) -> None:
    (project.root / "data" / "one" / "study.yml").unlink()
    with pytest.raises(InvalidStudy, match="holds no study"):
        project.select(None)


def test_require_inputs_names_every_missing_part(project: Project) -> None:
    with pytest.raises(NotAProject) as caught:
        project.require_inputs()
    assert [problem.file for problem in caught.value.problems] == ["analysis/recompute.ipynb", "reports/brief.qmd"]


def test_job_is_a_copy_that_is_removed_also_after_an_error(project: Project) -> None:
    def fail_in(job: Project) -> None:
        assert (job.root / "data" / "one" / "study.yml").is_file()
        raise RuntimeError

    with pytest.raises(RuntimeError), project.job(["one"]) as job:
        fail_in(job)
    assert list((project.workshop / "jobs").iterdir()) == []


def test_put_in_place_replaces_all_of_the_old_folder(tmp_path: Path) -> None:
    made, place = tmp_path / "made", tmp_path / "site" / "place"
    for folder, name in ((made, "new"), (place, "old")):
        folder.mkdir(parents=True)
        (folder / name).write_text(name, encoding="utf-8")
    put_in_place(made, place)
    assert [path.name for path in place.iterdir()] == ["new"]
    assert [path.name for path in place.parent.iterdir()] == ["place"]


def test_put_in_place_that_fails_leaves_the_old_folder(tmp_path: Path) -> None:
    place = tmp_path / "site" / "place"
    place.mkdir(parents=True)
    (place / "old").write_text("old", encoding="utf-8")
    with pytest.raises(FileNotFoundError):
        put_in_place(tmp_path / "never-made", place)
    assert (place / "old").read_text(encoding="utf-8") == "old"
    assert [path.name for path in place.parent.iterdir()] == ["place"]


def test_inputs_change_with_study_report_notebook_and_what_is_asked_for(project: Project) -> None:
    sums = {input_sum(project, "one", ["html"]), input_sum(project, "one", ["pdf"])}
    for name in ("data/one/study.yml", "reports/brief.qmd", "analysis/recompute.ipynb", "_quarto.yml"):
        path = project.root / name
        path.write_text("changed\n", encoding="utf-8")
        sums.add(input_sum(project, "one", ["html"]))
    assert len(sums) == 6


def test_fresh_is_what_the_record_says_of_inputs_and_outputs(project: Project, tmp_path: Path) -> None:
    place, record = tmp_path / "place", tmp_path / "records" / "one.json"
    place.mkdir()
    (place / "page").write_text("page", encoding="utf-8")
    assert not is_fresh(record, "sum", place)
    remember(record, "sum", place)
    assert is_fresh(record, "sum", place)
    assert not is_fresh(record, "another", place)
    (place / "page").write_text("touched", encoding="utf-8")
    assert not is_fresh(record, "sum", place)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"inputs": 3}', "\x00"])
def test_a_damaged_record_is_not_fresh(tmp_path: Path, content: str) -> None:
    record = tmp_path / "record.json"
    record.write_text(content, encoding="utf-8")
    assert not is_fresh(record, "sum", tmp_path)
