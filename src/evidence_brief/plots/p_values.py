"""Every test's P value beside the reported one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from evidence_brief.agree import rounded
from evidence_brief.checks.tried import show_p
from evidence_brief.ledger import Ledger, Row
from evidence_brief.plots.plot import Plot, in_figures
from evidence_brief.plots.style import (
    BAND,
    BAND_EDGE,
    GREY,
    RIGHT,
    RULE,
    WRONG,
    batches,
    heading,
    legend_below,
    log_ticks,
    panels,
    power,
)
from evidence_brief.plots.titles import name_of_comparison, title_of_comparison
from evidence_brief.study.kinds import p_interval
from evidence_brief.study.load import Study

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LEAST_P = 1e-6  # smaller P values are drawn there
ACROSS, DOWN = 2, 2


def plot_p_values(study: Study, ledger: Ledger) -> list[Plot]:
    """Every test's P value on a log axis, with the printed interval as a band."""
    families = ledger.tested()
    for family in families:
        if len(family) > ACROSS * DOWN:
            family.sort(key=lambda row: row.verdict != "contradicted")
    parts = [part for family in families for part in batches(family, ACROSS * DOWN)]
    caption = (
        "The same comparison under every conventional test: a reported P value holds where a dot falls into the band."
    )
    return in_figures("p-values", caption, parts, partial(_alt, study), partial(_paint, study))


def _alt(study: Study, rows: Sequence[Row]) -> str:
    texts = []
    for row in rows:
        figures = ", ".join(f"{t.method} {show_p(t.figures[0].first, 4)}" for t in row.trials if t.figures)
        name = name_of_comparison(study, study.claims[row.id])
        texts.append(f"{name}, reported {row.printed}: {figures}.")
    return "P values by test, on a logarithmic axis. " + " ".join(texts)


def _paint(study: Study, claims: Sequence[Row]) -> Figure:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    methods = list(dict.fromkeys(trial.method for row in claims for trial in row.trials))
    figure, drawn = panels(len(claims), ACROSS, 1.25 + 0.167 * max(len(methods), 4))
    for i, (axes, row) in enumerate(zip(drawn, claims, strict=True)):
        _panel(axes, study, row, methods)
        if i % ACROSS:
            axes.set_yticklabels([])
    handles = [
        Patch(facecolor=BAND, edgecolor=BAND_EDGE, label="values that print as reported"),
        Line2D([], [], color=GREY, linestyle=":", label="P = .05"),
        Line2D([], [], color=RIGHT, marker="o", linestyle="", label="prints as reported"),
        Line2D([], [], color=WRONG, marker="X", linestyle="", label="does not"),
    ]
    figure.tight_layout(w_pad=1.5, h_pad=2.5)
    legend_below(figure, handles, 4)
    return figure


def _panel(axes: Any, study: Study, row: Row, methods: list[str]) -> None:
    from matplotlib.ticker import NullLocator

    claim = study.claims[row.id]
    printed = p_interval(study.values[row.id])
    points = [
        (methods.index(t.method), max(f.first, LEAST_P), rounded(f.first) in printed)
        for t in row.trials
        for f in t.figures
    ]
    low, high = max(float(printed.low), LEAST_P), float(printed.high)
    left = min(min(p for _, p, _ in points), low if low > LEAST_P else 1, 0.04) / 1.8
    axes.axvspan(max(low, left), high, facecolor=BAND, edgecolor=BAND_EDGE, zorder=0, linewidth=0.8)
    axes.axvline(0.05, color=GREY, linestyle=":", linewidth=1)
    for fits, marker, colour in ((True, "o", RIGHT), (False, "X", WRONG)):
        some = [(p, at) for at, p, fit in points if fit == fits]
        axes.scatter([p for p, _ in some], [at for _, at in some], marker=marker, color=colour, s=34, zorder=3)
    axes.set(xscale="log", xlim=(left, 1.25), xlabel="P (log scale)", ylabel="")
    axes.set_yticks(range(len(methods)), methods)
    axes.set_ylim(len(methods) - 0.4, -0.6)
    ticks = log_ticks(left)
    axes.set_xticks(ticks, [power(tick) for tick in ticks])
    axes.xaxis.set_minor_locator(NullLocator())
    heading(axes, title_of_comparison(study, claim, 32), f"reported {claim.value}")
    axes.grid(axis="y", color=RULE, linewidth=0.5)
