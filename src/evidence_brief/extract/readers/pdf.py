"""Read a PDF with selectable text."""

from __future__ import annotations

from evidence_brief.errors import Problem, UnreadableSource
from evidence_brief.extract.reading import Reading


def read_pdf(content: bytes, name: str) -> Reading:
    """The text of the PDF."""
    raise UnreadableSource(Problem(name, "is a PDF", mend="save it as text"))
