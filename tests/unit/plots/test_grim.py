"""GRIM maps."""

from __future__ import annotations

from collections.abc import Callable

from tests.unit.plots.painted import overlapping

from evidence_brief.ledger import make_ledger
from evidence_brief.plots.grim import plot_grim
from evidence_brief.plots.plot import Plot
from evidence_brief.study.load import Study

StudyOf = Callable[[str], Study]

SCORES = """
patients: {drug: 24}
scales: {mrc: {label: MRC, minimum: 0, step: 1}}
claims:
- {id: before, value: "9.54±1.02", type: mean_sd, group: drug, scale: mrc, outcome: strength, time: before treatment}
- {id: after, value: "9.56±0.66", type: mean_sd, group: drug, scale: mrc, outcome: strength, time: 6 months}
"""


def grim(study: Study) -> list[Plot]:
    return plot_grim(study, make_ledger(study))


def test_grim_map_says_which_means_are_possible_and_what_lies_beside_the_others(study_of: StudyOf) -> None:
    (drawn,) = grim(study_of(SCORES))
    assert drawn.alt == (
        "Maps of possible means and percentages. Strength, Drug, before treatment: 9.54 of n = 24 is possible. "
        "Strength, Drug, 6 months: 9.56 of n = 24 is not possible, 9.54 and 9.58 are the nearest; of the numbers of "
        "patients shown it is possible at n = 18, 25, 27."
    )


def test_grim_map_counts_the_items_of_a_score(study_of: StudyOf) -> None:
    (drawn,) = grim(study_of(SCORES.replace("step: 1", "step: 1, items: 2")))
    assert "9.56 of n = 24 is possible" in drawn.alt  # 459/48


def test_grim_map_shows_a_percentage_that_no_count_makes_and_leaves_out_the_others(study_of: StudyOf) -> None:
    (drawn,) = grim(
        study_of("""
patients: {drug: 13}
claims:
- {id: relapse, value: "16.7%", type: proportion, group: drug, outcome: relapse}
- {id: harm, value: "15.4%", type: proportion, group: drug, outcome: harm}
""")
    )
    assert "Relapse, Drug: 16.7% of n = 13 is not possible, 15.4% and 23.1% are the nearest" in drawn.alt
    assert "at n = 12, 18" in drawn.alt
    assert "Harm" not in drawn.alt


def test_grim_map_is_absent_where_every_mean_is_possible_or_no_step_is_known(study_of: StudyOf) -> None:
    assert grim(study_of(SCORES.replace("drug: 24", "drug: 240"))) == []
    assert grim(study_of(SCORES.replace(", step: 1", ""))) == []


def test_grim_map_keeps_its_texts_apart_and_its_bytes(study_of: StudyOf) -> None:
    (drawn,), (again,) = grim(study_of(SCORES)), grim(study_of(SCORES))
    assert overlapping(drawn) == []
    assert drawn.svg == again.svg
