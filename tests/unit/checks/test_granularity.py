from fractions import Fraction
from itertools import combinations_with_replacement

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evidence_brief.checks.granularity import Steps, grim_totals
from evidence_brief.printed import number, show

WHOLE = "minimum: 0, step: 1"


def mean(value, n=24, scale=WHOLE, extra=""):
    return (
        f"patients: {{drug: {n}}}\nscales: {{s: {{label: Score, {scale}}}}}\n"
        f"claims: [{{id: m, value: '{value}', type: mean_sd, group: drug, scale: s}}{extra}]"
    )


def another(value, name="other"):
    return f", {{id: {name}, value: '{value}', type: mean_sd, group: drug, scale: s}}"


def judged(ledger, claim="m"):
    row = ledger.row(claim)
    return row.verdict, row.recomputed, row.why


def codes(ledger):
    found = (item.finding for item in ledger.findings if item.finding.code != "spread.skewed")
    return [(finding.code, finding.severity, finding.claims) for finding in found]


def test_granularity_attainable(check):
    why = "A total of 179 over the 24 patients (Drug) gives 7.46 (whole-number scores)."
    ledger = check(mean("7.46±6.26"))
    assert judged(ledger) == ("possible", "179/24 = 7.458", why)
    assert codes(ledger) == []


def test_granularity_impossible(check):
    ledger = check(mean("9.56±0.66"))
    sentence = (
        "No total of the 24 patients (Drug) gives a mean of 9.56 with whole-number scores: "
        "229/24 is 9.54 and 230/24 is 9.58."
    )
    assert judged(ledger) == ("contradicted", None, sentence)
    assert codes(ledger) == [("granularity.grim", "contradiction", ("m",))]
    finding = ledger.findings[0].finding
    assert finding.numbers == {"n": "24", "mean": "9.56", "step": "1"}
    assert finding.explanations == (
        "The mean may be of fewer patients: 16 or 18 would fit. Single scores may move in steps of 0.5: that would fit."
    )


def test_granularity_cut_off_alone(check):
    ledger = check(mean("1.95±1.72"))
    sentence = (
        "The mean 1.95 of the 24 patients (Drug) is possible only if cut off, not rounded: "
        "47/24 = 1.958, which rounds to 1.96."
    )
    assert judged(ledger) == ("reproduced-if", "47/24 = 1.958", sentence)
    assert ledger.row("m").condition == "cut off instead of rounded"
    assert codes(ledger) == [("granularity.truncated", "warning", ("m",))]
    assert "Elsewhere" not in ledger.findings[0].finding.explanations


def test_granularity_cut_off_where_other_means_are_rounded(check):
    ledger = check(mean("1.95±1.72", extra=another("7.46±6.26")))
    explanation = ledger.findings[0].finding.explanations
    assert explanation.startswith("Elsewhere the study rounds: 179/24 = 7.458 is printed as 7.46. ")
    assert "20, 21 or 22 would fit" in explanation


def test_granularity_cut_off_where_a_percentage_is_rounded(check):
    ledger = check(mean("1.95±1.72", extra=", {id: p, value: '91.7%', type: proportion, group: drug}"))
    assert "22/24 = 91.67% is printed as 91.7%" in ledger.findings[0].finding.explanations


def test_granularity_cut_off_where_the_others_say_nothing(check):
    # 7.04 is 169/24 = 7.0417 rounded or cut off, and 1.95 is itself no example.
    ledger = check(mean("1.95±1.72", extra=another("7.04±1") + another("1.95", "again")))
    assert all("Elsewhere" not in item.finding.explanations for item in ledger.findings)


def test_granularity_rounded_twice(check):
    ledger = check(mean("1.74", 49))
    sentence = (
        "The mean 1.74 of the 49 patients (Drug) is possible only if rounded twice: "
        "85/49 = 1.7347, rounded to 1.735 and then again."
    )
    assert judged(ledger) == ("reproduced-if", "85/49 = 1.735", sentence)
    assert ledger.row("m").condition == "rounded twice"
    assert codes(ledger) == [("granularity.rounded_twice", "warning", ("m",))]


