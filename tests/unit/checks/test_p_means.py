import pytest

# Two groups from the tests of the R package recalc: Student P = .0093776 (.0088448 to .0099373), Welch .0092325.
GROUPS = ("10.30±3.12", 50, "8.71±2.80", 48)
SCALE = "scales: {pain: {label: Pain, minimum: 0, maximum: 100}}\n"


def means(first, n1, second, n2, p, more="", each=""):
    return (
        f"{SCALE}patients: {{drug: {n1}, placebo: {n2}}}\n"
        f"claims: [{{id: a, value: '{first}', type: mean_sd, group: drug{each}}},"
        f" {{id: b, value: '{second}', type: mean_sd, group: placebo{each}}},"
        f" {{id: p, value: '{p}', type: p_value, compares: [a, b]{more}}}]"
    )


def judged(ledger, claim="p"):
    row = ledger.row(claim)
    return row.verdict, row.condition


def codes(ledger):
    return [item.finding.code for item in ledger.findings if item.finding.severity != "note"]


@pytest.mark.parametrize("p", ["P=.009", "P<.01", "P=.0094", "P<.05"])
def test_p_means_reproduced(check, p):
    ledger = check(means(*GROUPS, p))
    assert judged(ledger) == ("reproduced", None)
    assert codes(ledger) == []


def test_p_means_shows_the_range_that_the_digits_leave(check):
    row = check(means(*GROUPS, "P=.0094")).row("p")
    student, welch = row.trials[:2]
    assert (student.method, student.result, student.prints) == ("Student t", "0.00884 to 0.00994", "yes")
    assert (welch.method, welch.prints) == ("Welch t", "some")
    assert row.recomputed == "0.00884 to 0.00994"


def test_p_means_possible_at_other_digits(check):
    # .0089 is given by neither test at the printed values, and by both at values that print so.
    ledger = check(means(*GROUPS, "P=.0089"))
    assert judged(ledger) == ("possible", None)
    assert "only some of them give the reported P value" in ledger.row("p").why


def test_p_means_one_sided(check):
    assert judged(check(means(*GROUPS, "P=.0047"))) == ("reproduced-if", "one-sided")


def test_p_means_standard_errors_taken_for_sds(check):
    # As standard errors 10.30±.45 and 8.71±.40 are SDs of 3.18 and 2.77.
    ledger = check(means("10.30±0.45", 50, "8.71±0.40", 48, "P=.01"))
    assert judged(ledger) == ("reproduced-if", "the figures after ± are standard errors, not SDs")
    assert codes(ledger) == ["p_value.se"]


def test_p_means_of_standard_errors(check):
    assert judged(check(means("10.30±0.45", 50, "8.71±0.40", 48, "P=.01", each=", spread: se"))) == ("reproduced", None)


def test_p_means_contradicted(check):
    ledger = check(means(*GROUPS, "P=.02", ", test: t-test"))
    assert judged(ledger) == ("contradicted", None)
    assert codes(ledger) == ["p_value.mismatch"]
    finding = ledger.findings[0].finding
    assert finding.sentence.startswith(
        "P=.02 cannot be reproduced from 10.30±3.12 (n = 50, Drug) against 8.71±2.80 (n = 48, Placebo): conventional "
        "two-sided tests give 0.009 to 0.010"
    )
    assert "ranks" in finding.explanations


def test_p_means_near_without_a_named_test_is_a_warning(check):
    # A test of ranks, or an analysis adjusted for baseline, may give .02 where a t test gives .009.
    ledger = check(means(*GROUPS, "P=.02"))
    assert judged(ledger) == ("unchecked", None)
    assert codes(ledger) == ["p_value.unnamed_test"]


@pytest.mark.parametrize(("p", "code"), [("P=.0008", "p_value.mismatch"), ("P=.11", "p_value.decision")])
def test_p_means_far_without_a_named_test_is_contradicted(check, p, code):
    ledger = check(means(*GROUPS, p))
    assert judged(ledger) == ("contradicted", None)
    assert codes(ledger) == [code]


