"""Dot plot of proportions with their intervals."""

from __future__ import annotations

from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib import pyplot as plt

from evidence_brief.frames import proportions_frame
from evidence_brief.labels import sentence_case
from evidence_brief.ledger import Ledger
from evidence_brief.plots.style import GREY, INK, RULE, WIDTH, Plot, batches, clipped, colours_of, numbered, wrapped
from evidence_brief.study.load import Study

MOST_ROWS = 18


def plot_proportions(study: Study, ledger: Ledger) -> list[Plot]:
    """Recomputed proportions with Wilson intervals, and the reported percentages beside them."""
    frame = proportions_frame(study, ledger)
    groups = list(dict.fromkeys(frame["group"]))
    parts = batches(range(len(frame)), MOST_ROWS)
    return [_figure(frame.iloc[list(part)], groups, numbered("proportions", i)) for i, part in enumerate(parts, 1)]


def _figure(frame: pd.DataFrame, groups: list[str], name: str) -> Plot:
    frame = frame.assign(row=range(len(frame)))
    figure, axes = plt.subplots(figsize=(WIDTH, 0.9 + 0.46 * len(frame)))
    axes.hlines(frame["row"], frame["low"], frame["high"], color=GREY, linewidth=1.6, zorder=1)
    looks: dict[str, Any] = {"hue": "group", "hue_order": groups, "style": "group", "style_order": groups}
    sns.scatterplot(frame, x="percent", y="row", **looks, s=60, ax=axes, zorder=3, palette=colours_of(groups))
    ring: dict[str, Any] = {"facecolors": "none", "edgecolors": INK, "linewidths": 1, "label": "as reported"}
    axes.scatter(frame["reported"], frame["row"], s=120, zorder=2, **ring)
    axes.set(xlim=(-1, 101), xlabel="Patients, % (with 95% Wilson interval)", ylabel="")
    axes.set_yticks(frame["row"], [_name(row) for row in frame.itertuples()])
    axes.invert_yaxis()
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    sns.despine(left=True, ax=axes)
    axes.tick_params(left=False)
    _legend(axes, len(frame))
    caption = (
        "Proportions of patients, recomputed from counts (filled, with 95% Wilson intervals) and as reported (rings)."
    )
    figures = "; ".join(
        f"{r.outcome}{', ' + r.group if r.group else ''}: {r.x} of {r.n}, {r.percent:.1f}% "
        f"(95% interval {r.low:.1f} to {r.high:.1f}%), reported {r.reported:g}%"
        for r in frame.itertuples()
    )
    return Plot(name, figure, caption, f"Dot plot of proportions with 95% intervals. {figures}.")


def _name(row: Any) -> str:
    """The row's label: the outcome, and under it the group with its count."""
    group = f"{clipped(row.group, 28)}: " if row.group else ""
    return f"{clipped(sentence_case(row.outcome), 40)}\n{group}{row.x} of {row.n}"


def _legend(axes: Any, rows: int) -> None:
    handles, labels = axes.get_legend_handles_labels()
    named = [(handle, wrapped(label, 30)) for handle, label in zip(handles, labels, strict=True) if label]
    columns = 4 if max(len(label) for _, label in named) < 20 else 2
    below = (0.5, -0.55 / (0.46 * rows + 0.1))
    axes.legend(*zip(*named, strict=True), loc="upper center", bbox_to_anchor=below, ncols=columns)