def test_granularity_negative_change_rounded_twice(check):
    assert check(mean("-1.74", 49, "step: 1")).row("m").condition == "rounded twice"


@pytest.mark.parametrize("value", ["0.12", "0.13"])
def test_granularity_exact_half_prints_either_way(check, value):
    assert judged(check(mean(value, 8, WHOLE)))[:2] == ("possible", "1/8 = 0.125")


@pytest.mark.parametrize(("n", "power"), [(99, True), (100, False)])
def test_granularity_power_ends_with_the_digits(check, n, power):
    row = judged(check(mean("3.00", n)))
    assert row[:2] == ("possible", f"{3 * n}/{n} = 3.000" if power else None)
    assert power != row[2].startswith("Of the 100 patients (Drug) every mean with these digits is attainable")


def test_granularity_half_steps(check):
    ledger = check(mean("9.56", scale="minimum: 0, step: 0.5"))
    why = "A total of 229.5 over the 24 patients (Drug) gives 9.56 (scores in steps of 0.5)."
    assert judged(ledger) == ("possible", "229.5/24 = 9.563", why)


def test_granularity_items(check):
    ledger = check(mean("2.43", 10, "minimum: 1, maximum: 5, step: 1, items: 3"))
    why = "A total of 73 over the 10 patients (Drug) with 3 items each gives 2.43 (whole-number scores)."
    assert judged(ledger) == ("possible", "73/30 = 2.433", why)
    assert judged(check(mean("2.45", 10, "minimum: 1, maximum: 5, step: 1, items: 3")))[0] == "contradicted"


def test_granularity_change_scores_without_minimum(check):
    assert judged(check(mean("-1.21", 24, "step: 1")))[:2] == ("possible", "-29/24 = -1.208")
    ledger = check(mean("-1.23", 24, "step: 1"))
    assert judged(ledger)[2].endswith("-30/24 is -1.25 and -29/24 is -1.21.")
    assert judged(check(mean("-1.20", 24, "step: 1")))[0] == "reproduced-if"


@pytest.mark.parametrize("value", ["0.00", "5.00"])
def test_granularity_ends_of_the_scale(check, value):
    assert judged(check(mean(value, 24, "minimum: 0, maximum: 5, step: 1")))[0] == "possible"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("5.01", "The mean 5.01 is above the highest value of the scale Score, 5."),
        ("0.99", "The mean 0.99 is below the lowest value of the scale Score, 1."),
    ],
)
def test_granularity_outside_the_scale(check, value, sentence):
    ledger = check(mean(value, 240, "minimum: 1, maximum: 5, step: 1"))
    assert judged(ledger) == ("contradicted", None, sentence)
    assert codes(ledger) == [("scale.outside", "contradiction", ("m",))]


def test_granularity_outside_the_scale_without_step_or_patients(check):
    text = "scales: {s: {label: Score, minimum: 0}}\nclaims: [{id: m, value: '-2', type: mean_sd, scale: s}]"
    assert judged(check(text))[0] == "contradicted"


def test_granularity_no_scale_not_applicable(check):
    ledger = check("patients: {drug: 24}\nclaims: [{id: m, value: '9.56', type: mean_sd, group: drug}]")
    why = "No other reported figure determines this mean, and the study file names no scale for it."
    assert judged(ledger) == ("unchecked", None, why)


def test_granularity_no_step_not_applicable(check):
    why = "The study file does not say in which steps Score is scored."
    assert judged(check(mean("9.56", scale="minimum: 0"))) == ("unchecked", None, why)


def test_granularity_no_patients_not_applicable(check):
    text = f"scales: {{s: {{label: Score, {WHOLE}}}}}\nclaims: [{{id: m, value: '9.56', type: mean_sd, scale: s}}]"
    assert judged(check(text)) == ("unchecked", None, "The number of patients whom it is of is not reported.")
    assert judged(check(mean("9.56", 0))) == ("unchecked", None, "It is of no patients (n = 0).")


