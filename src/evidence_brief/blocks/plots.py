"""The block of plots: each with its caption and its alternative text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from evidence_brief.blocks.text import md

if TYPE_CHECKING:
    from evidence_brief.plots.plot import Plot


def plots(drawn: list[Plot]) -> str:
    """The figures beside the document, in order."""
    if not drawn:
        return "The claims of this study support no plot.\n"
    return "\n".join(figure(plot, f"#fig-{plot.name} ") for plot in drawn)


def figure(plot: Plot, label: str = "") -> str:
    """The figure; with a label, text refers to it, and Quarto counts it."""
    words = plot.words.replace("\\", "\\\\")
    return f'![{md(plot.caption)}](figures/{plot.name}.svg){{{label}fig-alt="{words}" width=100%}}\n'
