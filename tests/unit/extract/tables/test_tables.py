"""Figures of tables: what each cell stands for, and what it is of."""

import time

import pytest
from tests.unit.extract.tables.build import figures, only, table_of, values

from evidence_brief.extract.reading import Table
from evidence_brief.extract.tables import figures_of_table
from evidence_brief.study.kinds import read_value

TWO = [["Characteristic", "IVIG (n=24)", "Placebo, n = 18", "P value"]]


def test_headers_name_the_groups_and_their_numbers() -> None:
    found = figures(TWO, [["Age, years, mean (SD)", "54.3 (11.2)", "55.1 (9.8)", "0.81"]])
    sizes = {c.size_of: c.value for c in found if c.size_of}
    assert sizes == {"IVIG": "24", "Placebo": "18"}
    assert all(c.type == "count" and c.group == c.size_of for c in found if c.size_of)


@pytest.mark.parametrize(
    ("header", "label", "n"),
    [
        ("Control group (N=1,204)", "Control group", "1,204"),
        ("Drug n = 30, n (%)", "Drug", "30"),
        ("Drug [n=30]", "Drug", "30"),
        ("Drug* (30 patients)", "Drug", "30"),
        ("Drugᵃ (n = 1 204)", "Drug", "1 204"),
    ],
)
def test_sizes_are_read_in_every_spelling(header: str, label: str, n: str) -> None:
    found = figures([["", header, "Other (n=10)"]], [["Age, mean (SD)", "54.3 (11.2)", "55.1 (9.8)"]])
    assert only(found, n).size_of == label


def test_a_count_with_its_percentage_makes_two_claims() -> None:
    found = figures(TWO, [["Female, n (%)", "12 (50.0)", "10 (55.6)", ".72"]])
    share = only(found, "50.0")
    assert (share.type, share.unit, share.group, share.outcome) == ("proportion", "%", "IVIG", "Female")
    assert share.count == only(found, "12").name
    assert only(found, "12").type == "count"


def test_a_printed_percent_sign_is_part_of_the_value() -> None:
    found = figures(TWO, [["Female", "12 (50.0%)", "10 (55.6%)", ".72"]])
    assert only(found, "50.0%").unit is None


def test_the_p_value_compares_the_groups_of_its_row() -> None:
    found = figures(
        TWO, [["Female, n (%)", "12 (50.0)", "10 (55.6)", ".72"], ["Age", "54.3 ± 11.2", "55.1 ± 9.8", "NS"]]
    )
    names = {c.name: c.value for c in found}
    p, ns = only(found, ".72"), only(found, "NS")
    assert [names[name] for name in p.compares] == ["50.0", "55.6"]
    assert [names[name] for name in ns.compares] == ["54.3 ± 11.2", "55.1 ± 9.8"]
    assert not p.paired


def test_a_p_value_of_a_block_compares_nothing() -> None:
    rows = [
        ["Stage, n (%)", "", "", ""],
        ["  I", "12 (50.0)", "10 (55.6)", ".72"],
        ["  II", "8 (33.3)", "5 (27.8)", ""],
        ["  III", "4 (16.7)", "3 (16.7)", ""],
    ]
    found = figures(TWO, rows)
    assert only(found, ".72").compares == ()
    assert only(found, "12").outcome == "Stage: I"


def test_a_p_value_in_the_last_row_of_a_block_compares_nothing() -> None:
    rows = [
        ["Stage, n (%)", "", "", ""],
        ["  I", "12 (50.0)", "10 (55.6)", ""],
        ["  II", "12 (50.0)", "8 (44.4)", ".72"],
    ]
    assert only(figures(TWO, rows), ".72").compares == ()


def test_the_arms_of_a_crossover_trial_are_not_independent() -> None:
    found = figures(TWO, [["Age, mean (SD)", "54.3 (11.2)", "55.1 (9.8)", ".72"]], before="A crossover trial\n\n")
    assert only(found, ".72").compares == ()


def test_a_p_value_in_the_title_of_a_block_compares_nothing() -> None:
    found = figures(TWO, [["Sex, n (%)", "", "", ".72"], ["  Male", "12 (50.0)", "8 (44.4)", ""]])
    assert only(found, ".72").compares == ()


