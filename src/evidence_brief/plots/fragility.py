"""Fragility: how Fisher's P changes as outcomes of patients change in the group with fewer events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence_brief.checks.tried import show_p
from evidence_brief.derived import Derived
from evidence_brief.ledger import Ledger
from evidence_brief.patients import tables
from evidence_brief.plots.plot import Plot, in_figures
from evidence_brief.plots.style import GREY, INK, PAPER, RIGHT, batches, heading, legend_below, log_p_axis, panels
from evidence_brief.plots.titles import name_of_comparison, title_of_comparison
from evidence_brief.stats.fragility import fragility_index, reverse_fragility_index
from evidence_brief.stats.two_by_two import TESTS
from evidence_brief.study.load import Study

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ACROSS, DOWN = 2, 3
LEAST_P = 1e-6  # smaller P values are drawn there
BEYOND = 2
"""Changes that are shown beyond the one that turns the decision."""
MOST_SHOWN, MOST_SAID = 60, 8
FISHER = next(test for test in TESTS if test.key == "fisher")
Table = tuple[int, int, int, int]


@dataclass(frozen=True)
class Course:
    """Fisher's P of x1 of n1 against x2 of n2 as reported (0), and after each change of one patient's outcome."""

    name: str
    title: str
    table: Table
    index: int
    text: str
    adds: bool
    p: tuple[float, ...]

    @property
    def words(self) -> str:
        """The course in words: every P value of a few changes, of many those around the decision."""
        x1, n1, x2, n2 = self.table
        shown = range(len(self.p)) if len(self.p) <= MOST_SAID else sorted({0, self.index - 1, self.index})
        values = ", ".join(f"{show_p(self.p[k], 4)} {f'with {k} changed' if k else 'as reported'}" for k in shown)
        return f"{self.name}, {x1} of {n1} against {x2} of {n2}: Fisher's P is {values}; {self.text}"


def plot_fragility(study: Study, ledger: Ledger) -> list[Plot]:
    """Fisher's P against the number of patients whose outcome is changed, with the level of 5%."""
    courses = [each for item in ledger.derived if item.kind == "fragility" for each in _course(study, item)]
    caption = (
        "Fragility: P of Fisher's exact test as the outcomes of patients change one by one in the group with fewer "
        "events. The ring marks the change that crosses the level of 5%."
    )
    return in_figures("fragility", caption, batches(courses, ACROSS * DOWN), _alt, _paint)


def _course(study: Study, item: Derived) -> Iterator[Course]:
    """The course of a comparison whose index is known, and not too large to be drawn."""
    one, two = (tables(study, study.claims[name])[0] for name in item.claims)
    table, index = (*one, *two), int(item.estimate)
    found = fragility_index(*table)
    if found is not None and found.index == 0:
        found = reverse_fragility_index(*table)
    if found is None or found.table is None or index > MOST_SHOWN:
        return
    adds = sum(found.table) > sum(table)
    first = found.table[0] != table[0]
    steps = [_moved(table, k if adds else -k, first) for k in range(index + BEYOND + 1)]
    known = [step for step in steps if 0 <= step[0] <= step[1] and 0 <= step[2] <= step[3]]
    p = tuple(value for step in known if (value := FISHER.p(*step)) is not None)
    claim = study.claims[item.id.rpartition(".")[0]]
    name, title = name_of_comparison(study, claim), title_of_comparison(study, claim, 38)
    yield Course(name, title, table, index, item.text, adds, p)


def _moved(table: Table, events: int, first: bool) -> Table:
    x1, n1, x2, n2 = table
    return (x1 + events, n1, x2, n2) if first else (x1, n1, x2 + events, n2)


def _alt(courses: Sequence[Course]) -> str:
    return f"Fisher's P by the number of patients with another outcome. {'. '.join(each.words for each in courses)}."


def _paint(courses: Sequence[Course]) -> Figure:
    from matplotlib.lines import Line2D

    figure, drawn = panels(len(courses), ACROSS, 2.6, fewest=2)
    for axes, each in zip(drawn, courses, strict=True):
        _panel(axes, each)
    looks: list[dict[str, Any]] = [
        {"color": GREY, "linestyle": ":", "label": "P = .05"},
        {"color": RIGHT, "marker": "o", "linestyle": "", "label": "below 5%"},
        {"color": RIGHT, "marker": "s", "markerfacecolor": PAPER, "linestyle": "", "label": "not below 5%"},
    ]
    figure.tight_layout(w_pad=2, h_pad=2)
    handles = [Line2D([], [], **look) for look in looks]
    legend_below(figure, handles, 3)
    return figure


def _panel(axes: Any, each: Course) -> None:
    from matplotlib.ticker import MaxNLocator

    changes = range(len(each.p))
    axes.axhline(0.05, color=GREY, linestyle=":", linewidth=1)
    values = [max(p, LEAST_P) for p in each.p]
    axes.plot(changes, values, color=GREY, linewidth=0.7, zorder=1)
    for significant, marker, face in ((True, "o", RIGHT), (False, "s", PAPER)):
        some = [(k, p) for k, p in zip(changes, values, strict=True) if (p < 0.05) == significant]
        looks = {"marker": marker, "facecolors": face, "edgecolors": RIGHT, "s": 22, "zorder": 3}
        axes.scatter([k for k, _ in some], [p for _, p in some], **looks)
    axes.scatter(each.index, values[each.index], s=120, facecolors="none", edgecolors=INK, linewidths=1.1, zorder=2)
    bottom = min(*values, 0.05) / 2
    axes.set(xlim=(-0.5, len(each.p) - 0.5))
    axes.set_xlabel(f"{'Non-events made events' if each.adds else 'Events made non-events'}, patients")
    log_p_axis(axes, bottom)
    axes.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    x1, n1, x2, n2 = each.table
    heading(axes, each.title, f"{x1} of {n1} against {x2} of {n2}\n{each.text}")
