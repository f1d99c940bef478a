"""What changed, in words and as a table, for pages, pull requests and terminals."""

from __future__ import annotations

import json
from typing import Any

import pypandoc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.publish.ledgers import WriteStudy, changed

from evidence_brief.publish.causes import changes
from evidence_brief.publish.changes import Change
from evidence_brief.publish.headline import headline
from evidence_brief.publish.release import Number, Release, Since
from evidence_brief.publish.words import HEAD, MOST, lean, marked, of_changes, plain, pull_request, redline, sentences
from evidence_brief.terminal_versions import unescaped

OLD, NEW = ("reproduced", "reproduced"), ("reproduced", "contradicted")
TRICKY = (
    "a|b",
    "*stars* and **bold**",
    "<b>not bold</b>",
    "snake_case_name",
    "{{< shortcode >}}",
    "`code`",
    "~5~ ^2^ $x$",
    "[link](x) ![y](z) @cite #12",
    "back\\slash \\| pipe",
    "1. one",
    "- item",
    "line\nbreak",
    "“quoted” – ≥ µ",
    "&amp; &lt;",
    "[^1] :::",
    "https://example.org/a_b",
)


def figure(name: str = "x", old: str | None = "50%", new: str | None = "50%", **fields: Any) -> Change:
    verdicts = fields.pop("verdicts", tuple("reproduced" if text else None for text in (old, new)))
    return Change("figure", name, fields.pop("label", "Response"), old, new, verdicts, **fields)


def since(*found: Change, **fields: Any) -> Since:
    return Since("1.0", "2026-01-31", found, **fields)


def told(change: Change) -> str:
    (sentence,) = sentences(since(change))
    return unescaped(sentence)


