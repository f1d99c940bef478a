"""Numerals of a text that are no figures of the study, each with the reason."""

from __future__ import annotations

from evidence_brief.extract.candidate import Apart
from evidence_brief.extract.figures import figures_and_apart


def apart(text: str, decimal_mark: str = ".") -> list[Apart]:
    """The numerals that are no figures: parts of names, reference marks, years of citations, bounds, levels."""
    return figures_and_apart(text, decimal_mark)[1]
