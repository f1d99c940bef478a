"""Each step on the study file: what it changes, and that everything else stays byte for byte."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from tests.reviewed import STUDY, TEXT

from evidence_brief.review.desk import ChangedOnDisk, Desk, NotTaken
from evidence_brief.review.wish import Passage, Step
from evidence_brief.study.load import load_study

STEP = TypeAdapter(Step)


def take(desk: Desk, anyway: bool = False, **wish: Any) -> dict[str, Any]:
    return desk.take(STEP.validate_python({"version": desk.version(), "wish": wish, "anyway": anyway}))


def lines(desk: Desk, before: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came."""
    changes = list(difflib.ndiff(before.splitlines(), desk.path.read_text(encoding="utf-8").splitlines()))
    return [line[2:] for line in changes if line[0] == "-"], [line[2:] for line in changes if line[0] == "+"]


@pytest.fixture
def before(desk: Desk) -> str:
    return desk.path.read_text(encoding="utf-8")


def claim(state: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one["fields"] for one in state["claims"] if one["id"] == name)


def test_open_shows_article_claims_and_form(desk: Desk) -> None:
    shown = desk.open()
    assert shown["sources"][0]["text"] == TEXT
    assert [block["kind"] for block in shown["sources"][0]["blocks"]] == ["heading", "paragraph", "paragraph"]
    block = next(one for one in shown["claims"] if one["id"] == "block.n")
    assert TEXT[slice(*block["span"]["value"])] == "50"
    assert [one["text"] for one in shown["left"]] == ["two"]
    assert shown["problems"] == []
    assert shown["form"]["targets"]["p_value"]["of"]
    assert "status" not in [field["name"] for field in shown["form"]["fields"]]


def test_accept_changes_the_status_and_nothing_else(desk: Desk, before: str) -> None:
    state = take(desk, do="accept", claims=["all.n", "response.block"])
    assert claim(state, "all.n")["status"] == "confirmed"
    went, came = lines(desk, before)
    assert len(went) == len(came) == 2
    assert [line.replace("confirmed", "draft") for line in came] == went
    assert "# Written for the tests; this comment stays." in desk.path.read_text(encoding="utf-8")


def test_what_is_told_after_accepting_is_what_the_file_says(desk: Desk) -> None:
    state = take(desk, do="accept", claims=["all.n", "p"])
    state = take(desk, do="accept", claims=["adverse", "weeks"])
    told = desk.verdicts()
    fresh = Desk(desk.folder)
    assert {**state, "undo": None} == {
        "said": "2 figures accepted",
        **{key: fresh.open()[key] for key in state if key != "said"},
    }
    assert told == fresh.verdicts()
    assert load_study(desk.folder).claims["adverse"].status == "confirmed"


def test_accept_of_an_unknown_claim_is_refused(desk: Desk, before: str) -> None:
    with pytest.raises(NotTaken, match="no claim nothing"):
        take(desk, do="accept", claims=["all.n", "nothing"])
    assert desk.path.read_text(encoding="utf-8") == before


def test_edit_sets_fields_confirms_and_keeps_the_comment_behind(desk: Desk, before: str) -> None:
    state = take(desk, do="edit", claim="response.block", fields={"outcome": " response ", "unit": ""})
    assert claim(state, "response.block")["outcome"] == "response"
    assert claim(state, "response.block")["status"] == "confirmed"
    assert lines(desk, before)[1] == ["    outcome: response   # a slip", "    status: confirmed"]


def test_edit_of_what_a_person_wrote_leaves_the_status_out(desk: Desk, before: str) -> None:
    state = take(desk, do="edit", claim="adverse", fields={"time": "12 weeks"})
    assert "status" not in claim(state, "adverse")
    went, came = lines(desk, before)
    assert len(went) == 1
    assert came[-1].endswith("time: 12 weeks}  # by hand")


def test_edit_of_an_id_is_followed_by_all_that_name_it(desk: Desk) -> None:
    state = take(desk, do="edit", claim="block.n", fields={"id": "nerve.n"})
    assert claim(state, "nerve.n")["value"] == "50"
    assert load_study(desk.folder).file.groups["block"].n == "nerve.n"
    with pytest.raises(NotTaken, match="there is a claim sham.n already"):
        take(desk, do="edit", claim="nerve.n", fields={"id": "sham.n"})


