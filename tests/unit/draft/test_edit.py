"""Edits of a study file: what they are not about stays byte for byte."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.draft.edit import StudyText
from evidence_brief.draft.yaml_text import Value
from evidence_brief.errors import InvalidStudy
from evidence_brief.study.load import load_study

BLOCK = """# A study
id: trial   # its name
claims:
# the first
- id: cohort.n      # the whole
  quote: >-
    a cohort of
    42 patients

  value: '42'
  type: count

# the second
-
  id: drug.n
  quote: "24 received"
  value: "24"   # as printed
  type: count
  within: cohort.n
  note: |
    A remark.

    And more.
- id: p
  quote: "P=.1"
  value: "P=.1"
  type: p_value
  compares:
  - cohort.n
  - drug.n  # the drug
  paired: true
accepted:
- finding: some.code
  claims: [drug.n]
  reason: It was read.
"""


def changed(before: str, after: str) -> list[str]:
    """The lines that went and came."""
    diff = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in diff if line[0] in "-+"]


def test_edit_of_nothing_keeps_every_byte(study_text: str) -> None:
    for text in (study_text, BLOCK, "\ufeff" + BLOCK.replace("\n", "\r\n")):
        assert StudyText(text).text() == text


def test_set_claim_replaces_where_it_stands(study_text: str) -> None:
    study = StudyText(study_text)
    study.set_claim("age", {"value": "38.5", "scale": None, "outcome": "age: at start", "status": "confirmed"})
    old = '  - {id: age, quote: "38.5±34.3 years", value: "38.5±34.3", type: mean_sd, scale: years}'
    new = '  - {id: age, quote: "38.5±34.3 years", value: "38.5", type: mean_sd, outcome: "age: at start",'
    assert changed(study_text, study.text()) == [f"- {old}", f"+ {new}", "+      status: confirmed}"]


def test_set_claim_wraps_long_lines(study_text: str) -> None:
    study = StudyText(study_text)
    study.set_claim("remission.p", {"test": "chi-square test", "note": "So it is."})
    assert '[remission.drug, remission.placebo],\n     test: chi-square test, note: "So it is."}' in study.text()


def test_set_claim_in_block_style() -> None:
    study = StudyText(BLOCK)
    study.set_claim("cohort.n", {"quote": "42 patients", "status": "draft"})
    study.set_claim("drug.n", {"within": None, "note": None, "group": "drug"})
    assert sorted(changed(BLOCK, study.text())) == sorted(
        [
            "-   quote: >-",
            "-     a cohort of",
            "-     42 patients",
            '+   quote: "42 patients"',
            "+   status: draft",
            "-   within: cohort.n",
            "-   note: |",
            "-     A remark.",
            "- ",
            "-     And more.",
            "+   group: drug",
        ]
    )


def test_set_status_of_several(study_text: str) -> None:
    study = StudyText(study_text)
    study.set_status(["age", "cohort.n"], "draft")
    assert {id for id, claim in study.claims().items() if claim.get("status")} == {"age", "cohort.n"}
    study.set_status(["age", "cohort.n"], None)
    assert study.text() == study_text


def test_add_claim_behind_another_and_at_the_end(study_text: str) -> None:
    study = StudyText(study_text)
    fields = {"id": "harms", "quote": "in 16.7% of", "value": "16.7%", "type": "proportion"}
    study.add_claim(fields, after="cohort.n")
    study.add_claim(fields | {"id": "harms.2", "compares": ["a", "b"]})
    line = '+   - {id: harms, quote: "in 16.7% of", value: "16.7%", type: proportion}'
    last = line.replace("harms", "harms.2").replace("}", ", compares: [a, b]}")
    assert changed(study_text, study.text()) == [line, last]
    assert list(study.claims())[1] == "harms"


def test_remove_claim_takes_references_out() -> None:
    study = StudyText(BLOCK)
    study.remove_claim("drug.n")
    assert list(study.claims()) == ["cohort.n", "p"]
    assert study.claims()["p"] == {"id": "p", "quote": "P=.1", "value": "P=.1", "type": "p_value"}
    assert study.document().data["accepted"] == []
    assert "# the second" in study.text()


def test_rename_claim_everywhere(study_text: str) -> None:
    study = StudyText(study_text)
    study.rename_claim("cohort.n", "all.n")
    study.rename_claim("remission.drug", "r")
    assert study.text() == study_text.replace("cohort.n", "all.n").replace("remission.drug", "r")


def test_merge_claims_takes_fields_and_references(study_text: str) -> None:
    study = StudyText(study_text)
    study.merge_claims("remission.placebo", "remission.drug")
    claims = study.claims()
    assert "remission.drug" not in claims
    assert claims["remission.placebo"]["of"] == "drug.n"
    assert "compares" not in claims["remission.p"]


def test_exclude_where_there_is_a_list_or_none(study_text: str) -> None:
    study = StudyText(study_text)
    study.exclude('in "few" of', "No figure.", occurrence=2)
    assert study.document().data["exclusions"][1] == {
        "quote": 'in "few" of',
        "occurrence": 2,
        "reason": "No figure.",
    }
    block = StudyText(BLOCK)
    block.exclude("12", "A year.")
    assert changed(BLOCK, block.text()) == ["+ ", "+ exclusions:", '+   - {quote: "12", reason: "A year."}']
    block.exclude("13", "A year.")
    assert [each["quote"] for each in block.document().data["exclusions"]] == ["12", "13"]


def test_exclude_in_an_empty_list() -> None:
    study = StudyText("claims: []\nexclusions: []   # none\naccepted: []\n")
    study.exclude("12", "A year.")
    assert study.document().data["exclusions"] == [{"quote": "12", "reason": "A year."}]
    assert study.text().endswith("# none\naccepted: []\n")


def test_add_group_and_scale(study_text: str) -> None:
    study = StudyText(study_text)
    study.add_group("drug", "The drug: so", "drug.n")
    study.add_scale("pain", "Pain")
    assert changed(study_text, study.text()) == [
        '+   drug: {label: "The drug: so", n: drug.n}',
        '+   pain: {label: "Pain"}',
    ]
    block = StudyText(BLOCK)
    block.add_group("drug", "Drug")
    assert block.document().data["groups"] == {"drug": {"label": "Drug"}}


def test_edit_keeps_line_ends_of_windows() -> None:
    study = StudyText("\ufeff" + BLOCK.replace("\n", "\r\n"))
    study.set_claim("p", {"test": "t", "paired": None})
    study.exclude("12", "A year.")
    assert study.text().count("\n") == study.text().count("\r\n")
    assert study.text().startswith("\ufeff# A study\r\n")
    assert study.claims()["p"]["test"] == "t"


def test_edit_of_an_unknown_claim(study_text: str) -> None:
    study = StudyText(study_text)
    for edit in (study.remove_claim, lambda id: study.set_claim(id, {}), lambda id: study.set_status([id], "draft")):
        with pytest.raises(KeyError):
            edit("nobody")
    assert study.text() == study_text


def test_edit_of_no_yaml_is_refused() -> None:
    with pytest.raises(InvalidStudy):
        StudyText("claims: [")


@pytest.mark.parametrize(
    "text", ["yes", "6", "1e3", "a: b", 'so "it" is\\', "x #y", "null", "ü\n\t\x85\u2028", "−5", ""]
)
def test_texts_come_back_as_they_were(study_text: str, text: str) -> None:
    study = StudyText(study_text)
    study.set_claim("age", {"outcome": text, "note": text})
    study.add_claim({"id": "new", "outcome": text})
    assert study.claims()["age"]["outcome"] == study.claims()["age"]["note"] == study.claims()["new"]["outcome"] == text


def test_save_and_load_again(write_study: object, study_text: str) -> None:
    folder: Path = write_study()  # type: ignore[operator]
    study = StudyText.load(folder / "study.yml")
    study.set_status(["age"], "confirmed")
    assert load_study(folder, text=study.text()).claims["age"].status == "confirmed"
    assert load_study(folder).claims["age"].status is None
    study.save(folder / "study.yml")
    assert load_study(folder).claims["age"].status == "confirmed"


SMALL = """claims:
  - {id: a, quote: "1 of", value: "1", type: count,   # said twice
     note: 'it''s', compares: [b, c], }
  - id: b
    value: >
      2

    # between
    note: "two"   # behind
  - {id: c, value: x y,
     within: a}

