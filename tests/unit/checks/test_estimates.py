import pytest

HEAD = "patients: {drug: 24, placebo: 18}\n"
SCALE = "scales: {pain: {label: Pain, minimum: 0, maximum: 100}}\n"


def counts(*claims, x1=22, x2=10):
    listed = ", ".join(claims)
    return (
        f"{HEAD}claims: [{{id: a, value: '{x1}', type: count, group: drug}},"
        f" {{id: b, value: '{x2}', type: count, group: placebo}}, {listed}]"
    )


def estimate(value, measure="", more=""):
    named = f", measure: {measure}" if measure else ""
    return f"{{id: e, value: '{value}', type: estimate, compares: [a, b]{named}{more}}}"


def interval(value, more=", of: e"):
    return f"{{id: ci, value: '{value}', type: confidence_interval{more}}}"


def judged(ledger, claim="e"):
    row = ledger.row(claim)
    return row.verdict, row.recomputed, row.condition


def codes(ledger, *severities):
    wanted = severities or ("contradiction", "warning")
    return [item.finding.code for item in ledger.findings if item.finding.severity in wanted]


# 22/24 against 10/18: RR 1.65 (log interval 1.07 to 2.54), OR 8.8 (1.58 to 49.2), RD .361 (Newcombe .096 to .588).


@pytest.mark.parametrize(
    ("value", "measure", "shown"),
    [
        ("1.65", "RR", "1.650"),
        ("RR 1.7", "", "1.65"),
        ("8.80", "OR", "8.800"),
        ("36.1%", "RD", "36.11%"),
        ("0.36", "RD", "0.361"),
        ("1.65", "", "1.650"),
    ],
)
def test_estimate_reproduced(check, value, measure, shown):
    assert judged(check(counts(estimate(value, measure)))) == ("reproduced", shown, None)


@pytest.mark.parametrize(
    ("value", "measure", "code", "condition"),
    [
        ("0.61", "RR", "estimate.turned", "the second against the first"),
        ("-36%", "RD", "estimate.turned", "the second against the first"),
        ("8.80", "RR", "estimate.other", "it is an odds ratio"),
        ("1.65", "OR", "estimate.other", "it is a relative risk"),
        ("8.7", "OR", "estimate.mismatch", None),
    ],
)
def test_estimate_departures(check, value, measure, code, condition):
    ledger = check(counts(estimate(value, measure)))
    verdict = "reproduced-if" if condition else "contradicted"
    assert (ledger.row("e").verdict, ledger.row("e").condition) == (verdict, condition)
    assert codes(ledger, "contradiction", "warning", "note") == [code]


def test_estimate_cut_off(check):
    # 13 of 24 against 8 of 18 is 1.21875.
    ledger = check(counts(estimate("1.21", "RR"), x1=13, x2=8))
    assert judged(ledger) == ("reproduced-if", "1.219", "cut off instead of rounded")


def test_estimate_of_rounded_percentages(check):
    # 1/24 against 17/18 is .0441; of 4% and 94% it is .0426.
    text = (
        f"{HEAD}claims: [{{id: a, value: 4%, type: proportion, group: drug}},"
        f" {{id: b, value: 94%, type: proportion, group: placebo}}, {estimate('0.043', 'RR')}]"
    )
    ledger = check(text)
    assert judged(ledger)[2] == "of the rounded percentages"
    assert codes(ledger) == ["estimate.rounded"]


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        (estimate("1.65", "HR"), "times or on a model"),
        (estimate("1.2", "OR", ", adjusted: true"), "adjusted"),
        (estimate("aOR 1.2"), "adjusted"),
        ("{id: e, value: '1.65', type: estimate, measure: RR}", "not reported"),
    ],
)
def test_estimate_not_applicable(check, claim, why):
    row = check(counts(claim)).row("e")
    assert row.verdict == "unchecked"
    assert why in row.why


def means(*claims, each=""):
    listed = ", ".join(claims)
    return (
        f"{SCALE}patients: {{drug: 50, placebo: 48}}\n"
        f"claims: [{{id: a, value: '10.30±3.12', type: mean_sd, group: drug{each}}},"
        f" {{id: b, value: '8.71±2.80', type: mean_sd, group: placebo{each}}}, {listed}]"
    )


