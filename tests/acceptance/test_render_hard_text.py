"""Text of other people that holds the signs of Markdown, HTML, Typst and Quarto is shown as it is."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pypdfium2
import pytest
from lxml import html
from ruamel.yaml import YAML
from tests.projects import copy_project, run_brief

pytestmark = pytest.mark.slow
TITLE = "HLA-B*27 & HLA-DRB1*04: <b>5~6~7</b> a\\b @ref $x$ {{< meta x >}} #1 [z](y) 'q' \"r\" | _u_"
ARTICLE = """Krankenhauswiederaufnahmewahrscheinlichkeit -- 12 of 20 patients (60.0%) & <i>more</i> ... at 5% [1].
The mean change was -3.1±2.0 points; 30.0% of 20 had *pain* | P<.001 #not a heading, 'quoted' "text" @home.
"""


def write(folder: Path) -> Path:
    study = {
        "id": "hard",
        "title": TITLE,
        "publication": "Journal of *Signs* & <doi> 10.1/x_y_z @home {{< x >}}",
        "sources": {"text": {"file": "text.txt", "cite": "A #text, 'cited'", "sha256": ""}},
        "groups": {"all": {"label": "Everybody | *all* <b>", "n": "n"}},
        "claims": [
            {"id": "n", "quote": "of 20 patients", "value": "20", "type": "count", "group": "all"},
            {"id": "count", "quote": "-- 12 of", "value": "12", "type": "count", "group": "all", "outcome": "a|b"},
            {
                "id": "share",
                "quote": "(60.0%)",
                "value": "60.0%",
                "type": "proportion",
                "group": "all",
                "count": "count",
            },
            {
                "id": "pain",
                "quote": "30.0% of",
                "value": "30.0%",
                "type": "proportion",
                "group": "all",
                "outcome": "*pain*",
            },
            {"id": "change", "quote": "was -3.1±2.0", "value": "-3.1±2.0", "type": "mean_sd", "group": "all"},
            {"id": "p", "quote": "P<.001 #not", "value": "P<.001", "type": "p_value"},
        ],
        "exclusions": [{"quote": "at 5% [1]", "reason": "A level."}, {"quote": "30.0% of 20", "reason": "Counted."}],
    }
    place = folder / "data" / "hard"
    place.mkdir(parents=True)
    (place / "text.txt").write_text(ARTICLE, encoding="utf-8")
    study["sources"]["text"]["sha256"] = hashlib.sha256(ARTICLE.encode()).hexdigest()
    with (place / "study.yml").open("w", encoding="utf-8") as file:
        YAML().dump(study, file)
    return folder


def check_pages(folder: Path) -> None:
    tree = html.parse(folder / "brief.html")
    title = tree.xpath("//h1")[0].text_content().replace("\u2060", "")
    assert " ".join(title.split()) == TITLE
    source = " ".join(tree.xpath("//*[contains(@class, 'source')]")[0].text_content().split())
    assert "& <i>more</i> ... at 5% [1]." in source
    assert tree.xpath("//main//i[text()='more']") == []
    document = pypdfium2.PdfDocument(folder / "brief.pdf")
    text = " ".join("\n".join(page.get_textpage().get_text_range() for page in document).split())
    document.close()
    assert "was -3.1±2.0 points" in text
    assert "<i>more</i> ..." in text
    assert "'quoted' \"text\" @home." in text


def test_embedded_engine_shows_hard_text_as_it_is(tmp_path: Path) -> None:
    project = write(copy_project(tmp_path))
    done = run_brief("render", "hard", "--engine", "embedded", cwd=project)
    assert done.returncode == 0, done.stderr
    check_pages(project / "_site" / "briefs" / "hard")


def test_several_studies_are_rendered_by_several_processes(tmp_path: Path) -> None:
    project = write(copy_project(tmp_path))
    done = run_brief("render", "--engine", "embedded", "--jobs", "2", cwd=project)
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in (project / "_site" / "briefs").iterdir()) == [
        "hard",
        "ivig-dermatomyositis-2012",
    ]
    assert list((project / ".brief" / "jobs").iterdir()) == []


@pytest.mark.quarto
@pytest.mark.skipif(
    "not __import__('shutil').which('quarto')", reason="the command quarto is not on PATH (https://quarto.org)"
)
def test_quarto_shows_hard_text_as_it_is(tmp_path: Path) -> None:
    project = write(copy_project(tmp_path))
    done = run_brief("render", "hard", "--engine", "quarto", cwd=project)
    assert done.returncode == 0, done.stderr
    check_pages(project / "_site" / "briefs" / "hard")
