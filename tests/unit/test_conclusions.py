"""What a printed, recomputed or derived figure concludes: the direction, and the significance at 5%."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.acceptance.honest import Paper
from tests.acceptance.test_honest_studies import KINDS

from evidence_brief.conclusions import Conclusion, conclusion, derived_conclusion, recomputed_significance
from evidence_brief.ledger import Ledger
from evidence_brief.study.load import Study

StudyOf = Callable[[str], Study]


def concludes(study_of: StudyOf, claims: str, name: str = "x") -> Conclusion:
    study = study_of(f"patients: {{drug: 24, placebo: 60}}\nclaims:\n{claims}")
    return conclusion(study, study.claims[name])


def p_value(study_of: StudyOf, printed: str) -> bool | None:
    return concludes(study_of, f'  - {{id: x, value: "{printed}", type: p_value}}').significant


@pytest.mark.parametrize(
    ("printed", "significant"),
    [
        *(("P=.007", True), ("P=.049", True), ("P=.045", True), ("P=.28", False), ("P=.06", False), ("P=.055", False)),
        *(("P=.05", None), ("P=.050", None), ("P=.0500", None), ("P=.0501", False), ("P=.0499", True)),
        *(("P=.1", False), ("P=0", True), ("P=1", False), ("P=.000", True), ("P<.000", True)),
        *(("P<.05", True), ("P<.001", True), ("P<.06", None), ("P<.5", None), ("P≤.05", True), ("P≤.06", None)),
        *(("P>.05", False), ("P≥.05", False), ("P>.04", None), ("P>.99", False), ("NS", False), ("P=NS", False)),
        *(("P=1e-5", True), ("P = 2×10^-3", True), ("less than .01", True)),
        *(("P=1.2", None), ("P>1.5", None), ("P=-.5", None), ("P<-.5", None)),
    ],
)
def test_p_value_says_whether_it_is_below_five_percent(
    study_of: StudyOf, printed: str, significant: bool | None
) -> None:
    assert p_value(study_of, printed) is significant


def test_p_value_with_a_decimal_comma_is_read_as_one(tmp_path: Path) -> None:
    paper = Paper(0, mark=",")
    paper.claim("x", "p = 0,04", "p_value")
    paper.claim("y", "0,85 (0,7)", "mean_sd", change=True)
    study = paper.load(tmp_path)
    assert conclusion(study, study.claims["x"]) == Conclusion(True)
    assert conclusion(study, study.claims["y"]) == Conclusion(None, "higher")


TWO = """
  - {{id: one, value: "{}", type: {}, group: drug{}}}
  - {{id: two, value: "{}", type: {}, group: placebo{}}}
  - {{id: x, value: "P=.03", type: p_value, compares: [one, two]}}
"""


@pytest.mark.parametrize(
    ("one", "two", "direction"),
    [
        (("50%", "proportion"), ("44.4%", "proportion"), "higher"),
        (("5%", "proportion"), ("0.5", "proportion"), "lower"),
        (("50%", "proportion"), ("0.5", "proportion"), "equal"),
        (("22", "count"), ("30", "count"), "higher"),
        (("12", "count"), ("30", "count"), "equal"),
        (("12", "count"), ("40%", "proportion"), "higher"),
        (("22", "count", ", unit: relapses"), ("30", "count", ", unit: relapses"), None),
        (("22", "count"), ("61", "count"), None),
        (("7.46±6.26", "mean_sd"), ("-5.1±2", "mean_sd"), "higher"),
        (("6 (4-18)", "median_iqr"), ("7 (4-18)", "median_iqr"), "lower"),
    ],
)
def test_p_value_has_the_direction_of_the_figures_that_it_compares(
    study_of: StudyOf, one: tuple[str, ...], two: tuple[str, ...], direction: str | None
) -> None:
    parts = [part for side in (one, two) for part in (*side, "")[:3]]
    assert concludes(study_of, TWO.format(*parts)) == Conclusion(True, direction)


def test_p_value_of_three_groups_or_of_a_statistic_has_no_direction(study_of: StudyOf) -> None:
    three = """
  - {id: a, value: "50%", type: proportion}
  - {id: b, value: "40%", type: proportion}
  - {id: c, value: "30%", type: proportion}
  - {id: x, value: "P=.2", type: p_value, compares: [a, b, c]}