@pytest.mark.parametrize("fields", [{"colour": "red"}, {"status": "draft"}])
def test_edit_of_a_field_that_is_none_is_refused(desk: Desk, before: str, fields: dict[str, str]) -> None:
    with pytest.raises(NotTaken, match="a claim has no field"):
        take(desk, do="edit", claim="p", fields=fields)
    assert desk.path.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    "fields",
    [
        {"value": "4711"},
        {"quote": "words that stand nowhere"},
        {"type": "count"},
        {"compares": ["response.block", "nothing"]},
        {"group": "nobody"},
        {"occurrence": "first"},
        {"outcome": 7},
    ],
)
def test_edit_that_makes_the_study_invalid_is_written_only_on_request(
    desk: Desk, before: str, fields: dict[str, Any]
) -> None:
    with pytest.raises(NotTaken) as caught:
        take(desk, do="edit", claim="p", fields=fields)
    assert {problem.claim for problem in caught.value.problems} == {"p"}
    assert desk.path.read_text(encoding="utf-8") == before
    state = take(desk, anyway=True, do="edit", claim="p", fields=fields)
    assert [problem["claim"] for problem in state["problems"]] == ["p"]
    assert desk.verdicts()["claims"] == {}


def test_edit_mends_one_of_two_problems(desk: Desk) -> None:
    take(desk, anyway=True, do="edit", claim="p", fields={"value": "4711"})
    take(desk, anyway=True, do="edit", claim="figure", fields={"group": "nobody"})
    state = take(desk, do="edit", claim="p", fields={"value": "P=.003"})
    assert [problem["claim"] for problem in state["problems"]] == ["figure"]


def test_link_makes_a_verdict(desk: Desk) -> None:
    assert desk.verdicts()["claims"]["p"]["verdict"] == "unchecked"
    take(desk, do="edit", claim="p", fields={"compares": ["response.block", "response.sham"]})
    told = desk.verdicts()
    assert told["claims"]["p"]["verdict"] == "reproduced"
    assert told["version"] == desk.version()


def test_reject_makes_an_exclusion_of_the_figure_alone(desk: Desk) -> None:
    state = take(desk, do="reject", claim="figure", reason="Part of a name.")
    assert "figure" not in [one["id"] for one in state["claims"]]
    (exclusion,) = state["exclusions"]
    assert exclusion["fields"]["reason"] == "Part of a name."
    start, end = exclusion["span"]["quote"]
    assert "4" in TEXT[start:end]
    assert "6" not in TEXT[start:end]
    assert [one["text"] for one in state["left"]] == ["two"]
    load_study(desk.folder)


def test_reject_takes_the_references_along(desk: Desk) -> None:
    take(desk, do="edit", claim="p", fields={"compares": ["response.block", "response.sham"]})
    state = take(desk, do="reject", claim="response.sham", reason="No figure of this study.")
    assert "compares" not in claim(state, "p")
    take(desk, do="reject", claim="block.n", reason="No figure of this study.")
    assert load_study(desk.folder).file.groups["block"].n is None


def test_reject_of_one_of_two_claims_of_a_figure_excludes_nothing(desk: Desk) -> None:
    add = {"id": "again", "quote": "(P=.003)", "value": "P=.003", "type": "p_value"}
    take(desk, do="add", fields=add)
    state = take(desk, do="reject", claim="again", reason="Stands elsewhere already.")
    assert state["exclusions"] == []


def test_exclude_leaves_a_numeral_out(desk: Desk) -> None:
    (left,) = desk.open()["left"]
    start, end = left["span"]
    state = take(desk, do="exclude", source="report", start=start, end=end, reason="A bound.")
    assert state["left"] == []
    with pytest.raises(NotTaken, match="does not stand in the text"):
        take(desk, do="exclude", source="report", start=0, end=10**6, reason="x")
    with pytest.raises(NotTaken, match="does not stand in the text"):
        take(desk, do="exclude", source="other", start=0, end=1, reason="x")


def test_merge_joins_the_halves_of_a_figure(desk: Desk) -> None:
    state = take(desk, do="merge", claim="pain", other="spread")
    merged = claim(state, "pain")
    assert merged["value"] == "7.1±1.4"
    assert (merged["type"], merged["group"], merged["status"]) == ("mean_sd", "block", "draft")
    assert "spread" not in [one["id"] for one in state["claims"]]
    assert load_study(desk.folder).values["pain"].first.text == "7.1"


def test_merge_of_two_claims_of_one_figure_keeps_what_each_knows(desk: Desk) -> None:
    add = {"id": "again", "quote": "(P=.003)", "value": "P=.003", "type": "p_value", "test": "chi-square test"}
    take(desk, do="add", fields={**add, "compares": ["response.block", "response.sham"]})
    merged = claim(take(desk, do="merge", claim="p", other="again"), "p")
    assert merged["compares"] == ["response.block", "response.sham"]
    assert merged["test"] == "chi-square test"


