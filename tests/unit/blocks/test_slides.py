"""One slide for each grave finding."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.conftest import WriteStudy

from evidence_brief.blocks.slides import MOST_SLIDES, slide_findings
from evidence_brief.ledger import Ledger, make_ledger
from evidence_brief.study.load import Study, load_study


@pytest.fixture
def study(write_study: WriteStudy) -> Study:
    return load_study(write_study())


@pytest.fixture
def ledger(study: Study) -> Ledger:
    return make_ledger(study)


def headings(text: str) -> list[str]:
    return [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]


def test_slides_show_each_grave_finding_with_its_figures(study: Study, ledger: Ledger) -> None:
    grave = [item for item in ledger.findings if item.finding.severity != "note"]
    text = slide_findings(study, ledger)
    assert len(headings(text)) == len(grave) >= 1
    assert all(f"[{claim}]{{.reported}}" in text for item in grave for claim in item.finding.claims)
    assert text.count('data-place="slide-findings"') == len(grave)


def test_slides_say_where_there_is_no_grave_finding(study: Study, ledger: Ledger) -> None:
    text = slide_findings(study, replace(ledger, findings=()))
    assert headings(text) == ["What does not add up {.smaller}"]
    assert "No figure that could be checked disagrees with the others" in text


def test_slides_count_the_findings_that_they_leave_to_the_brief(study: Study, ledger: Ledger) -> None:
    grave = next(item for item in ledger.findings if item.finding.severity != "note")
    text = slide_findings(study, replace(ledger, findings=(grave,) * (MOST_SLIDES + 2)))
    assert len(headings(text)) == MOST_SLIDES + 1
    assert "2 further findings stand in the brief" in text