# Difference 1.59, Student −> .400 to 2.780, pooled SD 2.9675: d = .5358, g = .5316.
@pytest.mark.parametrize(
    ("value", "measure", "verdict"),
    [
        ("1.59", "MD", "reproduced"),
        ("1.6", "MD", "reproduced"),
        ("1.60", "MD", "possible"),
        ("1.62", "MD", "contradicted"),
        ("-1.59", "MD", "reproduced-if"),
        ("0.536", "SMD", "reproduced"),
        ("0.532", "SMD", "reproduced"),
        ("0.60", "SMD", "contradicted"),
    ],
)
def test_estimate_of_means(check, value, measure, verdict):
    assert judged(check(means(estimate(value, measure))))[0] == verdict


# Confidence intervals


@pytest.mark.parametrize("value", ["1.07-2.54", "95% CI 1.07 to 2.54", "1.1-2.5"])
def test_interval_of_a_relative_risk(check, value):
    row = check(counts(estimate("1.65", "RR"), interval(value))).row("ci")
    assert row.verdict == "reproduced"
    assert row.method == "Log (Katz)"


def test_interval_of_an_odds_ratio_and_a_difference(check):
    assert judged(check(counts(estimate("8.80", "OR"), interval("1.58 to 49.2"))), "ci")[0] == "reproduced"
    ledger = check(counts(estimate("36.1%", "RD"), interval("9.6% to 58.8%")))
    assert judged(ledger, "ci")[:2] == ("reproduced", "9.61% to 58.76%")


def test_interval_of_a_proportion(check):
    text = (
        f"{HEAD}claims: [{{id: e, value: 91.7%, type: proportion, group: drug}},"
        " {id: ci, value: 'VALUE', type: confidence_interval, of: e}]"
    )
    wilson = check(text.replace("VALUE", "74.2% to 97.7%"))
    assert judged(wilson, "ci")[:2] == ("reproduced", "74.15% to 97.68%")
    exact = check(text.replace("VALUE", "73.0% to 99.0%"))
    assert (exact.row("ci").verdict, exact.row("ci").method) == ("reproduced", "Clopper–Pearson exact")
    assert judged(check(text.replace("VALUE", "60.0% to 99.0%")), "ci")[0] == "contradicted"
    assert judged(check(text.replace("'VALUE'", "73.0% to 99.0%, method: Wilson")), "ci")[2] == (
        "by the method Clopper–Pearson exact instead of the named one (Wilson)"
    )


def test_interval_of_a_mean(check):
    # 7.46 ± t(23) × 6.26/√24 = 4.817 to 10.103.
    text = (
        "patients: {drug: 24}\nclaims: [{id: e, value: '7.46±6.26', type: mean_sd, group: drug},"
        " {id: ci, value: 'VALUE', type: confidence_interval, of: e}]"
    )
    assert judged(check(text.replace("VALUE", "4.82-10.10")), "ci")[0] == "reproduced"
    assert judged(check(text.replace("VALUE", "4.96-9.96")), "ci")[0] == "reproduced"  # normal quantile
    assert judged(check(text.replace("VALUE", "4.81-10.11")), "ci")[0] == "possible"
    ledger = check(text.replace("VALUE", "5.27-9.65"))
    assert judged(ledger, "ci")[2] == "it is a 90% interval"
    assert codes(ledger) == ["interval.other_level"]
    assert judged(check(text.replace("VALUE", "6.1-8.8")), "ci")[0] == "contradicted"


def test_interval_of_a_difference_of_means(check):
    # Student: 1.59 ± 1.9850 × .5997 → .40 to 2.78.
    assert judged(check(means(estimate("1.59", "MD"), interval("0.40 to 2.78"))), "ci")[0] == "reproduced"
    assert judged(check(means(estimate("1.59", "MD"), interval("0.10 to 3.08"))), "ci")[0] == "contradicted"


def test_interval_of_an_adjusted_estimate_is_not_applicable(check):
    ledger = check(counts(estimate("1.9", "OR", ", adjusted: true"), interval("1.2-3.0")))
    assert judged(ledger, "ci")[0] == "possible"  # the estimate lies inside: no more can be said
    assert codes(ledger) == []


# Estimate, interval and P value together


HAZARD = (
    "claims: [{id: e, value: 'HR 0.72', type: estimate}, {id: ci, value: '0.56-0.93', type: confidence_interval, of: e}"
)


@pytest.mark.parametrize(
    ("p", "verdict"),
    [
        ("P=.01", "reproduced"),  # z = ln .72 / (ln(.93/.56)/3.92) = −2.539: P = .0111
        ("P=.011", "reproduced"),
        ("P=.012", "possible"),
        ("P<.05", "reproduced"),
        ("P=.0056", "possible"),  # by the half of the interval that is narrower
        ("P=.0050", "reproduced-if"),  # one-sided
        ("P=.04", "reproduced-if"),  # of a 90% interval
        ("P=.049", "unchecked"),  # both below 5%: another test may have given it
        ("P=.4", "contradicted"),
    ],
)
def test_coherence_of_p(check, p, verdict):
    for of in ("e", "ci"):
        ledger = check(f"{HAZARD}, {{id: p, value: '{p}', type: p_value, of: {of}}}]")
        assert judged(ledger, "p")[0] == verdict