@pytest.mark.parametrize(
    ("stub", "cell", "kind", "spread"),
    [
        ("Age, mean ± SD", "54.3 ± 11.2", "mean_sd", "sd"),
        ("Age, mean ± SEM", "54.3 ± 1.2", "mean_sd", "se"),
        ("Age, mean (95% CI)", "54.3 (51.0–57.6)", "mean_sd", "ci95"),
        ("Age, mean (SD)", "54.3 (11.2)", "mean_sd", "sd"),
        ("Median (IQR) follow-up, months", "6 (4–18)", "median_iqr", "iqr"),
        ("Follow-up, median [range]", "6 [4, 18]", "median_iqr", "range"),
        ("Follow-up, median (Q1–Q3)", "6 (4 to 18)", "median_iqr", "iqr"),
    ],
)
def test_the_stub_says_what_follows_the_number(stub: str, cell: str, kind: str, spread: str) -> None:
    one = only(figures(TWO, [[stub, cell, "", ""]]), cell)
    assert (one.type, one.spread) == (kind, spread)
    assert read_value(one.value, one.type, one.unit).first


@pytest.mark.parametrize(
    ("stub", "outcome", "unit"),
    [
        ("BMI (kg/m²), mean (SD)", "BMI", "kg/m²"),
        ("Age, years, mean (SD)", "Age", "years"),
        ("Age (years), mean (SD)", "Age", "years"),
        ("Weight, mean (SD), kg", "Weight", "kg"),
    ],
)
def test_the_stub_names_outcome_and_unit(stub: str, outcome: str, unit: str) -> None:
    one = only(figures(TWO, [[stub, "24.3 (3.2)", "", ""]]), "24.3 (3.2)")
    assert (one.outcome, one.unit) == (outcome, unit)


def test_a_score_is_measured_on_a_scale() -> None:
    assert only(figures(TWO, [["Pain score, mean (SD)", "4.3 (1.2)", "", ""]]), "4.3 (1.2)").scale == "Pain score"


def test_the_notes_say_the_format_of_all_cells() -> None:
    notes = "Values are mean ± SD unless otherwise stated."
    assert only(figures(TWO, [["Age", "54.3 ± 11.2", "", ""]], notes=notes), "54.3 ± 11.2").spread == "sd"


def test_the_caption_says_the_format_of_all_cells() -> None:
    found = figures([["", "All"]], [["Female", "12 (50.0)"], ["Smokers", "6 (25.0)"]], caption="Data are n (%)")
    assert values(found, "proportion") == ["50.0", "25.0"]


def test_what_no_words_name_is_left_out() -> None:
    assert figures([["", "A", "B"]], [["Item", "12 (50.0)", "10 (55.6)"]]) == []


def test_numbers_alone_tell_a_count_with_its_percentage_where_the_size_is_known() -> None:
    found = figures(TWO, [["Female", "12 (50.0)", "10 (55.6)", ""], ["Smokers", "7 (29.2)", "6 (33.3)", ""]])
    assert values(found, "proportion") == ["50.0", "55.6", "29.2", "33.3"]


def test_means_that_the_notes_name_are_not_taken_for_counts() -> None:
    found = figures(TWO, [["Age", "54 (11)", "55 (9)", ""]], notes="Data are mean (SD) or n (%).")
    assert values(found, "proportion") == []


def test_counts_under_a_header_of_means_are_told_by_their_numbers() -> None:
    head = [["", "A, mean (SD), n = 97", "B, mean (SD), n = 97"]]
    found = figures(head, [["No alcohol", "96 (99)", "97 (100)"], ["Age", "54 (11)", "55 (9)"]])
    assert values(found, "count")[2:] == ["96", "97"]
    assert values(found, "mean_sd") == ["54 (11)", "55 (9)"]


def test_a_fraction_names_its_own_whole() -> None:
    found = figures([["", "Drug", "Placebo"]], [["Response", "22/24 (91.7)", "10/18 (55.6)"]])
    share, count, of = only(found, "91.7"), only(found, "22"), only(found, "24")
    assert (share.count, share.of, count.of) == (count.name, of.name, of.name)


def test_with_and_without_is_no_fraction() -> None:
    assert figures([["", "All n = 36"]], [["Divorced, yes/no, n (% yes)", "10/26 (28)"]])[1:] == []


