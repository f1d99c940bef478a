import pytest

from evidence_brief.ledger import make_ledger
from evidence_brief.study.load import load_study

HEAD = """id: trial
title: A trial
LANGUAGE
sources: {news: {file: news.txt, cite: "News, 2012", sha256: "SHA256"}}
groups:
  drug: {label: Drug}
claims:
"""


@pytest.fixture
def findings(write_study):
    """The wording findings of a text; each figure is given as (id, value, type)."""

    def of(text, *claims, language="en"):
        lines = [HEAD.replace("LANGUAGE", f"language: {language}")]
        for name, value, kind in claims:
            lines.append(f'  - {{id: {name}, quote: "{text}", value: "{value}", type: {kind}}}\n')
        ledger = make_ledger(load_study(write_study("".join(lines), text + "\n")))
        found = (item.finding for item in ledger.findings)
        return [(f.code, f.severity, f.claims) for f in found if f.code.startswith("wording")]

    return of


SIGNIFICANCE = [("wording.significance", "warning", ("p",))]


@pytest.mark.parametrize(
    ("text", "p", "expected"),
    [
        ("The rate was significantly higher with the drug (P=.007).", "P=.007", []),
        ("The rate was significantly higher with the drug (P=.07).", "P=.07", SIGNIFICANCE),
        ("The rate was significantly higher with the drug (NS).", "NS", SIGNIFICANCE),
        ("The difference was statistically insignificant (P=.28).", "P=.28", []),
        ("The difference was statistically insignificant (P=.028).", "P=.028", SIGNIFICANCE),
        ("There was no significant difference in pain (P=.03).", "P=.03", SIGNIFICANCE),
        ("The rates did not differ significantly (P=.3).", "P=.3", []),
        ("The rates did not differ (P<.001).", "P<.001", SIGNIFICANCE),
        ("The difference did not reach significance (P=.05).", "P=.05", []),
        ("A significant result was taken for granted (P=.05).", "P=.05", []),  # .045 to .055
        ("There was a trend towards a significant difference (P=.07).", "P=.07", []),
        ("The rate was borderline significant (P=.06).", "P=.06", []),
        ("The rate was higher (P=.3).", "P=.3", []),
        ("Not only was the rate significantly higher, it lasted (P=.3).", "P=.3", []),  # who knows
    ],
)
def test_wording_significance(findings, text, p, expected):
    assert findings(text, ("p", p, "p_value")) == expected


def test_wording_of_two_results_in_a_sentence(findings):
    text = "Pain was significantly lower (P=.03), and sleep was not significantly longer (P=.4)."
    assert findings(text, ("p", "P=.03", "p_value"), ("q", "P=.4", "p_value")) == []
    swapped = "Pain was significantly lower (P=.4), and sleep was not significantly longer (P=.03)."
    found = findings(swapped, ("p", "P=.4", "p_value"), ("q", "P=.03", "p_value"))
    assert [claims for _, _, claims in found] == [("p",), ("q",)]


def test_wording_of_another_sentence_is_no_matter(findings):
    text = "Nothing was significant there. Pain was lower vs. placebo (P=.03)."
    assert findings(text, ("p", "P=.03", "p_value")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Scores were decreasing from 7.46±6.26 to 2.96±3.64 there.", []),
        ("Scores were increasing from 7.46±6.26 to 2.96±3.64 there.", [("wording.direction", "warning", ("a", "b"))]),
        ("Scores changed from 7.46±6.26 to 2.96±3.64 there.", []),
        ("Scores did not increase from 7.46±6.26 to 2.96±3.64 there.", []),
        ("Scores that had increased fell from 7.46±6.26 to 2.96±3.64 there.", []),
    ],
)
def test_wording_direction(findings, text, expected):
    assert findings(text, ("a", "7.46±6.26", "mean_sd"), ("b", "2.96±3.64", "mean_sd")) == expected


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("The majority of patients (62%) improved.", "62%", []),
        ("The majority of patients (42%) improved.", "42%", [("wording.share", "warning", ("a",))]),
        ("A minority of patients (62%) improved.", "62%", [("wording.share", "warning", ("a",))]),
        ("The majority improved; some patients (12%) did not.", "12%", []),
    ],
)
def test_wording_majority(findings, text, value, expected):
    assert findings(text, ("a", value, "proportion")) == expected


def test_wording_of_other_languages_is_not_read(findings):
    text = "The rate was significantly higher with the drug (P=.07)."
    assert findings(text, ("p", "P=.07", "p_value"), language="de") == []
