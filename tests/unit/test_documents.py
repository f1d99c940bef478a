"""The documents made from `reports/`."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import WriteStudy

from evidence_brief.documents import permalink, places, reports, titled, version_of
from evidence_brief.ledger import make_ledger
from evidence_brief.project import Project
from evidence_brief.publish.release import Number, Release
from evidence_brief.study.load import load_study


def project(folder: Path, settings: str = "") -> Project:
    (folder / "_quarto.yml").write_text(settings, encoding="utf-8")
    (folder / "reports").mkdir()
    (folder / "reports" / "brief.qmd").write_text(
        '---\ntoc-title: Contents\n---\n\n::: {.evidence block="summary"}\n:::\n'
    )
    return Project(folder)


def test_a_document_gets_title_version_and_language_on_top_of_its_own_front_matter(
    write_study: WriteStudy, tmp_path: Path
) -> None:
    study = load_study(write_study())
    ledger = make_ledger(study)
    made = titled(reports(project(tmp_path))["brief"], Project(tmp_path), study, ledger)
    front, body = made.split("---\n")[1:]
    assert front.startswith("toc-title: Contents\ntitle: A trial\n")
    assert f"version: {version_of(ledger)}\n" in front
    assert "permalink" not in front
    assert '{.evidence block="summary"}' in body


def test_a_version_follows_the_ledger_alone(write_study: WriteStudy, study_text: str) -> None:
    first = version_of(make_ledger(load_study(write_study())))
    again = version_of(make_ledger(load_study(write_study())))
    other = version_of(make_ledger(load_study(write_study(study_text.replace("title: A trial", "title: Another")))))
    assert first == again
    assert first != other


def test_a_permalink_needs_the_address_of_the_site(tmp_path: Path) -> None:
    release = Release("trial", Number(1, 2), "2026-03-03")
    known = project(tmp_path)
    assert permalink(known, "trial", None) is None
    assert permalink(known, "trial", release) is None
    (tmp_path / "_quarto.yml").write_text("website: {site-url: https://example.org/briefs/}\n", encoding="utf-8")
    assert permalink(known, "trial", None) == "https://example.org/briefs/briefs/trial/brief.html"
    assert permalink(known, "trial", release) == "https://example.org/briefs/published/trial/v1.2/brief.html"
    (tmp_path / "_quarto.yml").write_text("published-url: https://example.net/v/\n", encoding="utf-8")
    assert permalink(known, "trial", release) == "https://example.net/v/trial/v1.2/brief.html"


def test_a_report_that_was_taken_away_is_not_made(tmp_path: Path) -> None:
    assert list(reports(project(tmp_path))) == ["brief"]


def test_places_are_named_in_the_reports() -> None:
    text = '::: {.evidence block="summary"}\n:::\n\n:::: {.evidence .wide block="ledger-introduction"}\nText.\n::::\n'
    assert places({"brief": text}) == {"summary", "ledger-introduction"}
