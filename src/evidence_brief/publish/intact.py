"""Whether the folder of a version holds exactly what its manifest says."""

from __future__ import annotations

import errno
import hashlib
import json
import stat
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from evidence_brief.environment import code_sum
from evidence_brief.errors import DamagedVersion, Problem
from evidence_brief.publish.content import content_sum
from evidence_brief.publish.files import File, survey
from evidence_brief.publish.headline import summary
from evidence_brief.publish.manifest import MANIFEST, Manifest, from_json
from evidence_brief.publish.place import LIST
from evidence_brief.publish.release import RECORD, Number, Release
from evidence_brief.publish.release import from_json as release_from_json

_ANEW = "restore it from a backup, or delete it: `brief publish` makes it anew from the versions"
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
        data = _regular(folder / MANIFEST)
        manifest = from_json(data.decode("utf-8"), f"{name}: {MANIFEST}")
    except (OSError, UnicodeDecodeError) as error:
        found = error.strerror if isinstance(error, OSError) else "no UTF-8 text"
        problem = Problem(f"{name}: {MANIFEST}", "is missing, or cannot be read", found=found, mend=_MEND)
        return Held(None, None, (problem,), "")
    except DamagedVersion as error:
        return Held(None, None, error.problems, "")
    own = hashlib.sha256(data).hexdigest()
    problems = []
    if published_sum not in (None, own):
        message = "is not the manifest that was published"
        problems.append(Problem(f"{name}: {MANIFEST}", message, expected=str(published_sum), found=own, mend=_MEND))
    here, strange = survey(folder)
    problems += [replace(problem, file=f"{name}: {problem.file}") for problem in strange]
    problems += _files(here, name, manifest, {problem.file for problem in strange})
    try:
        release = _record(folder, name, manifest) if RECORD in here else None
    except DamagedVersion as error:
        return Held(manifest, None, (*problems, *error.problems), own)
    return Held(manifest, release, tuple(problems), own)


def _regular(path: Path) -> bytes:
    """The bytes of a regular file; reading a pipe would wait for ever. Raises OSError."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise OSError(errno.EINVAL, "no regular file", str(path))
    return path.read_bytes()


def _files(found: Mapping[str, File], name: str, manifest: Manifest, strange: Set[str]) -> Iterator[Problem]:
    for path in sorted({*found, *manifest.files} - strange):
        here, said = found.get(path), manifest.files.get(path)
        where = f"{name}: {path}"
        if here is None:
            yield Problem(where, "is missing", mend=_MEND)
        elif said is None:
            yield Problem(where, "is a file that the manifest does not name", mend="take it away; " + _MEND)
        elif here != said:
            expected, actual = (f"sha256 {file.sha256}, {file.size} bytes" for file in (said, here))
            yield Problem(where, "was changed since it was published", expected=expected, found=actual, mend=_MEND)


def _record(folder: Path, name: str, manifest: Manifest) -> Release:
    text = (folder / RECORD).read_bytes().decode("utf-8", "replace")
    release = release_from_json(text, f"{name}: {RECORD}")
    says = (release.study, str(release.number), release.date, content_sum(release.documents))
    if says != (manifest.study, manifest.version, manifest.date, manifest.content):
        message = "names another version than the manifest"
        expected = f"{manifest.study} {manifest.version} of {manifest.date}"
        found = f"{release.study} {release.number} of {release.date}"
        raise DamagedVersion(Problem(f"{name}: {RECORD}", message, expected=expected, found=found, mend=_MEND))
    return release


def listing(text: str | None, version: str) -> dict[str, Any] | None:
    """What `versions.json` says of a version: its entry, with `latest` of the list; None where it says nothing yet.

    A publisher who was stopped leaves a list without its newest versions; any other that does not name the version
    was changed. Raises DamagedVersion for that, and for what is no list.
    """
    if text is None:
        return None
    try:
        data = json.loads(text)
        entries = {str(entry["version"]): dict(entry) for entry in data["versions"]}
        newest = max(Number.of(name) for name in entries)
        if data["latest"] != newest.name:
            raise ValueError(f"latest: {data['latest']}")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedVersion(Problem(LIST, "is no list of versions", found=str(error)[:200], mend=_ANEW)) from error
    if version in entries:
        return entries[version]
    if Number.of(version) > newest:
        return None
    raise DamagedVersion(Problem(LIST, f"does not name {version}", found=", ".join(entries), mend=_ANEW))


def against_list(entry: Mapping[str, Any], manifest: Manifest, release: Release | None, name: str) -> Iterator[Problem]:
    """Where what the list says of a version is not what the version itself says."""
    own = {"date": manifest.date, "content": manifest.content}
    if release is not None:
        own["kind"] = release.kind
        if manifest.code == code_sum():  # another edition of the code may put it in other words
            own["changes"] = summary(release)
    for key, value in own.items():
        if entry.get(key) != value:
            yield Problem(
                f"{name}: {LIST}", f"says another {key}", expected=value, found=str(entry.get(key)), mend=_ANEW
            )
