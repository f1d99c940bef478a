"""The manifest of a published version: what the brief says, what it was made from and with, and every file's sum.

It is an RO-Crate (see crate.py), so that archives and other people's tools can read it too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from evidence_brief.errors import DamagedVersion
from evidence_brief.publish.crate import CODE, CONTENT, ENGINE, PREVIOUS, PRODUCT, ROOT, RUN, STUDY, TOOL, crate_of
from evidence_brief.publish.files import MANIFEST, File, files_of
from evidence_brief.publish.reading import SUM, Crate, is_date, is_id, is_sum, is_version, parse

__all__ = ["MANIFEST", "File", "Manifest", "files_of", "from_json", "to_json"]

ENGINES = ("embedded", "quarto")


@dataclass(frozen=True)
class Manifest:
    """One version: `date` is that of its record, `content` the sum of what the brief says, `code` that of the package.

    `packages` are the versions of all tools by their names, evidence-brief among them; `files` are all files of the
    version but the manifest, by their posix paths in it.
    """

    study: str
    title: str
    citation: str
    version: str
    date: str
    permalink: str | None
    previous: str | None
    content: str
    engine: str
    code: str
    packages: Mapping[str, str]
    files: Mapping[str, File]


def to_json(manifest: Manifest) -> str:
    """The RO-Crate: the same manifest gives the same bytes, in whichever order its files and packages come."""
    return json.dumps(crate_of(manifest), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def from_json(text: str, name: str) -> Manifest:
    """The manifest that an RO-Crate holds. Raises DamagedVersion, with all that is wrong with the file `name`."""
    crate = Crate(parse(text, name), name)
    manifest = Manifest(
        study=crate.text(STUDY, "identifier", "the name of a study", is_id),
        title=crate.text(ROOT, "name", "the title of the brief"),
        citation=crate.text(STUDY, "name", "the citation of the study"),
        version=crate.text(ROOT, "version", "a version as 1.0", is_version),
        date=crate.text(ROOT, "datePublished", "a date as 2026-11-24", is_date),
        permalink=crate.optional(ROOT, "url", "the address of the version"),
        previous=_previous(crate),
        content=crate.text(CONTENT, "value", SUM, is_sum),
        engine=crate.text(ENGINE, "value", " or ".join(ENGINES), lambda engine: engine in ENGINES),
        code=crate.text(CODE, "value", SUM, is_sum),
        packages=_packages(crate),
        files=crate.files(),
    )
    if crate.problems:
        raise DamagedVersion(*crate.problems)
    return manifest


def _previous(crate: Crate) -> str | None:
    """The version before; a reference to one without its entity is a problem."""
    if crate.refs(ROOT, "pav:previousVersion") or PREVIOUS in crate.entities:
        return crate.text(PREVIOUS, "version", "a version as 1.0", is_version)
    return None


def _packages(crate: Crate) -> dict[str, str]:
    """The versions of the product and of what it requires, by their names."""
    if TOOL not in crate.refs(RUN, "instrument"):
        crate.complain("the action does not say what it was done with", f"instrument of {RUN}: {TOOL}", None)
    names = [TOOL, *crate.refs(TOOL, "softwareRequirements")]
    packages: dict[str, str] = {}
    for tool in names:
        package = crate.text(tool, "name", "the name of a tool")
        if package in packages:
            crate.complain("a tool is listed twice", "each tool once", package)
        packages[package] = crate.text(tool, "softwareVersion", "the version of the tool")
    if PRODUCT not in packages:
        crate.complain("the manifest does not name the product", f"name of {TOOL}: {PRODUCT}", packages)
    return packages
