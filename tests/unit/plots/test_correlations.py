"""P against the correlation of two measurements."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.unit.plots.painted import overlapping

from evidence_brief.ledger import make_ledger
from evidence_brief.plots.correlations import plot_correlations
from evidence_brief.plots.plot import Plot
from evidence_brief.study.load import Study

StudyOf = Callable[[str], Study]

PAIRED = """
patients: {drug: 24}
claims:
- {id: before, value: "7.46±6.26", type: mean_sd, group: drug, outcome: CDASI, time: before}
- {id: after, value: "2.96±3.64", type: mean_sd, group: drug, outcome: CDASI, time: after}
- {id: p, value: "P<.001", type: p_value, compares: [before, after], paired: true}
"""


def curves(study: Study) -> list[Plot]:
    return plot_correlations(study, make_ledger(study))


def test_curve_says_p_at_some_correlations_and_which_of_them_give_the_reported_one(study_of: StudyOf) -> None:
    (drawn,) = curves(study_of(PAIRED))
    assert drawn.alt == (
        "P values by the correlation r of two measurements. CDASI, before and after (Drug), reported P<.001: "
        "P is 0.0182 at r = -0.5, 0.0058 at r = 0, 0.0005 at r = 0.5, <0.0001 at r = 0.9; r of at least 0.40 gives it."
    )


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("P<.2", "every correlation gives it"),
        ("P=.9", "no correlation gives it"),
        ("P=.01", "gives it"),
        ("P>.02", "r of at most"),
    ],
)
def test_curve_says_so_where_all_none_or_some_correlations_fit(study_of: StudyOf, printed: str, words: str) -> None:
    (drawn,) = curves(study_of(PAIRED.replace("P<.001", printed)))
    assert words in drawn.alt
    assert drawn.svg


def test_curve_is_absent_for_independent_groups_and_without_standard_deviations(study_of: StudyOf) -> None:
    assert curves(study_of(PAIRED.replace(", paired: true", ""))) == []
    assert curves(study_of(PAIRED.replace("2.96±3.64", "2.96"))) == []


def test_curve_keeps_its_texts_apart_and_its_bytes(study_of: StudyOf) -> None:
    (drawn,), (again,) = curves(study_of(PAIRED)), curves(study_of(PAIRED))
    assert overlapping(drawn) == []
    assert drawn.svg == again.svg