def test_headline_of_nothing_and_of_words_alone() -> None:
    assert headline(since()) == "Nothing that the brief says changed."
    words = since(Change("text", "title", "Title", "A", "B"), Change("text", "words", "Words of the brief", None, None))
    assert headline(words) == "No figure and no verdict changed; the words around them did."


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([figure(new="60%")], "1 figure of the article changed, no verdict changed, and no conclusion changed."),
        (
            [figure(new="60%", verdicts=NEW, flips="higher → lower"), figure("y", new="1", verdicts=NEW, flips="z")],
            "2 conclusions changed, 2 figures of the article changed, and 2 verdicts changed.",
        ),
        (
            [figure(verdicts=NEW), Change("finding", "f", "Contradiction", None, "It cannot be.")],
            "No figure of the article changed, 1 verdict changed, no conclusion changed, and 1 finding is new.",
        ),
        ([figure(old=None)], "1 figure is new, no verdict changed, and no conclusion changed."),
        (
            [figure(old=None), figure("y", old=None), figure("z", new=None), figure("a", new="60%")],
            "1 figure of the article changed, 2 figures are new, 1 figure is gone, no verdict changed, "
            "and no conclusion changed.",
        ),
        (
            [figure(recomputed=("1", "2")), figure("y", was="Old")],
            "No figure of the article changed, no verdict changed, 1 recomputed figure changed, "
            "1 figure has another label, and no conclusion changed.",
        ),
        (
            [Change("finding", "f", "Note", "A", None), Change("finding", "g", "Note", "A", "B")],
            "No figure of the article changed, no verdict changed, no conclusion changed, 1 finding is gone, "
            "and 1 finding changed.",
        ),
        (
            [Change("derived", "p.rd", "Risk difference", "1", "2")],
            "No figure of the article changed, no verdict changed, no conclusion changed, "
            "and 1 derived figure changed.",
        ),
        (
            [figure("p", flips="z"), *(Change("derived", f"p.{kind}", "D", "1", "2", flips="z") for kind in "xy")],
            "1 conclusion changed, no figure of the article changed, and no verdict changed.",
        ),
    ],
)  # fmt: skip
def test_headline_counts_what_changed(found: list[Change], expected: str) -> None:
    assert headline(since(*found)) == expected


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            figure(new="60%", causes=("source",)),
            "Response: 60%; it was 50%. The verdict is still ✓ reproduced. Cause: the source.",
        ),
        (
            figure(verdicts=NEW, flips="higher → lower", causes=("method", "environment")),
            "Response: 50%, as before. The verdict is ✗ contradicted; it was ✓ reproduced. "
            "The conclusion changes: higher → lower. Cause: the method or the environment.",
        ),
        (figure(old=None), "Response is new: 50%. The verdict is ✓ reproduced."),
        (figure(new=None), "Response is gone; it was 50%. The verdict was ✓ reproduced."),
        (
            figure(recomputed=("12/24 = 50.0%", "13/24 = 54.2%")),
            "Response: 50%, as before. The verdict is still ✓ reproduced. "
            "Recomputed, it is 13/24 = 54.2%; it was 12/24 = 50.0%.",
        ),
        (
            figure(recomputed=(None, "0.3")),
            "Response: 50%, as before. The verdict is still ✓ reproduced. It can be recomputed now: 0.3.",
        ),
        (
            figure(recomputed=("0.3", None)),
            "Response: 50%, as before. The verdict is still ✓ reproduced. "
            "It cannot be recomputed any more; it was 0.3.",
        ),
        (
            figure(was="Remission"),
            "Response (called “Remission” before): 50%, as before. The verdict is still ✓ reproduced.",
        ),
        (Change("finding", "f", "Caution x", None, "It is so."), "Caution x is new: It is so."),
        (Change("finding", "f", "Caution x", "It is so.", None), "Caution x is no longer found: It is so."),
        (Change("finding", "f", "Caution x", "It is so.", "It is not."), "Caution x says now: It is not."),
        (Change("finding", "f", "Caution x", "So.", "So."), "Caution x has another severity now: So."),
        (Change("derived", "d", "Odds ratio", "1.0", "2.0"), "Odds ratio: 2.0; it was 1.0."),
        (Change("derived", "d", "Odds ratio", None, "2.0"), "Odds ratio is new: 2.0."),
        (Change("text", "title", "Title", "A trial", "The trial"), "Title: The trial; it was A trial."),
        (
            Change("text", "words", "Words of the brief", None, None, causes=("template",)),
            "Words of the brief changed. Cause: the template.",
        ),
    ],
)
def test_sentence_says_what_it_is_and_was(change: Change, expected: str) -> None:
    assert told(change) == expected


def test_sentences_begin_with_conclusions_and_verdicts() -> None:
    found = since(
        figure("a", label="A", new="60%"),
        figure("b", label="B", verdicts=NEW),
        figure("c", label="C", flips="higher → lower"),
    )
    assert [text[2] for text in sentences(found)] == ["C", "B", "A"]


def test_many_changes_are_counted_behind_the_first_and_stand_in_the_table() -> None:
    found = [figure(f"c{i}", label=f"Figure {i}", new="60%") for i in range(200)]
    last = sentences(since(*found, figure("flip", label="Flip", flips="a → b")))
    assert len(last) == MOST + 1
    assert last[0].startswith("**Flip**")
    assert last[-1] == "And 171 more: the table has them all."
    assert of_changes(since(*found), plain).count("\n| Figure ") == 201


def test_no_conclusion_is_left_out_of_the_words_and_one_or_two_changes_are_not_worth_it() -> None:
    flips = [figure(f"c{i}", flips="a → b") for i in range(60)]
    assert len(sentences(since(*flips))) == 60
    assert len(sentences(since(*(figure(f"c{i}", new="60%") for i in range(MOST + 5))))) == MOST + 5


def parsed(markdown: str, reader: str) -> list[dict[str, Any]]:
    document: dict[str, Any] = json.loads(pypandoc.convert_text(markdown, "json", format=reader))
    blocks: list[dict[str, Any]] = document["blocks"]
    return blocks


