import pytest


def whole(value, first="6.2±1.0", second="7.4±1.2", n=(30, 11, 41), more=""):
    return (
        f"patients: {{all: {n[2]}, one: {n[0]}, two: {n[1]}}}\ngroups: {{all: {{parts: [one, two]}}}}\n"
        f"claims: [{{id: a, value: '{first}', type: mean_sd, group: one, outcome: score}},"
        f" {{id: b, value: '{second}', type: mean_sd, group: two, outcome: score}},"
        f" {{id: m, value: '{value}', type: mean_sd, group: all, outcome: score{more}}}]"
    )


def contradictions(ledger):
    return [item.finding.code for item in ledger.findings if item.finding.severity == "contradiction"]


# INSPECT-SR, item 4.10: 6.2 of 30 and 7.4 of 11 make 6.522 of 41, not 7.3. All together have the SD 1.173.


@pytest.mark.parametrize(
    ("value", "verdict"),
    [
        ("6.5±1.2", "reproduced"),
        ("6.52±1.17", "reproduced"),
        ("6.56±1.17", "possible"),
        ("7.3±1.2", "contradicted"),
        ("6.5±0.8", "contradicted"),
        ("6.5±1.9", "contradicted"),
    ],
)
def test_combined_mean_and_sd(check, value, verdict):
    ledger = check(whole(value))
    assert ledger.row("m").verdict == verdict
    assert contradictions(ledger) == (["mean.of_parts"] if verdict == "contradicted" else [])


def test_combined_says_what_the_parts_make(check):
    row = check(whole("6.5±1.2")).row("m")
    assert row.recomputed == "6.52±1.17"
    assert [figure.name for figure in row.figures] == ["mean of the parts", "SD of the parts"]


def test_combined_not_applicable_where_patients_are_missing(check):
    text = whole("7.3±1.2", n=(30, 11, 50))
    assert "mean.of_parts" not in contradictions(check(text))


def test_combined_not_applicable_at_another_time(check):
    assert contradictions(check(whole("7.3±1.2", more=", time: later"))) == []
