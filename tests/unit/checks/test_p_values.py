from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evidence_brief.agree import rounded
from evidence_brief.checks.tried import show_p
from evidence_brief.printed import show
from evidence_brief.stats.two_by_two import TESTS

TWO_SIDED = [test for test in TESTS if test.sides == 2]
P = {test.key: test.p for test in TESTS}


def counts(x1, n1, x2, n2, p, more=""):
    return (
        f"patients: {{drug: {n1}, placebo: {n2}}}\n"
        f"claims: [{{id: a, value: '{x1}', type: count, group: drug}},"
        f" {{id: b, value: '{x2}', type: count, group: placebo}},"
        f" {{id: p, value: '{p}', type: p_value, compares: [a, b]{more}}}]"
    )


def shares(p1, n1, p2, n2, p, more=""):
    return (
        counts(f"{p1}', type: proportion, unit: '%", n1, p2, n2, p, more)
        .replace(f"'{p2}', type: count", f"'{p2}', type: proportion")
        .replace("type: proportion, unit: '%', type: count", "type: proportion")
    )


def judged(ledger, claim="p"):
    row = ledger.row(claim)
    return row.verdict, row.recomputed, row.condition


def why(ledger):
    return ledger.row("p").why


def codes(ledger):
    return [(item.finding.code, item.finding.severity, item.finding.claims) for item in ledger.findings]


SEED = (22, 24, 10, 18)  # Pearson .0065, Fisher .0104, one-sided Fisher .0090, Yates .0186


# Without a named test


def test_p_values_reproduced(check):
    ledger = check(counts(*SEED, "P=.007"))
    assert judged(ledger) == ("reproduced", "0.0065", None)
    assert why(ledger) == "Pearson χ² and 3 other tests give 0.0065 to 0.0072."
    assert codes(ledger) == []
    trials = {trial.method: (trial.result, trial.prints) for trial in ledger.row("p").trials}
    assert len(trials) == len(TESTS)
    assert trials["Pearson χ²"] == ("0.0065", "yes")
    assert trials["Fisher exact"] == ("0.0104", "no")
    assert trials["Fisher exact, one-sided"] == ("0.0090", "no")


def test_p_values_contradicted(check):
    ledger = check(counts(12, 24, 8, 18, "P=.28"))
    assert judged(ledger) == ("contradicted", "0.649 to 0.965", None)
    assert codes(ledger) == [("p_value.mismatch", "contradiction", ("p", "a", "b"))]
    finding = ledger.findings[0].finding
    assert finding.sentence == (
        "P=.28 cannot be reproduced from 12 of 24 (Drug) against 8 of 18 (Placebo): conventional two-sided tests "
        "give 0.649 to 0.965, and no one-sided test gives it either. The conclusion at 5% stays the same."
    )
    assert "log-rank" in finding.explanations
    assert finding.numbers == {"lowest": "0.648638", "highest": "0.965105"}


def test_p_values_one_sided(check):
    # Mid-P, one-sided, is .0049; no two-sided test prints .005.
    ledger = check(counts(*SEED, "P=.0049"))
    assert judged(ledger) == ("reproduced-if", "0.00493", "one-sided")
    assert why(ledger) == "Only a one-sided test prints this P value: Mid-P, one-sided gives 0.00493."
    assert codes(ledger) == [("p_value.one_sided", "warning", ("p", "a", "b"))]


def test_p_values_cut_off(check):
    assert judged(check(counts(12, 24, 8, 18, "P=.764")))[0] == "reproduced"  # Fisher: .76379
    ledger = check(counts(12, 24, 8, 18, "P=.763"))
    assert judged(ledger) == ("reproduced-if", "0.7638", "cut off instead of rounded")
    assert why(ledger) == "Fisher exact gives 0.7638, printed as reported only if cut off, not rounded."
    assert codes(ledger) == [("p_value.truncated", "warning", ("p", "a", "b"))]


@pytest.mark.parametrize(
    ("p", "verdict"),
    [
        ("P<.05", "reproduced"),
        ("P≤.01", "reproduced"),
        ("P<.0001", "contradicted"),
        ("P>.05", "contradicted"),
        ("NS", "contradicted"),
        ("P=.000", "contradicted"),
        ("P>.01", "reproduced"),
        ("P=.01", "reproduced"),
        ("P=.99", "contradicted"),
    ],
)
def test_p_values_relations(check, p, verdict):
    assert judged(check(counts(*SEED, p)))[0] == verdict


@pytest.mark.parametrize("p", ["P=1.00", "P=1", "P>.99", "NS", "P≥1"])
def test_p_values_of_equal_proportions(check, p):
    assert judged(check(counts(5, 10, 5, 10, p)))[0] == "reproduced"


