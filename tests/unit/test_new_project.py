"""A new project: whole or not at all, and nothing that was there is changed."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest
from tests.projects import ROOT, SEED, run_brief
from tests.small_project import contents

from evidence_brief import new_project
from evidence_brief.errors import FileFailed, NotAProject
from evidence_brief.new_project import EXAMPLE, init, parts, template
from evidence_brief.project import Project
from evidence_brief.study.schema import schema_text


def test_a_new_folder_is_a_whole_project_with_the_bytes_of_this_one(tmp_path: Path) -> None:
    folder = tmp_path / "über uns" / "briefs"
    assert init(folder) == []
    Project.find(folder).require_inputs()
    made = contents(folder)
    own = {"README.md", "requirements.lock"}
    assert {name: data for name, data in made.items() if name not in own} == {
        name: path.read_bytes() for name, path in parts(ROOT, example=False).items()
    }
    assert own < set(made)
    assert made["data/study.schema.json"].decode() == schema_text()
    assert Project(folder).studies() == []
    assert [path.name for path in folder.parent.iterdir()] == ["briefs"]


def test_it_has_every_page_of_the_site_and_every_report() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in (ROOT / "reports").glob("*.qmd")}
    assert {"reports/brief.qmd", "reports/slides.qmd"} <= names <= set(parts(template(), example=False))


def test_the_example_is_the_study_of_this_project(tmp_path: Path) -> None:
    init(tmp_path / "briefs", example=True)
    assert EXAMPLE == SEED
    assert contents(tmp_path / "briefs" / "data" / SEED) == contents(ROOT / "data" / SEED)
    assert Project(tmp_path / "briefs").studies() == [SEED]


def test_two_projects_are_the_same_bytes(tmp_path: Path) -> None:
    init(tmp_path / "one", example=True)
    init(tmp_path / "two", example=True)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_what_many_folders_begin_with_stays_as_it_is(tmp_path: Path) -> None:
    kept = {".git/HEAD": b"ref", ".gitignore": b"*.tmp\n", "readme.txt": b"mine", "LICENSE": b"MIT", ".venv/x": b"y"}
    for name, data in kept.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    before = tmp_path.stat().st_ino
    assert init(tmp_path) == [".gitignore", "README.md"]
    made = contents(tmp_path)
    assert kept.items() <= made.items()
    assert "README.md" not in made
    assert "_quarto.yml" in made
    assert tmp_path.stat().st_ino == before  # a shell that stands in it is not left in another folder
    assert not list(tmp_path.glob(".new-*"))


@pytest.mark.parametrize("there", ["notes.txt", "data/x", "_quarto.yml", "src/a"])
def test_a_folder_with_something_else_is_refused_and_named(tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    (tmp_path / there).write_bytes(b"mine")
    with pytest.raises(FileFailed, match="is not empty") as caught:
        init(tmp_path)
    assert caught.value.problems[0].found == there.partition("/")[0]
    assert contents(tmp_path) == {there: b"mine"}


def test_of_many_files_some_are_named(tmp_path: Path) -> None:
    for number in range(8):
        (tmp_path / f"{number}.txt").touch()
    with pytest.raises(FileFailed, match=r"0\.txt, 1\.txt, 2\.txt, 3\.txt, 4\.txt and 3 more"):
        init(tmp_path)


def test_a_project_is_not_begun_again_and_the_way_to_newer_reports_is_told(tmp_path: Path) -> None:
    init(tmp_path)
    (tmp_path / "reports" / "brief.qmd").write_text("mine", encoding="utf-8")
    before = contents(tmp_path)
    with pytest.raises(FileFailed, match="is an evidence-brief project already") as caught:
        init(tmp_path)
    assert "brief init ../newer" in str(caught.value)
    with pytest.raises(FileFailed, match="inside another evidence-brief project"):
        init(tmp_path / "data" / "more")
    assert contents(tmp_path) == before


def test_a_file_in_the_way_is_an_error_of_files(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotADirectoryError):
        init(tmp_path / "file")
    with pytest.raises(NotADirectoryError):
        init(tmp_path / "file" / "briefs")


def test_a_name_that_is_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileFailed, match=r"is no name in UTF-8") as caught:
        init(tmp_path / os.fsdecode(b"br\xffiefs"))
    str(caught.value).encode()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize("step", [0, 5, 30])
def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, there: bool) -> None:
    folder = tmp_path / "briefs"
    if there:
        folder.mkdir()
        (folder / "LICENSE").write_bytes(b"MIT")
    left, write = [step], Path.write_bytes

    def writes(path: Path, data: bytes) -> int:
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        left[0] -= 1
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", writes)
    with pytest.raises(OSError, match="No space left"):
        init(folder)
    assert contents(tmp_path) == ({"briefs/LICENSE": b"MIT"} if there else {})
    assert [path.name for path in tmp_path.iterdir()] == (["briefs"] if there else [])


@pytest.mark.parametrize("step", range(0, 9, 2))
def test_a_move_that_fails_takes_the_others_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int) -> None:
    (tmp_path / "README.md").write_bytes(b"mine")
    left, rename = [step], Path.rename

    def renames(path: Path, target: Path) -> Path:
        if not left[0]:
            raise PermissionError(errno.EACCES, "Permission denied", str(target))
        left[0] -= 1
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", renames)
    with pytest.raises(PermissionError):
        init(tmp_path)
    assert contents(tmp_path) == {"README.md": b"mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_an_installation_without_the_parts_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "template").mkdir()
    monkeypatch.setattr(new_project, "CODE", tmp_path)
    with pytest.raises(NotAProject, match="lacks the parts of a new project"):
        init(tmp_path / "briefs")
    assert not (tmp_path / "briefs").exists()


def test_links_in_the_documents_of_a_new_project_lead_to_files_in_it(tmp_path: Path) -> None:
    init(tmp_path)
    documents = [tmp_path / "README.md", *(tmp_path / "docs").glob("*.md"), *tmp_path.glob("reports/**/*.md")]
    links = [(path, link) for path in documents for link in re.findall(r"\]\(([^)#\s]+)", path.read_text("utf-8"))]
    local = [(path, link) for path, link in links if "://" not in link]
    assert len(local) >= 8
    assert [(path.name, link) for path, link in local if not (path.parent / link).exists()] == []


def test_the_command_tells_what_is_next(tmp_path: Path) -> None:
    done = run_brief("init", "my briefs", "--example", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    commands = [line.strip().partition("  ")[0] for line in done.stdout.partition("Next:\n")[2].splitlines()]
    assert commands[:3] == ["cd 'my briefs'", "brief render", "brief new STUDY --from ARTICLE"]
    assert [line.split()[:2] for line in commands[3:]] == [["brief", verb] for verb in ("review", "check", "render")]


def test_the_command_in_the_current_folder_says_what_it_left(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"x")
    done = run_brief("init", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Left as they were: .gitignore." in done.stdout
    assert "/_site/" in done.stdout
    assert "  cd " not in done.stdout
    again = run_brief("init", cwd=tmp_path)
    assert (again.returncode, "already" in again.stderr) == (9, True)


@pytest.mark.parametrize("verb", ["check", "render", "prepare", "inspect", "publish", "regenerate"])
def test_every_verb_names_brief_new_where_there_is_no_study(tmp_path: Path, verb: str) -> None:
    init(tmp_path)
    before = contents(tmp_path)
    done = run_brief(verb, cwd=tmp_path)
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith("data: holds no study\n")
    assert "`brief new STUDY --from ARTICLE`" in done.stderr
    assert contents(tmp_path) == before
