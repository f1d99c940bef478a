import pytest

WHOLE = "scales: {pain: {label: Pain, minimum: 0, maximum: 10, step: 1}}\n"


def figures(*claims, n=24, scale=""):
    listed = ", ".join(
        f"{{id: c{i}, value: '{value}', type: {kind}, group: drug, outcome: age{more}}}"
        for i, (value, kind, more) in enumerate(claims)
    )
    return f"{scale}patients: {{drug: {n}}}\nclaims: [{listed}]"


def contradictions(ledger):
    return [item.finding.code for item in ledger.findings if item.finding.severity == "contradiction"]


@pytest.mark.parametrize(
    ("claims", "codes"),
    [
        ([("4-18", "range", "")], []),
        ([("18-4", "range", "")], ["range.order"]),
        ([("-0.7 to -3.7", "confidence_interval", "")], []),  # by their magnitude
        ([("-0.7 to -3.7", "range", "")], []),
        ([("0.7 to -3.7", "confidence_interval", "")], ["range.order"]),
        ([("-3.15 (-2.67, -3.56)", "median_iqr", "")], []),
        ([("-4.15 (-2.67, -3.56)", "median_iqr", "")], ["range.order"]),
        ([("6 (4-18)", "median_iqr", "")], []),
        ([("20 (4-18)", "median_iqr", "")], ["range.order"]),
        ([("6 (18-4)", "median_iqr", "")], ["range.order"]),
        ([("7.46 (5.1 to 9.8)", "mean_sd", ", spread: ci95")], []),
        ([("7.46 (8.1 to 9.8)", "mean_sd", ", spread: ci95")], ["range.order"]),
        ([("7.46 (8.1 to 9.8)", "mean_sd", ", spread: iqr")], []),  # a mean may lie outside the quartiles
    ],
)
def test_range_order_of_one_figure(check, claims, codes):
    assert contradictions(check(figures(*claims))) == codes


def test_range_by_magnitude_is_a_warning(check):
    ledger = check(figures(("-0.7 to -3.7", "range", "")))
    assert ("range.turned", "warning") in [(item.finding.code, item.finding.severity) for item in ledger.findings]
    assert ledger.row("c0").verdict == "possible"


def test_range_holds_its_median(check):
    ledger = check(figures(("6", "median_iqr", ""), ("4-18", "range", "")))
    assert [ledger.row(name).verdict for name in ("c0", "c1")] == ["possible", "possible"]
    assert ledger.row("c0").why == "The median 6 lies inside the range 4-18."


@pytest.mark.parametrize("median", ["2", "20", "6 (2-12)", "6 (5-20)"])
def test_range_does_not_hold_its_median_or_quartiles(check, median):
    ledger = check(figures((median, "median_iqr", ""), ("4-18", "range", "")))
    assert contradictions(ledger) == ["range.outside"]


def test_range_of_other_figures_is_left_alone(check):
    other = check(figures(("3", "median_iqr", ", time: later"), ("4-18", "range", ", time: before")))
    assert contradictions(other) == []


def test_range_mean_that_median_and_range_do_not_allow(check):
    # Of 5 values 0, ≤2, 2, ≤20, 20 at most 44/5 = 8.8; at least 0, 0, 2, 2, 20: 4.8.
    claims = [("9.9±8.0", "mean_sd", ""), ("2", "median_iqr", ""), ("0-20", "range", "")]
    ledger = check(figures(*claims, n=5))
    assert contradictions(ledger) == ["mean.median_and_range"]
    assert contradictions(check(figures(("8.8±8.0", "mean_sd", ""), *claims[1:], n=5))) == []


@pytest.mark.parametrize(
    ("value", "n", "codes"),
    [
        ("6", 24, []),
        ("6.5", 24, []),
        ("6.5", 25, ["granularity.median"]),
        ("6.3", 24, ["granularity.median"]),
        ("6", 25, []),
    ],
)
def test_range_median_of_whole_steps(check, value, n, codes):
    assert contradictions(check(figures((value, "median_iqr", ", scale: pain"), n=n, scale=WHOLE))) == codes


@pytest.mark.parametrize(("value", "codes"), [("2-9", []), ("2.5-9", ["granularity.range"]), ("2.0-9.0", [])])
def test_range_ends_are_single_scores(check, value, codes):
    assert contradictions(check(figures((value, "range", ", scale: pain"), scale=WHOLE))) == codes
