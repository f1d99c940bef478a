"""Every test's P value beside the reported one."""

from __future__ import annotations

from textwrap import fill
from typing import Any

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib import pyplot as plt

from evidence_brief.checks.p_values import p_values_of, show_p
from evidence_brief.labels import comparison
from evidence_brief.ledger import Ledger
from evidence_brief.plots.style import BAND, GREY, PALETTE, RULE, WIDTH, Plot, sentence
from evidence_brief.study.kinds import p_interval
from evidence_brief.study.load import Study

LEAST_P = 1e-6  # smaller P values are drawn there


def plot_p_values(study: Study, ledger: Ledger) -> Plot | None:
    """Every test's P value on a log axis, with the printed interval as a band."""
    shown = [row for row in ledger.rows if row.type == "p_value" and row.trials]
    if not shown:
        return None
    figure, panels = plt.subplots(1, len(shown), figsize=(WIDTH, 4.6), sharey=True, squeeze=False)
    texts = []
    for axes, row in zip(panels[0], shown, strict=True):
        texts.append(_p_panel(axes, study, row.id))
    handles = [
        mpl.patches.Patch(facecolor=BAND, label="values that print as reported"),
        mpl.lines.Line2D([], [], color=GREY, linestyle=":", label="P = .05"),
        mpl.lines.Line2D([], [], color=PALETTE[0], marker="o", linestyle="", label="prints as reported"),
        mpl.lines.Line2D([], [], color=PALETTE[1], marker="X", linestyle="", label="does not"),
    ]
    figure.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, -0.06), ncols=4)
    figure.tight_layout(w_pad=1.5)
    caption = (
        "The same comparison under every conventional test: a reported P value holds where a dot falls into the band."
    )
    return Plot("p-values", figure, caption, "P values by test, on a logarithmic axis. " + " ".join(texts))


def _p_panel(axes: Any, study: Study, name: str) -> str:
    """Draw one P value's tests; the alternative text of the panel is returned."""
    claim = study.claims[name]
    printed = p_interval(study.values[name])
    tried = p_values_of(study, claim)
    rows = [(i, p, p in printed) for i, (_, values) in enumerate(tried) for p in values]
    frame = pd.DataFrame(rows, columns=["row", "P", "fits"])
    frame["P"] = frame["P"].clip(lower=LEAST_P)
    low, high = max(float(printed.low), LEAST_P), float(printed.high)
    axes.axvspan(low, high, color=BAND, zorder=0, linewidth=0)
    axes.axvline(0.05, color=GREY, linestyle=":", linewidth=1)
    looks: dict[str, Any] = {"hue": "fits", "style": "fits", "markers": {True: "o", False: "X"}}
    colours = {True: PALETTE[0], False: PALETTE[1]}
    sns.scatterplot(frame, x="P", y="row", **looks, palette=colours, s=55, ax=axes, legend=False, zorder=3)
    left = min(frame["P"].min(), low if low > LEAST_P else 1, 0.04) / 1.8
    axes.set(xscale="log", xlim=(left, 1.25), xlabel="P (log scale)", ylabel="")
    axes.set_yticks(range(len(tried)), [test.label for test, _ in tried])
    axes.set_ylim(len(tried) - 0.4, -0.6)
    ticks = [10.0**power for power in range(-6, 1) if 10.0**power >= left]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.xaxis.set_minor_locator(mpl.ticker.NullLocator())
    axes.set_title(f"{fill(sentence(comparison(study, claim)), 34)}\nreported {claim.value}", fontsize=8.5)
    axes.grid(axis="y", color=RULE, linewidth=0.5)
    figures = ", ".join(f"{test.label} {show_p(p, 4)}" for test, values in tried for p in values[:1])
    return f"{sentence(comparison(study, claim))}, reported {claim.value}: {figures}."
