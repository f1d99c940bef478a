"""The manifest as RO-Crate: what its entities are called, and which there are.

It conforms to Process Run Crate 0.5 (https://w3id.org/ro/wfrun/process/0.5), which extends RO-Crate 1.1; `sha256` is a
term of the profile's own context. There is no startTime, endTime or agent in it, which the profile recommends: the same
inputs must give the same bytes whenever, wherever and by whomever they are made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from evidence_brief.publish.files import MANIFEST, File

if TYPE_CHECKING:
    from evidence_brief.publish.manifest import Manifest

Entity = dict[str, Any]

CONTEXT = ["https://w3id.org/ro/crate/1.1/context", "https://w3id.org/ro/terms/workflow-run/context"]
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
ROOT, RUN, TOOL, STUDY, PREVIOUS = "./", "#rendering", "#evidence-brief", "#study", "#previous-version"
CONTENT, CODE, ENGINE, LICENCE = "#content", "#code", "#engine", "#licence"
PRODUCT = "evidence-brief"
INPUTS = "inputs/"

_CRATE = "https://w3id.org/ro/crate/1.1"
_SHA256 = "https://w3id.org/ro/terms/workflow-run#sha256"
_DONE = "http://schema.org/CompletedActionStatus"

_HOMES = {"pandoc": "https://pandoc.org/", "python": "https://www.python.org/", "quarto": "https://quarto.org/"}
"""Tools that are known by their own sites; all others are Python packages."""

# A table of our own: that of the machine differs from machine to machine.
_FORMATS = {
    **{".bib": "application/x-bibtex", ".css": "text/css", ".csv": "text/csv", ".html": "text/html"},
    **{".ipynb": "application/x-ipynb+json", ".jpg": "image/jpeg", ".js": "text/javascript"},
    **{".json": "application/json", ".lock": "text/plain", ".lua": "text/x-lua", ".md": "text/markdown"},
    **{".pdf": "application/pdf", ".png": "image/png", ".qmd": "text/markdown", ".scss": "text/x-scss"},
    **{".svg": "image/svg+xml", ".tsv": "text/tab-separated-values", ".txt": "text/plain"},
    **{".typ": "text/vnd.typst", ".yaml": "application/yaml", ".yml": "application/yaml"},
    **{".htm": "text/html", ".nxml": "application/xml", ".xhtml": "application/xhtml+xml", ".xml": "application/xml"},
}

_RIGHTS = (
    "This crate grants no licence. The rights in the brief are those of the team that published it; the rights in the "
    "study that it recomputes, and in the texts of it under inputs/data/, are those of their owners."
)


def crate_of(manifest: Manifest) -> Entity:
    """The whole document; the order of its entities depends on their identifiers alone."""
    entities = [
        *_frame(manifest),
        _root(manifest),
        _run(manifest),
        *_tools(manifest),
        *(_file(path, file) for path, file in manifest.files.items()),
    ]
    return {"@context": CONTEXT, "@graph": sorted(entities, key=lambda entity: str(entity["@id"]))}


def id_of(path: str) -> str:
    """The identifier of a file: its path, with what a URI cannot hold percent-encoded; other letters stay, as IRIs do.

    A `:` is encoded too, since `a:b.txt` would be an absolute URI, with the scheme `a`.
    """
    return re.sub(r"[^\w.~/-]", lambda sign: quote(sign[0], safe=""), path)


def format_of(path: str) -> str:
    """The media type of a file, by its suffix."""
    return _FORMATS.get(PurePosixPath(path).suffix.lower(), "application/octet-stream")


def _refs(ids: Iterable[str]) -> Entity | list[Entity] | None:
    """References in order of the identifiers; a single one stands alone, as RO-Crate recommends."""
    refs: list[Entity] = [{"@id": name} for name in sorted(ids)]
    return refs[0] if len(refs) == 1 else refs or None


def _entity(name: str, kind: str, fields: Mapping[str, Any]) -> Entity:
    """An entity of those fields that have a value."""
    return {"@id": name, "@type": kind} | {key: value for key, value in fields.items() if value is not None}


def _frame(m: Manifest) -> list[Entity]:
    """What the document says of itself, and what the root refers to."""
    entities = [
        _entity(MANIFEST, "CreativeWork", {"about": _refs([ROOT]), "conformsTo": _refs([_CRATE])}),
        _entity(PROFILE, "CreativeWork", {"name": "Process Run Crate", "version": "0.5"}),
        _entity(STUDY, "ScholarlyArticle", {"name": m.citation, "identifier": m.study}),
        _entity(LICENCE, "CreativeWork", {"name": "No licence is granted", "description": _RIGHTS}),
        _value(CONTENT, "sha256 of what the brief says", m.content, _SHA256),
        _value(CODE, f"sha256 of the code of {PRODUCT}", m.code, _SHA256),
        _value(ENGINE, "engine", m.engine, None),
    ]
    if m.previous is not None:
        before = {"name": f"{m.study}@v{m.previous}", "version": m.previous}
        entities.append(_entity(PREVIOUS, "CreativeWork", before))
    return entities


def _value(name: str, title: str, value: str, property_: str | None) -> Entity:
    return _entity(name, "PropertyValue", {"name": title, "propertyID": property_, "value": value})


def _root(m: Manifest) -> Entity:
    """The version itself."""
    fields = {
        "name": m.title,
        "alternateName": f"{m.study}@v{m.version}",
        "description": f"Version {m.version} of an evidence brief that recomputes the figures of a published study, "
        "with all that it was made from.",
        "version": m.version,
        "datePublished": m.date,
        "url": m.permalink,
        "license": _refs([LICENCE]),
        "identifier": _refs([CONTENT]),
        "about": _refs([STUDY]),
        "isBasedOn": _refs([STUDY]),
        "conformsTo": _refs([PROFILE]),
        "mentions": _refs([RUN]),
        "hasPart": _refs(id_of(path) for path in m.files),
        # The context of RO-Crate 1.1 knows the prefix.
        "pav:previousVersion": None if m.previous is None else _refs([PREVIOUS]),
    }
    return _entity(ROOT, "Dataset", fields)


def _run(m: Manifest) -> Entity:
    """What made the outputs from the inputs: the engine is a parameter of the run, thus one of its objects."""
    inputs = {id_of(path) for path in m.files if path.startswith(INPUTS)}
    fields = {
        "name": f"Rendering of {m.study}@v{m.version}",
        "description": f"brief verify {m.study}@v{m.version} --rebuilt DIR",
        "instrument": _refs([TOOL]),
        "object": _refs([*inputs, ENGINE]),
        "result": _refs({id_of(path) for path in m.files} - inputs),
        "actionStatus": _DONE,
    }
    return _entity(RUN, "CreateAction", fields)


def _tools(m: Manifest) -> list[Entity]:
    """The product, and the software that it ran with."""
    others = {name: _home(name) for name in m.packages if name != PRODUCT}
    fields = {
        "name": PRODUCT,
        "softwareVersion": m.packages[PRODUCT],
        "identifier": _refs([CODE]),
        "softwareRequirements": _refs(others.values()),
    }
    software = [
        _entity(home, "SoftwareApplication", {"name": name, "softwareVersion": m.packages[name], "url": home})
        for name, home in others.items()
    ]
    return [_entity(TOOL, "SoftwareApplication", fields), *software]


def _home(name: str) -> str:
    return _HOMES.get(name) or f"https://pypi.org/project/{id_of(name)}/"


def _file(path: str, file: File) -> Entity:
    fields = {"name": path, "encodingFormat": format_of(path), "contentSize": str(file.size), "sha256": file.sha256}
    return _entity(id_of(path), "File", fields)
