import pytest

TWO = (
    "patients: {drug: 50, placebo: 48}\n"
    "claims: [{id: a, value: '10.30±3.12', type: mean_sd, group: drug},"
    " {id: b, value: '8.71±2.80', type: mean_sd, group: placebo}, CLAIM]"
)
TABLE = (
    "patients: {drug: 24, placebo: 18}\n"
    "claims: [{id: a, value: '22', type: count, group: drug}, {id: b, value: '10', type: count, group: placebo}, CLAIM]"
)


def statistic(text, value, more="compares: [a, b]"):
    return text.replace("CLAIM", f"{{id: s, value: '{value}', type: test_statistic, {more}}}")


def judged(ledger, claim="s"):
    row = ledger.row(claim)
    return row.verdict, row.recomputed


def codes(ledger):
    return [item.finding.code for item in ledger.findings if item.finding.severity != "note"]


@pytest.mark.parametrize(
    ("text", "value", "verdict"),
    [
        (TWO, "t(96)=2.65", "reproduced"),  # 2.6514
        (TWO, "t(96)=-2.65", "reproduced"),
        (TWO, "t(96)=2.67", "possible"),
        (TWO, "t(96)=2.9", "contradicted"),
        (TABLE, "χ2(1)=7.39", "reproduced"),  # 7.3929 without, 5.5395 with Yates' correction
        (TABLE, "χ2(1)=5.54", "reproduced"),
        (TABLE, "χ2(1)=6.6", "contradicted"),
        (TABLE, "z=2.72", "reproduced"),
        (TABLE, "t(40)=2.72", "unchecked"),
    ],
)
def test_statistic_of_two_groups(check, text, value, verdict):
    ledger = check(statistic(text, value))
    assert judged(ledger)[0] == verdict
    assert codes(ledger) == (["statistic.mismatch"] if verdict == "contradicted" else [])


def test_statistic_of_a_named_test(check):
    named = statistic(TABLE, "χ2(1)=5.54", 'compares: [a, b], test: "Pearson chi-square"')
    ledger = check(named)
    assert ledger.row("s").condition == "with Yates χ² instead of the named test (Pearson chi-square)"
    assert codes(ledger) == ["statistic.other_test"]


def test_statistic_of_several_means(check):
    text = (
        "patients: {one: 10, two: 10, three: 10}\nclaims: [{id: a, value: '5.0±1.0', type: mean_sd, group: one},"
        " {id: b, value: '6.0±1.0', type: mean_sd, group: two}, {id: c, value: '6.5±1.2', type: mean_sd, group: three},"
        " CLAIM]"
    )
    # Between 11.667/2, within 30.96/27.
    assert judged(check(statistic(text, "F(2, 27)=5.09", "compares: [a, b, c]")))[0] == "reproduced"
    assert judged(check(statistic(text, "F(2, 27)=9.9", "compares: [a, b, c]")))[0] == "contradicted"


@pytest.mark.parametrize("value", ["χ2(1)=-7.39", "F(1, 40)=-2.0"])
def test_statistic_that_is_never_negative(check, value):
    ledger = check(statistic(TABLE, value))
    assert judged(ledger)[0] == "contradicted"
    assert codes(ledger) == ["statistic.outside"]


def test_statistic_correlation_outside(check):
    ledger = check("claims: [{id: s, value: '1.2', type: correlation}]")
    assert judged(ledger)[0] == "contradicted"


def of(value, p, kind="test_statistic", more=""):
    return (
        "patients: {all: 30}\n"
        f"claims: [{{id: s, value: '{value}', type: {kind}, group: all}},"
        f" {{id: p, value: '{p}', type: p_value, of: s{more}}}]"
    )


# From statcheck's tests: t(28) = 2.20 has P = .0362. χ²(1) = 7.39 has .00656, F(2, 57) = 3.1 has .0527.
@pytest.mark.parametrize(
    ("value", "p", "verdict"),
    [
        ("t(28)=2.20", "p<.05", "reproduced"),
        ("t(28)=2.20", "p=.036", "reproduced"),
        ("t(28)=2.2", "p=.035", "possible"),  # 2.2 is 2.15 to 2.25
        ("t(28)=2.20", "p=.018", "reproduced-if"),
        ("t(28)=2.20", "p=.03", "reproduced-if"),  # cut off
        ("t(28)=2.20", "p=.01", "contradicted"),
        ("t(28)=2.20", "p=.06", "contradicted"),
        ("t(28)=2.20", "ns", "contradicted"),
        ("χ2(1)=7.39", "p=.007", "reproduced"),
        ("χ2(1)=7.39", "p=.0033", "contradicted"),  # χ² has no sides
        ("F(2, 57)=3.1", "p=.05", "reproduced"),
        ("F(2, 57)=3.1", "NS", "reproduced"),
        ("z=2.72", "P=.007", "reproduced"),
        ("t=2.20", "p=.036", "unchecked"),
        ("U=12", "p=.036", "unchecked"),
    ],
)
def test_p_of_a_statistic(check, value, p, verdict):
    assert judged(check(of(value, p)), "p")[0] == verdict


