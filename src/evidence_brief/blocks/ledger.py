"""The blocks of verdicts: what does not add up, and the ledger of all claims."""

from __future__ import annotations

from evidence_brief.blocks.text import block, md, minus, reported, table, verdict
from evidence_brief.ledger import Ledger, ReportedFinding, Row
from evidence_brief.study.load import Study
from evidence_brief.verdicts import SEVERITIES


def findings(study: Study, ledger: Ledger) -> str:
    """Every finding in a sentence, with the figures that it is about and what might explain it."""
    if not ledger.findings:
        if all(row.verdict == "unchecked" for row in ledger.rows):
            return "No figure of this text can be checked against the others.\n"
        return "Every figure that could be checked agrees with the others.\n"
    return "\n".join(_finding(ledger, item) for item in ledger.findings)


def _finding(ledger: Ledger, item: ReportedFinding) -> str:
    finding = item.finding
    lines = [f"[{item.number}. {SEVERITIES[finding.severity]}]{{.severity}} {md(minus(finding.sentence))}"]
    if finding.explanations:
        lines.append(f"[What might explain it:]{{.lead-in}} {md(finding.explanations)}")
    if item.accepted:
        lines.append(f"[Read and accepted:]{{.lead-in}} {md(item.accepted)}")
    if finding.claims:
        figures = "; ".join(f"{md(ledger.row(claim).label)} {reported(claim)}" for claim in finding.claims)
        lines.append(f"[Figures:]{{.lead-in}} {figures}.")
    lines[-1] += f" [`{finding.code}`]{{.code}}"
    return block(f"finding .{finding.severity} #finding-{item.number}", "\n\n".join(lines))


def ledger_table(study: Study, ledger: Ledger) -> str:
    """One row per claim: printed, recomputed, method, verdict; each row has an anchor."""
    rows = [_row(row) for row in ledger.rows]
    header = ("Figure", "Printed", "Recomputed", "Verdict", "Why")
    return block("ledger", table(header, rows, (24, 12, 15, 14, 35)))


def _row(row: Row) -> tuple[str, ...]:
    name = f'[{md(row.label)}]{{id="ledger-{row.id}"}}'
    if row.draft:
        name += " [*draft*]{.draft}"
    printed = f'[[{md(row.printed)}](#how-{row.id})]{{.printed data-claim="{row.id}"}}'
    recomputed = f"[{row.id}]{{.recomputed}}" if row.recomputed else "–"
    why = md(minus(row.why))
    if row.method:
        why = f"[{md(row.method)}.]{{.method}} {why}"
    if row.condition:
        why = f"{why} [If {md(row.condition)}.]{{.condition}}"
    return name, printed, recomputed, verdict(row.verdict), why
