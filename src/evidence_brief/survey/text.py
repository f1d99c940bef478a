"""One file of a survey: read, made a study in memory, checked, and written down as rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from evidence_brief.checks import CHECKS
from evidence_brief.checks.result import Finding
from evidence_brief.checks.sentences import sentence_of
from evidence_brief.draft.study import NoFigures, draft_and_study
from evidence_brief.errors import UnreadableSource
from evidence_brief.extract.readers import read_bytes
from evidence_brief.extract.reading import Reading
from evidence_brief.ledger import gravest, judged
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim, Source

Status = Literal["figures", "no figures", "failed"]

_CHECKS = tuple(check for check in CHECKS if check.name != "coverage")
"""Coverage tells a person which numerals a study file leaves out; a draft is not written by one."""

_ONLY = "text"
_NOTHING = (None,) * 5
"""The columns of a finding where a claim has none."""


@dataclass(frozen=True)
class Surveyed:
    """What became of one file: its rows (one per claim and finding), or why there are none."""

    status: Status
    error: str | None = None
    rows: tuple[tuple[Any, ...], ...] = ()


def survey_content(content: bytes, name: str, sha256: str) -> Surveyed:
    """The rows of the content of a file of that name. What cannot be read is said, never raised."""
    try:
        reading = read_bytes(content, name)
    except UnreadableSource as error:
        problem = error.problems[0]
        return Surveyed("failed", problem.message + (f": {problem.found}" if problem.found else ""))
    source = Source(file="text", cite="text", sha256=sha256, decimal_mark="," if reading.decimal_mark == "," else ".")
    try:
        study = draft_and_study({_ONLY: reading}, {_ONLY: source}, id="text", title="text", whole=False)
    except NoFigures:
        return Surveyed("no figures")
    return Surveyed("figures", None, tuple(_rows(replace(study, verdicts_alone=True), reading)))


def _rows(study: Study, reading: Reading) -> Iterator[tuple[Any, ...]]:
    judgements, found = judged(study, _CHECKS)
    numbered: dict[str, list[tuple[int, Finding]]] = {}
    for number, finding in enumerate(found, 1):
        for name in dict.fromkeys(finding.claims):
            numbered.setdefault(name, []).append((number, finding))
    for claim in study.claims.values():
        best = gravest(claim, judgements.get(claim.id, []))
        method = best.method if best.verdict != "unchecked" else ""
        said = (best.verdict, method or None, best.recomputed, best.condition, best.why)
        about = _about(study, claim, reading)
        for told in [_told(*each) for each in numbered.get(claim.id, ())] or [_NOTHING]:
            yield *about, *said, *told


def _about(study: Study, claim: Claim, reading: Reading) -> tuple[Any, ...]:
    anchor = study.anchors[claim.id]
    group = study.file.groups[claim.group].label if claim.group else None
    sentence, start = sentence_of(study, claim)
    before = " ".join(study.texts[anchor.source][start : anchor.value_start].split())
    offset = sentence.find(" ".join(claim.value.split()), len(before))
    place = reading.place(anchor.value_start) or f"line {anchor.line}"
    words = (group, claim.outcome, claim.time, claim.unit, sentence, None if offset < 0 else offset)
    return claim.id, claim.type, claim.value, *words, anchor.value_start, anchor.value_end, place


def _told(number: int, finding: Finding) -> tuple[Any, ...]:
    return number, finding.code, finding.severity, finding.sentence, finding.explanations or None