def test_before_and_after_with_their_sum_is_no_fraction() -> None:
    assert figures([["", "Drug"]], [["Events, before/after (total)", "13/21 (34)"]]) == []


def test_an_estimate_has_its_interval() -> None:
    head = [["Factor", "HR (95% CI)", "P"]]
    found = figures(head, [["Smoking", "0.75 (0.50–1.12)", "0.16"], ["Sex", "1 (reference)", ""]])
    estimate, interval = only(found, "0.75"), only(found, "0.50–1.12")
    assert (estimate.type, estimate.measure) == ("estimate", "HR")
    assert (interval.type, interval.of, interval.measure) == ("confidence_interval", estimate.name, "HR")
    assert only(found, "0.16").of == interval.name
    assert len(found) == 3


def test_an_interval_in_its_own_column_is_of_the_estimate_before_it() -> None:
    found = figures([["Factor", "Adjusted OR", "95% CI", "P"]], [["Smoking", "1.75", "1.10–2.80", "0.02"]])
    assert only(found, "1.10–2.80").of == only(found, "1.75").name
    assert only(found, "1.75").adjusted


@pytest.mark.parametrize("header", ["OR (99% CI)", "SD", "t", "n (row %)", "χ²"])
def test_known_formats_that_are_no_figure_of_ours_are_left_out(header: str) -> None:
    assert figures([["Factor", header]], [["Smoking", "1.75 (1.10–2.80)"], ["Age", "12 (50)"]]) == []


def test_a_p_value_after_two_estimates_may_compare_them() -> None:
    head = [["", "HR (95% CI)", None, None], ["", "Drug (n=90)", "Placebo (n=91)", "P"]]
    found = figures(head, [["Death", "1.75 (1.10–2.80)", "1.10 (0.60–2.00)", "0.20"]])
    assert only(found, "0.20").of is None


def test_two_moments_of_one_group_are_paired() -> None:
    head = [["", "Drug (n = 20)", None, None], ["", "Baseline", "6 months", "P"]]
    found = figures(head, [["Pain, mean ± SD", "6.1 ± 1.2", "4.0 ± 1.5", "<0.001"]])
    p = only(found, "<0.001")
    assert (len(p.compares), p.paired) == (2, True)
    assert [only(found, value).time for value in ("6.1 ± 1.2", "4.0 ± 1.5")] == ["Baseline", "6 months"]


def test_groups_and_moments_together_are_not_compared() -> None:
    head = [["", "Drug (n = 20)", None, "Placebo (n = 20)", None, "P"], ["", "Before", "After", "Before", "After", ""]]
    found = figures(head, [["Pain, mean ± SD", "6.1 ± 1.2", "4.0 ± 1.5", "6.0 ± 1.1", "5.0 ± 1.2", "0.03"]])
    assert only(found, "0.03").compares == ()


def test_a_total_is_the_sum_of_its_groups() -> None:
    head = [["", "Drug (n = 24)", "Placebo (n = 18)", "Total (n = 42)"]]
    found = figures(head, [["Female, n (%)", "12 (50.0)", "10 (55.6)", "22 (52.4)"]])
    names = {c.name: c.value for c in found}
    assert [names[part] for part in only(found, "42").parts] == ["24", "18"]
    assert [names[part] for part in only(found, "22").parts] == ["12", "10"]


def test_a_total_of_others_has_no_parts() -> None:
    head = [["", "Drug (n = 24)", "Placebo (n = 18)", "Total (n = 50)"]]
    assert only(figures(head, [["Age, mean (SD)", "54.3 (1.2)", "55.3 (1.2)", "54.1 (1.3)"]]), "50").parts == ()


def test_a_row_of_numbers_of_patients_gives_the_sizes() -> None:
    found = figures(
        [["", "Drug", "Placebo"]], [["No. of patients", "24", "18"], ["Female, n (%)", "12 (50)", "10 (56)"]]
    )
    assert {c.size_of: c.value for c in found if c.size_of} == {"Drug": "24", "Placebo": "18"}


def test_columns_of_counts_and_percentages_go_together() -> None:
    head = [["", "Drug (n = 24)", None], ["", "n", "%"]]
    found = figures(head, [["Female", "12", "50.0"], ["Smokers", "6", "25.0"]])
    assert only(found, "50.0").count == only(found, "12").name


