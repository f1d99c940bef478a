import pytest

from evidence_brief.checks.coverage import uncovered


def codes(ledger):
    return [item.finding.code for item in ledger.findings]


def test_coverage_every_numeral_claimed(check):
    ledger = check("patients: {drug: 24}\nclaims: [{id: age, value: 38.5±34.3, type: mean_sd}]")
    assert codes(ledger) == []


def test_coverage_numeral_left(check):
    ledger = check("patients: {drug: 24}\ntext: Followed for 12 weeks.")
    finding = ledger.findings[0].finding
    assert (finding.code, finding.severity, finding.claims) == ("source.uncovered", "warning", ())
    assert finding.sentence == ("1 numeral of the sources is neither a claim nor excluded with a reason: 12 (line 2).")
    assert finding.numbers == {"numerals": "1"}


def test_coverage_exclusion_covers(check):
    text = "patients: {drug: 24}\ntext: Followed for 12 weeks.\n"
    assert codes(check(text + "exclusions: [{quote: 12 weeks, reason: The plan.}]")) == []


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("Thirteen patients", ["Thirteen"]),
        ("twenty-four or ninety six", ["twenty-four", "ninety six"]),
        ("P<.05 and 1,204 and 0·5", [".05", "1,204", "0·5"]),
        ("range 4-18", ["4", "18"]),
        ("weight, often, someone, tension", []),
        ("one of them", []),
    ],
)
def test_coverage_numerals_of_articles(study_of, text, numerals):
    study = study_of(f"patients: {{drug: 24}}\ntext: {text!r}")
    assert [numeral for _, _, numeral in uncovered(study)] == numerals


def test_coverage_claim_covers_only_its_own_value(check):
    # The quote of a claim may hold other figures; only the value of the claim is covered.
    ledger = check("patients: {drug: 24}\nclaims: [{id: after.12, value: '6', type: duration}]")
    assert "12 (line 2)" in ledger.findings[0].finding.sentence


def test_coverage_long_list_is_shortened(check):
    ledger = check("patients: {drug: 24}\ntext: " + " ".join(f"a{i}" for i in range(100, 120)))
    sentence = ledger.findings[0].finding.sentence
    assert sentence.startswith("20 numerals of the sources are neither")
    assert sentence.endswith("111 (line 2) and 8 more.")


def test_coverage_large_source_comes_to_an_end(study_of):
    study = study_of("patients: {drug: 24}\ntext: |\n" + "  seen in 12 of 24\n" * 50_000)
    left = uncovered(study)
    assert (len(left), left[-1][1]) == (100_000, 50_001)
