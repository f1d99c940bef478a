"""The pictures of the handout: the flow of patients, and the one plot that tells most about this study, by rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from evidence_brief.blocks.handout_results import shown_claims
from evidence_brief.ledger import Ledger, Row
from evidence_brief.plots.effects import effects
from evidence_brief.plots.flow import plot_flow
from evidence_brief.plots.forest import plot_forest
from evidence_brief.plots.grim import plot_grim
from evidence_brief.plots.p_values import plot_p_values
from evidence_brief.plots.plot import Plot
from evidence_brief.plots.proportions import plot_proportions
from evidence_brief.plots.scores import plot_scores
from evidence_brief.study.load import Study

MOST_P, MOST_MAPS = 2, 3
"""Panels beside each other: a plot of the handout is one row of them."""
MOST_EFFECTS, MOST_PROPORTIONS = 12, 7
"""Lines of a plot that shares its page with other things: its letters stay legible."""


def handout_plots(study: Study, ledger: Ledger, drawn: Sequence[Plot]) -> dict[str, Plot]:
    """The flow diagram and the one plot by the names of their blocks, each where the study supports it."""
    telling = next(_candidates(study, ledger, drawn), None)
    flow = plot_flow(study, ledger)
    named = {
        "handout-flow": flow,
        "handout-plot": replace(telling, name=f"handout-{telling.name}") if telling else None,
    }
    return {name: plot for name, plot in named.items() if plot is not None}


def _candidates(study: Study, ledger: Ledger, drawn: Sequence[Plot]) -> Iterator[Plot]:
    """A contradicted P value under every test, then impossible figures, effects, proportions, scores, any other.

    Effects and proportions are those of the results that the handout prints.
    """
    yield from _contradicted_p(study, ledger)
    yield from plot_grim(study, ledger, impossible=MOST_MAPS)
    claims = shown_claims(study, ledger)
    shown = replace(ledger, derived=tuple(item for item in ledger.derived if set(item.claims) <= claims))
    if len(effects(study, shown)) <= MOST_EFFECTS:
        yield from plot_forest(study, shown)
    proportions = [item for item in shown.derived if item.kind == "proportion"][:MOST_PROPORTIONS]
    yield from plot_proportions(study, replace(shown, derived=tuple(proportions)))
    yield from plot_scores(study, ledger)
    yield from drawn


def _contradicted_p(study: Study, ledger: Ledger) -> Iterator[Plot]:
    """The first contradicted P values that several tests could be made of, under the two-sided ones."""
    wrong = [row for row in ledger.rows if row.verdict == "contradicted" and row.type == "p_value"]
    rows = tuple(_two_sided(row) for row in wrong if len(row.trials) > 1)[:MOST_P]
    caption = "A contradicted P value under every conventional two-sided test: no dot falls into the band."
    for plot in plot_p_values(study, replace(ledger, rows=rows))[:1]:
        yield replace(plot, caption=caption)


def _two_sided(row: Row) -> Row:
    """The row without one-sided tests, which are named so and give it no more than the others."""
    return replace(row, trials=tuple(trial for trial in row.trials if not trial.method.endswith(", one-sided")))