def test_a_column_of_numbers_is_what_the_next_mean_is_of() -> None:
    head = [["", "Drug", None], ["", "n", "Mean (SD)"]]
    found = figures(head, [["Pain", "21", "4.3 (1.2)"]])
    assert only(found, "4.3 (1.2)").of == only(found, "21").name


@pytest.mark.parametrize("cell", ["", "–", "-", "NA", "12.3a", "see text", "<5", "12 (50.0", "1.2.3"])
def test_cells_without_a_whole_figure_are_left_out(cell: str) -> None:
    assert [c for c in figures(TWO, [["Age, mean (SD)", cell, "", ""]]) if not c.size_of] == []


@pytest.mark.parametrize(
    ("cell", "value"), [("0.03*", "0.03"), ("<0.001†", "<0.001"), ("0.04 a", "0.04"), (".02ᵇ", ".02")]
)
def test_marks_of_footnotes_are_no_part_of_the_value(cell: str, value: str) -> None:
    assert values(figures(TWO, [["Age, mean (SD)", "54.3 (1.2)", "50.3 (1.2)", cell]]), "p_value") == [value]


def test_a_footnote_mark_names_the_test() -> None:
    notes = "ᵃ Fisher exact test.\n\nᵇ t test."
    rows = [
        ["Female, n (%)", "12 (50.0)", "10 (55.6)", ".72 ᵃ"],
        ["Age, mean (SD)", "54.3 (1.2)", "50.3 (1.2)", ".04 ᵇ"],
    ]
    found = figures(TWO, rows, notes=notes)
    assert (only(found, ".72").test, only(found, ".04").test) == ("Fisher exact", "t test")


def test_tests_of_the_article_are_alternatives() -> None:
    before = "Data were compared by Student's t-test or the Mann-Whitney test.\n\n"
    found = figures(TWO, [["Age, mean (SD)", "54.3 (1.2)", "50.3 (1.2)", ".04"]], before=before)
    assert only(found, ".04").test == "t test or Mann-Whitney"


def test_a_decimal_comma_is_read_where_the_text_has_it() -> None:
    rows = [["Age, mean (SD)", "54,3 (11,2)", "55,1 (9,8)", "0,81"]]
    found = figures(TWO, rows, decimal_mark=",")
    assert values(found, "mean_sd") == ["54,3 (11,2)", "55,1 (9,8)"]
    assert values(found, "p_value") == ["0,81"]
    assert values(figures(TWO, rows), "mean_sd") == []


def test_percentages_of_other_patients_lose_the_number_in_the_header() -> None:
    head = [["", "Male (n = 40)", "Female (n = 60)"]]
    rows = [["Smokers, n (%)", "10 (40)", "15 (60)"], ["Diabetes, n (%)", "8 (50)", "8 (50)"]]
    found = figures(head, rows)
    assert {c.group for c in found if c.type == "proportion"} == {"Male (n not stated)", "Female (n not stated)"}


def test_one_percentage_that_does_not_fit_stays() -> None:
    rows = [[f"Item {i}, n (%)", "12 (50.0)", "9 (50.0)", ""] for i in range(6)]
    rows.append(["Item 7, n (%)", "12 (60.0)", "9 (50.0)", ""])
    assert only(figures(TWO, rows), "60.0").group == "IVIG"


def test_notes_on_missing_values_explain_it() -> None:
    rows = [[f"Item {i}, n (%)", "12 (50.0)", "9 (50.0)", ""] for i in range(6)]
    rows.append(["Item 7, n (%)", "12 (60.0)", "9 (50.0)", ""])
    found = figures(TWO, rows, notes="Data are missing for four patients.")
    assert only(found, "60.0").group == "IVIG (n not stated)"


def test_a_column_with_values_above_one_holds_no_p_values() -> None:
    head = [["", "HR (95% CI)", "P"]]
    rows = [["A", "1.75 (1.10–2.80)", "1.51"], ["B", "1.75 (1.10–2.80)", "1.72"], ["C", "1.75 (1.10–2.80)", "0.30"]]
    assert values(figures(head, rows), "p_value") == []


def test_ends_that_are_printed_the_other_way_round_are_left_out() -> None:
    rows = [["A, mean (95% CI)", "59.9 (67.6, 52.1)", "", ""], ["B, mean (95% CI)", "24.1 (33.4, 14.8)", "", ""]]
    assert values(figures(TWO, rows), "mean_sd") == []


