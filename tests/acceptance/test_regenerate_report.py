"""The step that reports a failure, run for real."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.hub import REDLINE, REPORT, RUN, Hub, made_hub

FOUND = f"## Failed\n\n{REDLINE}"

pytestmark = pytest.mark.skipif(shutil.which("jq") is None, reason="needs the command jq")


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    """A repository with one published version."""
    return made_hub(tmp_path)


def test_a_failure_opens_an_issue_and_the_next_one_comments_on_it(hub: Hub) -> None:
    temporary = hub.root / "temp"
    (temporary / "regenerated").mkdir(parents=True)
    (temporary / "regenerated" / "regenerate.md").write_text(FOUND, encoding="utf-8")
    for _ in range(2):
        done = hub.run(REPORT, hub.root, temporary, REGENERATED="failure", PROPOSED="skipped")
        assert done.returncode == 0, done.stderr
    (issue,) = hub.known["issues"]
    assert issue["title"] == "Scheduled regeneration failed"
    assert issue["body"].endswith(f"\n\n{FOUND}")
    assert issue["body"].startswith(f"Job regenerate: failure; job propose: skipped. [The run]({RUN}).")
    assert issue["comments"] == [issue["body"]]


def test_a_failure_after_the_issue_was_closed_opens_another(hub: Hub) -> None:
    temporary = hub.root / "temp"
    for _ in range(2):
        hub.run(REPORT, hub.root, temporary, REGENERATED="failure", PROPOSED="skipped")
        hub.know(issues=[issue | {"state": "CLOSED"} for issue in hub.known["issues"]])
    assert [issue["comments"] for issue in hub.known["issues"]] == [[], []]


def test_a_run_that_broke_off_before_a_summary_is_told(hub: Hub) -> None:
    done = hub.run(REPORT, hub.root, hub.root / "temp", REGENERATED="cancelled", PROPOSED="skipped")
    assert done.returncode == 0, done.stderr
    (issue,) = hub.known["issues"]
    assert "ended before there was a summary" in issue["body"]
    assert RUN in issue["body"]


def test_a_long_finding_is_cut_in_the_issue(hub: Hub) -> None:
    temporary = hub.root / "temp"
    (temporary / "regenerated").mkdir(parents=True)
    (temporary / "regenerated" / "regenerate.md").write_text("x" * 90_000, encoding="utf-8")
    assert hub.run(REPORT, hub.root, temporary, REGENERATED="failure", PROPOSED="skipped").returncode == 0
    assert 60_000 < len(hub.known["issues"][0]["body"]) < 65_536
