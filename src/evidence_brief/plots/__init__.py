"""The plots of a brief: each a figure, a caption, and an alternative text that carries its numbers."""

from __future__ import annotations

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


def draw(study: Study, ledger: Ledger) -> list[Plot]:
    """Every plot that the claims of the study support, in the order of the page; none of them is painted yet."""
    plots = (
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
    return [drawn for plot in plots for drawn in plot(study, ledger)]