"""
    of_one = """
  - {id: t, value: "t(28)=2.20", type: test_statistic}
  - {id: x, value: "P=.04", type: p_value, of: t}
"""
    assert concludes(study_of, three) == Conclusion(False)
    assert concludes(study_of, of_one) == Conclusion(True)
    assert concludes(study_of, of_one, "t") == Conclusion()


@pytest.mark.parametrize(
    ("claim", "direction"),
    [
        *(('"1.9", type: estimate, measure: RR', "higher"), ('"0.4", type: estimate, measure: OR', "lower")),
        *(('"1.0", type: estimate, measure: HR', "equal"), ('"0", type: estimate, measure: RD', "equal")),
        *(('"-12.5%", type: estimate, measure: RD', "lower"), ('"0.4", type: estimate, measure: MD', "higher")),
        *(('"−0.4", type: estimate, measure: SMD', "lower"), ('"aOR 1.40", type: estimate', "higher")),
        *(('"adjusted OR 0.7", type: estimate, adjusted: true', "lower"), ('"NNT 6", type: estimate', None)),
        *(('"IRR 0.70", type: estimate', None), ('"1.9", type: estimate', None)),
        *(('"r=-.45", type: correlation', "lower"), ('"r=.45", type: correlation', "higher")),
        *(('"-4.5±5.1", type: mean_sd, change: true', "lower"), ('"4.5±5.1", type: mean_sd', None)),
        *(('"2 (1-3)", type: median_iqr, change: true', "higher"), ('"May 17, 2012", type: date', None)),
        *(('"42", type: count', None), ('"4-18", type: range', None), ('"50%", type: proportion', None)),
    ],
)  # fmt: skip
def test_estimate_lies_on_a_side_of_no_difference(study_of: StudyOf, claim: str, direction: str | None) -> None:
    assert concludes(study_of, f"  - {{id: x, value: {claim}}}") == Conclusion(None, direction)


@pytest.mark.parametrize(
    ("printed", "measure", "expected"),
    [
        ("1.2 to 3.0", "RR", Conclusion(True, "higher")),
        ("0.3 to 0.8", "RR", Conclusion(True, "lower")),
        ("0.8 to 1.2", "RR", Conclusion(False)),
        ("1.0 to 2.0", "RR", Conclusion()),
        ("0.5 to 1.0", "HR", Conclusion()),
        ("0.99 to 1.0", "OR", Conclusion()),
        ("2.59 to 1.05", "RR", Conclusion(True, "higher")),
        ("1.2 to 0.8", "RR", Conclusion(False)),
        ("-3.0 to -1.2", "MD", Conclusion(True, "lower")),
        ("-3.0 to 1.2", "SMD", Conclusion(False)),
        ("9.6 to 58.8%", "RD", Conclusion(True, "higher")),
        ("95% CI 1.05-2.59", "OR", Conclusion(True, "higher")),
        ("90% CI 1.05-2.59", "OR", Conclusion()),
        ("90% CI 0.95-2.59", "OR", Conclusion(False)),
        ("99% CI 1.05-2.59", "OR", Conclusion(True, "higher")),
        ("99% CI 0.95-2.59", "OR", Conclusion()),
    ],
)
def test_interval_says_whether_it_excludes_no_difference(
    study_of: StudyOf, printed: str, measure: str, expected: Conclusion
) -> None:
    own = f'  - {{id: x, value: "{printed}", type: confidence_interval, measure: {measure}}}'
    assert concludes(study_of, own) == expected
    of = f'  - {{id: e, value: "1.5", type: estimate, measure: {measure}}}\n'
    assert concludes(study_of, of + f'  - {{id: x, value: "{printed}", type: confidence_interval, of: e}}') == expected


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ('"OR 1.5", type: estimate', Conclusion(True, "higher")),
        ('"r=.45", type: correlation', Conclusion(True, "higher")),
        ('"1.5±5.1", type: mean_sd, change: true', Conclusion(True, "higher")),
        ('"1.5±5.1", type: mean_sd', Conclusion()),
        ('"NNT 6", type: estimate', Conclusion()),
    ],
)
def test_interval_is_held_against_what_its_figure_says_of_no_difference(
    study_of: StudyOf, of: str, expected: Conclusion
) -> None:
    claims = f'  - {{id: e, value: {of}}}\n  - {{id: x, value: "1.2 to 3.0", type: confidence_interval, of: e}}'
    assert concludes(study_of, claims) == expected


@pytest.mark.parametrize(
    ("text", "significant"),
    [
        *(("0.649 to 0.965", False), ("0.01 to 0.03", True), ("0.01 to 0.20", None), ("0.012", True), (".28", False)),
        *(("<0.0001 for every r", True), ("<0.0001 or less for every r", True), ("<0.001 to 0.031", True)),
        *(("0.03 or less for every r", True), ("0.30 or less for every r", None), ("<0.0001 to 0.2", None)),
        *(("0.050", None), ("0.0500", None), ("0.0501", False), ("0.0499", True), ("0.049 to 0.050", None)),
        *(("r at least 0.40", None), ("r 0.20 to 0.40", None), (">0.9", None), ("P = .03", None), ("", None)),
        *((None, None), ("1", None), ("0.03.2012", None), ("0.05x", None), ("22/24 = 91.67%", None)),
    ],
)
def test_recomputed_p_value_says_whether_it_is_below_five_percent(text: str | None, significant: bool | None) -> None:
    assert recomputed_significance(text) is significant


@given(st.text() | st.from_regex(r"<?0?\.\d{1,60}( to \d*\.\d{1,60})?( or less)?", fullmatch=True))
def test_no_recomputed_text_makes_it_stumble(text: str) -> None:
    assert recomputed_significance(text) in (True, False, None)


@pytest.mark.parametrize(
    ("kind", "ends", "expected"),
    [
        ("rr", (1.65, 1.05, 2.59), Conclusion(True, "higher")),
        ("or", (0.65, 0.05, 1.0), Conclusion(False, "lower")),
        ("difference", (0.361, 0.096, 0.588), Conclusion(True, "higher")),
        ("mean difference", (0.0, -1.0, 1.0), Conclusion(False, "equal")),
        ("nnt", (3.0, 2.0, 11.0), Conclusion()),
        ("proportion", (0.5, 0.3, 0.7), Conclusion()),
    ],
)
def test_derived_figure_concludes_by_its_interval(
    kind: str, ends: tuple[float, float, float], expected: Conclusion
) -> None:
    assert derived_conclusion(kind, *ends) == expected


def test_ledger_takes_every_possible_and_impossible_figure(check: Callable[[str], Ledger]) -> None:
    ledger = check("""
