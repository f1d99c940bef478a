"""Mean scores over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib import pyplot as plt

from evidence_brief.frames import scores_frame
from evidence_brief.ledger import Ledger
from evidence_brief.plots.style import PALETTE, WIDTH, Plot, batches, colours_of, numbered, wrapped
from evidence_brief.printed import show
from evidence_brief.study.load import Study

ACROSS, DOWN = 2, 3


def plot_scores(study: Study, ledger: Ledger) -> list[Plot]:
    """Mean scores over time with Student t intervals, one panel per outcome."""
    frame = scores_frame(study, ledger)
    parts = batches(list(dict.fromkeys(frame["outcome"])), ACROSS * DOWN)
    return [_figure(frame, part, numbered("scores", i)) for i, part in enumerate(parts, 1)]


def _figure(frame: pd.DataFrame, outcomes: Sequence[str], name: str) -> Plot:
    frame = frame[frame["outcome"].isin(outcomes)]
    groups = list(dict.fromkeys(frame["group"]))
    across = min(len(outcomes), ACROSS)
    down = -(-len(outcomes) // across)
    figure, panels = plt.subplots(down, across, figsize=(WIDTH, 3.0 * down), squeeze=False)
    for axes, outcome in zip(panels.flat, outcomes, strict=False):
        _score_panel(axes, frame[frame["outcome"] == outcome], groups, outcome)
    for axes in panels.flat[len(outcomes) :]:
        axes.set_visible(False)
    figure.tight_layout(w_pad=2, h_pad=2)
    figures = "; ".join(
        f"{r.outcome}{', ' + r.group if r.group else ''}, {r.time}: {r.mean:g} "
        f"(95% interval {show(r.low, 2)} to {show(r.high, 2)}){', contradicted' * (r.verdict == 'contradicted')}"
        for r in frame.itertuples()
    )
    caption = (
        "Mean scores over time with 95% Student t intervals; the times are in order, not to scale. "
        "A cross marks a mean that the ledger contradicts."
    )
    return Plot(name, figure, caption, f"Mean scores over time. {figures}.")


def _score_panel(axes: Any, frame: pd.DataFrame, groups: list[str], outcome: str) -> None:
    times = list(dict.fromkeys(frame["time"]))
    frame = frame.assign(position=[times.index(time) for time in frame["time"]])
    colours = colours_of(groups)
    sns.lineplot(frame, x="position", y="mean", hue="group", palette=colours, ax=axes, legend=False, linewidth=1.4)
    for r in frame.itertuples():
        axes.errorbar(r.position, r.mean, yerr=[[r.mean - r.low], [r.high - r.mean]], color=colours[r.group], capsize=3)
        wrong = r.verdict == "contradicted"
        axes.scatter(
            r.position,
            r.mean,
            marker="X" if wrong else "o",
            s=130 if wrong else 52,
            color=PALETTE[1] if wrong else colours[r.group],
            edgecolor="white",
            linewidth=0.8,
            zorder=4,
        )
        falls = any(frame.loc[frame["position"] == r.position + 1, "mean"] < r.mean)
        offset = (8, 4 if falls else -11)
        axes.annotate(f"{r.mean:g}", (r.position, r.mean), xytext=offset, textcoords="offset points", fontsize=8.5)
    axes.set_title(wrapped(outcome, 40))
    axes.set(xlabel="", ylabel="Mean", xlim=(-0.35, len(times) - 0.45))
    axes.set_xticks(range(len(times)), [wrapped(time, 14) for time in times])
    axes.set_ylim(bottom=min(0.0, float(frame["low"].min())))
    if len(groups) > 1:
        handles = [mpl.lines.Line2D([], [], color=colours[group], marker="o", label=group) for group in groups]
        axes.legend(handles=handles)
