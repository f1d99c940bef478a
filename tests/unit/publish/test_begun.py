"""Publishing into a store where another run has left a part of a version, or is about to add one."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from tests.small_project import contents, small_project, write_study

from evidence_brief.project import Project
from evidence_brief.publish import publish as publishing
from evidence_brief.publish.build import Edition, Say, inputs
from evidence_brief.publish.causes import LEDGER
from evidence_brief.publish.content import content_sum
from evidence_brief.publish.lists import LATEST
from evidence_brief.publish.manifest import MANIFEST, Manifest, files_of, to_json
from evidence_brief.publish.publish import Plan, Published, publish
from evidence_brief.publish.release import RECORD
from evidence_brief.publish.release import to_json as record_json
from evidence_brief.publish.store import Store

LOOKS = {"page": "plain"}


def quick_build(project: Project, edition: Edition, out: Path, say: Say) -> None:
    """A version with what a comparison needs, and a page that says the same and looks as LOOKS has it."""
    from evidence_brief.environment import code_sum, packages
    from evidence_brief.ledger_json import to_json as ledger_json

    release, study = edition.release, edition.study
    texts = {RECORD: record_json(release), "ledger.json": ledger_json(edition.ledger), "brief.html": LOOKS["page"]}
    files = {name: text.encode() for name, text in texts.items()}
    files |= {f"inputs/{name}": path.read_bytes() for name, path in inputs(project, study.id).items()}
    for name, data in files.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(data)
    before = release.since[0].version if release.since else None
    manifest = Manifest(
        *(study.id, study.file.title, "News, 2020", str(release.number), release.date, None, before),
        *(content_sum(release.documents), "embedded", code_sum(), packages(), files_of(out)),
    )
    (out / MANIFEST).write_text(to_json(manifest), encoding="utf-8")


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(publishing, "build", quick_build)
    monkeypatch.setattr(publishing, "PATIENCE", 0.0)
    monkeypatch.setattr(publishing, "sleep", lambda _: None)
    monkeypatch.setattr(publishing, "documents", lambda _, __, ledger: {LEDGER: str(ledger.counts()), "brief": "x"})
    return Store.open(f"memory://{uuid.uuid4().hex}")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return small_project(tmp_path / "project", "trial")


def published(project: Path, store: Store, date: str) -> Published:
    result = publish(Plan(Project(project), store, "embedded", date), "trial", lambda _: None)
    assert result.error is None, result.error
    return result


def kill_while_adding(store: Store, version: str, *left: str) -> None:
    """Leave of a version what a run that was killed has added."""
    folder = f"{store.root}/trial/{version}"
    for path in store.system.find(folder):
        if path.removeprefix(f"{folder}/") not in left:
            store.system.rm_file(path)
    for name in ("versions.json", "versions.js", "index.html", LATEST):
        store.system.rm_file(f"{store.root}/trial/{name}")


def fetched(store: Store, version: str, to: Path) -> dict[str, bytes]:
    number = next(number for number in store.versions("trial") if number.name == version)
    store.fetch("trial", number, to)
    return contents(to)


def test_killed_run_is_completed_byte_for_byte_under_its_own_date(project: Path, store: Store, tmp_path: Path) -> None:
    assert published(project, store, "2026-01-31").is_new
    before = fetched(store, "v1.0", tmp_path / "before")
    kill_while_adding(store, "v1.0", RECORD, "brief.html")
    assert store.versions("trial") == []
    again = published(project, store, "2026-02-28")
    assert again.is_new
    assert again.release is not None
    assert (again.release.number.name, again.release.date) == ("v1.0", "2026-01-31")
    assert fetched(store, "v1.0", tmp_path / "after") == before


def test_number_that_was_begun_with_other_content_is_passed_over(project: Path, store: Store) -> None:
    published(project, store, "2026-01-31")
    kill_while_adding(store, "v1.0", RECORD)
    left = store.read(f"trial/v1.0/{RECORD}")
    write_study(project, placebo="50%")
    result = published(project, store, "2026-02-28")
    assert result.release is not None
    assert (result.release.number.name, result.release.date) == ("v1.1", "2026-02-28")
    assert store.read(f"trial/v1.0/{RECORD}") == left
    assert [number.name for number in store.versions("trial")] == ["v1.1"]
    assert not published(project, store, "2026-03-01").is_new


def test_number_that_was_begun_with_the_same_words_in_other_looks_is_passed_over(
    project: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(project, store, "2026-01-31")
    kill_while_adding(store, "v1.0", RECORD, "brief.html")
    monkeypatch.setitem(LOOKS, "page", "fancy")
    result = published(project, store, "2026-02-28")
    assert result.release is not None
    assert (result.release.number.name, result.release.date) == ("v1.1", "2026-02-28")
    assert store.read("trial/v1.0/brief.html") == b"plain"
    assert store.read("trial/v1.1/brief.html") == b"fancy"


def test_version_that_another_publisher_adds_first_is_taken_for_ours_where_it_says_the_same(
    project: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(plan: Project, edition: Edition, out: Path, say: Say) -> None:
        quick_build(plan, edition, out, say)
        monkeypatch.setattr(publishing, "build", quick_build)
        published(project, store, "2026-01-31")

    monkeypatch.setattr(publishing, "build", slow)
    published(project, store, "2026-01-31")
    assert [number.name for number in store.versions("trial")] == ["v1.0"]


def test_version_that_another_publisher_adds_first_stays_and_ours_follows_it(
    project: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(plan: Project, edition: Edition, out: Path, say: Say) -> None:
        quick_build(plan, edition, out, say)
        monkeypatch.setattr(publishing, "build", quick_build)
        write_study(project, placebo="50%")
        published(project, store, "2026-01-30")

    monkeypatch.setattr(publishing, "build", slow)
    result = published(project, store, "2026-01-31")
    assert result.release is not None
    assert (result.release.number.name, result.release.kind) == ("v2.0", "major")
    assert [number.name for number in store.versions("trial")] == ["v1.0", "v2.0"]
