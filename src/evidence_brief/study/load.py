"""Load a study: read its file, check every name, verify its sources, and anchor every quote in them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ValidationError

from evidence_brief.errors import InvalidStudy, Problem
from evidence_brief.study.anchors import Anchor, NotAnchored, find_quote, find_value, line_of
from evidence_brief.study.kinds import Value, read_value
from evidence_brief.study.model import (
    Accepted,
    Claim,
    Exclusion,
    Group,
    Question,
    Scale,
    Source,
    StudyFile,
    is_id,
)
from evidence_brief.study.references import reference_problems
from evidence_brief.study.yaml_lines import Document, Path_, problems_of, read_document

LARGEST_SOURCE = 20_000_000  # bytes: a text of this length is no article


@dataclass(frozen=True)
class Study:
    """A study whose every claim has a value that was read and an anchor in a source."""

    file: StudyFile
    texts: Mapping[str, str]
    values: Mapping[str, Value]
    anchors: Mapping[str, Anchor]
    excluded: tuple[Anchor, ...]

    @property
    def id(self) -> str:
        """Name of the study and of its folder."""
        return self.file.id

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claims by id, in the order of the study file."""
        return {claim.id: claim for claim in self.file.claims}


def load_study(folder: Path) -> Study:
    """Load `folder/study.yml`. Raises InvalidStudy with every problem that could be found at once."""
    name = f"{folder.parent.name}/{folder.name}/study.yml"
    if not is_id(folder.name):
        raise InvalidStudy(
            Problem(
                name,
                "the name of the folder is no id",
                found=folder.name,
                mend="use letters, digits, . _ and -",
            )
        )
    if not (folder / "study.yml").is_file():
        raise InvalidStudy(
            Problem(name, "there is no such file", mend="write it as docs/study-file.md shows")
        )
    document = read_document(folder / "study.yml", name)
    file = _validated(document)
    problems = list(reference_problems(file, document))
    if file.id != folder.name:
        problems.append(
            document.problem(
                ("id",), "`id` is not the name of the folder", expected=folder.name, found=file.id
            )
        )
    texts = dict(_texts(file, document, folder, problems))
    values = dict(_values(file, document, problems))
    anchors = dict(_anchors(file, document, texts, problems))
    excluded = tuple(_excluded(file, document, texts, problems))
    if problems:
        raise InvalidStudy(*sorted(problems, key=lambda problem: (problem.line or 0, problem.message)))
    return Study(file, texts, values, anchors, excluded)


def _validated(document: Document) -> StudyFile:
    try:
        return StudyFile.model_validate(document.data)
    except ValidationError as error:
        models: dict[str, type[BaseModel]] = {
            "": StudyFile,
            "question": Question,
            "sources": Source,
            "groups": Group,
            "scales": Scale,
            "claims": Claim,
            "exclusions": Exclusion,
            "accepted": Accepted,
        }
        fields: dict[str, Iterable[str]] = {place: model.model_fields for place, model in models.items()}
        raise InvalidStudy(*problems_of(error, document, fields)) from error


def _texts(
    file: StudyFile, document: Document, folder: Path, problems: list[Problem]
) -> Iterator[tuple[str, str]]:
    for name, source in file.sources.items():
        path: Path_ = ("sources", name)
        place = folder / source.file
        if Path(source.file).name != source.file or place.is_symlink():
            mend = "copy the file into the study's folder and give its name alone"
            problems.append(
                document.problem(
                    (*path, "file"), "the source is outside the study's folder", found=source.file, mend=mend
                )
            )
            continue
        if not place.is_file():
            files = ", ".join(
                sorted(p.name for p in folder.iterdir() if p.is_file() and p.name != "study.yml")
            )
            problems.append(
                document.problem(
                    (*path, "file"),
                    "the source file is missing",
                    expected=source.file,
                    found=files or "no other file",
                )
            )
            continue
        if place.stat().st_size > LARGEST_SOURCE:
            problems.append(
                document.problem(
                    (*path, "file"), "the source is larger than 20 MB", mend="keep the article's text alone"
                )
            )
            continue
        content = place.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if digest != source.sha256:
            mend = "if the text is the right one, write the sum that was found; if not, restore the text"
            problems.append(
                document.problem(
                    (*path, "sha256"),
                    "the source is not the text that the study was written from",
                    expected=source.sha256,
                    found=digest,
                    mend=mend,
                )
            )
        try:
            yield name, content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            problems.append(
                Problem(
                    f"{folder.parent.name}/{folder.name}/{source.file}",
                    "is not UTF-8 text",
                    line=line,
                    mend="store the article as plain text, UTF-8",
                )
            )


