import pytest

SCALE = "scales: {pain: {label: Pain, minimum: 0, maximum: 100}}\n"


def change(first, second, value):
    return (
        f"{SCALE}patients: {{drug: 24}}\n"
        f"claims: [{{id: a, value: '{first}', type: mean_sd, group: drug}},"
        f" {{id: b, value: '{second}', type: mean_sd, group: drug}},"
        f" {{id: c, value: '{value}', type: mean_sd, group: drug, change: true, compares: [a, b]}}]"
    )


def found(ledger):
    return [item.finding.code for item in ledger.findings if item.finding.severity != "note"]


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("-4.50±5.10", "reproduced"),
        ("4.50±5.10", "reproduced"),
        ("+4.50±5.10", "reproduced-if"),
        ("-4.51±5.10", "possible"),
        ("-4.6±5.1", "contradicted"),
    ],
)
def test_change_of_the_mean(check, value, verdict):
    ledger = check(change("7.46±6.26", "2.96±3.64", value))
    assert ledger.row("c").verdict == verdict
    expected = {"contradicted": ["change.mean"], "reproduced-if": ["change.sign"]}
    assert found(ledger) == expected.get(verdict, [])


# Gauhar 2016, in the tests of the R package recalc: 6.77, 7.45, 13.01 imply r = −.673; 14.58, 7.79, 13.01 imply .458.
@pytest.mark.parametrize(
    ("first", "second", "sd", "codes"),
    [
        ("10.0±14.58", "8.0±7.79", "13.01", []),
        ("10.0±6.77", "8.0±7.45", "13.01", ["change.negative_correlation"]),
        ("10.0±8.0", "8.0±5.0", "2.0", ["change.spread"]),  # above 1
        ("10.0±8.0", "8.0±5.0", "13.5", ["change.spread"]),  # below −1
        ("10.0±5.0", "8.0±8.0", "6.0", []),
    ],
)
def test_change_of_the_sd(check, first, second, sd, codes):
    assert found(check(change(first, second, f"-2.0±{sd}"))) == codes


def test_change_without_sds_is_judged_by_its_mean_alone(check):
    assert check(change("7.46", "2.96", "-4.50")).row("c").verdict == "reproduced"