def test_granularity_of_a_percentage_of_patients(check):
    one = (
        ", {id: some, value: '%s', type: proportion, group: drug},"
        " {id: x, value: '9.56', type: mean_sd, of: some, scale: s}"
    )
    assert judged(check(mean("1.00", extra=one % "75%")), "x")[:2] == ("possible", "172/18 = 9.556")
    several = judged(check(mean("1.00", 240, extra=one % "75%")), "x")
    assert several[0] == "unchecked"
    assert several[2] == "The figure that it is of leaves several possible numbers of patients."


@pytest.mark.parametrize("spread", ["(SE 1.36)", "(95% CI 8.1 to 11.0)"])
def test_granularity_whatever_spread_follows(check, spread):
    kind = "se" if "SE" in spread else "ci95"
    assert check(mean(f"9.56 {spread}', spread: '{kind}")).row("m").verdict == "contradicted"


def test_granularity_huge_groups_come_to_an_end(check):
    assert judged(check(mean("9.560000000000001", 10**12)))[0] == "contradicted"
    assert judged(check(mean("9.56", 10**40)))[0] == "possible"


scales = st.tuples(
    st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(2), Fraction(3)]),
    st.sampled_from([None, Fraction(0), Fraction(1), Fraction(-2), Fraction(1, 2)]),
    st.integers(0, 5),
)


@settings(deadline=None, max_examples=200)
@given(scales, st.integers(1, 3), st.integers(1, 2), st.integers(-30, 50), st.integers(0, 1))
def test_grim_totals_against_enumeration(scale, patients, items, digits, decimals):
    """Every multiset of item scores, against the formula: ends, steps that miss the upper end, items."""
    step, minimum, width = scale
    maximum = None if minimum is None else minimum + width
    low, high = (Fraction(-6), Fraction(6)) if minimum is None else (minimum, minimum + width)
    assume(minimum is not None or abs(Fraction(digits, 10**decimals)) < 2)  # what lies between -6 and 6 shows all
    singles = [k for k in range(-12, 13) if low <= (minimum or 0) + k * step <= high]
    n = patients * items
    assume(n < 5)
    totals = {sum(scores) for scores in combinations_with_replacement(singles, n)}
    printed = number(show(Fraction(digits, 10**decimals), decimals))
    for interval in (printed.interval, printed.truncated):
        means = {total for total in totals if (minimum or 0) + total * step / n in interval}
        assert set(grim_totals(interval, n, Steps(step, minimum, maximum))) == means


@settings(deadline=None, max_examples=100)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=60), st.integers(0, 3))
def test_granularity_true_means_are_never_contradicted(check, scores, decimals):
    value = show(Fraction(sum(scores), len(scores)), decimals)
    ledger = check(mean(value, len(scores), "minimum: 0, maximum: 9, step: 1"))
    assert judged(ledger)[0] == "possible"


ENDS = """
patients: {drug: 13}
scales: {pain: {label: Pain, minimum: 0, maximum: 10, step: 1}}
claims: [{id: m, value: '%s', type: %s, group: drug, scale: pain, outcome: pain%s}]
"""


@pytest.mark.parametrize(
    ("value", "kind", "more", "verdict"),
    [
        ("-0.38", "mean_sd", "", "contradicted"),
        ("-0.38", "mean_sd", ", change: true", "possible"),  # −5/13
        ("-0.40", "mean_sd", ", change: true", "contradicted"),
        ("-10.01", "mean_sd", ", change: true", "contradicted"),
        ("2-12", "range", "", "contradicted"),
        ("2-10", "range", "", "unchecked"),
        ("-4 to 3", "range", ", change: true", "unchecked"),
        ("11", "median_iqr", "", "contradicted"),
        ("6 (4-12)", "median_iqr", "", "contradicted"),
        ("6 (4-9)", "median_iqr", "", "possible"),
    ],
)
def test_ends_of_the_scale(check, value, kind, more, verdict):
    assert check(ENDS % (value, kind, more)).row("m").verdict == verdict


def test_ends_of_the_scale_say_that_the_figure_may_be_a_change(check):
    (item,) = check(ENDS % ("-0.38", "mean_sd", "")).findings
    assert item.finding.code == "scale.outside"
    assert "may be of changes" in item.finding.explanations
