"""The handout is two pages and the presenter's one, whatever the study; its code leads to the brief."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import html
from tests.projects import SEED, copy_project, run_brief

from evidence_brief.documents import permalink
from evidence_brief.ledger import make_ledger
from evidence_brief.plots import draw
from evidence_brief.prepare import save_brief
from evidence_brief.project import Project
from evidence_brief.render.embedded import render_embedded

pytestmark = pytest.mark.slow

WORDS = "Krankenhauswiederaufnahmewahrscheinlichkeit bei Patientinnen und Patienten mit eosinophiler Granulomatose "
ARMS = ("one", "two", "three", "four")
MARGIN = 60  # points
LETTERS = "abcdefghijklmnopqrstuvwxyzäöüßéè"


def count(name: str, value: str, group: str) -> dict[str, Any]:
    return {"id": name, "value": value, "type": "count", "group": group}


def share(name: str, value: str, group: str, outcome: str) -> dict[str, Any]:
    return {"id": name, "value": value, "type": "proportion", "group": group, "outcome": outcome}


def one_claim() -> dict[str, Any]:
    return {"title": "A study", "claims": [{"id": "n", "value": "17", "type": "count"}]}


def nothing_wrong() -> dict[str, Any]:
    claims = [count("a.n", "30", "a"), count("b.n", "30", "b")]
    claims += [share("ra", "70.0%", "a", "response"), share("rb", "40.0%", "b", "response")]
    claims += [{"id": "p", "value": "P=.02", "type": "p_value", "compares": ["ra", "rb"]}]
    groups = {"a": {"label": "Drug", "n": "a.n"}, "b": {"label": "Placebo", "n": "b.n"}}
    return {"title": "A study", "design": "randomised trial", "groups": groups, "claims": claims}


def hundred_claims() -> dict[str, Any]:
    """Thirty-two comparisons, most of them contradicted."""
    claims = [count("a.n", "50", "a"), count("b.n", "50", "b")]
    for i, letter in enumerate(LETTERS):
        one, two = f"a{i}", f"b{i}"
        claims += [share(one, f"{2 * (i + 3)}%", "a", f"outcome {letter}")]
        claims += [share(two, f"{2 * (i + 9)}%", "b", f"outcome {letter}")]
        claims += [{"id": f"p{i}", "value": "P=.04", "type": "p_value", "compares": [one, two]}]
    groups = {"a": {"label": "A", "n": "a.n"}, "b": {"label": "B", "n": "b.n"}}
    return {"title": "A study", "groups": groups, "claims": claims}


def long_words() -> dict[str, Any]:
    """Four arms, and every text as long as nobody writes it."""
    groups: dict[str, Any] = {"all": {"label": f"{WORDS}all", "n": "all.n", "parts": list(ARMS)}}
    groups |= {arm: {"label": f"{WORDS}{arm}", "n": f"{arm}.n"} for arm in ARMS}
    claims = [count("all.n", "160", "all"), *(count(f"{arm}.n", "40", arm) for arm in ARMS)]
    for letter in LETTERS[:9]:
        claims += [share(f"{letter}-{arm}", "51.0%", arm, f"{WORDS * 2}{letter}") for arm in ARMS]
    question = {"population": WORDS * 6, "intervention": WORDS * 4, "comparison": WORDS * 5, "outcomes": [WORDS] * 9}
    head = {"title": WORDS * 4, "publication": WORDS * 6, "design": f"cohort {WORDS}", "question": question}
    return {**head, "groups": groups, "claims": claims}


def all_wrong() -> dict[str, Any]:
    """One arm with ten impossible means and ten impossible percentages, under a title of signs."""
    mean = {"type": "mean_sd", "group": "a", "scale": "s"}
    claims = [count("n", "24", "a")]
    claims += [{"id": f"m{i}", "value": f"9.5{i}±1.{i}2", "outcome": f"score {LETTERS[i]}", **mean} for i in range(10)]
    claims += [share(f"q{i}", f"{11 + 7 * i}.3%", "a", f"event {LETTERS[i]}") for i in range(10)]
    scales = {"s": {"label": "Score", "minimum": 0, "maximum": 10, "step": 1}}
    groups = {"a": {"label": "Treated | #1", "n": "n"}}
    return {"title": "<b>all</b> *wrong* $x$ {{< meta x >}}", "groups": groups, "scales": scales, "claims": claims}


STUDIES = [one_claim, nothing_wrong, hundred_claims, long_words, all_wrong]


def prepared(folder: Path, study: dict[str, Any]) -> Project:
    """The made-up study in a project, prepared without its notebook, to be rendered without its brief."""
    project = Project(copy_project(folder))
    for claim in study["claims"]:
        claim["quote"] = f"the figure {claim['id']} is {claim['value']} here"
    text = "\n".join(claim["quote"] for claim in study["claims"])
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = {"file": "text.txt", "cite": "An article, 2020.", "sha256": digest}
    place = project.data / "made-up"
    place.mkdir()
    (place / "text.txt").write_text(text, encoding="utf-8")
    written = json.dumps({"id": "made-up", "sources": {"text": source}, **study})
    (place / "study.yml").write_text(written, encoding="utf-8")
    loaded = project.load("made-up")
    ledger = make_ledger(loaded)
    save_brief(project, loaded, ledger, draw(loaded, ledger))
    (project.briefs / "made-up" / "recompute.ipynb").write_text("{}", encoding="utf-8")
    (project.briefs / "made-up" / "brief.qmd").unlink()
    return project


def papers(project: Project, out: Path) -> tuple[list[str], list[str], tuple[float, float]]:
    """The text of each page of the handout, what stands in its lower margin, and the size of the first in points."""
    render_embedded(project, "made-up", ["pdf"], out)
    document = pypdfium2.PdfDocument(out / "handout.pdf")
    texts = [page.get_textpage() for page in document]
    pages = [" ".join(text.get_text_range().split()) for text in texts]
    feet = [" ".join(text.get_text_bounded(bottom=-5000, top=MARGIN).split()) for text in texts]
    size = document[0].get_size()
    document.close()
    return pages, feet, size


def on_paper(project: Project, settings: str, size: str) -> None:
    """Ask for a size of paper in the settings of the project, as they were at first."""
    text = settings.replace("\n  typst:\n", f"\n  typst:\n    papersize: {size}\n")
    assert text != settings
    (project.root / "_quarto.yml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("make", STUDIES, ids=[make.__name__ for make in STUDIES])
def test_handout_is_two_pages_and_the_presenters(tmp_path: Path, make: Any) -> None:
    project = prepared(tmp_path, make())
    settings = (project.root / "_quarto.yml").read_text(encoding="utf-8")
    for paper, (width, height) in {"a4": (595, 842), "us-letter": (612, 792)}.items():
        on_paper(project, settings, paper)
        pages, feet, size = papers(project, tmp_path / paper)
        assert [round(side) for side in size] == [width, height]
        assert len(pages) == 3
        assert "Key results, recomputed" in pages[0]
        assert "To discuss" in pages[1]
        assert "For the presenter" in pages[2]
        # What does not fit runs over the foot.
        for number, foot in enumerate(feet, 1):
            assert re.fullmatch(rf"Journal-club handout · made-up · draft \w+ {number} of 3 https://\S+", foot)


def test_the_same_handout_has_the_same_bytes(tmp_path: Path) -> None:
    project = prepared(tmp_path, all_wrong())
    papers(project, tmp_path / "one")
    papers(project, tmp_path / "two")
    assert (tmp_path / "one" / "handout.pdf").read_bytes() == (tmp_path / "two" / "handout.pdf").read_bytes()


def test_without_an_address_there_is_neither_code_nor_link(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    settings = project / "_quarto.yml"
    lines = settings.read_text(encoding="utf-8").splitlines(keepends=True)
    settings.write_text("".join(line for line in lines if "site-url:" not in line), encoding="utf-8")
    assert permalink(Project(project), SEED, None) is None
    done = run_brief("render", SEED, "--engine", "embedded", "--to", "html", cwd=project)
    assert done.returncode == 0, done.stderr
    page = html.parse(project / "_site" / "briefs" / SEED / "handout.html")
    assert not page.xpath("//*[contains(@class, 'qr')]")
    assert not [link for link in page.xpath("//main//a/@href") if link.startswith("http")]


def test_page_shows_code_and_address_and_hides_the_answers(rendered: Path) -> None:
    page = html.parse(rendered / "_site" / "briefs" / SEED / "handout.html")
    assert page.xpath("//*[@data-fact='permalink']")[0].text_content() == permalink(Project(rendered), SEED, None)
    assert page.xpath("//*[contains(@class, 'qr')]//img/@alt") == ["QR code with the address that is printed beside it"]
    details = page.xpath("//details[.//*[@id='answers']]")
    assert len(details) == 1
    assert details[0].get("open") is None
    assert len(details[0].xpath(".//*[contains(@class, 'answer')]")) >= 5


def test_own_words_take_the_place_of_questions_and_answers(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    words = "# discussion\n\nWhat about [remission.p]{.reported}?\n\n# answers\n\nAsk the authors.\n"
    (project / "data" / SEED / "notes.md").write_text(words, encoding="utf-8")
    done = run_brief("render", SEED, "--engine", "embedded", "--to", "html", cwd=project)
    assert done.returncode == 0, done.stderr
    text = " ".join(html.parse(project / "_site" / "briefs" / SEED / "handout.html").getroot().text_content().split())
    assert "What about P=.007✓?" in text
    assert "Ask the authors." in text
    assert "Would your own patients" not in text