def test_merge_lets_all_name_the_one_that_stays_once(desk: Desk) -> None:
    fields = {"compares": ["response.block", "pain", "spread"]}
    take(desk, do="edit", claim="p", fields=fields)
    state = take(desk, do="merge", claim="pain", other="spread")
    assert claim(state, "p")["compares"] == ["response.block", "pain"]


@pytest.mark.parametrize("other", ["all.n", "p"])
def test_merge_of_figures_far_apart_is_refused(desk: Desk, before: str, other: str) -> None:
    with pytest.raises(NotTaken, match="in one sentence"):
        take(desk, do="merge", claim="pain", other=other)
    assert desk.path.read_text(encoding="utf-8") == before


def test_merge_with_itself_is_refused(desk: Desk) -> None:
    with pytest.raises(NotTaken, match="with itself"):
        take(desk, do="merge", claim="p", other="p")


def test_suggest_and_add_write_the_claim_where_it_stands_in_the_text(desk: Desk) -> None:
    (left,) = desk.open()["left"]
    found = desk.suggest(Passage(source="report", start=left["span"][0], end=left["span"][1]))
    assert (found["value"], found["type"]) == ("two", "count")
    state = take(desk, do="add", fields={**found, "outcome": "adverse events elsewhere"})
    assert state["left"] == []
    assert claim(state, found["id"])["status"] == "confirmed"
    assert [one["id"] for one in state["claims"]][-1] == found["id"]
    early = TEXT.index("100 patients")
    with pytest.raises(NotTaken, match="there is a claim all.n already"):
        take(
            desk, do="add", fields={**desk.suggest(Passage(source="report", start=early, end=early + 3)), "id": "all.n"}
        )


@pytest.mark.parametrize(
    ("words", "kind"),
    [("60%", "proportion"), ("P=.003", "p_value"), ("7.1±1.4", "mean_sd"), ("100", "count"), (" 12 ", "count")],
)
def test_suggest_reads_the_type_from_the_signs(desk: Desk, words: str, kind: str) -> None:
    start = TEXT.index(words)
    found = desk.suggest(Passage(source="report", start=start, end=start + len(words)))
    assert (found["value"], found["type"]) == (words.strip(), kind)


@pytest.mark.parametrize(("start", "end"), [(0, 0), (30, 20), (0, 10**6), (10, 300)])
def test_suggest_of_no_figure_is_refused(desk: Desk, start: int, end: int) -> None:
    with pytest.raises(NotTaken, match="select a whole printed figure"):
        desk.suggest(Passage(source="report", start=start, end=end))
    with pytest.raises(NotTaken, match="select a whole printed figure"):
        desk.suggest(Passage(source="other", start=0, end=5))


def test_group_is_added_and_changed_where_it_stands(desk: Desk, before: str) -> None:
    state = take(desk, do="group", name="all", label="All patients")
    assert state["groups"]["all"] == {"label": "All patients"}
    take(desk, do="edit", claim="all.n", fields={"group": "all"})
    state = take(desk, do="group", name="all", label="Everybody", n="all.n", parts=["block", "sham"])
    assert state["groups"]["all"] == {"label": "Everybody", "n": "all.n", "parts": ["block", "sham"]}
    assert desk.verdicts()["claims"]["all.n"]["verdict"] == "reproduced"
    state = take(desk, do="group", name="all", label="Everybody")
    assert state["groups"]["all"] == {"label": "Everybody"}
    assert "  block: {label: Block, n: block.n}   # the new treatment" in lines(desk, "")[1]


