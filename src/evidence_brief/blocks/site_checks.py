"""Every check, and every code that a finding can have, for the page that briefs lead to."""

from __future__ import annotations

from evidence_brief.blocks.text import md, table
from evidence_brief.checks import CHECKS
from evidence_brief.checks.codes import CODES
from evidence_brief.verdicts import SEVERITIES


def checks() -> str:
    """The checks in the order in which they run; each leads to its methods."""
    rows = [(f"[`{check.name}`](methods.html#check-{check.name})", f"{md(check.title)}.") for check in CHECKS]
    return table(("Check", "What must hold"), rows, (25, 75))


def codes() -> str:
    """The codes of findings with an anchor each."""
    rows = [
        (f"[`{code}`]{{#code-{code}}}", " or ".join(SEVERITIES[name] for name in entry.severities), md(entry.meaning))
        for code, entry in CODES.items()
    ]
    return table(("Code", "How grave", "What it means"), rows, (30, 20, 50))
