import pytest

from evidence_brief.derived import derive
from evidence_brief.study.load import load_study

HEAD = """id: trial
title: A trial
sources: {news: {file: news.txt, cite: "News, 2012", sha256: "SHA256"}}
groups:
  all: {label: All, n: all.n, parts: [drug, placebo]}
  drug: {label: Drug, n: drug.n}
  placebo: {label: Placebo, n: placebo.n}
claims:
  - {id: all.n, quote: "Of 42 patients", value: "42", type: count, group: all}
  - {id: drug.n, quote: "24 had the drug", value: "24", type: count, group: drug}
  - {id: placebo.n, quote: "18 placebo", value: "18", type: count, group: placebo}
"""
ARTICLE = "Of 42 patients, 24 had the drug and 18 placebo. Results: "


@pytest.fixture
def derived(write_study):
    """The derived figures of a study with these claims, each given as (id, value, fields)."""

    def of(*claims):
        lines, words = [HEAD], [ARTICLE]
        for name, value, fields in claims:
            lines.append(f'  - {{id: {name}, quote: "{name} was {value} then", value: "{value}", {fields}}}\n')
            words.append(f"{name} was {value} then. ")
        study = load_study(write_study("".join(lines), "".join(words)))
        return {item.id: item for item in derive(study)}

    return of


A = ("a", "91.7%", "type: proportion, group: drug, outcome: response")
B = ("b", "55.6%", "type: proportion, group: placebo, outcome: response")


def test_derived_interval_of_a_proportion(derived):
    item = derived(A)["a.ci"]
    # Wilson: 22 of 24.
    assert (item.kind, item.claims, item.method) == ("proportion", ("a",), "Wilson score interval")
    assert item.text == "91.7% (74.2% to 97.7%)"
    assert (item.estimate, item.low) == (pytest.approx(22 / 24), pytest.approx(0.7415, abs=1e-4))


def test_derived_nothing_of_a_proportion_that_fits_no_count(derived):
    assert derived(("a", "91.9%", "type: proportion, group: drug")) == {}


def test_derived_nothing_without_patients(derived):
    assert derived(("a", "91.7%", "type: proportion")) == {}


def test_derived_difference(derived):
    item = derived(A, B, ("p", "P=.007", "type: p_value, compares: [a, b]"))["p.rd"]
    assert (item.kind, item.claims) == ("difference", ("a", "b"))
    assert item.label == "Risk difference: response, Drug and Placebo"
    assert item.text == "36.1 (9.6 to 58.8) percentage points"


@pytest.mark.parametrize(
    ("second", "more"),
    [
        (("b", "50%", "type: proportion, group: drug"), ""),  # the same group
        (("b", "50%", "type: proportion, group: all"), ""),  # the whole that the first is a part of
        (B, ", paired: true"),
    ],
)
def test_derived_no_difference_of_figures_that_are_not_independent(derived, second, more):
    assert "p.rd" not in derived(A, second, ("p", "P=.007", f"type: p_value, compares: [a, b]{more}"))


@pytest.mark.parametrize(
    ("value", "more", "text"),
    [
        ("7.46±6.26", "", "7.46 (4.82 to 10.10)"),
        ("7.46 (SE 1.28)", ", spread: se", "7.46 (4.81 to 10.11)"),
        ("7.46", "", None),
        ("7.46 (4.8 to 10.1)", ", spread: ci95", None),
        ("7.46±-1", "", None),
    ],
)
def test_derived_interval_of_a_mean(derived, value, more, text):
    items = derived(("m", value, f"type: mean_sd, group: drug{more}"))
    assert [item.text for item in items.values()] == ([text] if text else [])


def test_derived_no_interval_of_a_mean_without_patients(derived):
    assert derived(("m", "7.46±6.26", "type: mean_sd")) == {}


def test_derived_e_value_of_an_observational_study_alone(write_study):
    claims = "".join(
        f'  - {{id: {name}, quote: "{name} was {value} then", value: "{value}", {fields}}}\n'
        for name, value, fields in (A, B, ("p", "P=.007", "type: p_value, compares: [a, b]"))
    )
    words = "".join(f"{name} was {value} then. " for name, value in (("a", "91.7%"), ("b", "55.6%"), ("p", "P=.007")))
    for design, known in (("retrospective cohort", True), ("randomised trial", False)):
        study = load_study(write_study(f"design: {design}\n{HEAD}{claims}", ARTICLE + words))
        assert ("p.evalue" in {item.id for item in derive(study)}) is known


def test_derived_ids_are_unique(derived):
    items = derived(
        A, B, ("p", "P=.007", "type: p_value, compares: [a, b]"), ("m", "7±6", "type: mean_sd, group: drug")
    )
    assert list(items) == [
        "a.ci",
        "b.ci",
        "p.rd",
        "p.rr",
        "p.or",
        "p.nnt",
        "p.fragility",
        "p.bayes",
        "m.ci",
    ]


def test_derived_figure_beside_a_claim_of_its_name_has_another_id(derived):
    reported = ("a.ci", "74.2 to 97.7", 'type: confidence_interval, of: a, unit: "%"')
    assert set(derived(A, reported)) == {"a.ci-derived"}
