"""The block of tests: each reported P value under every conventional test, side by side."""

from __future__ import annotations

from evidence_brief.blocks.text import md, minus, table
from evidence_brief.labels import comparison, sentence_case
from evidence_brief.ledger import Ledger, Row
from evidence_brief.study.load import Study

ACROSS = 3  # P values beside each other


def tests(study: Study, ledger: Ledger) -> str:
    """Each reported P value under every test: the value, and a mark where it prints as reported."""
    parts = [family[i : i + ACROSS] for family in ledger.tested() for i in range(0, len(family), ACROSS)]
    if not parts:
        return "No reported P value compares figures that several tests could be made of.\n"
    return "\n".join(_tests(study, part) for part in parts)


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
