"""The blocks of the handout: the question, its pictures, what adds up and what does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from evidence_brief.blocks.plots import figure
from evidence_brief.blocks.text import block, drafts, md, minus, shortened, tallies
from evidence_brief.labels import sentence_case
from evidence_brief.ledger import Ledger
from evidence_brief.study.load import Study
from evidence_brief.verdicts import SEVERITIES

if TYPE_CHECKING:
    from evidence_brief.plots.plot import Plot

MOST_FINDINGS = 4
LONGEST_ITEM, LONGEST_SENTENCE = 190, 330  # characters that leave room on the page


def handout_question(study: Study, ledger: Ledger) -> str:
    """What was asked, of whom, and how, in a few short lines."""
    asked = study.file.question
    items = [
        ("Patients", asked.population),
        ("Intervention", asked.intervention),
        ("Comparison", asked.comparison),
        ("Outcomes", "; ".join(asked.outcomes)),
        ("Design", sentence_case(study.file.design) if study.file.design else "Not named."),
    ]
    lines = [f"{name}\n:   {md(shortened(text, LONGEST_ITEM))}" for name, text in items if text]
    return block("asked", "\n\n".join(lines))


def handout_pictures(plots: Mapping[str, Plot]) -> dict[str, str]:
    """The flow diagram, no taller than it needs to be, and the one plot, in the room that the page leaves it."""
    kinds = {"handout-flow": "picture", "handout-plot": "rest"}
    return {name: block(kind, figure(plots[name])) if name in plots else "" for name, kind in kinds.items()}


def handout_findings(study: Study, ledger: Ledger) -> str:
    """How many figures hold, and the gravest findings; the others are counted."""
    total = len(ledger.rows)
    what = "The one reported figure" if total == 1 else f"The {total} reported figures"
    parts = [f"{notice}\n"] if (notice := drafts(total, ledger.drafts())) else []
    parts.append(f"{what}, held against each other: {tallies(ledger.counts())}\n")
    for item in ledger.findings[:MOST_FINDINGS]:
        words = md(minus(shortened(item.finding.sentence, LONGEST_SENTENCE)))
        said = f"[{item.number}. {SEVERITIES[item.finding.severity]}]{{.severity}} {words}"
        parts.append(block(f"finding .{item.finding.severity}", said))
    return "\n".join([*parts, _rest(ledger)])


def _rest(ledger: Ledger) -> str:
    """What stands in the brief alone, and that no finding is an accusation."""
    if not ledger.findings:
        if all(row.verdict == "unchecked" for row in ledger.rows):
            return "No figure of this text can be checked against the others.\n"
        return "Every figure that could be checked agrees with the others.\n"
    more = len(ledger.findings) - MOST_FINDINGS
    rest = f"And {more} more in the brief. " if more > 0 else ""
    return f"[{rest}Each may have an innocent explanation; the brief names those that we know.]{{.lead-in}}\n"
