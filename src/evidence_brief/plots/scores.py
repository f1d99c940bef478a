"""Mean scores over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence_brief.checks.result import Verdict
from evidence_brief.labels import sentence_case
from evidence_brief.ledger import Ledger
from evidence_brief.plots.plot import Plot, in_figures
from evidence_brief.plots.style import (
    PAPER,
    WRONG,
    batches,
    clipped,
    colours_of,
    legend_below,
    markers_of,
    panels,
    signed,
    wrapped,
)
from evidence_brief.printed import show
from evidence_brief.study.load import Study

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ACROSS, DOWN = 2, 3
SPACE = 0.09  # between two groups, of the distance of two times


@dataclass(frozen=True)
class MeanAt:
    """A mean at a time with its Student t interval."""

    claim: str
    outcome: str
    group: str
    time: str
    printed: str
    mean: float
    low: float
    high: float
    verdict: Verdict


def means_over_time(study: Study, ledger: Ledger) -> list[MeanAt]:
    """Every mean with an interval whose outcome and group were measured more than once."""
    found = []
    for item in ledger.derived:
        claim = study.claims[item.claims[0]]
        if item.kind == "mean" and claim.time and claim.outcome:
            group = study.file.groups[claim.group].label if claim.group else ""
            verdict = ledger.row(claim.id).verdict
            ends = (item.estimate, item.low, item.high)
            printed = study.values[claim.id].first.text
            found.append(MeanAt(claim.id, claim.outcome, group, claim.time, printed, *ends, verdict))
    times: dict[tuple[str, str], set[str]] = {}
    for each in found:
        times.setdefault((each.outcome, each.group), set()).add(each.time)
    return [each for each in found if len(times[each.outcome, each.group]) > 1]


def plot_scores(study: Study, ledger: Ledger) -> list[Plot]:
    """Mean scores over time with Student t intervals, one panel per outcome."""
    found = means_over_time(study, ledger)
    outcomes = list(dict.fromkeys(each.outcome for each in found))
    caption = (
        "Mean scores over time with 95% Student t intervals; the times are in order, not to scale. "
        "A cross marks a mean that the ledger contradicts."
    )
    parts = [
        [[each for each in found if each.outcome == outcome] for outcome in part]
        for part in batches(outcomes, ACROSS * DOWN)
    ]
    return in_figures("scores", caption, parts, _alt, _paint)


def _alt(outcomes: Sequence[Sequence[MeanAt]]) -> str:
    figures = "; ".join(
        f"{each.outcome}{', ' + each.group if each.group else ''}, {each.time}: {each.printed} "
        f"(95% interval {show(each.low, 2)} to {show(each.high, 2)})"
        f"{', contradicted' * (each.verdict == 'contradicted')}"
        for means in outcomes
        for each in means
    )
    return f"Mean scores over time. {figures}."


def _paint(outcomes: Sequence[Sequence[MeanAt]]) -> Figure:
    from matplotlib.lines import Line2D

    groups = list(dict.fromkeys(each.group for means in outcomes for each in means))
    figure, drawn = panels(len(outcomes), ACROSS, 3.0, fewest=1 if len(groups) > 1 else 2)
    for axes, means in zip(drawn, outcomes, strict=True):
        _panel(axes, means, groups)
    figure.tight_layout(w_pad=2, h_pad=2)
    if len(groups) > 1:
        colours, markers = colours_of(groups), markers_of(groups)
        handles = [
            Line2D([], [], color=colours[group], marker=markers[group], label=clipped(group, 44)) for group in groups
        ]
        legend_below(figure, handles, 2)
    return figure


def _panel(axes: Any, means: Sequence[MeanAt], groups: Sequence[str]) -> None:
    """Groups stand a little beside each other; the means are written to them where there is room for that."""
    times = list(dict.fromkeys(each.time for each in means))
    here = [group for group in groups if any(each.group == group for each in means)]
    beside = {group: SPACE * (i - (len(here) - 1) / 2) for i, group in enumerate(here)}
    for group in here:
        some = sorted((times.index(each.time) + beside[group], each) for each in means if each.group == group)
        _line(axes, some, group, groups, written=len(here) == 1)
    axes.set_title(wrapped(sentence_case(means[0].outcome), 40))
    axes.set(xlabel="", ylabel="Mean", xlim=(-0.4, len(times) - 0.45))
    axes.set_xticks(range(len(times)), [wrapped(time, 14) for time in times])
    axes.set_ylim(bottom=min(0.0, *(each.low for each in means)))


def _line(
    axes: Any, means: Sequence[tuple[float, MeanAt]], group: str, groups: Sequence[str], *, written: bool
) -> None:
    colour, marker = colours_of(groups)[group], markers_of(groups)[group]
    axes.plot([at for at, _ in means], [each.mean for _, each in means], color=colour, linewidth=1.4)
    for i, (at, each) in enumerate(means):
        axes.errorbar(at, each.mean, yerr=[[each.mean - each.low], [each.high - each.mean]], color=colour, capsize=3)
        wrong = each.verdict == "contradicted"
        looks = {"marker": "X", "s": 130, "color": WRONG} if wrong else {"marker": marker, "s": 46, "color": colour}
        axes.scatter(at, each.mean, edgecolor=PAPER, linewidth=0.8, zorder=4, **looks)
        if written:
            falls = i + 1 < len(means) and means[i + 1][1].mean < each.mean
            offset = (8, 4 if falls else -11)
            axes.annotate(
                signed(each.printed), (at, each.mean), xytext=offset, textcoords="offset points", fontsize=8.5
            )
