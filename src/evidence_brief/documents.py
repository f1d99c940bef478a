"""The documents of a study, made from `reports/*.qmd`, with what is known of the study in their front matter."""

from __future__ import annotations

import hashlib
import re
from io import StringIO
from pathlib import Path
from typing import Any

from evidence_brief.blocks.text import md, shortened
from evidence_brief.ledger import Ledger
from evidence_brief.ledger_json import to_json
from evidence_brief.project import Project
from evidence_brief.publish.release import Release, from_json
from evidence_brief.study.load import Study

DOCUMENTS = ("brief", "handout", "slides", "redline")
"""The reports of a study by their names in `reports/`; those that a team has taken away are not made, and the redline
is made of a published version alone."""

REDLINE = "redline"

LONGEST_TITLE, LONGEST_CITATION = 140, 240
"""Characters on a handout and on slides, where a page is a page."""

_PLACE = re.compile(r'\{\.evidence\b[^}]*\bblock="([^"]+)"')


def release_of(project: Project, study: str) -> Release | None:
    """The version that a study is being published as, in the job that makes it; None for a draft."""
    record = project.workshop / "releases" / f"{study}.json"
    if not record.is_file():
        return None
    return from_json(record.read_bytes().decode("utf-8", "replace"), f".brief/releases/{record.name}")


def reports(project: Project) -> dict[str, str]:
    """The text of each report of a study, by its name."""
    files = {name: project.root / "reports" / f"{name}.qmd" for name in DOCUMENTS}
    return {name: path.read_text(encoding="utf-8") for name, path in files.items() if path.is_file()}


def titled(report: str, project: Project, study: Study, ledger: Ledger, name: str = "brief") -> str:
    """The report of this name, its front matter with title, subtitle, language, version and permalink of the study."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="rt")
    yaml.width = 10_000
    front, body = parted(report)
    metadata = yaml.load(front) or {}
    metadata.pop("filters", None)  # for a report that Quarto renders by itself; the project names its filters
    # Metadata is read as Markdown: other people's signs are no markup.
    metadata["title"] = metadata["pagetitle"] = md(title(study, name))
    metadata["subtitle"] = md(citation(study, name))
    metadata["study"] = study.id
    metadata["lang"] = "en"
    release = release_of(project, study.id)
    # A version stands for itself, wherever it is kept: it leads to no page of the site beside it.
    if release is None and "index.qmd" in project.site_pages():
        metadata["site-root"] = "../.."
    if release is None and "reports/checks.qmd" in project.site_pages():
        metadata["checks-page"] = "../../reports/checks.html"
    metadata["version"] = release.label if release else version_of(ledger)
    if (link := permalink(project, study.id, release)) is not None:
        metadata["permalink"] = link
    if study.file.bibliography:
        metadata |= {"bibliography": study.file.bibliography, "link-citations": True}
    written = StringIO()
    yaml.dump(metadata, written)
    return f"---\n{written.getvalue()}---\n{body}"


def parted(report: str) -> tuple[str, str]:
    """The front matter of a document, as YAML, and its body."""
    _, front, body = report.split("---\n", 2)
    return front, body


def front_matter(document: Path) -> dict[str, Any]:
    """What a document's front matter says, by key."""
    from ruamel.yaml import YAML

    front, _ = parted(document.read_text(encoding="utf-8"))
    return YAML(typ="safe").load(front) or {}


def title(study: Study, name: str) -> str:
    """The title, shortened where pages are counted."""
    if name == REDLINE:
        return f"What changed: {study.file.title}"
    return study.file.title if name == "brief" else shortened(study.file.title, LONGEST_TITLE)


def citation(study: Study, name: str = "brief") -> str:
    """What a reader would look the study up by: its own citation, or that of the first source."""
    cite = study.file.publication or next(iter(study.file.sources.values())).cite
    return cite if name == "brief" else shortened(cite, LONGEST_CITATION)


def version_of(ledger: Ledger) -> str:
    """The name of a brief that has not been published: a draft, by the sum of its ledger."""
    return f"draft {hashlib.sha256(to_json(ledger).encode()).hexdigest()[:8]}"


def permalink(project: Project, study: str, release: Release | None) -> str | None:
    """Where the brief, or that version of it, stands for readers; None where `_quarto.yml` names no `site-url`."""
    if release is not None:
        url = project.published_url
        return f"{url}/{study}/{release.number.name}/brief.html" if url else None
    return f"{project.site_url}/briefs/{study}/brief.html" if project.site_url else None


def places(texts: dict[str, str]) -> set[str]:
    """The names of the places in the reports."""
    return {name for text in texts.values() for name in _PLACE.findall(text)}
