"""What the sentences around figures say of them: groups, outcomes, times, and what is compared."""

import pytest

from evidence_brief.extract import extract


def found(text):
    return {candidate.value: candidate for candidate in extract(text)}


def compared(text, value):
    """The values that the figure compares, in order, each with its group."""
    candidates = extract(text)
    by_name = {candidate.name: candidate for candidate in candidates}
    figure = next(candidate for candidate in candidates if candidate.value == value)
    return [(by_name[name].value, by_name[name].group) for name in figure.compares]


SIZES = "In total, 24 patients received drug A and 18 received placebo. "


def test_groups_are_known_by_what_patients_received():
    sizes = {c.value: c.size_of for c in extract(SIZES)}
    assert sizes == {"24": "drug A", "18": "placebo"}


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Patients were randomised to aspirin (n=120) or placebo (n=118).", {"120": "aspirin", "118": "placebo"}),
        (
            "There were 30 patients in the exercise group and 28 in the control group.",
            {"30": "exercise", "28": "control"},
        ),
        ("Group A (36 patients) took one tablet and group B (35 patients) two.", {"36": "Group A", "35": "group B"}),
        (
            "Of them, 51 received intravenous immunoglobulin (IVIG) and 50 underwent plasma exchange.",
            {"51": "IVIG", "50": "plasma exchange"},
        ),
    ],
)
def test_groups_have_sizes(text, labels):
    assert {c.value: c.size_of for c in extract(text) if c.size_of} == labels


@pytest.mark.parametrize(
    "text",
    [
        "Follow-up took place in 24 patients in relation to their age.",
        "The 24 patients with asthma were analysed.",
        "Patients were followed for 24 weeks in the clinic.",
    ],
)
def test_groups_without_a_group_have_no_size(text):
    assert [c.size_of for c in extract(text) if c.size_of not in (None, "All patients")] == []


def test_whole_has_the_groups_as_parts():
    candidates = extract("A cohort of 42 patients was studied: 24 received drug A and 18 received placebo.")
    by_name = {c.name: c for c in candidates}
    whole = next(c for c in candidates if c.value == "42")
    assert [by_name[name].value for name in whole.parts] == ["24", "18"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Remission was more frequent with drug A than with placebo (91.7% vs. 55.6%, P=.007).",
        "Remission occurred in 91.7% of drug A patients and in 55.6% of placebo patients (P=.007).",
        "In the drug A group 91.7% were in remission, in the placebo group 55.6% (P=.007).",
        "Remission rates with drug A and placebo were 91.7% and 55.6%, respectively (P=.007).",
        "Remission occurred in 91.7% and 55.6% in the drug A and placebo groups, respectively (P=.007).",
        "The remission rate was 91.7% in the drug A group compared with 55.6% in the placebo group; P=.007.",
    ],
)
def test_comparison_of_two_groups(sentence):
    assert compared(SIZES + sentence, "P=.007") == [("91.7%", "drug A"), ("55.6%", "placebo")]


def test_comparison_with_untreated_patients_is_with_the_other_group():
    text = SIZES + "Relapse occurred in 54.2% of drug A patients and 44.4% of untreated patients (P=.5)."
    assert compared(text, "P=.5") == [("54.2%", "drug A"), ("44.4%", "placebo")]


def test_before_and_after_is_paired():
    text = SIZES + "Pain scores fell from 7.46±6.26 to 2.96±3.64 with drug A after six months (P<.001)."
    p = next(c for c in extract(text) if c.type == "p_value")
    assert p.paired
    assert compared(text, "P<.001") == [("7.46±6.26", "drug A"), ("2.96±3.64", "drug A")]
    assert (found(text)["7.46±6.26"].time, found(text)["2.96±3.64"].time) == ("baseline", "six months")


def test_one_p_value_of_two_changes_is_two_candidates():
    text = "Pain scores fell from 7.46±6.26 to 2.96±3.64 and sleep scores rose from 6.71±1.6 to 9.54±1.02 (P<.001)."
    both = [c for c in extract(text) if c.type == "p_value"]
    assert [c.paired for c in both] == [True, True]
    assert both[0].compares != both[1].compares
    assert both[0].name != both[1].name