def test_coherence_decision(check):
    ledger = check(f"{HAZARD}, {{id: p, value: 'P=.4', type: p_value, of: e}}]")
    assert codes(ledger) == ["interval.p_value"]
    assert "disagree about significance" in ledger.findings[0].finding.sentence


def test_coherence_estimate_without_its_sign_is_a_warning(check):
    lowering = (
        "patients: {drug: 40}\nclaims: [{id: e, value: '32', type: estimate, measure: MD, unit: '%'}, "
        "{id: ci, value: '95% CI -40, -22', type: confidence_interval, of: e}]"
    )
    ledger = check(lowering)
    assert codes(ledger) == ["interval.sign"]
    assert judged(ledger, "ci")[0] == "possible"
    assert codes(check(lowering.replace("'32'", "'52'"))) == ["interval.outside"]


def test_coherence_estimate_outside_its_interval(check):
    ledger = check(HAZARD.replace("0.56-0.93", "0.76-0.93") + "]")
    assert judged(ledger)[0] == judged(ledger, "ci")[0] == "contradicted"
    assert codes(ledger) == ["interval.outside"]


def test_coherence_off_the_middle_is_a_note(check):
    ledger = check(HAZARD.replace("0.56-0.93", "0.56-1.10") + "]")
    assert judged(ledger)[0] == "possible"
    assert codes(ledger, "note") == ["interval.asymmetric"]
    assert codes(ledger) == []


def test_coherence_of_p_without_an_interval(check):
    text = "claims: [{id: e, value: 'HR 0.72', type: estimate}, {id: p, value: 'P=.01', type: p_value, of: e}]"
    assert judged(check(text), "p")[0] == "unchecked"


def test_interval_in_the_wrong_order(check):
    assert "range.turned" in codes(check(HAZARD.replace("0.56-0.93", "0.93-0.56") + "]"))
    assert "range.order" in codes(check(HAZARD.replace("0.56-0.93", "0.63-0.56") + "]"))


def test_interval_of_an_odds_ratio_as_r_stops(check):
    # 9 of 13 against 4 of 14: the exact conditional limits are .8472 and 40.437; R's fisher.test prints 40.447.
    text = (
        "patients: {drug: 13, placebo: 14}\nclaims: [{id: a, value: '9', type: count, group: drug},"
        " {id: b, value: '4', type: count, group: placebo},"
        " {id: e, value: '5.62', type: estimate, measure: OR, compares: [a, b]},"
        " {id: ci, value: 'VALUE', type: confidence_interval, of: e, method: exact}]"
    )
    assert judged(check(text.replace("VALUE", "0.847-40.437")), "ci")[0] == "reproduced"
    assert judged(check(text.replace("VALUE", "0.847-40.447")), "ci")[0] == "possible"
    assert judged(check(text.replace("VALUE", "0.847-42.447")), "ci")[0] == "contradicted"


def test_coherence_of_a_p_for_interaction_is_not_applicable(check):
    ledger = check(f"{HAZARD}, {{id: p, value: 'p for interaction = .4', type: p_value, of: e}}]")
    assert judged(ledger, "p")[0] == "unchecked"
    assert codes(ledger) == []


def test_interval_with_a_rounded_quantile(check):
    # 24/51 against 1/7: Woolf's upper limit is 47.523 with 1.959964, and 47.526 with 1.96.
    text = (
        "patients: {drug: 51, placebo: 7}\nclaims: [{id: a, value: '24', type: count, group: drug},"
        " {id: b, value: '1', type: count, group: placebo},"
        " {id: e, value: '5.33', type: estimate, measure: OR, compares: [a, b]},"
        " {id: ci, value: 'VALUE', type: confidence_interval, of: e}]"
    )
    assert judged(check(text.replace("VALUE", "0.60-47.52")), "ci")[0] == "reproduced"
    assert judged(check(text.replace("VALUE", "0.60-47.53")), "ci")[0] == "reproduced"
    assert judged(check(text.replace("VALUE", "0.60-47.55")), "ci")[0] == "contradicted"


# What a methodologist's review found


