"""The blocks of results: comparisons, proportions, means, and the tests side by side."""

from __future__ import annotations

from evidence_brief.blocks.text import md, minus, reported, table, verdict
from evidence_brief.labels import compared_outcome, comparison, sentence_case
from evidence_brief.ledger import Ledger, Row
from evidence_brief.patients import tables
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

ACROSS = 3  # P values beside each other in the table of tests


def results(study: Study, ledger: Ledger) -> str:
    """Recomputed figures with their 95% intervals, beside what is reported."""
    parts = [
        _comparisons(study, ledger),
        _estimates(study, ledger, "proportion"),
        _estimates(study, ledger, "mean"),
    ]
    text = "\n".join(part for part in parts if part)
    return text or "No result of this study can be recomputed from its other figures.\n"


def _comparisons(study: Study, ledger: Ledger) -> str:
    differences = {item.id.removesuffix(".rd"): item for item in ledger.derived if item.kind == "difference"}
    rows = []
    for row in ledger.rows:
        claim = study.claims[row.id]
        if claim.type != "p_value" or not row.trials:
            continue
        first, second = (_arm(study, study.claims[name]) for name in claim.compares)
        difference = f"[{row.id}.rd]{{.derived}}" if row.id in differences else "–"
        p = f"{reported(row.id)}; recomputed [{row.id}]{{.recomputed}}"
        rows.append(
            (md(sentence_case(compared_outcome(study, claim))), first, second, difference, p, verdict(row.verdict))
        )
    if not rows:
        return ""
    header = (
        "Outcome",
        "First group",
        "Second group",
        "Risk difference (95% interval)",
        "P value",
        "Verdict of P",
    )
    caption = "Comparisons of two groups. Intervals of differences: Newcombe's hybrid score method."
    return table(header, rows, (15, 17, 17, 20, 18, 13), caption)


def _arm(study: Study, claim: Claim) -> str:
    options = tables(study, claim)
    count = f", {options[0][0]}/{options[0][1]}" if len(options) == 1 else ""
    group = md(study.file.groups[claim.group].label) + ": " if claim.group else ""
    return f"{group}{reported(claim.id)}{count}"


def _estimates(study: Study, ledger: Ledger, kind: str) -> str:
    derived = {item.claims[0]: item for item in ledger.derived if item.kind == kind}
    type_of = {"proportion": "proportion", "mean": "mean_sd"}[kind]
    rows = []
    for row in ledger.rows:
        if row.type == type_of:
            shown = md(minus(row.recomputed)) if row.recomputed else "–"
            interval = f"[{derived[row.id].id}]{{.derived}}" if row.id in derived else "–"
            rows.append((md(row.label), reported(row.id), shown, interval, verdict(row.verdict)))
    if not rows:
        return ""
    what, method = ("Proportions", "Wilson's score method") if kind == "proportion" else ("Means", "Student's t")
    header = (what, "Reported", "Recomputed", "Estimate (95% interval)", "Verdict")
    note = "" if kind == "proportion" else "; the standard deviation is taken as printed"
    return table(header, rows, (30, 14, 20, 21, 15), f"{what}. Intervals: {method}{note}.")


def tests(study: Study, ledger: Ledger) -> str:
    """Each reported P value under every test: the value, and a mark where it prints as reported."""
    shown = [row for row in ledger.rows if row.type == "p_value" and row.trials]
    if not shown:
        return "No reported P value compares two proportions whose counts are known.\n"
    return "\n".join(_tests(study, shown[i : i + ACROSS]) for i in range(0, len(shown), ACROSS))


def _tests(study: Study, shown: list[Row]) -> str:
    names = list(dict.fromkeys(trial.method for row in shown for trial in row.trials))
    heads = (f"{md(sentence_case(comparison(study, study.claims[row.id])))}: {md(row.printed)}" for row in shown)
    rows = [[md(name), *(_trial(row, name) for row in shown)] for name in names]
    caption = "P values by test; ✓ marks those that print as reported."
    return table(["Test", *heads], rows, (34, *(66 // len(shown) for _ in shown)), caption)


def _trial(row: Row, name: str) -> str:
    """What a test gives for a claim, with its mark."""
    trial = next((trial for trial in row.trials if trial.method == name), None)
    if trial is None:
        return "undefined"
    return md(minus(trial.result)) + trial.tick
