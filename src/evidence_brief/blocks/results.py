"""The block of results: comparisons, proportions, means."""

from __future__ import annotations

from evidence_brief.blocks.comparisons import comparisons
from evidence_brief.blocks.text import md, reported, table, verdict
from evidence_brief.ledger import Ledger
from evidence_brief.study.load import Study


def results(study: Study, ledger: Ledger) -> str:
    """Recomputed figures with their 95% intervals, beside what is reported."""
    parts = [
        *comparisons(study, ledger),
        _estimates(study, ledger, "proportion"),
        _estimates(study, ledger, "mean"),
    ]
    text = "\n".join(part for part in parts if part)
    return text or "No result of this study can be recomputed from its other figures.\n"


def _estimates(study: Study, ledger: Ledger, kind: str) -> str:
    derived = {item.claims[0]: item for item in ledger.derived if item.kind == kind}
    type_of = {"proportion": "proportion", "mean": "mean_sd"}[kind]
    rows = []
    for row in ledger.rows:
        if row.type == type_of:
            shown = f"[{row.id}]{{.recomputed}}" if row.recomputed else "–"
            interval = f"[{derived[row.id].id}]{{.derived}}" if row.id in derived else "–"
            rows.append((md(row.label), reported(row.id), shown, interval, verdict(row.verdict)))
    if not rows:
        return ""
    what, method = ("Proportions", "Wilson's score method") if kind == "proportion" else ("Means", "Student's t")
    header = (what, "Reported", "Recomputed", "Estimate (95% interval)", "Verdict")
    note = "" if kind == "proportion" else "; the standard deviation is taken as printed"
    return table(header, rows, (30, 14, 20, 21, 15), f"{what}. Intervals: {method}{note}.")
