"""A study file as the page shows it, also one that cannot be loaded: what can be found of it, and its problems."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from evidence_brief.checks.coverage import outside
from evidence_brief.errors import InvalidStudy, Problem
from evidence_brief.review.article import blocks
from evidence_brief.study.anchors import NotAnchored, find_quote, find_value
from evidence_brief.study.load import study_of_document
from evidence_brief.study.model import Source, StudyFile
from evidence_brief.study.sources import source_texts
from evidence_brief.study.study import Study
from evidence_brief.study.yaml_lines import Document, decoded, document_of

Data = dict[str, Any]


@dataclass(frozen=True)
class View:
    """One state of a study file: its document, the texts that could be read, and the study where it is valid."""

    document: Document | None
    sources: Mapping[str, Source]
    texts: Mapping[str, str]
    study: Study | None
    problems: tuple[Problem, ...]

    @property
    def claims(self) -> list[Data]:
        """The claims as they are written, those alone that have an id."""
        return [claim for claim in self.entries("claims") if isinstance(claim.get("id"), str)]

    def claim(self, name: str) -> Data | None:
        """The claim of this id."""
        return next((claim for claim in self.claims if claim["id"] == name), None)

    def entries(self, key: str) -> list[Data]:
        """The entries of a list of the study file that are as entries must be."""
        found = self.document.data.get(key) if self.document else None
        return [entry for entry in found if isinstance(entry, dict)] if isinstance(found, list) else []

    def names(self, key: str) -> dict[str, Data]:
        """The named entries of a part of the study file: its groups, its scales."""
        found = self.document.data.get(key) if self.document else None
        return {name: one for name, one in found.items() if isinstance(one, dict)} if isinstance(found, dict) else {}

    def span(self, entry: Data) -> Data | None:
        """Where the quote of a claim or exclusion stands, and the value in it; None where it stands nowhere."""
        source = entry.get("source") or (next(iter(self.texts)) if len(self.sources) == 1 and self.texts else None)
        if not isinstance(source, str) or source not in self.texts or not isinstance(entry.get("quote"), str):
            return None
        occurrence = entry.get("occurrence")
        value = entry.get("value")
        found = _place(
            self.texts[source],
            entry["quote"],
            occurrence if isinstance(occurrence, int) else None,
            value if isinstance(value, str) else None,
        )
        return None if found is None else {"source": source, "quote": found[:2], "value": found[2:]}


def view_of(content: bytes, folder: Path) -> View:
    """What can be found of a study file with this content."""
    name = f"data/{folder.name}/study.yml"
    try:
        document = document_of(decoded(content, name), name)
    except InvalidStudy as error:
        return View(None, {}, {}, None, error.problems)
    sources = dict(_sources(document))
    texts = dict(
        source_texts(StudyFile.model_construct(id="", title="", sources=sources, claims=()), document, folder, [])
    )
    try:
        return View(document, sources, texts, study_of_document(document, folder), ())
    except InvalidStudy as error:
        return View(document, sources, texts, None, error.problems)


def _sources(document: Document) -> Iterable[tuple[str, Source]]:
    found = document.data.get("sources")
    for name, source in found.items() if isinstance(found, dict) else ():
        try:
            yield name, Source.model_validate(source)
        except ValidationError:
            continue  # the study as a whole is not valid either, and that problem is told


@lru_cache(maxsize=20_000)
def _place(text: str, quote: str, occurrence: int | None, value: str | None) -> tuple[int, int, int, int] | None:
    try:
        start, end = find_quote(text, quote, occurrence)
    except (NotAnchored, IndexError):  # a quote without a word has no place
        return None
    if value is None:
        return start, end, start, end
    try:
        first, last = find_value(text[start:end], value)
    except (NotAnchored, IndexError):
        return start, end, start, end
    return start, end, start + first, start + last


def confirmed(view: View, names: Collection[str]) -> View:
    """The view when these claims are confirmed: nothing else of it can be other, so that nothing is read again."""
    if view.document is None:
        return view
    claims = [
        {**claim, "status": "confirmed"} if isinstance(claim, dict) and claim.get("id") in names else claim
        for claim in view.document.data.get("claims", ())
    ]
    document = replace(view.document, data={**view.document.data, "claims": claims})
    study = view.study
    if study is not None:
        models = tuple(
            claim.model_copy(update={"status": "confirmed"}) if claim.id in names else claim
            for claim in study.file.claims
        )
        study = replace(study, file=study.file.model_copy(update={"claims": models}))
    return replace(view, document=document, study=study)


def article_of(view: View) -> list[Data]:
    """The sources with their texts, in the order of the file."""
    return [
        {"name": name, "cite": view.sources[name].cite, "text": text, "blocks": blocks(text)}
        for name, text in view.texts.items()
    ]


def state_of(view: View) -> Data:
    """Everything on the page that changes: claims, exclusions, numerals that nothing names, groups, problems."""
    claims = [{"id": claim["id"], "fields": claim, "span": view.span(claim)} for claim in view.claims]
    exclusions = [{"fields": entry, "span": view.span(entry)} for entry in view.entries("exclusions")]
    return {
        "claims": claims,
        "exclusions": exclusions,
        "left": _left(view, [*claims, *exclusions]),
        "groups": view.names("groups"),
        "scales": {name: scale.get("label", name) for name, scale in view.names("scales").items()},
        "problems": [asdict(problem) for problem in view.problems],
    }


def _left(view: View, entries: list[Data]) -> list[Data]:
    """The numerals that stand in no claim's value and in no exclusion."""
    spans: dict[str, list[tuple[int, int]]] = {name: [] for name in view.texts}
    for entry in entries:
        if (span := entry["span"]) is not None:
            spans[span["source"]].append(span["value"])
    return [
        {"source": name, "span": found, "text": text[found[0] : found[1]]}
        for name, text in view.texts.items()
        for found in outside(text, sorted(spans[name]))
    ]
