"""The plots of a brief: each a figure, and an alternative text that carries its numbers.

Only those that a study's claims support are drawn. One style, with colours that stay apart for colour-blind
readers (Okabe & Ito 2008) and shapes that say the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import fill
from typing import Any

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from evidence_brief.checks.p_values import p_values_of, show_p
from evidence_brief.frames import proportions_frame, scores_frame
from evidence_brief.labels import comparison
from evidence_brief.ledger import Ledger
from evidence_brief.printed import show
from evidence_brief.study.kinds import p_interval
from evidence_brief.study.load import Study

INK, GREY, RULE = "#1f2933", "#66727f", "#d5dbe1"
PALETTE = ["#0b6e99", "#d55e00", "#117a5a", "#8a4b9c", "#8c6d1f", "#4f5b66"]
BAND = "#f3d9a4"
WIDTH = 7.0  # inches: the text width of the page


@dataclass(frozen=True)
class Plot:
    """A figure with its file name (without suffix), caption, and alternative text."""

    name: str
    figure: Figure
    caption: str
    alt: str


def use_style() -> None:
    """Set the one style of all plots. SVG ids come from a fixed salt, so that the bytes are stable."""
    sns.set_theme(
        style="ticks",
        palette=PALETTE,
        rc={
            "font.family": "DejaVu Sans",
            "font.size": 9,
            "axes.titlesize": 10,
            "axes.titleweight": "bold",
            "axes.titlelocation": "left",
            "axes.labelsize": 9,
            "axes.edgecolor": GREY,
            "axes.labelcolor": INK,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "text.color": INK,
            "xtick.color": INK,
            "ytick.color": INK,
            "xtick.labelsize": 8.5,
            "ytick.labelsize": 8.5,
            "legend.frameon": False,
            "legend.fontsize": 8.5,
            "figure.dpi": 110,
            "svg.hashsalt": "evidence-brief",
            "svg.fonttype": "path",
        },
    )


def draw(study: Study, ledger: Ledger) -> list[Plot]:
    """Every plot that the claims of the study support."""
    use_style()
    drawn = (plot_proportions(study, ledger), plot_p_values(study, ledger), plot_scores(study, ledger))
    return [plot for plot in drawn if plot is not None]


def save(plot: Plot, folder: Path) -> None:
    """Write the figure as SVG, without a date."""
    folder.mkdir(parents=True, exist_ok=True)
    plot.figure.savefig(
        folder / f"{plot.name}.svg",
        metadata={"Date": None, "Creator": None},
        bbox_inches="tight",
        pad_inches=0.08,
    )


def plot_proportions(study: Study, ledger: Ledger) -> Plot | None:
    """Recomputed proportions with Wilson intervals, and the reported percentages beside them."""
    frame = proportions_frame(study, ledger)
    if frame.empty:
        return None
    frame["row"] = range(len(frame))
    figure, axes = plt.subplots(figsize=(WIDTH, 0.9 + 0.42 * len(frame)))
    axes.hlines(frame["row"], frame["low"], frame["high"], color=GREY, linewidth=1.6, zorder=1)
    groups = list(dict.fromkeys(frame["group"]))
    sns.scatterplot(
        frame,
        x="percent",
        y="row",
        hue="group",
        hue_order=groups,
        style="group",
        style_order=groups,
        s=60,
        ax=axes,
        zorder=3,
        palette=_colours(groups),
    )
    axes.scatter(
        frame["reported"],
        frame["row"],
        s=120,
        facecolors="none",
        edgecolors=INK,
        linewidths=1,
        zorder=2,
        label="as reported",
    )
    labels = [f"{r.outcome}\n{r.group + ': ' if r.group else ''}{r.x} of {r.n}" for r in frame.itertuples()]
    axes.set(xlim=(0, 100), xlabel="Patients, % (with 95% Wilson interval)", ylabel="")
    axes.set_yticks(frame["row"], labels)
    axes.invert_yaxis()
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    sns.despine(left=True, ax=axes)
    axes.tick_params(left=False)
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, -0.42 / figure.get_figheight() - 0.06), ncols=4, title=None)
    figures = "; ".join(
        f"{r.outcome}{', ' + r.group if r.group else ''}: {r.x} of {r.n}, {r.percent:.1f}% (95% interval {r.low:.1f} to {r.high:.1f}%), reported {r.reported:g}%"
        for r in frame.itertuples()
    )
    caption = (
        "Proportions of patients, recomputed from counts (filled, with 95% Wilson intervals) and as reported (rings)."
    )
    return Plot("proportions", figure, caption, f"Dot plot of proportions with 95% intervals. {figures}.")


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
    claim = study.claims[name]
    printed = p_interval(study.values[name])
    rows = [(test, p) for test, values in p_values_of(study, claim) for p in values]
    labels = [test.label for test, _ in p_values_of(study, claim)]
    inside = [p in printed for _, p in rows]
    frame = pd.DataFrame(
        {"test": [test.label for test, _ in rows], "P": [max(p, 1e-6) for _, p in rows], "fits": inside}
    )
    low, high = max(float(printed.low), 1e-6), float(printed.high)
    axes.axvspan(low, high, color=BAND, zorder=0, linewidth=0)
    axes.axvline(0.05, color=GREY, linestyle=":", linewidth=1)
    frame["row"] = [labels.index(label) for label in frame["test"]]
    sns.scatterplot(
        frame,
        x="P",
        y="row",
        hue="fits",
        style="fits",
        hue_order=[True, False],
        style_order=[True, False],
        markers={True: "o", False: "X"},
        palette={True: PALETTE[0], False: PALETTE[1]},
        s=55,
        ax=axes,
        legend=False,
        zorder=3,
    )
    least = min(frame["P"].min(), low if low > 1e-6 else 1, 0.04)
    axes.set(xscale="log", xlim=(least / 1.8, 1.25), xlabel="P (log scale)", ylabel="")
    axes.set_yticks(range(len(labels)), labels)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    ticks = [tick for tick in (1e-6, 1e-5, 1e-4, 0.001, 0.01, 0.1, 1) if tick >= least / 1.8]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.xaxis.set_minor_locator(mpl.ticker.NullLocator())
    title = fill(comparison(study, claim), 34)
    axes.set_title(f"{title}\nreported {claim.value}", fontsize=8.5)
    axes.grid(axis="y", color=RULE, linewidth=0.5)
    values = ", ".join(f"{test.label} {show_p(p, 4)}" for test, p in rows[:24])
    return f"{comparison(study, claim)}, reported {claim.value}: {values}."


def plot_scores(study: Study, ledger: Ledger) -> Plot | None:
    """Mean scores over time with Student t intervals, one panel per outcome."""
    frame = scores_frame(study, ledger)
    if frame.empty:
        return None
    outcomes = list(dict.fromkeys(frame["outcome"]))
    figure, panels = plt.subplots(1, len(outcomes), figsize=(WIDTH, 3.0), squeeze=False)
    groups = list(dict.fromkeys(frame["group"]))
    for axes, outcome in zip(panels[0], outcomes, strict=True):
        _score_panel(axes, frame[frame["outcome"] == outcome], groups, str(outcome))
    figure.tight_layout(w_pad=2)
    figures = "; ".join(
        f"{r.outcome}{', ' + r.group if r.group else ''}, {r.time}: {r.mean:g} (95% interval {show(r.low, 2)} to {show(r.high, 2)})"
        + (", contradicted" if r.verdict == "contradicted" else "")
        for r in frame.itertuples()
    )
    caption = "Mean scores over time with 95% Student t intervals; the times are in order, not to scale. A cross marks a mean that the ledger contradicts."
    return Plot("scores", figure, caption, f"Mean scores over time. {figures}.")


def _score_panel(axes: Any, frame: pd.DataFrame, groups: list[str], outcome: str) -> None:
    times = list(dict.fromkeys(frame["time"]))
    frame = frame.assign(position=[times.index(time) for time in frame["time"]])
    colours = _colours(groups)
    sns.lineplot(frame, x="position", y="mean", hue="group", palette=colours, ax=axes, legend=False, linewidth=1.4)
    for r in frame.itertuples():
        marker = "X" if r.verdict == "contradicted" else "o"
        axes.errorbar(
            r.position,
            r.mean,
            yerr=[[r.mean - r.low], [r.high - r.mean]],
            color=colours[r.group],
            marker=marker,
            markersize=8,
            capsize=3,
            linewidth=1.2,
        )
        axes.annotate(f"{r.mean:g}", (r.position, r.mean), xytext=(8, 4), textcoords="offset points", fontsize=8.5)
    axes.set_title(outcome)
    axes.set(xlabel="", ylabel="Mean", xlim=(-0.35, len(times) - 0.5))
    axes.set_xticks(range(len(times)), times)
    axes.set_ylim(bottom=min(0.0, float(frame["low"].min())))
    if len(groups) > 1:
        handles = [mpl.lines.Line2D([], [], color=colours[group], marker="o", label=group) for group in groups]
        axes.legend(handles=handles)


def _colours(groups: list[str]) -> dict[str, str]:
    return {group: PALETTE[i % len(PALETTE)] for i, group in enumerate(groups)}
