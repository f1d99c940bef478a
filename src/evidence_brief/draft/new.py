"""A new study of an article: its files, verbatim, their texts, and a draft of its study file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from evidence_brief.blocks.text import shortened
from evidence_brief.draft.maps import map_text
from evidence_brief.draft.names import slug, unique
from evidence_brief.draft.study import NoFigures, draft_and_study
from evidence_brief.draft.write import study_text
from evidence_brief.errors import InvalidStudy, Problem, UnreadableSource, UserError
from evidence_brief.extract.readers import content_of, read_bytes
from evidence_brief.extract.reading import Reading
from evidence_brief.folders import own_folder, put_in_place, require_writable
from evidence_brief.project import SITE_BLOCKS, Project
from evidence_brief.study.load import load_study
from evidence_brief.study.model import Original, Source, StoredFile, is_id
from evidence_brief.study.study import Study

_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{i}" for port in ("com", "lpt") for i in range(10))}
"""Names that Windows keeps for devices, with any ending."""
LONGEST_TITLE, _WORDS_OF_A_TITLE = 200, 4


@dataclass(frozen=True)
class Read:
    """A file that a study is made from: its bytes, what was read of it, and what it is called in the study."""

    name: str
    path: Path
    content: bytes
    reading: Reading

    @property
    def is_text(self) -> bool:
        """Whether the file itself is the text that was read."""
        return self.reading.media_type == "text/plain" and self.content == self.reading.text.encode()

    @cached_property
    def files(self) -> dict[str, bytes]:
        """What is stored in the folder of the study."""
        text = {f"{self.name}.txt": self.reading.text.encode()}
        if self.is_text:
            return text
        return text | {self._original: self.content, self._map: map_text(self.reading.segments).encode()}

    def source(self) -> Source:
        """The entry in the study file."""
        sums = {name: hashlib.sha256(content).hexdigest() for name, content in self.files.items()}
        text, original, map_ = f"{self.name}.txt", self._original, self._map
        kind = self.reading.media_type
        return Source(
            file=text,
            cite=" ".join((self.reading.citation or self.path.name).split()),
            sha256=sums[text],
            decimal_mark="," if self.reading.decimal_mark == "," else ".",
            original=None if self.is_text else Original(file=original, sha256=sums[original], media_type=kind),
            map=None if self.is_text else StoredFile(file=map_, sha256=sums[map_]),
        )

    @property
    def _original(self) -> str:
        ending = self.path.suffix.lower()
        return f"{self.name}.original{ending if ending[1:].isalnum() and ending.isascii() else ''}"

    @property
    def _map(self) -> str:
        return f"{self.name}.map.json"


def new_study(project: Project, id: str, files: Sequence[Path], title: str | None = None) -> Study:
    """Make `data/<id>/` of the files, whole or not at all.

    Raises InvalidStudy for a name that cannot be one of a new study, UnreadableSource for what is no article, and the
    problems of all files together.
    """
    problems = list(_of_name(project, id))
    if problems:
        raise InvalidStudy(*problems)
    require_writable(project.data)
    read = _read(files)
    readings = {each.name: each.reading for each in read}
    sources = {each.name: each.source() for each in read}
    try:
        study = draft_and_study(readings, sources, id=id, title=_title(title, read))
    except NoFigures as error:
        names = ", ".join(str(path) for path in files)
        mend = "is it the article? A study without figures has nothing to be checked"
        raise UnreadableSource(Problem(names, "no figure was found in it", mend=mend)) from error
    with own_folder(project.workshop / "jobs", "new-") as job:
        made = job / id
        made.mkdir()
        for each in read:
            for name, content in each.files.items():
                (made / name).write_bytes(content)
        (made / "study.yml").write_text(study_text(study), encoding="utf-8", newline="\n")
        loaded = load_study(made)  # what is put in place can be checked
        put_in_place(made, project.data / id)
    return loaded


def _of_name(project: Project, id: str) -> Iterator[Problem]:
    """Why a study cannot be called so."""
    rule = "letters, digits, and . _ - between them, at most 80, for example ivig-2012"
    if not is_id(id):
        yield Problem(f"{id!r}", "is no name of a study", expected=rule, mend="choose another name")
        return
    if id.lower().partition(".")[0] in _DEVICES:
        yield Problem(id, "is a name that Windows keeps for a device", mend="choose another name")
    if id.lower() == SITE_BLOCKS:
        yield Problem(id, "is the name of a folder that the site needs", mend="choose another name")
    there = [path.name for path in project.data.iterdir() if path.name.lower() == id.lower()]
    if there:
        mend = "choose another name"
        if (project.data / there[0] / "study.yml").is_file():
            mend = f"choose another name; `brief extract {there[0]} --update` adds what is new to it"
        yield Problem(f"data/{there[0]}", "is there already, and stays as it is", mend=mend)


def _read(files: Sequence[Path]) -> list[Read]:
    found: list[Read] = []
    problems: list[Problem] = []
    for path in files:
        name = unique(slug(path.stem, 6, 40) or "text", [each.name for each in found].__contains__)
        try:
            content = content_of(path)
            found.append(Read(name, path, content, read_bytes(content, str(path))))
        except UserError as error:
            problems += error.problems
    sums = [hashlib.sha256(each.content).hexdigest() for each in found]
    for i, each in enumerate(found):
        if sums[i] in sums[:i]:
            mend = "name each file once"
            problems.append(Problem(str(each.path), "is the same as another of the files", mend=mend))
    if problems:
        raise UnreadableSource(*problems)
    return found


def _title(title: str | None, read: Sequence[Read]) -> str:
    """The title that was given, that of an article, or the first line that is as long as one."""
    titles = [title, *(each.reading.title for each in read)]
    lines = [line for each in read for line in each.reading.text.splitlines() if line.strip()]
    likely = (line for line in lines if len(line.split()) >= _WORDS_OF_A_TITLE)
    found = next((text for text in titles if text and text.strip()), None) or next(likely, lines[0])
    return shortened(found, LONGEST_TITLE)
