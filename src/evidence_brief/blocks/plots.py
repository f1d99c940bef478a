"""The block of plots: each with its caption and its alternative text."""

from __future__ import annotations

from evidence_brief.blocks.text import md, minus
from evidence_brief.plots.style import Plot


def plots(drawn: list[Plot]) -> str:
    """The figures beside the document, in order."""
    if not drawn:
        return "The claims of this study support no plot.\n"
    return "\n\n".join(
        f'![{md(plot.caption)}](figures/{plot.name}.svg){{fig-alt="{_attribute(plot.alt)}" width=100%}}'
        for plot in drawn
    )


def _attribute(text: str) -> str:
    return minus(text).replace("\\", "\\\\").replace('"', "”")
