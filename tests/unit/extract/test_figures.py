"""Figures by family: what is found, with which fields and relations, and what is left apart."""

from pathlib import Path

import pytest

from evidence_brief.extract.figures import figures, figures_and_apart
from evidence_brief.study.kinds import read_value

SEED = Path(__file__).parents[3] / "data" / "ivig-dermatomyositis-2012" / "news.txt"


def found(text, mark="."):
    return [(c.type, c.value) for c in figures(text, mark)]


def only(text, kind, mark="."):
    return [c for c in figures(text, mark) if c.type == kind]


@pytest.mark.parametrize(
    "text",
    [
        "12 of 40 patients (30%)",
        "12/40 (30%)",
        "30% (12/40)",
        "30% (12 of 40)",
        "12 (30%) of 40 patients",
        "12/40; 30%",
    ],
)
def test_share_has_its_count_and_its_whole(text):
    candidates = {c.name: c for c in figures(f"It occurred in {text}.")}
    share = next(c for c in candidates.values() if c.type == "proportion")
    assert (share.value, candidates[share.count].value, candidates[share.of].value) == ("30%", "12", "40")
    assert candidates[share.count].of == share.of or text.startswith("12 (30%)")


def test_share_of_a_blood_pressure_is_none():
    assert only("a pressure of 80/120 mm Hg", "count") == []


@pytest.mark.parametrize(
    ("text", "value", "spread", "unit"),
    [
        ("was 7.46±6.26 points", "7.46±6.26", "sd", "points"),
        ("was 54.3 years (SD 11.2)", "54.3 years (SD 11.2)", "sd", "years"),
        ("a mean (SD) of 65 (13) kg", "65 (13)", "sd", "kg"),
        ("was 7.5 [SE 0.3]", "7.5 [SE 0.3]", "se", None),
        ("mean ± SEM was 7.5 ± 0.3", "7.5 ± 0.3", "se", None),
        ("M = 7.5, SD = 6.3", "7.5, SD = 6.3", "sd", None),
    ],
)
def test_mean_has_its_spread(text, value, spread, unit):
    (mean,) = only(text, "mean_sd")
    assert (mean.value, mean.spread, mean.unit) == (value, spread, unit)
    assert len(read_value(mean.value, "mean_sd", mean.unit).numbers) == 2


def test_median_with_quartiles_is_one_figure_and_with_a_range_two():
    (one,) = figures("a median follow-up of 6 months (IQR 4–18)")
    assert (one.type, one.spread, one.unit) == ("median_iqr", "iqr", "months")
    two = figures("a median of six monthly doses (range 4-18)")
    expected = [("median_iqr", "six", "monthly doses"), ("range", "4-18", "monthly doses")]
    assert [(c.type, c.value, c.unit) for c in two] == expected


@pytest.mark.parametrize(
    ("text", "measure", "adjusted", "interval"),
    [
        ("OR 1.9 (95% CI 1.2–3.0), P = .007", "OR", False, "95% CI 1.2–3.0"),
        ("aHR: 1.9 [95%CI: 1.2 to 3.0]; p=.007", "HR", True, "95%CI: 1.2 to 3.0"),
        ("adjusted relative risk (RR) was 1.9, 95 % CI = 1.2; 3.0; P=0.007", "RR", True, "95 % CI = 1.2; 3.0"),
        ("the OR for the 2-year reversion was 1.9 (CI95 1.2-3.0, P = 0.007)", "OR", False, "CI95 1.2-3.0"),
        ("mean difference -1.9 (-3.0 to -1.2), P=.007", "MD", False, "-3.0 to -1.2"),
    ],
)  # fmt: skip
def test_estimate_interval_and_p_value_belong_together(text, measure, adjusted, interval):
    estimate, ends, p = (only(text, kind)[0] for kind in ("estimate", "confidence_interval", "p_value"))
    assert (estimate.measure, estimate.adjusted, ends.value) == (measure, adjusted, interval)
    assert (ends.of, p.of, ends.measure) == (estimate.name, ends.name, measure)


def test_words_that_look_like_measures_are_none():
    assert only("older or 2.5 kg heavier, and HR was 72 bpm", "estimate") == []


