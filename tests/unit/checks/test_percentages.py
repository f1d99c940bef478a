from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.printed import show


def one(value, n=24, more="", extra=""):
    return f"patients: {{drug: {n}}}\nclaims: [{{id: x, value: '{value}', type: proportion, group: drug{more}}}{extra}]"


def codes(ledger):
    return [(item.finding.code, item.finding.severity, item.finding.claims) for item in ledger.findings]


def judged(ledger, claim="x"):
    row = ledger.row(claim)
    return row.verdict, row.recomputed, row.why


def test_percentages_one_count_fits(check):
    ledger = check(one("91.7%"))
    assert judged(ledger) == ("reproduced", "22/24 = 91.67%", "22 of the 24 patients (Drug) make 91.7%.")
    assert codes(ledger) == []


def test_percentages_one_patient_in_the_singular(check):
    assert judged(check(one("4.2%")))[2] == "1 of the 24 patients (Drug) makes 4.2%."
    assert judged(check(one("100%", 1)))[2] == "1 of the 1 patient (Drug) makes 100%."


@pytest.mark.parametrize(("value", "shown"), [("0%", "0/24 = 0.0%"), ("100%", "24/24 = 100.0%")])
def test_percentages_ends(check, value, shown):
    assert judged(check(one(value)))[:2] == ("reproduced", shown)


def test_percentages_fraction(check):
    assert judged(check(one("0.917"))) == (
        "reproduced",
        "22/24 = 0.9167",
        "22 of the 24 patients (Drug) make 0.917.",
    )


def test_percentages_sign_in_the_unit(check):
    assert judged(check(one("91.7", more=", unit: '%'")))[2] == "22 of the 24 patients (Drug) make 91.7%."


def test_percentages_no_count_fits(check):
    ledger = check(one("16.7%", 13))
    sentence = "No number of the 13 patients (Drug) makes 16.7%: 2 make 15.4% and 3 make 23.1%."
    assert judged(ledger) == ("contradicted", None, sentence)
    assert codes(ledger) == [("percentage.impossible", "contradiction", ("x",))]
    assert ledger.findings[0].finding.explanations == (
        "Fewer patients than stated may have been counted (missing data): it would be possible with 6 or 12 patients."
    )


@pytest.mark.parametrize("value", ["12%", "13%"])
def test_percentages_exact_half_prints_either_way(check, value):
    assert judged(check(one(value, 40)))[:2] == ("reproduced", "5/40 = 12.5%")


@pytest.mark.parametrize(("n", "verdict"), [(100, "reproduced"), (101, "possible")])
def test_percentages_power_ends_at_100_without_decimals(check, n, verdict):
    assert judged(check(one("50%", n)))[0] == verdict


@pytest.mark.parametrize(("n", "verdict"), [(1000, "reproduced"), (1001, "possible")])
def test_percentages_power_ends_at_1000_with_one_decimal(check, n, verdict):
    assert judged(check(one("50.0%", n)))[0] == verdict


def test_percentages_large_group_names_the_counts(check):
    ledger = check(one("50%", 240))
    why = "Of the 240 patients (Drug) every percentage with these digits is possible; the count is from 119 to 121."
    assert judged(ledger) == ("possible", None, why)


def test_percentages_outside(check):
    ledger = check(one("101%"))
    assert judged(ledger) == ("contradicted", None, "101% lies outside 0 to 100%.")
    assert codes(ledger) == [("percentage.outside", "contradiction", ("x",))]


def test_percentages_without_patients_not_applicable(check):
    ledger = check("claims: [{id: x, value: 50%, type: proportion}]")
    assert judged(ledger) == ("unchecked", None, "The number of patients whom it is of is not reported.")


def test_percentages_group_without_n_not_applicable(check):
    ledger = check("groups: {drug: {label: Drug}}\nclaims: [{id: x, value: 50%, type: proportion, group: drug}]")
    assert judged(ledger) == ("unchecked", None, "The number of patients whom it is of is not reported.")


@pytest.mark.parametrize("value", ["0%", "50%"])
def test_percentages_of_no_patients_not_applicable(check, value):
    assert judged(check(one(value, 0))) == ("unchecked", None, "It is of no patients (n = 0).")


# Cut off instead of rounded


def test_percentages_cut_off(check):
    ledger = check(one("54.1%"))
    sentence = (
        "13 of the 24 patients (Drug) make 54.1% only if cut off, not rounded: 13/24 = 54.17%, which rounds to 54.2%."
    )
    assert judged(ledger) == ("reproduced-if", "13/24 = 54.17%", sentence)
    assert ledger.row("x").condition == "cut off instead of rounded"
    assert codes(ledger) == [("percentage.truncated", "warning", ("x",))]
    assert ledger.findings[0].finding.explanations == ""


