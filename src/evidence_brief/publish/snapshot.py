"""What a ledger file says, read back for comparing: also one that another version of the package wrote."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from evidence_brief.checks.result import VERDICTS, Severity
from evidence_brief.conclusions import Conclusion, Direction, derived_conclusion, recomputed_significance
from evidence_brief.errors import DamagedVersion, Problem
from evidence_brief.publish.typed import WRONG, finite, items, optional, said, text, texts, truth


@dataclass(frozen=True)
class Shown:
    """One reported figure: what is printed, what was recomputed, its verdict, and what follows from it."""

    id: str
    label: str
    type: str
    quote: str
    printed: str
    recomputed: str | None
    verdict: str
    condition: str | None
    concludes: Conclusion
    recomputed_significant: bool | None


@dataclass(frozen=True)
class Told:
    """One finding: its code and claims, which make it the same in another version (`id`), and its words."""

    id: str
    code: str
    claims: tuple[str, ...]
    severity: Severity
    sentence: str
    accepted: str | None


@dataclass(frozen=True)
class Follows:
    """One derived figure of these claims, as it is printed, and what it concludes."""

    id: str
    label: str
    text: str
    concludes: Conclusion
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Snapshot:
    """All that a version's ledger says, by id and in its order."""

    title: str
    citation: str
    figures: Mapping[str, Shown]
    findings: Mapping[str, Told]
    derived: Mapping[str, Follows]


def read_snapshot(source: str, name: str) -> Snapshot:
    """Read a `ledger.json`. Raises DamagedVersion, which names the file, for what is none."""
    try:
        data = json.loads(source)
        figures = [_shown(item) for item in items(data, "claims")]
        findings = _apart(_told(item) for item in items(data, "findings"))
        derived = [_follows(item) for item in items(data, "derived")]
        citation = text(data, "citation") if "citation" in data else ""
        return Snapshot(
            text(data, "title"),
            citation,
            {item.id: item for item in figures},
            {item.id: item for item in findings},
            {item.id: item for item in derived},
        )
    except WRONG as error:
        mend = "restore the file from a backup, or take another version"
        raise DamagedVersion(Problem(name, "is no ledger", found=said(error), mend=mend)) from error


def _apart(findings: Iterable[Told]) -> list[Told]:
    """Findings of the same code and claims are told apart by their order."""
    seen: dict[str, int] = {}
    found = []
    for item in findings:
        seen[item.id] = seen.get(item.id, 0) + 1
        found.append(item if seen[item.id] == 1 else replace(item, id=f"{item.id} #{seen[item.id]}"))
    return found


def _shown(item: Mapping[str, Any]) -> Shown:
    type_, recomputed = text(item, "type"), optional(item, "recomputed")
    direction: Any = optional(item, "direction", get_args(Direction)) if "direction" in item else None
    return Shown(
        text(item, "id"),
        text(item, "label"),
        type_,
        text(item, "quote"),
        text(item, "printed"),
        recomputed,
        text(item, "verdict", VERDICTS),
        optional(item, "condition"),
        Conclusion(truth(item, "significant"), direction),
        recomputed_significance(recomputed) if type_ == "p_value" else None,
    )


def _told(item: Mapping[str, Any]) -> Told:
    code, claims = text(item, "code"), texts(item, "claims")
    severity: Any = text(item, "severity", get_args(Severity))
    sentence = text(item, "sentence")
    return Told(" ".join((code, *claims)), code, claims, severity, sentence, optional(item, "accepted"))


def _follows(item: Mapping[str, Any]) -> Follows:
    estimate, low, high = (finite(item, end) for end in ("estimate", "low", "high"))
    concludes = derived_conclusion(text(item, "kind"), estimate, low, high)
    return Follows(text(item, "id"), text(item, "label"), text(item, "text"), concludes, texts(item, "claims"))
