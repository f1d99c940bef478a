"""Ids that read well: `remission.ivig`, `remission.p`, made of the words of outcomes, groups and types."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from evidence_brief.extract.candidate import Candidate

_WITHOUT = "a an and as at by for from in into of on or than the their these this to was were with"
_NO_WORDS = frozenset(_WITHOUT.split())
_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z0-9-]{1,9})\)")
_KINDS = {
    "count": "count",
    "proportion": "share",
    "mean_sd": "mean",
    "median_iqr": "median",
    "range": "range",
    "p_value": "p",
    "confidence_interval": "ci",
    "estimate": "estimate",
    "test_statistic": "statistic",
    "correlation": "r",
    "duration": "time",
    "dose": "dose",
    "date": "date",
}
_BY_SUBJECT = ("proportion", "mean_sd", "median_iqr")
"""Types whose ids are the names of what they are of; those of the others end with their type."""


def slug(text: str, words: int = 3, longest: int = 24) -> str:
    """A few words of the text in lower case ASCII, with hyphens between; "" where it holds none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = [word for word in re.findall(r"[a-z0-9]+", plain) if word not in _NO_WORDS][:words]
    while len(found) > 1 and len("-".join(found)) > longest:
        found.pop()
    return "-".join(found)[:longest].strip("-")


def slug_of_group(label: str) -> str:
    """The abbreviation that the label gives in brackets, or its first words."""
    short = _ABBREVIATION.search(label)
    return slug(short[1] if short else label, 2, 18) or "group"


def unique(name: str, taken: Callable[[str], bool]) -> str:
    """The name, or the first of `name.2`, `name.3`, … that is not taken."""
    number, found = 2, name
    while taken(found):
        found, number = f"{name}.{number}", number + 1
    return found


def id_of(candidate: Candidate, group: str | None, subject: str, letter: str = "") -> str:
    """The id of a claim; `subject` is the slug of its outcome, or of the figure that it belongs to, if any.

    `letter` is what a test statistic prints ("t", "χ2"). The id may be taken already.
    """
    kind = _KINDS[candidate.type]
    if candidate.type in ("duration", "dose") and not subject:
        return ".".join(part for part in (kind, slug(f"{candidate.value} {candidate.unit or ''}")) if part)
    if candidate.type == "estimate" and candidate.measure:
        kind = candidate.measure.lower()
    if candidate.type == "test_statistic":
        kind = slug(letter.replace("χ", "chi")) or kind
    parts = [subject or kind, group or ""]
    if subject and candidate.type not in _BY_SUBJECT and not (candidate.type == "count" and group):
        parts.append(kind)
    return ".".join(part for part in parts if part)
