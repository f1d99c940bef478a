"""Every test's P value beside the reported one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib import pyplot as plt

from evidence_brief.agree import rounded
from evidence_brief.checks.result import Trial
from evidence_brief.checks.tried import show_p
from evidence_brief.labels import comparison, sentence_case
from evidence_brief.ledger import Ledger, Row
from evidence_brief.plots.style import BAND, GREY, PALETTE, RULE, WIDTH, Plot, batches, numbered, wrapped
from evidence_brief.study.kinds import p_interval
from evidence_brief.study.load import Study

LEAST_P = 1e-6  # smaller P values are drawn there
ACROSS, DOWN = 2, 2


def plot_p_values(study: Study, ledger: Ledger) -> list[Plot]:
    """Every test's P value on a log axis, with the printed interval as a band."""
    parts = [part for family in ledger.tested() for part in batches(family, ACROSS * DOWN)]
    return [_figure(study, part, numbered("p-values", i)) for i, part in enumerate(parts, 1)]


def _figure(study: Study, claims: Sequence[Row], name: str) -> Plot:
    across = min(len(claims), ACROSS)
    down = -(-len(claims) // across)
    size = (WIDTH, 0.5 + 4.1 * down)
    figure, panels = plt.subplots(down, across, figsize=size, squeeze=False)
    found = dict.fromkeys(trial.method for row in claims for trial in row.trials)
    rows = {method: i for i, method in enumerate(found)}
    texts = [_p_panel(axes, study, row.id, row.trials, rows) for axes, row in zip(panels.flat, claims, strict=False)]
    for axes in panels.flat[len(claims) :]:
        axes.set_visible(False)
    for axes in panels[:, 1:].flat:
        axes.set_yticklabels([])
    handles = [
        mpl.patches.Patch(facecolor=BAND, label="values that print as reported"),
        mpl.lines.Line2D([], [], color=GREY, linestyle=":", label="P = .05"),
        mpl.lines.Line2D([], [], color=PALETTE[0], marker="o", linestyle="", label="prints as reported"),
        mpl.lines.Line2D([], [], color=PALETTE[1], marker="X", linestyle="", label="does not"),
    ]
    figure.tight_layout(w_pad=1.5, h_pad=2.5)
    figure.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, 0), ncols=4)
    caption = (
        "The same comparison under every conventional test: a reported P value holds where a dot falls into the band."
    )
    return Plot(name, figure, caption, "P values by test, on a logarithmic axis. " + " ".join(texts))


def _p_panel(axes: Any, study: Study, name: str, tried: Sequence[Trial], rows: dict[str, int]) -> str:
    """Draw one P value's tests; the alternative text of the panel is returned."""
    claim = study.claims[name]
    printed = p_interval(study.values[name])
    points = [(rows[t.method], f.first, rounded(f.first) in printed) for t in tried for f in t.figures]
    frame = pd.DataFrame(points, columns=["row", "P", "fits"])
    frame["P"] = frame["P"].clip(lower=LEAST_P)
    low, high = max(float(printed.low), LEAST_P), float(printed.high)
    axes.axvspan(low, high, color=BAND, zorder=0, linewidth=0)
    axes.axvline(0.05, color=GREY, linestyle=":", linewidth=1)
    looks: dict[str, Any] = {"hue": "fits", "style": "fits", "markers": {True: "o", False: "X"}}
    colours = {True: PALETTE[0], False: PALETTE[1]}
    sns.scatterplot(frame, x="P", y="row", **looks, palette=colours, s=55, ax=axes, legend=False, zorder=3)
    left = min(frame["P"].min(), low if low > LEAST_P else 1, 0.04) / 1.8
    axes.set(xscale="log", xlim=(left, 1.25), xlabel="P (log scale)", ylabel="")
    axes.set_yticks(range(len(rows)), list(rows))
    axes.set_ylim(len(rows) - 0.4, -0.6)
    ticks = [10.0**power for power in range(-6, 1) if 10.0**power >= left]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.xaxis.set_minor_locator(mpl.ticker.NullLocator())
    axes.set_title(f"{wrapped(sentence_case(comparison(study, claim)), 32)}\nreported {claim.value}", fontsize=8.5)
    axes.grid(axis="y", color=RULE, linewidth=0.5)
    figures = ", ".join(f"{t.method} {show_p(t.figures[0].first, 4)}" for t in tried if t.figures)
    return f"{sentence_case(comparison(study, claim))}, reported {claim.value}: {figures}."
