"""The one style of all plots, and what a plot is.

The colours stay apart for colour-blind readers (after Okabe & Ito, Color Universal Design, 2008), and shapes say the
same as they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from textwrap import wrap
from typing import TypeVar

import seaborn as sns
from matplotlib.figure import Figure

INK, GREY, RULE = "#1f2933", "#66727f", "#d5dbe1"
PALETTE = ["#0b6e99", "#d55e00", "#117a5a", "#8a4b9c", "#8c6d1f", "#4f5b66"]
BAND = "#f3d9a4"
T = TypeVar("T")
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


def save(plot: Plot, folder: Path) -> None:
    """Write the figure as SVG, without a date."""
    folder.mkdir(parents=True, exist_ok=True)
    plot.figure.savefig(
        folder / f"{plot.name}.svg",
        metadata={"Date": None, "Creator": None},
        bbox_inches="tight",
        pad_inches=0.08,
    )


def colours_of(groups: list[str]) -> dict[str, str]:
    """One colour for each group, in order."""
    return {group: PALETTE[i % len(PALETTE)] for i, group in enumerate(groups)}


def batches(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """The items in as few parts of at most this size as do, of about the same length: a figure must fit on a page."""
    parts = -(-len(items) // size)
    length = -(-len(items) // parts) if parts else 0
    return [items[start : start + length] for start in range(0, len(items), length or 1)]


def numbered(name: str, number: int) -> str:
    """File names of the figures of one kind: the first has no number."""
    return name if number == 1 else f"{name}-{number}"


def wrapped(text: str, width: int) -> str:
    """The text in lines of at most this many characters, and at most three of them."""
    return "\n".join(wrap(text, width, max_lines=3, placeholder=" …", break_on_hyphens=False))


def clipped(text: str, width: int) -> str:
    """The text on one line of at most this many characters."""
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"
