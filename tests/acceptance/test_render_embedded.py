"""The whole path with the embedded engine: from the seed article to pages that hold what the ledger says."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from lxml import html
from tests.projects import SEED, copy_project, run_brief
from tests.small_project import run_elsewhere, small_project

pytestmark = pytest.mark.slow
FILES = {
    *("brief.html", "brief.pdf", "handout.html", "handout.pdf", "ledger.json"),
    *("recompute.html", "recompute.ipynb"),
}


def site(project: Path) -> Path:
    return project / "_site" / "briefs" / SEED


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def pdf_text(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


def test_render_makes_every_file(rendered: Path) -> None:
    assert {path.name for path in site(rendered).iterdir()} == FILES


def test_render_shows_every_claim_of_the_study_in_the_page(rendered: Path) -> None:
    claims = json.loads((site(rendered) / "ledger.json").read_text(encoding="utf-8"))["claims"]
    tree = html.parse(site(rendered) / "brief.html")
    for claim in claims:
        row = tree.xpath(f"//tr[.//*[@id='ledger-{claim['id']}']]")
        assert len(row) == 1, claim["id"]
        assert claim["printed"] in row[0].text_content()


def test_render_asks_no_network_for_anything(rendered: Path) -> None:
    for name in ("brief.html", "recompute.html"):
        tree = html.parse(site(rendered) / name)
        loaded = tree.xpath("//script/@src | //img/@src | //link/@href | //iframe/@src | //source/@srcset")
        assert [address for address in loaded if not address.startswith("data:")] == []
        assert "@import" not in "".join(tree.xpath("//style/text()"))


def test_render_gives_every_picture_an_alternative_text_with_its_numbers(rendered: Path) -> None:
    texts = html.parse(site(rendered) / "brief.html").xpath("//img/@alt")
    drawn = {path.stem for path in (rendered / "briefs" / SEED / "figures").iterdir()}
    assert {"proportions", "p-values", "scores", "reconstructions"} <= drawn
    assert all(any(digit.isdigit() for digit in text) for text in texts)
    assert any("22 of 24" in text for text in texts)
    assert any("CDASI score, IVIG, before treatment, 7.46±6.26: lowest score" in text for text in texts)


def test_render_resolves_every_link_inside_the_page(rendered: Path) -> None:
    tree = html.parse(site(rendered) / "brief.html")
    anchors = set(tree.xpath("//@id"))
    inside = [link[1:] for link in tree.xpath("//a/@href") if link.startswith("#")]
    assert inside
    assert [link for link in inside if link not in anchors] == []
    beside = [link.partition("?")[0] for link in tree.xpath("//main//a/@href") if not link.startswith(("#", "http"))]
    assert set(beside) <= FILES


def test_render_gives_the_page_a_language_one_title_and_headings_in_order(rendered: Path) -> None:
    tree = html.parse(site(rendered) / "brief.html")
    assert tree.getroot().get("lang") == "en"
    levels = [int(heading.tag[1]) for heading in tree.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_render_writes_a_tagged_pdf_with_the_verdict_and_the_findings(rendered: Path) -> None:
    pdf = site(rendered) / "brief.pdf"
    raw = pdf.read_bytes()
    assert b"pdfuaid" in raw
    assert b"/StructTreeRoot" in raw
    text = " ".join(pdf_text(pdf).split())
    assert "Of 32 reported figures, 14 can be reproduced" in text
    assert "P=.28 cannot be reproduced" in text


def test_render_writes_a_notebook_that_was_run_to_the_end(rendered: Path) -> None:
    notebook = json.loads((site(rendered) / "recompute.ipynb").read_text(encoding="utf-8"))
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert all(cell["execution_count"] for cell in code)
    assert "papermill" not in notebook["metadata"]


def test_render_of_what_is_up_to_date_leaves_it_alone_and_says_so(rendered: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in site(rendered).iterdir()}
    done = run_brief("render", "--engine", "embedded", cwd=rendered)
    assert done.returncode == 0
    assert "nothing changed" in done.stdout
    assert {path: path.stat().st_mtime_ns for path in site(rendered).iterdir()} == before


def test_render_gives_the_same_bytes_in_another_folder_zone_locale_and_hash_seed(
    rendered: Path, tmp_path: Path
) -> None:
    other = copy_project(tmp_path / "elsewhere with a space")
    strange = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "LC_ALL": "C", "PYTHONUTF8": "1"}
    done = run_brief("render", "--engine", "embedded", cwd=other, **strange)
    assert done.returncode == 0, done.stderr
    assert contents(site(other)) == contents(site(rendered))


def test_render_of_a_broken_study_leaves_the_earlier_brief_as_it_was(rendered: Path, tmp_path: Path) -> None:
    shutil.copytree(rendered, tmp_path, dirs_exist_ok=True)
    before = contents(tmp_path / "_site")
    study = tmp_path / "data" / SEED / "study.yml"
    study.write_text(study.read_text(encoding="utf-8").replace('value: "91.7%"', 'value: "91.9%"'), encoding="utf-8")
    done = run_brief("render", "--engine", "embedded", cwd=tmp_path)
    assert done.returncode == 3
    assert "remission.ivig" in done.stderr
    assert "Traceback" not in done.stderr
    assert contents(tmp_path / "_site") == before


def test_render_of_a_failing_notebook_names_the_cell_and_keeps_it_outside_the_outputs(project: Path) -> None:
    notebook = project / "analysis" / "recompute.ipynb"
    content = json.loads(notebook.read_text(encoding="utf-8"))
    at = next(i for i, cell in enumerate(content["cells"]) if cell["id"] == "claims")
    content["cells"][at]["source"] = ["first = 1\n", "first / 0"]
    notebook.write_text(json.dumps(content), encoding="utf-8")
    done = run_brief("render", "--engine", "embedded", cwd=project)
    assert done.returncode == 5
    assert "line 2" in done.stderr
    assert "`first / 0`" in done.stderr
    assert "ZeroDivisionError" in done.stderr
    assert "Traceback" not in done.stderr
    assert (project / ".brief" / "failed" / f"{SEED}.ipynb").is_file()
    assert not (project / "_site").exists()
    assert not (project / "briefs").exists()


@pytest.mark.parametrize(("form", "other"), [("html", "pdf"), ("pdf", "html")])
def test_render_to_one_format_makes_only_that(tmp_path: Path, form: str, other: str) -> None:
    project = small_project(tmp_path, "trial")
    run_elsewhere("render", "--engine", "embedded", "--to", form, "--out", "elsewhere", cwd=project)
    made = {path.name for path in (project / "elsewhere" / "briefs" / "trial").iterdir()}
    assert made == {name for name in FILES if not name.endswith(f".{other}")}


def test_render_stops_at_an_unknown_claim_in_a_report(project: Path) -> None:
    report = project / "reports" / "brief.qmd"
    report.write_text(report.read_text(encoding="utf-8") + "\n[no.such.claim]{.reported}\n", encoding="utf-8")
    done = run_brief("render", "--engine", "embedded", cwd=project)
    assert done.returncode == 6
    assert "no claim has the id `no.such.claim`" in done.stderr
    assert not (project / "_site").exists()


def test_render_fills_figures_that_a_person_puts_into_a_report(project: Path) -> None:
    report = project / "reports" / "brief.qmd"
    words = "\nRemission: [remission.ivig]{.reported}, [remission.ivig]{.recomputed}, [remission.p.rd]{.derived}.\n"
    report.write_text(report.read_text(encoding="utf-8") + words, encoding="utf-8")
    done = run_brief("render", "--engine", "embedded", "--to", "html", cwd=project)
    assert done.returncode == 0, done.stderr
    page = html.parse(site(project) / "brief.html").xpath("//p[starts-with(., 'Remission: ')]")[0].text_content()
    assert " ".join(page.split()) == "Remission: 91.7%✓, 22/24 = 91.67%, 36.1 (9.6 to 58.8) percentage points."


def test_render_puts_own_words_into_their_places_with_their_figures(project: Path) -> None:
    sentence = 'Remission came more often: [remission.ivig]{.reported}, in [2012]{.allowed reason="year"}'
    words = f"# summary\n\n{sentence}; see @fig-scores.\n"
    (project / "data" / SEED / "notes.md").write_text(words, encoding="utf-8")
    done = run_brief("render", "--engine", "embedded", "--to", "html", cwd=project)
    assert done.returncode == 0, done.stderr
    page = html.parse(site(project) / "brief.html")
    place = page.xpath("//*[@data-place='summary']")[0]
    captions = [" ".join(caption.text_content().split()) for caption in page.xpath("//figcaption")]
    number = next(i for i, caption in enumerate(captions, 1) if "Mean scores over time" in caption)
    assert captions[number - 1].startswith(f"Figure {number}. Mean scores over time")
    assert " ".join(place.text_content().split()) == (
        f"Remission came more often: 91.7%✓, in 2012; see Figure {number}."
    )
    assert place.xpath(".//a/@href")[-1] == "#fig-scores"


def test_render_stops_at_own_words_for_no_place_before_a_notebook_runs(project: Path) -> None:
    (project / "data" / SEED / "notes.md").write_text("# sumary\n\nMine.\n", encoding="utf-8")
    done = run_brief("render", "--engine", "embedded", cwd=project)
    assert done.returncode == 3
    assert f"data/{SEED}/notes.md:1: no report has such a place" in done.stderr
    assert not (project / "briefs").exists()
