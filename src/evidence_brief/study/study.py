"""A study whose figures are read and anchored in its texts; made in memory, without a file of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from evidence_brief.errors import InvalidStudy, Problem
from evidence_brief.study.anchors import Anchor, NotAnchored, find_quote, find_value, line_of
from evidence_brief.study.kinds import Kind, Value, read_value
from evidence_brief.study.model import Claim, Exclusion, StudyFile
from evidence_brief.study.percent import with_percent
from evidence_brief.study.references import reference_problems
from evidence_brief.study.yaml_lines import Document, Path_


@dataclass(frozen=True)
class Study:
    """A study whose every claim has a value that was read and an anchor in a source.

    With `verdicts_alone`, checks may stop as soon as the verdict of a figure is certain: a survey prints no methods.
    """

    file: StudyFile
    texts: Mapping[str, str]
    values: Mapping[str, Value]
    anchors: Mapping[str, Anchor]
    excluded: tuple[Anchor, ...]
    verdicts_alone: bool = False

    @property
    def id(self) -> str:
        """Name of the study and of its folder."""
        return self.file.id

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """The claims by id, in the order of the study file."""
        return {claim.id: claim for claim in self.file.claims}


def study_of(file: StudyFile, texts: Mapping[str, str]) -> Study:
    """The study of a file and of the texts of its sources, by their names. No I/O: no sum is verified.

    Raises InvalidStudy, as loading does, for names that lead nowhere and for figures that cannot be read or anchored.
    """
    document = Document(file.id, {"claims": [{"id": claim.id} for claim in file.claims]}, None)
    problems = list(reference_problems(file, document))
    missing = [name for name in file.sources if name not in texts]
    problems += [Problem(file.id, "the text of a source is missing", found=name) for name in missing]
    return anchored(file, document, texts, problems)


def anchored(file: StudyFile, document: Document, texts: Mapping[str, str], problems: list[Problem]) -> Study:
    """Read every value and find every quote. Raises InvalidStudy with these problems and all that it finds itself."""
    values = with_percent(file, dict(_values(file, document, problems)))
    anchors = dict(_anchors(file, document, texts, problems))
    excluded = tuple(_excluded(file, document, texts, problems))
    if problems:
        raise InvalidStudy(*sorted(problems, key=lambda problem: (problem.line or 0, problem.message)))
    return Study(file, texts, values, anchors, excluded)


def _values(file: StudyFile, document: Document, problems: list[Problem]) -> Iterator[tuple[str, Value]]:
    for i, claim in enumerate(file.claims):
        source = file.sources.get(_source_of(claim, file) or "")
        try:
            value = read_value(claim.value, claim.type, claim.unit, source.decimal_mark if source else ".")
        except ValueError as error:
            problems.append(
                document.problem(
                    ("claims", i, "value"), "the value cannot be read", expected=str(error), found=claim.value
                )
            )
            continue
        if (message := value_slip(claim.type, claim.spread, claim.measure, value)) is not None:
            mend = "correct the claim so that both say the same"
            problems.append(document.problem(("claims", i, "value"), message, found=claim.value, mend=mend))
        yield claim.id, value


def value_slip(kind: Kind, spread: str | None, measure: str | None, value: Value) -> str | None:
    """What `spread` and `measure` of a claim say, against what its own value prints."""
    printed, numbers = value.letter, len(value.numbers)
    if kind in ("mean_sd", "median_iqr") and numbers > 1:
        meant = spread or ("sd" if kind == "mean_sd" else "iqr")
        if printed and printed != meant:
            return f"the value prints {printed}, and `spread:` says {spread or f'nothing, which means {meant}'}"
        if numbers == 3 and meant in ("sd", "se"):
            return "two numbers follow the mean: say what they are with `spread: ci95`, `range` or `iqr`"
        if numbers == 2 and meant not in ("sd", "se"):
            return f"one number follows the mean: `spread: {spread}` needs two"
    if kind == "median_iqr" and spread in ("sd", "se"):
        return f"a median has no `spread: {spread}`; use `iqr` or `range`, or the type mean_sd"
    if kind == "estimate" and printed not in ("", "other", "NNT", measure) and measure:
        return f"the value prints {printed}, and `measure:` says {measure}"
    return None


def _source_of(item: Claim | Exclusion, file: StudyFile) -> str | None:
    return item.source or (next(iter(file.sources)) if len(file.sources) == 1 else None)


def _anchors(
    file: StudyFile, document: Document, texts: Mapping[str, str], problems: list[Problem]
) -> Iterator[tuple[str, Anchor]]:
    for i, claim in enumerate(file.claims):
        path: Path_ = ("claims", i)
        if (found := _quoted(claim, path, file, document, texts, problems)) is None:
            continue
        source, start, end = found
        text = texts[source]
        try:
            value_start, value_end = (start + offset for offset in find_value(text[start:end], claim.value))
        except NotAnchored as error:
            message, mend = str(error), error.mend
            problems.append(
                document.problem((*path, "value"), message, expected=claim.value, found=error.found, mend=mend)
            )
            continue
        relation = re.search(r"[<>≤≥⩽⩾]\s*$", text[start:value_start])
        if claim.type == "p_value" and relation:
            message = "the value leaves out the sign before it, so it would mean ="
            whole = text[relation.start() + start : value_end]
            problems.append(
                document.problem((*path, "value"), message, expected=whole, found=claim.value, mend="add the sign")
            )
        yield claim.id, Anchor(source, start, end, value_start, value_end, line_of(text, value_start))


def _excluded(
    file: StudyFile, document: Document, texts: Mapping[str, str], problems: list[Problem]
) -> Iterator[Anchor]:
    for i, exclusion in enumerate(file.exclusions):
        found = _quoted(exclusion, ("exclusions", i), file, document, texts, problems)
        if found is not None:
            source, start, end = found
            yield Anchor(source, start, end, start, end, line_of(texts[source], start))


def _quoted(
    item: Claim | Exclusion,
    path: Path_,
    file: StudyFile,
    document: Document,
    texts: Mapping[str, str],
    problems: list[Problem],
) -> tuple[str, int, int] | None:
    """The source of the quote and its span there; None, with a problem where there is none yet, if it has none."""
    source = _source_of(item, file)
    if source is None:
        message = f"the study has {len(file.sources)} sources, and this names none"
        mend = "say which one with `source:`"
        problems.append(document.problem(path, message, expected=" or ".join(file.sources), mend=mend))
    if source is None or source not in texts:
        return None
    try:
        return source, *find_quote(texts[source], item.quote, item.occurrence)
    except NotAnchored as error:
        problems.append(
            document.problem((*path, "quote"), str(error), expected=item.quote, found=error.found, mend=error.mend)
        )
        return None
