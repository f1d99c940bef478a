"""Dot plot of proportions with their intervals."""

from __future__ import annotations

from typing import Any

import seaborn as sns
from matplotlib import pyplot as plt

from evidence_brief.frames import proportions_frame
from evidence_brief.ledger import Ledger
from evidence_brief.plots.style import GREY, INK, RULE, WIDTH, Plot, colours_of, sentence
from evidence_brief.study.load import Study


def plot_proportions(study: Study, ledger: Ledger) -> Plot | None:
    """Recomputed proportions with Wilson intervals, and the reported percentages beside them."""
    frame = proportions_frame(study, ledger)
    if frame.empty:
        return None
    frame["row"] = range(len(frame))
    figure, axes = plt.subplots(figsize=(WIDTH, 0.9 + 0.42 * len(frame)))
    axes.hlines(frame["row"], frame["low"], frame["high"], color=GREY, linewidth=1.6, zorder=1)
    groups = list(dict.fromkeys(frame["group"]))
    looks: dict[str, Any] = {"hue": "group", "hue_order": groups, "style": "group", "style_order": groups}
    sns.scatterplot(frame, x="percent", y="row", **looks, s=60, ax=axes, zorder=3, palette=colours_of(groups))
    ring: dict[str, Any] = {"facecolors": "none", "edgecolors": INK, "linewidths": 1, "label": "as reported"}
    axes.scatter(frame["reported"], frame["row"], s=120, zorder=2, **ring)
    names = [
        sentence(r.outcome) + "\n" + (f"{r.group}: " if r.group else "") + f"{r.x} of {r.n}" for r in frame.itertuples()
    ]
    axes.set(xlim=(-1, 101), xlabel="Patients, % (with 95% Wilson interval)", ylabel="")
    axes.set_yticks(frame["row"], names)
    axes.invert_yaxis()
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    sns.despine(left=True, ax=axes)
    axes.tick_params(left=False)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.55 / (0.42 * len(frame) + 0.1)), ncols=4, title=None)
    caption = (
        "Proportions of patients, recomputed from counts (filled, with 95% Wilson intervals) and as reported (rings)."
    )
    figures = "; ".join(
        f"{r.outcome}{', ' + r.group if r.group else ''}: {r.x} of {r.n}, {r.percent:.1f}% "
        f"(95% interval {r.low:.1f} to {r.high:.1f}%), reported {r.reported:g}%"
        for r in frame.itertuples()
    )
    return Plot("proportions", figure, caption, f"Dot plot of proportions with 95% intervals. {figures}.")