# the end
exclusions: []
"""
VALUES = (
    st.none()
    | st.booleans()
    | st.integers(0, 99)
    | st.text(max_size=12)
    | st.lists(st.text("ab", min_size=1), min_size=1)
)
FIELDS = st.dictionaries(
    st.sampled_from(["value", "note", "type", "compares", "quote", "status", "occurrence"]), VALUES
)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.sampled_from("abc"), FIELDS), max_size=4))
def test_any_edits_do_what_they_say_and_no_more(edits: list[tuple[str, dict[str, Value | None]]]) -> None:
    study = StudyText(SMALL)
    expected = study.claims()
    for id, fields in edits:
        study.set_claim(id, fields)
        expected[id] = {key: value for key, value in (expected[id] | fields).items() if value is not None}
    assert study.claims() == expected
    assert study.text().endswith("\n\n# the end\nexclusions: []\n")
    if not any(id == "b" for id, _ in edits):
        assert '    # between\n    note: "two"   # behind\n' in study.text()


@settings(deadline=None, max_examples=50)
@given(
    st.lists(st.tuples(st.sampled_from(["add", "remove", "merge", "exclude", "group"]), st.integers(0, 5)), max_size=6)
)
def test_any_sequence_of_edits_stays_a_study(edits: list[tuple[str, int]]) -> None:
    for text in (SMALL, BLOCK):
        study = StudyText(text)
        for i, (what, number) in enumerate(edits):
            ids = list(study.claims())
            one, other = ids[number % len(ids)], ids[(number + 1) % len(ids)]
            if what == "add":
                study.add_claim({"id": f"new.{i}", "quote": "x: {}", "of": one}, after=one)
                assert list(study.claims())[ids.index(one) + 1] == f"new.{i}"
            elif what == "remove" and len(ids) > 1:
                study.remove_claim(one)
                assert list(study.claims()) == [id for id in ids if id != one]
                assert one not in str(study.document().data["claims"]).replace(f"{one}.", "").split("'")
            elif what == "merge" and one != other:
                study.merge_claims(one, other)
                assert list(study.claims()) == [id for id in ids if id != other]
            elif what == "exclude":
                study.exclude("12", "A year.", source=f"s{i}")
                assert study.document().data["exclusions"][-1]["source"] == f"s{i}"
            elif what == "group":
                study.add_group(f"g{i}", "A group", one)
                assert study.document().data["groups"][f"g{i}"] == {"label": "A group", "n": one}


GROUPS = """id: trial
groups:
  all:   # everybody
    label: All
    parts: [drug, verum, placebo]
  drug: {label: Drug, n: drug.n}   # the new one
  # a second name of it
  verum: {label: Verum}
  placebo: {label: Placebo}
claims:
- {id: drug.n, value: "24", group: verum}
- id: p
  group: drug   # kept
"""


def test_set_group_changes_its_fields_alone() -> None:
    study = StudyText(GROUPS)
    study.set_group("drug", {"label": "The drug", "n": None, "parts": ["one", "two"]})
    new = '  drug: {label: "The drug", parts: [one, two]}   # the new one'
    assert changed(GROUPS, study.text()) == ["-   drug: {label: Drug, n: drug.n}   # the new one", f"+ {new}"]
    with pytest.raises(KeyError):
        study.set_group("nobody", {"label": "x"})


def test_merge_groups_is_followed_by_all_that_name_the_one_that_goes() -> None:
    study = StudyText(GROUPS.replace("drug, verum", "verum"))
    study.merge_groups("drug", "verum")
    data = study.document().data
    assert data["groups"]["all"]["parts"] == ["drug", "placebo"]
    assert list(data["groups"]) == ["all", "drug", "placebo"]
    assert [claim["group"] for claim in data["claims"]] == ["drug", "drug"]
    assert "  group: drug   # kept" in study.text()
    with pytest.raises(KeyError):
        study.merge_groups("drug", "verum")
