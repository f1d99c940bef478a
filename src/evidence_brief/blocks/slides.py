"""The block of the slides that is theirs alone: one slide for each grave finding."""

from __future__ import annotations

from evidence_brief.blocks.text import md, minus, reported
from evidence_brief.ledger import Ledger, ReportedFinding
from evidence_brief.study.load import Study
from evidence_brief.verdicts import SEVERITIES

MOST_SLIDES = 4


def slide_findings(study: Study, ledger: Ledger) -> str:
    """A heading, the finding, and what might explain it; without a grave finding, one slide that says so."""
    grave = [item for item in ledger.findings if item.finding.severity != "note"]
    if not grave:
        return _slide("What does not add up", ["No figure that could be checked disagrees with the others."])
    slides = [_finding(ledger, item) for item in grave[:MOST_SLIDES]]
    if (left := len(grave) - MOST_SLIDES) > 0:
        more = f"{left} further finding{'s stand' if left > 1 else ' stands'} in the brief."
        slides.append(_slide("And more", [more]))
    return "\n".join(slides)


def _finding(ledger: Ledger, item: ReportedFinding) -> str:
    finding = item.finding
    figures = "; ".join(f"{reported(claim)} {md(ledger.row(claim).label)}" for claim in finding.claims)
    parts = [md(minus(finding.sentence)), figures]
    if finding.explanations:
        parts.append(f"[What might explain it:]{{.lead-in}} {md(finding.explanations)}")
    return _slide(f"{item.number}. {SEVERITIES[finding.severity]}", [part for part in parts if part])


def _slide(title: str, parts: list[str]) -> str:
    body = "\n\n".join(parts)
    return f'## {md(title)} {{.smaller}}\n\n::: {{data-place="slide-findings"}}\n{body}\n:::\n'