def test_percentages_cut_off_where_others_are_rounded(check):
    other = ", {id: y, value: '91.7%', type: proportion, group: drug}"
    finding = check(one("54.1%", extra=other)).findings[0].finding
    assert finding.explanations == "Elsewhere the study rounds: 22/24 = 91.67% is printed as 91.7%."


def test_percentages_cut_off_where_others_are_cut_off_too(check):
    other = ", {id: y, value: '91.6%', type: proportion, group: drug}"
    assert [item.finding.explanations for item in check(one("54.1%", extra=other)).findings] == ["", ""]


def test_percentages_rounded_twice(check):
    ledger = check(one("61.9%", 747, ", count: c", ", {id: c, value: '462', type: count, group: drug}"))
    sentence = (
        "462 of the 747 patients (Drug) make 61.9% only if rounded twice: "
        "462/747 = 61.847%, rounded to 61.85% and then again."
    )
    assert judged(ledger) == ("reproduced-if", "462/747 = 61.85%", sentence)
    assert ledger.row("x").condition == "rounded twice"
    assert codes(ledger) == [("percentage.rounded_twice", "warning", ("x", "c"))]


@pytest.mark.parametrize(("x", "verdict"), [(61_844, "contradicted"), (61_845, "reproduced-if")])
def test_percentages_rounded_twice_ends_at_the_second_half(check, x, verdict):
    # 61.844 is 61.84 and then 61.8: no rounding makes it 61.9.
    ledger = check(one("61.9%", 100_000, ", count: c", f", {{id: c, value: '{x}', type: count, group: drug}}"))
    assert judged(ledger)[0] == verdict


# Other denominators


def test_percentages_of_the_group_instead(check):
    ledger = check(one("54.2%", extra=", {id: y, value: '16.7%', type: proportion, group: drug, of: x, outcome: harm}"))
    row = ledger.row("y")
    assert (row.verdict, row.condition, row.recomputed) == (
        "reproduced-if",
        "of the 24 patients (Drug)",
        "4/24 = 16.67%",
    )
    assert codes(ledger) == [("percentage.other_denominator", "warning", ("y", "drug.n"))]
    assert row.why == (
        "No number of the 13 patients (x) makes 16.7%: 2 make 15.4% and 3 make 23.1%. "
        "It would be 4 of the 24 patients (Drug)."
    )


def test_percentages_of_the_whole_instead(check):
    ledger = check(
        "groups: {all: {label: All, n: all.n, parts: [drug, placebo]}}\n"
        "patients: {all: 42, drug: 24, placebo: 18}\n"
        "claims: [{id: x, value: '16.7%', type: proportion, group: placebo},"
        " {id: y, value: '11.9%', type: proportion, group: placebo}]"
    )
    assert ledger.row("x").verdict == "reproduced"
    assert ledger.row("y").condition == "of the 42 patients (All)"


def test_percentages_other_denominator_without_power_says_so(check):
    ledger = check(
        "groups: {all: {label: All, n: all.n, parts: [drug]}}\npatients: {all: 400, drug: 13}\n"
        "claims: [{id: x, value: 17%, type: proportion, group: drug}]"
    )
    # 400 patients would explain any percentage, and so explain none.
    assert ledger.row("x").verdict == "contradicted"
    finding = next(i.finding for i in ledger.findings if i.finding.code == "percentage.impossible")
    assert finding.explanations.endswith("Of the 400 patients (All) every percentage with these digits is possible.")


# A share of a percentage


def test_percentages_share_of_a_percentage(check):
    more = ", {id: y, value: '30.8%', type: proportion, of: x}"
    assert judged(check(one("54.2%", more=", outcome: relapse", extra=more)), "y") == (
        "reproduced",
        "4/13 = 30.77%",
        "4 of the 13 patients with relapse make 30.8%.",
    )


def test_percentages_share_of_a_percentage_that_allows_several_counts(check):
    # 17% of 120 patients are 20 or 21; only 20 can have 15%.
    row = judged(check(one("17%", 120, extra=", {id: y, value: '15%', type: proportion, of: x}")), "y")
    assert row == (
        "possible",
        "3/20 = 15.0%",
        "3 of the 20 patients (x) make 15%, but 17% allows other numbers of patients as well.",
    )


def test_percentages_share_of_several_counts_which_all_fit(check):
    row = judged(check(one("17%", 120, extra=", {id: y, value: '5%', type: proportion, of: x}")), "y")
    assert row[:2] == ("reproduced", "1/20 = 5.0% or 1/21 = 4.8%")