def _values(file: StudyFile, document: Document, problems: list[Problem]) -> Iterator[tuple[str, Value]]:
    for i, claim in enumerate(file.claims):
        source = file.sources.get(claim.source) if claim.source else next(iter(file.sources.values()))
        try:
            value = read_value(claim.value, claim.type, claim.unit, source.decimal_mark if source else ".")
        except ValueError as error:
            problems.append(
                document.problem(
                    ("claims", i, "value"), "the value cannot be read", expected=str(error), found=claim.value
                )
            )
            continue
        if (message := _spread_problem(claim, len(value.numbers))) is not None:
            problems.append(document.problem(("claims", i, "value"), message, found=claim.value))
        yield claim.id, value


def _spread_problem(claim: Claim, numbers: int) -> str | None:
    """A mean with two ends after it is no mean ± SD: the study file must say what the ends are."""
    if claim.type == "mean_sd" and numbers == 3 and claim.spread in (None, "sd", "se"):
        return "two numbers follow the mean: say what they are with `spread: ci95`, `range` or `iqr`"
    if numbers == 2 and claim.type == "mean_sd" and claim.spread in ("ci95", "range", "iqr"):
        return f"one number follows the mean: `spread: {claim.spread}` needs two"
    if claim.type == "median_iqr" and claim.spread in ("sd", "se"):
        return f"a median has no `spread: {claim.spread}`; use `iqr` or `range`, or the type mean_sd"
    return None


def _source_of(item: Claim | Exclusion, file: StudyFile) -> str:
    if item.source is None and len(file.sources) > 1:
        raise NotAnchored(f"the study has {len(file.sources)} sources", mend="say which one with `source:`")
    return item.source or next(iter(file.sources))


def _anchors(
    file: StudyFile, document: Document, texts: Mapping[str, str], problems: list[Problem]
) -> Iterator[tuple[str, Anchor]]:
    for i, claim in enumerate(file.claims):
        field = "quote"
        try:
            source = _source_of(claim, file)
            if source not in texts:
                continue
            start, end = find_quote(texts[source], claim.quote, claim.occurrence)
            field = "value"
            value_start, value_end = (
                start + offset for offset in find_value(texts[source][start:end], claim.value)
            )
        except NotAnchored as error:
            expected = claim.quote if field == "quote" else claim.value
            problems.append(
                document.problem(
                    ("claims", i, field), str(error), expected=expected, found=error.found, mend=error.mend
                )
            )
            continue
        yield (
            claim.id,
            Anchor(source, start, end, value_start, value_end, line_of(texts[source], value_start)),
        )


def _excluded(
    file: StudyFile, document: Document, texts: Mapping[str, str], problems: list[Problem]
) -> Iterator[Anchor]:
    for i, exclusion in enumerate(file.exclusions):
        try:
            source = _source_of(exclusion, file)
            if source not in texts:
                continue
            start, end = find_quote(texts[source], exclusion.quote, exclusion.occurrence)
        except NotAnchored as error:
            problems.append(
                document.problem(
                    ("exclusions", i, "quote"),
                    str(error),
                    expected=exclusion.quote,
                    found=error.found,
                    mend=error.mend,
                )
            )
            continue
        yield Anchor(source, start, end, start, end, line_of(texts[source], start))