@pytest.mark.parametrize(
    ("text", "kind", "value", "p"),
    [
        ("t(28) = 2.20, p < .05", "test_statistic", "t(28) = 2.20", "p < .05"),
        ("F(2, 57)=3.1, P=0.053", "test_statistic", "F(2, 57)=3.1", "P=0.053"),
        ("χ²(1, N = 264) = 3.93, p = .047", "test_statistic", "χ²(1, N = 264) = 3.93", "p = .047"),
        ("χ2 = 7.4, df = 1, P = .006", "test_statistic", "χ2 = 7.4, df = 1", "P = .006"),
        ("t(31) = − 2.04, p = .05", "test_statistic", "t(31) = − 2.04", "p = .05"),
        ("r(28)=.45, p=.02", "correlation", "r(28)=.45", "p=.02"),
        ("z = 1.2, ns", "test_statistic", "z = 1.2", "ns"),
    ],
)
def test_statistic_has_its_p_value(text, kind, value, p):
    statistic, significance = figures(text)
    assert (statistic.type, statistic.value, significance.value) == (kind, value, p)
    assert significance.of == statistic.name
    read_value(statistic.value, kind)


def test_bound_of_a_statistic_is_apart():
    assert only("F(1, 20) < 1, p > .3", "test_statistic") == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("(P=.007)", ["P=.007"]),
        ("a P-value of 0.03", ["P-value of 0.03"]),
        ("P for trend = 0.04", ["P for trend = 0.04"]),
        ("all p's < .05", ["< .05"]),
        ("p values 0.03 and 0.04.", ["p values 0.03", "0.04"]),
        ("(P = NS)", ["P = NS"]),
        ("P = 1.2 × 10−5", ["P = 1.2 × 10−5"]),
        ("P < 0.05 was considered significant", []),
        ("P = 30 mm Hg", []),
    ],
)
def test_p_value_in_its_spellings(text, values):
    assert [c.value for c in only(text, "p_value")] == values
    assert all(read_value(value, "p_value") for value in values)


def test_p_value_names_its_test():
    assert only("(Fisher's exact test, P=.03)", "p_value")[0].test == "Fisher's exact test"
    assert only("(P=.02, chi-square test)", "p_value")[0].test == "chi-square test"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("54.2 vs 33.1%", [("54.2", "%"), ("33.1%", None)]),
        ("54%, 32% and 14%", [("54%", None), ("32%", None), ("14%", None)]),
    ],
)
def test_percentages_of_a_list(text, expected):
    assert [(c.value, c.unit) for c in only(f"It was {text}.", "proportion")] == expected


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("the 48-month follow-up", "duration", "48", "months"),
        ("for 30 min daily", "duration", "30", "minutes"),
        ("received 2 g/kg of it", "dose", "2", "g/kg"),
        ("12 345 µg".replace(" 345", ""), "dose", "12", "µg"),
        ("aged 18 to 65 years", "range", "18 to 65", "years"),
        ("until 17 May 2012.", "date", "17 May 2012", None),
        ("on September 13th 2016", "date", "September 13th 2016", None),
        ("Twenty-four patients", "count", "Twenty-four", None),
        ("a total of 1,204 relapses", "count", "1,204", "relapses"),
        ("(N=264)", "count", "264", None),
    ],
)
def test_quantity_is_read_by_its_unit(text, kind, value, unit):
    (candidate,) = figures(text)
    assert (candidate.type, candidate.value, candidate.unit) == (kind, value, unit)


def test_list_shares_its_unit():
    assert [(c.value, c.unit) for c in figures("pramlintide 30 or 60 μg")] == [("30", "μg"), ("60", "μg")]


def test_age_is_told_apart_from_a_period():
    assert figures("aged 18 years")[0].outcome == "age"
    assert figures("over 18 months")[0].outcome is None


def test_decimal_comma():
    assert found("(OR 1,9; CI 95%: 1,2-3,0; p = 0,03)", ",")[0] == ("estimate", "1,9")
    assert only("p = 0,03", "p_value", ",")[0].value == "p = 0,03"
    assert only("p = 0,03", "p_value") == []


