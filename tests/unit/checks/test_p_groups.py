import pytest

THREE = (
    "patients: {one: 20, two: 20, three: 20}\n"
    "claims: [{id: a, value: '5', type: count, group: one}, {id: b, value: '10', type: count, group: two},"
    " {id: c, value: '15', type: count, group: three}, {id: p, value: 'VALUE', type: p_value, compares: [a, b, c]MORE}]"
)
# χ² = 10 with 2 df: P = exp(−5) = .00674; Cochran–Armitage: z² = 10, 1 df: P = .00157.


def judged(ledger):
    return ledger.row("p").verdict, ledger.row("p").condition


@pytest.mark.parametrize(
    ("p", "more", "verdict"),
    [
        ("P=.007", "", "reproduced"),
        ("P=.0067", "", "reproduced"),
        ("P=.2", "", "contradicted"),
        ("P=.0016", "", "contradicted"),  # of a trend, which nobody named
        ("P=.0016", ", test: chi-square test for trend", "reproduced"),
        ("P=.007", ", test: Fisher exact test", "reproduced-if"),
        ("P=.007", ", test: log-rank test", "reproduced-if"),
        ("P=.2", ", test: log-rank test", "unchecked"),
    ],
)
def test_p_of_three_proportions(check, p, more, verdict):
    assert judged(check(THREE.replace("VALUE", p).replace("MORE", more)))[0] == verdict


def test_p_of_three_proportions_shows_each_test(check):
    row = check(THREE.replace("VALUE", "P=.007").replace("MORE", "")).row("p")
    assert [trial.method for trial in row.trials] == [
        "Pearson χ²",
        "Likelihood ratio χ²",
        "Fisher–Freeman–Halton exact",
    ]
    assert row.recomputed == "0.0067"


def test_p_of_three_proportions_without_events_is_1_by_the_exact_test_alone(check):
    text = THREE.replace("'5'", "'0'").replace("'10'", "'0'").replace("'15'", "'0'")
    row = check(text.replace("VALUE", "P=1").replace("MORE", "")).row("p")
    assert (row.verdict, row.method) == ("reproduced", "Fisher–Freeman–Halton exact")


def grid(*counts, p="P=.09"):
    cells = [("one", "mild"), ("one", "fair"), ("one", "bad"), ("two", "mild"), ("two", "fair"), ("two", "bad")]
    claims = ", ".join(
        f"{{id: c{i}, value: '{x}', type: count, group: {group}, outcome: {outcome}}}"
        for i, ((group, outcome), x) in enumerate(zip(cells, counts, strict=True))
    )
    return (
        "patients: {one: 30, two: 30}\n"
        f"claims: [{claims}, {{id: p, value: '{p}', type: p_value, compares: [c0, c1, c2, c3, c4, c5]}}]"
    )


def test_p_of_categories(check):
    # 15, 10, 5 against 8, 10, 12: χ² = 49/23 + 0 + 49/17 = 5.0128, 2 df, P = .0816.
    assert judged(check(grid(15, 10, 5, 8, 10, 12, p="P=.08")))[0] == "reproduced"
    assert judged(check(grid(15, 10, 5, 8, 10, 12, p="P=.8")))[0] == "contradicted"


def test_p_of_categories_that_leave_patients_out_is_not_applicable(check):
    row = check(grid(15, 10, 4, 8, 10, 12)).row("p")
    assert row.verdict == "unchecked"