def test_p_means_across_five_per_cent_by_less_than_twice_is_a_warning(check):
    assert codes(check(means("10.30±3.12", 50, "9.11±2.80", 48, "P=.06"))) == ["p_value.unnamed_test"]


def test_p_means_contradicted_across_five_per_cent_is_a_decision_error(check):
    ledger = check(means(*GROUPS, "P=.2"))
    assert codes(ledger) == ["p_value.decision"]
    assert "The conclusion changes" in ledger.findings[0].finding.sentence


def test_p_means_skewed_without_a_named_test_is_not_contradicted(check):
    skewed = means("10.3±9.1", 50, "8.7±8.8", 48, "P=.001", each=", scale: pain")
    ledger = check(skewed)
    assert judged(ledger) == ("unchecked", None)
    assert "test of ranks" in ledger.row("p").why
    assert codes(ledger) == []
    named = check(skewed.replace("compares: [a, b]", "compares: [a, b], test: t-test"))
    assert judged(named) == ("contradicted", None)


@pytest.mark.parametrize(
    ("test", "verdict"),
    [
        ("Student's t-test", "reproduced"),
        ("unpaired t test", "reproduced"),
        ("Welch", "possible"),
        ("Mann-Whitney U test", "reproduced-if"),
    ],
)
def test_p_means_named_test(check, test, verdict):
    assert judged(check(means(*GROUPS, "P=.0094", f', test: "{test}"')))[0] == verdict


def test_p_means_named_test_that_cannot_be_computed(check):
    assert judged(check(means(*GROUPS, "P=.4", ", test: Mann-Whitney")))[0] == "unchecked"


def test_p_means_adjusted_is_not_applicable(check):
    assert judged(check(means(*GROUPS, "P=.4", ", adjusted: true")))[0] == "unchecked"


def test_p_means_without_spread_is_not_applicable(check):
    row = check(means("10.30", 50, "8.71", 48, "P=.4")).row("p")
    assert (row.verdict, row.why) == ("unchecked", "10.30 is printed without a standard deviation.")


THREE = (
    "patients: {one: 10, two: 10, three: 10}\n"
    "claims: [{id: a, value: '5.0±1.0', type: mean_sd, group: one},"
    " {id: b, value: '6.0±1.0', type: mean_sd, group: two},"
    " {id: c, value: '6.5±1.2', type: mean_sd, group: three},"
    " {id: p, value: 'VALUE', type: p_value, compares: [a, b, c]}]"
)


@pytest.mark.parametrize(
    # F = (5.833/2... SSB = 11.667, SSW = 30.96: F = 5.0872 with 2 and 27 df, P = .01337.
    ("p", "verdict"),
    [("P=.01", "reproduced"), ("P=.013", "reproduced"), ("P=.0140", "possible"), ("P=.2", "contradicted")],
)
def test_p_means_of_three_groups(check, p, verdict):
    assert judged(check(THREE.replace("VALUE", p)))[0] == verdict


def paired(first, second, n, p, more="", each=""):
    return (
        f"{SCALE}patients: {{drug: {n}}}\n"
        f"claims: [{{id: a, value: '{first}', type: mean_sd, group: drug, time: before{each}}},"
        f" {{id: b, value: '{second}', type: mean_sd, group: drug, time: after{each}}},"
        f" {{id: p, value: '{p}', type: p_value, compares: [a, b], paired: true{more}}}]"
    )


def test_p_paired_means_reproduced_for_every_correlation(check):
    # With r = −1 the SD of the changes is 2.62: t = 2.83/2.62 × √24 = 5.29, P = .00002.
    row = check(paired("6.71±1.6", "9.54±1.02", 24, "P<.001")).row("p")
    assert (row.verdict, row.recomputed) == ("reproduced", "<0.0001 for every r")


