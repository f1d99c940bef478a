"""`brief diff`: what changed between two versions, in words, as a table, as JSON and as Markdown."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.projects import run_brief
from tests.small_project import run_elsewhere, write_study

pytestmark = pytest.mark.slow
FLIP = "The conclusion changes: recomputed: significant at 5% → not significant at 5%."


def diff(project: Path, *arguments: str) -> str:
    return run_elsewhere("diff", "trial", *arguments, cwd=project)


def test_diff_says_in_words_what_changed_and_then_as_a_table(published: Path) -> None:
    text = run_elsewhere("diff", "trial", "v1.0", "v2.0", cwd=published, COLUMNS="400")
    lines = text.splitlines()
    first = (
        "Since version 1.0 of 31 January 2026: 1 conclusion changed, 1 figure of the article changed, 1 verdict changed"
    )
    assert lines[0].startswith(first)
    assert lines[1].startswith(
        "- P value: response, Drug and Placebo: P=.003, as before. The verdict is ✗ contradicted;"
    )
    assert FLIP in text
    assert "- Response, Placebo: 50%; it was 30%." in text
    assert text.count("Cause: the source.") == sum(line.startswith("- ") for line in lines)
    assert "Inputs that differ: data/trial/news.txt, data/trial/study.yml" in text
    assert "\\" not in text
    assert "**" not in text
    head = next(line for line in lines if line.startswith("Figure"))
    assert head.split() == ["Figure", "Old", "New", "Verdict", "Conclusion", "Cause"]
    assert text.index(FLIP) < text.index(head)


def test_diff_as_json_holds_every_change(published: Path) -> None:
    data = json.loads(diff(published, "v1.0", "v2.0", "--json"))
    assert (data["version"], data["date"], data["major"]) == ("1.0", "2026-01-31", True)
    by_id = {change["id"]: change for change in data["changes"]}
    assert (by_id["placebo"]["old"], by_id["placebo"]["new"]) == ("30%", "50%")
    assert by_id["placebo"]["causes"] == ["source"]
    assert by_id["placebo"]["major"] is False
    assert by_id["p"]["verdicts"] == ["reproduced", "contradicted"]
    assert by_id["p"]["major"] is True
    assert data["files"] == ["data/trial/news.txt", "data/trial/study.yml"]
    assert data["tools"] == []


def test_diff_says_what_the_redline_of_the_later_version_says(published: Path) -> None:
    record = json.loads((published / "published" / "trial" / "v2.0" / "version.json").read_text(encoding="utf-8"))
    data = json.loads(diff(published, "v1.0", "v2.0", "--json"))
    for change in data["changes"]:
        del change["major"]
    assert data["changes"] == record["since"][0]["changes"]


def test_diff_as_markdown_is_a_table_of_github(published: Path) -> None:
    text = diff(published, "v1.0", "v2.0", "--markdown")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert rows[0] == "| Figure | Old | New | Verdict | Conclusion | Cause |"
    assert "{" not in text
    assert "**The conclusion changes: " in text


def test_diff_takes_a_version_by_its_first_part_and_without_the_letter(published: Path) -> None:
    assert diff(published, "v1", "2.0", "--json") == diff(published, "1", "v2.0", "--json")


def test_diff_of_the_newest_and_the_draft_says_that_nothing_changed(published: Path) -> None:
    assert diff(published, "v2").endswith(": nothing that the brief says changed.\n")


def test_diff_with_the_draft_is_what_the_next_version_would_say(published: Path, tmp_path: Path) -> None:
    project = shutil.copytree(published, tmp_path / "copy")
    draft, later = (json.loads(diff(project, "v1", second, "--json"))["changes"] for second in ("draft", "v2"))
    assert draft == later
    write_study(project)
    (project / "data" / "trial" / "notes.md").write_text("# summary\n\nMine.\n", encoding="utf-8")
    back = json.loads(diff(project, "v1", "--json"))
    assert [(change["what"], change["causes"]) for change in back["changes"]] == [("text", ["study file"])]
    assert back["changes"][0]["label"].startswith("Words of the brief")
    assert not back["major"]


def test_diff_backwards_says_the_reverse(published: Path) -> None:
    by_id = {change["id"]: change for change in json.loads(diff(published, "v2", "v1", "--json"))["changes"]}
    assert (by_id["placebo"]["old"], by_id["placebo"]["new"]) == ("50%", "30%")
    assert by_id["p"]["verdicts"] == ["contradicted", "reproduced"]


def test_diff_needs_no_project_for_two_versions(published: Path, tmp_path: Path) -> None:
    place = str(published / "published")
    text = run_elsewhere("diff", "trial", "v1", "v2", "--from", place, cwd=tmp_path)
    assert text == diff(published, "v1", "v2")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("trial", "v2", "v2.0"), 3, "is compared with itself"),
        (("trial", "v3"), 3, "holds no such version"),
        (("trial", "v1.1"), 3, "trial@v1.0, trial@v2.0"),
        (("trial", "first"), 3, "v1.0, or v1 for its newest"),
        (("trial", "v1", "v2.0.0"), 3, "is no version"),
        (("trial", "v1", "Draft"), 3, "is no version"),
        (("tral", "v1"), 3, "holds no such version"),
        (("other", "v1"), 3, "holds no such version"),
        (("trial", "v1", "--json", "--markdown"), 2, "--markdown"),
        (("trial",), 2, "OLD"),
    ],
)
def test_diff_of_what_is_not_there_says_so(published: Path, arguments: tuple[str, ...], code: int, said: str) -> None:
    done = run_brief("diff", *arguments, cwd=published)
    assert done.returncode == code
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
