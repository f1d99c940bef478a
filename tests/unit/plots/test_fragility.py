"""Fisher's P as outcomes change."""

from __future__ import annotations

from collections.abc import Callable

from tests.unit.plots.painted import overlapping

from evidence_brief.ledger import make_ledger
from evidence_brief.plots.fragility import plot_fragility
from evidence_brief.plots.plot import Plot
from evidence_brief.study.load import Study

StudyOf = Callable[[str], Study]

REMISSION = """
patients: {drug: 24, placebo: 18}
claims:
- {id: one, value: "22", type: count, group: drug, outcome: remission}
- {id: two, value: "10", type: count, group: placebo, outcome: remission}
- {id: p, value: "P=.01", type: p_value, compares: [one, two]}
"""


def fragility(study: Study) -> list[Plot]:
    return plot_fragility(study, make_ledger(study))


def test_fragility_says_each_p_and_how_many_patients_turn_the_decision(study_of: StudyOf) -> None:
    (drawn,) = fragility(study_of(REMISSION))
    assert (
        "Remission, Drug and Placebo, 22 of 24 against 10 of 18: Fisher's P is 0.0104 as reported, "
        "0.0251 with 1 changed, 0.0565 with 2 changed" in drawn.alt
    )
    assert drawn.alt.endswith("2 patients to lose significance.")


def test_fragility_of_a_result_that_is_not_significant_takes_events_away(study_of: StudyOf) -> None:
    (drawn,) = fragility(study_of(REMISSION.replace('"22"', '"12"').replace('"10"', '"8"')))
    assert "0.7638 as reported" in drawn.alt
    assert drawn.alt.endswith("5 patients to gain significance.")


def test_fragility_is_absent_where_nothing_turns_the_decision(study_of: StudyOf) -> None:
    few = REMISSION.replace("drug: 24, placebo: 18", "drug: 3, placebo: 2").replace('"22"', '"2"')
    assert fragility(study_of(few.replace('"10"', '"1"'))) == []


def test_fragility_keeps_its_texts_apart_and_its_bytes(study_of: StudyOf) -> None:
    (drawn,), (again,) = fragility(study_of(REMISSION)), fragility(study_of(REMISSION))
    assert overlapping(drawn) == []
    assert drawn.svg == again.svg
