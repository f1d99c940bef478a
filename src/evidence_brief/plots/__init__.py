"""The plots of a brief: each a figure, a caption, and an alternative text that carries its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from evidence_brief.ledger import Ledger
from evidence_brief.plots.correlations import plot_correlations
from evidence_brief.plots.forest import plot_forest
from evidence_brief.plots.fragility import plot_fragility
from evidence_brief.plots.grim import plot_grim
from evidence_brief.plots.p_values import plot_p_values
from evidence_brief.plots.plot import Plot
from evidence_brief.plots.proportions import plot_proportions
from evidence_brief.plots.reconstructions import plot_reconstructions
from evidence_brief.plots.scores import plot_scores
from evidence_brief.plots.timeline import plot_timeline
from evidence_brief.study.load import Study

MOST, MANY_CLAIMS = 2, 60
"""Figures of one kind, and half of them where the study has more claims than that: a brief is a file to hand around."""

KINDS = (
    plot_proportions,
    plot_forest,
    plot_p_values,
    plot_fragility,
    plot_timeline,
    plot_scores,
    plot_correlations,
    plot_grim,
    plot_reconstructions,
)
"""In the order of the page."""


def draw(study: Study, ledger: Ledger) -> list[Plot]:
    """Every plot that the claims of the study support, in the order of the page; none of them is painted yet.

    Of a kind with many figures the first are drawn: each kind puts first what does not add up.
    """
    most = MOST if len(ledger.rows) <= MANY_CLAIMS else MOST // 2
    return [plot for kind in KINDS for plot in _first(kind(study, ledger), most)]


def _first(plots: list[Plot], most: int) -> Iterator[Plot]:
    """The first plots; the caption of the last one says how many more there would be."""
    yield from plots[:most][:-1] if len(plots) > most else plots
    if (left := len(plots) - most) > 0:
        last = plots[most - 1]
        more = f"{left} further figure{'s' if left > 1 else ''} of this kind {'are' if left > 1 else 'is'} not drawn"
        yield replace(last, caption=f"{last.caption} {more}; the ledger has every number.")
