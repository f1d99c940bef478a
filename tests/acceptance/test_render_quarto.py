"""The project as Quarto users find it. Skipped where the command quarto is not on PATH."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from lxml import html
from tests.projects import SEED, run_brief

pytestmark = [
    pytest.mark.quarto,
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("quarto") is None, reason="the command quarto is not on PATH (https://quarto.org)"),
]


def quarto_render(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Quarto as a person runs it, with the Python environment active."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    command = ["quarto", "render", *options]
    environment = {**os.environ, "PATH": path}
    return subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def test_quarto_render_at_the_root_makes_the_whole_product(project: Path) -> None:
    done = quarto_render(project)
    assert done.returncode == 0, done.stderr
    folder = project / "_site" / "briefs" / SEED
    names = {path.name for path in folder.iterdir()}
    assert {"brief.html", "brief.pdf", "recompute.html", "recompute.ipynb", "ledger.json"} <= names
    assert "every claim stands in what was rendered" in done.stderr
    page = html.parse(folder / "brief.html")
    assert "P=.28" in page.xpath("//tr[.//*[@id='ledger-complete.p']]")[0].text_content()
    assert all(image.get("alt") for image in page.xpath("//main//img"))


def test_a_ledger_missing_from_the_page_fails_the_render(project: Path) -> None:
    report = project / "reports" / "brief.qmd"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace('::: {.evidence block="ledger"}\n:::\n', ""), encoding="utf-8")
    done = quarto_render(project, "--to", "html")
    assert done.returncode != 0
    assert "the ledger does not show the printed figure" in done.stderr


def test_brief_render_takes_quarto_by_itself(project: Path) -> None:
    done = run_brief("render", cwd=project)
    assert done.returncode == 0, done.stderr
    assert "made by the quarto engine" in done.stdout
    assert (project / "_site" / "briefs" / SEED / "brief.pdf").is_file()
    assert "nothing changed" in run_brief("render", cwd=project).stdout


def test_site_of_several_studies_is_whole_after_jobs_of_one_each(project: Path) -> None:
    shutil.copytree(project / "data" / SEED, project / "data" / "second")
    study = project / "data" / "second" / "study.yml"
    text = study.read_text(encoding="utf-8").replace(f"id: {SEED}", "id: second")
    study.write_text(text.replace("title: Intravenous", "title: Once more, intravenous"), encoding="utf-8")
    done = run_brief("render", "--engine", "quarto", "--jobs", "2", "--to", "html", cwd=project)
    assert done.returncode == 0, done.stderr
    site = project / "_site"
    headings = html.parse(site / "index.html").xpath("//main//li/h2")
    assert [heading.text_content().split()[0] for heading in headings] == ["Intravenous", "Once"]
    found = {entry["href"].split("#")[0] for entry in json.loads((site / "search.json").read_text(encoding="utf-8"))}
    assert {f"briefs/{name}/brief.html" for name in (SEED, "second")} <= found
    assert {"index.html", "reports/methods.html", "reports/checks.html"} <= found
    brief = html.parse(site / "briefs" / "second" / "brief.html")
    code = brief.xpath("//a[contains(@href, 'reports/checks.html#code-')]")[0]
    assert code.text_content() == code.get("href").rpartition("#code-")[2]
    for link in brief.xpath("//a[contains(@class, 'nav-link') and contains(@href, '.html')]/@href"):
        assert (site / "briefs" / "second" / link).is_file(), link