@pytest.mark.parametrize("p", ["P=1.00", "NS"])
def test_p_values_without_any_event(check, p):
    # Tests without a variance are left out; the exact ones give 1.
    ledger = check(counts(0, 10, 0, 12, p))
    assert judged(ledger)[0] == "reproduced"
    assert "Pearson χ²" not in {trial.method for trial in ledger.row("p").trials}


def test_p_values_of_all_against_none(check):
    assert judged(check(counts(10, 10, 0, 10, "P=.000")))[0] == "reproduced"
    assert judged(check(counts(10, 10, 0, 10, "P<.001")))[0] == "reproduced"


def test_p_values_below_zero_read_as_zero(check):
    ledger = check(counts(10, 10, 0, 10, "P<.000"))
    assert judged(ledger)[0::2] == ("reproduced-if", "read as P=.000")
    assert codes(ledger)[0][:2] == ("p_value.zero", "warning")
    assert judged(check(counts(5, 10, 5, 10, "P<.000")))[0] == "contradicted"


@pytest.mark.parametrize("p", ["P=1.2", "P=-.03", "P>1"])
def test_p_values_outside(check, p):
    ledger = check(counts(*SEED, p))
    assert judged(ledger) == ("contradicted", None, None)
    assert codes(ledger) == [("p_value.outside", "contradiction", ("p",))]


def test_p_values_below_one_is_vague_but_true(check):
    assert judged(check(counts(*SEED, "P<1.2")))[0] == "reproduced"


# With a named test


def named(check, p, test, table=SEED):
    return check(counts(*table, p, f", test: '{test}'"))


def test_p_values_named_test(check):
    ledger = named(check, "P=.010", "Fisher exact test")
    assert judged(ledger) == ("reproduced", "0.0104", None)
    assert why(ledger) == "Fisher exact gives 0.0104."


def test_p_values_another_test_than_named(check):
    ledger = named(check, "P=.0065", "Fisher exact test")
    assert judged(ledger)[0] == "reproduced-if"
    assert ledger.row("p").condition == "with Pearson χ² and z, pooled instead of the named test (Fisher exact test)"
    assert codes(ledger) == [("p_value.other_test", "warning", ("p", "a", "b"))]
    assert why(ledger).endswith("the source names “Fisher exact test”, which gives 0.01036 to 0.01806.")


def test_p_values_named_test_one_sided(check):
    # .0090 is the one-sided Fisher P, and Boschloo's two-sided one (.0091) prints .009 as well.
    ledger = named(check, "P=.009", "Fisher exact test")
    assert judged(ledger) == ("reproduced-if", "0.0090", "one-sided")
    assert why(ledger) == (
        "The named test (Fisher exact test) prints this P value only one-sided: Fisher exact, one-sided gives 0.0090."
    )


def test_p_values_named_one_sided_test(check):
    assert judged(named(check, "P=.009", "one-sided Fisher exact test")) == ("reproduced", "0.0090", None)


def test_p_values_named_test_and_no_test_prints_it(check):
    assert judged(named(check, "P=.3", "Fisher exact test"))[0] == "contradicted"


@pytest.mark.parametrize("test", ["log-rank test", "logistic regression", "chi-square test for trend"])
def test_p_values_unknown_named_test(check, test):
    ledger = named(check, "P=.3", test)
    assert judged(ledger) == ("unchecked", None, None)
    assert f"The named test ({test}) cannot be computed from these figures." in why(ledger)
    assert codes(ledger) == []


def test_p_values_unknown_named_test_and_another_prints_it(check):
    ledger = named(check, "P=.007", "log-rank test")
    assert judged(ledger)[0] == "reproduced-if"
    assert codes(ledger) == [("p_value.other_test", "note", ("p", "a", "b"))]


def test_p_values_unknown_named_test_is_not_called_one_sided(check):
    assert judged(named(check, "P=.0049", "log-rank test"))[0] == "unchecked"


# The conclusion at 5%


@pytest.mark.parametrize(
    ("table", "p", "words"),
    [
        ((12, 24, 8, 18), "P<.05", "The conclusion changes: at 5% the difference is not significant."),
        ((12, 24, 8, 18), "P=.01", "The conclusion changes: at 5% the difference is not significant."),
        ((12, 24, 8, 18), "P=.05", "At 5% the difference is not statistically significant."),
        ((12, 24, 8, 18), "P=.3", "The conclusion at 5% stays the same."),
        (SEED, "P>.05", "The conclusion changes: at 5% the difference is significant."),
        (SEED, "NS", "The conclusion changes: at 5% the difference is significant."),
        (SEED, "P<.001", "The conclusion at 5% stays the same."),
        ((15, 30, 7, 30), "P=.5", "Whether the difference is statistically significant at 5% depends on the test."),
    ],
)
def test_p_values_conclusion(check, table, p, words):
    ledger = check(counts(*table, p))
    assert judged(ledger)[0] == "contradicted"
    assert ledger.findings[0].finding.sentence.endswith(words)


