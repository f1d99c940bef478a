"""What stands on a painted figure."""

from __future__ import annotations

from itertools import combinations

from matplotlib.axis import Tick
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from evidence_brief.plots.plot import Plot
from evidence_brief.plots.style import style

SHRINK = 0.88  # an em's ascent and descent are seldom both used


def _texts(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every visible text of a figure with the box that it fills."""
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    outside = set()
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            ticks: list[Tick] = [*axis.get_major_ticks(), *axis.get_minor_ticks()]
            outside |= {id(tick.label1) for tick in ticks if not low <= tick.get_loc() <= high}
            outside |= {id(tick.label2) for tick in ticks}
    found = []
    for text in figure.findobj(Text):
        if text.get_visible() and text.get_text().strip() and id(text) not in outside:
            shown = not isinstance(text, Annotation) or text.get_text()
            if shown and (text.axes is None or text.axes.get_visible()):
                box = Text.get_window_extent(text, canvas.get_renderer())
                found.append((text.get_text(), box.expanded(SHRINK, SHRINK)))
    return found


def overlapping(plot: Plot) -> list[tuple[str, str]]:
    """Texts of the plot that lie over each other."""
    with style():
        texts = _texts(plot.paint())
    return [(one, other) for (one, a), (other, b) in combinations(texts, 2) if a.overlaps(b)]
