"""Formulas of the methods, for the derivation of each figure; plain text, so that page and paper print the same."""

from __future__ import annotations

FORMULAS: dict[str, str] = {
    "Count over number of patients": "x ÷ n, for every whole number x of patients",
    "Count of the percentage": "percentage × n, for the whole numbers that print as the percentage",
    "Sum of the parts": "sum of the parts",
    "Total less the other parts": "total − sum of the other parts",
    "GRIM": "total ÷ n, for every total that n scores can have",
    "Wilson score interval": "(p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) ÷ (1 + z²/n)",
    "Student t interval": "mean ± t(n − 1) × SD/√n",
    "Newcombe hybrid score interval": "p₁ − p₂ with the limits of both Wilson intervals: "
    "lower −√((p₁ − l₁)² + (u₂ − p₂)²), upper +√((u₁ − p₁)² + (p₂ − l₂)²)",
}
"""By the name of the method as the ledger prints it."""


def formula(method: str) -> str | None:
    """The formula of a method; None where the ledger's own words are all there is to say."""
    return FORMULAS.get(method)
