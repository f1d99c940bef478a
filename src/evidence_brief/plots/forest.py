"""Forest plot: every effect with its interval, reported and recomputed beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from evidence_brief.ledger import Ledger
from evidence_brief.plots.effects import RATIOS, Effect, effects
from evidence_brief.plots.plot import Plot, in_figures
from evidence_brief.plots.style import GREY, INK, RIGHT, WIDTH, WRONG, signed, wrapped
from evidence_brief.study.load import Study
from evidence_brief.verdicts import SIGNS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

LINE, AXIS = 0.205, 0.62  # inches: a row, and what an axis takes below and above its rows
TALLEST = 7.6  # inches
LABELS, NUMBERS = 2.4, 1.75  # inches: left and right of the axis
LEAST, MOST = 1 / 64, 64.0  # ratios beyond are shown by arrows
TICKS = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50)

Comparison = tuple[Effect, ...]
Panel = list[Comparison]


def plot_forest(study: Study, ledger: Ledger) -> list[Plot]:
    """Effects with their intervals: ratios on a log axis, differences in panels of their own."""
    return in_figures("forest", _caption, _figures(effects(study, ledger)), _alt, _paint)


def _figures(found: Sequence[Effect]) -> Iterator[list[Panel]]:
    """Panels of one axis each, put on figures that are no taller than a page."""
    figure: list[Panel] = []
    for axis in dict.fromkeys(each.axis for each in found):
        same = [each for each in found if each.axis == axis]
        panel: Panel = []
        for _, some in groupby(same, key=lambda each: each.about):
            comparison = tuple(some)
            if (figure or panel) and _height([*figure, [*panel, comparison]]) > TALLEST:
                yield [*figure, panel] if panel else figure
                figure, panel = [], []
            panel.append(comparison)
        figure.append(panel)
    if figure:
        yield figure


def _height(figure: Sequence[Panel]) -> float:
    return sum(_tall(panel) for panel in figure)


def _tall(panel: Panel) -> float:
    """Inches of a panel: a line for each effect and for what is compared, half a line between two comparisons."""
    return AXIS + LINE * sum(len(each) + len(_title(each)) + 0.5 for each in panel)


def _title(comparison: Comparison) -> list[str]:
    return wrapped(comparison[0].about, 95, lines=2).split("\n")


def _caption(figure: Sequence[Panel]) -> str:
    every = [one for panel in figure for each in panel for one in each]
    reported, recomputed = any(not one.recomputed for one in every), any(one.recomputed for one in every)
    ways = ["as reported (rings)"] * reported + ["recomputed from the reported counts or means (squares)"] * recomputed
    text = f"Effects with their intervals, the first group against the second, {' and '.join(ways)}."
    if any(one.measure in RATIOS for one in every):
        text += " Ratios stand on a logarithmic axis."
    return text + " A cross marks what the ledger contradicts." * any(one.wrong for one in every)


def _alt(figure: Sequence[Panel]) -> str:
    texts = (f"{each[0].about}: {'; '.join(one.words for one in each)}." for panel in figure for each in panel)
    return f"Forest plot of effects with their intervals. {' '.join(texts)}"


def _paint(panels: Sequence[Panel]) -> Figure:
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

    height = _height(panels) + 0.3
    figure = Figure(figsize=(WIDTH, height))
    top = height
    for panel in panels:
        rows = _tall(panel) - AXIS
        box = (LABELS / WIDTH, (top - rows) / height, (WIDTH - LABELS - NUMBERS) / WIDTH, rows / height)
        _panel(figure.add_axes(box), panel, rows / LINE)
        top -= rows + AXIS
    looks: list[dict[str, Any]] = [
        {"marker": "o", "markerfacecolor": "none", "markeredgecolor": INK, "color": INK, "label": "reported"},
        {"marker": "s", "color": RIGHT, "label": "recomputed"},
        {"marker": "X", "color": WRONG, "label": "reported, contradicted"},
    ]
    every = [one for panel in panels for each in panel for one in each]
    there = (
        any(not one.recomputed and not one.wrong for one in every),
        any(one.recomputed for one in every),
        any(one.wrong for one in every),
    )
    handles = [Line2D([], [], linestyle="", **look) for look, shown in zip(looks, there, strict=True) if shown]
    figure.legend(handles=handles, loc="lower center", ncols=3)
    return figure


def _panel(axes: Any, panel: Panel, lines: float) -> None:
    ratio = panel[0][0].measure in RATIOS
    axes.set(xlim=_limits([one for each in panel for one in each], ratio), ylim=(lines, 0), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.set_xlabel("Ratio (log scale)" if ratio else wrapped(panel[0][0].axis, 44, lines=1), labelpad=2)
    if ratio:
        _log_axis(axes)
    row = 0.5
    for each in panel:
        for line in _title(each):
            _text(axes, 0, row, line, weight="bold")
            row += 1
        axes.vlines(1 if ratio else 0, row - 0.5, row + len(each) - 0.5, color=GREY, linewidth=0.9)
        for one in each:
            _effect(axes, one, row)
            row += 1
        row += 0.5


def _text(axes: Any, inches: float, row: float, text: str, **looks: Any) -> None:
    """A text at so many inches from the left edge of the figure, on a row."""
    across = (inches - LABELS) / (WIDTH - LABELS - NUMBERS)
    looks = {"color": INK, "va": "center", "fontsize": 8, **looks}
    axes.text(across, row, text, transform=axes.get_yaxis_transform(), **looks)


def _effect(axes: Any, one: Effect, row: float) -> None:
    colour = WRONG if one.wrong else RIGHT if one.recomputed else INK
    left, right = axes.get_xlim()
    low, high = (min(max(end, left), right) for end in (one.low, one.high))
    axes.plot([low, high], [row, row], color=colour, linewidth=1.3, solid_capstyle="butt")
    for end, limit, sign in ((one.low, left, "<"), (one.high, right, ">")):
        if (end < limit) if sign == "<" else (end > limit):
            axes.plot(limit, row, marker=sign, color=colour, markersize=5, clip_on=False)
    marker = "X" if one.wrong else "s" if one.recomputed else "o"
    face = "none" if marker == "o" else colour
    if left <= one.estimate <= right:
        axes.scatter(one.estimate, row, marker=marker, s=34, facecolors=face, edgecolors=colour, zorder=3)
    _text(axes, 0.12, row, wrapped(one.name, 44, lines=1))
    sign = f" {SIGNS['contradicted']}" if one.wrong else ""
    _text(axes, WIDTH - NUMBERS + 0.12, row, signed(one.text) + sign, color=WRONG if one.wrong else INK)


def _limits(found: Sequence[Effect], ratio: bool) -> tuple[float, float]:
    """Around every interval and the line of no effect; ratios stop at LEAST and MOST."""
    low, high = min(one.low for one in found), max(one.high for one in found)
    if ratio:
        return max(min(low, 0.8) / 1.15, LEAST), min(max(high, 1.25) * 1.15, MOST)
    low, high = min(low, 0.0), max(high, 0.0)
    room = 0.06 * (high - low) or 1.0
    return low - room, high + room


def _log_axis(axes: Any) -> None:
    from matplotlib.ticker import NullLocator

    axes.set_xscale("log")
    left, right = axes.get_xlim()
    ticks = [tick for tick in TICKS if left <= tick <= right]
    axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    axes.xaxis.set_minor_locator(NullLocator())
