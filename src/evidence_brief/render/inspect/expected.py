"""What the pages of a study must say: made anew from study and ledger, never read from what was prepared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lxml import html

from evidence_brief.documents import front_matter, places, reports
from evidence_brief.ledger import Ledger
from evidence_brief.notes import own_words
from evidence_brief.plots import draw
from evidence_brief.prepare import write_documents
from evidence_brief.project import Project
from evidence_brief.render.embedded import body
from evidence_brief.render.inspect.text import Unit, units
from evidence_brief.study.load import Study


@dataclass(frozen=True)
class Expected:
    """One document: its units in order, the places whose words are a person's, and its front matter."""

    units: tuple[Unit, ...]
    own: frozenset[str]
    front: Mapping[str, Any]

    @property
    def pictures(self) -> list[str]:
        """The alternative texts, in order."""
        return [value for unit in self.units for name, value in unit.marks if name == "alt"]


def expected(project: Project, study: Study, ledger: Ledger, names: list[str]) -> dict[str, Expected]:
    """The named documents of a study as an engine without any furniture makes them."""
    texts = reports(project)
    own = own_words(project.data / study.id, places(texts))
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        made = write_documents(folder, project, study, ledger, draw(study, ledger))
        # What is a report's own text, or a person's, is prose: its numerals need a reason.
        prose = frozenset(own) | (places(texts) - set(made))
        return {
            name: Expected(
                tuple(read_units(body(project, folder, f"{name}.qmd"))), prose, front_matter(folder / f"{name}.qmd")
            )
            for name in names
            if name in texts
        }


def read_units(text: str) -> list[Unit]:
    """The units of an HTML text."""
    return units(html.fromstring(f"<main>{text}</main>"))