def test_p_of_a_statistic_across_five_per_cent_is_a_decision_error(check):
    assert codes(check(of("t(28)=2.20", "p=.06"))) == ["p_value.decision"]
    assert codes(check(of("t(28)=2.20", "p=.01"))) == ["p_value.mismatch"]


def test_p_of_a_named_one_sided_test(check):
    ledger = check(of("t(28)=2.20", "p=.018", more=", test: one-sided t-test"))
    assert judged(ledger, "p")[0] == "reproduced"
    assert judged(check(of("t(28)=2.20", "p=.036", more=", test: one-tailed t-test")), "p")[0] == "contradicted"


@pytest.mark.parametrize(
    ("value", "p", "verdict"),
    [("r(28)=.45", "P=.013", "reproduced"), (".45", "P=.013", "reproduced"), (".45", "P=.2", "contradicted")],
)
def test_p_of_a_correlation(check, value, p, verdict):
    # r = .45 of 30: t = 2.667 with 28 df, P = .0126.
    assert judged(check(of(value, p, "correlation")), "p")[0] == verdict


def test_p_of_a_mean_change(check):
    # −4.5 ± 5.1 of 30: t = −4.833, P = .00004.
    ledger = check(of("-4.5±5.1", "P<.001", "mean_sd"))
    assert judged(ledger, "p")[0] == "reproduced"
    assert judged(check(of("-4.5±5.1", "P=.01", "mean_sd")), "p")[0] == "contradicted"


def test_statistic_with_more_degrees_of_freedom_than_patients(check):
    assert codes(check(statistic(TWO, "t(96)=2.65"))) == []
    assert codes(check(statistic(TWO, "t(90.3)=2.65"))) == []  # Welch
    assert codes(check(statistic(TWO, "t(97)=2.65"))) == ["statistic.df"]


def test_statistic_n_minus_1_and_unpooled_z(check):
    # 7.3929 × 41/42 = 7.217; unpooled z = .3611/√(22·2/24³ + 10·8/18³) = 2.777.
    assert judged(check(statistic(TABLE, "χ2(1)=7.22")))[0] == "reproduced"
    assert judged(check(statistic(TABLE, "z=2.78")))[0] == "reproduced"


def test_statistic_with_other_degrees_of_freedom_is_reproduced_only_if(check):
    ledger = check(statistic(TABLE, "χ2(3)=7.39"))
    assert judged(ledger)[0] == "reproduced-if"
    assert codes(ledger) == ["statistic.df"]


@pytest.mark.parametrize("test", ["two-sided one-sample t test", "one sample t-test", "paired t test"])
def test_p_of_a_change_by_a_named_t_test(check, test):
    assert judged(check(of("-4.5±5.1", "P<.001", "mean_sd", f", test: {test}")), "p")[0] == "reproduced"


def test_p_of_a_change_by_a_test_of_ranks_is_not_applicable(check):
    text = of("-4.5±5.1", "P=.2", "mean_sd", ", test: Wilcoxon signed-rank test")
    assert judged(check(text), "p")[0] == "unchecked"


def test_p_corrected_for_several_tests_is_not_applicable(check):
    text = of("t(28)=2.20", "p=.11", more=", test: Bonferroni-corrected t test")
    assert judged(check(text), "p")[0] == "unchecked"


def test_p_of_spearmans_correlation_of_few_pairs_is_not_contradicted(check):
    assert judged(check(of("rs(5)=.786", "P=.048", "correlation")), "p")[0] == "unchecked"


def test_statistic_of_standard_errors_that_pass_for_sds(check):
    # As standard errors 10.30±.45 of 50 and 8.71±.40 of 48 are SDs of 3.18 and 2.77: t = 2.63.
    text = TWO.replace("10.30±3.12", "10.30±0.45").replace("8.71±2.80", "8.71±0.40")
    ledger = check(statistic(text, "t(96)=2.63"))
    assert (ledger.row("s").verdict, ledger.row("s").condition) == (
        "reproduced-if",
        "the figures after ± are standard errors, not SDs",
    )
    assert codes(ledger) == ["statistic.spread"]
