"""What readers see of published versions, looked at after every mishap; and a small study to publish."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

from tests.projects import SEED, copy_project

from evidence_brief.freshness import sums
from evidence_brief.publish.content import content_sum
from evidence_brief.publish.files import files_of
from evidence_brief.publish.intact import held
from evidence_brief.publish.manifest import MANIFEST, from_json, to_json
from evidence_brief.publish.release import RECORD, Number, Release, Since
from evidence_brief.publish.release import from_json as release_from_json
from evidence_brief.publish.release import to_json as release_to_json

TRIAL = "trial"
ARTICLE = "Of 42 patients, 24 received the drug and 18 received placebo. Remission occurred in 50.0% with the drug.\n"
STUDY = """id: trial
title: A small trial
sources:
  news: {{file: news.txt, cite: "News, 2012", sha256: "{sum}"}}
groups:
  drug: {{label: "{label}", n: drug.n}}
claims:
  - {{id: drug.n, quote: "24 received the drug", value: "24", type: count, group: drug}}
  - {{id: remission, quote: "in 50.0% with the drug", value: "50.0%", type: proportion, group: drug}}
"""
JUNK = (".adding-*", ".new-*", ".fresh-*", "*.new", "job-*")


def tiny_project(folder: Path, label: str = "Drug", *, brief_alone: bool = True) -> Path:
    """A project whose one study has two figures; handout and slides are left out, to save time, unless asked for."""
    folder.mkdir(parents=True, exist_ok=True)
    copy_project(folder)
    if brief_alone:
        for name in ("handout", "slides"):
            (folder / "reports" / f"{name}.qmd").unlink()
    shutil.rmtree(folder / "data" / SEED)
    relabel(folder, label)
    return folder


def relabel(project: Path, label: str) -> None:
    """Change what the brief says, and thus every page of it."""
    folder = project / "data" / TRIAL
    folder.mkdir(exist_ok=True)
    (folder / "news.txt").write_text(ARTICLE, encoding="utf-8")
    known = hashlib.sha256(ARTICLE.encode()).hexdigest()
    (folder / "study.yml").write_text(STUDY.format(label=label, sum=known), encoding="utf-8")


def whole(folder: Path, study: str = TRIAL) -> dict[str, dict[str, str]]:
    """The sums of every version in the folder of a study; everything that readers can see of it must be whole."""
    found = {path.name: path for path in folder.glob("v[1-9]*") if (path / MANIFEST).exists() or not _in_store(path)}
    for name, path in found.items():
        state = held(path, name, None)
        assert state.problems == (), [str(problem) for problem in state.problems]
        assert state.manifest is not None
        assert (state.manifest.study, f"v{state.manifest.version}") == (study, name)
    if (folder / "versions.json").exists():
        listed = json.loads((folder / "versions.json").read_text(encoding="utf-8"))
        for entry in listed["versions"]:
            data = (found[entry["version"]] / MANIFEST).read_bytes()
            assert hashlib.sha256(data).hexdigest() == entry["manifest"]
    if (folder / "latest" / "index.html").exists():
        page = (folder / "latest" / "index.html").read_text(encoding="utf-8")
        goal = re.findall(r"url=\.\./(v[0-9.]+)/brief\.html", page)
        assert len(goal) == 1
        assert (found[goal[0]] / "brief.html").is_file()
    if (folder / "index.html").exists():
        assert "</html>" in (folder / "index.html").read_text(encoding="utf-8")
    return {name: sums(path) for name, path in found.items()}


def _in_store(path: Path) -> bool:
    """Whether the version is one of a store, which exists from the moment its manifest does."""
    return "store" in path.parts


def settled(folder: Path) -> list[str]:
    """The versions, oldest first, where every list names exactly these and nothing else stands beside them."""
    names = sorted(whole(folder), key=Number.of)
    listed = json.loads((folder / "versions.json").read_text(encoding="utf-8"))
    assert [entry["version"] for entry in listed["versions"]] == names[::-1]
    assert listed["latest"] == names[-1]
    assert f"url=../{names[-1]}/" in (folder / "latest" / "index.html").read_text(encoding="utf-8")
    script = (folder / "versions.js").read_text(encoding="utf-8")
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert all(f'"{name}"' in script and f'"{name}/brief.html"' in page for name in names)
    files = {"index.html", "latest", "versions.js", "versions.json"}
    assert {path.name for path in folder.iterdir()} == {*files, *names}
    assert [path.name for path in (folder / "latest").iterdir()] == ["index.html"]
    return names


def junk(*roots: Path) -> list[str]:
    """What runs that were stopped have left, at any depth."""
    found = (path for root in roots if root.exists() for pattern in JUNK for path in root.rglob(pattern))
    return sorted(str(path) for path in found)


def follows(base: Path, number: Number, made: Path, words: str = "") -> Path:
    """A version as `brief publish` makes it, under another number and with other words, out of a real one."""
    shutil.copytree(base, made)
    old = release_from_json((base / RECORD).read_text(encoding="utf-8"), RECORD)
    documents = {**old.documents, "brief": hashlib.sha256(f"{number} {words}".encode()).hexdigest()}
    since = () if number == Number(1, 0) else (Since(f"1.{number.minor - 1}", old.date, ()),)
    release = Release(old.study, number, old.date, documents, since)
    return signed(made, release)


def signed(folder: Path, release: Release | None = None) -> Path:
    """The folder with a record and a manifest that fit its files, as somebody who knows the product would fit them."""
    manifest = from_json((folder / MANIFEST).read_text(encoding="utf-8"), MANIFEST)
    if release is not None:
        (folder / RECORD).write_text(release_to_json(release), encoding="utf-8")
        previous = release.since[0].version if release.since else None
        content = content_sum(release.documents)
        manifest = replace(manifest, version=str(release.number), date=release.date, previous=previous, content=content)
    manifest = replace(manifest, files=files_of(folder))
    (folder / MANIFEST).write_text(to_json(manifest), encoding="utf-8")
    return folder
