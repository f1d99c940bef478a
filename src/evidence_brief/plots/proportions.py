"""Dot plot of proportions with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from evidence_brief.labels import sentence_case
from evidence_brief.ledger import Ledger
from evidence_brief.patients import tables
from evidence_brief.plots.plot import Plot, in_figures
from evidence_brief.plots.style import (
    GREY,
    INK,
    RULE,
    batches,
    clipped,
    colours_of,
    legend_below,
    markers_of,
    panels,
    wrapped,
)
from evidence_brief.study.load import Study

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MOST_ROWS = 18


@dataclass(frozen=True)
class Share:
    """A proportion whose count is known, x of n, with its Wilson interval; percentages on the scale of 0 to 100."""

    claim: str
    outcome: str
    group: str
    x: int
    n: int
    percent: float
    low: float
    high: float
    reported: float


def shares(study: Study, ledger: Ledger) -> list[Share]:
    """Every proportion whose count is known, in the order of the claims."""
    found = []
    for item in ledger.derived:
        if item.kind == "proportion":
            claim = study.claims[item.claims[0]]
            x, n = tables(study, claim)[0]
            group = study.file.groups[claim.group].label if claim.group else ""
            printed = study.values[claim.id].first
            name = ", ".join(part for part in (claim.outcome or claim.id, claim.time) if part)
            ends = (100 * x / n, 100 * item.low, 100 * item.high)
            found.append(Share(claim.id, name, group, x, n, *ends, float(100 * printed.value * printed.scale)))
    return found


def plot_proportions(study: Study, ledger: Ledger) -> list[Plot]:
    """Recomputed proportions with Wilson intervals, and the reported percentages beside them."""
    found = shares(study, ledger)
    groups = list(dict.fromkeys(share.group for share in found))
    caption = (
        "Proportions of patients, recomputed from counts (filled, with 95% Wilson intervals) and as reported (rings)."
    )
    return in_figures("proportions", caption, batches(found, MOST_ROWS), _alt, partial(_paint, groups=groups))


def _alt(found: Sequence[Share]) -> str:
    figures = "; ".join(
        f"{each.outcome}{', ' + each.group if each.group else ''}: {each.x} of {each.n}, {each.percent:.1f}% "
        f"(95% interval {each.low:.1f} to {each.high:.1f}%), reported {each.reported:g}%"
        for each in found
    )
    return f"Dot plot of proportions with 95% intervals. {figures}."


def _paint(found: Sequence[Share], groups: Sequence[str]) -> Figure:
    import seaborn as sns

    names = [_name(each) for each in found]
    tall = 0.16 * max(name.count("\n") for name in names) + 0.3
    figure, (axes,) = panels(1, 1, 0.9 + tall * len(found))
    colours, markers = colours_of(groups), markers_of(groups)
    for row, each in enumerate(found):
        axes.hlines(row, each.low, each.high, color=GREY, linewidth=1.6, zorder=1)
        axes.scatter(each.reported, row, s=120, zorder=2, facecolors="none", edgecolors=INK, linewidths=1)
        axes.scatter(each.percent, row, s=42, zorder=3, marker=markers[each.group], color=colours[each.group])
    axes.set(xlim=(-1, 101), xlabel="Patients, % (with 95% Wilson interval)", ylabel="")
    axes.set_yticks(range(len(found)), names)
    axes.set_ylim(len(found) - 0.4, -0.6)
    axes.grid(axis="x", color=RULE, linewidth=0.6)
    sns.despine(left=True, ax=axes)
    axes.tick_params(left=False)
    figure.tight_layout()
    legend_below(figure, _handles(groups), 2 if len(groups) > 2 else 3)
    return figure


def _name(share: Share) -> str:
    """The row's label: the outcome, and under it the group with its count."""
    group = f"{clipped(share.group, 28)}: " if share.group else ""
    return f"{wrapped(sentence_case(share.outcome), 40, 2)}\n{group}{share.x} of {share.n}"


def _handles(groups: Sequence[str]) -> list[Any]:
    """What the legend holds: each group, and the ring."""
    from matplotlib.lines import Line2D

    colours, markers = colours_of(groups), markers_of(groups)
    handles = [
        Line2D([], [], color=colours[group], marker=markers[group], linestyle="", label=clipped(group, 44))
        for group in groups
        if group
    ]
    ring: dict[str, Any] = {"markerfacecolor": "none", "markeredgecolor": INK, "markersize": 10}
    handles.append(Line2D([], [], marker="o", linestyle="", label="as reported", **ring))
    return handles