def test_p_values_that_depend_on_the_test(check):
    ledger = check(counts(15, 30, 7, 30, "P=.03"))  # Pearson .032, Fisher .060
    assert judged(ledger)[0] == "reproduced"
    assert codes(ledger) == [("p_value.depends_on_test", "note", ("p", "a", "b"))]
    sentence = ledger.findings[0].finding.sentence
    assert sentence.startswith("Whether this result (P=.03) is significant at 5% depends on the test: ")


@pytest.mark.parametrize("p", ["P<.05", "P>.05", "NS"])
def test_p_values_either_side_of_5_percent_may_be_reproduced(check, p):
    assert judged(check(counts(15, 30, 7, 30, p)))[0] == "reproduced"


# Percentages that leave several tables, and limits of work


def test_p_values_of_percentages(check):
    assert judged(check(shares("91.7%", 24, "55.6%", 18, "P=.007")))[0] == "reproduced"


def test_p_values_that_only_some_counts_give(check):
    # 50% of 240 are 119 to 121, and 40% of 150 are 60.
    ledger = check(shares("50%", 240, "40%", 150, "P=.054"))
    assert judged(ledger)[0] == "possible"
    assert why(ledger).endswith("stand for several values; only some of them give the reported P value.")
    assert judged(check(shares("50%", 240, "40%", 150, "P>.01")))[0] == "reproduced"
    ledger = check(shares("50%", 240, "40%", 150, "P=.9"))
    assert judged(ledger)[0] == "contradicted"
    assert "from 50% of 240 (Drug) against 60 of 150 (Placebo): " in ledger.findings[0].finding.sentence


@pytest.mark.parametrize("n", [1600, 10**6, 10**15])
def test_p_values_of_percentages_that_leave_too_many_tables(check, n):
    ledger = check(shares("50%", n, "40%", n, "P=.054"))
    reason = "The printed percentages leave too many possible counts of patients to say what the P value is."
    assert judged(ledger) == ("unchecked", None, None)
    assert why(ledger) == reason


def test_p_values_of_several_large_tables_leave_exact_tests_out(check):
    ledger = check(shares("50%", 430, "40%", 420, "P=.003"))  # 25 pairs of tables
    assert judged(ledger)[0] in ("reproduced", "possible")
    assert "Barnard, pooled" not in {trial.method for trial in ledger.row("p").trials}