def test_rows_with_the_same_words_are_of_different_things() -> None:
    rows = [["HLA-DR, median (range)", "2 (1–4)", "", ""], ["HLA-DR, median (range)", "20 (13–40)", "", ""]]
    outcomes = [c.outcome for c in figures(TWO, rows) if c.type == "median_iqr"]
    assert len(set(outcomes)) == 2


def test_means_of_a_model_are_read_and_held_against_nothing() -> None:
    rows = [["Score, mean (SD)", "54.3 (11.2)", "45.1 (9.8)", "0.01"]]
    plain, adjusted = figures(TWO, rows), figures(TWO, rows, caption="Adjusted means, missing values imputed")
    assert [c.adjusted for c in plain if c.type in ("mean_sd", "p_value")] == [False] * 3
    assert [c.adjusted for c in adjusted if c.type in ("mean_sd", "p_value")] == [True] * 3


@pytest.mark.parametrize("cell", ["12.4±1.5 ᵃ,ᵇ", "12.4±1.5ᵃ", "12.4±1.5++", "12.4±1.5*"])
def test_marks_behind_a_mean_are_no_part_of_it(cell: str) -> None:
    found = figures(TWO, [["Score, mean ± SD", cell, "10.1±1.1", "0.01"]])
    assert only(found, "12.4±1.5").type == "mean_sd"


def test_weighted_percentages_are_left_out() -> None:
    assert (
        values(figures(TWO, [["Female, n (%)", "12 (50.0)", "", ""]], caption="Weighted percentages"), "proportion")
        == []
    )


def test_two_groups_of_one_name_have_no_number() -> None:
    head = [
        ["", "Study 1", None, "Study 2", None],
        ["", "Drug (n=20)", "Placebo (n=21)", "Drug (n=30)", "Placebo (n=31)"],
    ]
    found = figures(head, [["Female, n (%)", "10 (50)", "7 (33)", "10 (33)", "11 (35)"]])
    assert {c.size_of for c in found if c.size_of} <= {
        "Study 1, Drug",
        "Study 1, Placebo",
        "Study 2, Drug",
        "Study 2, Placebo",
    }


def test_names_of_several_tables_differ() -> None:
    rows = [["Age, mean (SD)", "54.3 (11.2)", "55.1 (9.8)", "0.81"]]
    first, second = figures(TWO, rows), figures(TWO, rows, before="Some words.\n\n")
    assert not {c.name for c in first} & {c.name for c in second}


def test_a_table_without_cells_has_no_figures() -> None:
    assert figures_of_table("", Table(0, 0, "", ())) == []


def test_every_cell_of_a_large_table_is_read() -> None:
    text, table = table_of(
        [["", *[f"G{i} (n={20 + i})" for i in range(19)]]],
        [[f"Item {r}, n (%)", *["12 (50.0)"] * 19] for r in range(60)],
    )
    assert len(figures_of_table(text, table)) == 19 + 2 * 19 * 60


def test_rates_behind_a_fraction_are_no_percentages() -> None:
    rows = [["Death", "22/572 (1.35)"], ["Stroke", "44/719 (2.10)"]]
    assert figures([["", "Events/persons (event rate)"]], rows) == []


@pytest.mark.parametrize(
    ("header", "label"), [("Total n (%)", "Total"), ("Drug No. (%)", "Drug"), ("Infection n = 163 (92.6)", "Infection")]
)
def test_what_counts_is_no_part_of_a_label(header: str, label: str) -> None:
    found = figures([["", header]], [["Female", "12 (50.0%)"], ["Smokers", "6 (25.0%)"]])
    assert {c.group for c in found if c.type == "proportion"} <= {label, f"{label} (n not stated)"}


@pytest.mark.parametrize(
    "hostile", ["(" * 50_000, "n = " * 20_000, " " * 50_000 + "x", "12 (" * 20_000, "±*†" * 20_000, "%" * 50_000]
)
def test_hostile_words_take_no_time(hostile: str) -> None:
    begin = time.process_time()
    figures(
        [["", f"A {hostile} (n=20)"], ["", hostile]],
        [[hostile, hostile], ["Age, mean (SD)", "54.3 (11.2)"]],
        notes=hostile,
    )
    assert time.process_time() - begin < 10
