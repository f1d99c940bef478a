"""The list of all studies, on the first page of the site: made from their ledger files alone."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from textwrap import indent
from typing import Annotated

from pydantic import BaseModel, Field, ValidationError

from evidence_brief.blocks.text import block, drafts, md, minus, tallies
from evidence_brief.checks.result import VERDICTS, Severity, Verdict
from evidence_brief.errors import InvalidStudy, Problem
from evidence_brief.verdicts import SEVERITIES

PAGES = (
    ("brief.html", "Brief"),
    ("brief.pdf", "PDF"),
    ("handout.html", "Handout"),
    ("handout.pdf", "Handout (PDF)"),
    ("slides.html", "Slides"),
    ("recompute.html", "Notebook"),
    ("ledger.json", "Ledger"),
)
"""What may stand in the folder of a study, and what its link says; the title leads to the first that is there."""


class Found(BaseModel):
    """A finding, of which the list shows the gravest."""

    severity: Severity
    sentence: str


class Figure(BaseModel):
    """A reported figure, of which the list shows whether it is a draft."""

    draft: bool = False


class Listed(BaseModel):
    """What the list shows of a study, out of its ledger file; `pages` are the files that it may lead to."""

    study: str
    title: str
    citation: str
    design: str | None
    outcomes: tuple[str, ...]
    language: str
    verdicts: dict[Verdict, Annotated[int, Field(ge=0)]]
    findings: tuple[Found, ...]
    claims: tuple[Figure, ...] = ()
    pages: tuple[str, ...] = ()


def listed(ledger: Path, pages: Sequence[str]) -> Listed:
    """The study of a ledger file. Raises InvalidStudy where the file is not one that this version writes."""
    try:
        study = Listed.model_validate_json(ledger.read_bytes())
    except ValidationError as error:
        found = "; ".join(f"{'.'.join(map(str, each['loc'])) or 'file'}: {each['msg']}" for each in error.errors()[:3])
        mend = f"make it again: `brief render {ledger.parent.name}`"
        raise InvalidStudy(
            Problem(f"{ledger.parent.name}/ledger.json", "is no ledger of this version", found=found, mend=mend)
        ) from error
    return study.model_copy(update={"pages": tuple(pages)})


def studies(found: Sequence[Listed], folder: str = "briefs") -> str:
    """How many studies and figures there are, and each study in the order of the titles."""
    if not found:
        return "No study has been prepared yet: `brief prepare` does that.\n"
    ordered = sorted(found, key=lambda study: (_without_marks(study.title), study.study))
    items = "\n\n".join(indent(_study(study, folder), "    ").replace("    ", "-   ", 1) for study in ordered)
    if len(found) == 1:
        return block("studies", items)
    total = {name: sum(study.verdicts.get(name, 0) for study in found) for name in VERDICTS}
    head = f"{len(found)} studies, {sum(total.values())} reported figures"
    return f"{head}: {tallies(total)}\n\n" + block("studies", items)


def _without_marks(title: str) -> str:
    """The title for sorting: Ä beside A, whatever the machine's language."""
    return "".join(c for c in unicodedata.normalize("NFKD", title.casefold()) if not unicodedata.combining(c))


def _study(study: Listed, folder: str) -> str:
    place = f"{folder}/{study.study}"
    pages = [page for page, _ in PAGES if page in study.pages]
    title = f"[{md(study.title)}]({place}/{pages[0]})" if pages else md(study.title)
    links = [f"[{name}]({place}/{page})" for page, name in PAGES if page in pages[1:]]
    # The classes are what the search of the page goes by.
    lines = [
        f"## {title} {{#study-{study.study} .unnumbered .unlisted}}",
        f'[{md(study.citation)}]{{.cite lang="{study.language}"}}',
        drafts(len(study.claims), sum(claim.draft for claim in study.claims)),
        tallies(study.verdicts),
        _gravest(study),
        _about(study),
        f"[{' · '.join(links)}]{{.links}}" if links else "",
    ]
    return "\n\n".join(line for line in lines if line)


def _gravest(study: Listed) -> str:
    """The first of the gravest findings, in a line, and how many others there are."""
    if not study.findings:
        return ""
    first = min(study.findings, key=lambda found: list(SEVERITIES).index(found.severity))
    more = len(study.findings) - 1
    others = f" [And {more} more.]{{.lead-in}}" if more else ""
    sentence = md(minus(first.sentence))
    return f"[[{SEVERITIES[first.severity]}]{{.severity .{first.severity}}} {sentence}{others}]{{.gravest}}"


def _about(study: Listed) -> str:
    design = f"[Design:]{{.lead-in}} [{md(study.design)}]{{.design}}" if study.design else ""
    outcomes = "; ".join(f"[{md(outcome)}]{{.outcome}}" for outcome in study.outcomes)
    parts = filter(None, (design, outcomes and f"[Outcomes:]{{.lead-in}} {outcomes}"))
    about = ". ".join(parts)
    return f"[{about}]{{.about}}" if about else ""
