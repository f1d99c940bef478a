import pytest

SCALE = "scales: {pain: {label: Pain, minimum: 0, maximum: 10}}\n"


def mean(value, n=24, more="scale: pain, outcome: pain", extra="", scale=SCALE):
    return (
        f"{scale}patients: {{drug: {n}}}\n"
        f"claims: [{{id: m, value: '{value}', type: mean_sd, group: drug, {more}}}{extra}]"
    )


def contradictions(ledger):
    return [item.finding.code for item in ledger.findings if item.finding.severity == "contradiction"]


@pytest.mark.parametrize(
    ("value", "n", "codes"),
    [
        ("5.0±2.0", 24, []),
        ("5.0±5.1", 24, []),  # half at 0, half at 10: 5.108
        ("5.0±5.2", 24, ["spread.too_large"]),
        ("9.0±3.1", 24, ["spread.too_large"]),
        ("9.0±4.2", 2, ["spread.too_large"]),
        ("0.0±0.0", 24, []),
    ],
)
def test_spread_between_the_ends_of_a_scale(check, value, n, codes):
    assert contradictions(check(mean(value, n))) == codes


def test_spread_says_how_large_it_can_be(check):
    ledger = check(mean("5.0±5.2"))
    assert ledger.row("m").recomputed == "SD at most 5.11"
    assert ledger.findings[0].finding.numbers == {"largest SD": "5.11"}


def test_spread_negative(check):
    assert contradictions(check(mean("5.0±-0.3"))) == ["spread.negative"]


def test_spread_printed_as_standard_error_would_be_possible_as_sd(check):
    ledger = check(mean("5.0±2.0", more="scale: pain, outcome: pain, spread: se"))
    assert contradictions(ledger) == ["spread.too_large"]
    assert "if it were a SD, the SD would be 2.00" in ledger.findings[0].finding.explanations


def test_spread_of_values_that_reach_both_ends(check):
    seen = ", {id: r, value: '2-30', type: range, group: drug, outcome: age}"
    # 24 values whose ends are at least 29.5 − 2.5 apart have an SD of at least 27/√46 = 3.98.
    assert contradictions(check(mean("15.0±4.0", more="outcome: age", extra=seen))) == []
    ledger = check(mean("15.0±1.2", more="outcome: age", extra=seen))
    assert contradictions(ledger) == ["spread.too_small"]
    assert ledger.row("m").recomputed == "SD at least 3.98"
    assert (
        "If it were a standard error, the SD would be 5.88, which is possible."
        in ledger.findings[0].finding.explanations
    )


def test_spread_larger_than_the_printed_range_allows(check):
    seen = ", {id: r, value: '2-30', type: range, group: drug, outcome: age}"
    assert contradictions(check(mean("15.0±16.1", more="outcome: age", extra=seen))) == ["spread.too_large"]


def test_mean_outside_its_range(check):
    seen = ", {id: r, value: '2-30', type: range, group: drug, outcome: age}"
    assert "mean.outside_range" in contradictions(check(mean("31.0±4.1", more="outcome: age", extra=seen)))


def test_spread_of_skewed_values_is_a_note(check):
    ledger = check(mean("3.0±2.9"))
    assert [item.finding.code for item in ledger.findings] == ["spread.skewed"]
    assert ledger.findings[0].finding.severity == "note"
    assert check(mean("5.0±2.0")).findings == ()


def test_spread_of_values_skewed_at_the_top_is_a_note(check):
    (item,) = check(mean("9.2±1.5")).findings
    assert (item.finding.code, item.finding.severity) == ("spread.skewed", "note")


def test_spread_not_applicable_without_patients(check):
    ledger = check(f"{SCALE}claims: [{{id: m, value: '5.0±9.9', type: mean_sd, scale: pain}}]")
    assert contradictions(ledger) == []
    assert ledger.row("m").verdict == "unchecked"


STEPS = "scales: {pain: {label: Pain, minimum: 0, maximum: 10, step: 1}}\n"
WHOLE = "scales: {score: {label: Score, step: 1}}\n"
BINARY = "scales: {yes: {label: Yes, minimum: 0, maximum: 1, step: 1}}\n"


@pytest.mark.parametrize(
    ("scale", "value", "n", "codes"),
    [
        # 62 of 18: the squares would have to make 317, and 62 is even; cut off they make 318.
        (WHOLE, "3.44±2.47", 18, []),
        (WHOLE, "3.50±0.53", 10, []),
        (WHOLE, "3.50±0.54", 10, ["granularity.grimmer"]),
        # 9 of 10 at 1: the mean .9 has the SD .316, and no other.
        (BINARY, "0.90±0.32", 10, []),
        (BINARY, "0.90±0.41", 10, ["granularity.grimmer", "spread.too_large"]),
        (BINARY, "0.50±0.45", 10, ["granularity.grimmer"]),
    ],
)
def test_existence_of_scores(check, scale, value, n, codes):
    name = "yes" if "yes" in scale else "score"
    ledger = check(mean(value, n, more=f"scale: {name}, outcome: score", scale=scale))
    assert sorted(contradictions(ledger)) == codes


def test_existence_of_a_population_sd(check):
    # 1 and 3: the SD is 1.41 with n − 1, and 1 with n.
    ledger = check(mean("2.0±1.0", 2, more="scale: score, outcome: score", scale=WHOLE))
    row = ledger.row("m")
    assert (row.verdict, row.condition) == (
        "reproduced-if",
        "the SD is that of a population (n below the sum of squares, not n − 1)",
    )


def test_existence_explains_with_finer_steps_or_fewer_patients(check):
    ledger = check(mean("3.50±0.54", 10, more="scale: score, outcome: score", scale=WHOLE))
    assert "would fit" in ledger.findings[0].finding.explanations
