"""The block of plots: each with its caption and its alternative text."""

from __future__ import annotations

from evidence_brief.blocks.text import md
from evidence_brief.plots.plot import Plot


def plots(drawn: list[Plot]) -> str:
    """The figures beside the document, in order."""
    if not drawn:
        return "The claims of this study support no plot.\n"
    return "\n\n".join(_figure(plot) for plot in drawn)


def _figure(plot: Plot) -> str:
    """The figure with its label, by which text refers to it."""
    words = plot.words.replace("\\", "\\\\")
    attributes = f'#fig-{plot.name} fig-alt="{words}" width=100%'
    return f"![{md(plot.caption)}](figures/{plot.name}.svg){{{attributes}}}"
