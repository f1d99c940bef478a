"""Forest plot of effects."""

from __future__ import annotations

from collections.abc import Callable

from tests.unit.plots.painted import overlapping

from evidence_brief.ledger import make_ledger
from evidence_brief.plots.forest import plot_forest
from evidence_brief.plots.plot import Plot
from evidence_brief.study.load import Study

StudyOf = Callable[[str], Study]

TRIAL = """
patients: {drug: 61, placebo: 61}
claims:
- {id: response.drug, value: "67.2%", type: proportion, group: drug, outcome: response}
- {id: response.placebo, value: "41.0%", type: proportion, group: placebo, outcome: response}
- {id: response.p, value: "P=.004", type: p_value, compares: [response.drug, response.placebo]}
- {id: rr, value: "1.64", type: estimate, measure: RR, compares: [response.drug, response.placebo]}
- {id: rr.ci, value: "1.16 to 2.32", type: confidence_interval, of: rr}
- {id: hr, value: "0.62", type: estimate, measure: HR, outcome: death}
- {id: hr.ci, value: "90% CI 0.41 to 0.93", type: confidence_interval, of: hr}
- {id: pain.drug, value: "3.41±2.10", type: mean_sd, group: drug, outcome: pain}
- {id: pain.placebo, value: "4.80±2.31", type: mean_sd, group: placebo, outcome: pain}
- {id: pain.p, value: "P=.001", type: p_value, compares: [pain.drug, pain.placebo]}
"""


def forest(study: Study) -> list[Plot]:
    return plot_forest(study, make_ledger(study))


def test_forest_sets_reported_and_recomputed_effects_beside_each_other(study_of: StudyOf) -> None:
    (drawn,) = forest(study_of(TRIAL))
    assert (
        "Response, Drug and Placebo: Relative risk, reported 1.64 (1.16 to 2.32); "
        "Relative risk, recomputed 1.64 (1.16 to 2.32); Odds ratio, recomputed 2.95 (1.41 to 6.18)." in drawn.alt
    )
    assert "Risk difference, recomputed 26.2 (8.5 to 41.7)." in drawn.alt
    assert "Pain, Drug and Placebo: Difference of means, recomputed -1.39 (-2.18 to -0.60)." in drawn.alt
    assert "Death: Hazard ratio, 90% interval, reported 0.62 (0.41 to 0.93)." in drawn.alt


def test_forest_marks_contradicted_effects(study_of: StudyOf) -> None:
    (drawn,) = forest(study_of(TRIAL.replace("1.16 to 2.32", "1.25 to 2.04")))
    assert "1.64 (1.25 to 2.04), contradicted" in drawn.alt
    assert "cross" in drawn.caption


def test_forest_takes_risk_differences_in_percentage_points_however_they_are_printed(study_of: StudyOf) -> None:
    added = """
- {id: rd, value: ".262", type: estimate, measure: RD, compares: [response.drug, response.placebo]}
- {id: rd.ci, value: "8.5% to 41.7%", type: confidence_interval, of: rd}
"""
    from evidence_brief.plots.effects import effects

    study = study_of(TRIAL + added)
    reported = next(e for e in effects(study, make_ledger(study)) if e.measure == "RD" and not e.recomputed)
    assert (reported.estimate, reported.low, reported.high) == (26.2, 8.5, 41.7)


def test_forest_is_absent_without_effects(study_of: StudyOf) -> None:
    study = study_of("""
patients: {drug: 61}
claims: [{id: response, value: "67.2%", type: proportion, group: drug, outcome: response}]
""")
    assert forest(study) == []


def test_forest_of_many_comparisons_is_split_into_numbered_figures(study_of: StudyOf) -> None:
    claims = "".join(
        f"""
- {{id: a{i}, value: "{30 + i}", type: count, group: drug, outcome: outcome number {i}}}
- {{id: b{i}, value: "{20 + i}", type: count, group: placebo, outcome: outcome number {i}}}
- {{id: p{i}, value: "P=.05", type: p_value, compares: [a{i}, b{i}]}}"""
        for i in range(12)
    )
    drawn = forest(study_of(f"patients: {{drug: 61, placebo: 61}}\nclaims:{claims}"))
    assert [plot.name for plot in drawn] == ["forest", "forest-2", "forest-3"]
    assert all(f"Outcome number {i}, Drug and Placebo" in " ".join(plot.alt for plot in drawn) for i in range(12))


def test_forest_keeps_its_texts_apart_and_its_bytes(study_of: StudyOf) -> None:
    (drawn,) = forest(study_of(TRIAL))
    (again,) = forest(study_of(TRIAL))
    assert overlapping(drawn) == []
    assert drawn.svg == again.svg
