"""What a ledger file says, read back for comparing: also one that another version of the package wrote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evidence_brief.conclusions import Conclusion, derived_conclusion, recomputed_significance
from evidence_brief.errors import DamagedVersion, Problem


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
    """One finding: its code and claims, which make it the same in another version, and its words."""

    code: str
    claims: tuple[str, ...]
    severity: str
    sentence: str
    accepted: str | None

    @property
    def id(self) -> str:
        """Code and claims in one text."""
        return " ".join((self.code, *self.claims))


@dataclass(frozen=True)
class Follows:
    """One derived figure, as it is printed, and what it concludes."""

    id: str
    label: str
    text: str
    concludes: Conclusion


@dataclass(frozen=True)
class Snapshot:
    """All that a version's ledger says, by id and in its order."""

    title: str
    citation: str
    figures: Mapping[str, Shown]
    findings: Mapping[str, Told]
    derived: Mapping[str, Follows]


def read_snapshot(text: str, name: str) -> Snapshot:
    """Read a `ledger.json`. Raises DamagedVersion, which names the file, for what is none."""
    try:
        data = json.loads(text)
        figures = {item["id"]: _shown(item) for item in data["claims"]}
        findings = [_told(item) for item in data["findings"]]
        derived = {item["id"]: _follows(item) for item in data["derived"]}
        return Snapshot(
            str(data["title"]), str(data.get("citation", "")), figures, {item.id: item for item in findings}, derived
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        mend = "restore the file from a backup, or take another version"
        raise DamagedVersion(Problem(name, "is no ledger", found=_words(error), mend=mend)) from error


def _words(error: Exception) -> str:
    return f"no {error}" if isinstance(error, KeyError) else str(error)[:200]


def _shown(item: Mapping[str, Any]) -> Shown:
    is_p = item["type"] == "p_value"
    return Shown(
        item["id"],
        item["label"],
        item["type"],
        item["quote"],
        item["printed"],
        item["recomputed"],
        item["verdict"],
        item["condition"],
        Conclusion(item.get("significant"), item.get("direction")),
        recomputed_significance(item["recomputed"]) if is_p else None,
    )


def _told(item: Mapping[str, Any]) -> Told:
    return Told(item["code"], tuple(item["claims"]), item["severity"], item["sentence"], item["accepted"])


def _follows(item: Mapping[str, Any]) -> Follows:
    ends = (float(item[end]) for end in ("estimate", "low", "high"))
    return Follows(item["id"], item["label"], item["text"], derived_conclusion(item["kind"], *ends))
