"""The one plot of the handout."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from evidence_brief.ledger import make_ledger
from evidence_brief.plots import draw
from evidence_brief.plots.plot import Plot
from evidence_brief.plots.telling import handout_plots
from evidence_brief.study.load import Study

StudyOf = Callable[[str], Study]
TRIAL = """
patients: {drug: 24, placebo: 18}
scales: {pain: {label: Pain, minimum: 0, maximum: 10, step: 1}}
claims:
- {id: r1, value: "91.7%", type: proportion, group: drug, outcome: response}
- {id: r2, value: "55.6%", type: proportion, group: placebo, outcome: response}
- {id: p, value: "P=.007", type: p_value, compares: [r1, r2]}
- {id: pain, value: "4.96±1.6", type: mean_sd, group: drug, scale: pain, outcome: pain}
"""
ACHE = '- {id: ache, value: "4.96±1.6", type: mean_sd, group: drug, scale: pain, outcome: ache}\n'


def pictures(study: Study) -> dict[str, Plot]:
    ledger = make_ledger(study)
    return handout_plots(study, ledger, draw(study, ledger))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (TRIAL.replace("P=.007", "P=.28").replace("4.96", "4.97"), "handout-p-values"),
        (TRIAL.replace("4.96", "4.97"), "handout-grim"),
        (TRIAL, "handout-forest"),
        (TRIAL.replace(", compares: [r1, r2]", ""), "handout-proportions"),
    ],
)
def test_the_gravest_thing_is_drawn(study_of: StudyOf, text: str, name: str) -> None:
    assert pictures(study_of(text))["handout-plot"].name == name


def test_a_contradicted_p_value_stands_alone_under_the_two_sided_tests(study_of: StudyOf) -> None:
    alt = pictures(study_of(TRIAL.replace("P=.007", "P=.28")))["handout-plot"].alt
    assert "reported P=.28" in alt
    assert "Pearson χ²" in alt
    assert ", one-sided" not in alt


def test_only_impossible_figures_are_on_the_map(study_of: StudyOf) -> None:
    words = pictures(study_of(TRIAL.replace("4.96", "4.97") + ACHE))["handout-plot"].words
    assert "4.97 of n = 24 is not possible" in words
    assert "4.96 of n = 24 is possible" not in words


def test_one_figure_alone_has_neither_flow_nor_plot(study_of: StudyOf) -> None:
    assert pictures(study_of("claims: [{id: n, value: '17', type: count}]")) == {}
