"""Questions for the discussion with room for notes, and the presenter's answers: each by a rule on the study."""

from __future__ import annotations

from evidence_brief.blocks import discussion_design as design
from evidence_brief.blocks import discussion_figures as figures
from evidence_brief.blocks import discussion_practice as practice
from evidence_brief.blocks.discussion_facts import Question, Rule
from evidence_brief.blocks.text import block
from evidence_brief.ledger import Ledger
from evidence_brief.study.load import Study

FEWEST, MOST = 5, 7
RULES: tuple[Rule, ...] = (
    figures.contradicted_p,
    figures.impossible_mean,
    design.no_comparison,
    design.allocation,
    figures.changed_denominator,
    design.regression_to_the_mean,
    design.one_arm_outcome,
    figures.other_contradiction,
    design.follow_up,
    design.no_evidence,
    design.absolute_and_relative,
    design.fragility,
    figures.multiplicity,
    figures.possible_only_if,
    figures.skewed,
    practice.report_of_a_study,
    figures.without_counts,
    figures.unchecked,
)
"""By gravity: what the first of them ask comes first, and what there is no room for is left out."""
ALWAYS = (practice.outcomes_that_matter, practice.missing_from_the_text, practice.next_study, practice.in_one_sentence)
"""What a discussion with fewer questions takes up."""


def questions(study: Study, ledger: Ledger) -> list[Question]:
    """Five to seven questions, the gravest first; whether it holds for one's own patients is the last."""
    asked = (rule(study, ledger) for rule in RULES)
    found = [question for question in asked if question is not None][: MOST - 1]
    found += [rule(study, ledger) for rule in ALWAYS][: max(FEWEST - 1 - len(found), 0)]
    return [*found, practice.own_patients(study, ledger)]


def discussion(study: Study, ledger: Ledger) -> str:
    """The questions, each with room for notes."""
    return "\n".join(
        block("question", f"**{number}.** {question.asks}") + "\n" + block("ruled", "")
        for number, question in enumerate(questions(study, ledger), 1)
    )


def answers(study: Study, ledger: Ledger) -> str:
    """The presenter's answers, each below its question."""
    return "\n".join(
        block("answer", f"**{number}. {question.asks}**\n\n{question.answer}")
        for number, question in enumerate(questions(study, ledger), 1)
    )
