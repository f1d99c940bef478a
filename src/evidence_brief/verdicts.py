"""The verdicts in words, signs and meanings: the one place for terminal, page and notebook."""

from __future__ import annotations

from evidence_brief.checks.result import Severity, Verdict

WORDS: dict[Verdict, str] = {
    "contradicted": "Contradicted",
    "reproduced": "Reproduced",
    "reproduced-if": "Reproduced if",
    "possible": "Possible",
    "unchecked": "Not checked",
}
SIGNS: dict[Verdict, str] = {
    "contradicted": "✗",
    "reproduced": "✓",
    "reproduced-if": "≈",
    "possible": "○",
    "unchecked": "–",
}
MEANINGS: dict[Verdict, str] = {
    "contradicted": "Nothing defensible yields the printed figure.",
    "reproduced": "A conventional method, applied to other reported figures, prints the same.",
    "reproduced-if": "The same is printed only under a departure that the ledger names.",
    "possible": "Cannot be recomputed, and lies inside what the other figures allow.",
    "unchecked": "No reported figure determines it; the ledger says why.",
}
SEVERITIES: dict[Severity, str] = {"contradiction": "Contradiction", "warning": "Caution", "note": "Note"}
"""From the gravest."""
