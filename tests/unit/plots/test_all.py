"""What holds for every plot of a study, and the plots of proportions, P values, scores and distributions."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from tests.unit.plots.painted import overlapping

from evidence_brief.ledger import Ledger, make_ledger
from evidence_brief.plots import draw
from evidence_brief.plots.plot import Plot, save
from evidence_brief.plots.style import DARK
from evidence_brief.study.load import Study

StudyOf = Callable[[str], Study]
Plots = Callable[[str], dict[str, Plot]]

TRIAL = """
patients: {drug: 24, placebo: 18}
scales: {pain: {label: Pain, minimum: 0, maximum: 10, step: 1}}
claims:
- {id: follow-up, value: "48", type: duration, unit: months, outcome: follow-up}
- {id: one, value: "91.7%", type: proportion, group: drug, outcome: remission, time: 6 months}
- {id: two, value: "55.6%", type: proportion, group: placebo, outcome: remission, time: 6 months}
- {id: p, value: "P=.007", type: p_value, compares: [one, two]}
- {id: before, value: "4.50±1.20", type: mean_sd, group: drug, scale: pain, outcome: pain, time: before}
- {id: after, value: "2.25±1.10", type: mean_sd, group: drug, scale: pain, outcome: pain, time: 6 months}
- {id: after.placebo, value: "4.00±1.50", type: mean_sd, group: placebo, scale: pain, outcome: pain, time: 6 months}
- {id: before.placebo, value: "4.50±1.40", type: mean_sd, group: placebo, scale: pain, outcome: pain, time: before}
- {id: paired.p, value: "P<.001", type: p_value, compares: [before, after], paired: true}
"""
LONG = "Anteil der Teilnehmenden mit einer bedeutsamen Verbesserung der gesundheitsbezogenen Lebensqualität im Bereich"
LONG_LABELS = (
    TRIAL.replace("outcome: remission", f"outcome: {LONG} eins")
    .replace("outcome: pain", f"outcome: {LONG} zwei")
    .replace(
        "scales:",
        "groups: {drug: {label: Internetgestützte kognitive Verhaltenstherapie mit telefonischer Begleitung}}\nscales:",
    )
)
NAMES = [
    *("proportions", "forest", "p-values", "fragility", "timeline", "scores", "correlations", "grim"),
    "reconstructions",
]


@pytest.fixture(scope="module")
def plots(study_of: StudyOf) -> Callable[[str], dict[str, Plot]]:
    """The plots of a study by name; its ledger is made once."""

    @cache
    def of(text: str) -> tuple[Study, Ledger]:
        study = study_of(text)
        return study, make_ledger(study)

    return lambda text: {plot.name: plot for plot in draw(*of(text))}


@pytest.fixture(scope="module")
def trial(plots: Plots) -> dict[str, Plot]:
    """The plots of the trial, each painted at most once."""
    return plots(TRIAL)


def test_plots_of_a_study_that_supports_all_of_them(plots: Plots) -> None:
    assert list(plots(TRIAL)) == NAMES


def test_plots_are_absent_where_nothing_supports_them(plots: Plots) -> None:
    assert plots("patients: {drug: 24}") == {}


@pytest.mark.parametrize("text", [TRIAL, LONG_LABELS], ids=["short", "long"])
def test_plots_keep_their_texts_apart(plots: Plots, text: str) -> None:
    assert {name: found for name, plot in plots(text).items() if (found := overlapping(plot))} == {}


def test_plots_have_the_same_bytes_every_time_and_no_date(plots: Plots, trial: dict[str, Plot]) -> None:
    first, second = trial, plots(TRIAL)
    assert {name: plot.svg for name, plot in first.items()} == {name: plot.svg for name, plot in second.items()}
    assert not any("dc:date" in plot.svg for plot in first.values())


def test_plots_are_not_painted_before_they_are_saved(tmp_path: Path) -> None:
    def never() -> None:
        raise AssertionError("painted")

    plot = Plot("name", "caption", "alt", never)  # type: ignore[arg-type]
    assert (plot.caption, plot.alt) == ("caption", "alt")
    with pytest.raises(AssertionError, match="painted"):
        save(plot, tmp_path)


def test_plots_follow_the_scheme_of_the_page_and_have_no_background(trial: dict[str, Plot]) -> None:
    for plot in trial.values():
        assert "@media (prefers-color-scheme: dark)" in plot.svg
        background = plot.svg.split('id="patch_1"', 1)[1].split("</g>", 1)[0]
        assert "fill: none" in background or "opacity: 0" in background


def test_plots_use_no_colour_without_a_dark_counterpart(trial: dict[str, Plot]) -> None:
    for plot in trial.values():
        body = plot.svg.split("</style>", 1)[1]
        assert set(re.findall(r"(?:fill|stroke): (#\w+)", body)) <= set(DARK)


def test_plot_in_a_notebook_carries_its_alternative_text(trial: dict[str, Plot]) -> None:
    shown = trial["proportions"]._repr_markdown_()
    assert 'alt="Dot plot of proportions' in shown


def test_proportions_say_counts_intervals_and_what_is_reported(trial: dict[str, Plot]) -> None:
    alt = trial["proportions"].alt
    assert "remission, 6 months, Drug: 22 of 24, 91.7% (95% interval 74.2 to 97.7%), reported 91.7%" in alt


def test_p_values_say_what_every_test_gives(trial: dict[str, Plot]) -> None:
    alt = trial["p-values"].alt
    assert "Remission, Drug and Placebo, reported P=.007: Pearson χ² 0.0065, Yates χ² 0.0186" in alt


def test_scores_say_means_with_intervals_as_they_are_printed(trial: dict[str, Plot]) -> None:
    alt = trial["scores"].alt
    assert "pain, Drug, before: 4.50 (95% interval 3.99 to 5.01)" in alt


def test_reconstructions_say_where_the_samples_lie(trial: dict[str, Plot]) -> None:
    drawn = trial["reconstructions"]
    assert "Pain, Placebo, 6 months, 4.00±1.50: lowest score 0 to 3, median 3 to 4.5" in drawn.alt
    assert "seed 1" in drawn.caption
