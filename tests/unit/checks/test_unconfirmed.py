"""A contradiction that rests on an unconfirmed reading is a warning until a person confirms the claims."""

import pytest

STUDY = """
groups: {{drug: {{label: Drug, n: drug.n}}, placebo: {{label: Placebo, n: placebo.n}}}}
claims:
  - {{id: drug.n, value: "24", type: count, group: drug}}
  - {{id: placebo.n, value: "18", type: count, group: placebo}}
  - {{id: a, value: "{a}", type: proportion, group: drug, outcome: remission{status}}}
  - {{id: b, value: "{b}", type: proportion, group: placebo, outcome: remission{status}}}
  - {{id: c, value: "{c}", type: proportion, group: drug, outcome: relapse{status}}}
  - {{id: d, value: "{d}", type: proportion, group: placebo, outcome: relapse{status}}}
  - {{id: p, value: "{p}", type: p_value, compares: [a, b]{status}}}
"""
FITS = {"a": "91.7%", "b": "55.6%", "c": "54.2%", "d": "44.4%", "p": "P=.28"}


def severities(ledger):
    found = [(item.finding.code, item.finding.severity) for item in ledger.findings]
    return [each for each in found if not each[0].startswith(("source", "p_value.depends", "multiplicity"))]


def study(status, **values):
    return STUDY.format(status=status and f", status: {status}", **{**FITS, **values})


@pytest.mark.parametrize("status", ["", "confirmed"])
def test_confirmed_percentage_that_no_count_gives_is_contradicted(check, status):
    ledger = check(study(status, a="93.0%", p="P<.05"))
    assert ledger.row("a").verdict == "contradicted"
    assert ("percentage.impossible", "contradiction") in severities(ledger)


def test_draft_percentage_that_no_count_gives_is_a_warning(check):
    ledger = check(study("draft", a="93.0%", p="P<.05"))
    assert ledger.row("a").verdict == "unchecked"
    assert "nobody has confirmed" in ledger.row("a").why
    assert ("percentage.impossible", "warning") in severities(ledger)


def test_draft_p_value_is_contradicted_where_the_percentages_bear_out_the_groups(check):
    ledger = check(study("draft"))
    assert ledger.row("p").verdict == "contradicted"


def test_draft_p_value_is_a_warning_where_a_percentage_of_the_group_does_not_fit(check):
    ledger = check(study("draft", c="53.0%"))
    assert ledger.row("p").verdict == "unchecked"
    assert [severity for code, severity in severities(ledger) if code.startswith("p_value")] == ["warning"]


def test_draft_p_value_is_a_warning_where_one_percentage_alone_speaks_for_a_group(check):
    lone = study("draft").replace('  - {id: d, value: "44.4%", type: proportion, group: placebo, outcome: relapse', "#")
    assert check(lone).row("p").verdict == "unchecked"


def test_draft_figures_with_counts_of_their_own_are_contradicted(check):
    text = """
claims:
  - {id: n, value: "22", type: count, outcome: remission, status: draft}
  - {id: of, value: "24", type: count, outcome: patients, status: draft}
  - {id: a, value: "93.0%", type: proportion, outcome: remission, count: n, of: of, status: draft}
"""
    assert check(text).row("a").verdict == "contradicted"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ('value: "6.5-1", type: range', 'value: "3", type: duration'),
        ('value: "95% CI 4.69-4.63", type: confidence_interval', 'value: "3", type: duration'),
        ('value: "24.5%", type: proportion', 'value: "95% CI 0.49-1.44", type: confidence_interval, of: a'),
    ],
)
def test_draft_ends_that_may_be_of_something_else_are_warnings(check, first, second):
    text = f"claims:\n  - {{id: a, {first}, status: draft}}\n  - {{id: b, {second}, status: draft}}\n"
    assert {severity for _, severity in severities(check(text))} == {"warning"}
    confirmed = check(text.replace("draft", "confirmed"))
    assert "contradiction" in {severity for _, severity in severities(confirmed)}


def test_draft_p_value_of_a_paired_design_is_a_warning(check):
    text = study("draft").replace("claims:", 'text: "Each eye was compared with the fellow eye."\nclaims:')
    assert check(text).row("p").verdict == "unchecked"
