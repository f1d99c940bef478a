"""The ledger as canonical JSON: the same study gives the same bytes."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from evidence_brief.agree import Figure, as_text
from evidence_brief.ledger import Ledger, Row
from evidence_brief.printed import show


def as_data(ledger: Ledger) -> dict[str, Any]:
    """The ledger as plain data; numbers that were recomputed are text, so that the bytes are stable."""
    findings = [
        {
            "number": item.number,
            **asdict(item.finding),
            "numbers": dict(item.finding.numbers),
            "accepted": item.accepted,
        }
        for item in ledger.findings
    ]
    derived = [
        {
            **asdict(item),
            **{end: show(getattr(item, end), 6) for end in ("estimate", "low", "high")},
            "figures": _both(item.figures),
        }
        for item in ledger.derived
    ]
    return {
        "study": ledger.study,
        "title": ledger.title,
        **asdict(ledger.about),
        "verdicts": ledger.counts(),
        "claims": [_claim(row) for row in ledger.rows],
        "findings": findings,
        "derived": derived,
    }


def _claim(row: Row) -> dict[str, Any]:
    trials = [{**asdict(trial), "figures": _both(trial.figures)} for trial in row.trials]
    data = {**asdict(row), "figures": _both(row.figures), "trials": trials}
    if not row.draft:
        del data["draft"]  # said of drafts alone, so that the ledgers of other studies stay as they are
    return data


def _both(figures: tuple[Figure, ...]) -> list[dict[str, str]]:
    """Recomputed numbers by the first and by the second path, to ten digits."""
    return [{"name": f.name, "first": as_text(f.first), "second": as_text(f.second)} for f in figures]


def to_json(ledger: Ledger) -> str:
    """Canonical JSON: sorted keys, two spaces, UTF-8, one newline at the end."""
    return json.dumps(as_data(ledger), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
