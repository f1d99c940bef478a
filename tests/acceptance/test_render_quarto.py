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
from ruamel.yaml import YAML
from tests.projects import SEED, copy_project, run_brief
from tests.published import TRIAL, relabel, tiny_project

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


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a fresh project, rendered once by `quarto render`; tests leave it as it is."""
    folder = copy_project(tmp_path_factory.mktemp("quarto"))
    done = quarto_render(folder)
    assert done.returncode == 0, done.stderr
    assert "every claim stands in what was rendered" in done.stderr
    return folder / "_site"


def test_quarto_render_at_the_root_makes_the_whole_product(site: Path) -> None:
    names = {path.name for path in (site / "briefs" / SEED).iterdir()}
    assert {"brief.html", "brief.pdf", "handout.html", "handout.pdf", "slides.html"} <= names
    assert {"recompute.html", "recompute.ipynb", "ledger.json"} <= names
    assert {"index.html", "search.json"} <= {path.name for path in site.iterdir()}
    page = html.parse(site / "briefs" / SEED / "brief.html")
    assert "P=.28" in page.xpath("//tr[.//*[@id='ledger-complete.p']]")[0].text_content()


def test_what_quarto_users_expect_is_on(site: Path) -> None:
    page = html.parse(site / "briefs" / SEED / "brief.html")
    assert [link.text for link in page.xpath("//nav[@id='TOC']//a")][:2] == [
        "What the study asked",
        "Results, recomputed",
    ]
    assert page.xpath("//*[@id='quarto-search']")
    assert page.xpath("//a[contains(@class, 'quarto-color-scheme-toggle')]")
    assert page.xpath("//*[contains(@class, 'quarto-alternate-formats')]//a/@href") == ["brief.pdf"]
    assert html.parse(site / "briefs" / SEED / "recompute.html").xpath("//details[contains(@class, 'code-fold')]")


def content(path: Path) -> dict[str, list[object]]:
    """What a page says, whatever is around it: figures with their claims, headings, links inside the page, pictures."""
    tree = html.parse(path)
    (main,) = tree.xpath("//main")
    figures = main.xpath(".//*[@data-claim or @data-figure]")
    headings = [e for e in tree.iter("h1", "h2", "h3", "h4") if e.tag == "h1" or main in e.iterancestors()]
    return {
        "figures": [(e.get("data-claim") or e.get("data-figure"), words(e)) for e in figures],
        "headings": [(e.tag, words(e)) for e in headings],
        "links": main.xpath(".//a/@href[starts-with(., '#')]"),
        "pictures": main.xpath(".//img/@alt"),
    }


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.mark.parametrize("page", [f"briefs/{SEED}/brief.html", f"briefs/{SEED}/handout.html", "index.html"])
def test_both_engines_say_the_same(site: Path, rendered: Path, page: str) -> None:
    quarto, embedded = content(site / page), content(rendered / "_site" / page)
    assert quarto == embedded
    assert len(quarto["headings"]) > 1 or page == "index.html"
    assert quarto["figures"] or page == "index.html"


def test_one_report_of_one_study_renders_by_itself(project: Path) -> None:
    assert run_brief("prepare", cwd=project).returncode == 0
    done = quarto_render(project, "reports/brief.qmd", "-M", f"study:{SEED}")
    assert done.returncode == 0, done.stderr
    page = html.parse(project / "reports" / "brief.html")
    assert page.xpath("//h1")[0].text_content() == page.xpath("//title")[0].text_content()
    assert page.xpath("//*[@data-claim='complete.p']")
    assert "the ledger is missing" in quarto_render(project, "reports/brief.qmd", "-M", "study:absent").stderr


def test_quarto_preview_watches_every_report(project: Path) -> None:
    settings = YAML(typ="safe").load(project / "_quarto.yml")
    assert {Path(name).name for name in settings["watched"]} == {"brief.qmd", "handout.qmd", "slides.qmd"}
    assert all((project / name).is_file() for name in settings["watched"])


def test_a_ledger_missing_from_the_page_fails_the_render(project: Path) -> None:
    report = project / "reports" / "brief.qmd"
    text = report.read_text(encoding="utf-8")
    report.write_text(text.replace('::: {.evidence block="ledger"}\n:::\n', ""), encoding="utf-8")
    done = quarto_render(project, "--to", "html")
    assert done.returncode != 0
    assert "the ledger does not show the printed figure" in done.stderr


def test_two_studies_render_at_once(project: Path) -> None:
    other = project / "data" / "other"
    shutil.copytree(project / "data" / SEED, other)
    text = (other / "study.yml").read_text(encoding="utf-8")
    (other / "study.yml").write_text(text.replace(f"id: {SEED}", "id: other", 1), encoding="utf-8")
    done = run_brief("render", "--engine", "quarto", "--jobs", "2", "--to", "html", cwd=project)
    assert done.returncode == 0, done.stderr
    for study in (SEED, "other"):
        assert html.parse(project / "_site" / "briefs" / study / "brief.html").xpath("//*[@data-claim]")


def test_paper_alone_is_paper_alone(project: Path) -> None:
    done = run_brief("render", "--engine", "quarto", "--to", "pdf", cwd=project)
    assert done.returncode == 0, done.stderr
    made = {path.name for path in (project / "_site" / "briefs" / SEED).iterdir() if path.is_file()}
    assert made == {"brief.pdf", "handout.pdf", "ledger.json", "recompute.ipynb"}
    assert not list((project / "_site").rglob("index.pdf"))


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


def test_version_by_quarto_stands_alone_and_is_made_anew_byte_for_byte(tmp_path: Path) -> None:
    project = tiny_project(tmp_path / "project", brief_alone=False)
    for label in ("Drug", "The drug"):
        relabel(project, label)
        done = run_brief("publish", "--engine", "quarto", "--date", "2026-11-24", cwd=project)
        assert done.returncode == 0, done.stderr
    folder = project / "published" / TRIAL / "v1.1"
    assert {"brief.html", "brief.pdf", "handout.html", "handout.pdf", "redline.html", "slides.html", "site_libs"} <= {
        path.name for path in folder.iterdir()
    }
    assert "../../site_libs" not in (folder / "brief.html").read_text(encoding="utf-8")
    verified = run_brief("verify", f"{TRIAL}@v1.1", "--json", cwd=project)
    assert verified.returncode == 0, verified.stderr
    assert json.loads(verified.stdout)[0]["outcome"] == "identical"
    # Another engine says the same, so that it makes no version.
    again = run_brief("publish", "--engine", "embedded", cwd=project)
    assert "unchanged since v1.1" in again.stdout
    # Where Quarto is absent, what it made cannot be made anew, and that is said.
    absent = run_brief("verify", f"{TRIAL}@v1.1", cwd=project, PATH="/usr/bin:/bin")
    assert absent.returncode == 0, absent.stderr
    assert "which is not on PATH here" in absent.stdout
    assert "Made anew and identical: ledger.json, recompute.ipynb" in absent.stdout
