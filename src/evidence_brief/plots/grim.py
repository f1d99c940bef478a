"""GRIM map: which printed means and percentages are possible at each number of patients around the reported one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from evidence_brief.checks.steps import scored
from evidence_brief.labels import label
from evidence_brief.ledger import Ledger
from evidence_brief.patients import denominators, fitting_counts
from evidence_brief.plots.plot import Plot, in_figures
from evidence_brief.plots.style import BAND, BAND_EDGE, RIGHT, WRONG, batches, heading, legend_below, panels, signed
from evidence_brief.plots.titles import title_of
from evidence_brief.printed import Interval, Number, show
from evidence_brief.stats.granularity import Steps, grim_totals
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ACROSS, DOWN = 3, 4
AROUND = 6
"""Numbers of patients below and above the reported one."""
NARROWEST, WIDEST = 6, 16
"""Printed values to each side of the reported one: so many that the next possible ones are seen, if these suffice."""
WHOLE = Steps(Fraction(1, 1), Fraction(0), Fraction(1))
"""Patients with an outcome are counted one by one, none to all."""


@dataclass(frozen=True)
class Reported:
    """A printed mean of n patients with some items each, whose values move in steps; percentages as printed."""

    name: str
    title: str
    printed: Number
    n: int
    items: int
    steps: Steps

    def possible(self, value: Fraction, n: int) -> bool:
        """Whether something of n patients prints as the value, with as many decimals as the reported one."""
        half = self.printed.unit / 2
        interval = Interval(value - half, value + half).scaled(self.printed.scale)
        return len(grim_totals(interval, n * self.items, self.steps)) > 0

    @property
    def fits(self) -> bool:
        """Whether the reported one is possible of its own n."""
        return self.possible(self.printed.value, self.n)

    @property
    def sizes(self) -> range:
        """The numbers of patients on the map."""
        return range(max(self.n - AROUND, 1), self.n + AROUND + 1)

    @property
    def offsets(self) -> range:
        """The printed values on the map, in steps of the last digit from the reported one."""
        apart = self.steps.step / (self.n * self.items * self.printed.unit * self.printed.scale)
        side = min(max(ceil(apart * 5 / 4), NARROWEST), WIDEST)
        return range(-side, side + 1)

    def neighbours(self) -> list[str]:
        """The nearest values below and above the reported one that are possible of n, as they would print."""
        scale, size = self.printed.scale, self.n * self.items
        steps = (self.printed.value * scale - self.steps.origin) * size / self.steps.step
        below = floor(steps)
        found = (self.steps.total(k, size) / size / scale for k in (below, below + 1))
        return [show(value, max(self.printed.decimals, 0)) + "%" * self.printed.percent for value in found]

    @property
    def words(self) -> str:
        """The map in words."""
        if self.fits:
            return f"{self.name}: {self.printed.text} of n = {self.n} is possible"
        others = [str(n) for n in self.sizes if self.possible(self.printed.value, n)]
        fitting = f"; of the numbers of patients shown it is possible at n = {', '.join(others)}" if others else ""
        nearest = " and ".join(self.neighbours())
        return f"{self.name}: {self.printed.text} of n = {self.n} is not possible, {nearest} are the nearest{fitting}"


def plot_grim(study: Study, ledger: Ledger, *, impossible: int | None = None) -> list[Plot]:
    """Maps of all means that GRIM can judge, and of the percentages that no number of patients makes.

    With `impossible`, only of so many figures that are not possible.
    """
    found = list(_reported(study))
    if impossible is not None:
        found = [each for each in found if not each.fits][:impossible]
    if len(found) > ACROSS * DOWN:
        found.sort(key=lambda each: each.fits)
    caption = (
        "Which figures are possible (coloured cells) at each number of patients (n) around the reported ones; "
        "each figure prints with as many decimals as the reported one. A dot lies on a possible cell, a cross on none."
    )
    return in_figures("grim", caption, batches(found, ACROSS * DOWN), _alt, _paint)


def _reported(study: Study) -> Iterator[Reported]:
    for claim in study.claims.values():
        found = _mean(study, claim) if claim.type == "mean_sd" else _percentage(study, claim)
        # Where every printed value is possible there is nothing to show.
        if found is not None and not all(found.possible(found.printed.value + k * found.printed.unit, found.n)
                                         for k in found.offsets):  # fmt: skip
            yield found


def _mean(study: Study, claim: Claim) -> Reported | None:
    known = scored(study, claim)
    if isinstance(known, str):
        return None
    return Reported(
        label(study, claim), title_of(study, claim, 27), known.mean, known.patients.n, known.items, known.steps
    )


def _percentage(study: Study, claim: Claim) -> Reported | None:
    """A percentage that no count of its patients makes; the others are plotted as proportions."""
    if claim.type != "proportion" or claim.count is not None:
        return None
    known, printed = denominators(study, claim), study.values[claim.id].first
    if len(known) != 1 or known[0].n < 1 or fitting_counts(printed.as_fraction, known[0].n):
        return None
    return Reported(label(study, claim), title_of(study, claim, 27), printed, known[0].n, 1, WHOLE)


def _alt(found: Sequence[Reported]) -> str:
    return f"Maps of possible means and percentages. {'. '.join(each.words for each in found)}."


def _paint(found: Sequence[Reported]) -> Figure:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    figure, drawn = panels(len(found), ACROSS, 2.35, fewest=2)
    for axes, each in zip(drawn, found, strict=True):
        _panel(axes, each)
    handles = [
        Patch(facecolor=BAND, edgecolor=BAND_EDGE, label="possible"),
        Line2D([], [], color=RIGHT, marker="o", linestyle="", label="reported, possible"),
        Line2D([], [], color=WRONG, marker="X", linestyle="", label="reported, not possible"),
    ]
    there = [True, any(each.fits for each in found), not all(each.fits for each in found)]
    handles = [handle for handle, shown in zip(handles, there, strict=True) if shown]
    figure.tight_layout(w_pad=1.6, h_pad=1.6)
    legend_below(figure, handles, 3)
    return figure


def _panel(axes: Any, each: Reported) -> None:
    cells = [
        (k, n) for n in each.sizes for k in each.offsets if each.possible(each.printed.value + k * each.printed.unit, n)
    ]
    axes.add_patch(_squares(cells))
    axes.scatter(
        0, each.n, marker="o" if each.fits else "X", s=34 if each.fits else 46,
        color=RIGHT if each.fits else WRONG, zorder=3,
    )  # fmt: skip
    side = each.offsets[-1]
    axes.set(xlim=(-side - 0.5, side + 0.5), ylim=(each.sizes[0] - 0.5, each.sizes[-1] + 0.5), ylabel="n")
    ticks = (-(side // 2) - side % 2, 0, side // 2 + side % 2)
    decimals = max(each.printed.decimals, 0)
    shown = (signed(show(each.printed.value + k * each.printed.unit, decimals)) for k in ticks)
    axes.set_xticks(ticks, shown)
    axes.set_yticks([n for n in each.sizes if (n - each.n) % 3 == 0])
    heading(axes, each.title, f"{signed(each.printed.text)} of n = {each.n}")


def _squares(cells: Sequence[tuple[int, int]]) -> Any:
    """One path of all cells: a patch for each would make a large file."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    half = 0.42
    corners = ((-half, -half), (half, -half), (half, half), (-half, half), (-half, -half))
    points = [(x + a, y + b) for x, y in cells for a, b in corners]
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY] * len(cells)
    path = Path(points, codes) if cells else Path([(0, 0)])
    return PathPatch(path, facecolor=BAND, edgecolor=BAND_EDGE, linewidth=0.5)
