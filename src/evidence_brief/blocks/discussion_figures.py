"""Rules of the discussion that follow from what the checks found in the figures."""

from __future__ import annotations

from evidence_brief.blocks.discussion_facts import Question, explained, found, listed, named, said
from evidence_brief.blocks.text import md, reported
from evidence_brief.ledger import Ledger, Row
from evidence_brief.study.load import Study

DENOMINATORS = ("percentage.other_denominator", "percentage.impossible", "percentage.mismatch", "percentage.outside")
MANY = 5
"""P values from which on their number is worth a question, also where each stays below 5%."""


def _contradicted(ledger: Ledger, *types: str) -> list[Row]:
    """The contradicted figures of these types, those of the gravest findings first."""
    rows = [row for row in ledger.rows if row.verdict == "contradicted" and row.type in types]
    return sorted(
        rows, key=lambda row: min((item.number for item in ledger.of_claim(row.id)), default=len(ledger.rows))
    )


def _answer(ledger: Ledger, row: Row) -> str:
    """The gravest finding on a figure, or else what the ledger says of it."""
    items = ledger.of_claim(row.id)
    return said(items[0]) + explained(items[0]) if items else md(row.why)


def contradicted_p(study: Study, ledger: Ledger) -> Question | None:
    """A P value that the other figures do not give; one that turns the conclusion first."""
    rows = _contradicted(ledger, "p_value")
    if not rows:
        return None
    row = min(rows, key=lambda each: not {"p_value.decision", "interval.decision"} & set(each.findings))
    more = " It is not the only such P value." if len(rows) > 1 else ""
    return Question(
        f"The text prints {named(row)}; its other figures do not give this P value. Which conclusion of the authors "
        f"rests on it, and would you still draw it?{more}",
        _answer(ledger, row),
    )


def impossible_mean(study: Study, ledger: Ledger) -> Question | None:
    """A mean or SD that no data of so many patients have."""
    rows = _contradicted(ledger, "mean_sd")
    if not rows:
        return None
    return Question(
        f"No data of the patients described give {named(rows[0])}. What could have gone wrong between the measurements "
        "and the printed figure, and which results would change with it?",
        _answer(ledger, rows[0]),
    )


def other_contradiction(study: Study, ledger: Ledger) -> Question | None:
    """A contradicted figure of another kind, unless it is a matter of the denominator."""
    rows = [
        row
        for row in ledger.rows
        if row.verdict == "contradicted"
        and row.type not in ("p_value", "mean_sd")
        and not set(DENOMINATORS) & set(row.findings)
    ]
    if not rows:
        return None
    return Question(
        f"{named(rows[0])} and other figures of the same text cannot all be right. Which of them would you believe, "
        "and how could you find out?",
        _answer(ledger, rows[0]),
    )


def changed_denominator(study: Study, ledger: Ledger) -> Question | None:
    """A percentage that is not of the patients whom the text names."""
    items = found(ledger, *DENOMINATORS)
    if not items:
        return None
    row = ledger.row(items[0].finding.claims[0])
    return Question(
        f"Of which patients is {named(row)} a share? What would it be of all who belong to the group, and which of "
        "the two would you tell a patient?",
        f"{said(items[0])} Ask of every percentage whose it is, and who was left out.{explained(items[0])}",
    )


def possible_only_if(study: Study, ledger: Ledger) -> Question | None:
    """A figure that is reproduced only under a condition, other than that of its patients."""
    rows = [row for row in ledger.rows if row.verdict == "reproduced-if" and not set(DENOMINATORS) & set(row.findings)]
    if not rows:
        return None
    row = rows[0]
    items = ledger.of_claim(row.id)
    words = said(items[0]) if items else f"It is reproduced if {md(row.condition or '')}."
    return Question(
        f"{named(row)} comes out only if something is assumed that the text does not say. What would you have to "
        "assume, and is it reported as it should be?",
        words,
    )


def multiplicity(study: Study, ledger: Ledger) -> Question | None:
    """Many P values: which of them count?"""
    items = found(ledger, "p_value.multiplicity")
    rows = [row for row in ledger.rows if row.type == "p_value" and not study.claims[row.id].restates]
    if not items and len(rows) < MANY:
        return None
    answer = said(items[0]) if items else (
        f"The text prints {listed(reported(row.id) for row in rows)}; Holm’s procedure, which allows for their number, "
        "takes none that is below the level of significance away with certainty."
    )  # fmt: skip
    return Question(
        "Many P values are reported. Which outcome was named as the primary one before the data were seen, and how "
        "many of these P values would you expect to be small by chance alone?",
        f"{answer} Which outcome was primary stands in the protocol or the registration, not in the figures.",
    )


def skewed(study: Study, ledger: Ledger) -> Question | None:
    """Means with SDs of values that cannot be spread evenly around them."""
    items = found(ledger, "spread.skewed")
    if not items:
        return None
    figures = listed(reported(claim) for claim in items[0].finding.claims)
    return Question(
        f"The text describes patients by {figures}. What does a typical patient look like then, and which summary "
        "would you rather have?",
        f"{said(items[0])} Ask for medians with quartiles, or for a plot of the single values.",
    )


def without_counts(study: Study, ledger: Ledger) -> Question | None:
    """Percentages that are printed without the number of patients behind them."""
    intervals = {item.claims[0]: item.id for item in ledger.derived if item.kind == "proportion"}
    bare = [
        row
        for row in ledger.rows
        if row.type == "proportion" and study.claims[row.id].count is None and row.id in intervals
    ]
    if not bare:
        return None
    figures = listed((reported(row.id) for row in bare), 2)
    behind = listed(
        (f"{reported(row.id)} is [{row.id}]{{.recomputed}}, with its interval [{intervals[row.id]}]{{.derived}}"
         if row.recomputed else f"{reported(row.id)} has the interval [{intervals[row.id]}]{{.derived}}"
         for row in bare), 2,
    )  # fmt: skip
    return Question(
        f"How many patients stand behind {figures}? How sure would you be of such percentages in your next patients?",
        f"Recomputed from the size of the groups: {behind}.",
    )


def unchecked(study: Study, ledger: Ledger) -> Question | None:
    """Figures that nothing reported determines: what would let one check them?"""
    plain = ("count", "date", "duration", "dose")
    rows = [row for row in ledger.rows if row.verdict == "unchecked" and row.type not in plain]
    if not rows:
        return None
    return Question(
        f"Nothing that is reported lets us check {listed(named(row) for row in rows[:2])}. What exactly would you "
        "ask the authors for?",
        f"Of the first the ledger says: “{md(rows[0].why)}” Counts behind percentages, the SD of changes, the test "
        "that was used and how many patients were in it would do for most figures; the data themselves for all.",
    )
