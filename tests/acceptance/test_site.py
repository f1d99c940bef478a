"""The site's own pages: the list of what is rendered, the methods, the checks."""

from __future__ import annotations

import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from tests.projects import SEED, run_brief

from evidence_brief.checks.codes import CODES
from evidence_brief.errors import InvalidStudy
from evidence_brief.project import Project
from evidence_brief.site import prepare_site, render_site

PAGES = ("index.html", "reports/methods.html", "reports/checks.html")


@pytest.fixture
def site(project: Path, rendered: Path) -> Path:
    """A project with a site of its own, as far as `brief render` had made the brief of the seed study."""
    shutil.copytree(rendered / "_site" / "briefs", project / "_site" / "briefs")
    return project / "_site"


def made(project: Path, engine: str = "embedded", formats: tuple[str, ...] = ("html",)) -> list[Path]:
    return render_site(Project(project), engine, formats, project / "_site")


def titles(page: Path) -> list[str]:
    return [" ".join(heading.text_content().split()) for heading in html.parse(page).xpath("//main//li/h2")]


def test_site_pages_are_made_with_the_studies(rendered: Path) -> None:
    (title,) = titles(rendered / "_site" / "index.html")
    assert title.startswith("Intravenous immunoglobulin")
    for name in PAGES:
        text = (rendered / "_site" / name).read_text(encoding="utf-8")
        assert "http://" not in text.replace("http://www.w3.org", "")
        assert str(rendered) not in text


def test_site_links_lead_to_what_is_there(rendered: Path) -> None:
    for path in (*(rendered / "_site" / name for name in PAGES), rendered / "_site" / "briefs" / SEED / "brief.html"):
        for link in html.parse(path).xpath("//a/@href"):
            parts = urlsplit(link)
            if not parts.scheme and parts.path:
                target = path.parent / unquote(parts.path)
                assert target.exists(), (path.name, link)
                if parts.fragment:
                    assert html.parse(target).xpath("//*[@id=$name]", name=parts.fragment), (path.name, link)


def test_site_navigation_says_which_page_this_is(rendered: Path) -> None:
    for name, said in zip(PAGES, ("Briefs", "Methods", "Checks"), strict=True):
        current = html.parse(rendered / "_site" / name).xpath("//nav[@aria-label='Site']//a[@aria-current='page']")
        assert [link.text_content() for link in current] == [said]


def test_brief_leads_back_to_the_list_alone(rendered: Path) -> None:
    for name in ("brief.html", "recompute.html"):
        page = html.parse(rendered / "_site" / "briefs" / SEED / name)
        away = [link for link in page.xpath("//a/@href") if link.startswith("..")]
        assert away == ["../../index.html"], name


def test_findings_print_their_codes(rendered: Path) -> None:
    page = html.parse(rendered / "_site" / "briefs" / SEED / "brief.html")
    codes = page.xpath("//*[contains(concat(' ', @class, ' '), ' finding ')]//code/text()")
    assert len(codes) == len(page.xpath("//*[contains(concat(' ', @class, ' '), ' finding ')]")) > 0
    assert set(codes) <= set(CODES)


def test_checks_page_has_an_anchor_for_each_code(rendered: Path) -> None:
    page = html.parse(rendered / "_site" / "reports" / "checks.html")
    anchors = {anchor for anchor in page.xpath("//@id") if anchor.startswith("code-")}
    assert anchors == {f"code-{code}" for code in CODES}


def test_notebook_code_is_folded(rendered: Path) -> None:
    page = html.parse(rendered / "_site" / "briefs" / SEED / "recompute.html")
    folded = page.xpath("//details[@class='code-fold'][not(@open)]")
    assert len(folded) == len(page.xpath("//*[contains(@class, 'sourceCode') and self::pre]")) > 3
    assert all(details.xpath("string(summary)") == "Code" for details in folded)


def test_list_is_of_what_is_rendered_and_changes_with_it(project: Path, site: Path) -> None:
    made(project)
    shutil.copytree(site / "briefs" / SEED, site / "briefs" / "other")
    ledger = site / "briefs" / "other" / "ledger.json"
    text = ledger.read_text(encoding="utf-8").replace(f'"study": "{SEED}"', '"study": "other"')
    ledger.write_text(text.replace('"title": "Intravenous', '"title": "Übungen statt intravenous'), encoding="utf-8")
    made(project)
    assert [title.split()[0] for title in titles(site / "index.html")] == ["Intravenous", "Übungen"]
    shutil.rmtree(site / "briefs" / "other")
    made(project)
    assert len(titles(site / "index.html")) == 1


def test_site_pages_are_left_alone_where_nothing_changed(project: Path, site: Path) -> None:
    pages = made(project)
    before = [(page.stat().st_mtime_ns, page.read_bytes()) for page in pages]
    assert made(project) == pages
    assert [(page.stat().st_mtime_ns, page.read_bytes()) for page in pages] == before
    pages[0].write_text("changed by hand", encoding="utf-8")
    made(project)
    assert pages[0].read_bytes() == before[0][1]


def test_paper_alone_makes_no_site(project: Path, site: Path) -> None:
    assert made(project, formats=("pdf",)) == []
    assert not (site / "index.html").exists()


def test_pages_that_a_team_has_taken_away_are_not_made(project: Path, site: Path) -> None:
    (project / "reports" / "methods.qmd").unlink()
    assert [page.name for page in made(project)] == ["index.html", "checks.html"]


def test_ledger_that_cannot_be_read_is_named(project: Path, site: Path) -> None:
    (site / "briefs" / SEED / "ledger.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InvalidStudy, match="is no ledger of this version"):
        made(project)


def test_prepare_writes_the_list_for_quarto_and_leaves_it_alone(project: Path, rendered: Path) -> None:
    shutil.copytree(rendered / "briefs" / SEED, project / "briefs" / SEED)
    prepare_site(Project(project))
    block = project / "briefs" / "blocks" / "studies.md"
    assert f"(briefs/{SEED}/brief.html)" in block.read_text(encoding="utf-8")
    before = block.stat().st_mtime_ns
    prepare_site(Project(project))
    assert block.stat().st_mtime_ns == before


def test_study_cannot_have_the_name_of_the_folder_of_the_list(project: Path) -> None:
    shutil.copytree(project / "data" / SEED, project / "data" / "blocks")
    done = run_brief("check", "blocks", cwd=project)
    assert done.returncode == 3
    assert "the site needs" in done.stderr