patients: {drug: 24, none: 0}
claims:
  - {id: nobody, value: "0", type: count, group: none}
  - {id: one, value: "22", type: count, group: drug}
  - {id: shares, value: "P=.2", type: p_value, compares: [nobody, one]}
  - {id: ns, value: "NS", type: p_value, compares: [nobody, one]}
  - {id: impossible, value: "P=1.2", type: p_value}
  - {id: day, value: "May 17, 2012", type: date}
  - {id: wrong.ends, value: "3.0 to 1.2", type: confidence_interval, measure: RR}
  - {id: long, value: "P=0.00000000000000000000000000000000000000001", type: p_value}
""")
    says = {row.id: (row.significant, row.direction) for row in ledger.rows}
    assert says["shares"] == (False, None)
    assert says["ns"] == (False, None)
    assert says["impossible"] == says["day"] == (None, None)
    assert says["wrong.ends"] == (True, "higher")
    assert says["long"] == (True, None)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@pytest.mark.parametrize("seed", [0, 3])
def test_honest_studies_all_have_conclusions(kind: Callable[[Paper], object], seed: int, tmp_path: Path) -> None:
    paper = Paper(seed, mark="," if seed % 5 == 3 else ".")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of SciPy and statsmodels, of samples as small as papers have them
        kind(paper)
    study = paper.load(tmp_path)
    for claim in study.claims.values():
        found = conclusion(study, claim)
        assert found.significant is None or claim.type in ("p_value", "confidence_interval")
