"""From an article to a draft, as a person at the command line: what is said of drafts, and where they are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.projects import run_brief
from tests.published import TRIAL, tiny_project

pytestmark = pytest.mark.slow

ARTICLE = """A drug against pain in adults

Of 60 patients, 30 received the drug and 30 received placebo. Remission occurred in 71.0% of the drug group and in
40.0% of the placebo group (P=.02).
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tiny_project(tmp_path / "project")
    (folder / "pain.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


def test_new_extract_and_check(project: Path) -> None:
    done = run_brief("new", "pain", "--from", "pain.txt", cwd=project)
    assert done.returncode == 0, done.stderr
    assert "A drug against pain in adults" in done.stdout
    assert "3 counts, 2 percentages, 1 P value" in done.stdout
    assert "brief review pain" in done.stdout
    again = run_brief("new", "pain", "--from", "pain.txt", cwd=project)
    assert again.returncode == 3
    assert "is there already" in again.stderr
    shown = run_brief("check", "pain", cwd=project)
    assert shown.returncode == 0
    assert "6 of 6 were read by the program and not yet confirmed by a person" in shown.stdout
    strict = run_brief("check", "pain", "--strict", cwd=project)
    assert strict.returncode == 15
    assert "not yet confirmed" in strict.stderr
    claims = json.loads(run_brief("check", "pain", TRIAL, "--json", cwd=project).stdout)
    assert all(claim["draft"] for claim in claims["pain"])
    assert not any("draft" in claim for claim in claims[TRIAL])
    assert "nothing new" in run_brief("extract", "pain", "--update", cwd=project).stdout


def test_new_of_no_article(project: Path) -> None:
    done = run_brief("new", "pain", "--from", "gone.txt", cwd=project)
    assert done.returncode == 17
    assert "gone.txt: cannot be read" in done.stderr
    assert not (project / "data" / "pain").exists()


def test_drafts_are_published_on_request_alone_and_say_so(project: Path) -> None:
    page = f"<html><head><title>Pain</title></head><body><p>{ARTICLE}</p></body></html>"
    (project / "pain.html").write_text(page, encoding="utf-8")
    assert run_brief("new", "pain", "--from", "pain.html", cwd=project).returncode == 0
    done = run_brief("publish", "pain", cwd=project)
    assert done.returncode == 15
    assert "6 of 6 figures were read by the program and not yet confirmed by a person" in done.stderr
    assert not (project / "published" / "pain").exists()
    done = run_brief("publish", "pain", "--draft", "--date", "2026-11-24", cwd=project)
    assert done.returncode == 0, done.stderr
    version = project / "published" / "pain" / "v1.0"
    brief = (version / "brief.html").read_text(encoding="utf-8")
    assert "6 of 6 figures were read by the program and not yet confirmed by a person." in " ".join(brief.split())
    assert brief.count('<span class="draft">') == 6
    inputs = version / "inputs" / "data" / "pain"
    assert {path.name for path in inputs.iterdir()} == {
        *("pain.txt", "pain.original.html", "pain.map.json", "study.yml"),
    }
    assert (inputs / "pain.original.html").read_text(encoding="utf-8") == page
    verified = run_brief("verify", "pain@v1.0", cwd=project)
    assert verified.returncode == 0, verified.stderr
