"""Timeline: follow-up, durations and times of measurement on one axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from evidence_brief.ledger import Ledger
from evidence_brief.plots.plot import Plot, in_figures
from evidence_brief.plots.style import (
    BAND,
    BAND_EDGE,
    GREY,
    INK,
    RIGHT,
    RULE,
    WIDTH,
    WRONG,
    batches,
    signed,
    wrapped,
)
from evidence_brief.plots.times import Axis, Time, axes_of
from evidence_brief.study.load import Study
from evidence_brief.verdicts import SIGNS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_ROWS = 16
ROW, EDGES = 0.4, 0.85  # inches: a row, and the axis with the legend
LABELS, NUMBERS = 2.15, 1.75  # inches: left and right of the axis
LOOKS = {"period": ("|", RIGHT), "figure": ("D", RIGHT), "moment": ("v", GREY)}


def plot_timeline(study: Study, ledger: Ledger) -> list[Plot]:
    """Times of one study: an axis for days and weeks, another for months and years."""
    parts = [Axis(axis.unit, tuple(some)) for axis in axes_of(study, ledger) for some in batches(axis.times, MOST_ROWS)]
    return in_figures("timeline", lambda axis: _caption(axis.times), parts, _alt, _paint)


def _caption(times: Sequence[Time]) -> str:
    text = "Times of the study on one axis: durations as bars from the start, means and medians with their spread."
    if any(time.kind == "moment" for time in times):
        text += " Triangles are the times at which figures were measured."
    if any(time.whole is not None for time in times):
        text += " A band is the period inside which a figure lies."
    return text + " A cross marks what the ledger contradicts." * any(time.wrong for time in times)


def _alt(axis: Axis) -> str:
    return f"Timeline in {axis.unit}s. {'; '.join(time.words for time in axis.times)}."


def _paint(axis: Axis) -> Figure:
    from matplotlib.figure import Figure

    rows = ROW * len(axis.times)
    height = rows + EDGES
    figure = Figure(figsize=(WIDTH, height))
    box = (LABELS / WIDTH, 0.5 / height, (WIDTH - LABELS - NUMBERS) / WIDTH, rows / height)
    axes = figure.add_axes(box)
    least = min(0.0, *(time.low for time in axis.times))
    most = max(end for time in axis.times for end in (time.high, time.whole or 0.0)) or 1.0
    axes.set(xlim=(least, 1.03 * most), ylim=(len(axis.times) - 0.5, -0.5), yticks=[])
    axes.set_xlabel(f"{axis.unit.capitalize()}s")
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=RULE, linewidth=0.5)
    axes.set_axisbelow(True)
    if least < 0:
        axes.axvline(0, color=GREY, linewidth=0.9)
    for row, time in enumerate(axis.times):
        _row(axes, row, time)
    return figure


def _row(axes: Any, row: int, time: Time) -> None:
    colour = WRONG if time.wrong else LOOKS[time.kind][1]
    if time.whole is not None:
        axes.barh(row, time.whole, height=0.62, color=BAND, edgecolor=BAND_EDGE, linewidth=0.6, zorder=1)
    if time.kind == "period":
        axes.barh(row, time.high, height=0.26, color=colour, linewidth=0, zorder=2)
    elif time.high > time.low:
        axes.plot([time.low, time.high], [row, row], color=colour, linewidth=1.5, zorder=2)
        axes.plot([time.low, time.high], [row, row], color=colour, marker="|", markersize=7, linestyle="", zorder=2)
    if time.wrong:
        axes.scatter(time.high if time.middle is None else time.middle, row, marker="X", s=60, color=WRONG, zorder=3)
    elif time.middle is not None and time.kind != "period":
        axes.scatter(time.middle, row, marker=LOOKS[time.kind][0], s=32, color=colour, zorder=3)
    looks: dict[str, Any] = {"transform": axes.get_yaxis_transform(), "va": "center", "fontsize": 8}
    across = WIDTH - LABELS - NUMBERS
    axes.text(-0.12 / across, row, time.title, ha="right", color=INK, **looks)
    sign = f" {SIGNS['contradicted']}" if time.wrong else ""
    text = wrapped(signed(time.text), 27, 2) + sign
    axes.text(1 + 0.12 / across, row, text, ha="left", color=WRONG if time.wrong else INK, **looks)
