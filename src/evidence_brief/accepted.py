"""Whether the findings of a study are the ones that a person has accepted: no other, and none less."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evidence_brief.errors import FindingsDiffer, Problem
from evidence_brief.ledger import Ledger, answers
from evidence_brief.study.load import Study
from evidence_brief.study.yaml_lines import Document, read_document

UNUSED = "accepted.unused"
"""The finding that says that another one vanished; here the entry itself is named."""


def require_accepted(folder: Path, study: Study, ledger: Ledger) -> None:
    """Raise FindingsDiffer for contradictions and warnings that nobody has accepted, and for entries that are wrong.

    An entry is wrong when no check finds it any more, or when it does not say in which role a person accepted it.
    Notes may be accepted and need not be.
    """
    document = read_document(folder / "study.yml", f"data/{study.id}/study.yml")
    if problems := [*_new(document, study, ledger), *_wrong(document, study, ledger)]:
        raise FindingsDiffer(*problems)


def _new(document: Document, study: Study, ledger: Ledger) -> Iterator[Problem]:
    ids = list(study.claims)
    for item in ledger.findings:
        finding = item.finding
        if item.accepted is None and finding.severity != "note" and finding.code != UNUSED:
            claims = f"claims: [{', '.join(finding.claims)}], " if finding.claims else ""
            entry = f"{{finding: {finding.code}, {claims}reason: …, role: …}}"
            message = f"{finding.severity} {finding.code}, which nobody has accepted: {finding.sentence}"
            place = ("claims", ids.index(finding.claims[0])) if finding.claims else ("claims",)
            yield document.problem(place, message, mend=f"correct the study file, or add to `accepted`: {entry}")


def _wrong(document: Document, study: Study, ledger: Ledger) -> Iterator[Problem]:
    found = [item.finding for item in ledger.findings]
    for i, entry in enumerate(study.file.accepted):
        claims = ", ".join(entry.claims)
        if not any(answers(entry, finding) for finding in found):
            message = f"`accepted` names {entry.finding} of {claims or 'no claim'}, which no check finds any more"
            mend = "take the entry out of `accepted`: the figures may have been corrected"
            yield document.problem(("accepted", i), message, mend=mend)
        elif entry.role is None:
            message = f"{entry.finding} of {claims or 'no claim'} is accepted, and `role` does not say by whom"
            yield document.problem(("accepted", i), message, expected="for example `role: methodologist`")
