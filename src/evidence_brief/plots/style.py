"""The one style of all plots, light and dark.

The colours stay apart for colour-blind readers (after Okabe & Ito, Color Universal Design, 2008), and shapes say the
same as they do. Each has a counterpart for dark pages. Matplotlib and seaborn are imported where a figure is painted:
they take long, and captions and alternative texts do without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from textwrap import wrap
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, GREY, RULE, PAPER, PANEL = "#1f2933", "#5f6b78", "#d5dbe1", "#ffffff", "#f2f5f7"
PALETTE = ["#0b6e99", "#c45a00", "#117a5a", "#8a4b9c", "#8c6d1f", "#4f5b66"]
RIGHT, WRONG = PALETTE[0], "#a3161f"
BAND, BAND_EDGE = "#f6e3ba", "#9a7416"

DARK = {
    **{INK: "#e4e9ee", GREY: "#a3b0bd", RULE: "#3a444e", PAPER: "#181d22", PANEL: "#262d35"},
    **dict(zip(PALETTE, ["#62b5e0", "#f59a4c", "#56c9a0", "#d3a2e3", "#d8b85f", "#b0bcc7"], strict=True)),
    **{WRONG: "#ff9a9f", BAND: "#43371b", BAND_EDGE: "#d0a94f"},
}
"""What stands for each colour on a dark page."""

MARKERS = ["o", "s", "^", "D", "v", "P"]
WIDTH = 7.0  # inches: the text width of the page
T = TypeVar("T")


@contextmanager
def style() -> Iterator[None]:
    """Paint in the one style of all plots; what was set before holds again afterwards."""
    import matplotlib as mpl
    import seaborn as sns

    with mpl.rc_context():
        mpl.rcdefaults()  # a person's own matplotlibrc has settings that the theme does not name
        sns.set_theme(style="ticks", palette=PALETTE, rc=_SETTINGS)
        yield


_SETTINGS = {
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
    "svg.hashsalt": "evidence-brief",  # ids come from it, so that the bytes are stable
    "svg.fonttype": "path",
}


def panels(
    count: int, across: int, height: float, *, width: float = WIDTH, fewest: int = 1
) -> tuple[Figure, list[Any]]:
    """A figure with so many panels of this height (inches) in rows of at most `across`.

    A single one takes no more of the width than one of `fewest`.
    """
    from matplotlib.figure import Figure

    across = max(min(count, across), fewest)
    down = -(-count // across)
    figure = Figure(figsize=(width, height * down))
    axes = list(figure.subplots(down, across, squeeze=False).flat)
    for unused in axes[count:]:
        unused.set_visible(False)
    return figure, axes[:count]


def heading(axes: Any, title: str, below: str) -> None:
    """A bold title over a panel, and plain lines under it."""
    axes.annotate(
        below, (0, 1), xytext=(0, 6), xycoords="axes fraction", textcoords="offset points",
        ha="left", va="bottom", fontsize=8, linespacing=1.2,
    )  # fmt: skip
    axes.set_title(title, fontsize=8.5, pad=7 + 10.5 * len(below.split("\n")))


def legend_below(figure: Figure, handles: Sequence[Any], across: int) -> None:
    """The legend of all panels, under them; call it when the panels have their places."""
    figure.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, 0), ncols=across)


def log_p_axis(axes: Any, lowest: float) -> None:
    """P on a logarithmic axis from 1 down to the lowest, with a tick at powers of ten."""
    from matplotlib.ticker import NullLocator

    axes.set(yscale="log", ylim=(lowest, 1.25), ylabel="P (log scale)")
    ticks = log_ticks(lowest)
    axes.set_yticks(ticks, [power(tick) for tick in ticks])
    axes.yaxis.set_minor_locator(NullLocator())


def power(value: float) -> str:
    """A tick of a logarithmic axis: 0.001, and 10⁻⁵ where that is shorter."""
    if value >= 0.0005:
        return f"{value:g}"
    return "10" + f"{value:.0e}".split("e")[1].replace("-0", "-").translate(_SUPERSCRIPTS)


_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def colours_of(groups: Sequence[str]) -> dict[str, str]:
    """One colour for each group, in order."""
    return {group: PALETTE[i % len(PALETTE)] for i, group in enumerate(groups)}


def markers_of(groups: Sequence[str]) -> dict[str, str]:
    """One shape for each group, in order."""
    return {group: MARKERS[i % len(MARKERS)] for i, group in enumerate(groups)}


def batches(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """The items in as few parts of at most this size as do, of about the same length: a figure must fit on a page."""
    parts = -(-len(items) // size)
    length = -(-len(items) // parts) if parts else 0
    return [items[start : start + length] for start in range(0, len(items), length or 1)]


def wrapped(text: str, width: int, lines: int = 3) -> str:
    """The text in at most so many lines of at most so many characters.

    What is too long loses words in its middle: names of outcomes often differ at their ends.
    """
    words = text.split()
    kept = range(len(words) - 1, 0, -1)
    fewer = ([*words[: -(-keep // 2)], "…", *words[len(words) - keep // 2 :]] for keep in kept)
    broken = (wrap(" ".join(some), width, break_on_hyphens=False) for some in (words, *fewer))
    found = next((some for some in broken if len(some) <= lines), [clipped(text, width)])
    return "\n".join(found)


def log_ticks(lowest: float) -> list[float]:
    """Powers of ten from 1 down to the lowest: every other one, where they are many."""
    ticks = [10.0**-k for k in range(7) if 10.0**-k >= lowest]
    return ticks[::2] if len(ticks) > 5 else ticks


def clipped(text: str, width: int) -> str:
    """The text on one line of at most this many characters."""
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


def signed(text: str) -> str:
    """Numbers with a real minus sign."""
    return re.sub(r"(?<![\w)])-(?=[\d.])", "−", text)
