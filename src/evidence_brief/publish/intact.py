"""Whether the folder of a version holds exactly what its manifest says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidence_brief.errors import DamagedVersion, Problem
from evidence_brief.publish.content import content_sum
from evidence_brief.publish.manifest import MANIFEST, Manifest, files_of, from_json
from evidence_brief.publish.release import RECORD, Release
from evidence_brief.publish.release import from_json as release_from_json

_MEND = "fetch the version again, or restore it from a backup"


@dataclass(frozen=True)
class Held:
    """What a folder holds: its manifest and record where they can be read, and everything that is not as it was."""

    manifest: Manifest | None
    release: Release | None
    problems: tuple[Problem, ...]
    manifest_sum: str

    @property
    def damaged(self) -> set[str]:
        """The files that are not what the manifest says, by their path in the folder."""
        return {problem.file.partition(": ")[2] for problem in self.problems}


def held(folder: Path, name: str, published_sum: str | None) -> Held:
    """Compare every file with the manifest, and the manifest with its sum in the list of versions where it is known."""
    try:
        data = (folder / MANIFEST).read_bytes()
        manifest = from_json(data.decode("utf-8"), f"{name}: {MANIFEST}")
    except (FileNotFoundError, UnicodeDecodeError):
        problem = Problem(f"{name}: {MANIFEST}", "is missing, or no text", mend=_MEND)
        return Held(None, None, (problem,), "")
    except DamagedVersion as error:
        return Held(None, None, error.problems, "")
    own = hashlib.sha256(data).hexdigest()
    problems = []
    if published_sum not in (None, own):
        message = "is not the manifest that was published"
        problems.append(Problem(f"{name}: {MANIFEST}", message, expected=str(published_sum), found=own, mend=_MEND))
    try:
        problems += _files(folder, name, manifest)
        release = _record(folder, name, manifest)
    except DamagedVersion as error:
        return Held(manifest, None, (*problems, *error.problems), own)
    return Held(manifest, release, tuple(problems), own)


def _files(folder: Path, name: str, manifest: Manifest) -> Iterator[Problem]:
    found = files_of(folder)
    for path in sorted({*found, *manifest.files}):
        here, said = found.get(path), manifest.files.get(path)
        where = f"{name}: {path}"
        if here is None:
            yield Problem(where, "is missing", mend=_MEND)
        elif said is None:
            yield Problem(where, "is a file that the manifest does not name", mend="take it away; " + _MEND)
        elif here != said:
            expected, actual = (f"sha256 {file.sha256}, {file.size} bytes" for file in (said, here))
            yield Problem(where, "was changed since it was published", expected=expected, found=actual, mend=_MEND)


def _record(folder: Path, name: str, manifest: Manifest) -> Release | None:
    if not (folder / RECORD).is_file():
        return None
    text = (folder / RECORD).read_bytes().decode("utf-8", "replace")
    release = release_from_json(text, f"{name}: {RECORD}")
    says = (release.study, str(release.number), release.date, content_sum(release.documents))
    if says != (manifest.study, manifest.version, manifest.date, manifest.content):
        message = "names another version than the manifest"
        expected = f"{manifest.study} {manifest.version} of {manifest.date}"
        found = f"{release.study} {release.number} of {release.date}"
        raise DamagedVersion(Problem(f"{name}: {RECORD}", message, expected=expected, found=found, mend=_MEND))
    return release


def sum_in_list(text: str | None, version: str) -> str | None:
    """The sum of a version's manifest as `versions.json` has it; None where it has none, or is none."""
    try:
        entries = json.loads(text or "{}").get("versions", [])
        return next((str(entry["manifest"]) for entry in entries if entry["version"] == version), None)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