def test_percentages_share_of_several_counts_of_which_none_fits(check):
    # Of the whole group of 120 patients, however, every percentage is possible.
    row = judged(check(one("17%", 120, extra=", {id: y, value: '7%', type: proportion, of: x}")), "y")
    assert row[0] == "contradicted"


def test_percentages_share_of_an_impossible_percentage_not_applicable(check):
    row = judged(check(one("17%", 13, extra=", {id: y, value: '50%', type: proportion, of: x}")), "y")
    assert row == ("unchecked", None, "The figure that it is a share of (17%) does not itself hold.")


def test_percentages_share_that_leaves_too_many_counts_not_applicable(check):
    more = ", {id: y, value: '50%', type: proportion, of: x}, {id: z, value: '50%', type: proportion, of: y}"
    ledger = check(one("50%", 10**15, extra=more))
    reason = "The figure that it is a share of (50%) leaves too many possible numbers of patients."
    assert judged(ledger, "y") == judged(ledger, "z") == ("unchecked", None, reason)
    assert judged(ledger)[0] == "possible"


# A reported count


def test_percentages_of_a_reported_count(check):
    ledger = check(one("91.7%", more=", count: c", extra=", {id: c, value: '22', type: count, group: drug}"))
    assert judged(ledger)[:2] == ("reproduced", "22/24 = 91.67%")
    assert judged(ledger, "c") == ("reproduced", "22", "91.7% of the 24 patients (Drug) is 22 patients.")
    assert codes(ledger) == []


def test_percentages_of_a_reported_count_in_a_large_group(check):
    ledger = check(one("50%", 240, ", count: c", ", {id: c, value: '121', type: count, group: drug}"))
    assert judged(ledger)[:2] == ("reproduced", "121/240 = 50.4%")
    assert ledger.row("c").verdict == "possible"


def test_percentages_of_another_count(check):
    ledger = check(one("50.0%", more=", count: c", extra=", {id: c, value: '22', type: count, group: drug}"))
    assert judged(ledger) == ("contradicted", "22/24 = 91.67%", "22 of the 24 patients (Drug) make 91.7%, not 50.0%.")
    assert codes(ledger) == [("percentage.mismatch", "contradiction", ("x", "c"))]
    assert ledger.row("c").verdict == "possible"


def test_percentages_of_a_count_with_missing_patients(check):
    ledger = check(one("95.7%", more=", count: c", extra=", {id: c, value: '22', type: count, group: drug}"))
    assert "it would be possible with 23 patients." in ledger.findings[0].finding.explanations


def test_percentages_of_a_count_above_n(check):
    ledger = check(one("100%", more=", count: c", extra=", {id: c, value: '25', type: count, group: drug}"))
    assert judged(ledger) == ("contradicted", None, "25 is more than the 24 patients (Drug).")
    assert judged(ledger, "c")[0] == "contradicted"
    assert {code for code, _, _ in codes(ledger)} == {"percentage.mismatch", "subset.larger"}
    assert all("events" in item.finding.explanations for item in ledger.findings)


@pytest.mark.parametrize("n", [10**7, 10**15, 10**30])
def test_percentages_huge_groups_come_to_an_end(check, n):
    count = ", {id: c, value: '7', type: count, group: drug}"
    assert judged(check(one("50%", n, ", count: c", count)))[0] == "contradicted"
    assert judged(check(one("12.3456789%", n)))[0] in ("possible", "contradicted")


@settings(deadline=None, max_examples=150)
@given(st.integers(1, 300), st.data(), st.integers(0, 3), st.booleans())
def test_percentages_of_a_true_count_are_never_contradicted(check, n, data, decimals, with_count):
    x = data.draw(st.integers(0, n))
    value = show(Fraction(100 * x, n), decimals) + "%"
    count = f", {{id: c, value: '{x}', type: count, group: drug}}" if with_count else ""
    ledger = check(one(value, n, ", count: c" if with_count else "", count))
    assert ledger.row("x").verdict in ("reproduced", "possible")
    assert ledger.findings == ()
    assert with_count <= (ledger.row("x").verdict == "reproduced")


@settings(deadline=None, max_examples=100)
@given(st.integers(1, 300), st.data(), st.integers(0, 3))
def test_percentages_cut_off_from_a_true_count_are_never_contradicted(check, n, data, decimals):
    x = data.draw(st.integers(0, n))
    value = show(Fraction(100 * x * 10**decimals // n, 10**decimals), decimals) + "%"
    assert check(one(value, n)).row("x").verdict != "contradicted"
