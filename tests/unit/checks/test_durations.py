import pytest


def period(value, kind, limit="48", more="", unit="months", patients=24):
    return (
        f"patients: {{drug: {patients}}}\n"
        f"claims: [{{id: time, value: '{limit}', type: duration, unit: months, group: drug, outcome: follow-up}},"
        f" {{id: b, value: '{value}', type: {kind}, unit: {unit}, group: drug, outcome: time without relapse,"
        f" within: time}}{more}]"
    )


def findings(ledger):
    return [item.finding for item in ledger.findings if item.finding.severity == "contradiction"]


@pytest.mark.parametrize(
    ("value", "kind", "unit", "verdict"),
    [
        ("35", "duration", "months", "possible"),
        ("48", "duration", "months", "possible"),
        ("49", "duration", "months", "possible"),  # both may be 48.5
        ("50", "duration", "months", "contradicted"),
        ("4", "duration", "years", "possible"),
        ("5", "duration", "years", "contradicted"),
        ("35 (20-50)", "median_iqr", "months", "contradicted"),
        ("20-47", "range", "months", "possible"),
        ("20-52", "range", "months", "contradicted"),
        ("35", "duration", "weeks", "unchecked"),
    ],
)
def test_duration_within_a_period(check, value, kind, unit, verdict):
    ledger = check(period(value, kind, unit=unit))
    assert ledger.row("b").verdict == verdict
    assert [f.code for f in findings(ledger)] == (["duration.longer"] if verdict == "contradicted" else [])


def test_duration_mean_with_a_possible_sd(check):
    ledger = check(period("38.5±14.3", "mean_sd"))
    assert ledger.row("b").verdict == "possible"
    assert "can have an SD of up to 19.0" in ledger.row("b").why


def test_duration_mean_with_an_impossible_sd(check):
    # 24 durations of 0 to 48 with the mean 38.5: 19 of 48, one of 12, four of 0 have the largest SD, 19.04.
    ledger = check(period("38.5±34.3", "mean_sd"))
    assert (ledger.row("b").verdict, ledger.row("b").recomputed) == ("contradicted", "SD at most 19.0")
    (finding,) = findings(ledger)
    assert finding.code == "duration.spread"
    assert finding.sentence == (
        "Time without relapse 38.5±34.3: times between 0 and 48 months with this mean can have an SD of at most 19.0."
    )
    assert "some patients were followed for 69.0 months or longer" in finding.explanations


def test_duration_median_follow_up_of_all_shows_that_the_period_is_no_limit(check):
    text = (
        period("38.5±34.3", "mean_sd")
        .replace("{drug: 24}", "{all: 42, drug: 24, other: 18}")
        .replace(
            "claims: [",
            "groups: {all: {parts: [drug, other]}}\nclaims: [{id: median, value: '76', type: median_iqr, unit: months,"
            " group: all, outcome: follow-up}, ",
        )
    )
    found = {item.finding.code: item.finding for item in check(text).findings}
    finding = found["duration.follow_up"]
    assert (finding.severity, finding.claims) == ("warning", ("time", "median"))
    assert finding.sentence == (
        "The median follow-up of the 42 patients (All) is 76 months: at least 21 of them were followed so long, and "
        "only 18 are not among the 24 patients (Drug). So 48 months cannot have been the longest time for all of these."
    )


def test_duration_median_follow_up_that_the_others_allow(check):
    # 18 of 36 may well have been followed for 76 months and more.
    text = (
        period("38.5±14.3", "mean_sd", patients=18)
        .replace("{drug: 18}", "{all: 36, drug: 18, other: 18}")
        .replace(
            "claims: [",
            "groups: {all: {parts: [drug, other]}}\nclaims: [{id: median, value: '76', type: median_iqr, unit:"
            " months, group: all, outcome: follow-up}, ",
        )
    )
    assert "duration.follow_up" not in {item.finding.code for item in check(text).findings}


def test_duration_sd_that_no_follow_up_allows(check):
    ledger = check(period("10±60", "mean_sd", patients=24))
    (finding,) = findings(ledger)
    assert "No follow-up, however long" in finding.explanations
