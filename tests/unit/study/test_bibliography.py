"""The file that `bibliography` names."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import WriteStudy

from evidence_brief.errors import InvalidStudy, Problem
from evidence_brief.study.load import load_study


def problems(folder: Path, name: str) -> tuple[Problem, ...]:
    study = folder / "study.yml"
    study.write_text(study.read_text(encoding="utf-8") + f"bibliography: {name}\n", encoding="utf-8")
    with pytest.raises(InvalidStudy) as caught:
        load_study(folder)
    return caught.value.problems


@pytest.mark.parametrize(
    ("name", "message", "found"),
    [
        ("absent.bib", "the bibliography is missing", "no such file"),
        ("references.ris", "the bibliography is of a kind that cannot be read", "references.ris"),
        ("../other/references.bib", "the bibliography is outside the study's folder", "../other/references.bib"),
    ],
)
def test_a_bibliography_that_cannot_be_used_is_an_error_with_its_line(
    write_study: WriteStudy, name: str, message: str, found: str
) -> None:
    (problem,) = problems(write_study(), name)
    assert (problem.message, problem.found) == (message, found)
    assert problem.line is not None


@pytest.mark.parametrize(
    ("content", "message"),
    [("[", "is no JSON"), ('{"id": "a"}', "is no CSL-JSON"), ('[{"title": "No id"}]', "is no CSL-JSON")],
)
def test_csl_json_is_a_list_of_references_with_ids(write_study: WriteStudy, content: str, message: str) -> None:
    folder = write_study()
    (folder / "references.json").write_text(content, encoding="utf-8")
    (problem,) = problems(folder, "references.json")
    assert problem.message == message


def test_a_bibliography_in_another_encoding_is_an_error(write_study: WriteStudy) -> None:
    folder = write_study()
    (folder / "references.bib").write_bytes("@book{m, author={Müller}}".encode("latin-1"))
    (problem,) = problems(folder, "references.bib")
    assert problem.message == "is not UTF-8 text"


def test_a_study_with_a_bibliography_loads(write_study: WriteStudy) -> None:
    folder = write_study()
    (folder / "references.json").write_text('[{"id": "wilson1927"}]', encoding="utf-8")
    study = folder / "study.yml"
    study.write_text(study.read_text(encoding="utf-8") + "bibliography: references.json\n", encoding="utf-8")
    assert load_study(folder).file.bibliography == "references.json"
