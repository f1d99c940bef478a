"""What the summary of a survey counts, gathered file by file without keeping the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from evidence_brief.survey.columns import CLAIM
from evidence_brief.survey.table import File

MOST_LISTED = 500
"""Files with contradictions, and files that could not be read, that the summary lists one by one."""

_PLACE = {name: i for i, (name, _) in enumerate(CLAIM)}


@dataclass(frozen=True)
class Contradicted:
    """A sentence with contradicted figures, each with its place in the sentence, and why they cannot be right."""

    marks: tuple[tuple[str, int | None], ...]
    sentence: str
    place: str
    code: str | None
    why: str
    explanation: str | None


@dataclass
class Totals:
    """The counts of a survey, and the first MOST_LISTED files with contradictions and of those that failed."""

    files: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)
    contradictions: Counter[str] = field(default_factory=Counter)
    warnings: Counter[str] = field(default_factory=Counter)
    contradicted_files: int = 0
    contradicted: list[tuple[str, list[Contradicted]]] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def claims(self) -> int:
        """How many figures were found."""
        return sum(self.verdicts.values())

    def of_verdict(self, verdict: str) -> int:
        """How many figures have the verdict."""
        return sum(count for (_, each), count in self.verdicts.items() if each == verdict)

    def counting(self, files: Iterable[File]) -> Iterator[File]:
        """The files as they come, counted on their way."""
        for file in files:
            self._count(file)
            yield file

    def _count(self, file: File) -> None:
        name, _, status, error, rows = file
        self.files[status] += 1
        if status == "failed" and len(self.failed) < MOST_LISTED:
            self.failed.append((name, error or ""))
        claims: dict[str, list[Any]] = {}
        findings: dict[int, list[Any]] = {}
        for row in rows:
            # The row of a contradiction outweighs that of a warning of the same claim.
            held = claims.get(row[_PLACE["claim"]])
            if held is None or (row[_PLACE["severity"]] == "contradiction" != held[_PLACE["severity"]]):
                claims[row[_PLACE["claim"]]] = row
            if row[_PLACE["finding"]] is not None:
                findings[row[_PLACE["finding"]]] = row
        self.verdicts.update((row[_PLACE["type"]], row[_PLACE["verdict"]]) for row in claims.values())
        for row in findings.values():
            counter = {"contradiction": self.contradictions, "warning": self.warnings}.get(row[_PLACE["severity"]])
            if counter is not None:
                counter[row[_PLACE["code"]]] += 1
        if found := list(_contradicted(row for row in claims.values() if row[_PLACE["verdict"]] == "contradicted")):
            self.contradicted_files += 1
            if len(self.contradicted) < MOST_LISTED:
                self.contradicted.append((name, found))


def _contradicted(rows: Iterable[list[Any]]) -> Iterator[Contradicted]:
    """Figures of one sentence that one finding is about stand together."""
    together: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for row in rows:
        get = dict(zip(_PLACE, row, strict=True))
        key = (get["finding"] if get["severity"] == "contradiction" else get["claim"], get["sentence"])
        together.setdefault(key, []).append(get)
    for found in together.values():
        first, told = found[0], found[0]["severity"] == "contradiction"
        yield Contradicted(
            tuple((get["value"], get["offset"]) for get in found),
            first["sentence"],
            first["place"],
            first["code"] if told else None,
            first["message"] if told else first["why"],
            first["explanation"] if told else None,
        )
