"""A month of scheduled regenerations: calm days, an erratum, upgraded dependencies, and a damaged file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.schedule import COUNT, COUNT_STUDY, OCTAL, ROOT_OFF, TRIAL, TRIAL_STUDY, Day, Schedule, begun, upgrade

from evidence_brief.project import Project
from evidence_brief.publish.place import open_place
from evidence_brief.publish.publish import Plan, publish

pytestmark = pytest.mark.slow


def require_calm(days: list[Day], before: Day) -> None:
    """Nothing is new, nothing fails, and no published byte is another."""
    assert [(day.code, day.published) for day in days] == [(0, before.published)] * len(days)
    assert {day.data["outcome"] for day in days} == {"unchanged"}
    assert {study["outcome"] for day in days for study in day.data["studies"]} == {"unchanged"}
    assert {day.text.splitlines()[0] for day in days} == {"## Evidence briefs: nothing changed"}


def require_first(day: Day) -> None:
    assert (day.code, day.data["outcome"]) == (16, "changed")
    assert [(study["study"], study["version"], study["kind"]) for study in day.data["studies"]] == [
        ("count", "v1.0", "first"),
        ("trial", "v1.0", "first"),
    ]


def corrected(schedule: Schedule) -> None:
    """An erratum: six patients fewer had a remission, and the difference is no longer significant."""
    article, study = (text.replace("75.0%", "62.5%").replace("P=.04", "P=.25") for text in (TRIAL, TRIAL_STUDY))
    schedule.write("trial", article, study)


def test_thirty_days_publish_what_says_something_new_and_nothing_else(tmp_path: Path) -> None:
    schedule = begun(tmp_path)
    (first,) = schedule.run(1)
    require_first(first)
    require_calm(schedule.run(2, 9), first)

    corrected(schedule)
    (erratum,) = schedule.run(10)
    assert_erratum(schedule, erratum)
    require_calm(schedule.run(11, 14), erratum)

    (stopped,) = schedule.run(15, upgraded=upgrade(tmp_path / "mpmath", "mpmath", ROOT_OFF))
    assert_stopped(schedule, stopped, erratum)
    require_calm(schedule.run(16), erratum)

    newer = upgrade(tmp_path / "ruamel", "ruamel-yaml", OCTAL)
    (moved,) = schedule.run(17, upgraded=newer)
    assert_moved(schedule, moved)
    require_calm(schedule.run(18, 23, upgraded=newer), moved)

    damaged = schedule.project / "published" / "trial" / "v1.0" / "brief.pdf"
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:1000] + bytes([whole[1000] ^ 1]) + whole[1001:])
    study = schedule.project / "data" / "trial" / "study.yml"
    text = study.read_text(encoding="utf-8")
    study.write_text(text.replace("title: A trial", "title: A trial, renamed"), encoding="utf-8")
    schedule.write("count", COUNT.replace("18 were", "19 were"), COUNT_STUDY.replace("18", "19"))
    (found,) = schedule.run(24, upgraded=newer)
    assert_damaged(schedule, found)

    damaged.write_bytes(whole)
    study.write_text(text, encoding="utf-8")
    restored = schedule.run(25, 30, upgraded=newer)
    assert [day.code for day in restored] == [0] * 6
    require_calm(restored, restored[0])
    assert schedule.versions("trial") == ["v1.0", "v2.0", "v3.0"]
    assert schedule.versions("count") == ["v1.0", "v2.0"]


def assert_erratum(schedule: Schedule, day: Day) -> None:
    assert (day.code, day.data["outcome"], day.study("count")["outcome"]) == (16, "changed", "unchanged")
    told = day.study("trial")
    assert (told["version"], told["previous"], told["kind"]) == ("v2.0", "v1.0", "major")
    assert "significant at 5% → not significant at 5%" in told["flips"]
    changes = schedule.record("trial", "v2.0")["changes"]
    assert {cause for change in changes for cause in change["causes"]} == {"source"}
    assert {change["id"]: (change["old"], change["new"]) for change in changes}["remission.drug"] == ("75.0%", "62.5%")
    assert "62.5%; it was 75.0%" in told["redline"].replace("\\", "")
    assert told["redline"].rstrip() in day.text
    assert schedule.versions("count") == ["v1.0"]


def assert_stopped(schedule: Schedule, day: Day, before: Day) -> None:
    """The two computations of a figure disagree: it is told, and nothing is published."""
    assert (day.code, day.data["outcome"], day.published) == (10, "failed", before.published)
    assert day.study("count")["outcome"] == "unchanged"
    assert day.study("trial")["version"] is None
    assert any("the two computations of" in text for text in day.study("trial")["problems"])
    assert "### trial: failed\n\n```text\ndata/trial/study.yml: claim" in day.text


def assert_moved(schedule: Schedule, day: Day) -> None:
    assert (day.code, day.study("count")["outcome"]) == (16, "unchanged")
    told = day.study("trial")
    assert (told["version"], told["kind"]) == ("v3.0", "major")
    since = schedule.record("trial", "v3.0")
    assert {cause for change in since["changes"] for cause in change["causes"]} == {"environment"}
    verdicts = {change["id"]: change["verdicts"] for change in since["changes"]}
    assert verdicts["pain"] == ["possible", "contradicted"]
    assert since["files"] == []
    (tool,) = since["tools"]
    assert tool.startswith("ruamel-yaml ")
    assert tool.endswith(" → 99.0")
    assert f"Tools that differ: {tool}." in day.text.replace("\\", "").replace("`", "")


def assert_damaged(schedule: Schedule, day: Day) -> None:
    """The damaged study publishes nothing, whatever else is new of it; the other one goes on."""
    assert (day.code, day.data["outcome"]) == (11, "failed")
    told = day.study("trial")
    assert told["verified"] == {"trial@v1.0": "damaged", "trial@v2.0": "intact", "trial@v3.0": "intact"}
    assert [text.splitlines()[0] for text in told["problems"]] == [
        "trial@v1.0: brief.pdf: was changed since it was published"
    ]
    assert "### trial: failed\n\n```text\ntrial@v1.0: brief.pdf: was changed" in day.text
    assert schedule.versions("trial") == ["v1.0", "v2.0", "v3.0"]
    assert (day.study("count")["outcome"], day.study("count")["version"]) == ("changed", "v2.0")
    assert "### count: version 2.0" in day.text


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> tuple[Schedule, Day]:
    """One study, published on the first day; the clock is moved from day to day."""
    schedule = begun(tmp_path_factory.mktemp("clock"), "clock", ["count"])
    (first,) = schedule.run(1)
    assert first.code == 16
    return schedule, first


def test_thirty_days_of_the_clock_and_new_times_of_all_files_change_nothing(published: tuple[Schedule, Day]) -> None:
    schedule, first = published
    require_calm(schedule.run(2, 30), first)


def test_another_engine_and_another_style_make_no_version(published: tuple[Schedule, Day], tmp_path: Path) -> None:
    """So that a schedule does not flip between versions with whether Quarto could be installed that day."""
    project = Project(Path(shutil.copytree(published[0].project, tmp_path / "project")))
    plan = Plan(project, open_place(None, project.root), "quarto", "2026-02-01")
    assert publish(plan, "count", print).is_new is False
    with (project.root / "reports" / "styles" / "page.css").open("a", encoding="utf-8") as style:
        style.write("/* another */\n")
    assert publish(plan, "count", print).is_new is False
    report = project.root / "reports" / "brief.qmd"
    report.write_text(report.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
    assert publish(plan, "count", print, dry=True).is_new is True


def test_a_failing_page_of_the_site_is_told_beside_what_was_published(tmp_path: Path) -> None:
    schedule = begun(tmp_path, studies=["count"])
    page = schedule.project / "index.qmd"
    page.write_text(page.read_text(encoding="utf-8") + "\n::: {.evidence block=no-such-block}\n:::\n", encoding="utf-8")
    (day,) = schedule.run(1)
    assert (day.code, day.data["outcome"]) == (6, "failed")
    assert [study["outcome"] for study in day.data["studies"]] == ["changed"]
    assert len(day.data["problems"]) == 1
    assert "### The site's own pages: failed" in day.text
    assert "### count: version 1.0" in day.text
