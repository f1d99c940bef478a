"""What a brief says, in one sum for each document: two briefs with the same sums differ in their looks alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Set

from evidence_brief.documents import REDLINE, reports
from evidence_brief.ledger import Ledger
from evidence_brief.project import Project
from evidence_brief.publish.causes import LEDGER
from evidence_brief.render.inspect.expected import Expected, expected
from evidence_brief.render.inspect.text import Unit
from evidence_brief.study.load import Study

_OF_THE_MAKING = ("version", "cite", "reproduce")
"""Places that say which version it is and what made it, and nothing of the study."""


def documents(project: Project, study: Study, ledger: Ledger) -> dict[str, str]:
    """The sha256 of what each report of the study says, and of its verdicts.

    It is made of the words, the marks and the alternative texts in reading order: engine, styles, version, date and
    the machine are no part of it. The project must not be one that holds a version of the study.
    """
    names = [name for name in reports(project) if name != REDLINE]
    said = expected(project, study, ledger, names)
    sums = {name: _sum([_heads(must), *(_said(unit, must.own) for unit in must.units)]) for name, must in said.items()}
    verdicts = [(row.id, row.printed, row.verdict, row.recomputed, row.condition) for row in ledger.rows]
    return sums | {LEDGER: _sum(verdicts)}


def content_sum(sums: Mapping[str, str]) -> str:
    """One sum of all documents."""
    return _sum(dict(sums))


def _heads(must: Expected) -> object:
    """What stands above the text: title, citation, language."""
    return [must.front.get(key) for key in ("title", "subtitle", "lang")]


def _said(unit: Unit, own: Set[str]) -> object:
    """What a text says; nothing where it tells how the brief was made, unless a person wrote it."""
    return None if unit.place in _OF_THE_MAKING and unit.place not in own else (unit.text, unit.marks)


def _sum(data: object) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
