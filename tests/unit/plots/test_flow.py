"""The flow diagram of the design."""

from __future__ import annotations

from collections.abc import Callable

from evidence_brief.ledger import make_ledger
from evidence_brief.plots.flow import plot_flow
from evidence_brief.plots.plot import Plot
from evidence_brief.study.load import Study

StudyOf = Callable[[str], Study]

TWO_ARMS = """
patients: {all: 122, drug: 61, placebo: 61}
groups: {all: {parts: [drug, placebo]}}
claims:
- {id: assessed, value: "58", type: count, group: drug, outcome: assessed, time: 12 weeks}
- {id: lost, value: "3", type: count, group: drug, outcome: lost to follow-up}
- {id: response.count, value: "40", type: count, group: drug, outcome: response}
- {id: response, value: "69.0%", type: proportion, group: drug, outcome: response, count: response.count, of: assessed}
"""


def flow(study: Study) -> Plot | None:
    return plot_flow(study, make_ledger(study))


def test_flow_says_the_whole_its_arms_and_what_became_of_them(study_of: StudyOf) -> None:
    drawn = flow(study_of(TWO_ARMS))
    assert drawn is not None
    assert drawn.alt == (
        "Flow of patients. All: 122, made up of Drug: 61 (Assessed, 12 weeks: 58; Lost to follow-up: 3); Placebo: 61."
    )


def test_flow_marks_arms_that_do_not_make_up_the_whole(study_of: StudyOf) -> None:
    drawn = flow(study_of(TWO_ARMS.replace("all: 122", "all: 120")))
    assert drawn is not None
    assert "All: 120, contradicted" in drawn.alt
    assert "✗" in drawn.caption


def test_flow_of_one_arm_shows_its_course(study_of: StudyOf) -> None:
    drawn = flow(
        study_of("""
patients: {cases: 19}
claims: [{id: done, value: "16", type: count, group: cases, outcome: completed}]
""")
    )
    assert drawn is not None
    assert drawn.alt == "Flow of patients. Cases: 19 (Completed: 16)."


def test_flow_is_absent_where_it_would_be_a_single_box(study_of: StudyOf) -> None:
    assert flow(study_of("patients: {cases: 19}")) is None


def test_flow_leaves_out_groups_beside_the_whole_and_counts_of_events(study_of: StudyOf) -> None:
    drawn = flow(
        study_of("""
patients: {all: 30, drug: 15, placebo: 15, smokers: 9}
groups: {all: {parts: [drug, placebo]}}
claims: [{id: events, value: "40", type: count, unit: doses, group: drug, outcome: doses received}]
""")
    )
    assert drawn is not None
    assert drawn.alt == "Flow of patients. All: 30, made up of Drug: 15; Placebo: 15."