@pytest.mark.parametrize(
    ("text", "numerals"),
    [
        ("as shown before [12].", ["12"]),
        ("of therapy.12,13 We", ["12", "13"]),
        ("CD4 and IL-6 in COVID-19", ["4", "6", "19"]),
        ("grade 3-4 or stage 2", ["3", "4", "2"]),
        ("(Smith et al. 2012)", ["2012"]),
        ("SPSS 22.0", ["22.0"]),
        ("a two-sided test, α=0.05", ["two", "0.05"]),
        ("had 80% power", ["80%"]),
        ("in <5% of them, at least 12 days", ["5", "12"]),
        ("EudraCT 2011-002172-16", ["2011", "002172", "16"]),
        ("with 95% confidence intervals", ["95"]),
        ("1 min read", ["1"]),
    ],
)
def test_numeral_apart_has_a_reason(text, numerals):
    left = figures_and_apart(text)[1]
    assert [text[a.start : a.end] for a in left] == [numeral.removesuffix("%") for numeral in numerals]
    assert all(a.reason for a in left)
    assert figures(text) == []


def test_spans_names_and_order():
    text = SEED.read_text(encoding="utf-8")
    candidates, left = figures_and_apart(text)
    assert [c.start for c in candidates] == sorted(c.start for c in candidates)
    assert all(text[c.start : c.end] == c.value for c in candidates)
    assert len({c.name for c in candidates}) == len(candidates)
    assert [text[a.start : a.end] for a in left] == ["1"]


@pytest.mark.parametrize("text", ["", "no number", "(", "%", "İ 5 mg", "p=", "95% CI", "1" * 5000, "mean (SD)"])
def test_odd_text_is_read_without_an_error(text):
    for candidate in figures(text):
        assert text[candidate.start : candidate.end] == candidate.value


@pytest.mark.parametrize(
    "text",
    [
        "Adverse events were reported by 266 of 301 subjects; 87.1% of recipients had any.",
        "Of young people 77% of 12 to 17-year-olds own a telephone.",
        "ACR20/50/70: 20%, 50% and 70% improvement.",
        "It was seen in 89.4% and 87.2% of the 15 mg and 30 mg groups.",
        "It was present in 70.4% of the 200 IU group.",
        "Data were available for 73% of the 1 session group.",
        "Rates fell from 3.3% to none, 11 of 6,219 to none.",
        "Three sessions of 30 min exercise (60% of VO2max) were done.",
        "One hundred and seventy-six (80.7%) centres responded.",
        "It caused more 3/4 grade nausea (30% vs 14%).",
        "It improved with R10 and ES 10/20 (24.3%, 42.4%, and 52.6%, respectively).",
        "Drugs were prescribed for 23.5% of 6 171 patients.",
        "By 2011, 99.9% of the 23 million individuals had enrolled.",
        "They lifted 70% of 1 RM.",
    ],
)
def test_percentage_beside_numbers_that_are_no_patients_has_no_count(text):
    assert {(c.count, c.of) for c in only(text, "proportion")} == {(None, None)}


@pytest.mark.parametrize(
    "text",
    [
        "(HR; 95% CI: 1.19; 0.94–1.50)",
        "[hazard ratio (HR); 95 % CI 1.9; 1.2, 3.1]",
        "(relative risk, 95% CI 4.10, 1.32–12.75)",
        "The cost was £9762 (95% uncertainty interval 6955–12 577).",
    ],
)
def test_interval_that_is_cut_is_none(text):
    assert only(text, "confidence_interval") == []


@pytest.mark.parametrize(
    "text",
    [
        "scores were 28.9 versus 29.2; 95% CI for treatment difference, -1.19, 0.51",
        "(56.4% versus 59.0%; 95% CI −9.5, 4.3)",
        "(SD = 16.22; max = 100; 95 % CI = [73.54, 86.65])",
    ],
)
def test_interval_of_a_difference_belongs_to_neither_figure(text):
    assert [c.of for c in only(text, "confidence_interval")] == [None]


def test_standard_error_beside_an_estimate_is_no_estimate():
    text = "The effect was small (OR = 1.73, SE = 0.60, 95% CI [0.84, 3.57])."
    assert [(c.value, c.measure) for c in only(text, "estimate")] == [("1.73", "OR")]


@pytest.mark.parametrize("text", ["(appendix p 10)", "(99% CI 0.6–1.4 kg, p = 10−11)"])
def test_p_of_a_page_or_of_a_lost_power_is_no_p_value(text):
    assert only(text, "p_value") == []


def test_p_value_in_another_bracket_behind_other_words_is_its_own():
    text = "(OR=3.23; 95% CI, 0.98–10.67) or between placebo and the first schedule for each dose (p >0.84)"
    assert [c.of for c in only(text, "p_value")] == [None]


