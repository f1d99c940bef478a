"""Load a study: read its file, check every name, verify its sources, and anchor every quote in them."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ValidationError

from evidence_brief.errors import InvalidStudy, Problem
from evidence_brief.study.bibliography import bibliography_problems
from evidence_brief.study.model import (
    Accepted,
    Claim,
    Exclusion,
    Group,
    Original,
    Question,
    Scale,
    Source,
    StoredFile,
    StudyFile,
    is_id,
)
from evidence_brief.study.references import reference_problems
from evidence_brief.study.sources import source_texts
from evidence_brief.study.study import Study, anchored
from evidence_brief.study.wording import problems_of
from evidence_brief.study.yaml_lines import Document, document_of, text_of

__all__ = ["Study", "load_study"]

_MODELS: dict[str, type[BaseModel]] = {
    "": StudyFile,
    "question": Question,
    "sources": Source,
    "original": Original,
    "map": StoredFile,
    "groups": Group,
    "scales": Scale,
    "claims": Claim,
    "exclusions": Exclusion,
    "accepted": Accepted,
}


def load_study(folder: Path, text: str | None = None) -> Study:
    """Load `folder/study.yml`. Raises InvalidStudy with every problem that could be found at once.

    `text` is read instead of what the file holds: what it would hold after an edit.
    """
    name = "/".join((*folder.absolute().parts[-2:], "study.yml"))
    if not is_id(folder.name):
        mend = "rename it: letters, digits, and . _ - between them"
        raise InvalidStudy(Problem(name, "the name of the folder is no id", found=folder.name or None, mend=mend))
    if not (folder / "study.yml").is_file():
        mend = "write it as the study files in data/ are written"
        raise InvalidStudy(Problem(name, "there is no such file", mend=mend))
    given = text_of(folder / "study.yml", name) if text is None else text.removeprefix("\ufeff").replace("\r\n", "\n")
    return study_of_document(document_of(given, name), folder)


def study_of_document(document: Document, folder: Path) -> Study:
    """The study that a document holds, which need not be what stands in the folder. Raises InvalidStudy."""
    file = _validated(document)
    problems = list(reference_problems(file, document))
    if file.id != folder.name:
        message, mend = "`id` is not the name of the folder", "make the two the same"
        problems.append(document.problem(("id",), message, expected=folder.name, found=file.id, mend=mend))
    problems += bibliography_problems(file, document, folder)
    texts = dict(source_texts(file, document, folder, problems))
    return anchored(file, document, texts, problems)


def _validated(document: Document) -> StudyFile:
    try:
        return StudyFile.model_validate(document.data)
    except ValidationError as error:
        fields = {place: list(model.model_fields) for place, model in _MODELS.items()}
        raise InvalidStudy(*problems_of(error, document, fields)) from error
