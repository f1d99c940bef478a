"""Each rule of the discussion asks its question of the studies that it is about, and of no others."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from evidence_brief.blocks import discussion_design as design
from evidence_brief.blocks import discussion_figures as figures
from evidence_brief.blocks import discussion_practice as practice
from evidence_brief.blocks.discussion import FEWEST, MOST, RULES, answers, discussion, questions
from evidence_brief.blocks.discussion_facts import Rule
from evidence_brief.ledger import make_ledger
from evidence_brief.study.load import Study

StudyOf = Callable[[str], Study]

TRIAL = """
design: randomised trial
patients: {drug: 30, placebo: 30}
claims:
- {id: r1.count, value: "21", type: count, group: drug, outcome: response}
- {id: r1, value: "70.0%", type: proportion, group: drug, outcome: response, count: r1.count}
- {id: r2.count, value: "12", type: count, group: placebo, outcome: response}
- {id: r2, value: "40.0%", type: proportion, group: placebo, outcome: response, count: r2.count}
- {id: p, value: "P=.02", type: p_value, compares: [r1, r2]}
"""
COHORT = TRIAL.replace("randomised trial", "retrospective cohort")
ONE_ARM = """
patients: {drug: 24}
scales: {pain: {label: Pain, minimum: 0, maximum: 10, step: 1}}
claims:
- {id: before, value: "7.46±1.3", type: mean_sd, group: drug, scale: pain, outcome: pain, time: before}
- {id: after, value: "4.96±1.6", type: mean_sd, group: drug, scale: pain, outcome: pain, time: after}
- {id: p, value: "P<.001", type: p_value, compares: [before, after], paired: true}
"""


def plus(study: str, *claims: str) -> str:
    return study + "".join(f"- {{{claim}}}\n" for claim in claims)


ONE_SIDE = 'id: harm, value: "20.0%", type: proportion, group: drug, outcome: harms'
OTHER_SIDE = 'id: harm2, value: "10.0%", type: proportion, group: placebo, outcome: harms'
SIX = 'id: f1, value: "6", type: duration, unit: months, group: drug, outcome: follow-up'
NINE = 'id: f2, value: "9", type: duration, unit: months, group: placebo, outcome: follow-up'
SAME = 'id: f2, value: "6", type: duration, unit: months, group: placebo, outcome: follow-up'
PS = [f'id: more{i}, value: "P=.04", type: p_value, group: drug, outcome: "outcome {i}"' for i in range(4)]
LOOSE = 'id: loose, value: "P=.03", type: p_value, group: drug, outcome: pulses'
PARTS = TRIAL.replace("patients: {drug: 30", "groups: {all: {parts: [drug, placebo]}}\npatients: {all: 60, drug: 30")
EQUAL = TRIAL.replace('"12"', '"21"').replace("40.0", "70.0").replace("P=.02", "P=1")

CASES: list[tuple[Rule, str, str]] = [
    (figures.contradicted_p, TRIAL.replace("P=.02", "P=.30"), TRIAL),
    (figures.impossible_mean, ONE_ARM.replace("4.96", "4.97"), ONE_ARM),
    (figures.other_contradiction, PARTS.replace("all: 60", "all: 61"), PARTS),
    (figures.changed_denominator, plus(TRIAL, ONE_SIDE.replace("20.0", "21.0")), plus(TRIAL, ONE_SIDE)),
    (figures.multiplicity, plus(TRIAL, *PS), TRIAL),
    (figures.possible_only_if, ONE_ARM.replace("4.96", "4.95"), ONE_ARM),
    (figures.skewed, ONE_ARM.replace("4.96±1.6", "2.96±3.6"), ONE_ARM),
    (figures.without_counts, plus(TRIAL, ONE_SIDE), TRIAL),
    (figures.unchecked, plus(TRIAL, LOOSE), TRIAL),
    (design.no_comparison, ONE_ARM, TRIAL),
    (design.allocation, COHORT, ONE_ARM),
    (design.regression_to_the_mean, ONE_ARM, TRIAL),
    (design.one_arm_outcome, plus(TRIAL, ONE_SIDE), plus(TRIAL, ONE_SIDE, OTHER_SIDE)),
    (design.follow_up, plus(TRIAL, SIX, NINE), plus(TRIAL, SIX, SAME)),
    (design.no_evidence, TRIAL.replace('"12"', '"18"').replace("40.0", "60.0").replace("P=.02", "P=.42"), TRIAL),
    (design.absolute_and_relative, TRIAL, EQUAL),
    (design.fragility, TRIAL, TRIAL.replace('"12"', '"3"').replace("40.0", "10.0").replace("P=.02", "P<.001")),
    (practice.report_of_a_study, "publication: An article.\n" + TRIAL, TRIAL),
]
NAMES = [rule.__name__ for rule, _, _ in CASES]


def test_every_rule_has_a_case() -> None:
    assert set(RULES) == {rule for rule, _, _ in CASES}


@pytest.mark.parametrize(("rule", "fires", "silent"), CASES, ids=NAMES)
def test_rule_asks_where_it_applies_and_only_there(study_of: StudyOf, rule: Rule, fires: str, silent: str) -> None:
    study, other = study_of(fires), study_of(silent)
    found = rule(study, make_ledger(study))
    assert found is not None
    assert "?" in found.asks
    assert found.answer
    assert rule(other, make_ledger(other)) is None


@pytest.mark.parametrize("fires", [fires for _, fires, _ in CASES], ids=NAMES)
def test_numerals_of_questions_are_figures_or_stand_in_the_study(study_of: StudyOf, fires: str) -> None:
    study = study_of(fires)
    for question in questions(study, make_ledger(study)):
        plain = re.sub(r"\[[^\]]*\]\{\.(?:reported|recomputed|derived)\}", "", question.asks)
        named = " ".join(claim.outcome or "" for claim in study.claims.values())
        assert set(re.findall(r"\d+", plain)) <= set(re.findall(r"\d+", named)), question.asks


@pytest.mark.parametrize("text", [*(case for _, one, two in CASES for case in (one, two)), "patients: {drug: 1}"])
def test_discussion_has_five_to_eight_questions_and_ends_with_ones_own_patients(study_of: StudyOf, text: str) -> None:
    study = study_of(text)
    ledger = make_ledger(study)
    asked = questions(study, ledger)
    assert 5 <= FEWEST <= len(asked) <= MOST <= 8
    assert len({question.asks for question in asked}) == len(asked)
    assert asked[-1] == practice.own_patients(study, ledger)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (TRIAL, "concealed"),
        (COHORT, "nobody was allocated at random"),
        (TRIAL.replace("randomised", "non-randomised"), "nobody was allocated at random"),
    ],
)
def test_trials_are_asked_for_concealment_and_others_for_confounding(study_of: StudyOf, text: str, words: str) -> None:
    study = study_of(text)
    found = design.allocation(study, make_ledger(study))
    assert found is not None
    assert words in found.asks


def test_confounding_that_could_explain_the_ratio_is_told_the_presenter(study_of: StudyOf) -> None:
    study = study_of(COHORT)
    found = design.allocation(study, make_ledger(study))
    assert found is not None
    assert "[p.rr]{.derived}" in found.answer
    assert "[p.evalue]{.derived}" in found.answer


def test_a_p_value_that_turns_the_conclusion_comes_before_another(study_of: StudyOf) -> None:
    claims = [
        'id: s1, value: "50.0%", type: proportion, group: drug, outcome: sleep',
        'id: s2, value: "30.0%", type: proportion, group: placebo, outcome: sleep',
        'id: q, value: "P=.01", type: p_value, compares: [s1, s2]',
    ]
    study = study_of(plus(TRIAL.replace("P=.02", "P=.001"), *claims))
    ledger = make_ledger(study)
    assert {row.id for row in ledger.rows if row.verdict == "contradicted"} == {"p", "q"}
    found = figures.contradicted_p(study, ledger)
    assert found is not None
    assert "[q]{.reported}" in found.asks


def test_each_question_has_room_for_notes_and_its_answer_the_same_number(study_of: StudyOf) -> None:
    study = study_of(COHORT)
    ledger = make_ledger(study)
    asked, answered = discussion(study, ledger), answers(study, ledger)
    assert asked.count("{.question}") == asked.count("{.ruled}") == answered.count("{.answer}")
    for number, question in enumerate(questions(study, ledger), 1):
        assert f"**{number}.** {question.asks}" in asked
        assert f"**{number}. {question.asks}**\n\n{question.answer}" in answered
