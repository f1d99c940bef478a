"""The page of the executed notebook: is it of the notebook beside it, and that of this ledger?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from evidence_brief.errors import Problem
from evidence_brief.ledger import Ledger
from evidence_brief.project import Project
from evidence_brief.render.embedded import body
from evidence_brief.render.inspect.around import Around, around
from evidence_brief.render.inspect.expected import Expected, read_units
from evidence_brief.render.inspect.html import differences, read_page
from evidence_brief.render.inspect.pictures import pictures
from evidence_brief.render.inspect.structure import structure
from evidence_brief.study.load import Study


def notebook(project: Project, study: Study, ledger: Ledger, folder: Path) -> Iterator[Problem]:
    """The page says what the notebook beside it says, and the notebook ends with the verdicts of the ledger."""
    from evidence_brief.frames import verdicts_frame
    from evidence_brief.notebook_tables import as_markdown

    name, beside = f"{study.id}/recompute.html", folder / "recompute.ipynb"
    if not beside.is_file():
        yield Problem(f"{study.id}/recompute.ipynb", "is missing", mend="render the study again")
        return
    cells = json.loads(beside.read_text(encoding="utf-8"))["cells"]
    shown = ["".join(o.get("data", {}).get("text/markdown", "")) for c in cells for o in c.get("outputs", ())]
    if as_markdown(verdicts_frame(ledger)).strip() not in [text.strip() for text in shown]:
        message = "holds other verdicts than the ledger"
        yield Problem(f"{study.id}/recompute.ipynb", message, mend="render the study again")
    must = Expected(tuple(read_units(body(project, folder, beside.name))), frozenset(), {})
    page = folder / "recompute.html"
    tree = read_page(page)
    yield from differences(name, must, tree)
    headings = frozenset(unit.text for unit in must.units if unit.tag.startswith("h"))
    yield from around(name, tree, Around(f"Recomputing: {study.file.title}", known=headings | {study.file.title}))
    yield from structure(name, tree, page, "en")
    yield from pictures(name, tree, page)