@pytest.mark.parametrize("wrong", [{"n": "nothing"}, {"n": "p"}, {"parts": ["nobody"]}, {"parts": ["block"]}])
def test_group_that_makes_the_study_invalid_is_refused(desk: Desk, before: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(NotTaken, match="would not be valid"):
        take(desk, do="group", name="block", label="Block", **wrong)
    assert desk.path.read_text(encoding="utf-8") == before


def test_two_groups_that_are_the_same_become_one(desk: Desk) -> None:
    take(desk, do="group", name="nerve", label="Nerve block")
    take(desk, do="group", name="all", label="All", parts=["nerve", "sham"])
    take(desk, do="edit", claim="pain", fields={"group": "nerve"})
    state = take(desk, do="same", group="nerve", other="block")
    assert sorted(state["groups"]) == ["all", "block", "sham"]
    assert claim(state, "pain")["group"] == "block"
    assert state["groups"]["all"]["parts"] == ["block", "sham"]
    with pytest.raises(NotTaken, match="no group nerve"):
        take(desk, do="same", group="nerve", other="block")
    with pytest.raises(NotTaken, match="with itself"):
        take(desk, do="same", group="block", other="block")


def test_undo_and_redo_restore_every_byte(desk: Desk) -> None:
    contents = [desk.path.read_bytes()]
    take(desk, do="accept", claims=["all.n"])
    contents.append(desk.path.read_bytes())
    take(desk, do="reject", claim="figure", reason="Part of a name.")
    contents.append(desk.path.read_bytes())
    assert desk.undo(desk.version())["said"] == "undone: figure rejected"
    assert desk.path.read_bytes() == contents[1]
    desk.undo(desk.version())
    assert desk.path.read_bytes() == contents[0]
    with pytest.raises(NotTaken, match="nothing to undo"):
        desk.undo(desk.version())
    desk.redo(desk.version())
    assert desk.redo(desk.version())["redo"] is None
    assert desk.path.read_bytes() == contents[2]
    desk.undo(desk.version())
    take(desk, do="accept", claims=["p"])
    with pytest.raises(NotTaken, match="nothing to do again"):
        desk.redo(desk.version())


def test_a_file_that_was_changed_outside_is_never_written_over(desk: Desk) -> None:
    version = desk.version()
    take(desk, do="accept", claims=["all.n"])
    shown = desk.version()
    changed = desk.path.read_text(encoding="utf-8") + "# by an editor\n"
    desk.path.write_text(changed, encoding="utf-8")
    for stale in (version, shown):
        wish = {"do": "accept", "claims": ["p"]}
        with pytest.raises(ChangedOnDisk):
            desk.take(STEP.validate_python({"version": stale, "wish": wish, "anyway": True}))
        with pytest.raises(ChangedOnDisk):
            desk.undo(stale)
    with pytest.raises(NotTaken, match="nothing to undo"):  # the step before is not the last change any more
        desk.undo(desk.version())
    assert desk.path.read_text(encoding="utf-8") == changed


def test_windows_line_ends_and_a_byte_order_mark_stay(desk: Desk) -> None:
    content = b"\xef\xbb\xbf" + desk.path.read_bytes().replace(b"\n", b"\r\n")
    desk.path.write_bytes(content)
    take(desk, do="accept", claims=["all.n"])
    assert desk.path.read_bytes() == content.replace(b"draft", b"confirmed", 1)


def test_a_file_that_is_no_yaml_is_shown_with_its_problem(desk: Desk) -> None:
    desk.path.write_text("claims: [\n", encoding="utf-8")
    shown = desk.open()
    assert shown["sources"] == shown["claims"] == []
    assert "is not valid YAML" in shown["problems"][0]["message"]
    with pytest.raises(NotTaken, match="mend it in an editor"):
        take(desk, do="accept", claims=["p"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: p_value", "type: p-value"),
        ('value: "P=.003"', "value: 7"),
        ('quote: "(P=.003)"', "quote: [1, 2]"),
        ("- {id: weeks", "- just words\n  - {id: weeks"),
        ("id: weeks, ", ""),
        ("exclusions: []", "exclusions: 7"),
        ("groups:", "groups: []\nother:"),
        ("title: A nerve block against pain", "title: []"),
        ("sham: {label: Sham, n: sham.n}", "sham: 7"),
    ],
)
def test_a_study_that_cannot_be_loaded_is_shown_as_far_as_it_can_be(folder: Path, old: str, new: str) -> None:
    text = (folder / "study.yml").read_text(encoding="utf-8")
    assert old in STUDY
    (folder / "study.yml").write_text(text.replace(old, new), encoding="utf-8")
    desk = Desk(folder)
    shown = desk.open()
    assert shown["problems"]
    assert shown["sources"][0]["text"] == TEXT
    assert len(shown["claims"]) >= 11
    assert desk.verdicts()["claims"] == {}
    assert take(desk, do="accept", claims=["all.n"])["problems"]


def test_a_source_that_is_not_the_one_of_the_sum_is_shown_with_the_problem(folder: Path) -> None:
    (folder / "report.txt").write_text(TEXT.replace("60%", "61%"), encoding="utf-8")
    shown = Desk(folder).open()
    assert {problem["claim"] for problem in shown["problems"]} == {None, "response.block"}
    lost = next(one for one in shown["claims"] if one["id"] == "response.block")
    assert lost["span"] is None


def test_a_source_outside_of_the_folder_is_not_read(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("secret", encoding="utf-8")
    text = (folder / "study.yml").read_text(encoding="utf-8")
    (folder / "study.yml").write_text(text.replace("file: report.txt", "file: ../secret.txt"), encoding="utf-8")
    shown = Desk(folder).open()
    assert shown["sources"] == []
    assert "outside the study's folder" in shown["problems"][0]["message"]