def test_one_sided_p_value_carries_its_test():
    text = "(hazard ratio 0.39; 95% confidence interval 0.13–1.17; stratified one-sided P = 0.0401)"
    assert [c.test for c in only(text, "p_value")] == ["stratified one-sided"]


def test_numbers_above_a_thousand_before_a_percentage_are_none():
    text = "The CVs were 68.8% for m/z 3,400, 61.0% for m/z 4,502, and 39.0% for the last."
    assert [c.value for c in only(text, "proportion")] == ["68.8%", "61.0%", "39.0%"]


def test_level_behind_a_pair_is_no_share():
    text = "Efficacy was 99.5% (217/218; 95% CI 97.5, 100)."
    assert [c.value for c in only(text, "proportion")] == ["99.5%"]


@pytest.mark.parametrize("p", ["adjusted p = 0.013", "Bonferroni-corrected p = 0.013", "p_adj = .013", "FDR p = 0.013"])
def test_corrected_p_value_is_adjusted_and_of_no_statistic(p):
    (found,) = only(f"(F(1,59) = 7.35, {p})", "p_value")
    assert (found.adjusted, found.of) == (True, None)


def test_unadjusted_p_value_is_of_its_statistic():
    (found,) = only("(F(1,59) = 7.35, unadjusted p = 0.013)", "p_value")
    assert (found.adjusted, found.of) == (False, "test-statistic-1")


def test_power_of_a_unit_in_brackets_is_no_figure():
    text = "It was higher: median 9.9 mg l(-1) h (95% CI 0.1-32.8 mg l(-1) h; P = 0.05)."
    assert [c.value for c in figures(text)] == ["9.9", "95% CI 0.1-32.8", "P = 0.05"]


def test_number_behind_a_group_with_a_spread_is_a_mean():
    assert ("mean_sd", "105 ± 30.8") in found("Those in the clonidine group 105 ± 30.8 was lower.")


def test_dose_before_a_percentage_is_no_count():
    text = "It preserved 87% of the effect, followed by dabigatran 110 mg (108%; 95% CI: 87–129)."
    assert [(c.value, c.count) for c in only(text, "proportion")] == [("87%", None)]


def test_number_behind_per_is_no_median():
    text = "The median number was 1.9 per 24 hours (IQR 1.2 to 3.3)."
    assert "24" not in [c.value for c in only(text, "median_iqr")]


def test_six_out_of_eight_is_a_count_and_its_whole():
    text = "Six out of eight lambs (75%) in one group and four out of nine lambs (44%) in the other survived."
    values = {c.name: c.value for c in figures(text)}
    shares = [(c.value, values[c.count], values[c.of]) for c in only(text, "proportion")]
    assert shares == [("75%", "Six", "eight"), ("44%", "four", "nine")]


def test_whole_behind_a_number_in_hundreds_is_not_its_count():
    text = "Two-hundred-fifty of 1,063 (23.5%) patients were dead."
    assert [(c.count, c.of) for c in only(text, "proportion")] == [(None, None)]


def test_share_before_another_sentence_half_is_not_of_its_counts():
    text = "The completion rate was 91.6%; 10 of the 120 subjects (8.3%) did not complete it."
    values = {c.name: c.value for c in figures(text)}
    assert [(c.value, c.count and values[c.count]) for c in only(text, "proportion")] == [
        ("91.6%", None),
        ("8.3%", "10"),
    ]


def test_p_value_before_its_statistic_belongs_to_it():
    text = "They did not differ in sex (P= 0.74, χ² = 0.29, df = 1) or education level (P = 0.72, χ² = 1.5, df = 3)."
    values = {c.name: c.value for c in figures(text)}
    assert [(c.value, values[c.of]) for c in only(text, "p_value")] == [
        ("P= 0.74", "χ² = 0.29, df = 1"),
        ("P = 0.72", "χ² = 1.5, df = 3"),
    ]


def test_percentages_with_decimal_commas_are_shares():
    text = "Heilung bei 45,5% gegen 33,3% (p=0,03), 12 (50,0%) von 24."
    assert [c.value for c in only(text, "proportion", ",")] == ["45,5%", "33,3%", "50,0%"]


@pytest.mark.parametrize(("text", "kind"), [("100.00%", "proportion"), ("100.7%", "estimate"), ("1,200%", "estimate")])
def test_share_is_at_most_a_hundred_per_cent(text, kind):
    assert found(f"The rate was {text}.") == [(kind, text)]
