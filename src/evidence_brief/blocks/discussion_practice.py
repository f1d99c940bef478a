"""Rules of the discussion that lead from the page to practice; the last ones are there for every study."""

from __future__ import annotations

from evidence_brief.blocks.discussion_facts import Question, arms, group_name, listed
from evidence_brief.blocks.text import md, reported, shortened
from evidence_brief.ledger import Ledger
from evidence_brief.study.load import Study


def report_of_a_study(study: Study, ledger: Ledger) -> Question | None:
    """The checked text reports on a study that was published elsewhere."""
    if not study.file.publication:
        return None
    cites = listed((md(shortened(source.cite, 120)) for source in study.file.sources.values()), 2)
    return Question(
        "What we have read is a report about the study and not the article itself. What would you look up in the "
        "article first?",
        f"Checked was: {cites} The article is: {md(shortened(study.file.publication, 160))} A contradiction may have "
        "come in on the way from one to the other: look the contradicted figures up before you judge the authors.",
    )


def own_patients(study: Study, ledger: Ledger) -> Question:
    """Whether the result holds for the patients of those who discuss it."""
    population = study.file.question.population
    who = f" The text describes them as “{md(shortened(population, 120))}”." if population else ""
    sizes = [
        f"{group_name(study, name)} {reported(str(n))}" for name in arms(study) if (n := study.file.groups[name].n)
    ]
    studied = f" Studied were: {listed(sizes, 4)}." if sizes else ""
    return Question(
        f"Would your own patients have been in this study?{who} What would you do differently tomorrow because of it?",
        "Go through one real patient: who was eligible, what was given, which outcomes were measured, "
        f"when.{studied} What the text does not say of the patients is a reason to be careful, not to assume that "
        "they are like yours.",
    )


def outcomes_that_matter(study: Study, ledger: Ledger) -> Question:
    """For a discussion that needs more: what was measured."""
    outcomes = study.file.question.outcomes
    given = (
        f"The text names: {md(shortened('; '.join(outcomes), 200))}. " if outcomes else "The text names no outcomes. "
    )
    return Question(
        "Which outcome matters most to a patient, and was it measured?",
        f"{given}How a patient feels, functions and survives comes before scores and laboratory values.",
    )


def next_study(study: Study, ledger: Ledger) -> Question:
    """For a discussion that needs more: what would settle the matter."""
    return Question(
        "Which study would settle what this one leaves open: which patients, compared with whom, for how long?",
        "Name patients, intervention, comparison and outcome; a size from the smallest difference that matters; and "
        "what would have to be registered beforehand.",
    )


def in_one_sentence(study: Study, ledger: Ledger) -> Question:
    """For a discussion that needs more: what to take home."""
    counts = ledger.counts()
    wrong = [row for row in ledger.rows if row.verdict == "contradicted"]
    held = f"Contradicted: {listed(reported(row.id) for row in wrong)}." if wrong else (
        "No reported figure is contradicted by the others." if counts["reproduced"] else
        "Nothing that is reported could be reproduced from other figures.")  # fmt: skip
    return Question(
        "How would you sum up this study for a colleague in one sentence, and how sure are you of it?",
        f"{held} That figures agree with each other does not make a study right, and one slip does not make it wrong.",
    )


def missing_from_the_text(study: Study, ledger: Ledger) -> Question:
    """For a discussion that needs more: what is not said."""
    return Question(
        "What does the text not tell you that you would need before you trust its result?",
        "For example: how patients were chosen, who was left out, who paid, what was planned beforehand, and harms.",
    )
