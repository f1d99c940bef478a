"""Read back what an engine rendered: does it say what the ledger says, all of it, and nothing else?

The text that pages and papers must hold is made anew from the study file and its ledger. So a changed digit, a
dropped row, swapped arms or a page of an earlier ledger is a difference, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evidence_brief.documents import DOCUMENTS, citation, title
from evidence_brief.errors import InspectionFailed, Problem
from evidence_brief.ledger import Ledger
from evidence_brief.ledger_json import to_json
from evidence_brief.project import Project
from evidence_brief.render.inspect.around import Around, around
from evidence_brief.render.inspect.claims import every_claim, every_figure
from evidence_brief.render.inspect.expected import Expected, expected
from evidence_brief.render.inspect.html import differences, orphans, read_page
from evidence_brief.render.inspect.notebook import notebook
from evidence_brief.render.inspect.paper import Front, paper_problems
from evidence_brief.render.inspect.pictures import pictures
from evidence_brief.render.inspect.structure import structure
from evidence_brief.study.load import Study

MOST = 20
"""Problems that are shown; a page of another study has hundreds."""


def inspect_brief(project: Project, study: Study, ledger: Ledger, folder: Path) -> None:
    """Check every page and paper of the study in the folder, each where it is there.

    Raises InspectionFailed with every defect, also when there is none of them, or when the ledger beside them is not
    the one of the study.
    """
    names = [name for name in DOCUMENTS if any((folder / f"{name}.{end}").is_file() for end in ("html", "pdf"))]
    if "brief" not in names:
        mend = "run `brief render` first"
        raise InspectionFailed(Problem(f"{study.id}/brief.html", "nothing is rendered", mend=mend))
    problems = list(_problems(project, study, ledger, folder, names))
    if len(problems) > MOST:
        more = Problem(study.id, f"and {len(problems) - MOST} more differences", mend="render the study again")
        problems = [*problems[:MOST], more]
    if problems:
        raise InspectionFailed(*problems)


def _problems(project: Project, study: Study, ledger: Ledger, folder: Path, names: list[str]) -> Iterator[Problem]:
    beside = folder / "ledger.json"
    if not beside.is_file() or beside.read_text(encoding="utf-8") != to_json(ledger):
        message = "is not the ledger of the study as it is now"
        yield Problem(f"{study.id}/ledger.json", message, mend="render the study again")
    for name, must in expected(project, study, ledger, names).items():
        yield from document_problems(study, ledger, name, must, folder)
    if (folder / "recompute.html").is_file():
        yield from notebook(project, study, ledger, folder)


def document_problems(study: Study, ledger: Ledger, name: str, must: Expected, folder: Path) -> Iterator[Problem]:
    """Every difference between a document's page and paper, where they are there, and what they must say."""
    yield from orphans(f"{study.id}/{name}", must)
    if (page := folder / f"{name}.html").is_file():
        yield from _page(study, ledger, must, page)
    if (paper := folder / f"{name}.pdf").is_file():
        front = _front(study, must, name)
        yield from paper_problems(f"{study.id}/{name}.pdf", must.units, must.pictures, front, paper)


def _page(study: Study, ledger: Ledger, must: Expected, path: Path) -> Iterator[Problem]:
    name = f"{study.id}/{path.name}"
    tree = read_page(path)
    if path.name == "brief.html":
        yield from every_claim(name, ledger, tree)
    yield from every_figure(name, ledger, tree)
    yield from differences(name, must, tree)
    yield from around(name, tree, _around(study, must, path.stem))
    yield from structure(name, tree, path, must.front["lang"])
    yield from pictures(name, tree, path, must.front.get("permalink"))


def _front(study: Study, must: Expected, name: str) -> Front:
    kicker = must.front.get("kicker", "Evidence brief")
    parts = (kicker, must.front["study"], must.front["version"])
    foot = f"{' · '.join(parts)} PAGE of PAGES {must.front.get('permalink', '')}"
    return Front(kicker, title(study, name), citation(study, name), foot, must.front["lang"])


def _around(study: Study, must: Expected, name: str) -> Around:
    headings = {unit.text for unit in must.units if unit.tag.startswith("h")}
    known = frozenset(headings | {must.front[key] for key in ("permalink", "study") if key in must.front})
    return Around(title(study, name), citation(study, name), must.front["version"], known)
