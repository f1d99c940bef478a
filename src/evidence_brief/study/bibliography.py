"""The references that own words may cite: a BibTeX or CSL-JSON file beside the study file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from evidence_brief.errors import Problem
from evidence_brief.study.model import StudyFile
from evidence_brief.study.yaml_lines import Document, Path_

KINDS = {".bib": "BibTeX", ".json": "CSL-JSON"}
"""What Pandoc's citation processor reads, by the end of the file's name."""


def bibliography_problems(file: StudyFile, document: Document, folder: Path) -> Iterator[Problem]:
    """What is wrong with the file that `bibliography` names, if it names one."""
    name = file.bibliography
    if name is None:
        return
    path: Path_ = ("bibliography",)
    place = folder / name
    kinds = " or ".join(f"{kind} ({end})" for end, kind in KINDS.items())
    if Path(name).name != name or place.is_symlink():
        mend = "copy the file into the study's folder and give its name alone"
        yield document.problem(path, "the bibliography is outside the study's folder", found=name, mend=mend)
    elif place.suffix not in KINDS:
        mend = "export the references in one of these formats"
        message = "the bibliography is of a kind that cannot be read"
        yield document.problem(path, message, expected=kinds, found=name, mend=mend)
    elif not place.is_file():
        files = ", ".join(sorted(p.name for p in folder.iterdir() if p.suffix in KINDS)) or "no such file"
        mend = "put the file there, or correct `bibliography:`"
        yield document.problem(path, "the bibliography is missing", expected=name, found=files, mend=mend)
    elif (problem := _unreadable(place, f"{document.name.removesuffix('study.yml')}{name}")) is not None:
        yield problem


def _unreadable(place: Path, name: str) -> Problem | None:
    try:
        text = place.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return Problem(name, "is not UTF-8 text", mend="save it as UTF-8")
    if place.suffix != ".json":
        return None
    expected = "a list of references, each with an `id`"
    try:
        items = json.loads(text)
    except json.JSONDecodeError as error:
        return Problem(name, "is no JSON", line=error.lineno, found=error.msg, expected=expected)
    if not isinstance(items, list) or not all(isinstance(item, dict) and "id" in item for item in items):
        return Problem(name, "is no CSL-JSON", expected=expected, mend="export the references as CSL-JSON again")
    return None
