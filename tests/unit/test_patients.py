from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_brief.patients import (
    MOST_COUNTS,
    Denominator,
    denominators,
    fitting_counts,
    leaves_too_many,
    other_denominators,
    shared_patients,
    tables,
    truncated_share,
    wholes,
    why_unknown,
)
from evidence_brief.printed import number, show
from evidence_brief.study.load import load_study

ARTICLE = """Of 42 patients, 24 had the drug and 18 placebo. Relapse in 54.2% of them, and 16.7% of those in muscle.
Response in 50%. There were 36 relapses. Of 90000 screened, 50% were women, and 30% of these smoked. Good in 22%.
"""
STUDY = """id: trial
title: A trial
sources: {news: {file: news.txt, cite: "News, 2012", sha256: "SHA256"}}
groups:
  all: {label: All, n: all.n, parts: [drug, placebo]}
  drug: {label: Drug, n: drug.n}
  placebo: {label: Placebo, n: placebo.n}
  screened: {label: Screened, n: screened.n}
  lost: {label: Lost}
claims:
  - {id: all.n, quote: "Of 42 patients", value: "42", type: count, group: all}
  - {id: drug.n, quote: "24 had the drug", value: "24", type: count, group: drug}
  - {id: placebo.n, quote: "18 placebo", value: "18", type: count, group: placebo}
  - {id: relapse, quote: "54.2% of them", value: "54.2%", type: proportion, group: drug, outcome: relapse}
  - {id: muscle, quote: "16.7% of those", value: "16.7%", type: proportion, group: drug, of: relapse}
  - {id: response, quote: "Response in 50%", value: "50%", type: proportion, group: placebo, outcome: response}
  - {id: relapses, quote: "36 relapses", value: "36", type: count, unit: relapses, group: drug}
  - {id: screened.n, quote: "90000 screened", value: "90000", type: count, group: screened}
  - {id: women, quote: "50% were women", value: "50%", type: proportion, group: screened}
  - {id: smokers, quote: "30% of these", value: "30%", type: proportion, of: women}
  - {id: lost.some, quote: "Good in 22%", value: "22%", type: proportion, group: lost}
"""

percentages = st.builds(
    lambda value, decimals: number(f"{value / 10**decimals:.{decimals}f}%"), st.integers(0, 10_000), st.integers(0, 3)
)


@pytest.fixture
def trial(write_study):
    return load_study(write_study(STUDY, ARTICLE))


# Counts that fit


@given(percentages, st.integers(0, 400))
def test_fitting_counts_against_brute_force(printed, n):
    half = Fraction(1, 2 * 10**printed.decimals)
    brute = [x for x in range(n + 1) if n and abs(Fraction(100 * x, n) - printed.value) <= half]
    assert list(fitting_counts(printed.as_fraction, n)) == brute


def half_even(value, decimals):
    return Fraction(round(value * 10**decimals), 10**decimals)


def half_down(value, decimals):
    return -Fraction((-value * 10**decimals + Fraction(1, 2)).__floor__(), 10**decimals)


@given(st.integers(1, 400), st.data(), st.integers(0, 3))
def test_fitting_counts_holds_the_true_count_under_every_rounding(n, data, decimals):
    x = data.draw(st.integers(0, n))
    exact = Fraction(100 * x, n)
    for rounded in (exact, half_even(exact, decimals), half_down(exact, decimals)):
        assert x in fitting_counts(number(show(rounded, decimals) + "%").as_fraction, n)


@given(percentages, st.integers(1, 400))
def test_truncated_share_against_brute_force(printed, n):
    scale = 10**printed.decimals
    brute = [x for x in range(n + 1) if Fraction(100 * x * scale // n, scale) == printed.value]
    assert list(fitting_counts(truncated_share(printed), n)) == brute


@pytest.mark.parametrize(
    ("text", "n", "counts"),
    [
        ("91.7%", 24, [22]),
        ("0.917", 24, [22]),
        ("16.7%", 13, []),
        ("12%", 40, [5]),  # 12.5%: half even and half down print 12
        ("13%", 40, [5]),
        ("0%", 24, [0]),
        ("100%", 24, [24]),
        ("100.4%", 24, []),
        ("50%", 240, [119, 120, 121]),
        ("50%", 0, []),
        ("0%", 0, []),
        ("50%", -1, []),
    ],
)
def test_fitting_counts_examples(text, n, counts):
    assert list(fitting_counts(number(text).as_fraction, n)) == counts


def test_fitting_counts_of_huge_n_are_a_range():
    counts = fitting_counts(number("50%").as_fraction, 10**30)
    assert (counts[0], counts[-1]) == (495 * 10**27, 505 * 10**27)


# Of whom a figure is


def test_denominators_of_the_group(trial):
    assert denominators(trial, trial.claims["response"]) == (Denominator(18, "placebo.n", "the 18 patients (Placebo)"),)


def test_denominators_of_a_share(trial):
    assert denominators(trial, trial.claims["muscle"]) == (Denominator(13, "relapse", "the 13 patients with relapse"),)


def test_denominators_unknown_with_the_reason(trial):
    lost, smokers = trial.claims["lost.some"], trial.claims["smokers"]
    assert denominators(trial, lost) == denominators(trial, smokers) == ()
    assert why_unknown(trial, lost) == "The number of patients whom it is of is not reported."
    reason = "The figure that it is a share of (50%) leaves too many possible numbers of patients."
    assert why_unknown(trial, smokers) == reason


def test_tables_of_each_kind(trial):
    shown = {name: tables(trial, claim) for name, claim in trial.claims.items()}
    assert shown["drug.n"] == ((24, 24),)
    assert shown["relapse"] == ((13, 24),)
    assert shown["muscle"] == ()  # no count of 13 is 16.7%
    assert shown["relapses"] == ()  # 36 relapses of 24 patients
    assert shown["women"] == ()  # too many


def test_tables_are_bounded(trial):
    assert leaves_too_many(trial, trial.claims["women"])
    assert leaves_too_many(trial, trial.claims["smokers"])
    assert not leaves_too_many(trial, trial.claims["relapse"])
    assert len(fitting_counts(number("50%").as_fraction, 90000)) == 901 > MOST_COUNTS


def test_other_denominators_nearest_first(trial):
    others = other_denominators(trial, trial.claims["muscle"])
    assert [(other.n, other.claim) for other in others] == [(24, "drug.n"), (42, "all.n")]
    others = other_denominators(trial, trial.claims["response"])
    assert [other.n for other in others] == [42]


def test_wholes_of_a_group(trial):
    assert list(wholes(trial, "drug")) == ["all"]
    assert list(wholes(trial, "all")) == list(wholes(trial, None)) == []


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        ("relapse", "response", False),
        ("relapse", "relapses", True),
        ("relapse", "muscle", True),
        ("all.n", "response", True),
        ("women", "smokers", True),
        ("relapse", "women", False),
    ],
)
def test_shared_patients(trial, first, second, shared):
    one, two = trial.claims[first], trial.claims[second]
    assert (shared_patients(trial, one, two) is not None) == shared
    assert (shared_patients(trial, two, one) is not None) == shared
