import pytest


def judged(ledger, claim):
    row = ledger.row(claim)
    return row.verdict, row.why


def codes(ledger):
    return [(item.finding.code, item.finding.severity, item.finding.claims) for item in ledger.findings]


def counted(value, more=""):
    return f"patients: {{drug: 24}}\nclaims: [{{id: x, value: '{value}', type: count, group: drug{more}}}]"


@pytest.mark.parametrize("value", ["0", "23", "24"])
def test_subsets_count_within_its_group(check, value):
    ledger = check(counted(value))
    why = "No other figure determines this count; it is not more than the 24 patients (Drug)."
    assert judged(ledger, "x") == ("possible", why)
    assert codes(ledger) == []


def test_subsets_count_above_its_group(check):
    ledger = check(counted("25"))
    assert judged(ledger, "x") == ("contradicted", "25 is more than the 24 patients (Drug).")
    assert codes(ledger) == [("subset.larger", "contradiction", ("x", "drug.n"))]
    assert "events" in ledger.findings[0].finding.explanations


def test_subsets_events_may_outnumber_patients(check):
    ledger = check(counted("36", ", unit: events"))
    assert judged(ledger, "x") == ("unchecked", "This counts events, whose number the 24 patients (Drug) do not limit.")
    assert codes(ledger) == []


def test_subsets_women_are_patients(check):
    assert judged(check(counted("25", ", unit: women")), "x")[0] == "contradicted"


def test_subsets_count_without_group_not_applicable(check):
    ledger = check("claims: [{id: x, value: '25', type: count}]")
    assert judged(ledger, "x") == (
        "unchecked",
        "This count is reported on its own; no other figure determines it.",
    )


def within(part, whole, kind, group=""):
    return (
        "patients: {drug: 24}\n"
        f"claims: [{{id: whole, value: '{whole}', type: {kind}, outcome: response{group}}},"
        f" {{id: part, value: '{part}', type: {kind}, outcome: full response, within: whole{group}}}]"
    )


@pytest.mark.parametrize(("part", "verdict"), [("12", "possible"), ("13", "possible"), ("14", "contradicted")])
def test_subsets_counts_within_without_group(check, part, verdict):
    ledger = check(within(part, "13", "count"))
    assert ledger.row("part").verdict == verdict
    assert [code for code, _, _ in codes(ledger)] == (["subset.larger"] if verdict == "contradicted" else [])


def test_subsets_percentages_within_by_counts(check):
    ledger = check(within("58.3%", "54.2%", "proportion", ", group: drug"))
    assert codes(ledger) == [("subset.larger", "contradiction", ("part", "whole"))]
    sentence = "Full response (58.3%) is a part of response (54.2%), yet larger."
    assert ledger.findings[0].finding.sentence == sentence
    assert ledger.row("part").verdict == "contradicted"


def test_subsets_percentages_within_fit(check):
    ledger = check(within("50%", "54.2%", "proportion", ", group: drug"))
    assert ledger.row("part").verdict == "reproduced"
    assert codes(ledger) == []


@pytest.mark.parametrize(("part", "verdict"), [("54.3%", "possible"), ("54.4%", "contradicted")])
def test_subsets_percentages_within_without_n_honour_rounding(check, part, verdict):
    # 54.3 may stand for 54.25, and so may 54.2.
    assert check(within(part, "54.2%", "proportion")).row("part").verdict == verdict


def test_subsets_percentages_of_different_wholes_not_compared(check):
    ledger = check(
        "claims: [{id: a, value: '10', type: count}, {id: whole, value: 20%, type: proportion},"
        " {id: part, value: 40%, type: proportion, of: a, within: whole}]"
    )
    assert ledger.row("part").verdict == "reproduced"
    assert codes(ledger) == []


def test_subsets_group_part_larger_than_whole(check):
    ledger = check("groups: {all: {label: All, n: all.n, parts: [drug]}}\npatients: {all: 20, drug: 24}")
    assert ("subset.larger", "contradiction", ("drug.n", "all.n")) in codes(ledger)
    assert ledger.row("drug.n").verdict == "contradicted"
    assert "The group “Drug” (24) is a part of “All” (20), yet larger." in ledger.row("drug.n").why
