"""Timeline of follow-up and durations."""

from __future__ import annotations

from collections.abc import Callable

from tests.unit.plots.painted import overlapping

from evidence_brief.ledger import make_ledger
from evidence_brief.plots.plot import Plot
from evidence_brief.plots.timeline import plot_timeline
from evidence_brief.plots.times import axes_of
from evidence_brief.study.load import Study

StudyOf = Callable[[str], Study]

TIMES = """
patients: {drug: 24}
claims:
- {id: follow-up, value: "4", type: duration, unit: years, group: drug, outcome: follow-up}
- {id: median, value: "76 (60-90)", type: median_iqr, unit: months, group: drug, outcome: survival}
- {id: free, value: "38.5±34.3", type: mean_sd, unit: months, group: drug, outcome: time to relapse, within: follow-up}
- {id: response, value: "12", type: count, group: drug, outcome: response, time: 6 months}
"""


def timeline(study: Study) -> list[Plot]:
    return plot_timeline(study, make_ledger(study))


def test_timeline_sets_times_in_months_and_years_on_one_axis(study_of: StudyOf) -> None:
    (drawn,) = timeline(study_of(TIMES))
    assert drawn.alt == (
        "Timeline in months. Follow-up, Drug: 4 years; Survival, Drug: median 76 (60-90) months; "
        "Time to relapse, Drug: mean 38.5±34.3 months, within 4 years, contradicted; Response: at 6 months."
    )


def test_timeline_converts_exactly_and_draws_spreads(study_of: StudyOf) -> None:
    study = study_of(TIMES)
    (axis,) = axes_of(study, make_ledger(study))
    followed, median, free, moment = axis.times
    assert (followed.low, followed.high) == (48, 48)
    assert (median.middle, median.low, median.high) == (76, 60, 90)
    assert (round(free.low, 6), round(free.high, 6), free.whole) == (4.2, 72.8, 48)
    assert moment.middle == 6


def test_timeline_keeps_weeks_and_months_apart(study_of: StudyOf) -> None:
    weeks = """
- {id: treatment, value: "12", type: duration, unit: weeks, group: drug, outcome: treatment}
- {id: run-in, value: "3", type: duration, unit: days, group: drug, outcome: run-in}
"""
    first, second = timeline(study_of(TIMES + weeks))
    assert first.alt == "Timeline in weeks. Treatment, Drug: 12 weeks; Run-in, Drug: 3 days."
    assert second.name == "timeline-2"


def test_timeline_is_absent_for_a_single_time_and_for_times_of_measurement_alone(study_of: StudyOf) -> None:
    assert timeline(study_of("claims: [{id: d, value: '4', type: duration, unit: years, outcome: follow-up}]")) == []
    alone = "patients: {drug: 24}\nclaims:\n" + TIMES.splitlines()[-1]
    assert timeline(study_of(alone + "\n" + alone.splitlines()[-1].replace("response", "other"))) == []


def test_timeline_leaves_out_numbers_of_doses_and_restated_times(study_of: StudyOf) -> None:
    more = """
- {id: doses, value: "six", type: duration, unit: monthly doses, group: drug, outcome: doses}
- {id: again, value: "48", type: duration, unit: months, group: drug, outcome: the same, restates: follow-up}
"""
    (drawn,) = timeline(study_of(TIMES + more))
    assert "doses" not in drawn.alt
    assert "The same" not in drawn.alt


def test_timeline_keeps_its_texts_apart_and_its_bytes(study_of: StudyOf) -> None:
    (drawn,), (again,) = timeline(study_of(TIMES)), timeline(study_of(TIMES))
    assert overlapping(drawn) == []
    assert drawn.svg == again.svg
