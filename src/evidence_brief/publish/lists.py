"""What a place says of its versions: lists for readers and machines, made anew from the versions themselves."""

from __future__ import annotations

import json
import shutil
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory

from evidence_brief.blocks.text import md, pipe_table
from evidence_brief.project import Project
from evidence_brief.publish.headline import headline
from evidence_brief.publish.place import Place
from evidence_brief.publish.release import long_date
from evidence_brief.publish.shelf import LIST, Version, list_of, versions
from evidence_brief.render.embedded import READER, html_page

SCRIPT = "versions.js"
"""The same as the list, for pages: a version that was superseded says so, also when it is read from a disk."""

LATEST = "latest/index.html"
PAGE = "index.html"


def settle(project: Project, place: Place, study: str, title: str) -> None:
    """Bring the lists of a study up to date, whoever published last. Raises DamagedVersion and PlaceFailed."""
    found = versions(place, study)
    while True:
        text = list_of(study, title, found)
        if not _is_current(place, study, text):
            page = _page(project, study, title, found)
            for name, data in _files(text, study, found[-1]).items():
                place.replace(f"{study}/{name}", data.encode())
            place.replace(f"{study}/{PAGE}", page)
        now = versions(place, study)
        if [version.number for version in now] == [version.number for version in found]:
            return
        found = now  # another publisher has added one meanwhile


def _is_current(place: Place, study: str, text: str) -> bool:
    known = place.read(f"{study}/{LIST}")
    return known == text.encode() and all(place.read(f"{study}/{name}") for name in (SCRIPT, LATEST, PAGE))


def _files(text: str, study: str, latest: Version) -> dict[str, str]:
    """The list as data, as a script, and the address that always leads to the newest version."""
    data = json.loads(text)
    seen = [{key: entry[key] for key in ("version", "date", "changes")} for entry in data["versions"]]
    script = json.dumps({"latest": data["latest"], "versions": seen}, sort_keys=True).replace("<", "\\u003c")
    goal = f"../{latest.number.name}/brief.html"
    page = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(study)}: newest version</title>\n'
        f'<meta http-equiv="refresh" content="0; url={goal}"></head>\n'
        f'<body><p><a href="{goal}">{escape(study)}, version {latest.number}</a></p></body></html>\n'
    )
    return {LIST: text, SCRIPT: f"window.evidenceBriefVersions = {script};\n", LATEST: page}


def _page(project: Project, study: str, title: str, found: list[Version]) -> bytes:
    """The page of all versions, newest first, in the style of the briefs."""
    rows = [_row(version) for version in reversed(found)]
    table = pipe_table(("Version", "Date", "What changed", "Read"), rows, (12, 18, 45, 25))
    text = (
        f"---\ntitle: {json.dumps(md(title))}\npagetitle: {json.dumps(md(title))}\nlang: en\nkicker: Versions\n---\n\n"
    )
    text += "Every version stays as it was published. `versions.json` lists them for machines.\n\n" + table
    with project.job([]) as job, TemporaryDirectory() as temporary:
        folder = job.root / "briefs" / study
        folder.mkdir(parents=True)
        (folder / "versions.md").write_text(text, encoding="utf-8")
        made = Path(temporary) / PAGE
        html_page(job, folder, "versions.md", made, ["--from", READER])
        shutil.rmtree(folder)
        return made.read_bytes()


def _row(version: Version) -> tuple[str, ...]:
    name, release = version.number.name, version.release
    changed = headline(release.since[0]) if release.since else "The first version."
    words = f"[{changed}]({name}/redline.html)" if release.since else changed
    kind = "" if release.kind == "first" else f" ({release.kind})"
    files = {path for path in version.manifest.files if path in ("brief.pdf", "handout.pdf")}
    read = [f"[brief]({name}/brief.html)", *(f"[{path}]({name}/{path})" for path in sorted(files))]
    return f"{release.number}{kind}", long_date(release.date), words, ", ".join(read)