def test_p_paired_means_possible_with_a_correlation(check):
    # P = .001 needs t = 3.768, an SD of the changes of 5.851, and so r = .400.
    row = check(paired("7.46±6.26", "2.96±3.64", 24, "P<.001")).row("p")
    assert (row.verdict, row.recomputed) == ("possible", "r at least 0.40")
    assert [figure.name for figure in row.figures] == ["correlation"]


def test_p_paired_means_exact_p_needs_a_range_of_correlations(check):
    row = check(paired("7.46±6.26", "2.96±3.64", 24, "P=.001")).row("p")
    assert row.verdict == "possible"
    assert row.recomputed == "r 0.33 to 0.50"


def test_p_paired_means_contradicted_for_every_correlation(check):
    ledger = check(paired("10.0±2.0", "10.2±2.0", 20, "P<.0001", ", test: paired t-test"))
    assert judged(ledger)[0] == "possible"  # nearly perfect correlation
    ledger = check(paired("10.0±2.0", "10.2±3.0", 20, "P<.001", ", test: paired t-test"))
    assert judged(ledger)[0] == "contradicted"
    assert codes(ledger) == ["p_value.no_correlation"]


def test_p_paired_means_negative_correlation_is_a_warning(check):
    ledger = check(paired("10.0±2.0", "8.0±2.0", 20, "P=.02"))
    assert judged(ledger)[0] == "possible"
    assert codes(ledger) == ["p_value.negative_correlation"]


@pytest.mark.parametrize(
    ("first", "second", "more", "why"),
    [
        ("10.0±2.0", "8.0±2.0", ", test: Wilcoxon signed-rank", "cannot be computed"),
        ("10.0", "8.0±2.0", "", "without a standard deviation"),
        ("10.0±2.0", "8.0±0.0", "", "SD is 0"),
    ],
)
def test_p_paired_means_not_applicable(check, first, second, more, why):
    row = check(paired(first, second, 20, "P=.5", more)).row("p")
    assert row.verdict == "unchecked"
    assert why in row.why


def proportions(x1, x2, n, p, more=""):
    return (
        f"patients: {{all: {n}}}\n"
        f"claims: [{{id: a, value: '{x1}', type: count, group: all, time: before}},"
        f" {{id: b, value: '{x2}', type: count, group: all, time: after}},"
        f" {{id: lost, value: '6', type: count, group: all}}, {{id: won, value: '16', type: count, group: all}},"
        f" {{id: p, value: '{p}', type: p_value, compares: [a, b], paired: true{more}}}]"
    )


# Cavo 2012 by Fagerland: 59, 6, 16, 80: McNemar .033006, corrected .055009, exact .052479, mid-P .03469.
@pytest.mark.parametrize(
    ("p", "verdict"),
    [("P=.033", "reproduced"), ("P=.055", "reproduced"), ("P=.052", "reproduced"), ("P=.035", "reproduced")],
)
def test_p_paired_counts_with_discordant_pairs(check, p, verdict):
    ledger = check(proportions(65, 75, 161, p, ", discordant: [lost, won]"))
    assert judged(ledger)[0] == verdict


def test_p_paired_counts_contradicted(check):
    assert judged(check(proportions(65, 75, 161, "P=.2", ", discordant: [lost, won]")))[0] == "contradicted"


def test_p_paired_counts_of_margins_alone(check):
    # 10 more after than before: 0 and 10 changed at least, 65 and 75 at most.
    assert judged(check(proportions(65, 75, 161, "P=.033")))[0] == "possible"
    assert judged(check(proportions(65, 75, 161, "P=.0001")))[0] == "contradicted"


def test_p_means_of_three_groups_by_welch(check):
    # SDs of 1.0, 3.9 and 1.1: Welch's P is a thousandth of the ordinary one.
    text = THREE.replace("5.0±1.0", "5.0±1.0").replace("6.0±1.0", "5.9±3.9").replace("6.5±1.2", "6.9±1.1")
    row = check(text.replace("VALUE", "P=.004")).row("p")
    assert row.verdict == "reproduced"
    assert row.method == "Welch's analysis of variance"
