"""The manifest is a Process Run Crate: the validator of its authors says so.

The validator resolves the JSON-LD contexts that a crate names. Here it gets, in place of what it would download, the
definitions of the terms that a manifest uses; for any other term it reports an error, and for any other address too.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from requests.adapters import HTTPAdapter
from rocrate_validator.models import Severity, ValidationSettings
from rocrate_validator.services import validate

from evidence_brief.publish.manifest import MANIFEST

_SCHEMA = """
    CreateAction CreativeWork Dataset PropertyValue ScholarlyArticle SoftwareApplication
    about actionStatus alternateName contentSize datePublished description encodingFormat hasPart identifier instrument
    isBasedOn license mentions name object propertyID result softwareRequirements softwareVersion url value version
"""
CONTEXTS: dict[str, dict[str, str]] = {
    # As in version 1.1.3 of the context (https://w3id.org/ro/crate/1.1/context).
    "https://w3id.org/ro/crate/1.1/context": {
        **{term: f"http://schema.org/{term}" for term in _SCHEMA.split()},
        "File": "http://schema.org/MediaObject",
        "conformsTo": "http://purl.org/dc/terms/conformsTo",
        "pav": "http://purl.org/pav/",
    },
    "https://w3id.org/ro/terms/workflow-run/context": {"sha256": "https://w3id.org/ro/terms/workflow-run#sha256"},
}

DECLINED = {
    # Who and when would make other bytes of the same inputs; the date of the record is datePublished.
    "Action endTime",
    "Action agent",
    # Who makes the brief is the team's affair: the product does not know it.
    "Root Data Entity: `author` property",
    "Root Data Entity: `publisher` property",
    # The product has no address of its own that could be promised to last.
    "Application url",
    "SoftwareApplication id",
}
"""The recommendations that a manifest does not follow."""


@pytest.fixture
def verdict(version: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, Severity]]:
    """`verdict()`: the checks that the version fails, and how severe that is."""

    def send(_: HTTPAdapter, request: requests.PreparedRequest, **__: object) -> requests.Response:
        response = requests.Response()
        response.request, response.url = request, str(request.url)
        response.headers["Content-Type"] = "application/ld+json"
        context = CONTEXTS.get(response.url)
        response.status_code = 404 if context is None else 200
        response._content = json.dumps({"@context": context}).encode()
        return response

    def verdict() -> dict[str, Severity]:
        monkeypatch.setattr(HTTPAdapter, "send", send)
        settings = ValidationSettings(
            rocrate_uri=str(version),
            profile_identifier="process-run-crate-0.5",
            requirement_severity=Severity.RECOMMENDED,
            # Else it would keep what it has got in the cache of the user.
            no_cache=True,
        )
        return {issue.check.name: issue.severity for issue in validate(settings).issues}

    return verdict


def edit(version: Path, change: Callable[[dict[str, dict[str, Any]]], object]) -> None:
    """Change the entities of the manifest, which are found by their identifiers."""
    document = json.loads((version / MANIFEST).read_text(encoding="utf-8"))
    entities = {entity["@id"]: entity for entity in document["@graph"]}
    change(entities)
    (version / MANIFEST).write_text(json.dumps({**document, "@graph": list(entities.values())}), encoding="utf-8")


def test_manifest_meets_every_requirement_and_all_recommendations_but_those_declined(
    verdict: Callable[[], dict[str, Severity]],
) -> None:
    assert verdict() == dict.fromkeys(DECLINED, Severity.RECOMMENDED)


@pytest.mark.parametrize(
    ("check", "change"),
    [
        ("Action instrument", lambda entities: entities["#rendering"].pop("instrument")),
        ("Root Data Entity conformsTo", lambda entities: entities["./"].pop("conformsTo")),
        ("Root Data Entity: `license` property", lambda entities: entities["./"].pop("license")),
        ("Data Entity MUST be directly referenced", lambda entities: entities["./"]["hasPart"].pop()),
        ("Validation of the compaction format of the file descriptor", lambda entities: entities["./"].update(sha3="")),
    ],
)
def test_validator_finds_a_planted_defect(
    version: Path,
    verdict: Callable[[], dict[str, Severity]],
    check: str,
    change: Callable[[dict[str, dict[str, Any]]], object],
) -> None:
    edit(version, change)
    assert verdict().get(check) == Severity.REQUIRED


def test_validator_finds_a_file_that_is_missing(version: Path, verdict: Callable[[], dict[str, Severity]]) -> None:
    (version / "inputs" / "data" / "ivig-2012" / "Bericht über 50 %, Teil #2: Fragen?.txt").unlink()
    assert verdict().get("Data Entity: REQUIRED resource availability") == Severity.REQUIRED
