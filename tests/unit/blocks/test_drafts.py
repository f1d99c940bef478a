"""What a brief says of figures that the program has read and nobody has confirmed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence_brief.accepted import require_accepted, require_confirmed
from evidence_brief.blocks import BLOCKS
from evidence_brief.errors import FindingsDiffer
from evidence_brief.ledger import make_ledger
from evidence_brief.ledger_json import to_json
from evidence_brief.study.load import load_study
from evidence_brief.study.model import StudyFile

NOTICE = "of 6 figures {} read by the program and not yet confirmed by a person."
SHOWING = ("summary", "handout-findings", "ledger", "derivations")

WriteStudy = Callable[..., Path]


def made(folder: Path) -> tuple[dict[str, str], dict[str, object]]:
    study = load_study(folder)
    ledger = make_ledger(study)
    blocks = {name: BLOCKS[name](study, ledger) for name in SHOWING}
    return blocks, json.loads(to_json(ledger))


def with_status(text: str, status: str, *ids: str) -> str:
    for id in ids:
        text = text.replace(f"{{id: {id}, quote", f"{{id: {id}, status: {status}, quote")
    return text


def test_drafts_are_counted_and_marked(write_study: WriteStudy, study_text: str) -> None:
    blocks, ledger = made(write_study(with_status(study_text, "draft", "age", "drug.n")))
    assert f"**2 {NOTICE.format('were')}**" in blocks["summary"]
    assert f"**2 {NOTICE.format('were')}**" in blocks["handout-findings"]
    assert blocks["ledger"].count("[*draft*]{.draft}") == 2
    assert blocks["derivations"].count("no person has confirmed it yet") == 2
    claims = ledger["claims"]
    assert isinstance(claims, list)
    assert [claim["id"] for claim in claims if claim.get("draft")] == ["drug.n", "age"]


@pytest.mark.parametrize("status", ["confirmed", None])
def test_what_a_person_stands_behind_is_not_marked(
    write_study: WriteStudy, study_text: str, status: str | None
) -> None:
    plain = made(write_study())
    text = with_status(study_text, status, "age", "drug.n") if status else study_text
    assert made(write_study(text)) == plain
    assert "draft" not in json.dumps(plain)


def test_one_draft_is_told_of_in_the_singular(write_study: WriteStudy, study_text: str) -> None:
    blocks, _ = made(write_study(with_status(study_text, "draft", "age")))
    assert f"**1 {NOTICE.format('was')}**" in blocks["summary"]


def test_drafts_are_not_accepted(write_study: WriteStudy, study_text: str) -> None:
    folder = write_study(with_status(study_text, "draft", "remission.p", "age"))
    study = load_study(folder)
    with pytest.raises(FindingsDiffer, match="2 of 6 figures were read by the program") as raised:
        require_accepted(folder, study, make_ledger(study))
    assert raised.value.problems[0].line == 14
    with pytest.raises(FindingsDiffer, match="--draft"):
        require_confirmed(folder, study)
    require_confirmed(write_study(), load_study(write_study()))


def test_status_is_one_of_two(write_study: WriteStudy, study_text: str) -> None:
    from evidence_brief.errors import InvalidStudy

    with pytest.raises(InvalidStudy, match="`status` is none of its choices"):
        load_study(write_study(with_status(study_text, "done", "age")))


def test_source_names_all_its_files() -> None:
    digest = "0" * 64
    data = {
        "id": "x",
        "title": "X",
        "sources": {
            "a": {
                **{"file": "a.txt", "cite": "A", "sha256": digest},
                **{"original": {"file": "a.pdf", "sha256": digest}, "map": {"file": "a.map.json", "sha256": digest}},
            }
        },
        "claims": [{"id": "n", "quote": "1", "value": "1", "type": "count"}],
    }
    assert StudyFile.model_validate(data).sources["a"].files() == ("a.txt", "a.pdf", "a.map.json")
