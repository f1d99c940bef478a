"""Two hundred faults planted into rendered pages and papers of three studies: inspection catches at least 99%."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from tests.acceptance.planted_studies import write_studies
from tests.acceptance.planting import Plant, faults_of_page, faults_of_paper
from tests.projects import SEED

from evidence_brief.ledger import Ledger, make_ledger
from evidence_brief.plots import draw
from evidence_brief.prepare import save_brief
from evidence_brief.project import Project
from evidence_brief.render import embedded
from evidence_brief.render.inspect import document_problems
from evidence_brief.render.inspect.expected import Expected, expected
from evidence_brief.study.load import Study

pytestmark = pytest.mark.slow
DOCUMENTS = {"brief": 3, "handout": 1}
"""How many faults of each kind are planted into a document of each study."""


@dataclass(frozen=True)
class Document:
    """A rendered document: what it must say, its page, and the Typst source that its paper was set from."""

    study: Study
    ledger: Ledger
    name: str
    must: Expected
    page: str
    source: Path

    def problems(self, folder: Path) -> list[str]:
        """What inspection says of this document in the folder."""
        return [str(p) for p in document_problems(self.study, self.ledger, self.name, self.must, folder)]

    @property
    def figures(self) -> list[str]:
        """What figures of the study print as."""
        return sorted({row.printed for row in self.ledger.rows} | {item.text for item in self.ledger.derived})


@pytest.fixture(scope="module")
def documents(rendered: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Document]:
    """Brief and handout of the seed study and of two made-up ones, by the embedded engine."""
    folder = tmp_path_factory.mktemp("planted")
    shutil.copytree(rendered, folder, dirs_exist_ok=True)
    project = Project(folder)
    for name in write_studies(folder):
        study = project.load(name)
        ledger = make_ledger(study)
        save_brief(project, study, ledger, draw(study, ledger))
        shutil.copy2(folder / "briefs" / SEED / "recompute.ipynb", folder / "briefs" / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(embedded, "_typeset", keep_source)
        return [document for name in project.studies() for document in made(project, name)]


def keep_source(text: Path, target: Path) -> None:
    """Set the paper, and keep what it was set from."""
    typeset(text, target)
    shutil.copy2(text, text.with_name(f"kept-{text.name}"))


typeset: Callable[[Path, Path], None] = embedded._typeset


def made(project: Project, name: str) -> list[Document]:
    """The documents of a study, rendered and clean."""
    study = project.load(name)
    ledger = make_ledger(study)
    out = project.root / "_site" / "briefs" / name
    embedded.render_embedded(project, name, ["html", "pdf"], out)
    texts = expected(project, study, ledger, list(DOCUMENTS))
    sources = project.briefs / name
    return [
        Document(
            study, ledger, each, must, (out / f"{each}.html").read_text(encoding="utf-8"), sources / f"kept-{each}.typ"
        )
        for each, must in texts.items()
    ]


def plant(document: Document, faults: dict[str, Plant], text: str, rng: Random) -> list[tuple[str, str]]:
    """So many faults of each kind as a text takes: what they are, and the text with the fault in it."""
    planted = []
    for kind, planter in faults.items():
        tries = (planter(text, rng) for _ in range(40))
        found = islice((bad for bad in tries if bad is not None), DOCUMENTS[document.name])
        planted += [(f"{document.study.id} {document.name} {kind}", bad) for bad in found]
    return planted


def faults_in_pages(document: Document, folder: Path, rng: Random) -> dict[str, list[str]]:
    """The faults planted into the page, each with what inspection said."""
    said: dict[str, list[str]] = {}
    for number, (kind, bad) in enumerate(plant(document, faults_of_page(document.figures), document.page, rng)):
        (folder / f"{document.name}.html").write_text(bad, encoding="utf-8")
        said[f"{kind} {number}: {where(document.page, bad)}"] = document.problems(folder)
    return said


def faults_in_papers(document: Document, folder: Path, rng: Random) -> dict[str, list[str]]:
    """The faults planted into the paper, each with what inspection said."""
    said: dict[str, list[str]] = {}
    source = document.source.read_text(encoding="utf-8")
    for number, (kind, bad) in enumerate(plant(document, faults_of_paper(document.figures), source, rng)):
        planted = document.source.with_name("planted.typ")
        planted.write_text(bad, encoding="utf-8")
        typeset(planted, folder / f"{document.name}.pdf")
        said[f"{kind} on paper {number}: {where(source, bad)}"] = document.problems(folder)
    return said


def where(clean: str, bad: str) -> str:
    """The text around the first difference."""
    at = next(i for i, (a, b) in enumerate(zip(clean, bad, strict=False)) if a != b)
    return repr(bad[max(at - 40, 0) : at + 40])


def test_clean_documents_raise_no_alarm(documents: list[Document]) -> None:
    for document in documents:
        assert document.problems(document.source.parents[2] / "_site" / "briefs" / document.study.id) == []


@pytest.mark.parametrize("planted", [faults_in_pages, faults_in_papers], ids=["pages", "papers"])
def test_planted_faults_are_caught(
    planted: Callable[[Document, Path, Random], dict[str, list[str]]], documents: list[Document], tmp_path: Path
) -> None:
    rng = Random(2012)
    said: dict[str, list[str]] = {}
    for document in documents:
        folder = tmp_path / document.study.id / document.name
        folder.mkdir(parents=True)
        for name in ("brief.html", "handout.html", "ledger.json", "recompute.html", "recompute.ipynb"):
            (folder / name).touch()
        (folder / f"{document.name}.html").write_text(document.page, encoding="utf-8")
        assert document.problems(folder) == []
        said |= planted(document, folder, rng)
    missed = [fault for fault, problems in said.items() if not problems]
    assert len(said) >= 90
    assert len(Counter(fault.split()[2] for fault in said)) >= 6
    assert len(missed) <= len(said) * 0.01, "\n".join(missed)


def test_pages_and_papers_of_an_older_ledger_or_another_study_are_caught(documents: list[Document]) -> None:
    by_name = {(document.study.id, document.name): document for document in documents}
    folder = by_name["four", "brief"].source.parents[2]
    for document in documents:
        other = "four" if document.study.id != "four" else "warmth"
        assert document.problems(folder / "_site" / "briefs" / other)
    study = folder / "data" / "four" / "study.yml"
    for file in (study, study.with_name("text.txt")):
        file.write_text(file.read_text(encoding="utf-8").replace("P=.09", "P=.08"), encoding="utf-8")
    written = json.loads(study.read_text(encoding="utf-8"))
    written["sources"]["text"]["sha256"] = hashlib.sha256(study.with_name("text.txt").read_bytes()).hexdigest()
    study.write_text(json.dumps(written), encoding="utf-8")
    project = Project(folder)
    now = project.load("four")
    for name, must in expected(project, now, make_ledger(now), list(DOCUMENTS)).items():
        newer = replace(by_name["four", name], study=now, ledger=make_ledger(now), must=must)
        said = newer.problems(folder / "_site" / "briefs" / "four")
        assert {f"four/{name}.html", f"four/{name}.pdf"} <= {problem.split(": ")[0] for problem in said}
