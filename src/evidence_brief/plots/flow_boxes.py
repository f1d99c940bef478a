"""The boxes of a flow diagram: groups of patients from left to right, painted in millimetres."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence_brief.plots.style import GREY, INK, PANEL, WRONG, panels, wrapped
from evidence_brief.verdicts import SIGNS

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ACROSS, WIDEST, GAP = 170.0, 50.0, 9.0  # millimetres: the diagram, a box, between two columns
LINE, PAD, BETWEEN = 3.5, 1.5, 2.4  # millimetres: a line of text, above and below it, between two boxes
SIZE = 7.8  # points


@dataclass(frozen=True)
class Box:
    """A group with its printed number of patients, the figures of its course, and the groups that make it up."""

    label: str
    n: str
    wrong: bool
    notes: tuple[tuple[str, bool], ...]
    parts: tuple[Box, ...]

    @property
    def words(self) -> str:
        """The group in words: "IVIG: 24 (assessed: 22)"."""
        notes = f" ({'; '.join(text + _contradicted(wrong) for text, wrong in self.notes)})" if self.notes else ""
        return f"{self.label}: {self.n or 'number not reported'}{_contradicted(self.wrong)}{notes}"

    @property
    def sentence(self) -> str:
        """The group and its parts in words."""
        parts = f", made up of {'; '.join(part.sentence for part in self.parts)}" if self.parts else ""
        return self.words + parts

    @property
    def every(self) -> Iterator[Box]:
        """The box, and those of its parts and theirs."""
        yield self
        for part in self.parts:
            yield from part.every


def _contradicted(wrong: bool) -> str:
    return ", contradicted" * wrong


def paint(boxes: Sequence[Box]) -> Figure:
    """In millimetres: a column for each depth, and one for the course of the groups without parts."""
    from matplotlib.patches import Rectangle

    depth = max(_depth(box) for box in boxes)
    columns = depth + any(each.notes and not each.parts for box in boxes for each in box.every)
    width = min(WIDEST, (ACROSS - GAP * (columns - 1)) / columns)
    gap = min(2.5 * GAP, (ACROSS - width * columns) / max(columns - 1, 1))
    left = (ACROSS - width * columns - gap * (columns - 1)) / 2
    xs = [left + i * (width + gap) for i in range(columns)]
    tall = [_height(box, width) for box in boxes]
    whole = sum(tall) + BETWEEN * (len(boxes) - 1)
    figure, (axes,) = panels(1, 1, whole / 25.4, width=ACROSS / 25.4)
    axes.set_position((0, 0, 1, 1))
    axes.set(xlim=(0, ACROSS), ylim=(whole, 0))
    axes.axis("off")
    axes.add_patch(Rectangle((0, 0), ACROSS, whole, fill=False, linewidth=0))  # the picture keeps its width
    top = 0.0
    for box, height in zip(boxes, tall, strict=True):
        _draw(axes, box, 0, xs, width, top)
        top += height + BETWEEN
    return figure


def _depth(box: Box) -> int:
    return 1 + max((_depth(part) for part in box.parts), default=0)


def _lines(text: str, width: float) -> list[str]:
    """The text in at most three lines that fit a width in millimetres."""
    return wrapped(text, int((width - 2 * PAD) / (0.21 * SIZE))).split("\n")


def _inside(box: Box, width: float) -> list[tuple[str, str]]:
    """The lines of a box with their looks: label and number; the course, where the parts stand beside it."""
    lines = [(line, "label") for line in _lines(box.label, width)]
    if box.n:
        lines.append((f"n = {box.n}{_sign(box.wrong)}", "wrong number" if box.wrong else "number"))
    return lines + (_course(box, width) if box.parts else [])


def _course(box: Box, width: float) -> list[tuple[str, str]]:
    return [
        (line, "wrong" if wrong else "note")
        for text, wrong in box.notes
        for line in _lines(f"{text}{_sign(wrong)}", width)
    ]


def _sign(wrong: bool) -> str:
    return f" {SIGNS['contradicted']}" * wrong


def _height(box: Box, width: float) -> float:
    """Of the box, its course and its parts: whichever is tallest."""
    own = LINE * max(len(_inside(box, width)), len(_course(box, width))) + 2 * PAD
    parts = sum(_height(part, width) for part in box.parts) + BETWEEN * max(len(box.parts) - 1, 0)
    return max(own, parts)


def _draw(axes: Any, box: Box, depth: int, xs: list[float], width: float, top: float) -> None:
    """The box in the middle of its height, its course or its parts to the right."""
    from matplotlib.patches import FancyBboxPatch

    x, middle = xs[depth], top + _height(box, width) / 2
    lines = _inside(box, width)
    tall = LINE * len(lines) + 2 * PAD
    shape: dict[str, Any] = {"boxstyle": "round,pad=0,rounding_size=1", "facecolor": PANEL, "linewidth": 0.9}
    edge = WRONG if box.wrong else GREY
    axes.add_patch(FancyBboxPatch((x, middle - tall / 2), width, tall, edgecolor=edge, **shape))
    _write(axes, lines, x + width / 2, middle, "center")
    if box.notes and not box.parts:
        _arrow(axes, x + width, middle, xs[-1], middle)
        _write(axes, _course(box, width), xs[-1] + PAD, middle, "left")
    for part in box.parts:
        own = _height(part, width)
        _arrow(axes, x + width, middle, xs[depth + 1], top + own / 2)
        _draw(axes, part, depth + 1, xs, width, top)
        top += own + BETWEEN


def _write(axes: Any, lines: Sequence[tuple[str, str]], x: float, middle: float, side: str) -> None:
    for i, (line, look) in enumerate(lines):
        at = middle + LINE * (i + 0.5 - len(lines) / 2)
        weight, colour = "bold" if "number" in look else "normal", WRONG if "wrong" in look else INK
        axes.text(x, at, line, ha=side, va="center", fontsize=SIZE, weight=weight, color=colour)


def _arrow(axes: Any, x1: float, y1: float, x2: float, y2: float) -> None:
    """An elbow from one box to the next."""
    half = (x1 + x2) / 2
    axes.plot([x1, half, half, x2 - 0.6], [y1, y1, y2, y2], color=GREY, linewidth=0.9)
    axes.annotate("", (x2, y2), (x2 - 1.8, y2), arrowprops={"arrowstyle": "-|>", "color": GREY, "linewidth": 0.9})
