"""The versions of a study in a place: read back with all that a comparison needs, and the lists that readers see."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evidence_brief.errors import DamagedVersion, Problem
from evidence_brief.publish.causes import Made
from evidence_brief.publish.content import content_sum
from evidence_brief.publish.headline import summary
from evidence_brief.publish.manifest import MANIFEST, Manifest
from evidence_brief.publish.manifest import from_json as manifest_from_json
from evidence_brief.publish.place import LIST, Place
from evidence_brief.publish.release import RECORD, Number, Release
from evidence_brief.publish.release import from_json as release_from_json
from evidence_brief.publish.snapshot import read_snapshot

_MEND = "restore it from a backup; the other versions are safe"


@dataclass(frozen=True)
class Version:
    """A published version: its record, its manifest, and the sum of the manifest's own bytes."""

    release: Release
    manifest: Manifest
    manifest_sum: str

    @property
    def number(self) -> Number:
        """Its number."""
        return self.release.number


def versions(place: Place, study: str) -> list[Version]:
    """All versions of a study, oldest first.

    Raises DamagedVersion where a record or a manifest is not what it was when it was published.
    """
    known = listed(place, study)
    found: list[Version] = []
    problems: list[Problem] = []
    for number in place.versions(study):
        try:
            version = read_version(place, study, number)
        except DamagedVersion as error:
            problems += error.problems
            continue
        entry = known.get(number.name)
        if entry is not None and entry.get("manifest") != version.manifest_sum:
            where = f"{place.name}/{study}/{number.name}/{MANIFEST}"
            message, expected = "is not the manifest that was published", str(entry.get("manifest"))
            problems.append(Problem(where, message, expected=expected, found=version.manifest_sum, mend=_MEND))
        found.append(version)
    there = {version.number.name for version in found} | {number.name for number in place.versions(study)}
    for name in sorted(known.keys() - there):
        problems.append(Problem(f"{place.name}/{study}/{name}", "was published and is not there any more", mend=_MEND))
    if problems:
        raise DamagedVersion(*problems)
    return found


def read_version(place: Place, study: str, number: Number) -> Version:
    """One version by its number. Raises DamagedVersion."""
    base = f"{study}/{number.name}"
    record, manifest = (text_of(place, f"{base}/{name}") for name in (RECORD, MANIFEST))
    release = release_from_json(record, f"{place.name}/{base}/{RECORD}")
    read = manifest_from_json(manifest, f"{place.name}/{base}/{MANIFEST}")
    says = (release.study, release.number, str(release.number), release.date, content_sum(release.documents))
    if says != (study, number, read.version, read.date, read.content) or read.study != study:
        message = "the record, the manifest and the folder do not name the same version"
        raise DamagedVersion(Problem(f"{place.name}/{base}", message, mend=_MEND))
    return Version(release, read, hashlib.sha256(manifest.encode()).hexdigest())


def text_of(place: Place, path: str) -> str:
    """A text file of the place. Raises DamagedVersion where it is missing or no UTF-8."""
    if (data := place.read(path)) is None:
        raise DamagedVersion(Problem(f"{place.name}/{path}", "is missing", mend=_MEND))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise DamagedVersion(Problem(f"{place.name}/{path}", "is no UTF-8 text", mend=_MEND)) from error


def made_of(place: Place, version: Version) -> Made:
    """What a comparison needs of a version. Raises DamagedVersion."""
    manifest = version.manifest
    base = f"{manifest.study}/{version.number.name}"
    files = {
        path.removeprefix("inputs/"): file.sha256 for path, file in manifest.files.items() if path.startswith("inputs/")
    }
    own = f"data/{manifest.study}/"
    people = {
        path.removeprefix(own): _as_published(place, version, f"inputs/{path}").decode("utf-8", "replace")
        for path in files
        if path.startswith(own)
    }
    text = _as_published(place, version, "ledger.json").decode("utf-8", "replace")
    ledger = read_snapshot(text, f"{place.name}/{base}/ledger.json")
    return Made(ledger, files, people, _sources(people), manifest.code, manifest.packages, version.release.documents)


def _as_published(place: Place, version: Version, path: str) -> bytes:
    """A file of a version. Raises DamagedVersion where it is not the one that the manifest names."""
    where = f"{version.manifest.study}/{version.number.name}/{path}"
    data, known = place.read(where), version.manifest.files.get(path)
    if data is None or known is None or hashlib.sha256(data).hexdigest() != known.sha256:
        message = "is missing" if data is None else "was changed since it was published"
        raise DamagedVersion(Problem(f"{place.name}/{where}", message, mend=_MEND))
    return data


def _sources(people: dict[str, str]) -> frozenset[str]:
    """Which files are sources: those that the study file names as such."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        data: Any = YAML(typ="safe").load(people.get("study.yml", ""))
        entries = [
            each for source in data["sources"].values() for each in (source, source.get("original"), source.get("map"))
        ]
        return frozenset(str(entry["file"]) for entry in entries if entry)
    except (YAMLError, TypeError, KeyError, AttributeError):
        return frozenset(name for name in people if name.endswith(".txt"))


def listed(place: Place, study: str) -> dict[str, dict[str, Any]]:
    """What `versions.json` says, by version; empty where there is none yet. Raises DamagedVersion."""
    if (data := place.read(f"{study}/{LIST}")) is None:
        return {}
    try:
        entries = json.loads(data)["versions"]
        return {str(entry["version"]): entry for entry in entries}
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        mend = f"delete it: `brief publish {study}` makes it anew from the versions, which are safe"
        raise DamagedVersion(Problem(f"{place.name}/{study}/{LIST}", "is no list of versions", mend=mend)) from error


def list_of(study: str, title: str, found: Sequence[Version]) -> str:
    """The list of versions as canonical JSON, newest first."""
    entries = [
        {
            "version": version.number.name,
            "date": version.release.date,
            "kind": version.release.kind,
            "changes": summary(version.release),
            "content": version.manifest.content,
            "manifest": version.manifest_sum,
        }
        for version in reversed(found)
    ]
    data = {"study": study, "title": title, "latest": entries[0]["version"], "versions": entries}
    return json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