def words(node: Any) -> str:
    """The text of a part of Pandoc's tree."""
    if isinstance(node, list):
        return "".join(words(item) for item in node)
    if not isinstance(node, dict):
        return ""
    if node["t"] in ("Str", "Math", "RawInline", "Code"):
        return str(node["c"] if node["t"] == "Str" else node["c"][-1])
    return " " if node["t"] in ("Space", "SoftBreak") else words(node.get("c", []))


def table_of(blocks: list[dict[str, Any]]) -> list[list[str]]:
    (found,) = [block["c"] for block in blocks if block["t"] == "Table"]
    rows = [*found[3][1], *(row for body in found[4] for row in (*body[2], *body[3]))]
    return [[words(cell[4]) for cell in row[1]] for row in rows]


READERS = [("gfm", plain), ("markdown", marked)]


@pytest.mark.parametrize(("reader", "mark"), READERS)
def test_signs_of_markdown_stay_what_they_are_in_either_reader(reader: str, mark: Any) -> None:
    found = [figure(f"c{i}", label=text, old=text, new=text + "!", was=text) for i, text in enumerate(TRICKY)]
    found += [Change("finding", "f", "Note", None, text) for text in TRICKY]
    blocks = parsed(of_changes(since(*found, files=("data/trial/a|b `c`.txt",), tools=TRICKY), mark), reader)
    assert [block["t"] for block in blocks] == ["Para", "BulletList", "Table", "Para", "Para"]
    rows = table_of(blocks)
    assert rows[0] == list(HEAD)
    assert {len(row) for row in rows} == {len(HEAD)}
    seen = [" ".join(text.split()).replace("{{<", "{{\u2060<").replace(">}}", ">\u2060}}") for text in TRICKY]
    assert [row[0] for row in rows[1 : len(TRICKY) + 1]] == seen
    assert [row[1] for row in rows[1 : len(TRICKY) + 1]] == seen
    assert {(row[1], row[2]) for row in rows[len(TRICKY) + 1 :]} == {("–", "found")}
    said = words(blocks[1])
    assert all(text in said for text in seen)
    assert words(blocks[3]) == "Inputs that differ: data/trial/a|b `c`.txt."


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=30).filter(str.strip), min_size=3, max_size=3))
def test_whatever_people_write_leaves_the_table_its_columns(texts: list[str]) -> None:
    label, old, new = texts
    for reader, mark in READERS:
        rows = table_of(parsed(of_changes(since(figure(label=label, old=old, new=new)), mark), reader))
        assert [len(row) for row in rows] == [len(HEAD)] * 2


def test_table_of_a_new_figure_compares_no_conclusion() -> None:
    found = since(
        figure("a", label="A", old=None), figure("b", label="B", new="60%"), figure("c", label="C", flips="x")
    )
    rows = table_of(parsed(of_changes(found, plain), "gfm"))[1:]
    assert [(row[0], row[4]) for row in rows] == [("A", ""), ("B", "as before"), ("C", "x")]
    assert rows[0][1:4] == ["–", "50%", "✓ reproduced"]


def test_pull_request_has_no_attributes_of_pandoc_and_the_redline_has_its_anchors(write_study: WriteStudy) -> None:
    old, new = changed(
        write_study, ('quote: "30% of the placebo", value: "30%"', 'quote: "60% of the drug", value: "60%"')
    )
    step = Since("1.0", "2026-01-31", tuple(changes(old, new, old.ledger)), ("data/trial/study.yml",), ("numpy 1 → 2",))
    release = Release("trial", Number(2, 0), "2026-02-28", {}, (step, Since("0.9", "2026-01-01", step.changes)))
    text = pull_request(release)
    assert "{" not in text
    assert text.startswith(
        "### trial: version 2.0\n\nVersion 2.0 of 28 February 2026 against version 1.0 of 31 January 2026. "
        "1 conclusion changed, 1 figure is read from the article otherwise, "
    )
    assert [block["t"] for block in parsed(text, "gfm")] == ["Header", "Para", "BulletList", "Table", "Para", "Para"]
    page = redline(release)
    assert "## Since version 1.0 {#since-v1.0}" in page
    assert "## Since version 0.9 {#since-v0.9}" in page
    assert "{.verdict .contradicted}" in page


