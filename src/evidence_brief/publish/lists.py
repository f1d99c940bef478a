"""What a place says of its versions: lists for readers and machines, made anew from the versions themselves."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from evidence_brief.blocks.text import md, pipe_table
from evidence_brief.errors import Problem
from evidence_brief.project import Project
from evidence_brief.publish.headline import summary
from evidence_brief.publish.place import LIST, Place
from evidence_brief.publish.release import long_date
from evidence_brief.publish.shelf import Version, list_of, versions
from evidence_brief.render.embedded import READER, html_page

SCRIPT = "versions.js"
"""The same as the list, for pages: a version that was superseded says so, also when it is read from a disk."""

LATEST = "latest/index.html"
PAGE = "index.html"
BESIDE = "beside"
"""Under which key the list has the sums of these three; the list itself is written last."""


def settle(project: Project, place: Place, study: str, title: str) -> None:
    """Bring the lists of a study up to date, whoever published last. Raises DamagedVersion and PlaceFailed.

    Each is compared with what it must be: a run that was killed may have left some of them as they were.
    """
    found = versions(place, study)
    while True:
        text = list_of(study, title, found)
        files = _files(text, study)
        page = place.read(f"{study}/{PAGE}")
        if page is None or not _is_page_of(text.encode(), page):
            made = _page(project, study, title, found)
            page = made + _mark(text.encode(), made)
            place.replace(f"{study}/{PAGE}", page)
        files[LIST] = _with_sums(text, {**files, PAGE: page})
        for name in (name for name, data in files.items() if place.read(f"{study}/{name}") != data):
            place.replace(f"{study}/{name}", files[name])
        now = versions(place, study)
        if [version.number for version in now] == [version.number for version in found]:
            place.tidy(study)
            return
        found = now  # another publisher has added one meanwhile


def _mark(data: bytes, page: bytes) -> bytes:
    """What the page of all versions ends with: the sum of the list that it was made of, and its own."""
    return b"<!-- of %b %b, sum %b -->\n" % tuple(
        part.encode() for part in (LIST, *(hashlib.sha256(part).hexdigest() for part in (data, page)))
    )


def _is_page_of(data: bytes, found: bytes) -> bool:
    """Whether this is the page of all versions that was made of the list, and nobody has edited it."""
    page, start, _ = found.rpartition(b"<!-- of ")
    return bool(start) and found == page + _mark(data, page)


def _with_sums(text: str, beside: Mapping[str, bytes]) -> bytes:
    """The list with the sums of what stands beside it, which readers are led by."""
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in beside.items()}
    return (json.dumps(json.loads(text) | {BESIDE: sums}, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def misled(place: Place, study: str, name: str) -> Iterator[Problem]:
    """What readers are led by and is not what the list says, for the newest version that the list names.

    Nothing is known where there is no list, and while a new version stands there that it does not name yet: lists
    follow versions, and the list itself comes last. Raises PlaceFailed.
    """
    try:
        known: Any = json.loads(place.read(f"{study}/{LIST}") or b"")
        newest, sums = known["latest"], dict(known.get(BESIDE, {}))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return  # what is wrong with the list is told by itself
    found = {path: place.read(f"{study}/{path}") for path in (PAGE, SCRIPT, LATEST) if path in sums}
    if newest != name or [number.name for number in place.versions(study)][-1:] != [name]:
        return
    for path, data in found.items():
        if data is None or hashlib.sha256(data).hexdigest() != sums[path]:
            message = f"is missing beside {LIST}" if data is None else f"is not what {LIST} says"
            mend = f"`brief publish {study}` makes it anew; the versions themselves are safe"
            yield Problem(f"{study}@{name}: {path}", message, mend=mend)


def _files(text: str, study: str) -> dict[str, bytes]:
    """The list as a script, and the address that always leads to the newest version."""
    data = json.loads(text)
    seen = [
        {"version": entry["version"], "date": long_date(entry["date"]), "changes": entry["changes"]}
        for entry in data["versions"]
    ]
    script = json.dumps({"latest": data["latest"], "versions": seen}, sort_keys=True).replace("<", "\\u003c")
    goal = f"../{data['latest']}/brief.html"
    page = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(study)}: newest version</title>\n'
        f'<meta http-equiv="refresh" content="0; url={goal}"></head>\n'
        f'<body><p><a href="{goal}">{escape(study)}, version {data["latest"].removeprefix("v")}</a></p></body></html>\n'
    )
    script = f"window.evidenceBriefVersions = {script};\n"
    return {SCRIPT: script.encode(), LATEST: page.encode()}


def _page(project: Project, study: str, title: str, found: list[Version]) -> bytes:
    """The page of all versions, newest first, in the style of the briefs."""
    rows = [_row(version) for version in reversed(found)]
    table = pipe_table(("Version", "Date", "What changed", "Read"), rows, (12, 18, 45, 25))
    text = (
        f"---\ntitle: {json.dumps(md(title))}\npagetitle: {json.dumps(md(title))}\nlang: en\nkicker: Versions\n---\n\n"
    )
    text += "Every version stays as it was published. `versions.json` lists them for machines.\n\n" + table
    with project.job([]) as job:
        folder = job.root / "briefs" / study
        folder.mkdir(parents=True)
        (folder / "versions.md").write_text(text, encoding="utf-8")
        made = job.root / PAGE
        html_page(job, folder, "versions.md", made, ["--from", READER])
        shutil.rmtree(folder)
        return made.read_bytes()


def _row(version: Version) -> tuple[str, ...]:
    name, release = version.number.name, version.release
    changed = summary(release)
    words = f"[{changed}]({name}/redline.html)" if release.since else changed
    kind = "" if release.kind == "first" else f" ({release.kind})"
    files = {path for path in version.manifest.files if path in ("brief.pdf", "handout.pdf")}
    read = [f"[brief]({name}/brief.html)", *(f"[{path}]({name}/{path})" for path in sorted(files))]
    return f"{release.number}{kind}", long_date(release.date), words, ", ".join(read)
