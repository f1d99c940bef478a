"""What the data may have looked like: samples of whole scores that have the printed mean and SD."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from evidence_brief.checks.steps import plain, scored
from evidence_brief.checks.summaries import summary_of
from evidence_brief.labels import label
from evidence_brief.ledger import Ledger
from evidence_brief.plots.plot import Plot, in_figures
from evidence_brief.plots.style import INK, RIGHT, batches, heading, panels, signed
from evidence_brief.plots.titles import title_of
from evidence_brief.stats.sprite import draw
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ACROSS, DOWN = 2, 3
DRAWS, SEED = 30, 1
MOST = 12
"""Distributions that are looked for: each takes up to a third of a second."""


@dataclass(frozen=True)
class Drawn:
    """A printed mean and SD, and samples that have both."""

    name: str
    title: str
    printed: str
    samples: tuple[tuple[Fraction, ...], ...]

    def counts(self) -> list[tuple[float, float, int, int]]:
        """By score: how many patients have it, on average and at least and at most over the samples."""
        scores = sorted({score for sample in self.samples for score in sample})
        seen = [(score, [sample.count(score) for sample in self.samples]) for score in scores]
        return [(float(score), sum(each) / len(each), min(each), max(each)) for score, each in seen]

    @property
    def words(self) -> str:
        """The samples in numbers, for readers who cannot see them."""
        lowest, highest = (sorted(end(sample) for sample in self.samples) for end in (min, max))
        middles = sorted(_median(sample) for sample in self.samples)
        return (
            f"{self.name}, {self.printed}: lowest score {_span(lowest)}, median {_span(middles)}, "
            f"highest score {_span(highest)}"
        )


def plot_reconstructions(study: Study, ledger: Ledger) -> list[Plot]:
    """Samples of scores on a scale with steps and both ends that have the printed mean and SD."""
    drawn = list(islice(_all_drawn(study, ledger), MOST))
    caption = (
        f"What the data may have looked like: {DRAWS} samples of scores with the printed mean and SD, found at random "
        f"(SPRITE, seed {SEED}). Bars are the patients with each score on average, lines from the fewest to the most."
    )
    return in_figures("reconstructions", caption, batches(drawn, ACROSS * DOWN), _alt, _paint)


def _all_drawn(study: Study, ledger: Ledger) -> Iterator[Drawn]:
    for claim in study.claims.values():
        if (found := _drawn(study, ledger, claim)) is not None:
            yield found


def _drawn(study: Study, ledger: Ledger, claim: Claim) -> Drawn | None:
    if claim.type != "mean_sd" or ledger.row(claim.id).verdict == "contradicted":
        return None
    known, summary = scored(study, claim), summary_of(study, claim)
    if isinstance(known, str) or isinstance(summary, str) or summary.spread != "sd":
        return None
    steps = known.steps
    if steps.minimum is None or steps.maximum is None:
        return None
    step = steps.step / known.items
    found = draw(
        summary.mean, summary.sd, summary.n, steps.minimum, steps.maximum, step=step, how_many=DRAWS, seed=SEED
    )
    return (
        Drawn(label(study, claim), title_of(study, claim, 38), claim.value, found.samples)
        if len(found.samples) == DRAWS
        else None
    )


def _alt(drawn: Sequence[Drawn]) -> str:
    return f"Possible distributions of scores. {'; '.join(each.words for each in drawn)}."


def _paint(drawn: Sequence[Drawn]) -> Figure:
    figure, found = panels(len(drawn), ACROSS, 2.6, fewest=2)
    for axes, each in zip(found, drawn, strict=True):
        _panel(axes, each)
    figure.tight_layout(w_pad=2, h_pad=2)
    return figure


def _panel(axes: Any, drawn: Drawn) -> None:
    from matplotlib.ticker import MaxNLocator

    scores, average, least, most = zip(*drawn.counts(), strict=True)
    width = 0.8 * min((b - a for a, b in pairwise(scores)), default=1.0)
    axes.bar(scores, average, width=width, color=RIGHT, linewidth=0)
    axes.vlines(scores, least, most, color=INK, linewidth=1)
    heading(axes, drawn.title, f"printed {signed(drawn.printed)}")
    axes.set(xlabel="Score", ylabel="Patients")
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))


def _median(sample: Sequence[Fraction]) -> Fraction:
    middle = len(sample) // 2
    return sample[middle] if len(sample) % 2 else (sample[middle - 1] + sample[middle]) / 2


def _span(values: Sequence[Fraction]) -> str:
    low, high = plain(values[0]), plain(values[-1])
    return low if low == high else f"{low} to {high}"