@pytest.mark.parametrize("n", [10**5, 10**15, 10**40])
def test_p_values_of_huge_groups_come_to_an_end(check, n):
    ledger = check(counts(n // 2, n, n // 2, n, "P=1.00"))
    assert judged(ledger)[0] == "reproduced"
    assert "Fisher exact" not in {trial.method for trial in ledger.row("p").trials}


def test_p_values_named_test_that_takes_too_long(check):
    n = 10**5
    table = (n // 2, n, n // 2 + 500, n)  # Pearson .0253
    ledger = named(check, "P=.025", "Fisher exact test", table)
    assert judged(ledger)[0] == "possible"
    assert why(ledger).startswith("The named test (Fisher exact test) cannot be computed for these figures; Pearson χ²")
    assert judged(named(check, "P=.5", "Fisher exact test", table))[0] == "unchecked"


def test_p_values_between_those_of_large_groups_not_contradicted(check):
    table = (300, 600, 270, 610)
    low, high = P["pearson"](*table), P["yates"](*table)
    between = show(Fraction(low + (high - low) * 0.6), 6)
    ledger = check(counts(*table, f"P={between}"))
    assert judged(ledger)[0] == "possible"
    ledger = check(counts(*table, "P=.9"))
    assert judged(ledger)[0] == "contradicted"
    assert "Exact tests that take too long for so many patients were left out." in ledger.findings[0].finding.sentence


# Not applicable


def compared(claims, p, groups="", patients="drug: 24, placebo: 18"):
    return f"{groups}\npatients: {{{patients}}}\nclaims: [{claims}, {{id: p, value: 'P=.03', type: p_value{p}}}]"


A = "{id: a, value: '12', type: count, group: drug}"
B = "{id: b, value: '8', type: count, group: placebo}"
MEANS = "{id: a, value: 7.4±1, type: mean_sd, group: drug}, {id: b, value: 6.1±1, type: mean_sd, group: placebo}"


@pytest.mark.parametrize(
    ("claims", "p", "reason"),
    [
        (A, "", "The figures that this P value compares are not reported."),
        (f"{A}, {B}", ", compares: [a, b], paired: true", "The two figures are not of the same known number"),
        (MEANS, ", compares: [a, b], paired: true", "The two means are of different numbers of patients"),
        (MEANS, ", compares: [a, b], adjusted: true", "It is of a model (covariates"),
        (
            MEANS.replace("mean_sd", "median_iqr").replace("±1", " (6-9)"),
            ", compares: [a, b]",
            "A comparison of medians",
        ),
        (
            f"{A}, {B}, {{id: c, value: '3', type: count, group: placebo}}",
            ", compares: [a, b, c]",
            "The two figures share patients",
        ),
        (
            f"{A}, {{id: b, value: '8', type: count, group: drug}}",
            ", compares: [a, b]",
            "The two figures share patients",
        ),
        (
            f"{A}, {{id: b, value: '8', type: count}}",
            ", compares: [a, b]",
            "Of how many patients 8 is, is not known. The number of patients whom it is of is not reported.",
        ),
        (f"{A}, {{id: b, value: '19', type: count, group: placebo}}", ", compares: [a, b]", "19 does not fit"),
        (
            f"{A}, {{id: b, value: 45%, type: proportion, group: placebo}}",
            ", compares: [a, b]",
            "45% does not fit its number of patients.",
        ),
        (
            f"{A}, {{id: b, value: '9', type: count, unit: events, group: placebo}}",
            ", compares: [a, b]",
            "9 counts events, not patients",
        ),
        (
            "{id: a, value: 50%, type: proportion, of: drug.n}, {id: b, value: 25%, type: proportion, of: drug.n}",
            ", compares: [a, b]",
            "The two figures are of the same patients",
        ),
        (
            f"{A}, {{id: b, value: 25%, type: proportion, group: drug, of: a}}",
            ", compares: [a, b]",
            "The two figures are of the same group, and nothing says",
        ),
    ],
)
def test_p_values_not_applicable(check, claims, p, reason):
    ledger = check(compared(claims, p))
    assert judged(ledger) == ("unchecked", None, None)
    assert why(ledger).startswith(reason)
    assert not [code for code, _, _ in codes(ledger) if code.startswith("p_value")]


def test_p_values_of_an_empty_group_not_applicable(check):
    ledger = check(counts(0, 0, 5, 10, "P=.03"))
    assert judged(ledger)[0] == "unchecked"
    assert why(ledger) == "Of how many patients 0 is, is not known. It is of no patients (n = 0)."


@pytest.mark.parametrize(
    "groups",
    [
        "groups: {drug: {parts: [placebo]}}",
        "groups: {drug: {parts: [some]}, some: {label: S, parts: [placebo]}}",
        "groups: {drug: {parts: [some]}, placebo: {parts: [some]}, some: {label: Some}}",
    ],
)
def test_p_values_of_groups_that_share_patients_not_applicable(check, groups):
    ledger = check(compared(f"{A}, {B}", ", compares: [a, b]", groups))
    assert judged(ledger)[0] == "unchecked"
    assert why(ledger).startswith("The two figures share patients")


# Laws


def test_rounded_takes_a_decimal_for_what_it_is():
    assert rounded(0.0065) == Fraction(13, 2000)
    assert Fraction(0.0065) != Fraction(13, 2000)
    assert rounded(0.1 + 0.2) == Fraction(3, 10)


@pytest.mark.parametrize(
    ("p", "decimals", "text"), [(0.0065, 3, "0.007"), (0.00004, 4, "<0.0001"), (0.00005, 4, "0.0001"), (1.0, 2, "1.00")]
)
def test_show_p(p, decimals, text):
    assert show_p(p, decimals) == text


@settings(deadline=None, max_examples=150)
@given(st.integers(1, 40), st.integers(1, 40), st.data(), st.sampled_from(TWO_SIDED), st.integers(2, 4))
def test_p_values_of_a_conventional_test_are_reproduced(check, n1, n2, data, test, decimals):
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    assume((p := test.p(x1, n1, x2, n2)) is not None)
    printed = f"P={show(Fraction(p), decimals)}"
    assert judged(check(counts(x1, n1, x2, n2, printed)))[0] == "reproduced"
    if test.names:
        ledger = check(counts(x1, n1, x2, n2, printed, f', test: "{test.names[0]}"'))
        assert judged(ledger)[0] == "reproduced"


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 40), st.integers(1, 40), st.data(), st.sampled_from(TWO_SIDED), st.integers(2, 4))
def test_p_values_cut_off_from_a_conventional_test_are_never_contradicted(check, n1, n2, data, test, decimals):
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    assume((p := test.p(x1, n1, x2, n2)) is not None)
    cut = Fraction(int(rounded(p) * 10**decimals), 10**decimals)
    assert judged(check(counts(x1, n1, x2, n2, f"P={show(cut, decimals)}")))[0] != "contradicted"
