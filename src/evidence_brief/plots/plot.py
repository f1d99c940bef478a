"""What a plot is: its words at once, its picture when it is asked for."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, partial
from html import escape
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from evidence_brief.blocks.text import minus
from evidence_brief.plots.compact import for_paper, for_screen
from evidence_brief.plots.seal import sealed
from evidence_brief.plots.style import DARK, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

T = TypeVar("T")
PAD = 0.04  # inches


@dataclass(frozen=True)
class Plot:
    """A figure with its file name (without suffix), caption, and alternative text, which carries its numbers.

    Nothing is painted before `svg` is asked for.
    """

    name: str
    caption: str
    alt: str
    paint: Callable[[], Figure] = field(repr=False)  # its address would change from run to run

    @property
    def words(self) -> str:
        """The alternative text as it is printed; the drawing carries it too, so that each can be told from others."""
        return minus(self.alt).replace('"', "”")

    @cached_property
    def svg(self) -> str:
        """The figure as SVG for a screen; its colours follow the light or dark scheme of the page."""
        return sealed(for_screen(self._painted))

    @cached_property
    def paper_svg(self) -> str:
        """The figure as SVG for paper, where no font is at hand."""
        return sealed(for_paper(self._painted))

    @cached_property
    def _painted(self) -> str:
        """The figure as matplotlib writes it, without a date."""
        written = StringIO()
        with style():
            figure = self.paint()
            figure.savefig(
                written,
                format="svg",
                transparent=True,
                metadata={"Date": None, "Creator": None, "Description": self.words},
                bbox_inches=_extent(figure),
            )
        return written.getvalue().replace("<defs>", f"<style>{_DARK_STYLE}</style>\n <defs>", 1)

    def _repr_markdown_(self) -> str:
        """The figure as a notebook shows it."""
        data = b64encode(self.svg.encode()).decode()
        return (
            f'<figure><img alt="{escape(self.words)}" src="data:image/svg+xml;base64,{data}">'
            f"<figcaption>{escape(self.caption)}</figcaption></figure>"
        )


def _extent(figure: Figure) -> Bbox:
    """All that is painted, in inches, and the whole width: letters are of one size on all plots of a page."""
    from matplotlib.transforms import Bbox

    figure.draw_without_rendering()
    box = figure.get_tightbbox()
    return Bbox.from_extents(min(box.x0 - PAD, 0), box.y0 - PAD, max(box.x1 + PAD, figure.bbox_inches.x1), box.y1 + PAD)


_RULES = "".join(
    f'[style*="{part}: {light}"]{{{part}:{dark}!important}}'
    for light, dark in DARK.items()
    for part in ("fill", "stroke")
)
_DARK_STYLE = f"@media (prefers-color-scheme: dark) {{{_RULES}}}"
"""An SVG inside `<img>` is told the scheme of the page; what sets PDFs takes no notice."""


def in_figures(
    name: str,
    caption: str | Callable[[T], str],
    parts: Iterable[T],
    alt: Callable[[T], str],
    paint: Callable[[T], Figure],
) -> list[Plot]:
    """One plot for each part of what a kind shows, numbered in their order; the first has no number.

    The caption is one for all, or what gives it for a part.
    """
    plots = []
    for i, part in enumerate(parts, 1):
        words = caption if isinstance(caption, str) else caption(part)
        plots.append(Plot(name if i == 1 else f"{name}-{i}", words, alt(part), partial(paint, part)))
    return plots


def save(plot: Plot, folder: Path) -> None:
    """Write the figure as SVG into the folder, and for paper into its folder `paper`."""
    for place, drawing in ((folder, plot.svg), (folder / "paper", plot.paper_svg)):
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{plot.name}.svg").write_text(drawing, encoding="utf-8", newline="\n")