def test_markdown_for_mails_has_few_backslashes_and_says_the_same() -> None:
    text = of_changes(since(figure(label="P value: a, b (p_value.x)", old="12/24 = 50.0%", new="P<.05")), plain)
    assert "P value: a, b (p_value.x)" in lean(text)
    assert "12/24 = 50.0%" in lean(text)
    assert parsed(lean(text), "gfm") == parsed(text, "gfm")


@pytest.mark.parametrize(
    "kept", [*TRICKY, "see https://example.org", "www.example.org", "@name #12 a:smile:", "a\\: b"]
)
def test_markdown_for_mails_keeps_what_could_be_read_as_marks(kept: str) -> None:
    text = of_changes(since(figure(label=kept, old=kept)), plain)
    assert parsed(lean(text), "gfm") == parsed(text, "gfm")


def test_first_version_has_nothing_to_compare() -> None:
    first = Release("trial", Number(1, 0), "2026-01-31")
    assert "The first version." in pull_request(first)
    assert redline(first).startswith(
        "Version 1.0 of 31 January 2026 is the first: there is nothing to compare it with."
    )


def test_findings_stand_in_the_table_by_whether_they_were_found() -> None:
    found = since(
        Change("finding", "a", "A", None, "A sentence."),
        Change("finding", "b", "B", "A sentence.", None),
        Change("finding", "c", "C", "A sentence.", "Another one."),
    )
    text = of_changes(found, plain)
    rows = table_of(parsed(text, "gfm"))[1:]
    assert [row[1:3] for row in rows] == [["–", "found"], ["found", "–"], ["found", "found, in other words"]]
    assert text.count("Another one") == 1


def test_words_that_changed_alone_need_no_table() -> None:
    found = since(Change("text", "words", "Words of brief", None, None))
    assert [block["t"] for block in parsed(of_changes(found, plain), "gfm")] == ["Para", "BulletList"]


@pytest.mark.parametrize(
    ("old", "new", "words", "cell"),
    [
        ("So.", "So. Accepted: Known.", "is accepted now: So. Accepted: Known.", "found, accepted now"),
        ("So. Accepted: A.", "So. Accepted: B.", "is accepted for another reason: So. Accepted: B.", "another reason"),
        ("So. Accepted: A.", "So.", "is no longer accepted: So.", "found, no longer accepted"),
        ("So.", "Other. Accepted: A.", "says now: Other. Accepted: A.", "found, in other words"),
    ],
)
def test_a_finding_that_a_person_accepted_is_not_said_to_have_other_words(
    old: str, new: str, words: str, cell: str
) -> None:
    change = Change("finding", "a", "A", old, new)
    assert told(change) == f"A {words}"
    rows = table_of(parsed(of_changes(since(change), plain), "gfm"))[1:]
    assert rows[0][2].endswith(cell)


def test_what_concludes_nothing_is_not_said_to_conclude_as_before() -> None:
    names = ("p.rd", "p.or-derived", "p.nnt", "p.bayes", "p.fragility", "drug.ci")
    found = since(*(Change("derived", name, name, "1", "2") for name in names))
    rows = table_of(parsed(of_changes(found, plain), "gfm"))[1:]
    assert [row[4] for row in rows] == ["as before", "as before", "", "", "", ""]


def test_a_slip_of_the_study_file_is_no_change_of_the_article() -> None:
    slip = figure("a", new="60%", causes=("study file",))
    assert headline(since(slip)).startswith("1 figure is read from the article otherwise, no verdict changed")
    both = headline(since(slip, figure("b", new="60%", causes=("source",))))
    assert both.startswith("1 figure of the article changed, 1 figure is read from the article otherwise, ")
