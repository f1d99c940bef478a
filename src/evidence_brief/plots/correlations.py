"""P values of two means of the same patients, as a function of the correlation that is not reported."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evidence_brief.agree import rounded
from evidence_brief.checks.p_findings import printed_p
from evidence_brief.checks.p_paired_means import fitting_correlations, paired_summaries
from evidence_brief.checks.p_values import p_claims
from evidence_brief.checks.summaries import Summary
from evidence_brief.checks.tried import show_p
from evidence_brief.ledger import Ledger
from evidence_brief.plots.plot import Plot, in_figures
from evidence_brief.plots.style import (
    BAND,
    BAND_EDGE,
    GREY,
    INK,
    RIGHT,
    batches,
    heading,
    legend_below,
    log_p_axis,
    panels,
    signed,
)
from evidence_brief.plots.titles import name_of_comparison, title_of_comparison
from evidence_brief.printed import Interval, show
from evidence_brief.stats import mean_ranges, means
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ACROSS, DOWN = 2, 3
LEAST_P = 1e-6  # smaller P values are drawn there
NAMED = (-0.5, 0.0, 0.5, 0.9)
"""The correlations at which the alternative text says P."""
CURVE = tuple(k / 50 for k in range(-49, 50))


@dataclass(frozen=True)
class Curve:
    """A printed P value of two means of the same patients, and the correlations that give it (None: none does)."""

    name: str
    title: str
    value: str
    printed: Interval
    first: Summary
    second: Summary
    fitting: tuple[float, float] | None

    def p(self, r: float) -> float:
        """P of the paired t test at the printed means and SDs, between −1 and 1 for the correlation r."""
        (mean1, sd1, n), (mean2, sd2, _) = self.first.floats, self.second.floats
        return means.paired(mean1, sd1, mean2, sd2, n, r).p

    @property
    def fits(self) -> str:
        """The correlations that give it, in words."""
        if self.fitting is None:
            return "no correlation gives it"
        low, high = self.fitting
        if low <= -1 and high >= 1:
            return "every correlation gives it"
        shown = [show(rounded(end), 2) for end in self.fitting]
        if high >= 1:
            return f"r of at least {shown[0]} gives it"
        return f"r of at most {shown[1]} gives it" if low <= -1 else f"r from {shown[0]} to {shown[1]} gives it"

    @property
    def words(self) -> str:
        """The curve in words."""
        values = ", ".join(f"{show_p(self.p(r), 4)} at r = {r:g}" for r in NAMED)
        return f"{self.name}, reported {self.value}: P is {values}; {self.fits}"


def plot_correlations(study: Study, ledger: Ledger) -> list[Plot]:
    """P against the correlation, with the printed P value as a band and the correlations that fit."""
    caption = (
        "P of the paired t test by the correlation r of the two measurements, which is not reported. The band holds "
        "the values that print as reported, the thick line the correlations that give them."
    )
    return in_figures("correlations", caption, batches(list(_curves(study)), ACROSS * DOWN), _alt, _paint)


def _curves(study: Study) -> Iterator[Curve]:
    for claim in p_claims(study, "paired means"):
        groups = paired_summaries(study, claim)
        if not isinstance(groups, str):
            yield _curve(study, claim, *groups)


def _curve(study: Study, claim: Claim, first: Summary, second: Summary) -> Curve:
    printed = printed_p(study.values[claim.id])
    needed = mean_ranges.needed_r(first.mean, first.sd, second.mean, second.sd, first.n, printed)
    fitting = fitting_correlations(first, second, printed, needed)[:2] if needed is not None else None
    return Curve(
        name_of_comparison(study, claim),
        title_of_comparison(study, claim, 38),
        claim.value,
        printed,
        first,
        second,
        fitting,
    )


def _alt(curves: Sequence[Curve]) -> str:
    return f"P values by the correlation r of two measurements. {'. '.join(each.words for each in curves)}."


def _paint(curves: Sequence[Curve]) -> Figure:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    figure, drawn = panels(len(curves), ACROSS, 2.7, fewest=2)
    for axes, each in zip(drawn, curves, strict=True):
        _panel(axes, each)
    handles = [
        Patch(facecolor=BAND, edgecolor=BAND_EDGE, label="values that print as reported"),
        Line2D([], [], color=GREY, linestyle=":", label="P = .05"),
        Line2D([], [], color=INK, linewidth=1.2, label="P by correlation"),
        Line2D([], [], color=RIGHT, linewidth=3.5, label="gives the reported P"),
    ]
    figure.tight_layout(w_pad=2, h_pad=2)
    legend_below(figure, handles, 2)
    return figure


def _panel(axes: Any, each: Curve) -> None:
    values = [max(each.p(r), LEAST_P) for r in CURVE]
    low, high = max(float(each.printed.low), LEAST_P), float(each.printed.high)
    bottom = max(min(*values, low if low > LEAST_P else high, 0.04) / 2, LEAST_P)
    axes.axhspan(max(low, bottom), high, facecolor=BAND, edgecolor=BAND_EDGE, linewidth=0.8, zorder=0)
    axes.axhline(0.05, color=GREY, linestyle=":", linewidth=1)
    axes.plot(CURVE, values, color=INK, linewidth=1.2, zorder=2)
    if each.fitting is not None:
        left, right = each.fitting
        inside = [(r, p) for r, p in zip(CURVE, values, strict=True) if left <= r <= right]
        ends = [(r, max(each.p(r), LEAST_P)) for r in each.fitting if abs(r) < CURVE[-1]]
        thick = sorted({*inside, *ends})
        axes.plot(*zip(*thick, strict=True), color=RIGHT, linewidth=3.5, solid_capstyle="round", zorder=3)
    axes.set(xlim=(-1, 1), xlabel="Correlation r")
    axes.set_xticks((-1, -0.5, 0, 0.5, 1), ("−1", "−0.5", "0", "0.5", "1"))
    log_p_axis(axes, bottom)
    heading(axes, each.title, f"reported {each.value}: {signed(each.fits)}")