def test_coherence_of_a_difference_by_its_t_distribution(check):
    # 4 and 4 patients, t(6) = 8.90: P = .00011; by the normal distribution it would be below 10⁻¹².
    text = (
        "patients: {drug: 4, placebo: 4}\nclaims: [{id: a, value: '20.0±1.3', type: mean_sd, group: drug},"
        " {id: b, value: '12.0±1.2', type: mean_sd, group: placebo},"
        " {id: e, value: '8.0', type: estimate, measure: MD, compares: [a, b]},"
        " {id: ci, value: '5.8 to 10.2', type: confidence_interval, of: e},"
        " {id: p, value: 'P=.0001', type: p_value, of: e}]"
    )
    ledger = check(text)
    assert judged(ledger, "p")[0] in ("reproduced", "possible")
    assert judged(ledger, "ci")[0] == "reproduced"


@pytest.mark.parametrize("value", ["73.0% to 99.0%", "73.0-99.0", "0.730 to 0.990"])
def test_interval_of_a_percentage_with_the_sign_elsewhere(check, value):
    text = (
        f"{HEAD}claims: [{{id: e, value: 91.7%, type: proportion, group: drug}},"
        f" {{id: ci, value: '{value}', type: confidence_interval, of: e}}]"
    )
    assert judged(check(text), "ci")[0] == "reproduced"


def test_risk_difference_in_points_without_a_sign(check):
    ledger = check(counts(estimate("36.1", "RD"), interval("9.6 to 58.8")))
    assert judged(ledger)[0] == judged(ledger, "ci")[0] == "reproduced"


def test_interval_of_a_turned_estimate(check):
    ledger = check(counts(estimate("0.11", "OR"), interval("0.02-0.63")))
    assert judged(ledger)[2] == "the second against the first"
    assert judged(ledger, "ci")[2] == "the second figure is set against the first"
    assert codes(ledger) == []


def test_estimate_conditional_odds_ratio_of_r(check):
    ledger = check(counts(estimate("8.31", "OR")))
    assert judged(ledger)[:2] == ("reproduced", "8.312")


def test_estimate_with_half_a_patient_added(check):
    # 0 of 24 against 5 of 18: ½·13.5/(24.5·5.5) = .0501.
    ledger = check(counts(estimate("0.050", "OR"), x1=0, x2=5))
    assert judged(ledger)[2] == "½ is added to each cell, one of which is empty"


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("AOR 0.45", "unchecked"),
        ("adj. OR 0.45", "unchecked"),
        ("ARR 36.1%", "reproduced"),
        ("NNT 2.8", "reproduced"),
        ("NNT 3", "reproduced"),
        ("NNT 4", "contradicted"),
        ("RRR 40%", "unchecked"),
        ("IRR 0.70", "unchecked"),
    ],
)
def test_estimate_by_the_measure_that_it_prints(check, value, verdict):
    assert judged(check(counts(estimate(value))))[0] == verdict


def test_interval_with_limits_cut_off(check):
    # Katz: 1.07 to 2.54.
    ledger = check(counts(estimate("1.65", "RR"), interval("1.0-2.5")))
    assert judged(ledger, "ci")[2] == "its limits are cut off instead of rounded"


def test_coherence_disagreement_about_significance_is_always_said(check):
    text = HAZARD.replace("0.72", "0.71").replace("0.56-0.93", "0.50-1.01")
    ledger = check(f"{text}, {{id: p, value: 'P=.04', type: p_value, of: e}}]")
    assert codes(ledger) == ["interval.decision"]


def test_estimate_and_interval_of_standard_errors_that_pass_for_sds(check):
    # SDs of 3.18 and 2.77: pooled 2.988, d = .532; 1.59 ± 1.985 × .6038.
    text = means(estimate("0.532", "SMD"), "{id: md, value: '1.59', type: estimate, measure: MD, compares: [a, b]}",
                 "{id: ci, value: '0.39 to 2.79', type: confidence_interval, of: md}")  # fmt: skip
    ledger = check(text.replace("±3.12", "±0.45").replace("±2.80", "±0.40"))
    assert judged(ledger)[2] == "the figures after ± are standard errors, not SDs"
    assert judged(ledger, "ci")[0] == "reproduced-if"
    assert "contradiction" not in {item.finding.severity for item in ledger.findings}


def test_interval_with_a_percent_sign_that_its_estimate_lacks(check):
    text = (
        "claims: [{id: e, value: '41.7', type: estimate, measure: OR}, "
        "{id: ci, value: '29.1–55.1%', type: confidence_interval, of: e}]"
    )
    assert codes(check(text)) == []
    assert codes(check(text.replace("41.7", "61.7"))) == ["interval.outside"]
