"""Whether a person stands behind a study: its figures are confirmed, its findings are the accepted ones."""

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

    And for drafts: a finding of a figure that nobody has confirmed may be one of the reading.

    An entry is wrong when no check finds it any more, or when it does not say in which role a person accepted it.
    Notes may be accepted and need not be.
    """
    document = read_document(folder / "study.yml", f"data/{study.id}/study.yml")
    if problems := [*drafts(document, study), *_new(document, study, ledger), *_wrong(document, study, ledger)]:
        raise FindingsDiffer(*problems)


def require_confirmed(folder: Path, study: Study) -> None:
    """Raise FindingsDiffer where claims are drafts: a brief of them is not to be published by accident."""
    document = read_document(folder / "study.yml", f"data/{study.id}/study.yml")
    if problems := [*drafts(document, study, " or publish them as drafts with `--draft`")]:
        raise FindingsDiffer(*problems)


def drafts(document: Document, study: Study, otherwise: str = "") -> Iterator[Problem]:
    """The claims that no person has confirmed, as one problem."""
    found = [i for i, claim in enumerate(study.file.claims) if claim.status == "draft"]
    if found:
        total = len(study.file.claims)
        are = "was" if len(found) == 1 else "were"
        message = f"{len(found)} of {total} figures {are} read by the program and not yet confirmed by a person"
        mend = f"confirm them: `brief review {study.id}`, or take `status: draft` out by hand;{otherwise}".rstrip(";")
        place = ("claims", found[0])
        yield Problem(document.name, message, line=document.line(place), mend=mend)


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