def test_changes_of_two_groups_are_not_compared_by_one_p_value():
    text = SIZES + "Scores fell from 7.4±6.2 to 2.9±3.6 with drug A and from 7.1±5.9 to 6.8±5.5 with placebo (P=.01)."
    assert compared(text, "P=.01") == []


def test_difference_from_baseline_goes_back_to_the_first_score():
    text = (
        "Pain scores fell from 7.46±6.26 to 2.96±3.64 after 6 months. "
        "At the end of follow-up the pain score was 1.95±1.72, a significant difference from baseline (P<.001)."
    )
    assert [value for value, _ in compared(text, "P<.001")] == ["7.46±6.26", "1.95±1.72"]


def test_respectively_gives_each_figure_its_outcome():
    text = "The pain and sleep scores were 1.95±1.72 and 9.56±0.66, respectively."
    assert (found(text)["1.95±1.72"].outcome, found(text)["9.56±0.66"].outcome) == ("pain scores", "sleep scores")


def test_p_value_behind_which_a_group_stands_compares_no_groups():
    text = SIZES + "The score changed (242±83 vs. 109±90, p<0.001 in the placebo group)."
    assert compared(text, "p<0.001") == []


@pytest.mark.parametrize("word", ["P for interaction = .03", "log-rank P=.03", "adjusted P=.03"])
def test_p_value_of_a_model_compares_nothing(word):
    text = SIZES + f"Remission occurred in 91.7% of drug A patients and 55.6% of placebo patients ({word})."
    assert [c.compares for c in extract(text) if c.type == "p_value"] in ([], [()])


def test_three_groups_in_order():
    text = (
        "Patients received low dose (n=40), high dose (n=41) or placebo (n=39). Response rates with low dose, "
        "high dose and placebo were 40%, 56% and 21%, respectively (P=.004)."
    )
    assert compared(text, "P=.004") == [("40%", "low dose"), ("56%", "high dose"), ("21%", "placebo")]


def test_estimate_right_behind_a_pair_compares_it():
    text = (
        SIZES
        + "Remission was more frequent with drug A than with placebo (91.7% vs. 55.6%; RR 1.65, 95% CI 1.05-2.59)."
    )
    assert compared(text, "1.65") == [("91.7%", "drug A"), ("55.6%", "placebo")]


def test_adjusted_estimate_compares_nothing():
    text = (
        SIZES
        + "Remission was more frequent with drug A than placebo (91.7% vs. 55.6%; adjusted RR 1.65, 95% CI 1.05-2.59)."
    )
    assert [c.compares for c in extract(text) if c.type == "estimate"] == [()]


def test_these_patients_are_those_of_the_sentence_before():
    text = SIZES + "Relapse occurred in 54.2% of drug A patients. Muscle relapses occurred in 16.7% of these patients."
    assert found(text)["16.7%"].of == found(text)["54.2%"].name
    assert found(text)["16.7%"].group == "drug A"


@pytest.mark.parametrize("text", ["", "No figure stands here.", "\n\n\n", "P", "vs. " * 50])
def test_texts_without_figures_give_nothing(text):
    assert extract(text) == []


def test_candidates_are_spans_of_the_text_in_order():
    candidates = extract(SIZES + "Remission occurred in 91.7% and 55.6% (P=.007).")
    text = SIZES + "Remission occurred in 91.7% and 55.6% (P=.007)."
    assert all(text[c.start : c.end] == c.value for c in candidates)
    assert candidates == sorted(candidates, key=lambda c: (c.start, c.end))


def test_time_without_relapse_lies_within_the_follow_up_of_its_sentence():
    text = "Relapse occurred in half during the 48-month follow-up period, after a mean of 38.5±34.3 months."
    candidates = {c.name: c for c in extract(text)}
    mean = next(c for c in candidates.values() if c.type == "mean_sd")
    assert candidates[mean.within].value == "48"


def test_duration_of_another_unit_is_no_period():
    text = "Relapse occurred during the 4-year follow-up period, after a mean of 38.5±34.3 months."
    assert [c.within for c in extract(text) if c.type == "mean_sd"] == [None]


def test_figures_of_another_study_are_not_of_the_groups_of_this_one():
    text = SIZES + "Others et al reported 95% with drug A versus 78% with placebo (P=.04)."
    assert {c.group for c in extract(text) if c.type == "proportion"} == {None}
