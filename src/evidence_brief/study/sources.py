"""Read the sources of a study, and verify that each is the very text that the study was written from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

from evidence_brief.errors import Problem
from evidence_brief.study.model import Source, StoredFile, StudyFile
from evidence_brief.study.yaml_lines import Document, Path_

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
LARGEST_SOURCE = 20_000_000  # bytes: a text of this length is no article


def source_texts(
    file: StudyFile, document: Document, folder: Path, problems: list[Problem]
) -> Iterator[tuple[str, str]]:
    """The text of each source that can be read; what is wrong with them is added to the problems."""
    for name, source in file.sources.items():
        path: Path_ = ("sources", name)
        try:
            content = _content(source, folder)
        except _Unusable as error:
            parts = {"expected": error.expected, "found": error.found, "mend": error.mend}
            problems.append(document.problem((*path, "file"), str(error), **parts))
            continue
        except (OSError, ValueError) as error:  # a name that the file system cannot take
            what = f"the source cannot be read: {getattr(error, 'strerror', None) or error}"
            problems.append(document.problem((*path, "file"), what, mend="give it a short, plain name"))
            continue
        digest = hashlib.sha256(content).hexdigest()
        if digest != source.sha256:
            what = "the source is not the text that the study was written from"
            mend = "if the text is the right one, write the sum that was found; if not, restore the text"
            problems.append(document.problem((*path, "sha256"), what, expected=source.sha256, found=digest, mend=mend))
        problems += _stored_problems(name, source, document, folder)
        place = f"{document.name.removesuffix('study.yml')}{source.file}"
        mend = "store the article as plain text, UTF-8"
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            problems.append(Problem(place, "is not UTF-8 text", line=line, mend=mend))
            continue
        if (sign := _CONTROL.search(text)) is not None:
            line = text.count("\n", 0, sign.start()) + 1
            problems.append(Problem(place, "holds a control character", line=line, found=repr(sign[0]), mend=mend))
        yield name, text


class _Unusable(Exception):
    def __init__(self, message: str, found: str, mend: str, expected: str | None = None) -> None:
        super().__init__(message)
        self.found, self.mend, self.expected = found, mend, expected


def _stored_problems(name: str, source: Source, document: Document, folder: Path) -> Iterator[Problem]:
    """What is wrong with the original of a source and with its map, which are stored beside it."""
    for key, stored in (("original", source.original), ("map", source.map)):
        path: Path_ = ("sources", name, key)
        if stored is None:
            continue
        try:
            digest = hashlib.sha256(_content(stored, folder)).hexdigest()
        except _Unusable as error:
            parts = {"expected": error.expected, "found": error.found, "mend": error.mend}
            yield document.problem((*path, "file"), str(error).replace("the source", f"`{key}`", 1), **parts)
            continue
        except (OSError, ValueError) as error:  # a name that the file system cannot take
            what = f"`{key}` cannot be read: {getattr(error, 'strerror', None) or error}"
            yield document.problem((*path, "file"), what, mend="give it a short, plain name")
            continue
        if digest != stored.sha256:
            what = f"`{key}` is not the file that it was when the study was written"
            mend = "restore the file"
            yield document.problem((*path, "sha256"), what, expected=stored.sha256, found=digest, mend=mend)


def _content(source: Source | StoredFile, folder: Path) -> bytes:
    place = folder / source.file
    if Path(source.file).name != source.file or source.file == ".." or place.is_symlink():
        mend = "copy the file into the study's folder and give its name alone"
        raise _Unusable("the source is outside the study's folder", source.file, mend)
    if source.file == "study.yml":
        raise _Unusable("the source is the study file itself", source.file, "name the file that holds the article")
    if place.is_dir():
        raise _Unusable("the source is a folder", source.file, "name the file that holds the article")
    if not place.is_file():
        files = sorted(p.name for p in folder.iterdir() if p.is_file() and p.name != "study.yml")
        mend = "put the file there, or correct `file:`"
        raise _Unusable("the source file is missing", ", ".join(files) or "no other file", mend, source.file)
    if place.stat().st_size > LARGEST_SOURCE:
        found = f"{place.stat().st_size:,} bytes"
        raise _Unusable("the source is larger than 20 MB", found, "keep the article's text alone")
    return place.read_bytes()
